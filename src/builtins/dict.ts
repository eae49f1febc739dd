// Python's dict: an object with identity, a Map until it is shared, then a table in kernel memory.
//
// Every single operation is atomic; what reads many items at once (copy, printing, comparing) sees them as at one moment
// unless others write all the time.
import { Kind } from "../../assembly/status";
import { callable } from "../callable";
import { KeyError, TypeError, ValueError } from "../exceptions";
import { defineAll } from "../registry";
import { adopt, adoptWith } from "../runtime/adopt";
import { Copied, copyInstances } from "../runtime/copies";
import { refusesAttributes } from "../runtime/facade_attributes";
import { KIND, reviveKind, Shared } from "../runtime/shared";
import { isPlainObject, method, typeName } from "./classes";
import { eq } from "./compare";
import { containers, GET_ITEM, SET_ITEM } from "./containers";
import { dict_items, dict_keys, dict_values } from "./dict_views";
import { list, newList } from "./list";
import { iterate } from "./protocol";
import { repr, reprGuarded, reprPairs } from "./repr";
import {
  enterKey,
  enterNewKey,
  entriesOf,
  hasKey,
  keysOf,
  lookUp,
  popLast,
  removeKey,
  sizeOf,
  Table,
  walk,
  wipe,
} from "./table";
import { type tuple, tupleOf } from "./tuple";

/** What a dict can be made from: pairs, another mapping, or an object literal. */
export type DictSource<K, V> = Iterable<readonly [K, V]> | DictType<K, V> | Record<string, V> | Map<K, V>;

class DictType<K = any, V = any> extends Table<V> {
  static readonly __module__ = "builtins";
  declare readonly __hash__: null;

  get [KIND](): Kind {
    return Kind.Dict;
  }

  constructor(source?: DictSource<K, V> | null, keywords?: Record<string, V>) {
    super();
    if (source !== undefined && source !== null) merge(this, source);
    if (keywords !== undefined) merge(this, keywords);
  }

  /** A dict with these keys, all with one value. */
  static fromkeys<K, V = null>(keys: Iterable<K>, value: V = null as V): DictType<K, V> {
    const made = new Dict();
    for (const key of iterate(keys)) enterKey(made, key, value);
    return made;
  }

  /** The value of `key`, or `otherwise` (None) if it is not there. */
  get(key: K): V | null;
  get<D>(key: K, otherwise: D): V | D;
  get(key: K, otherwise: unknown = null): unknown {
    const value = lookUp(this, key);
    return value === undefined ? otherwise : value;
  }

  /** `d[key] = value`, for keys that are not strings. Gives back the dict, as JavaScript's Map does. */
  set(key: K, value: V): this {
    enterKey(this, key, value);
    return this;
  }

  /** `key in d`. JavaScript's Map has it by this name. */
  has(key: unknown): boolean {
    return hasKey(this, key);
  }

  /**
   * Removes `key` and gives back its value, or `otherwise` if it is not there.
   *
   * @throws KeyError if it is not there and nothing else is given
   */
  pop(key: K, ...otherwise: [unknown?]): V {
    const value = removeKey(this, key);
    if (value !== undefined) return value;
    if (otherwise.length > 0) return (otherwise[0] ?? null) as V;
    throw KeyError(key);
  }

  /**
   * Removes the item that came last and gives it back as a tuple.
   *
   * @throws KeyError if the dict is empty
   */
  popitem(): tuple<K | V> & [K, V] {
    const entry = popLast(this);
    if (!entry) throw KeyError("popitem(): dictionary is empty");
    return tupleOf(entry) as never;
  }

  /** The value of `key`, which is set to `value` first if it is not there. One atomic step. */
  setdefault(key: K, value: V = null as V): V {
    const known = enterNewKey(this, key, value);
    return known === undefined ? (adopt(value) as V) : known;
  }

  /** Sets the items of another mapping, of pairs or of an object literal. */
  update(source?: DictSource<K, V> | null, keywords?: Record<string, V>): void {
    if (source !== undefined && source !== null) merge(this, source);
    if (keywords !== undefined) merge(this, keywords);
  }

  /** A live view of the keys. */
  keys(): dict_keys<K> {
    return new dict_keys<K>(this);
  }

  /** A live view of the values. */
  values(): dict_values<V> {
    return new dict_values<V>(this);
  }

  /** A live view of the items, each a tuple of key and value. */
  items(): dict_items<K, V> {
    return new dict_items<K, V>(this);
  }

  /** As `items()`, by the name that JavaScript's Map has for it. */
  entries(): Generator<tuple<K | V> & [K, V]> {
    return this.items()[Symbol.iterator]();
  }

  forEach(f: (value: V, key: K) => void): void {
    for (const [key, value] of entriesOf(this)) f(value, key as K);
  }

  /** What `JSON.stringify` takes. */
  toJSON(): Record<string, V> {
    return Object.fromEntries(entriesOf(this));
  }

  copy(): DictType<K, V> {
    return new Dict(this);
  }

  /** Removes all items. */
  clear(): void {
    wipe(this);
  }

  /** How many items there are, as JavaScript's Map says it. */
  get size(): number {
    return sizeOf(this);
  }

  get length(): number {
    return sizeOf(this);
  }

  __len__(): number {
    return sizeOf(this);
  }

  /**
   * The value of `key`. A subclass's `__missing__` is asked for a key that is not there.
   *
   * @throws KeyError if it is not there
   */
  __getitem__(key: K): V {
    const value = lookUp(this, key);
    if (value !== undefined) return value;
    const missing = method(this, "__missing__");
    if (missing) return missing(key) as V;
    throw KeyError(key);
  }

  __setitem__(key: K, value: V): void {
    enterKey(this, key, value);
  }

  [GET_ITEM](key: unknown): V | undefined {
    return lookUp(this, key);
  }

  [SET_ITEM](key: unknown, value: V): boolean {
    enterKey(this, key, value);
    return true;
  }

  /** @throws KeyError if it is not there */
  __delitem__(key: K): void {
    if (removeKey(this, key) === undefined) throw KeyError(key);
  }

  __contains__(key: unknown): boolean {
    return hasKey(this, key);
  }

  __eq__(other: unknown): boolean {
    const theirs = mapping(other);
    if (!theirs) return false;
    const mine = entriesOf(this);
    return mine.length === theirs.length && mine.every(([key, value]) => eq(lookUp(theirs, key), value));
  }

  /** `d | other`: a new dict, in which the other's values win. */
  __or__(other: DictSource<K, V>): DictType<K, V> {
    checkMapping(this, other, "|");
    const made = this.copy();
    made.update(other);
    return made;
  }

  __ror__(other: DictSource<K, V>): DictType<K, V> {
    return new Dict(other).__or__(this);
  }

  __ior__(other: DictSource<K, V>): this {
    this.update(other);
    return this;
  }

  __iter__(): Generator<K> {
    return this[Symbol.iterator]();
  }

  __reversed__(): IterableIterator<K> {
    return (keysOf(this) as K[]).reverse()[Symbol.iterator]();
  }

  *[Symbol.iterator](): Generator<K> {
    for (const [key] of walk(this, "dictionary")) yield key as K;
  }

  __repr__(): string {
    return reprGuarded(this, "{...}", () => `{${reprPairs(entriesOf(this))}}`);
  }

  override toString(): string {
    return repr(this);
  }
}

Object.defineProperty(DictType.prototype, "__hash__", { value: null });

function mapping(x: unknown): DictType | undefined {
  if (x instanceof DictType) return x;
  return x instanceof Map || isPlainObject(x) ? new Dict(x) : undefined;
}

function checkMapping(d: DictType, other: unknown, operator: string): void {
  if (other instanceof DictType || other instanceof Map || isPlainObject(other)) return;
  throw TypeError(`unsupported operand type(s) for ${operator}: '${typeName(d)}' and '${typeName(other)}'`);
}

/** Whether it is one of those that have `keys` as JavaScript's arrays have it. */
function isSequence(x: unknown): boolean {
  return Array.isArray(x) || ArrayBuffer.isView(x) || x instanceof list;
}

/** Enters all items of what Python's dict() takes. */
function merge(target: DictType, source: any): void {
  if (source instanceof DictType) {
    for (const [key, value] of entriesOf(source)) enterKey(target, key, value);
  } else if (source instanceof Map) {
    for (const [key, value] of source) enterKey(target, key, value);
  } else if (isPlainObject(source)) {
    for (const key of Object.keys(source)) enterKey(target, key, source[key]);
  } else if (!isSequence(source) && method(source, "keys") && method(source, "__getitem__")) {
    for (const key of iterate(source.keys())) enterKey(target, key, source.__getitem__(key));
  } else mergePairs(target, source);
}

function mergePairs(target: DictType, source: any): void {
  let place = 0;
  for (const pair of iterate(source)) {
    const isIterable = typeof pair === "string" || (typeof pair === "object" && pair !== null);
    if (!isIterable) throw TypeError(`cannot convert dictionary update sequence element #${place} to a sequence`);
    const parts = [...iterate(pair)];
    if (parts.length !== 2) {
      throw ValueError(`dictionary update sequence element #${place} has length ${parts.length}; 2 is required`);
    }
    enterKey(target, parts[0], parts[1]);
    place++;
  }
}

const Dict = callable(DictType, "dict");

/**
 * Python's dict. It is one object for all threads that meet it; each operation is atomic. `dict({ a: 1 })` and
 * `dict([[1, "one"]])` make one; iterating gives the keys; keys compare as in Python, so that 1 and True are one key.
 */
export const dict = Dict as unknown as {
  new <K = any, V = any>(source?: DictSource<K, V> | null, keywords?: Record<string, V>): DictType<K, V>;
  <K = any, V = any>(source?: DictSource<K, V> | null, keywords?: Record<string, V>): DictType<K, V>;
  fromkeys: typeof DictType.fromkeys;
  prototype: DictType;
};
export type dict<K = any, V = any> = DictType<K, V>;

containers.dict = Dict;
adoptWith(
  (items) => newList(items),
  (items) => dict(items),
);
defineAll("builtins", { dict });
reviveKind(Kind.Dict, (address) => Shared.revive(dict, address));
refusesAttributes(dict);
copyInstances<DictType>(dict, {
  copied: Copied.Dict,
  make: () => dict(),
  // A plain object is copied as the dict that it means in a port.
  parts: (items) => (isPlainObject(items) ? Object.entries(items) : entriesOf(items)).flat(1),
  fill: (made, parts) => {
    for (let i = 0; i < parts.length; i += 2) enterKey(made, parts[i], parts[i + 1]);
  },
});
