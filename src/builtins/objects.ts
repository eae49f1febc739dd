// Attributes, identity and calls.

import { AttributeError, TypeError } from "../exceptions";
import { defineBuiltins } from "../registry";
import { deleteAttribute } from "../runtime/attributes";
import { hasSharedAttributes, refusedDeletion, whyAbsent } from "../runtime/facade_attributes";
import { deleteFromClass } from "./class_deleter";
import { type Attributes, errorTypeName, isClass, isPlainObject, method, typeName } from "./classes";
import { dict } from "./dict";
import { newList } from "./list";
import { ownAttributes } from "./object";
import { type } from "./types";

function checkName(name: unknown): asserts name is string {
  if (typeof name !== "string") throw TypeError(`attribute name must be string, not '${typeName(name)}'`);
}

function missing(x: unknown, name: string): Error {
  const owner = isClass(x) ? `type object '${x.name}'` : `'${errorTypeName(x)}' object`;
  return AttributeError(`${owner} has no attribute '${name}'${whyAbsent(x, name)}`, { obj: x });
}

/** An instance's attributes, as a dict of its own: what is written to it is not seen in the instance. */
function attributeDict(x: object): unknown {
  const own = ownAttributes(x);
  return dict(own);
}

/** A class attribute (`static`) read through an instance, or undefined. */
function classAttribute(x: any, name: string): unknown {
  const cls: unknown = typeof x === "object" ? x.constructor : undefined;
  if (!isClass(cls) || name in Function.prototype || name === "prototype") return undefined;
  return (cls as unknown as Attributes)[name];
}

/** The attribute, or undefined. A method comes bound to its object, as in Python. */
function attribute(x: any, name: string): unknown {
  if (x === null || x === undefined) return undefined;
  if (name === "__class__") return type(x);
  if (name === "__name__" && typeof x === "function") return x.name;
  if (name === "__dict__" && typeof x === "object" && !isPlainObject(x)) return x.__dict__ ?? attributeDict(x);
  const own = x[name];
  const found = own === undefined ? (classAttribute(x, name) ?? method(x, "__getattr__")?.(name)) : own;
  const isMethod = typeof found === "function" && !isClass(found) && typeof x !== "function" && !Object.hasOwn(x, name);
  return isMethod ? found.bind(x) : found;
}

/**
 * Python's `getattr(x, name, default?)`.
 *
 * @throws AttributeError if there is no such attribute and no default
 */
export function getattr(x: any, name: string, ...otherwise: [unknown?]): any {
  checkName(name);
  let found: unknown;
  try {
    found = attribute(x, name);
  } catch (error) {
    if (!(error instanceof AttributeError) || otherwise.length === 0) throw error;
  }
  if (found !== undefined) return found;
  if (otherwise.length > 0) return otherwise[0];
  throw missing(x, name);
}

/** Python's `hasattr(x, name)`. */
export function hasattr(x: any, name: string): boolean {
  return getattr(x, name, undefined) !== undefined;
}

function checkWritable(x: unknown, name: string): void {
  checkName(name);
  if (x === null || (typeof x !== "object" && typeof x !== "function")) throw missing(x, name);
}

/** Python's `setattr(x, name, value)`. */
export function setattr(x: any, name: string, value: unknown): void {
  checkWritable(x, name);
  x[name] = value;
}

/** Python's `delattr(x, name)`. */
export function delattr(x: any, name: string): void {
  checkWritable(x, name);
  if (deleteFromClass && isClass(x)) {
    if (!deleteFromClass(x, name)) throw missing(x, name);
  } else if (Object.hasOwn(x, name)) delete x[name];
  else if (method(x, "__delattr__")) x.__delattr__(name);
  else if (!hasSharedAttributes(x) || !deleteAttribute(x, name)) throw refusedDeletion(x, name) ?? missing(x, name);
}

/** Python's `vars(x)`: the instance's own attributes, here a copy. */
export function vars(x: any): Attributes {
  if (x === null || (typeof x !== "object" && typeof x !== "function")) {
    throw TypeError("vars() argument must have __dict__ attribute");
  }
  return hasSharedAttributes(x) ? Object.fromEntries(ownAttributes(x)) : { ...x };
}

/** Python's `dir(x)`: the names of the attributes, sorted. */
export function dir(x: any): string[] {
  const names = new Set<string>(hasSharedAttributes(Object(x)) ? ownAttributes(x).map(([name]) => name) : []);
  for (let o = Object(x ?? {}); o && o !== Object.prototype; o = Object.getPrototypeOf(o)) {
    for (const name of Object.getOwnPropertyNames(o)) names.add(name);
  }
  return newList([...names].sort());
}

/** Python's `callable(x)`: may x be called? */
export function callable(x: unknown): boolean {
  return typeof x === "function" || method(x, "__call__") !== undefined;
}

defineBuiltins({ callable, delattr, dir, getattr, hasattr, setattr, vars });
