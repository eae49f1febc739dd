// Python's iteration protocols over JavaScript's, both ways.

import { IndexError, StopIteration, TypeError } from "../exceptions/hierarchy";
import { defineBuiltins } from "../registry";
import { type AnyClass, isPlainObject, method, typeName } from "./classes";

/** An iterator for JavaScript (`for…of`, spread) and for Python's `next`. */
export type Iterating<T> = IterableIterator<T>;

function* fromNext(step: () => unknown, End: AnyClass = StopIteration): Generator<any> {
  while (true) {
    let item: unknown;
    try {
      item = step();
    } catch (error) {
      if (error instanceof End) return;
      throw error;
    }
    yield item;
  }
}

function* untilSentinel(f: () => unknown, sentinel: unknown): Generator<any> {
  for (let item = f(); item !== sentinel; item = f()) yield item;
}

/**
 * Whatever `for…of` takes for the items Python would see in `x`: a string's characters, the keys of a dict (an object
 * literal or Map), what `__iter__`, `__getitem__`, `__next__` or JavaScript's iteration give.
 *
 * @throws TypeError `'int' object is not iterable`
 */
export function iterate(x: any): Iterable<any> {
  const items = iterable(x);
  if (items) return items;
  throw TypeError(`'${typeName(x)}' object is not iterable`);
}

/** As `iterate`, or undefined if x is not iterable. */
export function iterable(x: any): Iterable<any> | undefined {
  if (x instanceof Map) return x.keys();
  if (typeof x?.[Symbol.iterator] === "function") return x;
  const step = method(x, "__next__");
  if (step) return fromNext(step);
  const start = method(x, "__iter__");
  if (start) return iterate(start());
  if (isPlainObject(x)) return Object.keys(x);
  const item = method(x, "__getitem__");
  let index = 0;
  return item && fromNext(() => item(index++), IndexError);
}

function isIterator(x: any): boolean {
  return method(x, "__next__") !== undefined || (typeof x === "object" && typeof x?.next === "function");
}

/**
 * Python's `iter(x)`. `iter(f, sentinel)` calls f until it gives the sentinel.
 *
 * @throws TypeError if x is not iterable
 */
export function iter<T = any>(x: any, ...sentinel: [unknown?]): Iterating<T> {
  if (sentinel.length > 0) {
    if (typeof x !== "function") throw TypeError("iter(v, w): v must be callable");
    return untilSentinel(x, sentinel[0]);
  }
  return isIterator(x) ? x : (iterate(x)[Symbol.iterator]() as Iterating<T>);
}

/**
 * Python's `next(iterator, default?)`: the next item.
 *
 * @throws StopIteration at the end if no default is given; its value is what a generator returned
 */
export function next<T = any>(iterator: any, ...otherwise: [unknown?]): T {
  try {
    return step(iterator) as T;
  } catch (error) {
    if (otherwise.length > 0 && error instanceof StopIteration) return otherwise[0] as T;
    throw error;
  }
}

function step(iterator: any): unknown {
  if (!isIterator(iterator)) throw TypeError(`'${typeName(iterator)}' object is not an iterator`);
  const own = method(iterator, "__next__");
  if (own) return own();
  const { done, value } = (iterator as Iterator<unknown>).next();
  if (!done) return value;
  throw value === undefined ? StopIteration() : StopIteration(value);
}

defineBuiltins({ iter, next });
