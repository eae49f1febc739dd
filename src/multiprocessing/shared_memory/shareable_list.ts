// ShareableList: a list of fixed length in a block of shared memory, laid out as CPython has it, in native byte order.
//
//   i64       number of items, N
//   i64 × N+1 where each item begins in the data area, and where that ends
//   data area a number, a bool or None in 8 bytes; text in UTF-8 and bytes in as many as were set aside, a multiple of 8
//   8 × N     each item's format, as the struct module writes it, filled up with zeros
//   N         what is made of the item: 0 number or bool, 1 str, 2 bytes, 3 None
import { signature } from "../../arguments";
import { bytes } from "../../builtins/bytes";
import { typeName } from "../../builtins/classes";
import { eq } from "../../builtins/compare";
import { list } from "../../builtins/list";
import { iterate } from "../../builtins/protocol";
import { repr } from "../../builtins/repr";
import { tupleOf } from "../../builtins/tuple";
import { type } from "../../builtins/types";
import { callable } from "../../callable";
import { AssertionError, Exception, IndexError, KeyError, TypeError, ValueError } from "../../exceptions";
import { defineAll } from "../../registry";
import { Box, Copied, copyInstances } from "../../runtime/copies";
import { Instance } from "../../runtime/instance";
import { SharedMemory } from "./shared_memory";

const ALIGNMENT = 8;
const LONGEST_FORMAT = 8;
const INT64 = 1n << 63n;

const enum Transform {
  None_ = 3,
  Bytes = 2,
  Str = 1,
  Same = 0,
}

type Item = string | Uint8Array | number | bigint | boolean | null;

const bindInit = signature<[sequence: Iterable<Item> | null, name: string | null]>(
  "ShareableList.__init__(sequence=None, *, name=None)",
);

/** Raised for a number that does not fit: CPython's struct.error. */
const StructError = callable(
  class extends Exception {
    static readonly __module__: string = "struct";
  },
  "error",
);

class ShareableListType extends Instance {
  static readonly __module__ = "multiprocessing.shared_memory";

  /** The block in which the list lies: `sl.shm.close()` gives it up, `sl.shm.unlink()` takes its name away. */
  declare shm: SharedMemory;
  declare _list_len: number;
  declare _allocated_offsets: readonly number[];

  constructor(sequence?: Iterable<unknown> | null | { name?: string | null }, options?: { name?: string | null });
  constructor(...args: unknown[]) {
    const [sequence, name] = bindInit(args);
    super();
    if (sequence === null && name !== null) this._attach(name);
    else this._make([...(iterate(sequence ?? []) as Iterable<Item>)], name);
  }

  _make(items: Item[], name: string | null): void {
    const formats = items.map(formatOf);
    if (formats.some((format) => format.length > LONGEST_FORMAT)) throw AssertionError();
    let end = 0;
    const offsets = [0, ...formats.map((format) => (end += sizeOf(format)))];
    for (const item of items) checkNumber(item);
    this._list_len = items.length;
    this._allocated_offsets = tupleOf(offsets);
    this.shm = new SharedMemory(name, true, (items.length + 2) * 8 + end + items.length * (LONGEST_FORMAT + 1));
    const view = viewOf(this);
    [items.length, ...offsets].forEach((number, i) => view.setBigInt64(i * 8, BigInt(number), true));
    items.forEach((item, i) => put(this, i, formats[i]!, item));
  }

  _attach(name: string): void {
    this.shm = new SharedMemory(name);
    this._list_len = this.__len__();
    const view = viewOf(this);
    const offsets = Array.from({ length: this._list_len + 1 }, (_, i) => Number(view.getBigInt64((i + 1) * 8, true)));
    this._allocated_offsets = tupleOf(offsets);
  }

  _get_packing_format(position: number): string {
    const at = position < 0 ? position + this._list_len : position;
    if (at >= this._list_len || at < 0) throw IndexError("Requested position out of range.");
    const from = packingAt(this) + at * LONGEST_FORMAT;
    return bytes(bufferOf(this).subarray(from, from + LONGEST_FORMAT))
      .rstrip(bytes("\0"))
      .decode();
  }

  __getitem__(position: number): Item {
    const at = placeOf(this, position, "index out of range");
    const transform = viewOf(this).getInt8(transformsAt(this) + at) as Transform;
    const format = this._get_packing_format(at);
    const from = dataAt(this) + this._allocated_offsets[at]!;
    switch (transform) {
      case Transform.None_:
        return null;
      case Transform.Same:
        return number(viewOf(this), from, format);
      default: {
        const data = bytes(bufferOf(this).subarray(from, from + sizeOf(format))).rstrip(bytes("\0"));
        return transform === Transform.Str ? data.decode() : data;
      }
    }
  }

  /** @throws ValueError if text or bytes are longer than what was set aside for the item when the list was made */
  __setitem__(position: number, value: Item): void {
    const at = placeOf(this, position, "assignment index out of range");
    if (typeof value !== "string" && !(value instanceof Uint8Array)) {
      const format = formatOf(value);
      checkNumber(value);
      put(this, at, format, value);
      return;
    }
    const [from, end] = [this._allocated_offsets[at]!, this._allocated_offsets[at + 1]!];
    if (encoded(value).length > end - from) throw ValueError("bytes/str item exceeds available storage");
    const current = this._get_packing_format(at);
    put(this, at, current.endsWith("s") ? current : `${end - from}s`, value);
  }

  __len__(): number {
    return Number(viewOf(this).getBigInt64(0, true));
  }

  get length(): number {
    return this.__len__();
  }

  *__iter__(): Generator<Item> {
    for (let i = 0; i < this._list_len; i++) yield this.__getitem__(i);
  }

  [Symbol.iterator](): Iterator<Item> {
    return this.__iter__();
  }

  __contains__(value: unknown): boolean {
    return this.count(value) > 0;
  }

  /** The formats of all items as they are now, in the struct module's notation. */
  get format(): string {
    return Array.from({ length: this._list_len }, (_, i) => this._get_packing_format(i)).join("");
  }

  /** How many items are equal to `value`. */
  count(value: unknown): number {
    return [...this.__iter__()].filter((item) => eq(value, item)).length;
  }

  /** The place of the first item equal to `value`. @throws ValueError if there is none */
  index(value: unknown): number {
    const found = [...this.__iter__()].findIndex((item) => eq(value, item));
    if (found < 0) throw ValueError(`${repr(value)} not in this container`);
    return found;
  }

  __repr__(): string {
    return `${typeName(this)}(${repr(list([...this.__iter__()]))}, name=${repr(this.shm.name)})`;
  }
}

function bufferOf({ shm }: ShareableListType): Uint8Array {
  const { buf } = shm;
  if (buf === null) throw TypeError("a bytes-like object is required, not 'NoneType'");
  return buf;
}

function viewOf(self: ShareableListType): DataView {
  const { buffer, byteOffset, byteLength } = bufferOf(self);
  return new DataView(buffer, byteOffset, byteLength);
}

function dataAt({ _list_len }: ShareableListType): number {
  return (_list_len + 2) * 8;
}

function packingAt(self: ShareableListType): number {
  return dataAt(self) + self._allocated_offsets[self._list_len]!;
}

function transformsAt(self: ShareableListType): number {
  return packingAt(self) + self._list_len * LONGEST_FORMAT;
}

/** Unlike CPython's, which reads past the list's beginning for a position just before it. */
function placeOf({ _list_len }: ShareableListType, position: number, text: string): number {
  if (typeof position !== "number" && typeof position !== "boolean") {
    throw TypeError(`'>=' not supported between instances of '${typeName(position)}' and 'int'`);
  }
  if (!Number.isInteger(Number(position))) throw TypeError("list indices must be integers or slices, not float");
  const at = position < 0 ? position + _list_len : Number(position);
  if (at < 0 || at >= _list_len) throw IndexError(text);
  return at;
}

/** The format with which an item is first stored. Room is set aside by the number of characters, as CPython does. */
function formatOf(item: Item): string {
  if (item === null) return "xxxxxx?x";
  if (typeof item === "boolean") return "xxxxxxx?";
  if (typeof item === "bigint") return "q";
  if (typeof item === "number") return Number.isInteger(item) ? "q" : "d";
  if (typeof item !== "string" && !(item instanceof Uint8Array)) throw KeyError(type(item));
  return `${ALIGNMENT * (Math.floor(item.length / ALIGNMENT) + 1)}s`;
}

function sizeOf(format: string): number {
  return format.endsWith("s") ? Number(format.slice(0, -1)) : ALIGNMENT;
}

function encoded(item: string | Uint8Array): Uint8Array {
  return typeof item === "string" ? bytes(item, "utf-8") : item;
}

function checkNumber(item: Item): void {
  if (typeof item !== "bigint" && !Number.isInteger(item)) return;
  const value = BigInt(item as number | bigint);
  if (value < -INT64 || value >= INT64) throw StructError("argument out of range");
}

function number(view: DataView, from: number, format: string): number | bigint | boolean {
  if (format === "d") return view.getFloat64(from, true);
  if (format === "xxxxxxx?") return view.getUint8(from + 7) !== 0;
  const value = view.getBigInt64(from, true);
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

/** Writes an item, its format and what is to be made of it. */
function put(self: ShareableListType, at: number, format: string, item: Item): void {
  const buffer = bufferOf(self);
  const view = viewOf(self);
  const letters = packingAt(self) + at * LONGEST_FORMAT;
  buffer.fill(0, letters, letters + LONGEST_FORMAT);
  buffer.set(bytes(format, "utf-8"), letters);
  const isText = typeof item === "string";
  const isBytes = item instanceof Uint8Array;
  const transform =
    item === null ? Transform.None_ : isText ? Transform.Str : isBytes ? Transform.Bytes : Transform.Same;
  view.setInt8(transformsAt(self) + at, transform);
  const from = dataAt(self) + self._allocated_offsets[at]!;
  if (isText || isBytes) {
    buffer.fill(0, from, from + sizeOf(format));
    buffer.set(encoded(item).subarray(0, sizeOf(format)), from);
  } else if (format === "q") view.setBigInt64(from, BigInt(item as number | bigint), true);
  else if (format === "d") view.setFloat64(from, item as number, true);
  else {
    buffer.fill(0, from, from + ALIGNMENT);
    view.setUint8(from + format.indexOf("?"), Number(item ?? false));
  }
}

/**
 * A list of fixed length that processes share: each item is a str, bytes, a number, a bool or None. Behaves as CPython's
 * `multiprocessing.shared_memory.ShareableList`; an integral float is stored as an int.
 */
export const ShareableList = callable(ShareableListType, "ShareableList");
export type ShareableList = ShareableListType;

// As pickle has it: whoever receives it attaches to the block by its name.
copyInstances<any>(ShareableList, {
  copied: Copied.ShareableList,
  parts: (sl: ShareableListType) => [sl.shm.name],
  make: () => new Box(),
  fill: (box: Box, [name]) => {
    box.made = new ShareableList(null, { name });
  },
});
defineAll("multiprocessing.shared_memory", { ShareableList });
