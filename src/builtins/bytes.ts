// bytes and bytearray.

import { callable } from "../callable";
import { IndexError, MemoryError, ValueError } from "../exceptions";
import { defineAll, extendCodec } from "../registry";
import { viewsOf } from "../runtime/view_blocks";
import { type BytesLike, checkByte, octets, type Source } from "./bytes_base";
import { BytesText } from "./bytes_text";
import { indexOf, slice } from "./slice";
import type { ErrorHandler } from "./text_codecs";

/** A place in an existing buffer: how JavaScript's own subarray and slice construct. */
export type View = [buffer: ArrayBufferLike, offset: number, length?: number];

/** What Uint8Array is constructed from, as far as TypeScript can tell. */
export type Parts = [ArrayBuffer, number, number];

export function isView(args: readonly unknown[]): args is View {
  return typeof args[1] === "number";
}

function fromHex(text: string): number[] {
  const digits = text.replace(/\s/g, "");
  const bad = digits.search(/[^0-9a-fA-F]/);
  if (bad >= 0 || digits.length % 2)
    throw ValueError(`non-hexadecimal number found in fromhex() arg at position ${bad < 0 ? text.length : bad}`);
  return (digits.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
}

class BytesClass extends BytesText {
  static readonly __module__ = "builtins";

  constructor(source?: Source, encoding?: string, errors?: ErrorHandler);
  constructor(...view: View);
  constructor(a?: any, b?: any, c?: any) {
    // Without an array of the arguments: what is received is made here.
    if (typeof b === "number") super(a, b, c);
    else super(octets(a, "bytes", b, c) as Uint8Array<ArrayBuffer>);
  }

  static fromhex(text: string): bytes {
    return bytes(fromHex(text));
  }

  protected made(data: BytesLike): this {
    return bytes(data) as this;
  }

  protected place(index: number): number {
    return indexOf(index, this.length, "byte", "index out of range");
  }
}

/**
 * Python's bytes: a Uint8Array with Python's methods and repr. `bytes(5)`, `bytes([1, 2])`, `bytes("é", "utf-8")`. A string
 * without an encoding, an error in Python, is a literal here: `bytes("GET /\r\n")` for `b"GET /\r\n"`.
 * Unlike Python's it can be written to, since JavaScript cannot freeze a typed array. What another process has sent may stand
 * in the middle of its `buffer`, as with Node's Buffer: heed `byteOffset`.
 */
export const bytes = callable(BytesClass, "bytes") as unknown as typeof BytesClass &
  ((source?: Source, encoding?: string, errors?: ErrorHandler) => BytesClass);
export type bytes = BytesClass;

/** Address space set aside for a bytearray; only what is used takes memory. */
const MAX_LENGTH = 2 ** 28;

// TypeScript's library of ES2023 does not know resizable buffers yet.
interface Resizable {
  resize(length: number): void;
}

function resizable(length: number): ArrayBuffer {
  const Buffer = ArrayBuffer as new (length: number, options: { maxByteLength: number }) => ArrayBuffer;
  return new Buffer(length, { maxByteLength: Math.max(MAX_LENGTH, length) });
}

class ByteArrayClass extends BytesText {
  static readonly __module__ = "builtins";

  constructor(source?: Source, encoding?: string, errors?: ErrorHandler);
  constructor(...view: View);
  constructor(...args: any[]) {
    const data = isView(args) ? undefined : octets(args[0], "bytearray", args[1], args[2]);
    super(...((data ? [resizable(data.length)] : args) as Parts));
    if (data) this.set(data);
  }

  static fromhex(text: string): bytearray {
    return bytearray(fromHex(text));
  }

  protected made(data: BytesLike): this {
    return bytearray(data) as this;
  }

  protected place(index: number): number {
    return indexOf(index, this.length, "bytearray");
  }

  #resize(length: number): void {
    if (length > MAX_LENGTH) throw MemoryError();
    (this.buffer as unknown as Resizable).resize(length);
  }

  #replace(start: number, end: number, data: BytesLike): void {
    const tail = Uint8Array.from(this.subarray(end));
    const fresh = Uint8Array.from(data);
    this.#resize(start + fresh.length + tail.length);
    this.set(fresh, start);
    this.set(tail, start + fresh.length);
  }

  append(byte: number): void {
    this.#replace(this.length, this.length, Uint8Array.of(checkByte(byte, "byte must be in range(0, 256)")));
  }

  extend(data: BytesLike | Iterable<number>): void {
    this.#replace(this.length, this.length, octets(data, "bytearray"));
  }

  insert(index: number, byte: number): void {
    const [start] = slice(index, null).indices(this.length);
    this.#replace(start, start, Uint8Array.of(checkByte(byte, "byte must be in range(0, 256)")));
  }

  /** Removes the first of these bytes. @throws ValueError if there is none */
  remove(byte: number): void {
    const place = this.indexOf(checkByte(byte, "byte must be in range(0, 256)"));
    if (place < 0) throw ValueError("value not found in bytearray");
    this.#replace(place, place + 1, new Uint8Array());
  }

  pop(index = -1): number {
    if (this.length === 0) throw IndexError("pop from empty bytearray");
    const place = indexOf(index, this.length, "bytearray", "pop index out of range");
    const byte = this[place]!;
    this.#replace(place, place + 1, new Uint8Array());
    return byte;
  }

  clear(): void {
    this.#resize(0);
  }

  copy(): this {
    return this.made(this);
  }

  __iadd__(data: BytesLike): this {
    this.extend(data);
    return this;
  }

  __setitem__(index: number | slice, value: number | BytesLike): void {
    if (!(index instanceof slice)) {
      this[this.place(index)] = checkByte(value, "byte must be in range(0, 256)");
      return;
    }
    const [start, stop, step] = index.indices(this.length);
    if (step !== 1) throw ValueError("a bytearray's slice is assigned with step 1 only");
    this.#replace(start, Math.max(start, stop), octets(value, "bytearray"));
  }

  __delitem__(index: number | slice): void {
    const place = index instanceof slice ? index : slice(this.place(index), this.place(index) + 1);
    this.__setitem__(place, new Uint8Array());
  }

  override __repr__(): string {
    // CPython escapes a single quote here even where the quotes are double.
    const text = super.__repr__();
    return `bytearray(${text.startsWith('b"') ? text.replaceAll("'", "\\'") : text})`;
  }
}

/** Python's bytearray: bytes that can be changed and grow, up to 256 MiB. */
export const bytearray = callable(ByteArrayClass, "bytearray") as unknown as typeof ByteArrayClass &
  ((source?: Source, encoding?: string, errors?: ErrorHandler) => ByteArrayClass);
export type bytearray = ByteArrayClass;

BytesText.bytes = bytes as never;
defineAll("builtins", { bytearray, bytes });
extendCodec(
  bytes,
  viewsOf("bytes", (buffer, offset, length) => new BytesClass(buffer, offset, length)),
);
extendCodec(bytearray, {
  ...viewsOf("bytearray", (...view) => bytearray(new Uint8Array(...view))),
  isMutable: true,
});
