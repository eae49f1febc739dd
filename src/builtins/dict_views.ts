// What keys(), values() and items() give: windows on a dict, which change with it.
import { eq, in_ } from "./compare";
import { refusesOperators } from "./primitive";
import { iterate } from "./protocol";
import { repr, reprGuarded, reprItems } from "./repr";
import { set } from "./set";
import { isSet } from "./set_base";
import { hasKey, lookUp, sizeOf, type Table, walk } from "./table";
import { type tuple, tupleOf } from "./tuple";

abstract class DictView<T> {
  static readonly __module__ = "builtins";

  constructor(protected readonly table: Table<any>) {}

  abstract [Symbol.iterator](): Generator<T>;

  get length(): number {
    return sizeOf(this.table);
  }

  __len__(): number {
    return sizeOf(this.table);
  }

  __iter__(): Generator<T> {
    return this[Symbol.iterator]();
  }

  __reversed__(): IterableIterator<T> {
    return [...this].reverse()[Symbol.iterator]();
  }

  get mapping(): unknown {
    return this.table;
  }

  __repr__(): string {
    return reprGuarded(this, "...", () => `${this.constructor.name}([${reprItems(this)}])`);
  }

  toString(): string {
    return repr(this);
  }
}

/** A view that is like a set: of keys, or of items. */
abstract class SetView<T> extends DictView<T> {
  abstract __contains__(x: unknown): boolean;

  __eq__(other: any): boolean {
    if (!(other instanceof SetView) && !(other instanceof Set) && !isSet(other)) return false;
    return [...other].length === this.length && [...this].every((item) => in_(item, other));
  }

  isdisjoint(other: any): boolean {
    for (const item of iterate(other)) if (this.__contains__(item)) return false;
    return true;
  }

  __and__(other: any): unknown {
    return set([...iterate(other)].filter((item) => this.__contains__(item)));
  }

  __or__(other: any): unknown {
    return set([...this, ...iterate(other)]);
  }

  __sub__(other: any): unknown {
    const others = set(iterate(other));
    return set([...this].filter((item) => !in_(item, others)));
  }

  __xor__(other: any): unknown {
    const others = set(iterate(other));
    const mine = [...this].filter((item) => !in_(item, others));
    return set([...mine, ...[...iterate(others)].filter((item) => !this.__contains__(item))]);
  }
}

refusesOperators(DictView);

export class dict_keys<K = any> extends SetView<K> {
  static override readonly name = "dict_keys";

  *[Symbol.iterator](): Generator<K> {
    for (const [key] of walk(this.table, "dictionary")) yield key as K;
  }

  __contains__(key: unknown): boolean {
    return hasKey(this.table, key);
  }
}

export class dict_items<K = any, V = any> extends SetView<tuple<K | V> & [K, V]> {
  static override readonly name = "dict_items";

  *[Symbol.iterator](): Generator<tuple<K | V> & [K, V]> {
    for (const entry of walk<V>(this.table, "dictionary")) yield tupleOf(entry) as never;
  }

  __contains__(item: unknown): boolean {
    if (!Array.isArray(item) || item.length !== 2) return false;
    const value = lookUp(this.table, item[0]);
    return value !== undefined && eq(value, item[1]);
  }
}

export class dict_values<V = any> extends DictView<V> {
  static override readonly name = "dict_values";

  *[Symbol.iterator](): Generator<V> {
    for (const [, value] of walk<V>(this.table, "dictionary")) yield value;
  }
}
