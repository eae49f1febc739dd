// Python's numbers. An int is a number below 2**53 and a bigint beyond; any other number is a float.

import { OverflowError, TypeError, ValueError } from "../exceptions";
import { defineAll } from "../registry";
import { builtinType, method, typeName } from "./classes";
import { containers } from "./containers";
import { repr } from "./repr";
import { asIndex } from "./slice";
import { bool } from "./truth";

export type Int = number | bigint;

/** An int as it is kept: a number where that is exact. */
export function normal(x: bigint): Int {
  const small = Number(x);
  return Number.isSafeInteger(small) ? small : x;
}

/** `x` as an int, or undefined if Python would not count it as one. */
export function asInt(x: unknown): Int | undefined {
  if (typeof x === "boolean") return Number(x);
  return typeof x === "bigint" || Number.isSafeInteger(x) ? (x as Int) : undefined;
}

/** `x` as a number of any kind, or undefined. */
export function asNumber(x: unknown): Int | undefined {
  return typeof x === "number" ? x : asInt(x);
}

/** `int(x)` of a float. */
export function fromFloat(x: number): Int {
  if (Number.isNaN(x)) throw ValueError("cannot convert float NaN to integer");
  if (!Number.isFinite(x)) throw OverflowError("cannot convert float infinity to integer");
  const whole = Math.trunc(x) + 0;
  return Number.isSafeInteger(whole) ? whole : BigInt(whole);
}

const PREFIXES: Record<string, number> = { "0x": 16, "0o": 8, "0b": 2 };

function parseInt_(literal: string, base: number): Int {
  const [, sign, prefix, body] = /^([+-]?)(0[xob](?=_?\w))?(.*)$/s.exec(
    literal
      .trim()
      .toLowerCase()
      .replace(/^([+-]?0[xob])_/, "$1"),
  )!;
  const radix = base || PREFIXES[prefix ?? ""] || 10;
  const taken = prefix && PREFIXES[prefix] !== radix ? prefix + body : body!;
  const digits = taken.replaceAll(/(?<=[0-9a-z])_(?=[0-9a-z])/g, "");
  const isValid = /^[0-9a-z]+$/.test(digits) && [...digits].every((digit) => Number.parseInt(digit, 36) < radix);
  if (!isValid || (base === 0 && !prefix && /^0+[1-9]/.test(digits))) {
    throw ValueError(`invalid literal for int() with base ${base}: ${repr(literal)}`);
  }
  const small = Number.parseInt(digits, radix);
  if (Number.isSafeInteger(small)) return sign === "-" ? 0 - small : small;
  const big = [...digits].reduce((sum, digit) => sum * BigInt(radix) + BigInt(Number.parseInt(digit, 36)), 0n);
  return sign === "-" ? -big : big;
}

/**
 * Python's `int(x)`: a float without its fraction, or the int that a string spells; `int("1f", 16)`, base 0 reads prefixes.
 * Gives a bigint beyond 2**53.
 *
 * @throws ValueError `invalid literal for int() with base 10: 'jack'`
 * @throws TypeError if x is neither text nor number
 */
export function int(x?: number | boolean): number;
export function int(x: unknown, base?: number | { base: number }): number;
export function int(...args: [x?: any, base?: any]): Int {
  const [x, given] = args;
  if (args.length === 0) return 0;
  const text = typeof x === "string" ? x : x instanceof Uint8Array ? String.fromCharCode(...x) : undefined;
  if (given !== undefined) {
    if (text === undefined) throw TypeError("int() can't convert non-string with explicit base");
    const base = asIndex(given?.base ?? given);
    if (base !== 0 && (base < 2 || base > 36)) throw ValueError("int() base must be >= 2 and <= 36, or 0");
    return parseInt_(text, base);
  }
  if (text !== undefined) return parseInt_(text, 10);
  if (typeof x === "number") return fromFloat(x);
  const own = asInt(x) ?? (method(x, "__int__") ?? method(x, "__index__") ?? method(x, "__trunc__"))?.();
  if (own !== undefined) return own as Int;
  throw TypeError(`int() argument must be a string, a bytes-like object or a real number, not '${typeName(x)}'`);
}

/**
 * Python's `float(x)`: of a number, or of a string such as `"1e3"`, `"inf"`, `"nan"`.
 *
 * @throws ValueError `could not convert string to float: 'x'`
 * @throws TypeError if x is neither text nor number
 */
export function float(...args: [x?: any]): number {
  const [x = 0] = args;
  if (typeof x === "string") {
    const literal = x
      .trim()
      .toLowerCase()
      .replaceAll(/(?<=\d)_(?=\d)/g, "");
    const special = /^([+-]?)(?:(inf|infinity)|nan)$/.exec(literal);
    if (special) return special[2] ? Number(`${special[1]}Infinity`) : Number.NaN;
    if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(literal))
      throw ValueError(`could not convert string to float: ${repr(x)}`);
    return Number(literal);
  }
  const number = asNumber(x) ?? (args[0] === undefined && args.length > 0 ? undefined : method(x, "__float__")?.());
  if (number === undefined)
    throw TypeError(`float() argument must be a string or a real number, not '${typeName(args[0])}'`);
  return Number(number);
}

containers.int = builtinType(int);
containers.float = builtinType(float);
Object.setPrototypeOf(bool.prototype, int.prototype);
defineAll("builtins", { float, int });
