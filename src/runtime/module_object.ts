// Python's modules as objects whose attributes a program may assign: `threading.excepthook = f`.
//
// What is assigned lives in one attribute table of the process, under "module.name", so that all threads see it. As long
// as no thread has assigned anything, and that is nearly always, an attribute is the library's own at the cost of one
// comparison.

import { Singleton, Status, Tag } from "../../assembly/status";
import { AttributeError } from "../exceptions";
import { kernel, me } from "../kernel/kernel";
import { knownNumber, numberOf } from "./names";
import { countModuleChange, isAttached, moduleChanges, processObject } from "./process";
import { ProcessWord } from "./process_words";
import { statusError } from "./wait";
import { FOREIGN, foreignOwner, post, postForeign, postHalves, take, UNSET } from "./words";

export type Assignable<M> = { -readonly [K in keyof M]: M[K] };

export interface ModuleObjectOptions {
  /** Attributes that may hold what other threads cannot reach; these see the library's own value then. */
  perThread?: readonly string[];
}

/** Values that only this worker's thread `owner` can reach, by "module.name". */
const kept = new Map<string, { owner: number; value: unknown }>();
/** What was assigned where there is no program: the library was loaded in the host's own thread. */
const unattached = new Map<string, { value: unknown; options: ModuleObjectOptions }>();

/**
 * Makes a module's object from what it exports. Each export can be assigned, and so can any other name; what is assigned
 * is seen by all threads of the process.
 *
 * @throws TypeError at the assignment, if the value cannot be shared
 * @throws AttributeError at the reading of a name that the module does not have
 */
export function moduleObject<M extends object>(
  name: string,
  exports: M,
  options: ModuleObjectOptions = {},
): Assignable<M> {
  const prototype = Object.create(catcher(name, options));
  for (const key of Object.keys(exports)) {
    const own = Object.getOwnPropertyDescriptor(exports, key);
    const path = `${name}.${key}`;
    /** Number of assignments, to whatever, up to which it is known that this attribute was not among them. */
    let unassigned = 0;
    Object.defineProperty(prototype, key, {
      get: () => {
        const value = exports[key as keyof M];
        const changes = moduleChanges();
        // A carrier that still loads the program runs no thread, and has no mailbox.
        if (changes === unassigned || (isAttached() && me === 0)) return value;
        const found = assigned<unknown>(path, UNSET);
        if (found !== UNSET) return found;
        unassigned = changes;
        return value;
      },
      // An export that knows how to be assigned is left alone.
      set: own?.set ? (value) => own.set!.call(exports, value) : (value) => assign(path, value, options),
      enumerable: true,
      configurable: true,
    });
  }
  return Object.create(prototype) as Assignable<M>;
}

/** The library has become a part of a program: what was assigned before holds for all its threads. */
export function assignAll(): void {
  for (const [path, { value, options }] of unattached) assign(path, value, options);
  unattached.clear();
}

/** What a thread of the program has assigned to `path`, or else `otherwise`. */
export function assigned<T>(path: string, otherwise: T): T {
  if (!isAttached()) return unattached.has(path) ? (unattached.get(path)!.value as T) : otherwise;
  const number = knownNumber(path);
  if (number < 0) return otherwise;
  if (kernel.attributes_get(processObject(ProcessWord.Modules), number, me) !== Status.Ok) return otherwise;
  const value = take();
  if (value === UNSET) return otherwise;
  if (value !== FOREIGN) return value as T;
  const mine = kept.get(path);
  return mine?.owner === foreignOwner && foreignOwner === kernel.thread_id(me) ? (mine.value as T) : otherwise;
}

/** Assigns `path` for all threads of the process. */
export function assign(path: string, value: unknown, options: ModuleObjectOptions = {}): void {
  if (!isAttached()) {
    unattached.set(path, { value, options });
    countModuleChange();
    return;
  }
  // Numbered first: that needs the mailbox.
  const number = numberOf(path);
  try {
    post(value, path);
  } catch (error) {
    if (!options.perThread?.includes(path.slice(path.lastIndexOf(".") + 1))) throw error;
    kept.set(path, { owner: kernel.thread_id(me), value });
    postForeign();
  }
  const status = kernel.attributes_set(processObject(ProcessWord.Modules), number, me);
  if (status !== Status.Ok) throw statusError(status);
  countModuleChange();
}

/** Takes back what was assigned to `path`. */
export function unassign(path: string): void {
  countModuleChange();
  if (!isAttached()) return void unattached.delete(path);
  const number = numberOf(path);
  postHalves((Tag.Singleton << 16) | Singleton.Unset, 0);
  kernel.attributes_set(processObject(ProcessWord.Modules), number, me);
}

/** Stands behind a module's own names. */
function catcher(name: string, options: ModuleObjectOptions): object {
  return new Proxy(Object.create(null), {
    get(_, key) {
      if (key === Symbol.toStringTag) return "Module";
      if (typeof key === "symbol" || key === "then" || key === "toJSON" || key === "constructor") return undefined;
      if (key === "__name__") return name;
      const value = assigned<unknown>(`${name}.${key}`, UNSET);
      if (value !== UNSET) return value;
      // JavaScript and the builtins ask any object for its special methods.
      if (key.startsWith("__")) return undefined;
      throw AttributeError(`module '${name}' has no attribute '${key}'`);
    },
    set(_, key, value) {
      assign(`${name}.${String(key)}`, value, options);
      return true;
    },
    has: (_, key) => typeof key === "string" && assigned<unknown>(`${name}.${key}`, UNSET) !== UNSET,
  });
}
