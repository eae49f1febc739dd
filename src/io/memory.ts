// io.StringIO and io.BytesIO: files in memory.
//
// What is written at the end is put into a list, so that threads that print to one file need no lock; whatever else is done
// joins the list first.
import { signature } from "../arguments";
import { bytes } from "../builtins/bytes";
import { typeName } from "../builtins/classes";
import { type list, newList } from "../builtins/list";
import { callable } from "../callable";
import { OSError, TypeError, ValueError } from "../exceptions";
import { defineAll } from "../registry";
import { type Data, FileBase, sought } from "./base";

abstract class MemoryFile<D extends Data> extends FileBase<D> {
  declare _parts: list<D>;
  /** Where it stands; None at the end. */
  declare _at: number | null;

  constructor(initial: D) {
    super();
    this._parts = newList(initial.length > 0 ? [initial] : []) as unknown as list<D>;
    this._at = initial.length > 0 ? 0 : null;
  }

  abstract _join(parts: D[]): D;
  abstract _slice(data: D, from: number, to?: number): D;
  /** What fills the gap where is written beyond the end. */
  abstract _gap(length: number): D;
  abstract _check(data: unknown): D;

  _whole(): D {
    const parts = [...this._parts];
    if (parts.length === 1) return parts[0] as D;
    return this._join(parts as D[]);
  }

  _replace(whole: D, at: number): void {
    this._parts = newList(whole.length > 0 ? [whole] : []) as unknown as list<D>;
    this._at = at === whole.length ? null : at;
  }

  /** What pickle takes of it: all that is in it, and where it stands. */
  __getstate__(): unknown[] {
    return [this.getvalue(), this.tell()];
  }

  __setstate__([whole, at]: [D, number]): void {
    this._begin();
    this._replace(whole, at);
  }

  getvalue(): D {
    this._demandOpen();
    return this._whole();
  }

  override write(data: D): number {
    const checked = this._check(data);
    if (this._at !== null || this.closed) return super.write(checked);
    this._parts.append(checked);
    return checked.length;
  }

  _write(data: D): number {
    const whole = this._whole();
    const at = this._at ?? whole.length;
    const before = at > whole.length ? [whole, this._gap(at - whole.length)] : [this._slice(whole, 0, at)];
    this._replace(this._join([...before, data, this._slice(whole, at + data.length)]), at + data.length);
    return data.length;
  }

  _read(size: number): D {
    const whole = this._whole();
    const at = this._at ?? whole.length;
    const end = size < 0 ? whole.length : Math.min(whole.length, at + size);
    this._at = end >= whole.length ? null : end;
    return this._slice(whole, at, Math.max(at, end));
  }

  abstract _lineEnd(whole: D, from: number): number;

  _readline(size: number): D {
    const whole = this._whole();
    const at = this._at ?? whole.length;
    const found = this._lineEnd(whole, at);
    const length = (found < 0 ? whole.length : found + 1) - at;
    return this._read(Math.max(0, size < 0 ? length : Math.min(size, length)));
  }

  tell(): number {
    return this._alone(() => this._at ?? this._whole().length);
  }

  seek(offset: number, whence = 0): number {
    return this._alone(() => {
      const { length } = this._whole();
      const at = this._sought(offset, whence, length);
      this._at = at === length ? null : at;
      return at;
    });
  }

  _sought(offset: number, whence: number, length: number): number {
    return sought(offset, whence, this._at ?? length, () => length);
  }

  /** Cuts it off: here, or at a size. */
  truncate(size: number | null = null): number {
    return this._alone(() => {
      const whole = this._whole();
      const at = this._at ?? whole.length;
      const end = size ?? at;
      if (end < 0) throw ValueError(`negative size value ${end}`);
      if (end < whole.length) this._replace(this._slice(whole, 0, end), at);
      return end;
    });
  }
}

const bindText = signature<[initial: string | null, newline: string | null]>(
  "StringIO.__init__(initial_value='', newline='\\n')",
);

class StringIOType extends MemoryFile<string> {
  static readonly __module__ = "_io";

  constructor(initial_value?: string | null, newline?: string | null);
  constructor(...args: unknown[]) {
    const [initial] = bindText(args);
    if (initial !== null && typeof initial !== "string") {
      throw TypeError(`initial_value must be str or None, not ${typeName(initial)}`);
    }
    super(initial ?? "");
  }

  override _demandOpen(text = "I/O operation on closed file"): void {
    super._demandOpen(text);
  }

  _join(parts: string[]): string {
    return parts.join("");
  }

  _slice(text: string, from: number, to?: number): string {
    return text.slice(from, to);
  }

  _gap(length: number): string {
    return "\0".repeat(length);
  }

  _check(text: unknown): string {
    if (typeof text === "string") return text;
    throw TypeError(`string argument expected, got '${typeName(text)}'`);
  }

  _lineEnd(whole: string, from: number): number {
    return whole.indexOf("\n", from);
  }

  override _sought(offset: number, whence: number, length: number): number {
    if (whence < 0 || whence > 2) throw ValueError(`Invalid whence (${whence}, should be 0, 1 or 2)`);
    if (whence === 0 && offset < 0) throw ValueError(`Negative seek position ${offset}`);
    if (whence !== 0 && offset !== 0) throw OSError("Can't do nonzero cur-relative seeks");
    return super._sought(offset, whence, length);
  }
}

/** A file of text in memory; `getvalue()` gives all that is in it. */
export const StringIO = callable(StringIOType, "StringIO");
export type StringIO = StringIOType;

const bindBytes = signature<[initial: Uint8Array | null]>("BytesIO.__init__(initial_bytes=b'')");
const NEWLINE = 10;

class BytesIOType extends MemoryFile<bytes> {
  static readonly __module__ = "_io";

  constructor(initial_bytes?: Uint8Array | null);
  constructor(...args: unknown[]) {
    const [initial] = bindBytes(args);
    super(bytes((initial ?? []) as never));
  }

  _join(parts: Uint8Array[]): bytes {
    const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return bytes(whole);
  }

  _slice(data: bytes, from: number, to?: number): bytes {
    return bytes(new Uint8Array(data).subarray(from, to));
  }

  _gap(length: number): bytes {
    return bytes(length);
  }

  _check(data: unknown): bytes {
    if (ArrayBuffer.isView(data)) return bytes(data as never);
    throw TypeError(`a bytes-like object is required, not '${typeName(data)}'`);
  }

  _lineEnd(whole: bytes, from: number): number {
    return new Uint8Array(whole).indexOf(NEWLINE, from);
  }

  override _sought(offset: number, whence: number, length: number): number {
    if (whence === 0 && offset < 0) throw ValueError(`negative seek value ${offset}`);
    return Math.max(0, super._sought(offset, whence, length));
  }
}

/** A file of bytes in memory; `getvalue()` gives all that is in it. */
export const BytesIO = callable(BytesIOType, "BytesIO");
export type BytesIO = BytesIOType;

defineAll("io", { StringIO, BytesIO });
