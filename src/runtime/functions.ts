// References to functions and classes: every thread has its own copy of the code, so what crosses is a name.

import { TypeError } from "../exceptions";
import type { KeepsIdentity } from "./shared";

export interface Reference {
  /** A module of the program, as the port compiler numbers them, or one of the library's own. */
  module: string | number;
  name: string;
}

const byName = new Map<string, Function>();
const parameters = new WeakMap<Function, string[]>();
const references = new WeakMap<Function, Reference>();

/**
 * Makes a function or class known under a name that is the same in every thread, with the names of its parameters as far
 * as they are known.
 */
export function define(module: string | number, name: string, value: Function, names?: string[]): void {
  if (names) parameters.set(value, names);
  byName.set(`${module}:${name}`, value);
  if (!references.has(value)) references.set(value, { module, name });
}

/** Makes all functions and classes of a library module known. */
export function defineAll(module: string, exports: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(exports)) if (typeof value === "function") define(module, name, value);
}

export function referenceTo(value: Function): Reference | undefined {
  return references.get(value);
}

export function resolve(reference: Reference): Function {
  const value = byName.get(`${reference.module}:${reference.name}`);
  if (!value)
    throw new Error(`no function or class '${reference.name}' in this thread's copy of module ${reference.module}`);
  return value;
}

/** How functions cross that have no name in other threads: an object with identity stands for each. */
export interface StandIns {
  /** What stands for `value`; undefined if nothing can. */
  of(value: Function): KeepsIdentity | undefined;
  /** The function of this thread for which `standIn` stands. */
  valueOf(standIn: KeepsIdentity): Function;
}

export let standIns: StandIns | undefined;

/** Given by the runtime of compiled ports. */
export function setStandIns(given: StandIns): void {
  standIns = given;
}

/** Calls a function with Python's keyword arguments: bound by parameter name, or as one trailing object if those are unknown. */
export function callWithKeywords(target: Function, args: unknown[], keywords: Record<string, unknown>): unknown {
  const given = Object.entries(keywords);
  if (given.length === 0) return target(...args);
  const names = parameters.get(target);
  if (!names) return target(...args, keywords);
  const all = [...args];
  for (const [name, value] of given) {
    const index = names.indexOf(name);
    if (index < 0) throw TypeError(`${target.name}() got an unexpected keyword argument '${name}'`);
    if (index < args.length) throw TypeError(`${target.name}() got multiple values for argument '${name}'`);
    all[index] = value;
  }
  return target(...all);
}
