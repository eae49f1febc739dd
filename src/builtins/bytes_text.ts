// What bytes and bytearray have of strings' methods: they take the bytes of ASCII for letters, digits and spaces.
import { TypeError, ValueError } from "../exceptions";
import { BytesBase, type BytesLike } from "./bytes_base";
import { typeName } from "./classes";
import { newList } from "./list";
import { asIndex } from "./slice";
import { type tuple, tupleOf } from "./tuple";

const SPACE = 0x20;

const isLower = (byte: number) => byte >= 0x61 && byte <= 0x7a;
const isUpper = (byte: number) => byte >= 0x41 && byte <= 0x5a;
const isLetter = (byte: number) => isLower(byte) || isUpper(byte);
const isDigit = (byte: number) => byte >= 0x30 && byte <= 0x39;
const isSpace = (byte: number) => byte === SPACE || (byte >= 9 && byte <= 13);
const swapped = (byte: number) => (isLetter(byte) ? byte ^ 0x20 : byte);

function bytesLike(x: unknown): BytesLike {
  if (x instanceof Uint8Array) return x;
  throw TypeError(`a bytes-like object is required, not '${typeName(x)}'`);
}

/** The one byte to fill with. */
function filler(x: unknown, name: string): number {
  const isNone = x === undefined;
  if (!isNone && (!(x instanceof Uint8Array) || x.length !== 1)) {
    throw TypeError(`${name}() argument 2 must be a byte string of length 1, not ${typeName(x)}`);
  }
  return isNone ? SPACE : (x as BytesLike)[0]!;
}

export abstract class BytesText extends BytesBase {
  /** A table for `translate`: 256 bytes that map each of `from` to the one of `to` at its place. */
  static maketrans(from: BytesLike, to: BytesLike): BytesLike {
    if (bytesLike(from).length !== bytesLike(to).length) throw ValueError("maketrans arguments must have same length");
    const table = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    from.forEach((byte, i) => {
      table[byte] = to[i]!;
    });
    return new BytesText.bytes(table);
  }

  /** The class of what maketrans gives. */
  static bytes: new (
    data: BytesLike,
  ) => BytesLike;

  /** The bytes by the table, without those to be deleted. */
  translate(table: BytesLike | null, deleted: BytesLike | { delete?: BytesLike } = new Uint8Array()): this {
    const dropped = deleted instanceof Uint8Array ? deleted : (deleted.delete ?? new Uint8Array());
    if (table !== null && bytesLike(table).length !== 256) {
      throw ValueError("translation table must be 256 characters long");
    }
    const kept = Uint8Array.from(this).filter((byte) => !dropped.includes(byte));
    return this.made(table === null ? kept : kept.map((byte) => table[byte]!));
  }

  capitalize(): this {
    return this.made(
      Uint8Array.from(this, (byte, i) => ((i === 0 ? isLower(byte) : isUpper(byte)) ? swapped(byte) : byte)),
    );
  }

  /** Each word begins with a capital letter, and goes on with small ones. */
  title(): this {
    return this.made(
      Uint8Array.from(this, (byte, i) => {
        const isFirst = i === 0 || !isLetter(this[i - 1]!);
        return (isFirst ? isLower(byte) : isUpper(byte)) ? swapped(byte) : byte;
      }),
    );
  }

  swapcase(): this {
    return this.made(Uint8Array.from(this, swapped));
  }

  isalnum(): boolean {
    return this.#all((byte) => isLetter(byte) || isDigit(byte));
  }

  isalpha(): boolean {
    return this.#all(isLetter);
  }

  isascii(): boolean {
    return !this.some((byte) => byte > 127);
  }

  isdigit(): boolean {
    return this.#all(isDigit);
  }

  isspace(): boolean {
    return this.#all(isSpace);
  }

  islower(): boolean {
    return this.some(isLower) && !this.some(isUpper);
  }

  isupper(): boolean {
    return this.some(isUpper) && !this.some(isLower);
  }

  istitle(): boolean {
    return this.some(isLetter) && this.every((byte, i) => byte === this.title()[i]);
  }

  #all(test: (byte: number) => boolean): boolean {
    return this.length > 0 && this.every(test);
  }

  ljust(width: number, fill?: BytesLike): this {
    return this.#filled(0, asIndex(width) - this.length, filler(fill, "ljust"));
  }

  rjust(width: number, fill?: BytesLike): this {
    return this.#filled(asIndex(width) - this.length, 0, filler(fill, "rjust"));
  }

  center(width: number, fill?: BytesLike): this {
    const more = Math.max(0, asIndex(width) - this.length);
    const left = (more >> 1) + (more & width & 1);
    return this.#filled(left, more - left, filler(fill, "center"));
  }

  /** Zeros to the left, after a sign. */
  zfill(width: number): this {
    const hasSign = this[0] === 0x2b || this[0] === 0x2d;
    const filled = this.#filled(asIndex(width) - this.length, 0, 0x30);
    if (hasSign && filled.length > this.length) [filled[0], filled[filled.length - this.length]] = [this[0]!, 0x30];
    return filled;
  }

  #filled(left: number, right: number, fill: number): this {
    const [before, after] = [Math.max(0, left), Math.max(0, right)];
    const whole = new Uint8Array(before + this.length + after).fill(fill);
    whole.set(this, before);
    return this.made(whole);
  }

  /** Spaces up to the next of the columns that are multiples of `tabsize`. */
  expandtabs(tabsize = 8): this {
    const expanded: number[] = [];
    let column = 0;
    for (const byte of this) {
      if (byte !== 9) {
        expanded.push(byte);
        column = byte === 10 || byte === 13 ? 0 : column + 1;
      } else if (tabsize > 0) {
        const spaces = tabsize - (column % tabsize);
        for (let i = 0; i < spaces; i++) expanded.push(SPACE);
        column += spaces;
      }
    }
    return this.made(Uint8Array.from(expanded));
  }

  /** What is before the first `sep`, the separator, and what is after it. */
  partition(sep: BytesLike): tuple<this> {
    if (bytesLike(sep).length === 0) throw ValueError("empty separator");
    const at: number = this.find(sep);
    return at < 0 ? this.#parts(this, [], []) : this.#cut(at, sep);
  }

  rpartition(sep: BytesLike): tuple<this> {
    if (bytesLike(sep).length === 0) throw ValueError("empty separator");
    const at = this.rfind(sep);
    return at < 0 ? this.#parts([], [], this) : this.#cut(at, sep);
  }

  #cut(at: number, sep: BytesLike): tuple<this> {
    return this.#parts(this.subarray(0, at), sep, this.subarray(at + sep.length));
  }

  #parts(...parts: (BytesLike | never[])[]): tuple<this> {
    return tupleOf(parts.map((part) => this.made(Uint8Array.from(part))));
  }

  removeprefix(prefix: BytesLike): this {
    return this.made(this.startswith(bytesLike(prefix)) ? this.subarray(prefix.length) : this);
  }

  removesuffix(suffix: BytesLike): this {
    const isThere = bytesLike(suffix).length > 0 && this.endswith(suffix);
    return this.made(isThere ? this.subarray(0, this.length - suffix.length) : this);
  }

  /** As rfind. @throws ValueError if there is none */
  rindex(sub: BytesLike | number, start?: number, end?: number): number {
    const found = this.rfind(sub, start, end);
    if (found < 0) throw ValueError("subsection not found");
    return found;
  }

  /** As split, with the cuts taken from the end. */
  rsplit(sep: BytesLike | null = null, maxsplit = -1): this[] {
    if (maxsplit < 0) return this.split(sep);
    if (sep !== null && bytesLike(sep).length === 0) throw ValueError("empty separator");
    const parts: this[] = [];
    let rest: BytesLike = sep === null ? this.rstrip() : this;
    while (parts.length < maxsplit) {
      const end = sep === null ? rest.findLastIndex(isSpace) : this.made(rest).rfind(sep);
      if (end < 0) break;
      parts.unshift(this.made(rest.subarray(end + (sep?.length ?? 1))));
      rest = sep === null ? this.made(rest.subarray(0, end)).rstrip() : rest.subarray(0, end);
    }
    if (sep !== null || rest.length > 0)
      parts.unshift(this.made(sep === null && parts.length < maxsplit ? this.made(rest).lstrip() : rest));
    return newList(parts);
  }
}
