// The operators of a port, where an operand is not plainly a number. Short and each by itself, so that V8 puts it in the place of
// its call: then two numbers cost what they cost in JavaScript.
import { less } from "../../builtins/compare";
import { isHosts, operate, unary, update } from "./operations";

export function add(a: any, b: any): any {
  if (typeof a === "string" && typeof b === "string") return a + b;
  return typeof a === "number" && typeof b === "number" ? a + b : operate("+", "add", a, b, (a, b) => a + b);
}

export function sub(a: any, b: any): any {
  return typeof a === "number" && typeof b === "number" ? a - b : operate("-", "sub", a, b, (a, b) => a - b);
}

export function mul(a: any, b: any): any {
  return typeof a === "number" && typeof b === "number" ? a * b : operate("*", "mul", a, b, (a, b) => a * b);
}

export function div(a: any, b: any): any {
  return typeof a === "number" && typeof b === "number" ? a / b : operate("/", "truediv", a, b, (a, b) => a / b);
}

export function mod(a: any, b: any): any {
  return typeof a === "number" && typeof b === "number" ? a % b : operate("%", "mod", a, b, (a, b) => a % b);
}

export function pow(a: any, b: any): any {
  return typeof a === "number" && typeof b === "number" ? a ** b : operate("**", "pow", a, b, (a, b) => a ** b);
}

export function and(a: any, b: any): any {
  return typeof a === "number" && typeof b === "number" ? a & b : operate("&", "and", a, b, (a, b) => a & b);
}

export function or(a: any, b: any): any {
  return typeof a === "number" && typeof b === "number" ? a | b : operate("|", "or", a, b, (a, b) => a | b);
}

export function xor(a: any, b: any): any {
  return typeof a === "number" && typeof b === "number" ? a ^ b : operate("^", "xor", a, b, (a, b) => a ^ b);
}

export function lshift(a: any, b: any): any {
  return typeof a === "number" && typeof b === "number" ? a << b : operate("<<", "lshift", a, b, (a, b) => a << b);
}

export function rshift(a: any, b: any): any {
  return typeof a === "number" && typeof b === "number" ? a >> b : operate(">>", "rshift", a, b, (a, b) => a >> b);
}

// `a += b`: lists, sets and dicts are changed themselves.

export function iadd(a: any, b: any): any {
  if (typeof a === "string" && typeof b === "string") return a + b;
  return typeof a === "number" && typeof b === "number" ? a + b : update("+", "add", a, b, (a, b) => a + b);
}

export function isub(a: any, b: any): any {
  return typeof a === "number" && typeof b === "number" ? a - b : update("-", "sub", a, b, (a, b) => a - b);
}

export function imul(a: any, b: any): any {
  return typeof a === "number" && typeof b === "number" ? a * b : update("*", "mul", a, b, (a, b) => a * b);
}

export function idiv(a: any, b: any): any {
  return typeof a === "number" && typeof b === "number" ? a / b : update("/", "truediv", a, b, (a, b) => a / b);
}

export function imod(a: any, b: any): any {
  return typeof a === "number" && typeof b === "number" ? a % b : update("%", "mod", a, b, (a, b) => a % b);
}

export function ipow(a: any, b: any): any {
  return typeof a === "number" && typeof b === "number" ? a ** b : update("**", "pow", a, b, (a, b) => a ** b);
}

export function iand(a: any, b: any): any {
  return typeof a === "number" && typeof b === "number" ? a & b : update("&", "and", a, b, (a, b) => a & b);
}

export function ior(a: any, b: any): any {
  return typeof a === "number" && typeof b === "number" ? a | b : update("|", "or", a, b, (a, b) => a | b);
}

export function ixor(a: any, b: any): any {
  return typeof a === "number" && typeof b === "number" ? a ^ b : update("^", "xor", a, b, (a, b) => a ^ b);
}

export function ilshift(a: any, b: any): any {
  return typeof a === "number" && typeof b === "number" ? a << b : update("<<", "lshift", a, b, (a, b) => a << b);
}

export function irshift(a: any, b: any): any {
  return typeof a === "number" && typeof b === "number" ? a >> b : update(">>", "rshift", a, b, (a, b) => a >> b);
}

export function lt(a: any, b: any): boolean {
  if (typeof a === "number" && typeof b === "number") return a < b;
  return isHosts(a) || isHosts(b) ? a < b : less(a, b, "<");
}

export function le(a: any, b: any): boolean {
  if (typeof a === "number" && typeof b === "number") return a <= b;
  return isHosts(a) || isHosts(b) ? a <= b : less(a, b, "<=");
}

export function gt(a: any, b: any): boolean {
  if (typeof a === "number" && typeof b === "number") return a > b;
  return isHosts(a) || isHosts(b) ? a > b : less(a, b, ">");
}

export function ge(a: any, b: any): boolean {
  if (typeof a === "number" && typeof b === "number") return a >= b;
  return isHosts(a) || isHosts(b) ? a >= b : less(a, b, ">=");
}

export function neg(a: any): any {
  return typeof a === "number" ? -a : unary("-", "neg", a, (a) => -a);
}

export function invert(a: any): any {
  return typeof a === "number" ? ~a : unary("~", "invert", a, (a) => ~a);
}
