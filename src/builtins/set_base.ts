// What set and frozenset have in common: all that only reads.
import { TypeError } from "../exceptions";
import { NotImplemented, typeName } from "./classes";
import { in_ } from "./compare";
import { iterate } from "./protocol";
import { repr, reprGuarded, reprItems } from "./repr";
import { enterKey, hasKey, keysOf, sizeOf, Table, walk } from "./table";

/** What the operations take for another set: any iterable. */
export type Others<T> = readonly (Iterable<T> | SetBase<T>)[];

export abstract class SetBase<T = any> extends Table<true> {
  /** A set of the same kind with these items. */
  protected abstract made(items: Iterable<T>): this;

  has(item: unknown): boolean {
    return hasKey(this, item);
  }

  /** How many items there are, as JavaScript's Set says it. */
  get size(): number {
    return sizeOf(this);
  }

  get length(): number {
    return sizeOf(this);
  }

  __len__(): number {
    return sizeOf(this);
  }

  __contains__(item: unknown): boolean {
    return hasKey(this, item);
  }

  copy(): this {
    return this.made(this);
  }

  /** A new set with the items of this one and of all others. */
  union(...others: Others<T>): this {
    return this.made([this, ...others].flatMap((other) => itemsOf<T>(other)));
  }

  /** A new set with the items that this one and all others have. */
  intersection(...others: Others<T>): this {
    const sets = others.map(setOf);
    return this.made(itemsOf<T>(this).filter((item) => sets.every((other) => in_(item, other))));
  }

  /** A new set with the items that none of the others has. */
  difference(...others: Others<T>): this {
    const sets = others.map(setOf);
    return this.made(itemsOf<T>(this).filter((item) => !sets.some((other) => in_(item, other))));
  }

  /** A new set with the items that one of the two has, and not both. */
  symmetric_difference(other: Iterable<T>): this {
    const theirs = setOf(other);
    const mine = itemsOf<T>(this).filter((item) => !in_(item, theirs));
    return this.made([...mine, ...itemsOf<T>(theirs).filter((item) => !hasKey(this, item))]);
  }

  isdisjoint(other: Iterable<T>): boolean {
    return !itemsOf(other).some((item) => hasKey(this, item));
  }

  issubset(other: Iterable<T>): boolean {
    const theirs = setOf(other);
    return itemsOf(this).every((item) => in_(item, theirs));
  }

  issuperset(other: Iterable<T>): boolean {
    return itemsOf(other).every((item) => hasKey(this, item));
  }

  __or__(other: unknown): this {
    return this.union(asSet(this, other, "|"));
  }

  __and__(other: unknown): this {
    return this.intersection(asSet(this, other, "&"));
  }

  __sub__(other: unknown): this {
    return this.difference(asSet(this, other, "-"));
  }

  __xor__(other: unknown): this {
    return this.symmetric_difference(asSet(this, other, "^"));
  }

  __eq__(other: unknown): boolean {
    if (!isSet(other)) return false;
    const mine = itemsOf(this);
    return mine.length === itemsOf(other).length && mine.every((item) => in_(item, other));
  }

  __le__(other: unknown): any {
    return isSet(other) ? this.issubset(other) : NotImplemented;
  }

  __lt__(other: unknown): any {
    return isSet(other) ? this.length < other.size && this.issubset(other) : NotImplemented;
  }

  __ge__(other: unknown): any {
    return isSet(other) ? this.issuperset(other) : NotImplemented;
  }

  __gt__(other: unknown): any {
    return isSet(other) ? this.length > other.size && this.issuperset(other) : NotImplemented;
  }

  __iter__(): Generator<T> {
    return this[Symbol.iterator]();
  }

  *[Symbol.iterator](): Generator<T> {
    for (const [item] of walk(this, "Set")) yield item as T;
  }

  // JavaScript's reading methods, on the items as they are now.

  forEach(f: (item: T) => void): void {
    for (const item of itemsOf<T>(this)) f(item);
  }

  values(): IterableIterator<T> {
    return this[Symbol.iterator]();
  }

  __repr__(): string {
    const { name } = this.constructor;
    if (this.length === 0) return `${name}()`;
    return reprGuarded(this, `${name}(...)`, () => {
      const items = `{${reprItems(itemsOf(this))}}`;
      return name === "set" ? items : `${name}(${items})`;
    });
  }

  override toString(): string {
    return repr(this);
  }
}

/** The items of any iterable as they are at one moment. */
export function itemsOf<T = unknown>(source: unknown): T[] {
  return (source instanceof SetBase ? keysOf(source) : [...iterate(source)]) as T[];
}

export function isSet(x: unknown): x is SetBase | Set<any> {
  return x instanceof SetBase || x instanceof Set;
}

function asSet(mine: SetBase, other: unknown, operator: string): any {
  // The views of a dict are like sets.
  if (isSet(other) || typeName(other) === "dict_keys" || typeName(other) === "dict_items") return other;
  throw TypeError(`unsupported operand type(s) for ${operator}: '${typeName(mine)}' and '${typeName(other)}'`);
}

/** Something with quick membership that has the items of `source`. */
function setOf(source: unknown): SetBase | Set<any> {
  return isSet(source) ? source : newSet(source as Iterable<unknown>);
}

let newSet: (items: Iterable<unknown>) => SetBase;

/** Tells how a set is made: the class stands on this module. */
export function setNewSet(make: typeof newSet): void {
  newSet = make;
}

/** Adds all items; for constructors. */
export function addAll(target: SetBase, items: Iterable<unknown>): void {
  for (const item of itemsOf(items)) enterKey(target, item, true);
}
