// Settings of threads that Python has and that change nothing here: they are kept and given back.

import { signature } from "../arguments";
import { typeName } from "../builtins/classes";
import { TypeError, ValueError } from "../exceptions";
import { defineAll } from "../registry";
import { assign, assigned } from "../runtime/module_object";

const LEAST_STACK = 32768;

const bindStackSize = signature("stack_size(size=0, /)");
const bindSetTrace = signature("settrace(func)");
const bindSetProfile = signature("setprofile(func)");

/**
 * Python's stack size for threads started later, in bytes; 0 is the host's default. Here the host decides: the number is
 * checked and given back, no more.
 *
 * @returns the number set before
 * @throws ValueError if `size` is negative, or less than 32 KiB and not 0
 */
export function stack_size(size?: number): number;
export function stack_size(...args: unknown[]): number {
  const [size] = bindStackSize(args);
  const before = assigned("threading.$stack_size", 0);
  if (args.length === 0) return before;
  if (typeof size !== "number" || !Number.isInteger(size)) {
    throw TypeError(`'${typeName(size)}' object cannot be interpreted as an integer`);
  }
  if (size < 0) throw ValueError("size must be 0 or a positive value");
  if (size !== 0 && size < LEAST_STACK) throw ValueError(`size not valid: ${size} bytes`);
  assign("threading.$stack_size", size);
  return before;
}

/** A trace or profile function, as Python's debuggers have them. */
type Hook = ((frame: unknown, event: string, arg: unknown) => unknown) | null;

/** Keeps a trace function for gettrace(). It is never called: there are no Python frames to trace. */
export function settrace(func: Hook): void;
export function settrace(...args: unknown[]): void {
  assign("threading.$trace", bindSetTrace(args)[0]);
}

export function gettrace(): Hook {
  return assigned<Hook>("threading.$trace", null);
}

/** Keeps a profile function for getprofile(). It is never called: use the host's profiler. */
export function setprofile(func: Hook): void;
export function setprofile(...args: unknown[]): void {
  assign("threading.$profile", bindSetProfile(args)[0]);
}

export function getprofile(): Hook {
  return assigned<Hook>("threading.$profile", null);
}

defineAll("threading", { getprofile, gettrace, setprofile, settrace, stack_size });
