// What can be copied of objects with identity, class by class: for the ways between processes (copying.ts).
import { errorTypeName } from "../builtins/classes";
import { TypeError } from "../exceptions";
import type { KeepsIdentity } from "./shared";

/** What a copy is of, in a message. */
export const enum Copied {
  List = 0,
  Dict = 1,
  Set = 2,
  FrozenSet = 3,
  /** An instance of a program's class. */
  Instance = 4,
  /** What `__reduce__` tells how to make. */
  Reduced = 5,
  Closure = 6,
  Cell = 7,
  Connection = 8,
  SharedMemory = 9,
  ShareableList = 10,
  /** A typed array, DataView or ArrayBuffer that threads share. */
  TypedArray = 11,
  /** An instance of a class of the library's. */
  Facade = 12,
  /** An iterator over what is there: by what it has not given yet. */
  Iterator = 13,
  /** What Python's zip, map and the like give. */
  Remade = 14,
}

/** On the prototype of what pickle refuses: gives its error, or nothing if this one can be copied. */
const REFUSAL = Symbol("refusal");

/**
 * Has instances of a class, and of its subclasses, refused with the error that `refuse` gives. Default: the one of what has no
 * more than a name.
 */
export function refuseCopies(
  constructor: Function,
  refuse: (value: any, spawning: boolean) => Error | undefined = (value) =>
    TypeError(`cannot pickle '${errorTypeName(value)}' object`),
): void {
  Object.defineProperty(constructor.prototype, REFUSAL, { value: refuse });
}

/** The error with which a value is refused that belongs to a class of which `refuseCopies` has been told. */
export function refusalOf(value: object, spawning: boolean): Error | undefined {
  const refuse = (value as { [REFUSAL]?: (value: object, spawning: boolean) => Error | undefined })[REFUSAL];
  return refuse?.(value, spawning);
}

/** Stands for a copy that can be made only when its parts are there. */
export class Box {
  made: object | undefined;
}

/** A part that goes as itself, and not as a copy: it is common to all processes. */
export class AsItself {
  constructor(readonly value: KeepsIdentity) {}
}

/** How a kind of object is copied. */
export interface Copy<T extends object = any> {
  copied: Copied;
  /** What is needed to make the copy before its parts, which may lead back to it. Default: nothing. */
  head?(value: T): unknown;
  make(head: any): T;
  /** All else that is in it. Default: nothing. */
  parts?(value: T): readonly unknown[];
  fill?(made: T, parts: any[]): void;
}

const byClass = new Map<Function, Copy>();
const byNumber: Copy[] = [];

export function defineCopy<T extends object>(copy: Copy<T>): void {
  byNumber[copy.copied] = copy;
}

/** Tells how instances of a class are copied. Subclasses are not included. */
export function copyInstances<T extends object>(constructor: Function, copy: Copy<T>): void {
  byClass.set(constructor, copy);
  defineCopy(copy);
}

export function copyOf(constructor: Function): Copy | undefined {
  return byClass.get(constructor);
}

export function copyNumbered(copied: Copied): Copy {
  return byNumber[copied]!;
}
