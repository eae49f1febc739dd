import { callable } from "../callable";
import { IndexError, TypeError, ValueError } from "../exceptions/hierarchy";
import { defineAll } from "../registry";
import { method, typeName } from "./classes";
import { repr } from "./repr";

type Bound = number | null;

function integer(x: unknown): number | undefined {
  if (typeof x === "number") return Number.isInteger(x) ? x : undefined;
  if (typeof x === "boolean" || typeof x === "bigint") return Number(x);
  return method(x, "__index__")?.() as number | undefined;
}

/** `x` where Python takes only integers: an int, a bool, or what has `__index__`. */
export function asIndex(x: unknown): number {
  const found = integer(x);
  if (found === undefined) throw TypeError(`'${typeName(x)}' object cannot be interpreted as an integer`);
  return found;
}

/**
 * The place in a sequence that `index` means, counting from the end if negative.
 *
 * @param what the sequence's name in messages, such as "list"
 * @param error the text of the IndexError
 * @throws IndexError if there is no such place
 */
export function indexOf(index: unknown, length: number, what: string, error = `${what} index out of range`): number {
  const place = integer(index);
  if (place === undefined) throw TypeError(`${what} indices must be integers or slices, not ${typeName(index)}`);
  const found = place < 0 ? place + length : place;
  if (found < 0 || found >= length) throw IndexError(error);
  return found;
}

function bound(x: unknown): number {
  const found = integer(x);
  if (found === undefined) throw TypeError("slice indices must be integers or None or have an __index__ method");
  return found;
}

class SliceClass {
  static readonly __module__ = "builtins";
  readonly start: Bound;
  readonly stop: Bound;
  readonly step: Bound;

  constructor(stop: Bound);
  constructor(start: Bound, stop: Bound, step?: Bound);
  constructor(...bounds: Bound[]) {
    const [start, stop, step] = bounds.length === 1 ? [null, bounds[0]] : bounds;
    this.start = start ?? null;
    this.stop = stop ?? null;
    this.step = step ?? null;
  }

  /** `[start, stop, step]` for a sequence of that length, with Python's clipping. */
  indices(length: number): [start: number, stop: number, step: number] {
    const step = this.step === null ? 1 : bound(this.step);
    if (step === 0) throw ValueError("slice step cannot be zero");
    const [lowest, highest] = step > 0 ? [0, length] : [-1, length - 1];
    const clip = (given: Bound, otherwise: number) => {
      if (given === null) return otherwise;
      const place = bound(given);
      return Math.max(lowest, Math.min(highest, place < 0 ? place + length : place));
    };
    const [first, last] = step > 0 ? [lowest, highest] : [highest, lowest];
    return [clip(this.start, first), clip(this.stop, last), step];
  }

  /** The items of `sequence` that the slice selects. */
  of<T>(sequence: ArrayLike<T>): T[] {
    const [start, stop, step] = this.indices(sequence.length);
    const items: T[] = [];
    for (let i = start; step > 0 ? i < stop : i > stop; i += step) items.push(sequence[i]!);
    return items;
  }

  __eq__(other: unknown): boolean {
    return other instanceof slice && other.start === this.start && other.stop === this.stop && other.step === this.step;
  }

  __repr__(): string {
    return `slice(${repr(this.start)}, ${repr(this.stop)}, ${repr(this.step)})`;
  }
}

/** Python's `a[start:stop:step]` as a value: `l.__getitem__(slice(1, 3))`; null stands for a bound left out. */
export const slice = callable(SliceClass, "slice") as typeof SliceClass & {
  (stop: Bound): SliceClass;
  (start: Bound, stop: Bound, step?: Bound): SliceClass;
};
export type slice = SliceClass;

defineAll("builtins", { slice });
