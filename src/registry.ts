// What is known under a name that is the same in every thread: functions and classes, and how instances that are data are
// copied. Every thread has its own copy of the code, so what crosses is a name. A leaf.
//
// Who defines something enters it here, in the same module: a bundler that leaves the module out, as nobody uses it, leaves
// its entry out too, and one that keeps it keeps both.
import { isClass, markBuiltin } from "./builtins/classes";

export interface Reference {
  /** A module of the program, as the port compiler numbers them, or one of the library's own. */
  module: string | number;
  name: string;
}

const byName = new Map<string, Function>();
const parameters = new WeakMap<Function, string[]>();
const references = new WeakMap<Function, Reference>();

/**
 * Makes a function or class known under a name that is the same in every thread, with the names of its parameters as far
 * as they are known.
 */
export function define(module: string | number, name: string, value: Function, names?: string[]): void {
  if (names) parameters.set(value, names);
  byName.set(`${module}:${name}`, value);
  if (!references.has(value)) references.set(value, { module, name });
}

/** Makes functions and classes of a library module known. A page's bundle has not kept the functions' names. */
export function defineAll(module: string, values: Record<string, Function>): void {
  for (const [name, value] of Object.entries(values)) {
    if (!isClass(value) && !references.has(value))
      Object.defineProperty(value, "name", { value: name, configurable: true });
    define(module, name, value);
  }
}

/** Makes functions known that Python has without an import. */
export function defineBuiltins(functions: Record<string, (...args: any[]) => unknown>): void {
  markBuiltin(...Object.values(functions));
  defineAll("builtins", functions);
}

export function referenceTo(value: Function): Reference | undefined {
  return references.get(value);
}

/** A function or class that this thread's copy of the code does not have, or not yet. */
export class UnknownReference extends Error {
  constructor(readonly reference: Reference) {
    super(`no function or class '${reference.name}' in this thread's copy of module ${reference.module}`);
  }
}

export function resolve(reference: Reference): Function {
  const value = byName.get(`${reference.module}:${reference.name}`);
  if (!value) throw new UnknownReference(reference);
  return value;
}

/** The names of a function's parameters, as far as they are known. */
export function parametersOf(value: Function): string[] | undefined {
  return parameters.get(value);
}

/** How a class of ours that is plain data crosses: as what `reduce` gives, from which `restore` makes it again. */
export interface Extension {
  name: string;
  /** Whether it can be written to, so that a copy would not tell what the other thread does to it. */
  isMutable?: boolean;
  reduce?(value: any): unknown;
  restore?(data: any): object;
  /** Instead of both for a class of plain bytes; see runtime/view_blocks.ts. */
  views?: Views;
}

/** How bytes of a class cross. */
export interface Views {
  /** Copies a value by itself into a block, whose reference the caller owns. */
  block(value: ArrayBufferView): number;
  /** A value with a copy of `size` bytes of kernel memory, from `start` on. */
  copy(start: number, size: number): object;
}

/** Makes the value of a block that holds bytes and nothing else, in a program that has such. */
export let valueOfViewBlock: ((start: number, size: number) => object) | undefined;

export function setViewBlocks(decode: typeof valueOfViewBlock): void {
  valueOfViewBlock = decode;
}

const extensions = new Map<Function | string, Extension>();

/** Teaches the codec a class whose instances are data. Subclasses are not included. */
export function extendCodec(constructor: Function, extension: Extension): void {
  extensions.set(constructor, extension);
  extensions.set(extension.name, extension);
}

/** What the codec was taught of a class, found by the class or by its name. */
export function extensionOf(key: Function | string): Extension | undefined {
  return extensions.get(key);
}

/** On a generator of the library's: gives, at this moment, a function that is defined here and the arguments that make another like it. */
export const REMADE = Symbol("remade");

export type Remade = () => [maker: Function, args: unknown[]];
