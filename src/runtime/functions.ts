// Functions that have no name in other threads, and calls with Python's keywords.

import { kw } from "../arguments";
import { callee, isClass, isPlainObject, method } from "../builtins/classes";
import { TypeError } from "../exceptions";
import { parametersOf } from "../registry";
import type { KeepsIdentity } from "./shared";

/** How functions cross that have no name in other threads: an object with identity stands for each. */
export interface StandIns {
  /** What stands for `value`; undefined if nothing can. */
  of(value: Function): KeepsIdentity | undefined;
  /** The names of a function's parameters that are not recorded with its name. */
  parametersOf(value: Function): string[] | undefined;
  /** The function of this thread for which `standIn` stands. */
  valueOf(standIn: KeepsIdentity): Function;
}

export let standIns: StandIns | undefined;

/** Given by the runtime of compiled ports. */
export function setStandIns(given: StandIns): void {
  standIns = given;
}

/** The names of a target's parameters, as far as they are known. */
export function namesFor(target: Function): string[] | undefined {
  return parametersOf(target) ?? standIns?.parametersOf(target);
}

/**
 * Calls a function, or makes an instance of a class, with Python's keyword arguments, an object literal or a dict: bound by
 * parameter name, or as one trailing object if those are unknown.
 */
export function callWithKeywords(target: Function, args: unknown[], keywords: object): unknown {
  const items = isPlainObject(keywords) ? undefined : method(keywords, "items");
  const given = items ? [...(items() as Iterable<[string, unknown]>)] : Object.entries(keywords);
  const call = callee(target as never);
  if (given.length === 0) return call(...args);
  const names = namesFor(target);
  if (!names) {
    const object = Object.fromEntries(given);
    // A class whose constructor is not the program's is the library's, or hands all on to that.
    return call(...args, isClass(target) ? kw(object) : object);
  }
  const shown = isClass(target) ? `${target.name}.__init__` : target.name;
  const all = [...args];
  const positional = names.filter((name) => !name.startsWith("*")).length;
  for (const [name, value] of given) {
    const index = names.indexOf(name);
    if (names.includes(`*${name}`)) {
      // The keyword-only ones are one object, behind all others.
      while (all.length < positional) all.push(undefined);
      all[positional] = { ...(all[positional] as object), [name]: value };
      continue;
    }
    if (index < 0) throw TypeError(`${shown}() got an unexpected keyword argument '${name}'`);
    if (index < args.length) throw TypeError(`${shown}() got multiple values for argument '${name}'`);
    all[index] = value;
  }
  return call(...all);
}
