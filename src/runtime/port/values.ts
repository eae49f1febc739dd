// What literals and tests of a port mean.
import { isPlainObject } from "../../builtins/classes";
import { dict as pythonDict } from "../../builtins/dict";
import { list as pythonList } from "../../builtins/list";
import { str } from "../../builtins/repr";
import { truth as pythonTruth } from "../../builtins/truth";
import { shareArray } from "./variables";

/** `[…]`; the array is fresh. */
export function list(items: unknown[]): unknown {
  return pythonList(items);
}

/** A rest element as the target of a pattern: `assign` is given a list or dict of what it collects. */
export function rest(assign: (items: unknown) => void): { v: unknown } {
  return {
    get v(): unknown {
      return undefined;
    },
    set v(items: unknown) {
      assign(Array.isArray(items) ? list(items) : dict(items as object));
    },
  };
}

/** `{…}`; the object is fresh. */
export function dict(items: object): unknown {
  return pythonDict(items as Record<string, unknown>);
}

/** Stands before what gives items of its own. */
export const of = Symbol("of");

/** `{ 1: "a", ...d }`: a key and its value in turn, or `of` and what is spread. */
export function pairs(parts: unknown[]): unknown {
  const made = pythonDict<unknown, unknown>();
  for (let i = 0; i < parts.length; i += 2) {
    const [key, value] = [parts[i], parts[i + 1]];
    if (key !== of) made.__setitem__(key, value);
    else if (isMapping(value)) made.update(value as Record<string, unknown> | null);
    else if (value !== undefined) made.update(Object.entries(value as object));
  }
  return made;
}

function isMapping(value: any): boolean {
  return value === null || isPlainObject(value) || value instanceof Map || typeof value?.keys === "function";
}

/** A list in place of a plain array that a method of JavaScript's has made. */
export function adopt(value: unknown): unknown {
  return Array.isArray(value) && Object.getPrototypeOf(value) === Array.prototype ? pythonList(value) : value;
}

/** As adopt, where the array may reach other threads: typed arrays are in kernel memory then. */
export function adoptShared(value: unknown): unknown {
  return ArrayBuffer.isView(value) ? shareArray(value) : adopt(value);
}

/** `{ ...x }`: the items of a dict, else an object's properties. */
export function spread(value: any): unknown {
  if (typeof value !== "object" || value === null || isPlainObject(value)) return value;
  if (typeof value.__getitem__ !== "function" || typeof value.keys !== "function") return value;
  return Object.fromEntries([...value.keys()].map((key: any) => [key, value.__getitem__(key)]));
}

/** What a template shows of a value: as f-strings do, but for objects of JavaScript's own that have a text. */
export function text(value: any): string {
  if (typeof value === "string") return value;
  if (typeof value === "symbol") return `${value as unknown as string}`;
  if (typeof value !== "object" || value === null || isPythons(value)) return str(value);
  return `${value}`;
}

function isPythons(value: any): boolean {
  const ownText = value.toString;
  if (ownText === Object.prototype.toString || typeof ownText !== "function") return true;
  if (typeof value.__str__ === "function" || typeof value.__repr__ === "function") return true;
  return value instanceof Error || Array.isArray(value) || ArrayBuffer.isView(value);
}

/** Python's truth of a value. */
export function truth(value: unknown): boolean {
  return value === true || (value !== false && pythonTruth(value));
}
