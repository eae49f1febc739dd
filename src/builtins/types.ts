// type(x) and isinstance: the classes of Python's values.

import { BaseException, type ClassInfo, hostClass, matches, TypeError } from "../exceptions";
import { defineAll, defineBuiltins } from "../registry";
import { type AnyClass, builtinType, giveName, isCallableInstance, moduleOf, typeName } from "./classes";
import { containers } from "./containers";
import { str } from "./repr";
import { bool } from "./truth";

/** A class as `type` gives it: comparable by `===`, with Python's name. */
export type Class = AnyClass & { readonly __name__: string };

/** The classes whose values JavaScript makes; others are added under their names when first asked for. */
const classes = new Map<string, unknown>([
  ["str", builtinType(str)],
  ["bool", bool],
  ["type", builtinType(type)],
]);

function classNamed(name: string): Class {
  const entered = containers[name as keyof typeof containers] ?? classes.get(name);
  if (entered) return entered as Class;
  const { [name]: made } = { [name]: class {} };
  Object.defineProperty(made, "__module__", { value: "builtins" });
  classes.set(name, giveName(made!));
  return made as unknown as Class;
}

/**
 * Python's `type(x)`: the class of x. `type(1) === int`, `type(e).__name__`. An integral number is an int, any other a float.
 */
export function type(x: unknown): Class {
  const name = typeName(x);
  const own: unknown = typeof x === "object" || isCallableInstance(x) ? (x as object | null)?.constructor : undefined;
  if (x instanceof Error && !(x instanceof BaseException) && moduleOf(x.constructor as never) === "builtins") {
    return hostClass(x) as unknown as Class;
  }
  return typeof own === "function" && own.name === name ? (giveName(own) as unknown as Class) : classNamed(name);
}

function someClass(cls: ClassInfo, test: (one: AnyClass) => boolean, message: string): boolean {
  if (Array.isArray(cls)) return cls.some((one) => someClass(one, test, message));
  if (typeof cls !== "function" || !cls.prototype) throw TypeError(message);
  return test(cls as AnyClass);
}

function inherits(cls: AnyClass, base: AnyClass): boolean {
  return cls === base || base === containers.object || base === Object || cls.prototype instanceof base;
}

/**
 * Python's `isinstance(x, cls)`; `cls` may be an array of classes. JavaScript's values count as Python's: `isinstance(1, int)`,
 * and its errors too (see `matches`).
 *
 * @throws TypeError if cls is not a class or classes
 */
export function isinstance<C extends abstract new (...args: any[]) => any>(x: unknown, cls: C): x is InstanceType<C>;
export function isinstance(x: unknown, cls: ClassInfo): boolean;
export function isinstance(x: unknown, cls: ClassInfo): boolean {
  if (typeof cls === "function" && cls.prototype && x instanceof (cls as AnyClass)) return true;
  const isOf = (one: AnyClass) => matches(x, one) || inherits(type(x), one);
  return someClass(cls, isOf, "isinstance() arg 2 must be a type, a tuple of types, or a union");
}

/** Python's `issubclass(cls, base)`; `base` may be an array of classes. */
export function issubclass(cls: ClassInfo, base: ClassInfo): boolean {
  if (typeof cls !== "function") throw TypeError("issubclass() arg 1 must be a class");
  const test = (one: AnyClass) => inherits(cls as AnyClass, one);
  return someClass(base, test, "issubclass() arg 2 must be a class, a tuple of classes, or a union");
}

defineBuiltins({ isinstance, issubclass });
defineAll("builtins", { type });
