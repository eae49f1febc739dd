// How the keys of dict and set are compared: as Python's hash and eq say, so that 1, 1.0 and True are one key.
import { TypeError } from "../exceptions";
import { referenceTo } from "../registry";
import { hasIdentity } from "../runtime/identity";
import { addressOf } from "../runtime/shared";
import { type Attributes, isPlainObject } from "./classes";
import { hash } from "./hash";

/**
 * Whether a key is compared by its value with `eq`, as tuples and objects with `__eq__` are; others are compared by what
 * they are.
 *
 * @throws TypeError `unhashable type: 'list'`
 */
export function isCompound(key: object): boolean {
  const { __hash__: own, __eq__: equal } = key as Attributes;
  if (own === undefined && equal === undefined && !isData(key)) return false;
  // Raises for what cannot be a key.
  if (typeof own !== "function") hash(key);
  return true;
}

function isData(key: object): boolean {
  return (
    Array.isArray(key) || ArrayBuffer.isView(key) || key instanceof Map || key instanceof Set || isPlainObject(key)
  );
}

/** A scalar as the number or string by which it is compared; undefined is None. */
export function scalar(key: unknown): unknown {
  if (typeof key === "boolean") return Number(key);
  if (typeof key === "bigint") {
    const number = Number(key);
    return Number.isSafeInteger(number) ? number : key;
  }
  return key ?? null;
}

function fold(wide: number): number {
  return (wide | 0) ^ ((wide / 2 ** 32) | 0);
}

/** 32 bits that are the same for equal keys in every thread. Objects that go by identity are shared by it. */
export function sharedHash(key: unknown): number {
  if (typeof key === "function") {
    const reference = referenceTo(key);
    return reference ? fold(hash(`${reference.module}:${reference.name}`)) : 0;
  }
  if (
    typeof key === "object" &&
    key !== null &&
    hasIdentity(key) &&
    typeof (key as unknown as Attributes).__hash__ !== "function"
  )
    return addressOf(key) | 0;
  if (Array.isArray(key) && Object.isFrozen(key)) {
    return key.reduce((sum: number, item) => (Math.imul(sum, 31) + sharedHash(item)) | 0, key.length);
  }
  if (typeof key === "symbol") throw TypeError("a symbol has no meaning in another thread");
  return fold(hash(key));
}
