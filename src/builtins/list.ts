// Python's list: an object with identity, a plain array until it is shared, then words in kernel memory.
//
// Every single operation is atomic, except reverse() and extended slices as targets; what reads many items (printing,
// searching, sorting by key) sees them one by one. Longer than most, as Python's list has that many methods.

import { Kind } from "../../assembly/status";
import { callable } from "../callable";
import { IndexError, TypeError, ValueError } from "../exceptions";
import { kernel } from "../kernel/kernel";
import { defineAll } from "../registry";
import { adoptWith } from "../runtime/adopt";
import { Copied, copyInstances } from "../runtime/copies";
import { refusesAttributes } from "../runtime/facade_attributes";
import { addressOf, KIND, localOf, NO_ITEMS, placeOf, reviveKind, Shared } from "../runtime/shared";
import { allocated } from "../runtime/wait";
import { NotImplemented, typeName } from "./classes";
import { eq, less } from "./compare";
import { containers, GET_ITEM, SET_ITEM } from "./containers";
import { dict } from "./dict";
import { END, findItem, insertItem, itemAt, popItem, readItems, removeItem, setItem, spliceItems } from "./list_shared";
import { iterate } from "./protocol";
import { repr, reprGuarded, reprItems } from "./repr";
import { asIndex, indexOf, slice } from "./slice";
import { sorted } from "./sorted";

/** By index, as Python's iterator: items that are added meanwhile come too. Its end is its end. */
class ListIterator<T> implements IterableIterator<T> {
  static readonly name = "list_iterator";
  #list: ListType<T> | undefined;
  #index = 0;

  constructor(list: ListType<T>) {
    this.#list = list;
  }

  next(): IteratorResult<T> {
    const list = this.#list;
    if (list) {
      const item = at(list, this.#index++);
      if (item !== undefined) return { done: false, value: item };
      this.#list = undefined;
    }
    return { done: true, value: undefined };
  }

  [Symbol.iterator](): this {
    return this;
  }
}

/** The array of a local list, once more: brackets of a port read and write it in place. V8 sees through no private field there. */
const ITEMS = Symbol("items");

class ListType<T = any> extends Shared<T[]> {
  static readonly __module__ = "builtins";
  declare readonly __hash__: null;
  [ITEMS]: readonly T[];

  get [KIND](): Kind {
    return Kind.List;
  }

  constructor(items: Iterable<T> = []) {
    // A plain array is adopted: it is this list's storage from now on.
    const isPlain = Array.isArray(items) && items.constructor === Array && !Object.isFrozen(items);
    const storage = isPlain ? items : items instanceof ListType ? itemsOf(items) : [...iterate(items)];
    super(storage);
    // A class of its own may have a `__getitem__` of its own.
    this[ITEMS] = this.constructor === List ? storage : NO_ITEMS;
  }

  protected promote(items: T[]): number {
    const address = allocated(kernel.list_new());
    const place = placeOf(this);
    Shared.fill(this, address, items, () => {
      items.forEach((item, index) => insertItem(address, item, `${place}[${index}]`, END));
    });
    this[ITEMS] = NO_ITEMS;
    // Whoever still holds the adopted array must not write to it unseen.
    Object.freeze(items);
    return address;
  }

  /** @internal */
  override get $items(): readonly T[] {
    return this[ITEMS];
  }

  /** Adds an item at the end. */
  append(item: T): void {
    const items = localOf(this);
    if (items) items.push(item ?? (null as T));
    else insertItem(addressOf(this), item, "item", END);
  }

  /** Inserts an item before `index`, which is clamped to the list. */
  insert(index: number, item: T): void {
    const items = localOf(this);
    const place = asIndex(index);
    if (!items) insertItem(addressOf(this), item, "item", clamp(place));
    else items.splice(place < 0 ? Math.max(0, place + items.length) : place, 0, item);
  }

  /** Adds all items of an iterable at the end, at once. */
  extend(more: Iterable<T>): void {
    replace(this, END, 0, [...(iterate(more) as Iterable<T>)]);
  }

  /**
   * Removes the item at `index`, the last by default, and gives it back.
   *
   * @throws IndexError if there is none
   */
  pop(index = -1): T {
    const place = asIndex(index);
    const items = localOf(this);
    if (!items) {
      const item = popItem(addressOf(this), clamp(place));
      if (item !== undefined) return item as T;
    } else {
      if (place === -1 && items.length > 0) return items.pop() as T;
      const i = place < 0 ? place + items.length : place;
      if (i >= 0 && i < items.length) return items.splice(i, 1)[0] as T;
    }
    throw IndexError(this.length === 0 ? "pop from empty list" : "pop index out of range");
  }

  /**
   * Removes the first item that equals `value`.
   *
   * @throws ValueError if there is none
   */
  remove(value: T): void {
    const items = localOf(this);
    if (!items) {
      if (removeItem(addressOf(this), (item) => eq(item, value))) return;
    } else {
      const index = items.findIndex((item) => eq(item, value));
      if (index >= 0) {
        items.splice(index, 1);
        return;
      }
    }
    throw ValueError("list.remove(x): x not in list");
  }

  /** Removes all items. */
  clear(): void {
    replace(this, 0, END, []);
  }

  /**
   * Index of the first item that equals `value`.
   *
   * @throws ValueError if there is none
   */
  index(value: T, start = 0, stop = END): number {
    const { length } = this;
    const [from, to] = [start, stop].map((bound) => (bound < 0 ? Math.max(0, bound + length) : bound));
    const index = find(this, value, from, to);
    if (index < 0) throw ValueError(`${repr(value)} is not in list`);
    return index;
  }

  /** How many items equal `value`. */
  count(value: T): number {
    let found = 0;
    for (const item of this) if (eq(item, value)) found++;
    return found;
  }

  /**
   * Sorts in place, stably; see sorted for `key` and `reverse`. The list is empty meanwhile, as in CPython.
   *
   * @throws ValueError if another thread has changed it meanwhile
   */
  sort(options: { key?: ((item: T) => unknown) | null; reverse?: unknown } = {}): void {
    const items = replace(this, 0, END, []);
    let result = items;
    let added: T[];
    try {
      result = [...sorted(items, options)] as T[];
    } finally {
      added = replace(this, 0, END, result);
    }
    if (added.length > 0) throw ValueError("list modified during sort");
  }

  /** Reverses in place. */
  reverse(): void {
    const items = localOf(this);
    if (items) items.reverse();
    else replace(this, 0, END, replace(this, 0, END, []).reverse());
  }

  copy(): ListType<T> {
    return new List(itemsOf(this));
  }

  get length(): number {
    const items = localOf(this);
    return items ? items.length : kernel.list_length(addressOf(this));
  }

  __len__(): number {
    return this.length;
  }

  /**
   * The item at `index`, from the end if negative, or a new list for a slice.
   *
   * @throws IndexError if there is none
   */
  __getitem__(index: number): T;
  __getitem__(index: slice): ListType<T>;
  __getitem__(index: number | slice): T | ListType<T> {
    const item = this[GET_ITEM](index);
    if (item !== undefined) return item;
    if (index instanceof slice) return new List(index.of(itemsOf(this)));
    return at(this, indexOf(index, this.length, "list")) as T;
  }

  /**
   * Replaces the item at `index`, or the items of a slice by those of an iterable.
   *
   * @throws IndexError if there is no such item
   */
  __setitem__(index: number, value: T): void;
  __setitem__(index: slice, value: Iterable<T>): void;
  __setitem__(index: number | slice, value: any): void {
    if (this[SET_ITEM](index, value)) return;
    if (index instanceof slice) return setSlice(this, index, value);
    const text = "list assignment index out of range";
    if (!this[SET_ITEM](indexOf(index, this.length, "list", text), value)) throw IndexError(text);
  }

  [GET_ITEM](index: unknown): T | undefined {
    return typeof index === "number" && index >>> 0 === index ? at(this, index) : undefined;
  }

  [SET_ITEM](index: unknown, value: any): boolean {
    if (typeof index !== "number" || index >>> 0 !== index) return false;
    const items = localOf(this);
    if (!items) return index <= END && setItem(addressOf(this), index, value);
    if (index >= items.length) return false;
    items[index] = value ?? null;
    return true;
  }

  /**
   * Removes the item at `index`, or the items of a slice.
   *
   * @throws IndexError if there is no such item
   */
  __delitem__(index: number | slice): void {
    if (!(index instanceof slice)) {
      replace(this, indexOf(index, this.length, "list", "list assignment index out of range"), 1, []);
      return;
    }
    const [start, stop, step] = index.indices(this.length);
    if (step === 1) replace(this, start, Math.max(0, stop - start), []);
    else for (const place of placesOf(this, index).sort((a, b) => b - a)) replace(this, place, 1, []);
  }

  __contains__(value: unknown): boolean {
    return find(this, value) >= 0;
  }

  __eq__(other: unknown): any {
    if (!isList(other)) return NotImplemented;
    const [mine, theirs] = [itemsOf(this), [...other]];
    return mine.length === theirs.length && mine.every((item, i) => eq(item, theirs[i]));
  }

  __lt__(other: unknown): any {
    return isList(other) ? less(itemsOf(this), [...other]) : NotImplemented;
  }

  __gt__(other: unknown): any {
    return isList(other) ? less(itemsOf(this), [...other], ">") : NotImplemented;
  }

  __le__(other: unknown): any {
    return isList(other) ? !this.__gt__(other) : NotImplemented;
  }

  __ge__(other: unknown): any {
    return isList(other) ? !this.__lt__(other) : NotImplemented;
  }

  __add__(other: Iterable<T>): ListType<T> {
    if (!isList(other)) throw TypeError(`can only concatenate list (not "${typeName(other)}") to list`);
    return new List([...itemsOf(this), ...other]);
  }

  __iadd__(other: Iterable<T>): this {
    this.extend(other);
    return this;
  }

  __mul__(n: number): ListType<T> {
    return new List(repeated(this, n));
  }

  __rmul__(n: number): ListType<T> {
    return new List(repeated(this, n));
  }

  __imul__(n: number): this {
    replace(this, 0, END, repeated(this, n));
    return this;
  }

  __iter__(): IterableIterator<T> {
    return new ListIterator(this);
  }

  *__reversed__(): Generator<T> {
    for (let i = this.length - 1; i >= 0; i--) {
      const item = at(this, i);
      if (item !== undefined) yield item;
    }
  }

  [Symbol.iterator](): IterableIterator<T> {
    return new ListIterator(this);
  }

  __repr__(): string {
    return reprGuarded(this, "[...]", () => `[${reprItems(this)}]`);
  }

  override toString(): string {
    return repr(this);
  }

  // JavaScript's methods, on the items as they are now. What gives an array there gives a list here.

  /** What `JSON.stringify` takes. */
  toJSON(): T[] {
    return itemsOf(this);
  }

  /** Replaces `count` items from `start` on by others, at once, and gives back those removed, as an array. */
  splice(start: number, count: number, ...more: T[]): T[] {
    return replace(this, start, count, more);
  }

  push(...more: T[]): number {
    if (more.length === 1) this.append(more[0] as T);
    else this.extend(more);
    return this.length;
  }

  unshift(...more: T[]): number {
    replace(this, 0, 0, more);
    return this.length;
  }

  shift(): T | undefined {
    return replace(this, 0, 1, [])[0];
  }

  at(index: number): T | undefined {
    return at(this, index < 0 ? index + this.length : index);
  }

  slice(start?: number, stop?: number): ListType<T> {
    return new List(itemsOf(this).slice(start, stop));
  }

  concat(...others: Iterable<T>[]): ListType<T> {
    return new List([this, ...others].flatMap((other) => [...other]));
  }

  map<U>(f: (item: T, index: number) => U): ListType<U> {
    return new List(itemsOf(this).map((item, index) => f(item, index)));
  }

  flatMap<U>(f: (item: T, index: number) => U | readonly U[]): ListType<U> {
    const given = itemsOf(this).map((item, index) => f(item, index));
    return new List(given.flatMap((part) => (part instanceof ListType ? itemsOf<U>(part) : (part as U))));
  }

  filter(f: (item: T, index: number) => unknown): ListType<T> {
    return new List(itemsOf(this).filter((item, index) => f(item, index)));
  }

  forEach(f: (item: T, index: number) => void): void {
    itemsOf(this).forEach((item, index) => {
      f(item, index);
    });
  }

  reduce<R>(f: (total: R, item: T, index: number) => R, ...start: [R?]): R {
    const items = itemsOf(this) as any[];
    return start.length > 0 ? items.reduce(f as never, start[0]) : items.reduce(f as never);
  }

  find(f: (item: T, index: number) => unknown): T | undefined {
    return itemsOf(this).find(f);
  }

  findIndex(f: (item: T, index: number) => unknown): number {
    return itemsOf(this).findIndex(f);
  }

  some(f: (item: T, index: number) => unknown): boolean {
    return itemsOf(this).some(f);
  }

  every(f: (item: T, index: number) => unknown): boolean {
    return itemsOf(this).every(f);
  }

  includes(value: T): boolean {
    return this.__contains__(value);
  }

  /** As index(), but -1 if there is none. */
  indexOf(value: T): number {
    return find(this, value);
  }

  join(separator = ","): string {
    return itemsOf(this).join(separator);
  }

  entries(): IterableIterator<[number, T]> {
    return itemsOf(this).entries();
  }

  keys(): IterableIterator<number> {
    return itemsOf(this).keys();
  }

  values(): IterableIterator<T> {
    return new ListIterator(this);
  }
}

Object.defineProperty(ListType.prototype, "__hash__", { value: null });

/** A plain array may stand for a list; a tuple does not. */
function isList(x: unknown): x is Iterable<any> {
  return x instanceof ListType || (Array.isArray(x) && x.constructor === Array);
}

/** Brings an index into the range of what the kernel takes. */
function clamp(index: number): number {
  return Math.max(-END, Math.min(END, index));
}

/** The item at an index ≥ 0; undefined past the end. */
function at<T>(list: ListType<T>, index: number): T | undefined {
  const items = localOf<T[]>(list);
  if (!items) return index <= END ? (itemAt(addressOf(list), index) as T | undefined) : undefined;
  const item = items[index];
  return item === undefined && index < items.length ? (null as T) : item;
}

/** The items as they are at one moment, in an array of their own. */
function itemsOf<T>(list: ListType<T>): T[] {
  const items = localOf<T[]>(list);
  return items ? items.slice() : (readItems(addressOf(list)) as T[]);
}

/** Index of the first item between two indices that equals `value`, or -1. */
function find(list: ListType, value: unknown, from = 0, to = END): number {
  if (!localOf(list)) return findItem(addressOf(list), (item) => eq(item, value), from, to);
  for (let i = from; i < to; i++) {
    const item = at(list, i);
    if (item === undefined) return -1;
    if (eq(item, value)) return i;
  }
  return -1;
}

/** More arguments than this a call may not have room for. */
const MANY = 10000;

/** Replaces `count` items from `start` on by others, at once, and gives back those removed. */
function replace<T>(list: ListType<T>, start: number, count: number, more: readonly T[]): T[] {
  const items = localOf<T[]>(list);
  if (!items) return spliceItems(addressOf(list), start, count, more) as T[];
  if (more.length < MANY) return items.splice(start, count, ...more);
  const rest = items.splice(start);
  const removed = rest.splice(0, count);
  for (const item of more) items.push(item);
  for (const item of rest) items.push(item);
  return removed;
}

function repeated<T>(list: ListType<T>, n: number): T[] {
  if (typeof n !== "number" || !Number.isInteger(n)) {
    throw TypeError(`can't multiply sequence by non-int of type '${typeName(n)}'`);
  }
  const items = itemsOf(list);
  return Array.from({ length: Math.max(0, n) }, () => items).flat();
}

function placesOf(list: ListType, range: slice): number[] {
  return range.of(Array.from({ length: list.length }, (_, i) => i));
}

function setSlice<T>(list: ListType<T>, range: slice, source: unknown): void {
  if (typeof source !== "object" && typeof source !== "string") {
    throw TypeError(range.step === null ? "can only assign an iterable" : "must assign iterable to extended slice");
  }
  const values = [...iterate(source)] as T[];
  const [start, stop, step] = range.indices(list.length);
  if (step === 1) {
    replace(list, start, Math.max(0, stop - start), values);
    return;
  }
  const places = placesOf(list, range);
  if (values.length !== places.length) {
    throw ValueError(`attempt to assign sequence of size ${values.length} to extended slice of size ${places.length}`);
  }
  places.forEach((place, i) => list.__setitem__(place, values[i] as T));
}

const List = callable(ListType, "list");

/**
 * Python's list. It is one object for all threads that meet it; each operation is atomic. An array given to it becomes
 * its storage. Negative indices count from the end; `__getitem__(slice(a, b))` makes slices.
 */
export const list = List as {
  new <T = any>(items?: Iterable<T>): ListType<T>;
  <T = any>(items?: Iterable<T>): ListType<T>;
  prototype: ListType;
};
export type list<T = any> = ListType<T>;

/** A list of these items, a fresh array, as functions give it back: typed as the array that it reads like. */
export function newList<T>(items: T[]): T[] {
  return List(items) as unknown as T[];
}

containers.list = List;
adoptWith(
  (items) => newList(items),
  (items) => dict(items),
);
defineAll("builtins", { list });
reviveKind(Kind.List, (address) => {
  const made = Shared.revive(list, address) as ListType;
  // Else it would be looked for behind the class.
  made[ITEMS] = NO_ITEMS;
  return made;
});
refusesAttributes(list);
copyInstances<ListType>(list, {
  copied: Copied.List,
  make: () => list([]),
  // A plain array is copied as the list that it means in a port.
  parts: (items) => (Array.isArray(items) ? items : (localOf<unknown[]>(items) ?? itemsOf(items))),
  fill: (made, items) => {
    const storage = localOf<unknown[]>(made)!;
    for (const item of items) storage.push(item);
  },
});
