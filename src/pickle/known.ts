// The names that a pickle may bear: what each stands for here, and what calling it may do. A pickle names classes and
// functions by module and name, and can have any of them called; so what is not on this list is refused, and what is
// makes data and nothing else.
import { bytearray, bytes } from "../builtins/bytes";
import { dict } from "../builtins/dict";
import { list } from "../builtins/list";
import { range } from "../builtins/range";
import { frozenset, set } from "../builtins/set";
import { slice } from "../builtins/slice";
import { encode } from "../builtins/text_codecs";
import { tuple } from "../builtins/tuple";
import type { BaseException } from "../exceptions";
import * as builtinExceptions from "../exceptions/classes";
import { UnpicklingError } from "./errors";

/** What stands for an object in its pickle: the call that makes it again, and what is then done to the result. */
export interface Reduced {
  /** A class or function that is known. */
  call: unknown;
  args: readonly unknown[];
  state?: unknown;
}

export interface Known {
  /** The class or function that the name stands for: what a pickle of the name alone gives. */
  readonly value: unknown;
  /** What calling it gives. Without this it may be named, but not called. */
  readonly call?: (...args: any[]) => unknown;
  /** Gives an object that it has made the state it is to have. */
  readonly build?: (object: any, state: unknown) => void;
  /** How its instances are written. */
  readonly reduce?: (object: any) => Reduced;
}

const byName = new Map<string, Known>();
const byValue = new Map<unknown, Known>();
const names = new Map<unknown, readonly [module: string, name: string]>();

/** Modules whose names Python 2, and so protocols 0 to 2, know otherwise. */
const OLD_MODULES: Readonly<Record<string, string>> = {
  __builtin__: "builtins",
  exceptions: "builtins",
  copy_reg: "copyreg",
  Queue: "queue",
};

/** Enters a name. A further name for what is known already is understood, but not written. */
export function know(module: string, name: string, known: Known): void {
  byName.set(`${module}.${name}`, known);
  if (byValue.has(known.value)) return;
  byValue.set(known.value, known);
  names.set(known.value, [module, name]);
}

/** What the name in a pickle stands for. @throws UnpicklingError if it is not on the list */
export function find(module: string, name: string): Known {
  const known = byName.get(`${OLD_MODULES[module] ?? module}.${name}`);
  if (known) return known;
  throw UnpicklingError(`global '${module}.${name}' is forbidden: a pickle is read as data only`);
}

/** The entry of a class or function. */
export function knownOf(value: unknown): Known | undefined {
  return byValue.get(value);
}

/** The name under which Python knows a class or function, if it may be written. */
export function nameOf(value: unknown): readonly [module: string, name: string] | undefined {
  return names.get(value);
}

/** Enters exception classes: their instances go as class and arguments. */
export function knowExceptions(module: string, classes: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(classes)) {
    const Class = value as new (...args: unknown[]) => BaseException;
    know(module, name, {
      value,
      call: (...args) => new Class(...args),
      build: buildException,
      reduce: reduceException,
    });
  }
}

/** Own properties of an exception that its arguments tell of, or that tell of one run only. */
const TOLD = new Set(
  (
    "args name message stack cause code value errno strerror filename filename2 encoding object start end reason msg lineno " +
    "offset text obj path exceptions __context__ __cause__ __suppress_context__ __traceback__"
  ).split(" "),
);

/** Also for OSError's file names, which stand outside its `args`. */
function reduceException(error: BaseException & { filename?: unknown; filename2?: unknown }): Reduced {
  const more: [string, unknown][] = [];
  for (const name of Object.getOwnPropertyNames(error)) {
    if (!TOLD.has(name)) more.push([name, (error as unknown as Record<string, unknown>)[name]]);
  }
  const args: unknown[] = [...error.args];
  if (error instanceof builtinExceptions.OSError! && args.length === 2 && (error.filename ?? null) !== null) {
    args.push(error.filename);
    if ((error.filename2 ?? null) !== null) args.push(null, error.filename2);
  }
  return { call: error.constructor, args, state: more.length > 0 ? dict(more) : undefined };
}

/** Sets an exception's attributes, apart from what every exception has by itself: that would be code. */
function buildException(error: BaseException, state: unknown): void {
  if (!(state instanceof dict)) throw builtinExceptions.TypeError!("state is not a dictionary");
  for (const [key, value] of state.items()) {
    const name = String(key);
    if (name in error && !TOLD.has(name)) throw UnpicklingError(`an exception's '${name}' is forbidden`);
    Object.defineProperty(error, name, { value, writable: true, configurable: true });
  }
}

knowExceptions("builtins", builtinExceptions);
for (const alias of ["IOError", "EnvironmentError"]) know("builtins", alias, byName.get("builtins.OSError")!);

function items(x: unknown): any[] {
  if (Array.isArray(x) || x instanceof list) return [...(x as Iterable<unknown>)];
  throw UnpicklingError("a collection is made from a list or a tuple");
}

/** As the classes themselves, but for what would take memory that the pickle does not have: `bytearray(2**40)`. */
function octets(source?: unknown, encoding?: unknown): Uint8Array {
  if (source === undefined) return new Uint8Array();
  if (source instanceof Uint8Array) return source;
  if (typeof source === "string" && typeof encoding === "string") return encode(source, encoding);
  return Uint8Array.from(items(source));
}

/** What Python calls `_codecs.encode`: how bytes are written up to protocol 2. */
export function encodeBytes(text?: unknown, encoding: unknown = "utf-8"): bytes {
  if (typeof text !== "string" || typeof encoding !== "string") throw UnpicklingError("bytes are encoded text");
  return bytes(encode(text, encoding));
}

know("builtins", "set", { value: set, call: (x) => set(x === undefined ? [] : items(x)) });
know("builtins", "frozenset", { value: frozenset, call: (x) => frozenset(x === undefined ? [] : items(x)) });
know("builtins", "list", { value: list, call: (x) => list(x === undefined ? [] : items(x)) });
know("builtins", "tuple", { value: tuple, call: (x) => tuple(x === undefined ? [] : items(x)) });
know("builtins", "dict", { value: dict, call: (x) => dict(x === undefined ? [] : items(x)) });
know("builtins", "bytes", { value: bytes, call: (...args) => bytes(octets(...args)) });
know("builtins", "bytearray", { value: bytearray, call: (...args) => bytearray(octets(...args)) });
know("builtins", "range", {
  value: range,
  call: (...args: [number]) => range(...args),
  reduce: ({ start, stop, step }) => ({ call: range, args: [start, stop, step] }),
});
know("builtins", "xrange", find("builtins", "range"));
know("builtins", "slice", {
  value: slice,
  call: (...args: [number]) => slice(...args),
  reduce: ({ start, stop, step }) => ({ call: slice, args: [start, stop, step] }),
});

know("_codecs", "encode", { value: encodeBytes, call: encodeBytes });
