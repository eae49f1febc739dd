// Python's list: an object with identity, a plain array until it is shared, then words in kernel memory.
//
// Every single operation is atomic; what reads many items (printing, searching, sorting by key) sees them one by one.
import { Kind, Status } from "../../assembly/status";
import { callable } from "../callable";
import { IndexError, ValueError } from "../exceptions";
import { kernel, me } from "../kernel/kernel";
import { addressOf, KIND, localOf, reviveKind, Shared } from "../runtime/shared";
import { allocated, statusError } from "../runtime/wait";
import { post, take, unpost } from "../runtime/words";
import { eq } from "./compare";
import { containers } from "./containers";
import { sorted } from "./iterate";
import { repr, reprGuarded, reprItems } from "./repr";
import { indexOf, slice } from "./slice";

const END = 0x7fffffff;

class ListType<T = any> extends Shared<T[]> {
  static readonly __module__ = "builtins";

  get [KIND](): Kind {
    return Kind.List;
  }

  constructor(items: Iterable<T> = []) {
    // A plain array is adopted: it is this list's storage from now on.
    super(Array.isArray(items) ? items : [...items]);
  }

  protected promote(items: T[]): number {
    const address = allocated(kernel.list_new());
    // Tied before its items cross, as they may lead back to it.
    Shared.tie(this, address);
    items.forEach((item, index) => give(this, item, `list[${index}]`, END));
    // Whoever still holds the adopted array must not write to it unseen.
    Object.freeze(items);
    return address;
  }

  /** Adds an item at the end. */
  append(item: T): void {
    const items = localOf(this);
    if (items) items.push(item);
    else give(this, item, "item", END);
  }

  /** Inserts an item before `index`, which is clamped to the list. */
  insert(index: number, item: T): void {
    const items = localOf(this);
    if (!items) give(this, item, "item", index);
    else items.splice(index < 0 ? Math.max(0, index + items.length) : index, 0, item);
  }

  /** Adds all items of an iterable at the end, at once. */
  extend(more: Iterable<T>): void {
    this.splice(END, 0, [...more]);
  }

  /**
   * Removes the item at `index`, the last by default, and gives it back.
   *
   * @throws IndexError if there is none
   */
  pop(index = -1): T {
    const items = localOf(this);
    if (items) {
      const i = index < 0 ? index + items.length : index;
      if (i >= 0 && i < items.length) return items.splice(i, 1)[0] as T;
    } else if (kernel.list_pop(addressOf(this), index, me) === Status.Ok) {
      return take() as T;
    }
    throw IndexError(this.length === 0 ? "pop from empty list" : "pop index out of range");
  }

  /**
   * Removes the first item that equals `value`.
   *
   * @throws ValueError if there is none
   */
  remove(value: T): void {
    const index = find(this, value);
    if (index < 0) throw ValueError("list.remove(x): x not in list");
    this.pop(index);
  }

  /** Removes all items. */
  clear(): void {
    this.splice(0, END, []);
  }

  /** Replaces `count` items from `start` on by others, at once, and gives back those removed. JavaScript's splice. */
  splice(start: number, count: number, more: T[]): T[] {
    const items = localOf(this);
    if (items) return items.splice(start, count, ...more);
    const source = privateList(more);
    const sink = privateList([]);
    try {
      const status = kernel.list_splice(addressOf(this), start, count, source, sink);
      if (status !== Status.Ok) throw statusError(status);
      const removed: T[] = [];
      while (kernel.list_pop(sink, -1, me) === Status.Ok) removed.push(take() as T);
      return removed.reverse();
    } finally {
      kernel.object_release(source);
      kernel.object_release(sink);
    }
  }

  /**
   * Index of the first item that equals `value`.
   *
   * @throws ValueError if there is none
   */
  index(value: T, start = 0, stop = END): number {
    const { length } = this;
    const index = find(this, value, start < 0 ? Math.max(0, start + length) : start, stop < 0 ? stop + length : stop);
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
   * Sorts in place, stably; see sorted for `key` and `reverse`. The list is empty meanwhile.
   *
   * @throws ValueError if another thread has changed it meanwhile
   */
  sort(options: { key?: ((item: T) => unknown) | null; reverse?: boolean } = {}): void {
    const items = this.splice(0, END, []);
    let result = items;
    let added: T[];
    try {
      result = [...sorted(items, options)] as T[];
    } finally {
      added = this.splice(0, END, result);
    }
    if (added.length > 0) throw ValueError("list modified during sort");
  }

  reverse(): void {
    this.splice(0, END, this.splice(0, END, []).reverse());
  }

  copy(): ListType<T> {
    return new List([...this]);
  }

  get length(): number {
    return localOf(this)?.length ?? kernel.list_length(addressOf(this));
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
    if (index instanceof slice) return new List(index.of([...this]));
    return itemAt(this, indexOf(index, this.length, "list")) as T;
  }

  /**
   * Replaces the item at `index`, or the items of a slice by those of an iterable.
   *
   * @throws IndexError if there is no such item
   */
  __setitem__(index: number, value: T): void;
  __setitem__(index: slice, value: Iterable<T>): void;
  __setitem__(index: number | slice, value: any): void {
    if (index instanceof slice) return setSlice(this, index, [...value]);
    const items = localOf(this);
    const place = indexOf(index, this.length, "list");
    if (items) {
      items[place] = value;
      return;
    }
    post(value, `list[${index}]`);
    if (kernel.list_set(addressOf(this), place, me) === Status.Ok) return;
    unpost();
    throw IndexError("list assignment index out of range");
  }

  /**
   * Removes the item at `index`, or the items of a slice.
   *
   * @throws IndexError if there is no such item
   */
  __delitem__(index: number | slice): void {
    const places =
      index instanceof slice
        ? index.of(Array.from({ length: this.length }, (_, i) => i))
        : [indexOf(index, this.length, "list")];
    for (const place of places.sort((a, b) => b - a)) this.pop(place);
  }

  __contains__(value: unknown): boolean {
    return find(this, value) >= 0;
  }

  __eq__(other: unknown): boolean {
    if (!(other instanceof ListType) && !Array.isArray(other)) return false;
    const [mine, theirs] = [[...this], [...other]];
    return mine.length === theirs.length && mine.every((item, i) => eq(item, theirs[i]));
  }

  __add__(other: Iterable<T>): ListType<T> {
    return new List([...this, ...other]);
  }

  __mul__(n: number): ListType<T> {
    return new List(Array.from({ length: Math.max(0, n) }, () => [...this]).flat());
  }

  *[Symbol.iterator](): Iterator<T> {
    // By index, as Python's iterator: items that are added meanwhile come too.
    for (let i = 0; i < this.length; i++) yield itemAt(this, i) as T;
  }

  __repr__(): string {
    return reprGuarded(this, "[...]", () => `[${reprItems(this)}]`);
  }

  // JavaScript's reading methods, on the items as they are now.

  map<U>(f: (item: T, index: number) => U): ListType<U> {
    return new List([...this].map(f));
  }

  filter(f: (item: T, index: number) => unknown): ListType<T> {
    return new List([...this].filter(f));
  }

  join(separator = ","): string {
    return [...this].join(separator);
  }

  forEach(f: (item: T, index: number) => void): void {
    [...this].forEach(f);
  }

  includes(value: T): boolean {
    return this.__contains__(value);
  }

  indexOf(value: T): number {
    return find(this, value);
  }

  some(f: (item: T, index: number) => unknown): boolean {
    return [...this].some(f);
  }

  every(f: (item: T, index: number) => unknown): boolean {
    return [...this].every(f);
  }

  find(f: (item: T, index: number) => unknown): T | undefined {
    return [...this].find(f);
  }

  findIndex(f: (item: T, index: number) => unknown): number {
    return [...this].findIndex(f);
  }

  reduce<U>(f: (result: U, item: T, index: number) => U, ...initial: [U?]): U {
    return ([...this] as any[]).reduce(f, ...(initial as [U]));
  }

  slice(start?: number, end?: number): ListType<T> {
    return new List([...this].slice(start, end));
  }

  concat(...more: (T | Iterable<T>)[]): ListType<T> {
    const others = more.map((one) => (one instanceof ListType ? [...one] : one)) as T[];
    return new List([...this].concat(...others));
  }

  flatMap<U>(f: (item: T, index: number) => U | U[]): ListType<U> {
    return new List([...this].flatMap(f));
  }

  at(index: number): T | undefined {
    return [...this].at(index);
  }

  *entries(): IterableIterator<[number, T]> {
    yield* [...this].entries();
  }
}

/** Inserts an item into a shared list. */
function give(list: ListType, item: unknown, where: string, index: number): void {
  const address = addressOf(list);
  post(item, where);
  const status = kernel.list_insert(address, index, me);
  if (status === Status.Ok) return;
  unpost();
  throw statusError(status);
}

/** The item at an index ≥ 0; undefined past the end. */
function itemAt<T>(list: ListType<T>, index: number): T | undefined {
  const items = localOf(list);
  if (items) return items[index];
  return kernel.list_get(addressOf(list), index, me) === Status.Ok ? (take() as T) : undefined;
}

/** Index of the first item between two indices that equals `value`, or -1. */
function find(list: ListType, value: unknown, from = 0, to = END): number {
  for (let i = from; i < Math.min(to, list.length); i++) if (eq(itemAt(list, i), value)) return i;
  return -1;
}

function setSlice<T>(list: ListType<T>, range: slice, values: T[]): void {
  const [start, stop, step] = range.indices(list.length);
  if (step === 1) {
    list.splice(start, Math.max(0, stop - start), values);
    return;
  }
  const places = range.of(Array.from({ length: list.length }, (_, i) => i));
  if (values.length !== places.length) {
    throw ValueError(`attempt to assign sequence of size ${values.length} to extended slice of size ${places.length}`);
  }
  places.forEach((at, i) => list.__setitem__(at, values[i] as T));
}

/** A list in kernel memory that only this thread knows. Gives back its address. */
function privateList(items: unknown[]): number {
  const list = allocated(kernel.list_new());
  for (const item of items) {
    post(item, "item");
    kernel.list_insert(list, END, me);
  }
  return list;
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

containers.list = List as (items: any[]) => any;
reviveKind(Kind.List, (address) => Shared.revive(list, address));
