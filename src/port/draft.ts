// What the passes have found out about a module, and what its `$module` function is to contain.
import type MagicString from "magic-string";
import type { Node } from "oxc-parser";
import { findAssigned } from "./assigned";
import { deferredClasses } from "./deferred";
import { Evidence } from "./evident";
import { type Closure, findClosures } from "./functions";
import type { Port } from "./port";
import type { Variable } from "./scope";
import { parameterNames } from "./syntax";

/** A module variable in shared memory. */
export interface Slot {
  name: string;
  /** For one that is never assigned again: the variable in which each thread keeps the value it has read. */
  constant?: string | undefined;
  /** A class's attribute, which the class has the accessor of. */
  ofClass?: boolean;
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

  /** The functions and classes that cross to other threads as closures. */
  readonly closures: Map<Node, Closure>;
  /** Classes of the module that are made when the body runs. */
  readonly deferred: ReadonlySet<Node>;
  /** What each name that is declared means. */
  readonly variables = new Map<Node, Variable>();
  /** Locals of which is known whether they hold arrays that stay in their function; see arrays.ts. */
  readonly arrays = new Map<Variable, boolean>();
  /** Locals that are cells. */
  readonly cells = new Set<Variable>();
  /** Statements to be put in front of those of a function, a loop's body or a catch clause. */
  readonly openings = new Map<Node, string[]>();
  /** Declarations of rest elements whose variables become cells, made of lists and dicts. */
  readonly rests = new Map<Node, "list" | "dict">();
  /** What each turn of a `for` loop does before its update. */
  readonly turns = new Map<Node, string[]>();
  /** Variables of functions for values that are needed twice. */
  readonly temporaries = new Map<Node, string[]>();
  /** Copies of functions, in functions of the module that make them anew in another thread. */
  readonly lifted: MagicString[] = [];
  /** The entries of the table by which threads find those: `id: [function, ...names]`. */
  readonly factories: string[] = [];
  /** The names of their parameters: `id: [...names]`. */
  readonly parameters: string[] = [];
  /** Of what expressions are. */
  readonly evidence: Evidence;
  private assigned: Map<Node, Set<string>> | undefined;
  private readonly wraps = new Map<Node, [before: string, after: string][]>();

  readonly m: string;
  readonly s: string;
  readonly py: string;
  readonly module: string;

  constructor(
    readonly port: Port,
    /** The module's number. */
    readonly id: number,
  ) {
    this.evidence = new Evidence(port);
    this.deferred = deferredClasses(port);
    this.closures = findClosures(port, this.deferred);
    for (const scope of port.scopes.module.tree()) {
      for (const variable of scope.variables.values()) {
        for (const binding of variable.bindings) this.variables.set(binding, variable);
      }
    }
    this.m = port.fresh("$m");
    this.s = port.fresh("$s");
    this.py = port.fresh("$py");
    this.module = port.fresh("$module");
  }

  get own(): string {
    return `${this.m}.$own`;
  }

  /** Puts text around an expression, once all that is in it has been written. What comes later goes outside. */
  wrap(node: Node, before: string, after: string): void {
    const wraps = this.wraps.get(node);
    if (wraps) wraps.push([before, after]);
    else this.wraps.set(node, [[before, after]]);
  }

  /** Puts a statement in front of those of a function, a loop's body or a catch clause, after what is there already. */
  open(node: Node, statement: string): void {
    const statements = this.openings.get(node);
    if (statements) statements.push(statement);
    else this.openings.set(node, [statement]);
  }

  /** Writes what is to stand around `node`. */
  writeAround(node: Node): void {
    const { code } = this.port;
    for (const [before, after] of this.wraps.get(node) ?? []) {
      if (before) code.prependRight(node.start, before);
      if (after) code.appendLeft(node.end, after);
    }
  }

  /** The names of the attributes that the module gives to a class by that class's name. */
  assignedTo(node: Node): ReadonlySet<string> {
    this.assigned ??= findAssigned(this.port);
    return this.assigned.get(node) ?? new Set();
  }

  textOf(variable: Variable): string {
    return this.texts.get(variable) ?? variable.name;
  }

  /** Makes `name` a slot and gives back how to write it. */
  addSlot(name: string, isConstant: boolean): string {
    this.slots.push({ name, constant: isConstant ? this.port.fresh(`$_${name}`) : undefined });
    return `${this.m}.${name}`;
  }

  /** Makes a slot for an attribute of a class and gives back its index. */
  addClassSlot(name: string): number {
    return this.slots.push({ name, ofClass: true }) - 1;
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
