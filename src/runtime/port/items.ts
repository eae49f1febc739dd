// `o[k]` where `o` is not an array that has `k`: items of Python's containers, with Python's errors. JavaScript's own
// objects (a Map, process.env, …) have properties there, as ever.
import { isClass, isPlainObject, typeName } from "../../builtins/classes";
import { in_ } from "../../builtins/compare";
import { GET_ITEM, isBuiltin, SET_ITEM } from "../../builtins/containers";
import { indexOf, slice } from "../../builtins/slice";
import { IndexError, KeyError, TypeError } from "../../exceptions";
import { attributesOf } from "../attributes";
import { hasSharedAttributes } from "../facade_attributes";
import { hasIdentity } from "../identity";
import { isFacade, NO_ITEMS } from "../shared";

type Sequence = { length: number; [index: number]: unknown };

const asSequence = (o: unknown): Sequence | undefined =>
  Array.isArray(o) || (ArrayBuffer.isView(o) && !(o instanceof DataView)) ? (o as unknown as Sequence) : undefined;

/** What an item is written to in place, if its index is in range: the array or typed array itself. */
export const arrayOf = (o: unknown): ArrayLike<unknown> =>
  Array.isArray(o) || ArrayBuffer.isView(o) ? (o as unknown as ArrayLike<unknown>) : NO_ITEMS;

/** Whether a key means a place in a sequence, and not one of JavaScript's properties. */
const isPlace = (k: unknown): boolean => typeof k !== "string" && typeof k !== "symbol";

/** Whether brackets on an object can mean JavaScript's properties. */
function hasProperties(o: unknown): boolean {
  if (typeof o === "function") return true;
  return typeof o === "object" && o !== null;
}

/**
 * The item `o[k]`.
 *
 * @throws IndexError, KeyError if there is none
 * @throws TypeError if o has no items
 */
export function getItem(o: any, k: any): unknown {
  if (isBuiltin(o)) {
    const item = o[GET_ITEM](k);
    if (item !== undefined) return item;
  }
  return getItemSlow(o, k);
}

function getItemSlow(o: any, k: any): unknown {
  const own = o?.__getitem__;
  if (typeof own === "function" && !isClass(o)) return own.call(o, k);
  if (typeof o === "string") return isPlace(k) ? textItem(o, k) : (o as any)[k];
  const sequence = asSequence(o);
  if (sequence && isPlace(k)) {
    return k instanceof slice ? k.of(sequence) : sequence[indexOf(k, sequence.length, "list")];
  }
  if (isPlainObject(o) && typeof k !== "symbol") {
    if (Object.hasOwn(o, k)) return o[k];
    throw KeyError(k);
  }
  if (!hasProperties(o)) throw TypeError(`'${typeName(o)}' object is not subscriptable`);
  const found = o[k];
  if (found === undefined && typeof o === "object" && hasIdentity(o)) {
    throw TypeError(`'${typeName(o)}' object is not subscriptable`);
  }
  return typeof found === "function" && !isClass(found) ? found.bind(o) : found;
}

function textItem(text: string, k: unknown): string {
  if (k instanceof slice) return k.of(text).join("");
  return text[indexOf(k, text.length, "string")]!;
}

/** `o?.[k]`, and the left side of `o[k] ??= v`: undefined where nothing is there. */
export function optItem(o: any, k: any): unknown {
  if (o === null || o === undefined) return undefined;
  try {
    return getItem(o, k);
  } catch (error) {
    if (error instanceof KeyError || error instanceof IndexError) return undefined;
    throw error;
  }
}

/** `o[k] = v`. Gives back `v`. */
export function setItem<T>(o: any, k: any, v: T): T {
  if (!isBuiltin(o) || !o[SET_ITEM](k, v)) setItemSlow(o, k, v);
  return v;
}

function setItemSlow(o: any, k: any, v: unknown): void {
  const own = o?.__setitem__;
  const sequence = asSequence(o);
  if (typeof own === "function") own.call(o, k, v);
  else if (sequence && isPlace(k)) {
    sequence[indexOf(k, sequence.length, "list", "list assignment index out of range")] = v;
  } else if (hasProperties(o) && typeof o?.__getitem__ !== "function" && !(isPlace(k) && hasIdentity(o))) o[k] = v;
  else throw TypeError(`'${typeName(o)}' object does not support item assignment`);
}

/** `delete o[k]` */
export function delItem(o: any, k: any): boolean {
  const own = o?.__delitem__;
  if (typeof own === "function") own.call(o, k);
  else if (Array.isArray(o) && isPlace(k)) {
    o.splice(indexOf(k, o.length, "list", "list assignment index out of range"), 1);
  } else if (isPlainObject(o)) {
    if (!Object.hasOwn(o, k)) throw KeyError(k);
    delete o[k];
  } else if (hasProperties(o) && typeof o.__getitem__ !== "function") delete o[k];
  else throw TypeError(`'${typeName(o)}' object doesn't support item deletion`);
  return true;
}

/** `k in o`. For JavaScript's own objects it asks for a property. */
export function contains(k: any, o: any): boolean {
  const isJavaScripts =
    hasProperties(o) &&
    !isPlainObject(o) &&
    typeof o.__contains__ !== "function" &&
    typeof o.__getitem__ !== "function" &&
    typeof o[Symbol.iterator] !== "function" &&
    typeof o.__iter__ !== "function";
  return isJavaScripts ? k in o : in_(k, o);
}

/** What `for (k in o)` goes over: the keys of a dict, the names of an instance's attributes, JavaScript's properties. */
export function keysIn(o: any): Iterable<any> {
  const isContainer = isFacade(o) && "__getitem__" in o && "keys" in o;
  if (isContainer) return [...(o as unknown as { keys(): Iterable<any> }).keys()];
  if (typeof o === "object" && o !== null && hasSharedAttributes(o)) return attributesOf(o).map(([name]) => name);
  const keys: string[] = [];
  for (const key in o) keys.push(key);
  return keys;
}

/** `o[k]` as the target of a pattern. */
export function ref(o: any, k: any): { v: unknown } {
  return {
    get v() {
      return getItem(o, k);
    },
    set v(value) {
      setItem(o, k, value);
    },
  };
}
