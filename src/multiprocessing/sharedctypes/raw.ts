// RawValue and RawArray: objects of C's types that are common to all processes.
import { signature } from "../../arguments";
import { isClass, method, typeName } from "../../builtins/classes";
import { arrayOf } from "../../ctypes/array";
import { bytesOf, CData, type CType } from "../../ctypes/data";
import { TYPECODES } from "../../ctypes/simple";
import { TypeError } from "../../exceptions";
import { bytes as memory } from "../../kernel/kernel";
import { defineAll } from "../../registry";
import { makeCommon } from "../../runtime/common";
import { addressOf } from "../../runtime/shared";

/** A letter of TYPECODES, or a class of ctypes. */
export type TypeOrCode = string | Function;

const bindRawValue = signature<[type: TypeOrCode, args: unknown[]]>("RawValue(typecode_or_type, *args)");
const bindRawArray = signature<[type: TypeOrCode, from: unknown]>(
  "RawArray(typecode_or_type, size_or_initializer: data)",
);

export function typeOf(type: TypeOrCode): CType {
  const found = typeof type === "string" ? TYPECODES[type] : type;
  if (typeof found === "function" && isClass(found) && found.prototype instanceof CData) return found as never;
  throw TypeError("this type has no size");
}

/** A new object of a C type that all processes share. */
export function shared<T extends CData>(type: CType<T>, args: readonly unknown[]): T {
  const made = new type(...args);
  makeCommon(addressOf(made));
  return made;
}

/** A number or character that processes share, without a lock. Behaves as CPython's `multiprocessing.RawValue`. */
export function RawValue(typecode_or_type: TypeOrCode, ...args: unknown[]): any;
export function RawValue(...given: unknown[]): any {
  const [type, args] = bindRawValue(given);
  return shared(typeOf(type), args);
}

/** An array that processes share, without a lock. Behaves as CPython's `multiprocessing.RawArray`. */
export function RawArray(typecode_or_type: TypeOrCode, size_or_initializer: number | Iterable<unknown>): any;
export function RawArray(...given: unknown[]): any {
  const [code, from] = bindRawArray(given);
  const type = typeOf(code);
  if (Number.isInteger(from) || typeof from === "boolean") return shared(arrayOf(type, Number(from)) as never, []);
  const items = itemsOf(from);
  return shared(arrayOf(type, items.length) as never, items);
}

function itemsOf(from: unknown): unknown[] {
  if (from instanceof Uint8Array) return Array.from(from);
  const isSized = typeof from === "string" || Array.isArray(from) || method(from, "__len__") !== undefined;
  if (!isSized) throw TypeError(`object of type '${typeName(from)}' has no len()`);
  return [...(from as Iterable<unknown>)];
}

/** A new object with the same bytes, common to all processes too. */
export function copy<T extends CData>(obj: T): T {
  if (!(obj instanceof CData)) throw TypeError("this type has no size");
  const type = obj.constructor as unknown as CType<T>;
  const made = shared(type, []);
  const [from, to] = [bytesOf(obj), bytesOf(made)];
  memory.copyWithin(to, from, from + type.size);
  return made;
}

defineAll("multiprocessing.sharedctypes", { RawArray, RawValue, copy });
