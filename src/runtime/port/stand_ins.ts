// Python's methods of plain arrays and objects, which a port's functions are given as arguments.
import { isPlainObject } from "../../builtins/classes";
import { dict } from "../../builtins/dict";
import { list } from "../../builtins/list";
import { adopt } from "../adopt";

type Methods = Record<string, (...args: unknown[]) => unknown>;

/** What has list's or dict's method `name` for a plain array or object that has it not: a list of the same items. */
export function standIn(value: any, name: string): Methods | undefined {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return undefined;
  if (Array.isArray(value) && value.constructor === Array) {
    return isMethod(list.prototype, name) ? (adopt(value) as Methods) : undefined;
  }
  const isDicts = isPlainObject(value) && !Object.hasOwn(value, name) && isMethod(dict.prototype, name);
  return isDicts ? { [name]: (...args) => ofObject(value, name, args) } : undefined;
}

function isMethod(prototype: object, name: string): boolean {
  return name in prototype && !(name in Object.prototype) && name !== "length" && name !== "size";
}

/** Calls a method of dict, and puts what it has changed into the object. */
function ofObject(object: Record<string, unknown>, name: string, args: unknown[]): unknown {
  const items = dict(object);
  const result = (items as unknown as Methods)[name]!(...args);
  for (const key of Object.keys(object)) if (!items.has(key)) delete object[key];
  for (const [key, value] of items.items()) object[key as string] = value;
  return result;
}
