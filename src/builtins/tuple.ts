import { callable } from "../callable";
import { TypeError, ValueError } from "../exceptions/hierarchy";
import { defineAll, extendCodec } from "../registry";
import { setTuple, typeName } from "./classes";
import { eq } from "./compare";
import { refusesOperators } from "./primitive";
import { iterate } from "./protocol";
import { repr, reprGuarded, reprItems } from "./repr";
import { asIndex, indexOf, slice } from "./slice";

/** Reads like an array, and cannot be written. */
class TupleClass<T = any> extends Array<T> {
  static readonly __module__ = "builtins";

  // Array's own methods (map, filter, slice, …) give arrays: an element of a frozen array could not be set.
  static override get [Symbol.species]() {
    return Array;
  }

  constructor(items: Iterable<T> = []) {
    super();
    for (const item of iterate(items)) this.push(item as T);
    Object.freeze(this);
  }

  static override of<T>(...items: T[]): tuple<T> {
    return tupleOf(items);
  }

  __getitem__(index: number): T;
  __getitem__(index: slice): tuple<T>;
  __getitem__(index: number | slice): T | tuple<T> {
    if (index instanceof slice) return tupleOf(index.of(this));
    return this[indexOf(index, this.length, "tuple")]!;
  }

  index(x: unknown): number {
    const found = this.findIndex((item) => eq(item, x));
    if (found < 0) throw ValueError("tuple.index(x): x not in tuple");
    return found;
  }

  count(x: unknown): number {
    return this.reduce((n, item) => n + Number(eq(item, x)), 0);
  }

  __len__(): number {
    return this.length;
  }

  __contains__(x: unknown): boolean {
    return this.some((item) => eq(item, x));
  }

  __add__(other: unknown): tuple {
    if (other instanceof TupleClass) return tupleOf([...this, ...other]);
    throw TypeError(`can only concatenate tuple (not "${typeName(other)}") to tuple`);
  }

  __mul__(n: number): tuple<T> {
    const count = Math.max(0, asIndex(n));
    return tupleOf(Array.from({ length: count }, () => [...this]).flat() as T[]);
  }

  __rmul__(n: number): tuple<T> {
    return this.__mul__(n);
  }

  __repr__(): string {
    return reprGuarded(this, "(...)", () => (this.length === 1 ? `(${repr(this[0])},)` : `(${reprItems(this)})`));
  }

  override toString(): string {
    return repr(this);
  }
}

/**
 * Python's tuple: a frozen array that prints with parentheses. `tuple([1, 2])`, `tuple(iterable)`, `tuple.of(1, 2)`.
 * Unlike Python's it equals an array with equal items, since a port may write a tuple as an array literal.
 */
export const tuple = callable(TupleClass as never, "tuple") as {
  new <T = any>(items?: Iterable<T>): tuple<T>;
  <T = any>(items?: Iterable<T>): tuple<T>;
  readonly prototype: TupleClass;
  of<T>(...items: T[]): tuple<T>;
};
export type tuple<T = any> = TupleClass<T>;

/** Makes `items`, a fresh array, itself a tuple: half the cost of copying it. */
export function tupleOf<T>(items: T[]): tuple<T> {
  return Object.freeze(Object.setPrototypeOf(items, TupleClass.prototype)) as tuple<T>;
}

refusesOperators(TupleClass);
defineAll("builtins", { tuple });
extendCodec(tuple, { name: "tuple", reduce: (value) => [...value], restore: (items: unknown[]) => tupleOf(items) });
setTuple(tupleOf);
