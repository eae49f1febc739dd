// What bytes and bytearray have in common: a Uint8Array with Python's methods.
import { TypeError, ValueError } from "../exceptions";
import { isPlainObject, method, typeName } from "./classes";
import { newList } from "./list";
import { refusesOperators } from "./primitive";
import { iterate } from "./protocol";
import { reprBytes, setDecoder } from "./repr";
import { asIndex, slice } from "./slice";
import { decode, type ErrorHandler, encode } from "./text_codecs";

/** What is taken for bytes everywhere: ours, and any Uint8Array. */
export type BytesLike = Uint8Array;
/** What bytes can be made of. A string without an encoding is a literal: `bytes("GET\\r\\n")` for `b"GET\\r\\n"`. */
export type Source = string | number | BytesLike | ArrayBufferLike | Iterable<number>;

export function checkByte(x: unknown, message: string): number {
  const byte = asIndex(x);
  if (byte < 0 || byte > 255) throw ValueError(message);
  return byte;
}

/** The same, after a memoryview that is released has raised: what its prototype is not asked for would show its bytes. */
function readable(source: BytesLike): BytesLike {
  return source.length === 0 ? new Uint8Array() : source;
}

/** The bytes that `bytes(source, encoding, errors)` is made of. */
export function octets(source: unknown, kind: string, encoding?: string, errors?: ErrorHandler): Uint8Array {
  if (typeof source === "string") {
    if (encoding !== undefined) return encode(source, encoding, errors);
    return Uint8Array.from(source, (c) =>
      checkByte(c.codePointAt(0), "bytes can only contain ASCII literal characters"),
    );
  }
  if (encoding !== undefined) throw TypeError("encoding without a string argument");
  if (source === undefined) return new Uint8Array();
  if (source instanceof Uint8Array) return readable(source);
  if (source instanceof ArrayBuffer || source instanceof SharedArrayBuffer) return new Uint8Array(source);
  if (typeof source === "number" && Number.isInteger(source)) {
    if (source < 0) throw ValueError("negative count");
    return new Uint8Array(source);
  }
  const own = method(source, "__bytes__");
  if (own) return own() as Uint8Array;
  if (source === null || typeof source !== "object")
    throw TypeError(`cannot convert '${typeName(source)}' object to ${kind}`);
  return Uint8Array.from(
    [...iterate(source)].map((x) => checkByte(x, `${kind === "bytes" ? "bytes" : "byte"} must be in range(0, 256)`)),
  );
}

function checkBytes(x: unknown): BytesLike {
  if (x instanceof Uint8Array) return x;
  throw TypeError(`a bytes-like object is required, not '${typeName(x)}'`);
}

/** What is looked for in bytes: bytes, or one byte as a number. */
function pattern(x: unknown): BytesLike {
  if (x instanceof Uint8Array) return x;
  if (typeof x === "number") return Uint8Array.of(checkByte(x, "byte must be in range(0, 256)"));
  throw TypeError(`argument should be integer or bytes-like object, not '${typeName(x)}'`);
}

const isSpace = (byte: number | undefined) => byte === 0x20 || (byte !== undefined && byte >= 9 && byte <= 13);

/** Where `part` begins in `whole`, between start and end; -1 if nowhere. */
function search(whole: BytesLike, part: BytesLike, start: number, end: number): number {
  for (let i = start; i <= end - part.length; i++) {
    let k = 0;
    while (k < part.length && whole[i + k] === part[k]) k++;
    if (k === part.length) return i;
  }
  return -1;
}

export abstract class BytesBase extends Uint8Array {
  /** One of the receiver's class with these bytes. */
  protected abstract made(bytes: BytesLike): this;

  /** The place that an index means. */
  protected abstract place(index: number): number;

  #parts(ends: readonly (readonly [number, number])[]): this[] {
    return newList(ends.map(([start, end]) => this.made(this.subarray(start, end))));
  }

  #range(start?: number | null, end?: number | null): [number, number] {
    const [from, to] = slice(start ?? null, end ?? null).indices(this.length);
    return [from, to];
  }

  /** Text in that encoding ("utf-8", "ascii", "latin-1"). @throws UnicodeDecodeError */
  decode(
    encoding: string | { encoding?: string; errors?: ErrorHandler } = "utf-8",
    errors: ErrorHandler = "strict",
  ): string {
    if (typeof encoding === "string") return decode(this, encoding, errors);
    return decode(this, encoding.encoding, encoding.errors);
  }

  hex(separator = ""): string {
    return Array.from(this, (byte) => byte.toString(16).padStart(2, "0")).join(separator);
  }

  /** The place of the first `sub` in `start:end`, or -1. Given a function it is Array's `find`. */
  override find(sub: any, start?: any, end?: any): any {
    if (typeof sub === "function") return super.find(sub, start);
    return search(this, pattern(sub), ...this.#range(start, end));
  }

  /** As find. @throws ValueError if there is none */
  index(sub: BytesLike | number, start?: number, end?: number): number {
    const found: number = this.find(sub, start, end);
    if (found < 0) throw ValueError("subsection not found");
    return found;
  }

  rfind(sub: BytesLike | number, start?: number, end?: number): number {
    const [from, to] = this.#range(start, end);
    const part = pattern(sub);
    for (let i = to - part.length; i >= from; i--) if (search(this, part, i, i + part.length) === i) return i;
    return -1;
  }

  count(sub: BytesLike | number): number {
    const part = pattern(sub);
    if (part.length === 0) return this.length + 1;
    let n = 0;
    for (let i = search(this, part, 0, this.length); i >= 0; i = search(this, part, i + part.length, this.length)) n++;
    return n;
  }

  startswith(prefix: BytesLike | readonly BytesLike[]): boolean {
    if (Array.isArray(prefix)) return prefix.some((one) => this.startswith(one));
    const part = checkBytes(prefix);
    return search(this, part, 0, Math.min(part.length, this.length)) === 0;
  }

  endswith(suffix: BytesLike | readonly BytesLike[]): boolean {
    if (Array.isArray(suffix)) return suffix.some((one) => this.endswith(one));
    const part = checkBytes(suffix);
    return part.length <= this.length && search(this, part, this.length - part.length, this.length) >= 0;
  }

  /** Parts between `sep`, at most `maxsplit` cuts; without `sep` at runs of whitespace. */
  split(sep: BytesLike | null = null, maxsplit = -1): this[] {
    if (sep === null) return this.#splitAtSpace(maxsplit);
    if (checkBytes(sep).length === 0) throw ValueError("empty separator");
    const ends: [number, number][] = [];
    let start = 0;
    while (ends.length !== maxsplit) {
      const cut = search(this, sep, start, this.length);
      if (cut < 0) break;
      ends.push([start, cut]);
      start = cut + sep.length;
    }
    return this.#parts([...ends, [start, this.length]]);
  }

  #splitAtSpace(maxsplit: number): this[] {
    const ends: [number, number][] = [];
    for (let start = 0; ; ) {
      while (isSpace(this[start])) start++;
      if (start === this.length) return this.#parts(ends);
      let end = ends.length === maxsplit ? this.length : start;
      while (end < this.length && !isSpace(this[end])) end++;
      ends.push([start, end]);
      start = end;
    }
  }

  splitlines(keepends = false): this[] {
    const ends: [number, number][] = [];
    for (let start = 0; start < this.length; ) {
      let end = start;
      while (end < this.length && this[end] !== 10 && this[end] !== 13) end++;
      const next = end + (this[end] === 13 && this[end + 1] === 10 ? 2 : 1);
      ends.push([start, keepends ? Math.min(next, this.length) : end]);
      start = next;
    }
    return this.#parts(ends);
  }

  /** The parts with these bytes between them. Given a string or nothing it is Array's `join`. */
  override join(parts?: any): any {
    if (parts === undefined || typeof parts === "string") return super.join(parts);
    const items: BytesLike[] = [...iterate(parts)];
    items.forEach((item, i) => {
      if (item instanceof Uint8Array) return;
      throw TypeError(`sequence item ${i}: expected a bytes-like object, ${typeName(item)} found`);
    });
    return this.made(joined(items.flatMap((item, i) => (i === 0 ? [item] : [this, item]))));
  }

  replace(old: BytesLike, by: BytesLike, count = -1): this {
    return this.made(
      joined(this.split(checkBytes(old), count).flatMap((part, i) => (i === 0 ? [part] : [checkBytes(by), part]))),
    );
  }

  strip(bytes?: BytesLike | null): this {
    return this.#stripped(bytes, true, true);
  }

  lstrip(bytes?: BytesLike | null): this {
    return this.#stripped(bytes, true, false);
  }

  rstrip(bytes?: BytesLike | null): this {
    return this.#stripped(bytes, false, true);
  }

  #stripped(bytes: BytesLike | null | undefined, left: boolean, right: boolean): this {
    const drops = bytes ? (byte: number | undefined) => byte !== undefined && bytes.includes(byte) : isSpace;
    const end = right ? this.length - this.#trailing(drops) : this.length;
    let start = 0;
    while (left && start < end && drops(this[start])) start++;
    return this.made(this.subarray(start, end));
  }

  #trailing(drops: (byte: number | undefined) => boolean): number {
    let end = this.length;
    while (end > 0 && drops(this[end - 1])) end--;
    return this.length - end;
  }

  upper(): this {
    return this.made(this.map((byte) => (byte >= 0x61 && byte <= 0x7a ? byte - 32 : byte)));
  }

  lower(): this {
    return this.made(this.map((byte) => (byte >= 0x41 && byte <= 0x5a ? byte + 32 : byte)));
  }

  /** Python's `a + b`. */
  concat(...others: BytesLike[]): this {
    for (const other of others) {
      if (!(other instanceof Uint8Array)) throw TypeError(`can't concat ${typeName(other)} to ${typeName(this)}`);
    }
    return this.made(joined([this, ...others]));
  }

  __add__(other: BytesLike): this {
    return this.concat(other);
  }

  /** Python's `b * n`. */
  __mul__(n: number): this {
    return this.made(joined(Array.from({ length: Math.max(0, asIndex(n)) }, () => this)));
  }

  __len__(): number {
    return this.length;
  }

  __contains__(x: BytesLike | number): boolean {
    if (!(x instanceof Uint8Array) && typeof x !== "number") checkBytes(x);
    return this.find(x) >= 0;
  }

  __getitem__(index: number): number;
  __getitem__(index: slice): this;
  __getitem__(index: number | slice): number | this {
    if (index instanceof slice) return this.made(Uint8Array.from(index.of(this)));
    return this[this.place(index)]!;
  }

  __repr__(): string {
    return reprBytes(this);
  }

  override toString(): string {
    return this.__repr__();
  }
}

refusesOperators(BytesBase);

// JavaScript's own callbacks are given more than they take: `items.map(str)`.
setDecoder((x, given, errors) => {
  if (typeof given !== "string" && !isPlainObject(given)) return undefined;
  const options = typeof given === "string" ? { encoding: given, errors } : given;
  if (typeof x === "string") throw TypeError("decoding str is not supported");
  if (!(x instanceof Uint8Array)) {
    throw TypeError(`decoding to str: need a bytes-like object, ${typeName(x)} found`);
  }
  return decode(x, options.encoding as string, options.errors as ErrorHandler);
});

export function joined(parts: readonly BytesLike[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
