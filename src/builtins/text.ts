import { TypeError, ValueError } from "../exceptions";
import { defineBuiltins } from "../registry";
import { typeName } from "./classes";
import { asIndex } from "./slice";

/**
 * Python's `ord(c)`: the code point of a character, or the byte of bytes of length 1.
 *
 * @throws TypeError if c is not one character
 */
export function ord(c: unknown): number {
  if (typeof c !== "string" && !(c instanceof Uint8Array)) {
    throw TypeError(`ord() expected string of length 1, but ${typeName(c)} found`);
  }
  const units = [...c];
  if (units.length !== 1) throw TypeError(`ord() expected a character, but string of length ${units.length} found`);
  return typeof c === "string" ? c.codePointAt(0)! : c[0]!;
}

/**
 * Python's `chr(i)`: the character with code point i.
 *
 * @throws ValueError if there is none
 */
export function chr(i: number): string {
  const code = asIndex(i);
  if (code < 0 || code > 0x10ffff) throw ValueError("chr() arg not in range(0x110000)");
  return String.fromCodePoint(code);
}

defineBuiltins({ chr, ord });
