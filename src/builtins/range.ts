import { callable } from "../callable";
import { TypeError, ValueError } from "../exceptions";
import { defineAll, extendCodec } from "../registry";
import { hash } from "./hash";
import { refusesOperators } from "./primitive";
import { asIndex, indexOf, slice } from "./slice";

/** A plain class, no generator: V8 then keeps the results off the heap, and `for…of` costs a few nanoseconds a turn. */
class RangeIterator implements IterableIterator<number> {
  static readonly name = "range_iterator";
  #next: number;
  #left: number;
  readonly #step: number;

  constructor(start: number, step: number, length: number) {
    this.#next = start;
    this.#step = step;
    this.#left = length;
  }

  next(): IteratorResult<number> {
    if (this.#left === 0) return { value: undefined, done: true };
    this.#left--;
    const value = this.#next;
    this.#next += this.#step;
    return { value, done: false };
  }

  [Symbol.iterator](): this {
    return this;
  }
}

class RangeClass {
  static readonly __module__ = "builtins";
  readonly start: number;
  readonly stop: number;
  readonly step: number;
  readonly length: number;

  constructor(stop: number);
  constructor(start: number, stop: number, step?: number);
  constructor(...bounds: number[]) {
    if (bounds.length === 0) throw TypeError("range expected at least 1 argument, got 0");
    if (bounds.length > 3) throw TypeError(`range expected at most 3 arguments, got ${bounds.length}`);
    this.start = bounds.length === 1 ? 0 : asIndex(bounds[0]);
    this.stop = asIndex(bounds.length === 1 ? bounds[0] : bounds[1]);
    this.step = bounds.length === 3 ? asIndex(bounds[2]) : 1;
    if (this.step === 0) throw ValueError("range() arg 3 must not be zero");
    this.length = Math.max(0, Math.ceil((this.stop - this.start) / this.step));
  }

  [Symbol.iterator](): IterableIterator<number> {
    return new RangeIterator(this.start, this.step, this.length);
  }

  __reversed__(): IterableIterator<number> {
    return new RangeIterator(this.start + (this.length - 1) * this.step, -this.step, this.length);
  }

  __len__(): number {
    return this.length;
  }

  __getitem__(index: number): number;
  __getitem__(index: slice): range;
  __getitem__(index: number | slice): number | range {
    if (!(index instanceof slice)) {
      return this.start + indexOf(index, this.length, "range", "range object index out of range") * this.step;
    }
    const [first, last, step] = index.indices(this.length);
    return range(this.start + first * this.step, this.start + last * this.step, step * this.step);
  }

  __contains__(x: unknown): boolean {
    return this.#place(x) !== undefined;
  }

  index(x: unknown): number {
    const place = this.#place(x);
    if (place === undefined) throw ValueError(`${x} is not in range`);
    return place;
  }

  count(x: unknown): number {
    return Number(this.__contains__(x));
  }

  #place(x: unknown): number | undefined {
    const place = typeof x === "number" ? (x - this.start) / this.step : Number.NaN;
    return Number.isInteger(place) && place >= 0 && place < this.length ? place : undefined;
  }

  /** Ranges are equal that give the same numbers. */
  __eq__(other: unknown): boolean {
    if (!(other instanceof RangeClass) || other.length !== this.length) return false;
    if (this.length === 0) return true;
    return other.start === this.start && (this.length === 1 || other.step === this.step);
  }

  __hash__(): number {
    const { length } = this;
    return hash(`${length} ${length > 0 ? this.start : ""} ${length > 1 ? this.step : ""}`);
  }

  __repr__(): string {
    return `range(${this.start}, ${this.stop}${this.step === 1 ? "" : `, ${this.step}`})`;
  }

  toString(): string {
    return this.__repr__();
  }
}

/**
 * Python's `range(stop)` and `range(start, stop, step?)`, for `for (const i of range(10))`.
 *
 * @throws TypeError if a bound is not an integer
 * @throws ValueError if the step is zero
 */
export const range = callable(RangeClass, "range") as typeof RangeClass & {
  (stop: number): RangeClass;
  (start: number, stop: number, step?: number): RangeClass;
};
export type range = RangeClass;

refusesOperators(RangeClass);
defineAll("builtins", { range });
extendCodec(range, {
  name: "range",
  reduce: ({ start, stop, step }) => [start, stop, step],
  restore: ([start, stop, step]: [number, number, number]) => range(start, stop, step),
});
