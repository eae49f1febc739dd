// What proxies stand for, and calls of it. Containers keep copies of plain data (parcel.ts), and give copies of it.
import { signature } from "../../arguments";
import { isPlainObject, method, typeName } from "../../builtins/classes";
import { checkCount } from "../../builtins/counts";
import { dict } from "../../builtins/dict";
import { list } from "../../builtins/list";
import { getattr } from "../../builtins/objects";
import { iterate } from "../../builtins/protocol";
import { repr } from "../../builtins/repr";
import { slice } from "../../builtins/slice";
import { tuple, tupleOf } from "../../builtins/tuple";
import { callable } from "../../callable";
import { AttributeError, TypeError } from "../../exceptions";
import { Queue } from "../../queue";
import { defineAll } from "../../registry";
import { callWithKeywords } from "../../runtime/functions";
import { Instance } from "../../runtime/instance";
import { unwrap, wrap } from "./parcel";

const bindValue = signature<[typecode: string, value: unknown, lock: unknown]>(
  "Value.__init__(typecode, value: data, lock=True)",
);

const bindNamespace = signature<[attributes: object]>("Namespace.__init__(**kwds)");

/** Methods of queues that have no arguments to bind themselves. */
const WITHOUT_ARGUMENTS: Record<string, (args: unknown[]) => unknown> = Object.fromEntries(
  ["empty", "full", "get_nowait", "join", "qsize", "task_done"].map((name) => [name, signature(`Queue.${name}()`)]),
);

/** For each class of referent the place of the argument that it keeps; `items` where it keeps what is in that. */
const KEPT = new Map<Function, Record<string, [place: number, items?: true]>>();

function keeps(cls: Function, ...entries: [names: string, place: number, items?: true][]): void {
  const kept: Record<string, [number, true?]> = {};
  for (const [names, ...rest] of entries) for (const name of names.split(" ")) kept[name] = rest;
  KEPT.set(cls, kept);
}

/** The attributes of a Namespace are those of a dict, so that any name will do. */
class NamespaceType extends Instance {
  static readonly __module__: string = "multiprocessing.managers";

  declare _attributes: dict<string, unknown>;

  constructor(...args: unknown[]) {
    const [attributes] = bindNamespace(args);
    super();
    this._attributes = dict(Object.entries(attributes).map(([name, value]) => [name, wrap(value)] as const));
  }

  __getattribute__(name: string): unknown {
    const attributes = this._attributes;
    if (attributes.__contains__(name)) return attributes.__getitem__(name);
    throw AttributeError(`'Namespace' object has no attribute '${name}'`, { name });
  }

  __setattr__(name: string, value: unknown): void {
    this._attributes.__setitem__(name, value);
  }

  __delattr__(name: string): void {
    if (!this._attributes.__contains__(name)) {
      throw AttributeError(`'Namespace' object has no attribute '${name}'`, { name });
    }
    this._attributes.pop(name);
  }

  __repr__(): string {
    const shown = [...this._attributes.items()].filter(([name]: any) => !String(name).startsWith("_"));
    const texts = shown.map(([name, value]: any) => `${name}=${repr(value)}`).sort();
    return `Namespace(${texts.join(", ")})`;
  }
}

/** The referent of `manager.Namespace()`. */
export const Namespace = callable(NamespaceType, "Namespace");
export type Namespace = NamespaceType;

class ValueType extends Instance {
  static readonly __module__: string = "multiprocessing.managers";

  declare _typecode: string;
  declare _value: unknown;

  constructor(typecode: string, value: unknown, lock?: unknown);
  constructor(...args: unknown[]) {
    const [typecode, value] = bindValue(args);
    super();
    this._typecode = typecode;
    this._value = wrap(value);
  }

  get(): unknown {
    return this._value;
  }

  set(value: unknown): void {
    this._value = value;
  }

  __repr__(): string {
    return `Value(${repr(this._typecode)}, ${repr(this._value)})`;
  }
}

/** The referent of `manager.Value(typecode, value)`. */
export const Value = callable(ValueType, "Value");
export type Value = ValueType;

keeps(
  list,
  ["append count index remove __contains__", 0],
  ["insert", 1],
  ["__setitem__", 1],
  ["extend __add__ __iadd__", 0, true],
);
keeps(dict, ["__setitem__ set setdefault get pop", 1], ["update", 0, true]);
keeps(Queue, ["put put_nowait", 0]);
keeps(Namespace, ["__setattr__", 1]);
keeps(Value, ["set", 0]);

/** A list whose items are kept as a manager's list keeps them. */
export function newManagedList(...args: [items?: unknown]): list<unknown> {
  const [items = []] = args;
  if (args.length > 1) throw TypeError(`list expected at most 1 argument, got ${args.length}`);
  return list([...iterate(items)].map(wrap));
}

/** A dict whose values are kept so. */
export function newManagedDict(...args: any[]): dict<any, unknown> {
  if (args.length > 1 && !isPlainObject(args[1]))
    throw TypeError(`dict expected at most 1 argument, got ${args.length}`);
  return dict([...dict(...args).items()].map((item: any) => [item[0], wrap(item[1])]) as never);
}

/** Calls a method of a referent: what it keeps is copied, and what it gives of that too. */
export function callReferent(obj: object, name: string, args: unknown[], kwds: Record<string, unknown>): unknown {
  const found = method(obj, name);
  if (!found && name === "__getattribute__") return getattr(obj, args[0] as string);
  if (!found) throw AttributeError(`'${typeName(obj)}' object has no attribute '${name}'`, { name });
  if (obj instanceof Queue) WITHOUT_ARGUMENTS[name]?.(args);
  const kind = obj instanceof list ? "list" : obj instanceof dict ? "dict" : "";
  checkCount(kind, name, args.length);
  const methods = KEPT.get(obj.constructor);
  const [place, items] = methods?.[name] ?? [-1];
  const given = args.map((arg, i) => (i === place ? keep(obj, arg, items ?? args[0] instanceof slice) : arg));
  const result = Object.keys(kwds).length > 0 ? callWithKeywords(found, given, kwds) : found(...given);
  return methods ? released(result) : result;
}

function keep(obj: object, arg: unknown, items: boolean): unknown {
  if (!items) return wrap(arg);
  if (obj instanceof dict) return newManagedDict(arg);
  return [...iterate(arg)].map(wrap);
}

/** What a caller gets for what a method has given: parcels are opened, one level down too; views and iterators are lists. */
export function released(result: unknown): unknown {
  if (result === null || typeof result !== "object") return result;
  if (result instanceof list) return list([...(result as Iterable<unknown>)].map(unwrap));
  if (result instanceof dict) return dict([...result.items()].map((item: any) => [item[0], unwrap(item[1])]) as never);
  if (result instanceof tuple) return tupleOf([...(result as Iterable<unknown>)].map(unwrap));
  if (/^dict_/.test(typeName(result)) || typeof (result as Iterator<unknown>).next === "function") {
    return list([...(result as Iterable<unknown>)].map(released));
  }
  return unwrap(result);
}

defineAll("multiprocessing.managers", { Namespace, Value, newManagedList, newManagedDict });
