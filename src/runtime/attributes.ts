// Attributes of instances that threads share.
//
// A local instance is an ordinary object with ordinary properties. When it is shared, its properties move into kernel
// memory and its prototype is swapped for its class's shared one, which has an accessor for every attribute name met so
// far and a copy of every method; behind that stands a Proxy that catches the first use of any other name and adds its
// accessor. An attribute's cell never moves, and instances of a class have theirs at the same place, mostly: so reading
// or writing a number takes a few loads and stores, and never a trap.
import { Kind } from "../../assembly/status";
import { TypeError } from "../exceptions";
import { ints, kernel, view } from "../kernel/kernel";
import { adopt } from "./adopt";
import { keepForeign, readForeign, staysHome } from "./foreign";
import { countNames, knownNumber, nameOf, numberOf } from "./names";
import { KIND, NO_ITEMS, stampTable, tableOf } from "./shared";
import { allocated } from "./wait";
import { FOREIGN, read, slotAt, UNSET, unset, write, writeForeign } from "./words";

// Offsets in an instance; see assembly/attributes.ts.
const CLASS = 16;
const CAPACITY = 24;
const CELLS = 32;
const CELL_SIZE = 16;
/** Cells beyond those that are in use when an instance is shared. */
const SPARE = 2;

/** A new table with room for the instance's own properties; an instance of kind Instance is its own table. */
export function newAttributes(kind: Kind, instance: object): number {
  return allocated(kernel.attributes_new(kind, Object.keys(instance).length + SPARE));
}

/**
 * Moves an instance's own properties into an attribute table, whose address it gives back.
 *
 * @param tie makes the table known as the instance's object, where it is: called when the properties are off the instance,
 *   since V8 keeps an object in shape only if what was added last goes first
 */
export function shareAttributes(
  instance: object,
  table = newAttributes(Kind.Attributes, instance),
  tie?: () => void,
): number {
  const own = Object.entries(instance);
  for (const [name] of own.reverse()) delete (instance as Record<string, unknown>)[name];
  tie?.();
  attachAttributes(instance, table);
  const shared = Object.getPrototypeOf(instance) as object;
  for (const [name, value] of own.reverse()) {
    addAccessor(shared, name);
    writeAttribute(instance, name, wordSlot(table, numberOf(name)), value);
  }
  return table;
}

/** Index in the views of a table's class word. */
export function classSlot(table: number): number {
  return slotAt(table + CLASS);
}

/** Makes an instance, or a facade made for it in another thread, use the attribute table at `table`. */
export function attachAttributes(instance: object, table: number): void {
  // The accessors look at the first cells without asking how far the views reach.
  slotAt(table + CELLS);
  stampTable(instance, table);
  Object.setPrototypeOf(instance, sharedPrototype(Object.getPrototypeOf(instance)));
}

function addAccessor(shared: object, name: string): void {
  if (!Object.hasOwn(shared, name)) Object.defineProperty(shared, name, accessor(name, undefined));
}

/** Index in the views of the attribute's word, which is made if need be. */
function wordSlot(table: number, number: number): number {
  return slotAt(allocated(kernel.attributes_cell(table, number)));
}

function writeAttribute(instance: object, name: string, slot: number, given: unknown): void {
  const value = adopt(given);
  if (!staysHome(value)) {
    try {
      write(slot, value, `attribute '${name}'`);
      return;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  }
  keepForeign(instance, name, value);
  writeForeign(slot);
}

function readAttribute(instance: object, name: string, slot: number): unknown {
  const value = read(slot);
  if (value === FOREIGN) return readForeign(instance, name);
  return value === UNSET ? undefined : value;
}

const sharedPrototypes = new WeakMap<object, object>();
/** ES classes, as V8 makes the quickest objects by them. */
const facades = new WeakMap<object, new () => object>();

/** An instance of the class with this prototype, whose attributes are at `table`. Its constructor is not run. */
export function instanceAt(prototype: object, table: number): object {
  slotAt(table + CELLS);
  const instance = new (facades.get(sharedPrototype(prototype))!)();
  stampTable(instance, table);
  return instance;
}

function sharedPrototype(prototype: object): object {
  let shared = sharedPrototypes.get(prototype);
  if (!shared) {
    const Facade = class {};
    shared = Facade.prototype;
    Object.setPrototypeOf(shared, catcher(prototype));
    for (let level = prototype; level && level !== Object.prototype; level = Object.getPrototypeOf(level)) {
      for (const key of Reflect.ownKeys(level)) {
        const isNew = key === "constructor" ? level === prototype : !Object.hasOwn(shared, key);
        if (isNew) Object.defineProperty(shared, key, inherited(key, Object.getOwnPropertyDescriptor(level, key)!));
      }
    }
    // What is asked of every object is not to be asked of the catcher.
    if (!Object.hasOwn(shared, KIND)) {
      Object.defineProperties(shared, { [KIND]: { value: Kind.Instance }, $items: { value: NO_ITEMS } });
    }
    sharedPrototypes.set(prototype, shared);
    sharedPrototypes.set(shared, shared);
    facades.set(shared, Facade);
  }
  return shared;
}

/** The methods of the library's classes that are accessors already, by their getters; see facade_attributes.ts. */
export const openMethods = new WeakMap<Function, Function>();

/** The method that a property of a prototype is; undefined if it is none. */
export function methodOf({ value, get }: PropertyDescriptor): Function | undefined {
  return typeof value === "function" ? value : get && openMethods.get(get);
}

/** A method becomes an accessor, so that an attribute of its name can hide it in every thread. */
function inherited(name: string | symbol, descriptor: PropertyDescriptor): PropertyDescriptor {
  if (typeof name !== "string" || name === "constructor") return descriptor;
  const method = methodOf(descriptor);
  return method ? accessor(name, method) : descriptor;
}

/** No name has this number. */
const UNKNOWN = -1;

/**
 * The property of an attribute; where an instance has no such attribute it is `otherwise`. What get() and set() do for numbers is as
 * short as can be: V8 puts it in the place of `p.x`, as long as that does not make its surroundings too large.
 */
function accessor(name: string, otherwise: unknown): PropertyDescriptor {
  /** UNKNOWN as long as no thread has used the name for an attribute, as of the time when there were `asOf` names. */
  let number = UNKNOWN;
  let asOf = -1;
  /** Which cell was the attribute's in the instance met last, and its offset. */
  let index = 0;
  let offset = CELLS;

  /** Index in the views of the attribute's word; 0 if it has none. */
  function find(table: number): number {
    if (number === UNKNOWN) {
      const count = countNames();
      if (count === asOf) return 0;
      asOf = count;
      number = knownNumber(name);
      if (number === UNKNOWN) return 0;
    }
    const known = table === 0 ? 0 : kernel.attributes_find(table, number) >>> 0;
    if (known === 0) return 0;
    const place = (known - 8 - table - CELLS) / CELL_SIZE;
    // Cells of chunks that were added later are always searched for.
    if (place >= 0 && place < ints[(table + CAPACITY) >>> 2]!) {
      index = place;
      offset = CELLS + place * CELL_SIZE;
    }
    return slotAt(known);
  }

  function getSlow(instance: object, table: number): unknown {
    const slot = find(table);
    const value = slot === 0 ? undefined : readAttribute(instance, name, slot);
    return value === undefined ? otherwise : value;
  }

  function setSlow(instance: object, table: number, value: unknown): void {
    const slot = find(table);
    if (number === UNKNOWN) number = numberOf(name);
    writeAttribute(instance, name, slot || wordSlot(table, number), value);
  }

  function get(this: object): unknown {
    const table = tableOf(this);
    if (ints[(table + offset) >>> 2] === number && ints[(table + CAPACITY) >>> 2]! > index) {
      const found = view[(table + offset + 8) >>> 3]!;
      if (found === found) return found;
    }
    return getSlow(this, table);
  }

  /** Of a method: most often nobody has an attribute of that name. */
  function getMethod(this: object): unknown {
    return number === UNKNOWN && countNames() === asOf ? otherwise : get.call(this);
  }

  return {
    get: otherwise === undefined ? get : getMethod,
    set(value) {
      const table = tableOf(this);
      const at = table + offset;
      if (typeof value === "number" && ints[at >>> 2] === number && ints[(table + CAPACITY) >>> 2]! > index) {
        const slot = (at + 8) >>> 3;
        // A number in place of a number; see write() of words.ts.
        if (view[slot] === view[slot] && value === value) {
          view[slot] = value;
          return;
        }
      }
      setSlow(this, table, value);
    },
    configurable: true,
    enumerable: true,
  };
}

/** Stands behind a shared prototype, for the names that nobody in this thread has used yet. */
function catcher(prototype: object): object {
  const target = Object.create(prototype) as object;
  const add = (name: string) => addAccessor(sharedPrototype(prototype), name);
  return new Proxy(target, {
    get(_, key, receiver) {
      if (typeof key === "symbol" || key in target) return Reflect.get(target, key, receiver);
      if (tableOf(receiver) === 0 || knownNumber(key) < 0) return undefined;
      add(key);
      return Reflect.get(sharedPrototype(prototype), key, receiver);
    },
    set(_, key, value, receiver) {
      if (typeof key === "symbol" || tableOf(receiver) === 0) return Reflect.set(target, key, value, receiver);
      add(key);
      return Reflect.set(sharedPrototype(prototype), key, value, receiver);
    },
  });
}

/** Removes a shared instance's attribute. False if there is none. */
export function deleteAttribute(instance: object, name: string): boolean {
  const number = knownNumber(name);
  const word = number < 0 ? 0 : kernel.attributes_find(tableOf(instance), number) >>> 0;
  if (word === 0) return false;
  const slot = slotAt(word);
  if (read(slot) === UNSET) return false;
  unset(slot);
  return true;
}

/** Names and values of a shared instance's attributes, as they are now. */
export function attributesOf(instance: object): [string, unknown][] {
  const table = tableOf(instance);
  const found: [string, unknown][] = [];
  if (table === 0) return found;
  for (let index = 0; ; index++) {
    const cell = kernel.attributes_at(table, index) >>> 0;
    if (cell === 0) return found;
    const slot = slotAt(cell + 8);
    const name = nameOf(ints[cell >>> 2]!);
    const value = readAttribute(instance, name, slot);
    if (value !== undefined) found.push([name, value]);
  }
}
