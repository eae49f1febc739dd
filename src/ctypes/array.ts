// ctypes' arrays: a class for each type of items and each length.
import { bytearray, bytes } from "../builtins/bytes";
import { method, typeName } from "../builtins/classes";
import { list } from "../builtins/list";
import { memoryview } from "../builtins/memoryview";
import { iterate } from "../builtins/protocol";
import { slice } from "../builtins/slice";
import { callable } from "../callable";
import { AttributeError, IndexError, TypeError, ValueError } from "../exceptions";
import { bytes as memory } from "../kernel/kernel";
import { giveItemClass, takesAttributes } from "../runtime/facade_attributes";
import { addressOf } from "../runtime/shared";
import { ARRAY, bytesOf, CData, type CType, partOf, STRUCTURE } from "./data";
import { Format, readAt, writeAt } from "./formats";

export class ArrayType extends CData {
  static override readonly __module__: string = "multiprocessing.sharedctypes";
  static readonly size: number;
  static readonly format: number;
  static readonly _type_: CType;
  static readonly _length_: number;

  constructor(...items: unknown[]) {
    super();
    const { _length_ } = typeOf(this);
    if (items.length > _length_) throw IndexError("invalid index");
    for (let i = 0; i < items.length; i++) setAt(this, i, items[i]);
  }

  /** Of an array of structures other threads must know the items' class. */
  protected override promote(): number {
    const { _type_ } = typeOf(this);
    const address = super.promote();
    if (_type_.format === STRUCTURE) giveItemClass(address, _type_ as unknown as Function);
    return address;
  }

  get length(): number {
    return typeOf(this)._length_;
  }

  __len__(): number {
    return typeOf(this)._length_;
  }

  /**
   * The item at an index, counted from the end if negative; of a slice a list, of characters' bytes or a string.
   *
   * @throws IndexError if there is none
   */
  __getitem__(index: number | slice): any {
    const { _type_, _length_ } = typeOf(this);
    if (!(index instanceof slice)) return itemAt(this, placeOf(this, index));
    const items = index.of(Array.from({ length: _length_ }, (_, i) => i)).map((i) => getAt(this, i));
    if (_type_.format === Format.Char) return bytes(items.map((item) => (item as Uint8Array)[0]!));
    return _type_.format === Format.WChar ? items.join("") : list(items);
  }

  /** @throws ValueError if a slice is given other than as many items as it has */
  __setitem__(index: number | slice, value: unknown): void {
    if (!(index instanceof slice)) return storeAt(this, placeOf(this, index, "indices must be integer"), value);
    const places = index.of(Array.from({ length: this.length }, (_, i) => i));
    const values = isSized(value) ? [...iterate(value)] : undefined;
    if (values?.length !== places.length) throw ValueError("Can only assign sequence of same size");
    places.forEach((place, i) => setAt(this, place, values[i]));
  }

  __delitem__(_index: number | slice): never {
    throw TypeError("Array does not support item deletion");
  }

  *[Symbol.iterator](): Generator<any> {
    for (let i = 0; i < this.length; i++) yield getAt(this, i);
  }

  /** Of an array of c_char its bytes up to the first zero, of c_wchar its string likewise. */
  get value(): any {
    const { format } = typeOf(this)._type_;
    if (format === Format.WChar) return [...this].join("").split("\0")[0]!;
    const raw = rawOf(this, "value");
    const end = raw.indexOf(0);
    return bytes(end < 0 ? raw : raw.subarray(0, end));
  }

  set value(value: unknown) {
    const { format } = typeOf(this)._type_;
    if (format === Format.WChar) {
      if (typeof value !== "string") throw TypeError(`unicode string expected instead of ${typeName(value)} instance`);
      const characters = [...value];
      if (characters.length > this.length) throw ValueError("string too long");
      characters.forEach((character, i) => setAt(this, i, character));
      if (characters.length < this.length) setAt(this, characters.length, "\0");
      return;
    }
    const raw = rawOf(this, "value");
    if (!(value instanceof Uint8Array) || value instanceof bytearray || value instanceof memoryview)
      throw TypeError(`bytes expected instead of ${typeName(value)} instance`);
    if (value.length > raw.length) throw ValueError("byte string too long");
    raw.set(value);
    if (value.length < raw.length) raw[value.length] = 0;
  }

  /** All bytes of an array of c_char. */
  get raw(): bytes {
    return bytes(new Uint8Array(rawOf(this, "raw")));
  }

  set raw(value: unknown) {
    const raw = rawOf(this, "raw");
    if (!(value instanceof Uint8Array)) throw TypeError(`a bytes-like object is required, not '${typeName(value)}'`);
    if (value.length > raw.length) throw ValueError("byte string too long");
    raw.set(value);
  }

  __repr__(): string {
    const at = addressOf(this).toString(16).padStart(12, "0");
    return `<multiprocessing.sharedctypes.${typeName(this)} object at 0x${at}>`;
  }
}

function typeOf(array: ArrayType): typeof ArrayType {
  return array.constructor as typeof ArrayType;
}

function isSized(x: unknown): boolean {
  return typeof x === "string" || x instanceof Uint8Array || Array.isArray(x) || method(x, "__len__") !== undefined;
}

function placeOf(array: ArrayType, index: unknown, refusal = "indices must be integers"): number {
  if (typeof index === "bigint") throw IndexError("cannot fit 'int' into an index-sized integer");
  if (typeof index !== "number" && typeof index !== "boolean") throw TypeError(refusal);
  const { _type_, _length_ } = typeOf(array);
  const place = Number(index) < 0 ? Number(index) + _length_ : Number(index);
  if (!(place >= 0 && place < _length_)) throw IndexError("invalid index");
  return bytesOf(array) + place * _type_.size;
}

/** The item at an address: a value, or where the type is a structure an object that lies in the array. */
function itemAt(array: ArrayType, place: number): unknown {
  const { _type_ } = typeOf(array);
  return _type_.format === STRUCTURE ? partOf(array, _type_, place) : readAt(_type_.format, place);
}

function storeAt(array: ArrayType, place: number, value: unknown): void {
  const { _type_ } = typeOf(array);
  if (_type_.format !== STRUCTURE) return writeAt(_type_.format, place, value);
  const isTuple = Array.isArray(value) || value instanceof list;
  const item = isTuple ? new _type_(...(value as Iterable<unknown>)) : value;
  if (!(item instanceof _type_)) {
    const { name } = _type_ as unknown as Function;
    if (!(item instanceof CData)) throw TypeError(`expected ${name} instance, got ${typeName(item)}`);
    throw TypeError(`incompatible types, ${typeName(item)} instance instead of ${name} instance`);
  }
  const from = bytesOf(item);
  memory.copyWithin(place, from, from + _type_.size);
}

function getAt(array: ArrayType, i: number): unknown {
  const { _type_ } = typeOf(array);
  return itemAt(array, bytesOf(array) + i * _type_.size);
}

function setAt(array: ArrayType, i: number, value: unknown): void {
  const { _type_ } = typeOf(array);
  storeAt(array, bytesOf(array) + i * _type_.size, value);
}

/** The bytes of an array of c_char, in place. */
function rawOf(array: ArrayType, name: string): Uint8Array {
  const { _type_, size } = typeOf(array);
  if (_type_.format !== Format.Char) {
    throw AttributeError(`'${typeName(array)}' object has no attribute '${name}'`, { obj: array });
  }
  const first = bytesOf(array);
  return memory.subarray(first, first + size);
}

const made = new Map<CType, Map<number, typeof ArrayType>>();

/** The class of arrays of `length` items of a simple type; always the same one. */
export function arrayOf(type: CType, length: number): typeof ArrayType {
  if (length < 0) throw ValueError(`Array length must be >= 0, not ${length}`);
  let byLength = made.get(type);
  if (!byLength) {
    byLength = new Map();
    made.set(type, byLength);
  }
  let cls = byLength.get(length);
  if (!cls) {
    cls = makeClass(type, length);
    byLength.set(length, cls);
  }
  return cls;
}

function makeClass(type: CType, length: number): typeof ArrayType {
  const name = `${(type as unknown as Function).name}_Array_${length}`;
  const cls = callable(
    class extends ArrayType {
      static override readonly __module__ = "multiprocessing.sharedctypes";
      static override readonly size = type.size * length;
      static override readonly format = type.format + ARRAY;
      static override readonly _type_ = type;
      static override readonly _length_ = length;
    },
    name,
  ) as unknown as typeof ArrayType;
  takesAttributes(cls);
  return cls;
}
