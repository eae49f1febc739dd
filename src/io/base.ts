// What all files have in common: lines, iteration, `with`, and Python's refusals.
//
// A file that several threads know is locked while one of them moves in it.
import { typeName } from "../builtins/classes";
import { type list, newList } from "../builtins/list";
import { object } from "../builtins/object";
import { callable } from "../callable";
import { OSError, StopIteration, TypeError, ValueError } from "../exceptions";
import { defineAll } from "../registry";
import { tableOf } from "../runtime/shared";
import { Lock } from "../threading/lock";

class UnsupportedOperationType extends OSError {
  static readonly __module__ = "io";
}

/** What a file raises for what it cannot do, such as reading where it was opened for writing. */
export const UnsupportedOperation = callable(UnsupportedOperationType, "UnsupportedOperation");
export type UnsupportedOperation = UnsupportedOperationType;

defineAll("io", { UnsupportedOperation });

/** Text, or bytes. */
export type Data = string | Uint8Array;

export abstract class FileBase<D extends Data> extends object {
  declare closed: boolean;
  declare _lock: Lock;

  constructor() {
    super();
    this._begin();
  }

  _begin(): void {
    this.closed = false;
    this._lock = Lock();
  }

  /** Up to `size` characters or bytes from where the file stands, all for -1. */
  abstract _read(size: number): D;
  /** The next line with its end, but not more than `size` of it. */
  abstract _readline(size: number): D;
  abstract _write(data: D): number;

  /** Calls what must not mix with what other threads do to the file. */
  _alone<R>(act: () => R): R {
    this._demandOpen();
    if (tableOf(this) === 0) return act();
    this._lock.acquire();
    try {
      return act();
    } finally {
      this._lock.release();
    }
  }

  _demandOpen(text = "I/O operation on closed file."): void {
    if (this.closed) throw ValueError(text);
  }

  readable(): boolean {
    this._demandOpen();
    return true;
  }

  writable(): boolean {
    this._demandOpen();
    return true;
  }

  seekable(): boolean {
    this._demandOpen();
    return true;
  }

  read(size: number | null = -1): D {
    return this._alone(() => this._read(wholeSize(size)));
  }

  readline(size: number | null = -1): D {
    return this._alone(() => this._readline(wholeSize(size)));
  }

  readlines(hint: number | null = -1): list<D> {
    const lines: D[] = [];
    let length = 0;
    for (let line = this.readline(); line.length > 0; line = this.readline()) {
      lines.push(line);
      length += line.length;
      if (hint !== null && hint > 0 && length >= hint) break;
    }
    return newList(lines) as unknown as list<D>;
  }

  /** Gives back how much was written: all of it. */
  write(data: D): number {
    return this._alone(() => this._write(data));
  }

  writelines(lines: Iterable<D>): void {
    for (const line of lines) this.write(line);
  }

  /** Nothing to do: what is written is written at once. */
  flush(): void {
    this._demandOpen();
  }

  isatty(): boolean {
    this._demandOpen();
    return false;
  }

  fileno(): number {
    throw UnsupportedOperation("fileno");
  }

  close(): void {
    this.closed = true;
  }

  __enter__(): this {
    this._demandOpen("I/O operation on closed file.");
    return this;
  }

  __exit__(..._details: unknown[]): void {
    this.close();
  }

  __next__(): D {
    const line = this.readline();
    if (line.length === 0) throw StopIteration();
    return line;
  }

  __iter__(): Iterator<D> {
    return this[Symbol.iterator]();
  }

  *[Symbol.iterator](): Generator<D> {
    for (let line = this.readline(); line.length > 0; line = this.readline()) yield line;
  }
}

function wholeSize(size: unknown): number {
  if (size === null || size === undefined) return -1;
  if (typeof size !== "number") throw TypeError(`argument should be integer or None, not '${typeName(size)}'`);
  return size;
}

/** Where a file stands after `seek(offset, whence)`. */
export function sought(offset: number, whence: number, here: number, end: () => number): number {
  if (whence === 0) return offset;
  if (whence === 1) return here + offset;
  if (whence === 2) return end() + offset;
  throw ValueError(`invalid whence (${whence}, should be 0, 1 or 2)`);
}
