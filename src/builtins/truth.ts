// Python's truth of a value.
import { defineAll } from "../registry";
import { builtinType, isPlainObject, method } from "./classes";

/**
 * Is `x` true in Python's sense? False are None, False, 0, "", and whatever is empty: arrays, object literals, Map, Set,
 * bytes, and objects whose `__bool__` or `__len__` says so. Unlike JavaScript's truth, NaN is true.
 */
export function truth(x: unknown): boolean {
  if (typeof x === "number") return x !== 0;
  if (typeof x !== "object" || x === null) return Boolean(x);
  if (Array.isArray(x) || ArrayBuffer.isView(x)) return (x as unknown[]).length !== 0;
  const asked = method(x, "__bool__");
  if (asked) return asked() as boolean;
  const length = method(x, "__len__");
  if (length) return length() !== 0;
  if (x instanceof Map || x instanceof Set) return x.size !== 0;
  return !isPlainObject(x) || Object.keys(x).length !== 0;
}

/** Python's `bool(x)`: the truth of `x`. */
export function bool(x: unknown = false): boolean {
  return truth(x);
}

builtinType(bool);
defineAll("builtins", { bool });
