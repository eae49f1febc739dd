// Reading an attribute, where it is not simply there: methods come bound, class attributes are read through instances,
// and what is not there raises AttributeError.
import { errorTypeName, isClass, typeName } from "../../builtins/classes";
import { delattr, getattr } from "../../builtins/objects";
import { AttributeError, TypeError } from "../../exceptions";
import { methodOf } from "../attributes";
import { bound } from "../bound";
import { whyAbsent } from "../facade_attributes";
import { isOfPort } from "../identity";
import { isFacade, KeepsIdentity } from "../shared";
import { isUnset } from "./class_attributes";
import { generatorMethod } from "./generators";
import { standIn } from "./stand_ins";

/** The value of `object.name`, which reads as `found`: a function, or undefined. */
export function attr(object: any, name: string, found: unknown): unknown {
  if (typeof found === "function") return isMethod(object, name, found) ? bound(object, name, found) : found;
  return found === undefined ? missing(object, name) : found;
}

/**
 * What has the function `name` that `object.name(…)` calls, where `object` has none: a class attribute that is a function,
 * an attribute whose value has `__call__`.
 *
 * @throws AttributeError if the object has no such attribute
 * @throws TypeError if its value is not callable
 */
export function holder(object: any, name: string): any {
  const ofGenerator = generatorMethod(object, name);
  if (ofGenerator) return { [name]: ofGenerator };
  const stand = standIn(object, name);
  if (stand) return stand;
  const own = object?.[name];
  if (typeof own === "function") return object;
  const found = own === undefined ? missing(object, name) : own;
  if (found === undefined) throw noAttribute(object, name);
  return { [name]: called(found) };
}

function noAttribute(object: unknown, name: string): Error {
  const why = whyAbsent(object, name);
  return AttributeError(`'${errorTypeName(object)}' object has no attribute '${name}'${why}`, { name, obj: object });
}

/**
 * The function that a call of `value` calls: its `__call__`, if it is none itself.
 *
 * @throws TypeError if it is not callable
 */
export function called(value: any): Function {
  if (typeof value === "function") return value;
  const call = typeof value === "object" && value !== null ? value.__call__ : undefined;
  if (typeof call === "function") return call.bind(value);
  throw TypeError(`'${errorTypeName(value)}' object is not callable`);
}

/** `object.name = …`, where `name` is a property without a setter. */
export function readOnly(object: object, name: string): never {
  throw AttributeError(`property '${name}' of '${typeName(object)}' object has no setter`);
}

/** `delete object.name`: gone for all threads, or AttributeError if it was not there. */
export function delAttr(object: any, name: string): true {
  const isObject = typeof object === "object" && object !== null;
  const owner = isObject ? object.constructor : object;
  if ((isObject || typeof object === "function") && raisesOnMiss(object, owner)) delattr(object, name);
  else delete object[name];
  return true;
}

/** Attributes that every object of Python's has, and none of JavaScript's. */
const SPECIAL = new Set(["__class__", "__dict__", "__name__"]);

function missing(object: any, name: string): unknown {
  if (SPECIAL.has(name)) return getattr(object, name);
  if (object === null || object === undefined) throw noAttribute(object, name);
  const isInstance = typeof object === "object";
  if (!isInstance && typeof object !== "function") return undefined;
  const ofGenerator = generatorMethod(object, name);
  if (ofGenerator) return ofGenerator;
  const stand = standIn(object, name);
  if (stand) return bound(stand, name);
  if (Object.hasOwn(object, name) && (isInstance || !isUnset(object, name))) return null;
  const owner = isInstance ? object.constructor : object;
  if (!raisesOnMiss(object, owner)) return undefined;
  if (isInstance && declares(owner.prototype, name)) return undefined;
  if (!isInstance && !isUnset(object, name) && declares(owner, name)) return undefined;
  if (!isInstance) throw AttributeError(`type object '${object.name}' has no attribute '${name}'`, { obj: object });
  const ofClass = owner[name];
  if (ofClass !== undefined && !Object.hasOwn(Function.prototype, name)) return attr(owner, name, ofClass);
  if (typeof object.__getattr__ === "function") return object.__getattr__(name) ?? null;
  throw noAttribute(object, name);
}

/** Objects of the library and of classes that ports define, and these classes; not what is JavaScript's own. */
function raisesOnMiss(object: unknown, owner: unknown): boolean {
  if (isFacade(object) || object instanceof KeepsIdentity) return true;
  for (let level = owner; isClass(level); level = Object.getPrototypeOf(level)) {
    if (isOfPort(level)) return true;
  }
  return false;
}

/** Whether a class's prototype, or one above it, has the name as an accessor or value. */
function declares(prototype: object | null, name: string): boolean {
  for (let level = prototype; level && level !== Object.prototype; level = Object.getPrototypeOf(level)) {
    if (Object.hasOwn(level, name)) return true;
  }
  return false;
}

/** Whether a function read from an object is a method of its class, and not a value that somebody has put there. */
function isMethod(object: any, name: string, found: Function): boolean {
  if (isClass(found)) return false;
  const isObject = typeof object === "object" && object !== null;
  if (isObject && Object.getPrototypeOf(object) === null) return false;
  if (typeof object === "function" && !isClass(object)) return false;
  if (!isObject && typeof object !== "function") return false;
  for (let level = isObject ? object.constructor?.prototype : object; level; level = Object.getPrototypeOf(level)) {
    const own = Object.getOwnPropertyDescriptor(level, name);
    if (own) return methodOf(own) === found && !own.enumerable;
  }
  return false;
}
