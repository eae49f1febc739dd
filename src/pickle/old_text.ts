// Text as protocol 0 writes it: lines with escapes.
import { decode } from "../builtins/text_codecs";
import { ValueError } from "../exceptions";
import { UnpicklingError } from "./errors";

/** A string of Python 2, as protocol 0 writes it: with quotes and backslashes. */
export function quoted(line: Uint8Array): string {
  const text = decode(line, "latin-1").trimEnd();
  const quote = text[0];
  if (text.length < 2 || (quote !== "'" && quote !== '"') || text.at(-1) !== quote) {
    throw UnpicklingError("the STRING opcode argument must be quoted");
  }
  const plain = text.slice(1, -1).replace(/\\(x[\da-f]{2}|[0-7]{1,3}|[\s\S])/gi, (_, escape: string) => {
    if (escape[0] === "x") return String.fromCharCode(Number.parseInt(escape.slice(1), 16));
    if (/^[0-7]/.test(escape)) return String.fromCharCode(Number.parseInt(escape, 8) & 0xff);
    return ESCAPES[escape] ?? (/['"\\]/.test(escape) ? escape : `\\${escape}`);
  });
  return decode(bytesOfLatin1(plain), "ascii");
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  a: "\x07",
  b: "\b",
  f: "\f",
  v: "\v",
};

function bytesOfLatin1(text: string): Uint8Array {
  return Uint8Array.from(text, (c) => c.charCodeAt(0));
}

/** Python's "raw-unicode-escape": latin-1, in which only \u and \U are escapes. */
export function rawUnicode(line: Uint8Array): string {
  return decode(line, "latin-1").replace(
    /\\(?:u([\da-fA-F]{4})|U([\da-fA-F]{8}))/g,
    (_, four?: string, eight?: string) => {
      const code = Number.parseInt(four ?? eight!, 16);
      if (code > 0x10ffff) throw ValueError("\\Uxxxxxxxx out of range");
      return String.fromCodePoint(code);
    },
  );
}
