// memoryview, and what becomes of one that is released.
import { callable } from "../callable";
import { TypeError, ValueError } from "../exceptions";
import { defineAll } from "../registry";
import { placeOf } from "../runtime/raw_bytes";
import { bytes, isView, type Parts, type View } from "./bytes";
import { type BytesLike, checkByte } from "./bytes_base";
import { typeName } from "./classes";
import { newList } from "./list";
import { reprAddress } from "./repr";
import { indexOf, slice } from "./slice";
import { type tuple, tupleOf } from "./tuple";

function wholeOf(source: unknown): View {
  if (source instanceof Uint8Array) return placeOf(source);
  throw TypeError(`memoryview: a bytes-like object is required, not '${typeName(source)}'`);
}

function keepSource<M extends object>(view: M, obj: unknown): M {
  return Object.defineProperty(view, "obj", { value: obj, configurable: true });
}

function viewPlace(index: number, length: number): number {
  return indexOf(index, length, "memoryview", "index out of bounds on dimension 1");
}

class MemoryViewClass extends Uint8Array {
  static readonly __module__ = "builtins";

  /** What it is a view of, which lives as long. */
  declare readonly obj: unknown;

  constructor(source: BytesLike);
  constructor(...view: View);
  constructor(...args: any[]) {
    super(...((isView(args) ? args : wholeOf(args[0])) as Parts));
    if (!isView(args)) keepSource(this, args[0]);
  }

  get nbytes(): number {
    return this.length;
  }

  get readonly(): boolean {
    return this.obj instanceof bytes;
  }

  get format(): string {
    return "B";
  }

  get itemsize(): number {
    return 1;
  }

  get ndim(): number {
    return 1;
  }

  get shape(): tuple<number> {
    return tupleOf([this.length]);
  }

  tobytes(): bytes {
    return bytes(this);
  }

  hex(separator = ""): string {
    return bytes(this).hex(separator);
  }

  tolist(): number[] {
    return newList([...this]);
  }

  /** Whoever uses it from then on gets ValueError; its slices can still be used. */
  release(): void {
    delete (this as { obj?: unknown }).obj;
    Object.setPrototypeOf(this, releasedOf(Object.getPrototypeOf(this)));
  }

  __enter__(): this {
    return this;
  }

  __exit__(): void {
    this.release();
  }

  __len__(): number {
    return this.length;
  }

  /** A slice is a view of the same memory. */
  __getitem__(index: number): number;
  __getitem__(index: slice): memoryview;
  __getitem__(index: number | slice): number | memoryview {
    if (!(index instanceof slice)) return this[viewPlace(index, this.length)]!;
    const [start, stop, step] = index.indices(this.length);
    if (step !== 1) throw ValueError("a memoryview is sliced with step 1 only");
    return keepSource(this.subarray(start, Math.max(start, stop)) as memoryview, this.obj);
  }

  __setitem__(index: number | slice, value: number | BytesLike): void {
    if (this.readonly) throw TypeError("cannot modify read-only memory");
    if (!(index instanceof slice)) {
      const at = viewPlace(index, this.length);
      if (typeof value !== "number" && typeof value !== "boolean") {
        throw TypeError("memoryview: invalid type for format 'B'");
      }
      this[at] = checkByte(value, "memoryview: invalid value for format 'B'");
      return;
    }
    const place = this.__getitem__(index);
    if (!(value instanceof Uint8Array)) throw TypeError(`a bytes-like object is required, not '${typeName(value)}'`);
    const data = value;
    if (data.length !== place.length) {
      throw ValueError("memoryview assignment: lvalue and rvalue have different structures");
    }
    place.set(data);
  }

  __repr__(): string {
    return `<memory at ${reprAddress(this)}>`;
  }
}

/** Python's memoryview of bytes: shares their memory, also in its slices. */
export const memoryview = callable(MemoryViewClass, "memoryview") as unknown as typeof MemoryViewClass &
  ((source: BytesLike) => MemoryViewClass);
export type memoryview = MemoryViewClass;

/** What a released view still has of its class. */
const LEFT: ReadonlySet<string | symbol> = new Set(["constructor", "__exit__", Symbol.toStringTag]);

const prototypes = new WeakMap<object, object>();

/**
 * The prototype of those with this one that are released: whatever they had raises. (Brackets in plain JavaScript still read
 * items: they ask no prototype.)
 */
function releasedOf(prototype: object): object {
  const known = prototypes.get(prototype);
  if (known) return known;
  const made = Object.create(prototype, {
    obj: { get: refuse },
    // What brackets of a port ask for first.
    $items: { get: refuse },
    release: { value() {} },
    __eq__: { value: () => false },
    __repr__: { value: reprReleased },
    toString: { value: reprReleased },
  });
  for (let from = prototype; from !== Object.prototype; from = Object.getPrototypeOf(from)) {
    for (const name of Reflect.ownKeys(from)) {
      if (LEFT.has(name) || Object.hasOwn(made, name)) continue;
      const isMethod = Object.getOwnPropertyDescriptor(from, name)!.get === undefined;
      Object.defineProperty(made, name, isMethod ? { value: refuse } : { get: refuse });
    }
  }
  prototypes.set(prototype, made);
  return made;
}

function refuse(): never {
  throw ValueError("operation forbidden on released memoryview object");
}

function reprReleased(this: object): string {
  return `<released memory at ${reprAddress(this)}>`;
}

defineAll("builtins", { memoryview });
