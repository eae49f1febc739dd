// Python's ==, < and in.
import { TypeError } from "../exceptions/hierarchy";
import { isPlainObject, method, NotImplemented, typeName } from "./classes";
import { iterable } from "./protocol";
import { truth } from "./truth";

const isNumber = (x: unknown): x is number => typeof x === "number" || typeof x === "bigint" || typeof x === "boolean";
const isSequence = (x: unknown): x is ArrayLike<unknown> => Array.isArray(x) || x instanceof Uint8Array;

/** `a.name(b)`, or where a does not know the answer `b.reflected(a)`; undefined if neither knows. */
function ask(a: unknown, name: string, b: unknown, reflected: string): boolean | undefined {
  for (const [asked, other] of [
    [method(a, name), b],
    [method(b, reflected), a],
  ] as const) {
    const answer = asked ? asked(other) : NotImplemented;
    if (answer !== NotImplemented) return truth(answer);
  }
  return undefined;
}

/**
 * Python's `a == b`: numbers by value (`True == 1`), containers by their items, objects by `__eq__`, others by identity.
 * An array equals a tuple of equal items, as a port may write either for a tuple.
 */
export function eq(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  // biome-ignore lint/suspicious/noDoubleEquals: 1 == 1n == true, as in Python
  if (isNumber(a)) return isNumber(b) && a == b;
  if (typeof a !== "object" || typeof b !== "object") return (a ?? null) === (b ?? null);
  return ask(a, "__eq__", b, "__eq__") ?? eqContainers(a, b);
}

function eqContainers(a: object | null, b: object | null): boolean {
  if (isSequence(a)) return isSequence(b) && Array.isArray(a) === Array.isArray(b) && eqItems(a, b);
  if (a instanceof Set) return b instanceof Set && a.size === b.size && [...a].every((item) => in_(item, b));
  if (a instanceof Date) return b instanceof Date && a.getTime() === b.getTime();
  const [left, right] = [asMap(a), asMap(b)];
  return (
    left !== undefined &&
    left.size === right?.size &&
    [...left].every(([key, x]) => right.has(key) && eq(x, right.get(key)))
  );
}

function eqItems(a: ArrayLike<unknown>, b: ArrayLike<unknown>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!eq(a[i], b[i])) return false;
  return true;
}

function asMap(x: unknown): Map<unknown, unknown> | undefined {
  return x instanceof Map ? x : isPlainObject(x) ? new Map(Object.entries(x)) : undefined;
}

type Order = "<" | ">" | "<=" | ">=";

/**
 * Python's `a < b`, or what another operator says: numbers, strings, sequences item by item, sets by inclusion, objects
 * by `__lt__` and its like. What sorted, min, max and PriorityQueue order by.
 *
 * @throws TypeError `'<' not supported between instances of 'dict' and 'dict'`
 */
export function less(a: any, b: any, order: Order = "<"): boolean {
  const isUp = order[0] === "<";
  const isStrict = order.length === 1;
  const [low, high] = isUp ? [a, b] : [b, a];
  const holds = (x: any, y: any) => (isStrict ? x < y : x <= y);
  if ((isNumber(a) && isNumber(b)) || (typeof a === "string" && typeof b === "string")) return holds(low, high);
  // __lt__ and __gt__, __le__ and __ge__
  const name = (letter: string) => `__${letter}${isStrict ? "t" : "e"}__`;
  const answer = ask(a, name(isUp ? "l" : "g"), b, name(isUp ? "g" : "l"));
  if (answer !== undefined) return answer;
  if (isSequence(a) && isSequence(b) && Array.isArray(a) === Array.isArray(b)) {
    const length = Math.min(a.length, b.length);
    for (let i = 0; i < length; i++) if (!eq(a[i], b[i])) return less(a[i], b[i], order);
    return holds(low.length, high.length);
  }
  if (a instanceof Set && b instanceof Set) {
    return holds(low.size, high.size) && [...low].every((item) => in_(item, high));
  }
  if (a instanceof Date && b instanceof Date) return holds(low, high);
  throw TypeError(`'${order}' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`);
}

/**
 * Python's `x in container`: a part of a string, a key of a dict (an object literal or Map), an item of anything else.
 *
 * @throws TypeError `argument of type 'int' is not iterable`
 */
export function in_(x: unknown, container: any): boolean {
  const own = method(container, "__contains__");
  if (own) return truth(own(x));
  if (typeof container === "string") {
    if (typeof x === "string") return container.includes(x);
    throw TypeError(`'in <string>' requires string as left operand, not ${typeName(x)}`);
  }
  if (container instanceof Set || container instanceof Map) {
    if (container.has(x)) return true;
    return typeof x === "object" && x !== null && [...container.keys()].some((key) => eq(key, x));
  }
  if (isPlainObject(container)) return typeof x === "string" && Object.hasOwn(container, x);
  if (container === null || (typeof container !== "object" && typeof container !== "function")) {
    throw TypeError(`argument of type '${typeName(container)}' is not iterable`);
  }
  const items = iterable(container);
  if (!items) throw TypeError(`argument of type '${typeName(container)}' is not iterable`);
  for (const item of items) if (eq(item, x)) return true;
  return false;
}
