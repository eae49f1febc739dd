// Python's set and frozenset: objects with identity, a Map until they are shared, then a table in kernel memory.
import { Kind } from "../../assembly/status";
import { callable } from "../callable";
import { KeyError, TypeError } from "../exceptions";
import { defineAll } from "../registry";
import { Copied, copyInstances } from "../runtime/copies";
import { refusesAttributes } from "../runtime/facade_attributes";
import { KIND, reviveKind, Shared } from "../runtime/shared";
import { typeName } from "./classes";
import { containers } from "./containers";
import { hash } from "./hash";
import { addAll, isSet, itemsOf, type Others, SetBase, setNewSet } from "./set_base";
import { enterKey, keysOf, popFirst, removeKey, wipe } from "./table";

class SetType<T = any> extends SetBase<T> {
  static readonly __module__ = "builtins";
  declare readonly __hash__: null;

  get [KIND](): Kind {
    return Kind.Set;
  }

  constructor(items: Iterable<T> | null = []) {
    super();
    addAll(this, items ?? []);
  }

  protected made(items: Iterable<T>): this {
    return new Set(items) as unknown as this;
  }

  /** Adds an item, if no equal one is there. Gives back the set, as JavaScript's Set does. */
  add(item: T): this {
    enterKey(this, item, true);
    return this;
  }

  /**
   * Removes an item.
   *
   * @throws KeyError if it is not there
   */
  remove(item: T): void {
    if (removeKey(this, item) === undefined) throw KeyError(item);
  }

  /** Removes an item if it is there. */
  discard(item: T): void {
    removeKey(this, item);
  }

  /**
   * Removes an item, the one that came first, and gives it back.
   *
   * @throws KeyError if the set is empty
   */
  pop(): T {
    const item = popFirst(this);
    if (item === undefined) throw KeyError("pop from an empty set");
    return item as T;
  }

  /** Removes all items. */
  clear(): void {
    wipe(this);
  }

  /** Adds the items of all others. */
  update(...others: Others<T>): void {
    for (const other of others) addAll(this, other);
  }

  /** Removes the items that one of the others lacks. */
  intersection_update(...others: Others<T>): void {
    const kept = this.intersection(...others);
    for (const item of itemsOf<T>(this)) if (!kept.has(item)) this.discard(item);
  }

  /** Removes the items of all others. */
  difference_update(...others: Others<T>): void {
    for (const other of others) for (const item of itemsOf<T>(other)) this.discard(item);
  }

  /** Adds the items of the other that are not there, and removes those that are. */
  symmetric_difference_update(other: Iterable<T>): void {
    for (const item of itemsOf<T>(setOf(other))) if (removeKey(this, item) === undefined) this.add(item);
  }

  __ior__(other: unknown): this {
    this.update(checked(this, other, "|="));
    return this;
  }

  __iand__(other: unknown): this {
    this.intersection_update(checked(this, other, "&="));
    return this;
  }

  __isub__(other: unknown): this {
    this.difference_update(checked(this, other, "-="));
    return this;
  }

  __ixor__(other: unknown): this {
    this.symmetric_difference_update(checked(this, other, "^="));
    return this;
  }
}

Object.defineProperty(SetType.prototype, "__hash__", { value: null });

function setOf(items: Iterable<unknown>): Iterable<unknown> {
  return isSet(items) ? items : new Set(items);
}

function checked(mine: SetType, other: unknown, operator: string): any {
  if (isSet(other)) return other;
  throw TypeError(`unsupported operand type(s) for ${operator}: '${typeName(mine)}' and '${typeName(other)}'`);
}

class FrozenSetType<T = any> extends SetBase<T> {
  static readonly __module__ = "builtins";

  get [KIND](): Kind {
    return Kind.FrozenSet;
  }

  constructor(items: Iterable<T> | null = []) {
    super();
    addAll(this, items ?? []);
  }

  protected made(items: Iterable<T>): this {
    return new FrozenSet(items) as unknown as this;
  }

  __hash__(): number {
    let sum = 1927868237;
    for (const item of itemsOf(this)) sum ^= hash(item) % 2 ** 32;
    return sum >>> 0;
  }
}

const Set = callable(SetType, "set");
const FrozenSet = callable(FrozenSetType, "frozenset");

/**
 * Python's set. It is one object for all threads that meet it; each operation is atomic. Its items are in the order in
 * which they came, where CPython's order is that of their hashes. Operators go by name: `a.__or__(b)`, `a.union(b)`.
 */
export const set = Set as unknown as {
  new <T = any>(items?: Iterable<T> | null): SetType<T>;
  <T = any>(items?: Iterable<T> | null): SetType<T>;
  prototype: SetType;
};
export type set<T = any> = SetType<T>;

/** Python's frozenset: a set that does not change, and can be a key. */
export const frozenset = FrozenSet as unknown as {
  new <T = any>(items?: Iterable<T> | null): FrozenSetType<T>;
  <T = any>(items?: Iterable<T> | null): FrozenSetType<T>;
  prototype: FrozenSetType;
};
export type frozenset<T = any> = FrozenSetType<T>;

containers.set = Set;
containers.frozenset = FrozenSet;
setNewSet((items) => new Set(items));
defineAll("builtins", { frozenset, set });
reviveKind(Kind.Set, (address) => Shared.revive(set, address));
reviveKind(Kind.FrozenSet, (address) => Shared.revive(frozenset, address));
refusesAttributes(set, frozenset);
copyInstances<SetType>(set, { copied: Copied.Set, make: () => set(), parts: keysOf, fill: enterAll });
copyInstances<FrozenSetType>(frozenset, {
  copied: Copied.FrozenSet,
  make: () => frozenset(),
  parts: keysOf,
  fill: enterAll,
});

function enterAll(made: SetBase, items: unknown[]): void {
  for (const item of items) enterKey(made, item, true);
}
