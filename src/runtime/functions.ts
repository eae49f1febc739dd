// Functions that have no name in other threads, and calls with Python's keywords.

import { isPlainObject, method } from "../builtins/classes";
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

/**
 * Calls a function with Python's keyword arguments, an object literal or a dict: bound by parameter name, or as one trailing
 * object if those are unknown.
 */
export function callWithKeywords(target: Function, args: unknown[], keywords: object): unknown {
  const items = isPlainObject(keywords) ? undefined : method(keywords, "items");
  const given = items ? [...(items() as Iterable<[string, unknown]>)] : Object.entries(keywords);
  if (given.length === 0) return target(...args);
  const names = parametersOf(target) ?? standIns?.parametersOf(target);
  if (!names) return target(...args, Object.fromEntries(given));
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
    if (index < 0) throw TypeError(`${target.name}() got an unexpected keyword argument '${name}'`);
    if (index < args.length) throw TypeError(`${target.name}() got multiple values for argument '${name}'`);
    all[index] = value;
  }
  return target(...all);
}
