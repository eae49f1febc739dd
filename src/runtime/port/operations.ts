// What an operator of a port means for others than two numbers: what Python's means for containers, strings and objects with
// `__add__` and its like. JavaScript's own objects that have a value (a Date) keep JavaScript's meaning.
import { method, NotImplemented, typeName } from "../../builtins/classes";
import { list } from "../../builtins/list";
import { normal } from "../../builtins/numbers";
import { asPrimitive } from "../../builtins/primitive";
import { iterate } from "../../builtins/protocol";
import { TypeError } from "../../exceptions";

type Javascripts = (a: any, b: any) => unknown;

const isNumber = (x: unknown) => typeof x === "number" || typeof x === "bigint" || typeof x === "boolean";

/** Whether a value is an object that JavaScript's operators know what to do with. */
export function isHosts(x: any): boolean {
  if (typeof x !== "object" || x === null) return false;
  const own = x[Symbol.toPrimitive];
  return x.valueOf !== Object.prototype.valueOf || (own !== undefined && own !== asPrimitive);
}

/** `a += b`, where `name` is the middle of `__iadd__`. */
export function update(symbol: string, name: string, a: any, b: any, javascripts: Javascripts): unknown {
  if (name === "add" && isPlainList(a) && !Object.isFrozen(a)) return extended(a, b);
  const own = method(a, `__i${name}__`);
  const result = own ? own(b) : NotImplemented;
  return result === NotImplemented ? operate(symbol, name, a, b, javascripts, `${symbol}=`) : result;
}

/** `a + b` */
export function operate(symbol: string, name: string, a: any, b: any, javascripts: Javascripts, shown = ""): unknown {
  if (isNumber(a) && isNumber(b)) return ofNumbers(name, a, b, javascripts);
  if (name === "add" && typeof a === "string" && typeof b === "string") return javascripts(a, b);
  const answer = ask(name, asList(a), asList(b));
  if (answer !== NotImplemented) return answer;
  if (isHosts(a) || isHosts(b)) return javascripts(a, b);
  if (name === "add" && isJoined(a, b)) return javascripts(a, b);
  if (name === "mul" && typeof a === "string") return a.repeat(times(b));
  if (name === "mul" && typeof b === "string") return b.repeat(times(a));
  if (name === "add" && typeof a === "string")
    throw TypeError(`can only concatenate str (not "${typeName(b)}") to str`);
  const remedy = name === "mod" && typeof a === "string" ? "; write a template" : "";
  const operator = shown || (name === "pow" ? "** or pow()" : symbol);
  throw TypeError(`unsupported operand type(s) for ${operator}: '${typeName(a)}' and '${typeName(b)}'${remedy}`);
}

/** An int that is a bigint with one that is a number; two bools. */
function ofNumbers(name: string, a: any, b: any, javascripts: Javascripts): unknown {
  if (typeof a === "boolean" && typeof b === "boolean") {
    const result = javascripts(a, b);
    return /^(?:and|or|xor)$/.test(name) ? Boolean(result) : result;
  }
  if ((typeof a === "bigint") === (typeof b === "bigint")) return javascripts(a, b);
  const other = typeof a === "bigint" ? b : a;
  if (name === "truediv" || !Number.isSafeInteger(Number(other))) return javascripts(Number(a), Number(b));
  return normal(javascripts(BigInt(a), BigInt(b)) as bigint);
}

/** Whether `+` joins texts, as in JavaScript: a string and a number, an error, or another object that has a text there. */
function isJoined(a: unknown, b: unknown): boolean {
  return (typeof a === "string" || typeof b === "string") && hasText(a) && hasText(b);
}

function hasText(x: any): boolean {
  if (typeof x !== "object" || x === null) return typeof x === "string" || isNumber(x);
  const isSequence = Array.isArray(x) || ArrayBuffer.isView(x);
  return !isSequence && x[Symbol.toPrimitive] === undefined && x.toString !== Object.prototype.toString;
}

/** A plain array, as arguments are, stands for a list. */
function isPlainList(x: unknown): x is unknown[] {
  return Array.isArray(x) && x.constructor === Array;
}

function asList(x: unknown): unknown {
  return isPlainList(x) ? list([...x]) : x;
}

function extended(array: unknown[], more: unknown): unknown[] {
  for (const item of [...iterate(more)]) array.push(item);
  return array;
}

const isSequence = (x: unknown) => Array.isArray(x) || x instanceof list || ArrayBuffer.isView(x);

/** `a.__add__(b)`, else `b.__radd__(a)`; that first where b's class is a subclass of a's, or a is a sequence, which knows only its like. */
function ask(name: string, a: any, b: any): unknown {
  const own = method(a, `__${name}__`);
  const reflected = a?.constructor === b?.constructor ? undefined : method(b, `__r${name}__`);
  const first = own && reflected && ((isSequence(a) && !isSequence(b)) || b instanceof a.constructor);
  let answer: unknown = first ? reflected(a) : NotImplemented;
  if (answer === NotImplemented && own) {
    if (name === "mul" && isSequence(a)) times(b);
    answer = own(b);
  }
  if (answer !== NotImplemented || first || !reflected) return answer;
  if (name === "mul" && isSequence(b)) typeof a === "string" ? times(b) : times(a);
  return reflected(a);
}

/** How often a sequence is repeated. */
function times(n: any): number {
  const count = typeof n === "object" ? method(n, "__index__")?.() : Number(n);
  if (typeof n === "string" || !Number.isInteger(count)) {
    throw TypeError(`can't multiply sequence by non-int of type '${typeName(n)}'`);
  }
  return Math.max(0, count as number);
}

/** `-a` */
export function unary(symbol: string, name: string, a: any, javascripts: (a: any) => unknown): unknown {
  const own = method(a, `__${name}__`);
  if (own) return own();
  if (isNumber(a) || isHosts(a)) return javascripts(a);
  throw TypeError(`bad operand type for unary ${symbol}: '${typeName(a)}'`);
}
