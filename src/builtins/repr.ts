// Python's text for any value. A leaf beside classes.ts.

import { defineAll, defineBuiltins } from "../registry";
import {
  address,
  hostErrorText,
  isCallableInstance,
  isClass,
  method,
  moduleOf,
  qualifiedName,
  typeName,
} from "./classes";

const SHORT_ESCAPES: Record<string, string> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };
const UNPRINTABLE = /[\\\p{C}\p{Zl}\p{Zp}\p{Zs}]/gu;

function escapeCharacter(character: string): string {
  if (character === " ") return character;
  const short = SHORT_ESCAPES[character];
  if (short !== undefined) return short;
  const hex = character.codePointAt(0)!.toString(16);
  if (hex.length <= 2) return `\\x${hex.padStart(2, "0")}`;
  return hex.length <= 4 ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}

/** Puts quotes round escaped text as Python chooses them: double ones only where that saves a backslash. */
export function quote(escaped: string): string {
  if (!escaped.includes("'")) return `'${escaped}'`;
  return escaped.includes('"') ? `'${escaped.replaceAll("'", "\\'")}'` : `"${escaped}"`;
}

function reprNumber(x: number): string {
  if (Number.isSafeInteger(x)) return String(x);
  if (Number.isNaN(x)) return "nan";
  if (!Number.isFinite(x)) return x > 0 ? "inf" : "-inf";
  const [digits, exponent] = x.toExponential().split("e") as [string, string];
  const power = Number(exponent);
  if (power >= -4 && power < 16) return String(x);
  return `${digits}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}

const active = new Set<object>();

/**
 * The repr of a container, guarded against containing itself. For the `__repr__` of container classes.
 *
 * @param placeholder what stands for the container inside itself, such as `[...]`
 */
export function reprGuarded(container: object, placeholder: string, body: () => string): string {
  if (active.has(container)) return placeholder;
  active.add(container);
  try {
    return body();
  } finally {
    active.delete(container);
  }
}

/** `a, 'b', 3`: the inside of a list's or set's repr. */
export function reprItems(items: Iterable<unknown>): string {
  let text = "";
  for (const item of items) text += text === "" ? repr(item) : `, ${repr(item)}`;
  return text;
}

/** `'a': 1, 'b': 2`: the inside of a dict's repr. */
export function reprPairs(pairs: Iterable<readonly [unknown, unknown]>): string {
  let text = "";
  for (const [key, value] of pairs) text += `${text === "" ? "" : ", "}${repr(key)}: ${repr(value)}`;
  return text;
}

/** `b'…'`. */
export function reprBytes(data: Uint8Array): string {
  let text = "";
  for (const byte of data) {
    const character = String.fromCharCode(byte);
    text += byte >= 0x20 && byte < 0x7f && byte !== 0x5c ? character : escapeByte(character, byte);
  }
  return `b${quote(text)}`;
}

function escapeByte(character: string, byte: number): string {
  return SHORT_ESCAPES[character] ?? `\\x${byte.toString(16).padStart(2, "0")}`;
}

/** `0x7f…`, as Python shows where an object lives. */
export function reprAddress(x: object): string {
  return `0x${address(x).toString(16)}`;
}

function reprFunction(f: (...args: unknown[]) => unknown): string {
  if (isCallableInstance(f)) return reprObject(f);
  if (isClass(f)) return `<class '${qualifiedName(f)}'>`;
  if (moduleOf(f) === "builtins") return `<built-in function ${f.name}>`;
  const name = f.name.replace(/^bound /, "");
  return `<function ${name === "" ? "<lambda>" : name} at ${reprAddress(f)}>`;
}

function reprObject(x: object): string {
  const own = method(x, "__repr__");
  if (own) return own() as string;
  if (x instanceof Error) return `${typeName(x)}(${x.message === "" ? "" : repr(hostErrorText(x))})`;
  if (x instanceof Uint8Array) return reprBytes(x);
  switch (typeName(x)) {
    case "list":
      return reprGuarded(x, "[...]", () => `[${reprItems(x as unknown[])}]`);
    case "dict": {
      const pairs = x instanceof Map ? x : Object.entries(x);
      return reprGuarded(x, "{...}", () => `{${reprPairs(pairs)}}`);
    }
    case "set":
      if ((x as Set<unknown>).size === 0) return "set()";
      return reprGuarded(x, "set(...)", () => `{${reprItems(x as Set<unknown>)}}`);
  }
  const name =
    typeof x.constructor === "function" && x.constructor !== Object
      ? qualifiedName(x.constructor as never)
      : typeName(x);
  return `<${name} object at ${reprAddress(x)}>`;
}

/**
 * Python's `repr(x)`: the text in which a value is shown inside containers.
 * Objects of your own give theirs through `__repr__`. An integral number prints without `.0`, and -0 as 0.
 */
export function repr(x: unknown): string {
  switch (typeof x) {
    case "undefined":
      return "None";
    case "boolean":
      return x ? "True" : "False";
    case "number":
      return reprNumber(x);
    case "string":
      return quote(x.replace(UNPRINTABLE, escapeCharacter));
    case "object":
      return x === null ? "None" : reprObject(x);
    case "function":
      return reprFunction(x as never);
    default:
      return String(x);
  }
}

let decoded: ((x: unknown, encoding: unknown, errors: unknown) => string | undefined) | undefined;

/** Tells what text bytes are in an encoding; undefined where none is given. */
export function setDecoder(decode: typeof decoded): void {
  decoded = decode;
}

/**
 * Python's `str(x)`: the text that `print` writes. Objects of your own give theirs through `__str__`, else `__repr__`.
 * `str(data, "utf-8", errors?)` decodes bytes.
 */
export function str(x?: unknown, encoding?: string, errors?: string): string;
export function str(x?: unknown, options?: { encoding?: string; errors?: string }): string;
export function str(...args: unknown[]): string {
  const x = args.length === 0 ? "" : args[0];
  const text = args.length > 1 ? decoded?.(x, args[1], args[2]) : undefined;
  if (text !== undefined) return text;
  if (typeof x === "string") return x;
  const own = method(x, "__str__");
  if (own) return own() as string;
  return x instanceof Error && method(x, "__repr__") === undefined ? hostErrorText(x) : repr(x);
}

/** Python's `ascii(x)`: `repr(x)` with everything outside ASCII escaped. */
export function ascii(x: unknown): string {
  return repr(x).replace(/[^\0-\x7f]/gu, escapeCharacter);
}

defineBuiltins({ ascii, repr });
defineAll("builtins", { str });
