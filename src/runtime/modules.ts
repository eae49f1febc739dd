// The modules of a compiled program.
//
// Each module-level variable is a slot of the process's namespace, reached through an accessor on a class of the
// module's own. The module's body runs in its owner alone; every other thread attaches and finds the variables in place.
import { reach } from "../kernel/kernel";
import { define } from "../registry";

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
