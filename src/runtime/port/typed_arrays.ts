// Typed arrays, DataViews and ArrayBuffers that threads share: views of a piece of kernel memory, and what stands for it.
//
// What a port makes by `new Float64Array(…)` and the like is born there, unless the compiler sees that it never leaves its
// function: so there is no other memory that a write could go to. An array from elsewhere that is bound to a variable is moved
// there, and what else reaches its old memory finds that empty: reads give undefined, but JavaScript lets a write pass.
// (Items are JavaScript's own: numbers without Python's errors where the compiler sees the class, else with them.)
//
//   buffer   a Value of one word, its size, and the bytes
//   view     a Value of four words: number of the class, offset in the buffer, length, the buffer
import { Kind, Tag } from "../../../assembly/status";
import { TypeError, ValueError } from "../../exceptions";
import { bytes, ints, kernel, reach, view as words } from "../../kernel/kernel";
import { VIEWS } from "../codec";
import { Copied, copyInstances } from "../copies";
import { rawBytes } from "../raw_bytes";
import { collectFacades, countBytes, facade, type KeepsIdentity, KIND, knownAddress, reviveKind, tie } from "../shared";
import { allocated } from "../wait";
import { setArraySharer } from "./variables";

/** Kinds of handles that the kernel itself knows as values. */
const VIEW = 0x102 as Kind;
const BUFFER = 0x103 as Kind;

const CONTENTS = 24;
const BYTES = CONTENTS + 8;
const enum Word {
  Class,
  Offset,
  Length,
  Buffer,
}
const VIEW_WORDS = 4;

type View = ArrayBufferView<ArrayBufferLike> & { length?: number };
type ViewClass = { new (...args: any[]): View; readonly BYTES_PER_ELEMENT?: number; readonly prototype: object };
type Class = ViewClass | ArrayBufferConstructor;

const at = (address: number, word: number): number => (address + CONTENTS + word * 8) >>> 3;
const sizeOf = ({ BYTES_PER_ELEMENT }: ViewClass): number => BYTES_PER_ELEMENT ?? 1;

/** `new cls(…args)` in a port, for what may reach other threads. */
export function newArray(cls: Class, ...args: any[]): unknown {
  const [source, offset, length] = args;
  if (isShared(source) && isBuffer(source)) {
    if (cls !== (ArrayBuffer as unknown)) return viewOf(cls as ViewClass, knownAddress(source), offset, length);
  } else if (isForeignBuffer(source)) return new (cls as ViewClass)(...args);
  const isSize = Number.isInteger(source) && source >= 0;
  if (cls === ArrayBuffer) {
    return isSize && args.length === 1 ? facade(BUFFER, newBuffer(source)) : new (cls as any)(...args);
  }
  if (!isSize) return move(new (cls as ViewClass)(...args));
  return newView(cls as ViewClass, newBuffer(source * sizeOf(cls as ViewClass)), 0, source);
}

/** As newArray, for what stays with its function: of what was shared already it is a view like any other. */
export function localArray(cls: ViewClass, ...args: any[]): unknown {
  return typeof args[0] === "object" && isShared(args[0]) ? newArray(cls, ...args) : new cls(...args);
}

/** An array that one of JavaScript's own methods has made, in kernel memory; all else as it is. */
function shareArray(value: object): object {
  return isMovable(value) ? move(value) : value;
}

/** Called by ports in which there can be typed arrays: others do without this file. */
export function useTypedArrays(): void {
  setArraySharer(shareArray);
}

/** Whether a value is an array that can be moved: one of JavaScript's own classes, over memory that is no other worker's. */
function isMovable(value: object): value is View {
  if (!ArrayBuffer.isView(value) || !VIEWS.includes(value.constructor as never)) return false;
  return !isShared(value) && value.buffer instanceof ArrayBuffer;
}

/** Moves an array to kernel memory, and gives back the view that all threads have of it. */
function move(array: View): KeepsIdentity {
  const buffer = newBuffer(array.byteLength);
  bytes.set(rawBytes(array), buffer + BYTES);
  const { length = array.byteLength, constructor } = array;
  const moved = newView(constructor as ViewClass, buffer, 0, length);
  empty(array.buffer as ArrayBuffer);
  return moved;
}

function empty(buffer: ArrayBuffer): void {
  try {
    structuredClone(buffer, { transfer: [buffer] });
  } catch {
    // Buffers of the host's own pools cannot be taken from it.
  }
}

function isShared(value: unknown): value is KeepsIdentity {
  return typeof value === "object" && value !== null && knownAddress(value as KeepsIdentity) !== 0;
}

const isBuffer = (value: object): boolean => (value as { [KIND]?: Kind })[KIND] === BUFFER;

function isForeignBuffer(value: unknown): boolean {
  return (
    value instanceof ArrayBuffer || (typeof SharedArrayBuffer === "function" && value instanceof SharedArrayBuffer)
  );
}

/** A buffer of zeros, with a reference for the caller. */
function newBuffer(size: number): number {
  let found = kernel.value_new(Kind.Value, 1, size);
  if (found === 0) {
    collectFacades();
    found = kernel.value_new(Kind.Value, 1, size);
  }
  const address = allocated(found);
  reach(address + BYTES + size);
  words[at(address, 0)] = size;
  bytes.fill(0, address + BYTES, address + BYTES + size);
  return address;
}

const bufferSize = (address: number): number => words[at(address, 0)]!;

/** A view of a buffer, whose reference it takes over. */
function newView(cls: ViewClass, buffer: number, offset: number, length: number): KeepsIdentity {
  const address = kernel.value_new(Kind.Value, VIEW_WORDS, 0) >>> 0;
  if (address === 0) kernel.object_release(buffer);
  allocated(address);
  reach(address + BYTES + VIEW_WORDS * 8);
  words[at(address, Word.Class)] = VIEWS.indexOf(cls as never);
  words[at(address, Word.Offset)] = offset;
  words[at(address, Word.Length)] = length;
  ints[at(address, Word.Buffer) * 2] = buffer;
  ints[at(address, Word.Buffer) * 2 + 1] = (Tag.Object << 16) | BUFFER;
  return viewAt(address);
}

/** As JavaScript makes a view of an ArrayBuffer. */
function viewOf(cls: ViewClass, buffer: number, from: unknown, count: unknown): KeepsIdentity {
  const all = bufferSize(buffer);
  const size = sizeOf(cls);
  const offset = Number(from ?? 0);
  const length = count === undefined ? (all - offset) / size : Number(count);
  const isRight = Number.isInteger(offset / size) && offset >= 0 && Number.isInteger(length) && length >= 0;
  if (!isRight || offset + length * size > all) {
    throw ValueError(
      `a ${cls.name} of ${length} items from byte ${offset} on is not a part of a buffer of ${all} bytes, or not aligned`,
    );
  }
  kernel.object_retain(buffer);
  return newView(cls, buffer, offset, length);
}

function viewAt(address: number): KeepsIdentity {
  reach(address + BYTES + VIEW_WORDS * 8);
  const cls = VIEWS[words[at(address, Word.Class)]!] as ViewClass;
  const length = words[at(address, Word.Length)]!;
  const start = bufferOf(address) + BYTES + words[at(address, Word.Offset)]!;
  reach(start + length * sizeOf(cls));
  const made = new cls(bytes.buffer, start, length) as unknown as KeepsIdentity;
  Object.setPrototypeOf(made, sharedPrototype(cls));
  tie(made, address);
  countBytes(bufferSize(bufferOf(address)));
  return made;
}

const bufferOf = (address: number): number => ints[at(address, Word.Buffer) * 2]! >>> 0;

const prototypes = new Map<ViewClass, object>();

/** What views of a class have besides: their memory is not all that of the program. */
function sharedPrototype(cls: ViewClass): object {
  const known = prototypes.get(cls);
  if (known) return known;
  const prototype = Object.create(cls.prototype, {
    [KIND]: { value: VIEW },
    buffer: {
      get(this: KeepsIdentity) {
        const buffer = bufferOf(knownAddress(this));
        kernel.object_retain(buffer);
        return facade(BUFFER, buffer);
      },
    },
    byteOffset: {
      get(this: KeepsIdentity) {
        return words[at(knownAddress(this), Word.Offset)]!;
      },
    },
    subarray: {
      value: function subarray(this: KeepsIdentity & { length: number }, begin = 0, end = this.length) {
        const address = knownAddress(this);
        const [from, to] = [placeIn(this.length, begin), placeIn(this.length, end)];
        const offset = words[at(address, Word.Offset)]! + from * sizeOf(cls);
        const buffer = bufferOf(address);
        kernel.object_retain(buffer);
        return newView(cls, buffer, offset, Math.max(0, to - from));
      },
    },
  });
  prototypes.set(cls, prototype);
  return prototype;
}

/** An index as JavaScript's slices take it. */
function placeIn(length: number, index: number): number {
  const whole = Math.trunc(Number(index)) || 0;
  return whole < 0 ? Math.max(0, length + whole) : Math.min(whole, length);
}

/** What stands for an ArrayBuffer in kernel memory, which no ArrayBuffer can be a part of. */
const bufferPrototype = Object.create(ArrayBuffer.prototype, {
  [KIND]: { value: BUFFER },
  byteLength: {
    get(this: KeepsIdentity) {
      return bufferSize(knownAddress(this));
    },
  },
  maxByteLength: {
    get(this: ArrayBuffer) {
      return this.byteLength;
    },
  },
  resizable: { value: false },
  detached: { value: false },
  slice: {
    value: function slice(this: KeepsIdentity & ArrayBuffer, begin = 0, end = this.byteLength) {
      const [from, to] = [placeIn(this.byteLength, begin), placeIn(this.byteLength, end)];
      const size = Math.max(0, to - from);
      const made = newBuffer(size);
      const start = knownAddress(this) + BYTES + from;
      bytes.copyWithin(made + BYTES, start, start + size);
      return facade(BUFFER, made);
    },
  },
  // JavaScript's own constructors would take it for an object without items.
  [Symbol.iterator]: {
    get(): never {
      throw TypeError(
        "an ArrayBuffer that threads share can only be seen through arrays that the port makes: `new Uint8Array(buffer)`",
      );
    },
  },
}) as object;

reviveKind(VIEW, viewAt);
reviveKind(BUFFER, (address) => {
  reach(address + BYTES);
  reach(address + BYTES + bufferSize(address));
  const made = Object.create(bufferPrototype) as KeepsIdentity;
  tie(made, address);
  return made;
});

// In another process they are others.
for (const cls of VIEWS) {
  copyInstances<any>(cls, {
    copied: Copied.TypedArray,
    head: (value: KeepsIdentity & View) => {
      const start = knownAddress(value) + BYTES;
      return isBuffer(value)
        ? [VIEWS.indexOf(ArrayBuffer), bytes.slice(start, start + value.byteLength)]
        : [VIEWS.indexOf(value.constructor as never), rawBytes(value).slice()];
    },
    make: ([number, raw]: [number, Uint8Array]) => {
      const buffer = newBuffer(raw.length);
      bytes.set(raw, buffer + BYTES);
      const made = VIEWS[number]!;
      if (made === ArrayBuffer) return facade(BUFFER, buffer);
      return newView(made as ViewClass, buffer, 0, raw.length / sizeOf(made as ViewClass));
    },
  });
}
