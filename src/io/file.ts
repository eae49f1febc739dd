// Files of the host. A file has no buffer: each call reads or writes at the place that it keeps, so that threads share it.
import { bytes } from "../builtins/bytes";
import { typeName } from "../builtins/classes";
import { repr } from "../builtins/repr";
import { decode, encode } from "../builtins/text_codecs";
import { TypeError, ValueError } from "../exceptions";
import { refuseCopies } from "../runtime/copies";
import { calling, system } from "../runtime/system";
import { type Data, FileBase, sought, UnsupportedOperation } from "./base";

const { files } = system;
const PIECE = 8192;
const NEWLINE = 10;

export interface Opened {
  fd: number;
  name: unknown;
  mode: string;
  encoding: string;
  errors: string;
  newline: string | null;
  closefd: boolean;
}

abstract class HostFile<D extends Data> extends FileBase<D> {
  declare name: unknown;
  declare mode: string;
  declare _fd: number;
  declare _at: number;
  declare _closefd: boolean;

  constructor({ fd, name, mode, closefd }: Opened) {
    super();
    this.name = name;
    this.mode = mode;
    this._fd = fd;
    this._closefd = closefd;
    this._at = mode.includes("a") ? this._size() : 0;
  }

  _size(): number {
    return calling(() => files.status(this._fd, true)).size;
  }

  override readable(): boolean {
    this._demandOpen();
    return /[r+]/.test(this.mode);
  }

  override writable(): boolean {
    this._demandOpen();
    return /[wax+]/.test(this.mode);
  }

  override fileno(): number {
    this._demandOpen();
    return this._fd;
  }

  override close(): void {
    if (this.closed) return;
    this.closed = true;
    if (this._closefd) calling(() => files.close(this._fd));
  }

  /** Bytes from where the file stands, without moving it; fewer only at the end. */
  _peek(size: number): Uint8Array {
    if (!this.readable()) throw UnsupportedOperation(this._isText() ? "not readable" : "read");
    const wanted = size < 0 ? Math.max(0, this._size() - this._at) : size;
    const into = new Uint8Array(wanted);
    let done = 0;
    while (done < wanted) {
      const count = calling(() => files.read(this._fd, into.subarray(done), this._at + done));
      if (count === 0) break;
      done += count;
    }
    return into.subarray(0, done);
  }

  /** The bytes of the next line, with its end. */
  _peekLine(): Uint8Array {
    for (let size = PIECE; ; size *= 4) {
      const data = this._peek(size);
      const end = data.indexOf(NEWLINE);
      if (end >= 0) return data.subarray(0, end + 1);
      if (data.length < size) return data;
    }
  }

  _put(data: Uint8Array): void {
    if (!this.writable()) throw UnsupportedOperation(this._isText() ? "not writable" : "write");
    const isAppending = this.mode.includes("a");
    for (let done = 0; done < data.length; ) {
      const place = isAppending ? null : this._at + done;
      done += calling(() => files.write(this._fd, data.subarray(done), place));
    }
    this._at = isAppending ? this._size() : this._at + data.length;
  }

  abstract _isText(): boolean;

  tell(): number {
    this._demandOpen();
    return this._at;
  }

  seek(offset: number, whence = 0): number {
    return this._alone(() => {
      const at = this._sought(offset, whence);
      this._at = at;
      return at;
    });
  }

  _sought(offset: number, whence: number): number {
    const at = sought(offset, whence, this._at, () => this._size());
    if (at < 0) throw ValueError(`negative seek position ${at}`);
    return at;
  }

  truncate(size: number | null = null): number {
    return this._alone(() => {
      if (!this.writable()) throw UnsupportedOperation("truncate");
      const end = size ?? this._at;
      calling(() => files.truncate(this._fd, end));
      return end;
    });
  }
}

export class BinaryFile extends HostFile<bytes> {
  static readonly __module__ = "_io";

  _isText(): boolean {
    return false;
  }

  override read(size: number | null = -1): bytes {
    this._demandOpen("read of closed file");
    return super.read(size);
  }

  override readline(size: number | null = -1): bytes {
    this._demandOpen("readline of closed file");
    return super.readline(size);
  }

  override write(data: bytes): number {
    this._demandOpen("write to closed file");
    return super.write(data);
  }

  _taken(data: Uint8Array): bytes {
    this._at += data.length;
    return bytes(data);
  }

  _read(size: number): bytes {
    return this._taken(this._peek(size));
  }

  _readline(size: number): bytes {
    const line = this._peekLine();
    return this._taken(size < 0 ? line : line.subarray(0, size));
  }

  readinto(into: Uint8Array): number {
    const data = this.read(into.length);
    into.set(data);
    return data.length;
  }

  _write(data: bytes): number {
    if (!ArrayBuffer.isView(data)) throw TypeError(`a bytes-like object is required, not '${typeName(data)}'`);
    this._put(new Uint8Array(data));
    return data.length;
  }

  __repr__(): string {
    const kind = this.mode.includes("+") ? "Random" : this.mode.startsWith("r") ? "Reader" : "Writer";
    return `<_io.Buffered${kind} name=${repr(this.name)}>`;
  }
}

export class TextFile extends HostFile<string> {
  static readonly __module__ = "_io";
  declare encoding: string;
  declare errors: string;
  declare _newline: string | null;

  constructor(opened: Opened) {
    super(opened);
    this.encoding = opened.encoding;
    this.errors = opened.errors;
    this._newline = opened.newline;
  }

  _isText(): boolean {
    return true;
  }

  /** The text of bytes, past which the file moves. */
  _taken(data: Uint8Array): string {
    const text = decode(data, this.encoding, this.errors);
    this._at += data.length;
    return this._newline === null ? text.replace(/\r\n?/g, "\n") : text;
  }

  _read(size: number): string {
    if (size < 0) return this._taken(this._peek(-1));
    // A character takes up to four bytes; those that are too many are given back.
    const whole = decode(withoutRest(this._peek(size * 4), this.encoding), this.encoding, this.errors);
    return this._taken(encode([...whole].slice(0, size).join(""), this.encoding, this.errors));
  }

  _readline(size: number): string {
    const line = this._peekLine();
    if (size < 0) return this._taken(line);
    const characters = [...decode(line, this.encoding, this.errors)].slice(0, size);
    return this._taken(encode(characters.join(""), this.encoding, this.errors));
  }

  _write(text: string): number {
    if (typeof text !== "string") throw TypeError(`write() argument must be str, not ${typeName(text)}`);
    const written = this._newline === "\r\n" || this._newline === "\r" ? text.replace(/\n/g, this._newline) : text;
    this._put(encode(written, this.encoding, this.errors));
    return text.length;
  }

  override _sought(offset: number, whence: number): number {
    if (whence === 1 && offset !== 0) throw UnsupportedOperation("can't do nonzero cur-relative seeks");
    if (whence === 2 && offset !== 0) throw UnsupportedOperation("can't do nonzero end-relative seeks");
    return super._sought(offset, whence);
  }

  __repr__(): string {
    return `<_io.TextIOWrapper name=${repr(this.name)} mode=${repr(this.mode)} encoding=${repr(this.encoding)}>`;
  }
}

refuseCopies(BinaryFile, (file) => TypeError(`cannot pickle '${repr(file).split(" ", 1)[0]!.slice(1)}' object`));
refuseCopies(TextFile);

/** UTF-8 without a character at its end of which a part is missing. */
function withoutRest(data: Uint8Array, encoding: string): Uint8Array {
  if (!/^utf-?8$/i.test(encoding)) return data;
  for (let back = 1; back <= 3 && back <= data.length; back++) {
    const byte = data[data.length - back]!;
    if (byte < 0x80) return data;
    if (byte < 0xc0) continue;
    const size = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return size > back ? data.subarray(0, data.length - back) : data;
  }
  return data;
}
