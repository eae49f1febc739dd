// The builtins that consume iterables and make iterators.

import { kw, signature } from "../arguments";
import { TypeError, ValueError } from "../exceptions";
import { defineAll, defineBuiltins, REMADE, type Remade } from "../registry";
import { add } from "./arithmetic";
import { callee, isPlainObject, method, typeName } from "./classes";
import { less } from "./compare";
import { iter, iterate } from "./protocol";
import { asIndex } from "./slice";
import { truth } from "./truth";
import { type tuple, tupleOf } from "./tuple";

type Fn<T = any> = (...args: any[]) => T;
/** What the builtins take for an iterable: JavaScript's, an object literal (its keys), or an object with `__iter__`. */
export type AnyIterable<T> = Iterable<T> | { __iter__(): unknown } | Record<string, unknown>;

/**
 * Python's `len(x)`. A string's length is counted in characters, not in JavaScript's UTF-16 units.
 *
 * @throws TypeError `object of type 'int' has no len()`
 */
export function len(...args: [x: any]): number {
  const [x] = args as unknown as [any];
  if (args.length !== 1) throw TypeError(`len() takes exactly one argument (${args.length} given)`);
  if (typeof x === "string") return /[\ud800-\udfff]/.test(x) ? [...x].length : x.length;
  if (Array.isArray(x) || ArrayBuffer.isView(x)) return (x as unknown[]).length;
  const own = method(x, "__len__");
  if (own) return own() as number;
  if (x instanceof Map || x instanceof Set) return x.size;
  if (isPlainObject(x)) return Object.keys(x).length;
  throw TypeError(`object of type '${typeName(x)}' has no len()`);
}

/** The options that close a call whose other arguments are data. */
function splitOptions<O extends object>(args: readonly unknown[], names: readonly string[]): [unknown[], Partial<O>] {
  const last = args.at(-1);
  const isOptions = args.length > 1 && isPlainObject(last) && Object.keys(last).length > 0;
  if (!isOptions || !Object.keys(last).every((key) => names.includes(key))) return [[...args], {}];
  return [args.slice(0, -1), last as Partial<O>];
}

/** An iterable's iterator, which can be gone over in two parts, if it is one as JavaScript's own are. */
function resumable(x: unknown): Iterable<unknown> {
  const items = iterate(x);
  const iterator = items[Symbol.iterator]() as IterableIterator<unknown>;
  return typeof iterator[Symbol.iterator] === "function" ? iterator : { [Symbol.iterator]: () => iterator };
}

const iteratorOf = (iterable: unknown): Iterator<unknown> => iterate(iterable)[Symbol.iterator]();

function* zipped(iterators: Iterator<unknown>[], strict: boolean): Generator<tuple<any>> {
  if (iterators.length === 0) return;
  while (true) {
    const items: unknown[] = [];
    for (const [i, iterator] of iterators.entries()) {
      const { done, value } = iterator.next();
      if (!done) items.push(value);
      else if (strict && i > 0) throw ValueError(`zip() argument ${i + 1} is shorter than argument${upTo(i)}`);
      else return strict ? checkEnded(iterators) : undefined;
    }
    yield tupleOf(items);
  }
}

function checkEnded(iterators: Iterator<unknown>[]): void {
  const i = iterators.findIndex((iterator, place) => place > 0 && !iterator.next().done);
  if (i > 0) throw ValueError(`zip() argument ${i + 1} is longer than argument${upTo(i)}`);
}

/** Has a generator go to another process: as what the call makes there that `how` gives. */
function remade<G extends Generator<any>>(generator: G, how: Remade): G {
  (generator as { [REMADE]?: Remade })[REMADE] = how;
  return generator;
}

const strictly = (...iterators: any[]) => zip(...iterators, { strict: true });

const upTo = (i: number) => (i === 1 ? " 1" : `s 1-${i}`);

/** Python's `zip(...iterables, { strict }?)`: tuples of the first items, the second ones, … until the shortest ends. */
export function zip<A, B>(
  a: AnyIterable<A>,
  b: AnyIterable<B>,
  options?: { strict: boolean },
): Generator<tuple<A | B> & [A, B]>;
export function zip(...iterables: any[]): Generator<tuple<any>>;
export function zip(...args: any[]): Generator<any> {
  const [iterables, { strict = false }] = splitOptions<{ strict: boolean }>(args, ["strict"]);
  const iterators = iterables.map(iteratorOf);
  return remade(zipped(iterators, strict), () => [strict ? strictly : zip, iterators]);
}

function* counted(items: { iterator: Iterable<unknown>; count: number }): Generator<tuple<any>> {
  for (const item of items.iterator) yield tupleOf<unknown>([items.count++, item]);
}

/** Python's `enumerate(iterable, start?)`: tuples `(0, first)`, `(1, second)`, … */
export function enumerate<T = any>(
  iterable: AnyIterable<T>,
  start: number | { start: number } = 0,
): Generator<tuple<T | number> & [number, T]> {
  const first = typeof start === "object" ? start.start : start;
  const items = { iterator: resumable(iterable), count: asIndex(first) };
  return remade(counted(items) as Generator<any>, () => [enumerate, [items.iterator, items.count]]);
}

function checkCallable(f: unknown): Fn {
  const call = typeof f === "function" ? callee(f as Fn) : method(f, "__call__");
  if (!call) throw TypeError(`'${typeName(f)}' object is not callable`);
  return call;
}

function* mapped(f: unknown, rows: Iterable<any[]>): Generator<any> {
  let call: Fn | undefined;
  for (const row of rows) {
    call ??= checkCallable(f);
    yield call(...row);
  }
}

/** Python's `map(f, ...iterables)`: `f` of the first items, of the second ones, …, each computed when asked for. */
export function map<R>(f: Fn<R>, ...iterables: AnyIterable<any>[]): Generator<R> {
  if (iterables.length === 0) throw TypeError("map() must have at least two arguments.");
  const iterators = iterables.map(iteratorOf);
  return remade(mapped(f, zipped(iterators, false)), () => [map, [f, ...iterators]]);
}

function* filtered(f: unknown, items: Iterable<any>): Generator<any> {
  for (const item of items) if (truth(f === null ? item : checkCallable(f)(item))) yield item;
}

/** Python's `filter(f, iterable)`: the items for which `f` is true, by Python's truth; with null the items that are true. */
export function filter<T>(f: Fn | null, iterable: AnyIterable<T>): Generator<T> {
  const items = resumable(iterable);
  return remade(filtered(f, items), () => [filter, [f, items]]);
}

/** As `remade`, of a generator that only gives what is there: then by the rest of it. */
function withRest(generator: Generator<any>): Generator<any> {
  return remade(generator, () => [iter, [[...generator]]]);
}

function* backwards(sequence: ArrayLike<any>): Generator<any> {
  for (let i = sequence.length - 1; i >= 0; i--) yield sequence[i];
}

function* fromLast(at: (place: number) => unknown, length: number): Generator<unknown> {
  for (let place = length - 1; place >= 0; place--) yield at(place);
}

/**
 * Python's `reversed(sequence)`.
 *
 * @throws TypeError `'set' object is not reversible`
 */
export function reversed<T = any>(sequence: AnyIterable<T>): IterableIterator<T> {
  const own = method(sequence, "__reversed__");
  if (own) return own() as IterableIterator<T>;
  if (sequence instanceof Map || isPlainObject(sequence)) return withRest(backwards([...iterate(sequence)]));
  if (typeof sequence === "string") return withRest(backwards([...sequence]));
  if (Array.isArray(sequence) || ArrayBuffer.isView(sequence))
    return withRest(backwards(sequence as unknown as ArrayLike<T>));
  const at = method(sequence, "__getitem__");
  if (at && method(sequence, "__len__")) return withRest(fromLast(at, len(sequence)));
  throw TypeError(`'${typeName(sequence)}' object is not reversible`);
}

const bindSum = signature<[iterable: any, start: any]>("sum(iterable: data, /, start: data=0)");

/** Python's `sum(iterable, start=0)`. Ints stay exact: beyond 2**53 the sum is a bigint. */
export function sum(iterable: AnyIterable<any>, start?: any): any;
export function sum(...args: any[]): any {
  const [given, options] = splitOptions<{ start: unknown }>(args, ["start"]);
  const [iterable, start] = bindSum("start" in options ? [...given, kw(options)] : given);
  if (typeof start === "string") throw TypeError("sum() can't sum strings [use ''.join(seq) instead]");
  let total = start;
  for (const item of iterate(iterable)) total = add(total, item);
  return total;
}

function extreme(name: "min" | "max", operator: "<" | ">", args: unknown[]): any {
  const [values, options] = splitOptions<{ key: Fn | null; default: unknown }>(args, ["key", "default"]);
  if (values.length === 0) throw TypeError(`${name} expected at least 1 argument, got 0`);
  if (values.length > 1 && "default" in options) {
    throw TypeError(`Cannot specify a default for ${name}() with multiple positional arguments`);
  }
  const { key } = options;
  let best: { item: unknown; rank: unknown } | undefined;
  for (const item of values.length === 1 ? iterate(values[0]) : values) {
    const rank = key ? key(item) : item;
    if (best === undefined || less(rank, best.rank, operator)) best = { item, rank };
  }
  if (best) return best.item;
  if ("default" in options) return options.default;
  throw ValueError(`${name}() arg is an empty sequence`);
}

interface Extreme {
  <T>(iterable: AnyIterable<T>, options?: { key?: Fn | null; default?: any }): T;
  <T>(a: T, b: T, ...more: (T | { key: Fn })[]): T;
}

/**
 * Python's `min`: the least of an iterable's items or of the arguments; `{ key, default }` may follow.
 *
 * @throws ValueError if there is none, and no default
 */
export const min: Extreme = function min(...args: unknown[]) {
  return extreme("min", "<", args);
};

/** Python's `max`; as `min`. */
export const max: Extreme = function max(...args: unknown[]) {
  return extreme("max", ">", args);
};

/** Python's `any(iterable)`, by Python's truth. */
export function any(iterable: AnyIterable<any>): boolean {
  for (const item of iterate(iterable)) if (truth(item)) return true;
  return false;
}

/** Python's `all(iterable)`, by Python's truth. */
export function all(iterable: AnyIterable<any>): boolean {
  for (const item of iterate(iterable)) if (!truth(item)) return false;
  return true;
}

defineBuiltins({ all, any, len, max, min, sum });
defineAll("builtins", { enumerate, filter, map, reversed, strictly, zip });
