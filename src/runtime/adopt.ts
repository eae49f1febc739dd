// Plain arrays and objects that are stored in an object with identity become lists and dicts.
//
// While all is local they stay what they are. When the object that holds them is shared, or is shared already, each is
// taken over by a list or dict of its own, and frozen when that moves into kernel memory: a stale write throws.
import { isPlainObject } from "../builtins/classes";

let adoptArray: ((items: any[]) => unknown) | undefined;
let adoptObject: ((items: Record<string, unknown>) => unknown) | undefined;

/** Tells what a plain array and a plain object become: list and dict say so, each for both. */
export function adoptWith(array: typeof adoptArray, object: typeof adoptObject): void {
  adoptArray = array;
  adoptObject = object;
}

const adopted = new WeakMap<object, unknown>();

/** What a shared object is to hold for `value`: the list or dict that has adopted it, or the value itself. */
export function adopt(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const isArray = Array.isArray(value) && value.constructor === Array;
  if (!isArray && !isPlainObject(value)) return value;
  const known = adopted.get(value);
  if (known) return known;
  const made = isArray ? adoptArray?.(value) : adoptObject?.(value as Record<string, unknown>);
  if (!made) return value;
  adopted.set(value, made);
  if (!isArray) Object.freeze(value);
  return made;
}
