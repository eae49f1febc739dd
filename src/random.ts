// Python's random module, as far as it needs no seed: the host's generator.
import { IndexError, ValueError } from "./exceptions";
import { defineAll } from "./registry";

/** A number in [0, 1). */
export function random(): number {
  return Math.random();
}

/**
 * A number of `range(start, stop, step)`; with one argument, of `range(stop)`.
 *
 * @throws ValueError if the range is empty
 */
export function randrange(start: number, stop?: number | null, step = 1): number {
  const [from, to] = stop === undefined || stop === null ? [0, start] : [start, stop];
  const count = Math.ceil((to - from) / step);
  if (count <= 0) throw ValueError(`empty range for randrange()`);
  return from + step * Math.floor(Math.random() * count);
}

/** A whole number from `a` to `b`, both included. */
export function randint(a: number, b: number): number {
  return randrange(a, b + 1);
}

/** A number from `a` to `b`. */
export function uniform(a: number, b: number): number {
  return a + (b - a) * Math.random();
}

/**
 * An item of a sequence.
 *
 * @throws IndexError if it has none
 */
export function choice<T>(items: Iterable<T>): T {
  const all = [...items];
  if (all.length === 0) throw IndexError("Cannot choose from an empty sequence");
  return all[randrange(all.length)] as T;
}

defineAll("random", { random, randrange, randint, uniform, choice });
