// Class attributes, which all threads of the process share.
//
// A `static` field of a module's class is a slot of the module, reached through an accessor of the class; that of a class
// made in a function is a cell, which crosses with the class. What else is assigned to a class, `C.late = 1`, or to a
// subclass in place of its base's, is kept beside what is assigned to modules (module_object.ts), under the class's name:
// a Proxy behind the classes of ports catches such names.

import { setClassDeleter } from "../../builtins/class_deleter";
import { isNative } from "../../builtins/classes";
import { me, view } from "../../kernel/kernel";
import { referenceTo } from "../../registry";
import { adopt } from "../adopt";
import { assign, assigned, unassign } from "../module_object";
import { isAttached, moduleChanges } from "../process";
import { UNSET, unset } from "../words";
import { type Cell, emptyCell, optionalCell, valueIn } from "./cells";
import { readVariable, writeVariable } from "./variables";

/** The cells of the class attributes of classes made in functions. */
const cells = new WeakMap<Function, Map<string, Cell>>();

/** Whether a class is being made anew in another thread, whose class attributes are there already. */
export let reviving = false;

/** Makes `cls.name` an attribute that is kept in `slot()`, which is another in each process, or in a cell if that is null. */
export function classAttribute(cls: Function, slot: (() => number) | null, name: string): void {
  const place = slot === null ? cellFor(cls, name) : slotFor(cls, slot, name);
  const get = function (this: unknown) {
    if (this !== cls && moduleChanges() !== 0) {
      const own = nearest(this, cls, name);
      if (own !== UNSET) return own;
    }
    const value = place.get();
    // What nobody has set, or what was deleted, is the base's.
    return value === undefined ? Reflect.get(Object.getPrototypeOf(cls), name, this) : value;
  };
  places.set(get, place);
  Object.defineProperty(cls, name, {
    get,
    set(value) {
      if (this === cls) place.set(value);
      else define(this, name, value);
    },
    enumerable: true,
    configurable: true,
  });
}

interface Place {
  /** Undefined if there is no value. */
  get(): unknown;
  set(value: unknown): void;
  unset(): void;
}

/** The places of class attributes, by their getters. */
const places = new WeakMap<Function, Place>();

function placeOf(cls: Function, name: string): Place | undefined {
  const { get } = Object.getOwnPropertyDescriptor(cls, name) ?? {};
  return get && places.get(get);
}

/** Whether a class and its bases have places for an attribute, and nothing in them. */
export function isUnset(cls: Function, name: string): boolean {
  let found = false;
  for (let level = cls; typeof level === "function"; level = Object.getPrototypeOf(level)) {
    if (!Object.hasOwn(level, name)) continue;
    if (placeOf(level, name)?.get() !== undefined || !placeOf(level, name)) return false;
    found = true;
  }
  return found;
}

/** Deletes a class's own attribute, for all threads. False if it has none. */
function deleteFrom(cls: Function, name: string): boolean {
  const place = placeOf(cls, name);
  if (place) {
    const isThere = place.get() !== undefined;
    place.unset();
    return isThere;
  }
  if (Object.hasOwn(cls, name)) return Reflect.deleteProperty(cls, name);
  const path = pathOf(cls, name);
  if (path === undefined || assigned<unknown>(path, UNSET) === UNSET) return false;
  unassign(path);
  return true;
}

setClassDeleter(deleteFrom);

function slotFor(cls: Function, slot: () => number, name: string): Place {
  return {
    get() {
      const value = view[slot()]!;
      return value === value ? value : readVariable(slot(), `${cls.name}.${name}`, true);
    },
    set: (value) => writeVariable(slot(), value, `${cls.name}.${name}`),
    unset: () => unset(slot()),
  };
}

function cellFor(cls: Function, name: string): Place {
  let ofClass = cells.get(cls);
  if (!ofClass) {
    ofClass = new Map();
    cells.set(cls, ofClass);
  }
  const own = ofClass;
  own.set(name, optionalCell());
  return {
    get: () => valueIn(own.get(name)!),
    set(value) {
      own.get(name)!.v = value ?? null;
    },
    unset: () => emptyCell(own.get(name)!),
  };
}

/** The cells of a class that crosses, by the names of the attributes. */
export function classCells(cls: Function): ReadonlyMap<string, Cell> | undefined {
  return cells.get(cls);
}

/** Makes a class that has crossed, with the cells of its attributes. */
export function reviveClass(make: () => Function, found: Map<string, Cell>): Function {
  const outer = reviving;
  reviving = true;
  try {
    const cls = make();
    const own = cells.get(cls);
    for (const [name, cell] of found) own?.set(name, cell);
    return cls;
  } finally {
    reviving = outer;
  }
}

/** What was assigned to `cls`, or the nearest of its bases below `end`. */
function nearest(cls: unknown, end: Function | undefined, name: string): unknown {
  // A carrier that still loads the program runs no thread, and has no mailbox.
  if (me === 0 && isAttached()) return UNSET;
  for (let level = cls; typeof level === "function" && level !== end; level = Object.getPrototypeOf(level)) {
    const path = pathOf(level, name);
    const value = path === undefined ? UNSET : assigned<unknown>(path, UNSET);
    if (value !== UNSET) return value;
  }
  return UNSET;
}

/** Under what an attribute of a class is kept; undefined for a class that is not a module's of the program. */
function pathOf(cls: Function, name: string): string | undefined {
  const reference = referenceTo(cls);
  return typeof reference?.module === "number" ? `${reference.module}:${reference.name}.${name}` : undefined;
}

function define(cls: Function, name: string, value: unknown): void {
  const path = pathOf(cls, name);
  if (path === undefined)
    Object.defineProperty(cls, name, { value, writable: true, enumerable: true, configurable: true });
  else assign(path, adopt(value) ?? null);
}

const catcher = new Proxy(Function.prototype, {
  get(target, key, receiver) {
    if (typeof key === "symbol" || key in target || moduleChanges() === 0) return Reflect.get(target, key, receiver);
    const found = nearest(receiver, undefined, key);
    return found === UNSET ? undefined : found;
  },
  set(target, key, value, receiver) {
    if (typeof key === "symbol" || key in target) return Reflect.set(target, key, value, receiver);
    define(receiver, key, value);
    return true;
  },
});

/** Lets a module's class take new attributes, unless it is derived from one of JavaScript's own. */
export function openClass(cls: Function): void {
  let root = cls;
  while (Object.hasOwn(Object.getPrototypeOf(root), "prototype")) root = Object.getPrototypeOf(root);
  if (Object.getPrototypeOf(root) !== Function.prototype || isNative(root)) return;
  Object.setPrototypeOf(root, catcher);
  if (Object.hasOwn(root, Symbol.hasInstance)) return;
  // `instanceof` looks this up, and would ask the Proxy.
  Object.defineProperty(root, Symbol.hasInstance, { value: Function.prototype[Symbol.hasInstance] });
}

/**
 * Tells what a new class has and what it extends of it: `__set_name__` of its attributes, then `__init_subclass__` of the class
 * above, as a class method. Called once for each class, in the thread that makes it.
 */
export function classMade(cls: any): void {
  for (const name of Object.getOwnPropertyNames(cls)) {
    if (name === "prototype" || name === "length" || name === "name") continue;
    const value = Object.getOwnPropertyDescriptor(cls, name)?.get?.call(cls);
    if (typeof value === "object" && value !== null && typeof value.__set_name__ === "function") {
      value.__set_name__(cls, name);
    }
  }
  const above = Object.getPrototypeOf(cls);
  if (typeof above.__init_subclass__ === "function") above.__init_subclass__.call(cls);
}
