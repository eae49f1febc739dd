// What the passes have found out about a module, and what its `$module` function is to contain.
import type { Node } from "oxc-parser";
import type { Port } from "./port";
import type { Variable } from "./scope";
import { parameterNames } from "./syntax";

/** A module variable in shared memory. */
export interface Slot {
  name: string;
  /** Never assigned again: each thread may keep the value it has read. */
  constant: boolean;
}

/** A name that the port takes from another port. */
export interface Link {
  specifier: string;
  name: string;
  node: Node;
}

export class Draft {
  readonly slots: Slot[] = [];
  /** How to write a variable that is not simply its name: `$m.num`, `$lib1().f`. */
  readonly texts = new Map<Variable, string>();
  /** Module variables that only the module's body uses. */
  readonly locals: string[] = [];
  /** Statements of `$module`, carried out in every thread before any other code of the module. */
  readonly prologue: string[] = [];
  /** Statements in front of the body. */
  readonly opening: string[] = [];
  readonly links: Link[] = [];
  /** Exported names; `stars` are the specifiers whose names are exported too. */
  readonly exports = new Set<string>();
  readonly stars: string[] = [];

  readonly m: string;
  readonly s: string;
  readonly py: string;
  readonly module: string;

  constructor(readonly port: Port) {
    this.m = port.fresh("$m");
    this.s = port.fresh("$s");
    this.py = port.fresh("$py");
    this.module = port.fresh("$module");
  }

  get own(): string {
    return `${this.m}.$own`;
  }

  textOf(variable: Variable): string {
    return this.texts.get(variable) ?? variable.name;
  }

  /** Makes `name` a slot and gives back how to write it. */
  addSlot(name: string, constant: boolean): string {
    this.slots.push({ name, constant });
    return `${this.m}.${name}`;
  }

  /** The call that makes `value`, a function or class written out as `node`, known under `name` in the running thread. */
  define(name: string, value: string, node: Node): string {
    const parameters = parameterNames(node);
    const last = parameters ? `, ${JSON.stringify(parameters)}` : "";
    return `${this.m}.$define(${JSON.stringify(name)}, ${value}${last});`;
  }

  export(name: string, text: string): void {
    this.exports.add(name);
    this.prologue.push(`${this.m}.$export(${JSON.stringify(name)}, () => ${text});`);
  }
}
