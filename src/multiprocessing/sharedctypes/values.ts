// Value and Array.
import { signature } from "../../arguments";
import { defineAll } from "../../registry";
import { RawArray, RawValue, type TypeOrCode } from "./raw";
import { type Lockable, withLock } from "./synchronized";

type Lock = boolean | Lockable | null;

const bindValue = signature<[type: TypeOrCode, args: unknown[], lock: Lock]>(
  "BaseContext.Value(typecode_or_type, *args, lock=True)",
);
const bindArray = signature<[type: TypeOrCode, from: any, lock: Lock]>(
  "BaseContext.Array(typecode_or_type, size_or_initializer: data, *, lock=True)",
);

/**
 * A number or character that all processes share, with a lock. Behaves as CPython's `multiprocessing.Value`.
 *
 * @param typecode_or_type one of the letters c u b B h H i I l L q Q f d, or a class of ctypes
 * @param lock true for an RLock of its own, a lock, or false: the object without any
 * @throws AttributeError if `lock` is none
 */
export function Value(typecode_or_type: TypeOrCode, ...args: unknown[]): any;
export function Value(...given: unknown[]): any {
  const [type, args, lock] = bindValue(given);
  return withLock(RawValue(type, ...args), lock);
}

/**
 * An array that all processes share, with a lock. Behaves as CPython's `multiprocessing.Array`.
 *
 * @param size_or_initializer how many items, which are zero, or what they are
 */
export function Array(
  typecode_or_type: TypeOrCode,
  size_or_initializer: number | Iterable<unknown>,
  options?: { lock?: Lock },
): any;
export function Array(...given: unknown[]): any {
  const [type, from, lock] = bindArray(given);
  return withLock(RawArray(type, from), lock);
}

defineAll("multiprocessing.sharedctypes", { Array, Value });
