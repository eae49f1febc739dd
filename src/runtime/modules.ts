// What compiled ports are made of (`pythreads/internal/port`, imported by the port compiler's output as `$py`).
//
// Each module-level variable is a slot of the process's namespace, reached through an accessor on a class of the
// module's own. The module's body runs in its owner alone; every other thread attaches and finds the variables in place.
import { NameError, RuntimeError } from "../exceptions";
import { kernel, me, reach } from "../kernel/kernel";
import { define } from "./functions";
import { Shared } from "./shared";
import { FOREIGN, foreignOwner, read as readSlot, UNSET, writeForeign, write as writeSlot } from "./words";

export { view } from "../kernel/kernel";

let slots: number[] = [];
let ownsModules = false;

/** Tells where the modules' slots are, by module id, and whether this thread runs the modules' bodies. */
export function attachModules(addresses: number[], owner: boolean): void {
  slots = addresses;
  ownsModules = owner;
}

/** Index in `view` of the first slot of module `id`. */
export function attach(id: number, _file: string, names: string[]): number {
  const address = slots[id]!;
  reach(address + names.length * 8);
  return address >>> 3;
}

/** JavaScript's own objects that module variables of this thread hold, by slot. */
const foreign = new Map<number, { owner: number; value: unknown }>();

/** The value of module variable `name` in `slot`, where that is not a plain number. */
export function read(slot: number, name: string): unknown {
  const value = readSlot(slot);
  if (value === UNSET) throw NameError(`name '${name}' is not defined`);
  return value === FOREIGN ? readForeign(slot, name) : value;
}

function readForeign(slot: number, name: string): unknown {
  const kept = foreign.get(slot);
  if (kept?.owner === foreignOwner && foreignOwner === kernel.thread_id(me)) return kept.value;
  throw RuntimeError(
    `variable '${name}' holds a JavaScript object of thread ${foreignOwner}, which no other thread can reach: ` +
      "hold shared state in list(), dict() or an instance of a class that extends object",
  );
}

export function write(slot: number, value: unknown, name: string): void {
  if (typeof value === "object" && value !== null && !(value instanceof Shared)) keepForeign(slot, value);
  else if (typeof value === "function" || typeof value === "symbol") keepUnlessShared(slot, value, name);
  else writeSlot(slot, value, name);
}

function keepForeign(slot: number, value: unknown): void {
  foreign.set(slot, { owner: kernel.thread_id(me), value });
  writeForeign(slot);
}

/** Functions that every thread knows go by name; a closure stays with the thread that made it. */
function keepUnlessShared(slot: number, value: unknown, name: string): void {
  try {
    writeSlot(slot, value, name);
  } catch {
    keepForeign(slot, value);
  }
}

/** A module of the program in this thread: its variables are accessors that the compiler adds in a subclass. */
export class Module {
  /** Whether this thread runs the module's body. */
  readonly $own = ownsModules;
  [name: string]: unknown;

  constructor(
    readonly $id: number,
    readonly $file: string,
  ) {}

  get __name__(): string {
    return this.$id === 0 ? "__main__" : this.$file.replace(/^.*[\\/]/, "").replace(/\.[^.]*$/, "");
  }

  /** Makes a function or class of the module's top level known in this thread. */
  $define(name: string, value: Function, parameters?: string[]): void {
    define(this.$id, name, value, parameters);
    // The compiler puts a $ before the name of what is reassigned, and a bundler may have changed it.
    const own = Object.getOwnPropertyDescriptor(value, "name");
    if (own?.configurable) Object.defineProperty(value, "name", { value: name.replace(/^\$/, "") });
    Object.defineProperty(this, name, { value, writable: true, configurable: true, enumerable: true });
  }

  /** Adds an exported name that is not a variable's own. */
  $export(name: string, get: () => unknown): void {
    Object.defineProperty(this, name, { get, configurable: true, enumerable: true });
  }

  /** `export * from`: every name of another module that this one has not. */
  $exportAll(from: () => Module): void {
    const chain: object[] = [];
    // A package's namespace object has no prototype.
    let level: object | null = from();
    while (level && level !== Module.prototype && level !== Object.prototype) {
      chain.push(level);
      level = Object.getPrototypeOf(level);
    }
    for (const level of chain) {
      for (const name of Object.getOwnPropertyNames(level)) {
        if (name === "default" || name === "constructor" || name.startsWith("$") || name in this) continue;
        this.$export(name, () => from()[name]);
      }
    }
  }
}
