// Python's arithmetic functions.

import { TypeError, ValueError, ZeroDivisionError } from "../exceptions";
import { defineBuiltins } from "../registry";
import { method, typeName } from "./classes";
import { containers } from "./containers";
import { asInt, asNumber, fromFloat, type Int, normal } from "./numbers";
import { asIndex } from "./slice";
import { type tuple, tupleOf } from "./tuple";

/** Python's `abs(x)`. */
export function abs<T = number>(x: T): T {
  const number = asNumber(x);
  if (number !== undefined) return (number < 0 ? -number : number) as T;
  const own = method(x, "__abs__");
  if (!own) throw TypeError(`bad operand type for abs(): '${typeName(x)}'`);
  return own() as T;
}

/** Is x exactly halfway between two decimals of `digits` places? All digits of such an x fit into toFixed's hundred. */
function isTie(x: number, digits: number): boolean {
  return /^50*$/.test(x.toFixed(100).split(".")[1]!.slice(digits));
}

function roundFloat(x: number, digits: number): number {
  if (!Number.isFinite(x) || digits > 22 || Math.abs(x) >= 1e21) return x;
  if (digits < 0) return Number(roundInt(BigInt(Math.trunc(x)), -digits));
  const rounded = Number(x.toFixed(digits));
  if (!isTie(x, digits)) return rounded;
  const lastDigit = (text: string) => Number(text.replace(/[-.]/g, "").at(-1));
  if (lastDigit(x.toFixed(digits)) % 2 === 0) return rounded;
  const unit = 10 ** -digits;
  return Number((x - Math.sign(x) * (unit / 2)).toFixed(digits));
}

/** Rounds away `zeros` last decimal digits, half to even. */
function roundInt(x: bigint, zeros: number): Int {
  const unit = 10n ** BigInt(zeros);
  const rest = ((x % unit) + unit) % unit;
  const low = x - rest;
  const up = rest * 2n > unit || (rest * 2n === unit && (low / unit) % 2n !== 0n);
  return normal(up ? low + unit : low);
}

/**
 * Python's `round(x, ndigits?)`: half to even, and by the number's exact value: `round(2.5)` is 2, `round(2.675, 2)` 2.67.
 *
 * @throws TypeError if x is not a number
 */
export function round(x: any, ndigits?: number | null): number {
  const own = method(x, "__round__");
  if (own) return (ndigits === undefined ? own() : own(ndigits)) as number;
  const number = asNumber(x);
  if (number === undefined) throw TypeError(`type ${typeName(x)} doesn't define __round__ method`);
  const digits = ndigits === undefined || ndigits === null ? undefined : asIndex(ndigits);
  if (asInt(number) !== undefined)
    return (digits !== undefined && digits < 0 ? roundInt(BigInt(number), -digits) : number) as number;
  return (
    digits === undefined ? fromFloat(roundFloat(number as number, 0)) : roundFloat(number as number, digits)
  ) as number;
}

function unsupported(operation: string, a: unknown, b: unknown) {
  return TypeError(`unsupported operand type(s) for ${operation}: '${typeName(a)}' and '${typeName(b)}'`);
}

/** Python's `divmod(a, b)`: `(a // b, a % b)`; the remainder has the sign of b. */
export function divmod(a: any, b: any): tuple<number> {
  const own = method(a, "__divmod__");
  if (own) return own(b) as tuple<number>;
  const [x, y] = [asNumber(a), asNumber(b)];
  if (x === undefined || y === undefined) throw unsupported("divmod()", a, b);
  const areInts = asInt(x) !== undefined && asInt(y) !== undefined;
  // biome-ignore lint/suspicious/noDoubleEquals: 0 or 0n
  if (y == 0) throw ZeroDivisionError(areInts ? "integer division or modulo by zero" : "float divmod()");
  if (areInts && (typeof x === "bigint" || typeof y === "bigint")) {
    const [m, n] = [BigInt(x), BigInt(y)];
    const rest = ((m % n) + n) % n;
    return tupleOf([normal((m - rest) / n), normal(rest)]) as tuple<number>;
  }
  const [m, n] = [Number(x), Number(y)];
  let rest = m % n;
  if (rest !== 0 && rest < 0 !== n < 0) rest += n;
  return tupleOf([Math.round((m - rest) / n) + 0, rest + 0]);
}

function modularPower(base: bigint, exponent: bigint, modulus: bigint): Int {
  let [result, factor] = [1n, ((base % modulus) + modulus) % modulus];
  if (exponent < 0n) factor = inverse(factor, modulus);
  for (let left = exponent < 0n ? -exponent : exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * factor) % modulus;
    factor = (factor * factor) % modulus;
  }
  return normal(((result % modulus) + modulus) % modulus);
}

function inverse(x: bigint, modulus: bigint): bigint {
  let [a, b, u, v] = [x, modulus, 1n, 0n];
  while (b !== 0n) {
    const q = a / b;
    [a, b, u, v] = [b, a - q * b, v, u - q * v];
  }
  if (a !== 1n && a !== -1n) throw ValueError("base is not invertible for the given modulus");
  return u * a;
}

/**
 * Python's `pow(base, exp, mod?)`. Ints stay exact: beyond 2**53 the result is a bigint.
 *
 * @throws ZeroDivisionError for a negative power of zero
 * @throws ValueError if mod is 0, or exp negative and base not invertible
 */
export function pow(base: any, exp: any, mod: any = null): number {
  const [x, y] = [asNumber(base), asNumber(exp)];
  if (x === undefined || y === undefined) throw unsupported("** or pow()", base, exp);
  if (mod !== null) {
    const modulus = BigInt(asIndex(mod));
    if (modulus === 0n) throw ValueError("pow() 3rd argument cannot be 0");
    return modularPower(BigInt(x), BigInt(y), modulus) as number;
  }
  // biome-ignore lint/suspicious/noDoubleEquals: 0 or 0n
  if (x == 0 && y < 0) throw ZeroDivisionError("0.0 cannot be raised to a negative power");
  if (asInt(x) === undefined || asInt(y) === undefined || y < 0) return Number(x) ** Number(y);
  const power = Number(x) ** Number(y);
  return (Number.isSafeInteger(power) ? power : normal(BigInt(x) ** BigInt(y))) as number;
}

/** Python's `a + b` for what sum adds: numbers exactly, strings, arrays, objects by `__add__`. */
export function add(a: any, b: any): any {
  const [x, y] = [asNumber(a), asNumber(b)];
  if (x !== undefined && y !== undefined) {
    const sum = Number(x) + Number(y);
    if (Number.isSafeInteger(sum) || asInt(x) === undefined || asInt(y) === undefined) return sum;
    return normal(BigInt(x) + BigInt(y));
  }
  const own = method(a, "__add__");
  if (own) return own(b);
  if (Array.isArray(a) && typeName(a) === typeName(b)) {
    const items = [...a, ...b];
    if (typeName(a) === "tuple") return tupleOf(items);
    return typeof containers.list === "function" ? containers.list(items) : items;
  }
  if (typeof a === "string" && typeof b === "string") return a + b;
  const reflected = method(b, "__radd__");
  if (reflected) return reflected(a);
  throw unsupported("+", a, b);
}

function inBase(x: unknown, prefix: string, radix: number): string {
  const number = asInt(x) ?? asIndex(x);
  return `${number < 0 ? "-" : ""}${prefix}${(number < 0 ? -number : number).toString(radix)}`;
}

/** Python's `bin(x)`: `'0b101'`. */
export function bin(x: unknown): string {
  return inBase(x, "0b", 2);
}

/** Python's `oct(x)`: `'0o17'`. */
export function oct(x: unknown): string {
  return inBase(x, "0o", 8);
}

/** Python's `hex(x)`: `'0xff'`. */
export function hex(x: unknown): string {
  return inBase(x, "0x", 16);
}

defineBuiltins({ abs, bin, divmod, hex, oct, pow, round });
