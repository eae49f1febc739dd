// What loops, spread and unpacking of a port go over: whatever Python iterates, with Python's errors.
import { method, typeName } from "../../builtins/classes";
import { isBuiltin } from "../../builtins/containers";
import { iterable, iterate } from "../../builtins/protocol";
import { StopAsyncIteration, TypeError, ValueError } from "../../exceptions";

/**
 * `for (const x of value)`, `...value`
 *
 * @throws TypeError `'int' object is not iterable`
 */
export function each(value: any): Iterable<unknown> {
  return typeof value?.[Symbol.iterator] === "function" ? value : iterate(value);
}

/** `for await (const x of value)`: what has `__aiter__` too. */
export function eachAsync(value: any): any {
  if (typeof (value?.[Symbol.asyncIterator] ?? value?.[Symbol.iterator]) === "function") return value;
  const start = method(value, "__aiter__");
  if (!start) throw TypeError(`'async for' requires an object with __aiter__ method, got ${typeName(value)}`);
  const iterator: any = start();
  if (typeof iterator?.[Symbol.asyncIterator] === "function") return iterator;
  return untilStopped(iterator);
}

async function* untilStopped(iterator: { __anext__(): unknown }): AsyncGenerator<unknown> {
  while (true) {
    let item: unknown;
    try {
      item = await iterator.__anext__();
    } catch (error) {
      if (error instanceof StopAsyncIteration) return;
      throw error;
    }
    yield item;
  }
}

/**
 * `const [a, b] = value`, for as many names as `count` says; a rest element takes what there is `more`.
 *
 * @throws ValueError `not enough values to unpack (expected 2, got 1)`
 * @throws TypeError `cannot unpack non-iterable int object`
 */
export function unpack(value: any, count: number, more = false): Iterable<unknown> {
  if (value?.length === count && (Array.isArray(value) || isBuiltin(value))) return value;
  return unpackSlow(value, count, more);
}

function unpackSlow(value: any, count: number, more: boolean): unknown[] {
  const items: unknown[] = [];
  const given = iterable(value);
  if (!given) throw TypeError(`cannot unpack non-iterable ${typeName(value)} object`);
  for (const item of given) {
    if (items.length === count && !more) throw ValueError(`too many values to unpack (expected ${count})`);
    items.push(item);
  }
  if (items.length >= count) return items;
  const least = more ? "at least " : "";
  throw ValueError(`not enough values to unpack (expected ${least}${count}, got ${items.length})`);
}

/** `for (const [a, b] of value)` */
export function eachUnpacked(value: any, count: number, more = false): Iterable<Iterable<unknown>> {
  return new Unpacking(each(value)[Symbol.iterator](), count, more);
}

/** A third of what a generator costs. */
class Unpacking implements IterableIterator<Iterable<unknown>> {
  constructor(
    private readonly items: Iterator<unknown>,
    private readonly count: number,
    private readonly more: boolean,
  ) {}

  next(): IteratorResult<Iterable<unknown>> {
    const { done, value } = this.items.next();
    if (done) return { done, value: undefined };
    try {
      return { done: false, value: unpack(value, this.count, this.more) };
    } catch (error) {
      this.items.return?.();
      throw error;
    }
  }

  return(): IteratorResult<Iterable<unknown>> {
    this.items.return?.();
    return { done: true, value: undefined };
  }

  [Symbol.iterator](): this {
    return this;
  }
}
