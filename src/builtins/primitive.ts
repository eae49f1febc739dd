// What JavaScript's operators get of an object of Python's: no value of their own making, but TypeError.
import { TypeError } from "../exceptions/hierarchy";
import { typeName } from "./classes";

/**
 * `Symbol.toPrimitive` of what has identity, and of tuples, bytes and their like: a text where a text is wanted, as in a
 * template, and no number. Objects with a `valueOf` of their own keep it.
 *
 * @throws TypeError where an operator wants a value
 */
export function asPrimitive(this: any, hint: string): unknown {
  if (hint === "string") return this.toString();
  if (this.valueOf !== Object.prototype.valueOf) return this.valueOf();
  throw TypeError(`'${typeName(this)}' object is no operand of JavaScript's operators: write a.__add__(b), …`);
}

/** Gives it to a class. */
export function refusesOperators(cls: { readonly prototype: object }): void {
  Object.defineProperty(cls.prototype, Symbol.toPrimitive, { value: asPrimitive, configurable: true });
}
