// C's simple types: how a value of each stands in kernel memory.

import { bytes as newBytes } from "../builtins/bytes";
import { typeName } from "../builtins/classes";
import { asIndex } from "../builtins/slice";
import { truth } from "../builtins/truth";
import { OverflowError, TypeError } from "../exceptions";
import { bytes, ints, view } from "../kernel/kernel";

export const enum Format {
  Char = 1,
  WChar,
  Byte,
  UByte,
  Short,
  UShort,
  Int,
  UInt,
  Long,
  ULong,
  Float,
  Double,
  Bool,
}

/** Bytes of each, and its name. As on 64-bit Linux: a long has eight. */
export const FORMATS: Record<Format, [size: number, name: string]> = {
  [Format.Char]: [1, "c_char"],
  [Format.WChar]: [4, "c_wchar"],
  [Format.Byte]: [1, "c_byte"],
  [Format.UByte]: [1, "c_ubyte"],
  [Format.Short]: [2, "c_short"],
  [Format.UShort]: [2, "c_ushort"],
  [Format.Int]: [4, "c_int"],
  [Format.UInt]: [4, "c_uint"],
  [Format.Long]: [8, "c_long"],
  [Format.ULong]: [8, "c_ulong"],
  [Format.Float]: [4, "c_float"],
  [Format.Double]: [8, "c_double"],
  [Format.Bool]: [1, "c_bool"],
};

let buffer: ArrayBufferLike | undefined;
let shorts: Int16Array;
let ushorts: Uint16Array;
let uints: Uint32Array;
let floats: Float32Array;
let longs: BigInt64Array;

/** Takes the views anew that the kernel's own are not. */
function renew(): void {
  if (bytes.buffer === buffer) return;
  buffer = bytes.buffer;
  shorts = new Int16Array(buffer);
  ushorts = new Uint16Array(buffer);
  uints = new Uint32Array(buffer);
  floats = new Float32Array(buffer);
  longs = new BigInt64Array(buffer);
}

/** The value at `address`. */
export function readAt(format: Format, address: number): unknown {
  renew();
  switch (format) {
    case Format.Char:
      return newBytes([bytes[address]!]);
    case Format.WChar:
      return String.fromCodePoint(uints[address >>> 2]!);
    case Format.Byte:
      return (bytes[address]! << 24) >> 24;
    case Format.UByte:
      return bytes[address]!;
    case Format.Short:
      return shorts[address >>> 1]!;
    case Format.UShort:
      return ushorts[address >>> 1]!;
    case Format.Int:
      return ints[address >>> 2]!;
    case Format.UInt:
      return uints[address >>> 2]!;
    case Format.Long:
      return plain(longs[address >>> 3]!);
    case Format.ULong:
      return plain(BigInt.asUintN(64, longs[address >>> 3]!));
    case Format.Float:
      return floats[address >>> 2]!;
    case Format.Double:
      return view[address >>> 3]!;
    case Format.Bool:
      return bytes[address] !== 0;
  }
}

/** A bigint only where a number is not enough. */
function plain(n: bigint): number | bigint {
  const number = Number(n);
  return Number.isSafeInteger(number) ? number : n;
}

/**
 * Stores a value at `address`; integers wrap around as C's do.
 *
 * @throws TypeError if it is not of the type
 */
export function writeAt(format: Format, address: number, value: unknown): void {
  renew();
  switch (format) {
    case Format.Char:
      bytes[address] = charCode(value);
      return;
    case Format.WChar:
      uints[address >>> 2] = codePoint(value);
      return;
    case Format.Byte:
    case Format.UByte:
      bytes[address] = wrapped(value);
      return;
    case Format.Short:
    case Format.UShort:
      shorts[address >>> 1] = wrapped(value);
      return;
    case Format.Int:
    case Format.UInt:
      ints[address >>> 2] = wrapped(value);
      return;
    case Format.Long:
    case Format.ULong:
      longs[address >>> 3] = BigInt.asIntN(64, BigInt(integer(value)));
      return;
    case Format.Float:
      floats[address >>> 2] = real(value);
      return;
    case Format.Double:
      view[address >>> 3] = real(value);
      return;
    case Format.Bool:
      bytes[address] = truth(value) ? 1 : 0;
  }
}

function integer(value: unknown): number | bigint {
  if (typeof value === "bigint") return value;
  if (typeof value === "number" && Number.isInteger(value)) return value;
  return asIndex(value);
}

/** An integer as JavaScript's typed arrays wrap it. */
export function wrapped(value: unknown): number {
  const n = integer(value);
  if (typeof n === "bigint") return Number(BigInt.asIntN(32, n));
  // Beyond 2**53 the lowest bits are lost in a number, and were before.
  return n | 0;
}

export function real(value: unknown): number {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return Number(value);
  if (typeof value === "bigint") {
    const found = Number(value);
    if (!Number.isFinite(found)) throw OverflowError("int too large to convert to float");
    return found;
  }
  throw TypeError(`must be real number, not ${typeName(value)}`);
}

function charCode(value: unknown): number {
  if (value instanceof Uint8Array && value.length === 1) return value[0]!;
  if (typeof value === "boolean") return Number(value);
  if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value < 256) return value;
  throw TypeError("one character bytes, bytearray or integer expected");
}

function codePoint(value: unknown): number {
  if (typeof value !== "string") throw TypeError(`unicode string expected instead of ${typeName(value)} instance`);
  const [first, ...more] = value;
  if (first === undefined || more.length > 0) throw TypeError("one character unicode string expected");
  return first.codePointAt(0)!;
}
