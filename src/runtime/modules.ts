// The modules of a compiled program.
//
// Each module-level variable is a slot of the process's namespace, reached through an accessor on a class of the
// module's own. The module's body runs in its owner alone; every other thread attaches and finds the variables in place.
import { kernel, reach } from "../kernel/kernel";
import { define } from "../registry";
import { counterOf, currentRecord, onAttach, processObject } from "./process";
import { Counter, ProcessWord } from "./process_words";

let offsets: number[] = [];
let ownsModules = false;

/** Tells at which slot of a namespace each module's begin, and whether this thread runs the modules' bodies. */
export function attachModules(firstSlots: number[], owner: boolean): void {
  offsets = firstSlots;
  ownsModules = owner;
}

const modules: { id: number; size: number; bind(first: number): void }[] = [];

/**
 * Index in `view` of the first slot of module `id`.
 *
 * @param bind is told another one whenever the worker goes to another process
 */
export function attach(id: number, _file: string, names: string[], bind: (first: number) => void): number {
  modules.push({ id, size: names.length, bind });
  return firstSlot(id, names.length);
}

function firstSlot(id: number, size: number): number {
  const address = (kernel.namespace_slots(processObject(ProcessWord.Namespace)) >>> 0) + offsets[id]! * 8;
  reach(address + size * 8);
  return address >>> 3;
}

onAttach(() => {
  for (const { id, size, bind } of modules) bind(firstSlot(id, size));
});

/** Whether this process has run the modules' bodies for itself, as a child that is spawned does. */
function isSpawned(): boolean {
  return currentRecord() !== 0 && counterOf(Counter.Spawned) !== 0;
}

const byFile = new Map<string, Module>();

/**
 * `__name__` of the program's module whose lines stand in `file`, as a stack's frames have it: a page's leave out the folder
 * of the project. Undefined if there is none.
 */
export function moduleNameOf(file: string): string | undefined {
  const tail = file.replace(/^(\.\.\/)*/, "/");
  const module = byFile.get(file) ?? [...byFile.values()].find(({ $file }) => $file.endsWith(tail));
  return module?.__name__;
}

/** A module of the program in this thread: its variables are accessors that the compiler adds in a subclass. */
export class Module {
  /** Whether this thread runs the module's body. */
  readonly $own = ownsModules;
  [name: string]: unknown;

  constructor(
    readonly $id: number,
    readonly $file: string,
  ) {
    byFile.set($file, this);
  }

  get __name__(): string {
    if (this.$id === 0) return isSpawned() ? "__mp_main__" : "__main__";
    return this.$file.replace(/^.*[\\/]/, "").replace(/\.[^.]*$/, "");
  }

  /** Forgets the values of constants, which are others in another process. */
  $forget(): void {}

  /** Makes a function or class of the module's top level known in this thread. */
  $define(name: string, value: Function, parameters?: string[]): void {
    define(this.$id, name, value, parameters);
    // The compiler puts a $ before the name of what is reassigned, and a bundler may have changed it.
    const wanted = name.replace(/^\$/, "");
    const own = Object.getOwnPropertyDescriptor(value, "name");
    // V8 gives up optimizing what makes instances of a class whose name was defined anew.
    if (own?.configurable && own.value !== wanted) Object.defineProperty(value, "name", { value: wanted });
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
