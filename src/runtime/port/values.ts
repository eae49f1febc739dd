// What literals and tests of a port mean.
import { isPlainObject } from "../../builtins/classes";
import { containers } from "../../builtins/containers";
import { truth as pythonTruth } from "../../builtins/truth";
import "../../builtins/dict";
import "../../builtins/dict";
import "../../builtins/list";
import "../../builtins/object";
import "../../builtins/object";

/** `[…]`; the array is fresh. */
export function list(items: unknown[]): unknown {
  return containers.list!(items);
}

/** `{…}`; the object is fresh. */
export function dict(items: object): unknown {
  return containers.dict ? containers.dict(items) : items;
}

/** A list in place of a plain array that a method of JavaScript's has made. */
export function adopt(value: unknown): unknown {
  return Array.isArray(value) && Object.getPrototypeOf(value) === Array.prototype ? containers.list!(value) : value;
}

/** `{ ...x }`: the items of a dict, else an object's properties. */
export function spread(value: any): unknown {
  if (typeof value !== "object" || value === null || isPlainObject(value)) return value;
  if (typeof value.__getitem__ !== "function" || typeof value.keys !== "function") return value;
  return Object.fromEntries([...value.keys()].map((key: any) => [key, value.__getitem__(key)]));
}

/** Python's truth of a value. */
export function truth(value: unknown): boolean {
  return value === true || (value !== false && pythonTruth(value));
}
