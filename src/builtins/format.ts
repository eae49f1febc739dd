// Python's format(): what stands behind the colon in an f-string, `${format(x, ".2f")}`.

import { TypeError, ValueError } from "../exceptions";
import { defineBuiltins } from "../registry";
import { round } from "./arithmetic";
import { method, typeName } from "./classes";
import { asInt, asNumber, type Int } from "./numbers";
import { str } from "./repr";
import { chr } from "./text";

interface Spec {
  fill: string;
  align: string;
  sign: string;
  alternate: boolean;
  width: number;
  grouping: string;
  precision: number | undefined;
  type: string;
}

const SPEC =
  /^(?:(?<fill>.)?(?<align>[<>=^]))?(?<sign>[-+ ])?(?<alternate>#)?(?<zero>0)?(?<width>\d+)?(?<grouping>[,_])?(?:\.(?<precision>\d+))?(?<type>.)?$/su;

function parse(text: string, value: unknown): Spec {
  const found = SPEC.exec(text)?.groups;
  if (!found) throw ValueError(`Invalid format specifier '${text}' for object of type '${typeName(value)}'`);
  const { zero, width = "0", precision } = found;
  return {
    fill: found.fill ?? (zero ? "0" : " "),
    align: found.align ?? (zero ? "=" : ""),
    sign: found.sign ?? "",
    alternate: found.alternate !== undefined,
    width: Number(width),
    grouping: found.grouping ?? "",
    precision: precision === undefined ? undefined : Number(precision),
    type: found.type ?? "",
  };
}

function unknownCode(type: string, value: unknown): Error {
  return ValueError(`Unknown format code '${type}' for object of type '${typeName(value)}'`);
}

function pad(text: string, { fill, width }: Spec, align: string): string {
  const missing = Math.max(0, width - [...text].length);
  if (align === "<") return text + fill.repeat(missing);
  if (align === "^") return fill.repeat(missing >> 1) + text + fill.repeat(missing - (missing >> 1));
  return fill.repeat(missing) + text;
}

function formatText(text: string, spec: Spec): string {
  if (spec.type !== "" && spec.type !== "s") throw unknownCode(spec.type, text);
  if (spec.sign) throw ValueError("Sign not allowed in string format specifier");
  if (spec.alternate) throw ValueError("Alternate form (#) not allowed in string format specifier");
  if (spec.align === "=" && spec.fill !== "0") throw ValueError("'=' alignment not allowed in string format specifier");
  if (spec.grouping) throw ValueError(`Cannot specify '${spec.grouping}' with 's'.`);
  const cut = spec.precision === undefined ? text : [...text].slice(0, spec.precision).join("");
  return pad(cut, spec, spec.align === "=" ? "<" : spec.align || "<");
}

/** Puts `separator` between groups of digits, from the right. */
function group(digits: string, separator: string, size: number): string {
  return separator === "" ? digits : digits.replace(new RegExp(`\\B(?=(?:\\w{${size}})+$)`, "g"), separator);
}

/** A number's sign, its prefix (`0x`), the digits before the point and what comes after, put together. */
function assemble(spec: Spec, isNegative: boolean, prefix: string, digits: string, rest: string, size = 3): string {
  const sign = isNegative ? "-" : spec.sign === "-" ? "" : spec.sign;
  const head = sign + prefix;
  let whole = group(digits, spec.grouping, size);
  if (spec.align !== "=") return pad(head + whole + rest, spec, spec.align || ">");
  const width = spec.width - head.length - rest.length;
  if (spec.fill !== "0" || !spec.grouping) return head + pad(whole, { ...spec, width }, ">") + rest;
  // Zeros are grouped too, and no separator comes first.
  for (let filled = digits; whole.length < width; whole = group(filled, spec.grouping, size)) filled = `0${filled}`;
  return head + whole + rest;
}

const RADIX: Record<string, number> = { b: 2, o: 8, x: 16, X: 16, d: 10, n: 10, "": 10 };

function formatInt(value: Int, spec: Spec): string {
  const { type } = spec;
  if (spec.precision !== undefined) throw ValueError("Precision not allowed in integer format specifier");
  if (type === "c") return pad(chr(Number(value)), spec, spec.align || "<");
  const digits = (value < 0 ? -value : value).toString(RADIX[type]);
  const prefix = spec.alternate && /[boxX]/.test(type) ? `0${type}` : "";
  const shown = type === "X" ? digits.toUpperCase() : digits;
  return assemble(spec, value < 0, prefix, shown, "", RADIX[type] === 10 ? 3 : 4);
}

/** `text`, of a number in decimals, with its exponent as Python writes it. */
function exponential(value: number, digits: number): string {
  const [mantissa, exponent] = value.toExponential(Math.min(digits, 100)).split("e") as [string, string];
  return `${mantissa}e${exponent[0]}${exponent.slice(1).padStart(2, "0")}`;
}

function fixed(value: number, digits: number): string {
  if (value >= 1e21) return BigInt(value).toString() + (digits > 0 ? `.${"0".repeat(digits)}` : "");
  return (round(value, digits) as number).toFixed(Math.min(digits, 100));
}

/** The shorter of both forms, without zeros at the end. */
function general(value: number, precision: number, alternate: boolean): string {
  const digits = Math.max(1, precision);
  const power = value === 0 ? 0 : Number(value.toExponential(digits - 1).split("e")[1]);
  const isFixed = power >= -4 && power < digits;
  const text = isFixed ? fixed(value, digits - 1 - power) : exponential(value, digits - 1);
  return alternate ? text : text.replace(/\.(\d*?)0+(?=e|$)/, (_, kept) => (kept ? `.${kept}` : ""));
}

function formatFloat(value: number, spec: Spec): string {
  const { type, precision, alternate } = spec;
  const kind = type.toLowerCase();
  const size = Math.abs(kind === "%" ? value * 100 : value);
  let text: string;
  if (!Number.isFinite(size)) text = Number.isNaN(size) ? "nan" : "inf";
  else if (kind === "f" || kind === "%") text = fixed(size, precision ?? 6);
  else if (kind === "e") text = exponential(size, precision ?? 6);
  else if (kind === "" && precision === undefined) text = str(size);
  else text = general(size, precision ?? 6, alternate);
  if (kind === "%") text += "%";
  if (/[EFG]/.test(type)) text = text.toUpperCase();
  const [, digits, rest] = /^(\d*|[a-z]+)(.*)$/i.exec(text)!;
  return assemble(spec, value < 0 || Object.is(value, -0), "", digits!, rest!);
}

const isFloatCode = (type: string) => /^[eEfFgG%]$/.test(type);

function formatNumber(given: unknown, value: Int, spec: Spec): string {
  const { type, precision } = spec;
  const isInt = asInt(value) !== undefined;
  if (type !== "" && !isFloatCode(type) && !(type in RADIX || type === "c")) throw unknownCode(type, given);
  // An integral number may be a float, which has no decimals to show.
  if (isInt && !isFloatCode(type) && !(type === "" && precision !== undefined)) return formatInt(value, spec);
  if (!isInt && type !== "n" && type !== "" && !isFloatCode(type)) throw unknownCode(type, given);
  return formatFloat(Number(value), spec);
}

/**
 * Python's `format(value, spec)`: text, numbers, and objects by `__format__`.
 *
 * @throws ValueError if the format is not one for such a value
 */
export function format(value: unknown, spec: string = ""): string {
  if (typeof spec !== "string") throw TypeError(`format() argument 2 must be str, not ${typeName(spec)}`);
  const own = method(value, "__format__");
  if (own) return own(spec) as string;
  if (spec === "") return str(value);
  if (typeof value === "string") return formatText(value, parse(spec, value));
  const number = asNumber(value);
  if (number !== undefined) return formatNumber(value, asInt(value) ?? (number as Int), parse(spec, value));
  throw TypeError(`unsupported format string passed to ${typeName(value)}.__format__`);
}

defineBuiltins({ format });
