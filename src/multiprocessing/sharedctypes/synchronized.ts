// Value and Array: objects of C's types with a lock, in a record that is common to all processes.
import { Kind } from "../../../assembly/status";
import { signature } from "../../arguments";
import { method, typeName } from "../../builtins/classes";
import { repr } from "../../builtins/repr";
import { slice } from "../../builtins/slice";
import { callable } from "../../callable";
import { ArrayType } from "../../ctypes/array";
import type { CData } from "../../ctypes/data";
import { Format } from "../../ctypes/formats";
import { SimpleType } from "../../ctypes/simple";
import { fieldsOf, Structure } from "../../ctypes/structure";
import { AssertionError, AttributeError } from "../../exceptions";
import { ints, kernel, me } from "../../kernel/kernel";
import { defineAll } from "../../registry";
import { commonClass, makeCommon } from "../../runtime/common";
import { takesAttributes } from "../../runtime/facade_attributes";
import { addressOf, KIND, Shared } from "../../runtime/shared";
import { allocated } from "../../runtime/wait";
import { read, slotAt, write } from "../../runtime/words";
import { Common } from "../common";
import { RLock } from "../synchronize/lock";

/** What a wrapper asks of its lock. */
export interface Lockable {
  acquire(...args: any[]): boolean;
  release(): void;
}

const OBJECT = Symbol("object");
const LOCK = Symbol("lock");
const STATE = Symbol("state");

/** Offsets of a thread's id and of a lock's owner; see assembly/thread.ts and mutex.ts. */
const THREAD_ID = 16;
const MUTEX_STATE = 16;

abstract class SynchronizedBase<T extends CData = CData> extends Shared<[object: T, lock: Lockable]> {
  static readonly __module__ = "multiprocessing.sharedctypes";

  declare [OBJECT]: T | undefined;
  declare [LOCK]: Lockable | undefined;
  declare [STATE]: number | undefined;

  get [KIND](): Kind {
    return Kind.Record;
  }

  constructor(obj: T, lock: Lockable = RLock()) {
    super([obj, lock]);
    this[OBJECT] = obj;
    this[LOCK] = lock;
  }

  protected promote([obj, lock]: [T, Lockable]): number {
    const address = makeCommon(allocated(kernel.record_new(Kind.Record, 2)), Common.Synchronized);
    write(wordOf(address, 0), obj, "Value");
    write(wordOf(address, 1), lock, "Value's lock");
    return address;
  }

  /** The object itself, without the lock. */
  get_obj(): T {
    this[OBJECT] ??= read(wordOf(addressOf(this), 0)) as T;
    return this[OBJECT];
  }

  get_lock(): any {
    return lockOf(this);
  }

  acquire(...args: unknown[]): boolean {
    return lockOf(this).acquire(...args);
  }

  release(): void {
    lockOf(this).release();
  }

  __enter__(): boolean {
    return lockOf(this).acquire();
  }

  __exit__(): void {
    lockOf(this).release();
  }

  __repr__(): string {
    return `<${typeName(this)} wrapper for ${repr(this.get_obj())}>`;
  }
}

function wordOf(address: number, index: number): number {
  return slotAt((kernel.record_words(address) >>> 0) + index * 8);
}

function lockOf(wrapper: SynchronizedBase): Lockable {
  wrapper[LOCK] ??= read(wordOf(addressOf(wrapper), 1)) as Lockable;
  return wrapper[LOCK];
}

/** Index in `ints` of the state of a lock that knows its owner; 0 for any other. */
function stateOf(wrapper: SynchronizedBase): number {
  const known = wrapper[STATE];
  if (known !== undefined) return known;
  const lock = lockOf(wrapper);
  const state = lock instanceof RLock ? (addressOf(lock) + MUTEX_STATE) >>> 2 : 0;
  wrapper[STATE] = state;
  return state;
}

/** Takes the lock for one access; not if this thread holds it anyway. Gives back whether it is to be released. */
function enter(wrapper: SynchronizedBase): boolean {
  const state = stateOf(wrapper);
  if (state !== 0 && ints[state]! >> 1 === ints[(me + THREAD_ID) >>> 2]) return false;
  lockOf(wrapper).acquire();
  return true;
}

function locked<R>(wrapper: SynchronizedBase, body: () => R): R {
  const taken = enter(wrapper);
  try {
    return body();
  } finally {
    if (taken) lockOf(wrapper).release();
  }
}

class SynchronizedType extends SynchronizedBase<SimpleType> {
  /** Read and written with the lock held. `v.value += 1` is two such steps: take the lock around it. */
  get value(): any {
    const taken = enter(this);
    try {
      return this.get_obj().value;
    } finally {
      if (taken) lockOf(this).release();
    }
  }

  set value(value: unknown) {
    const taken = enter(this);
    try {
      this.get_obj().value = value;
    } finally {
      if (taken) lockOf(this).release();
    }
  }
}

class SynchronizedArrayType extends SynchronizedBase<ArrayType> {
  get length(): number {
    return this.get_obj().length;
  }

  __len__(): number {
    return this.get_obj().length;
  }

  /** The item at an index, or a list of a slice's items, read with the lock held. Errors as an array's. */
  __getitem__(index: number | slice): any {
    const taken = enter(this);
    try {
      return this.get_obj().__getitem__(index);
    } finally {
      if (taken) lockOf(this).release();
    }
  }

  __setitem__(index: number | slice, value: unknown): void {
    const taken = enter(this);
    try {
      this.get_obj().__setitem__(index, value);
    } finally {
      if (taken) lockOf(this).release();
    }
  }

  __getslice__(start: number, stop: number): any {
    return this.__getitem__(slice(start, stop));
  }

  /** The items one by one, each read with the lock held. */
  *[Symbol.iterator](): Generator<any> {
    for (let i = 0; i < this.length; i++) yield this.__getitem__(i);
  }
}

class SynchronizedStringType extends SynchronizedArrayType {
  get value(): any {
    return locked(this, () => this.get_obj().value);
  }

  set value(value: unknown) {
    locked(this, () => {
      this.get_obj().value = value;
    });
  }

  get raw(): any {
    return locked(this, () => this.get_obj().raw);
  }

  set raw(value: unknown) {
    locked(this, () => {
      this.get_obj().raw = value;
    });
  }
}

/** A number or character with a lock: what `Value` gives. */
export const Synchronized = callable(SynchronizedType, "Synchronized");
export type Synchronized = SynchronizedType;
/** An array with a lock: what `Array` gives. */
export const SynchronizedArray = callable(SynchronizedArrayType, "SynchronizedArray");
export type SynchronizedArray = SynchronizedArrayType;
/** An array of c_char with a lock. */
export const SynchronizedString = callable(SynchronizedStringType, "SynchronizedString");
export type SynchronizedString = SynchronizedStringType;

type WrapperClass = new (obj: any, lock?: Lockable) => SynchronizedBase;

const ofStructures = new Map<Function, WrapperClass>();

/** The wrapper's class for a structure: it has the structure's fields. */
function classOfStructure(type: Function): WrapperClass {
  const known = ofStructures.get(type);
  if (known) return known;
  const cls = callable(class extends SynchronizedBase {}, `Synchronized${type.name}`) as unknown as WrapperClass;
  for (const name of fieldsOf(type as never)) {
    Object.defineProperty(cls.prototype, name, {
      get(this: SynchronizedBase) {
        return locked(this, () => (this.get_obj() as any)[name]);
      },
      set(this: SynchronizedBase, value: unknown) {
        locked(this, () => {
          (this.get_obj() as any)[name] = value;
        });
      },
    });
  }
  takesAttributes(cls);
  ofStructures.set(type, cls);
  return cls;
}

function wrapperOf(obj: CData): WrapperClass {
  if (obj instanceof SimpleType) return Synchronized;
  if (obj instanceof ArrayType) {
    const isText = (obj.constructor as typeof ArrayType)._type_.format === Format.Char;
    return isText ? SynchronizedString : SynchronizedArray;
  }
  if (obj instanceof Structure) return classOfStructure(obj.constructor);
  if ((obj as unknown) instanceof SynchronizedBase) throw AssertionError("object already synchronized");
  throw AttributeError(`type object '${typeName(obj)}' has no attribute '_fields_'`);
}

const bindSynchronized = signature<[obj: CData, lock: Lockable | null]>("synchronized(obj, lock=None, ctx=None)");

/** Wraps an object of a C type with a lock; by default a new RLock. */
export function synchronized(obj: CData, lock?: Lockable | null | { lock?: Lockable | null }): any;
export function synchronized(...args: unknown[]): any {
  const [obj, lock] = bindSynchronized(args);
  return new (wrapperOf(obj))(obj, lock ?? undefined);
}

/** What `lock` of Value and Array asks for: the object itself, or wrapped. */
export function withLock(obj: CData, lock: unknown): any {
  if (lock === false) return obj;
  if (lock !== true && lock !== null && !method(lock, "acquire")) {
    throw AttributeError(`${repr(lock)} has no method 'acquire'`);
  }
  return synchronized(obj, lock === true ? null : (lock as Lockable | null));
}

export { SynchronizedBase };

takesAttributes(Synchronized, SynchronizedArray, SynchronizedString);
commonClass(SynchronizedBase, Common.Synchronized, (address) => {
  const obj = read(wordOf(address, 0)) as CData;
  return Shared.revive(wrapperOf(obj), address);
});
defineAll("multiprocessing.sharedctypes", { Synchronized, SynchronizedArray, SynchronizedString, synchronized });
