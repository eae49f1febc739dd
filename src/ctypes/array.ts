// ctypes' arrays: a class for each type of items and each length.
import { bytearray, bytes } from "../builtins/bytes";
import { method, typeName } from "../builtins/classes";
import { list } from "../builtins/list";
import { memoryview } from "../builtins/memoryview";
import { iterate } from "../builtins/protocol";
import { asIndex, slice } from "../builtins/slice";
import { callable } from "../callable";
import { AttributeError, IndexError, TypeError, ValueError } from "../exceptions";
import { bytes as memory } from "../kernel/kernel";
import { defineAll } from "../registry";
import { giveItemClass, itemClassAt, takesAttributes } from "../runtime/facade_attributes";
import { made } from "../runtime/made";
import { ARRAY, bytesOf, CData, type CType, defineFormat, isSimple } from "./data";
import { Format } from "./formats";
import { itemAt, storeAt } from "./items";

export class ArrayType extends CData {
  static override readonly __module__: string = "multiprocessing.sharedctypes";
  static readonly size: number;
  static readonly format: number;
  static readonly alignment: number;
  static readonly _type_: CType;
  static readonly _length_: number;

  /** An array type with so many of these arrays: `c_int * 3 * 2` in Python. */
  static __mul__(length: number): Function {
    // biome-ignore lint/complexity/noThisInStatic: the class that is asked, and not this one
    return times(this, length);
  }

  constructor(...items: unknown[]) {
    super();
    const { _length_ } = typeOf(this);
    if (items.length > _length_) throw IndexError("invalid index");
    for (let i = 0; i < items.length; i++) setAt(this, i, items[i]);
  }

  /** Of an array of what is not simple other threads must know the items' class. */
  protected override promote(): number {
    const { _type_ } = typeOf(this);
    const address = super.promote();
    if (!isSimple(_type_)) giveItemClass(address, _type_ as unknown as Function);
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
    if (!(index instanceof slice)) return itemAt(this, _type_, placeOf(this, index));
    const items = index.of(Array.from({ length: _length_ }, (_, i) => i)).map((i) => getAt(this, i));
    if (_type_.format === Format.Char) return bytes(items.map((item) => (item as Uint8Array)[0]!));
    return _type_.format === Format.WChar ? items.join("") : list(items);
  }

  /** @throws ValueError if a slice is given other than as many items as it has */
  __setitem__(index: number | slice, value: unknown): void {
    const { _type_ } = typeOf(this);
    if (!(index instanceof slice)) return storeAt(_type_, placeOf(this, index, "indices must be integer"), value);
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

function getAt(array: ArrayType, i: number): unknown {
  const { _type_ } = typeOf(array);
  return itemAt(array, _type_, bytesOf(array) + i * _type_.size);
}

function setAt(array: ArrayType, i: number, value: unknown): void {
  const { _type_ } = typeOf(array);
  storeAt(_type_, bytesOf(array) + i * _type_.size, value);
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

/** By the items' type, then by length. */
const known = new Map<CType, Map<number, typeof ArrayType>>();

/** What `type * length` gives: as everywhere in Python, the class belongs to the module that was the first to ask for it. */
export function times(type: CType, length: unknown): typeof ArrayType {
  if (typeof length === "number" && !Number.isInteger(length)) {
    throw TypeError("can't multiply sequence by non-int of type 'float'");
  }
  return arrayOf(type, asIndex(length), "__main__");
}

/** The class of arrays of `length` items of a type; always the same one. */
export function arrayOf(type: CType, length: number, module = "multiprocessing.sharedctypes"): typeof ArrayType {
  if (length < 0) throw ValueError(`Array length must be >= 0, not ${length}`);
  let byLength = known.get(type);
  if (!byLength) {
    byLength = new Map();
    known.set(type, byLength);
  }
  let cls = byLength.get(length);
  if (!cls) {
    cls = made(makeClass(type, length, module), arrayOf as never, [type, length, module]);
    byLength.set(length, cls);
  }
  return cls;
}

function makeClass(type: CType, length: number, module: string): typeof ArrayType {
  const name = `${(type as unknown as Function).name}_Array_${length}`;
  const cls = callable(
    class extends ArrayType {
      static override readonly __module__ = module;
      static override readonly size = type.size * length;
      static override readonly format = isSimple(type) ? type.format + ARRAY : ARRAY;
      static override readonly alignment = type.alignment;
      static override readonly _type_ = type;
      static override readonly _length_ = length;
    },
    name,
  ) as unknown as typeof ArrayType;
  takesAttributes(cls);
  return cls;
}

defineFormat(ARRAY, (bytes, address) => {
  const type = itemClassAt(address) as unknown as CType;
  return arrayOf(type, type.size === 0 ? 0 : bytes / type.size);
});
defineAll("ctypes", { arrayOf });
