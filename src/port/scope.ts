// The scopes of a port: which variable each identifier means, and from how deep inside it is used.
import type { Node } from "oxc-parser";

export type IdentifierNode = Extract<Node, { type: "Identifier" }>;

export type ScopeKind =
  | "module"
  | "function"
  | "class"
  | "static" // a class's static block
  | "enum"
  | "namespace"
  | "block"
  | "for"
  | "switch"
  | "catch";

export type VariableKind =
  | "var"
  | "let"
  | "const"
  | "using"
  | "function"
  | "class"
  | "param"
  | "self" // the own name of a function or class expression
  | "catch"
  | "import"
  | "enum"
  | "member" // of an enum
  | "namespace";

export type Access = "read" | "write" | "update";

/** One use of a name as a value. */
export interface Reference {
  readonly identifier: IdentifierNode;
  readonly scope: Scope;
  readonly access: Access;
  /** What it means; undefined where the port does not declare the name. */
  variable: Variable | undefined;
}

export class Variable {
  /** The identifiers that declare it: several where `var` is repeated or declarations merge. */
  readonly bindings: IdentifierNode[] = [];
  readonly references: Reference[] = [];

  constructor(
    readonly name: string,
    readonly kind: VariableKind,
    readonly scope: Scope,
    /** The declaration: VariableDeclaration, function, class, import specifier, … */
    readonly declaration: Node,
  ) {}

  /** Whether it is given another value after its declaration. */
  get reassigned(): boolean {
    return this.references.some((reference) => reference.access !== "read");
  }
}

export class Scope {
  readonly children: Scope[] = [];
  readonly variables = new Map<string, Variable>();
  /** The uses that stand directly in this scope, whatever scope declares them. */
  readonly references: Reference[] = [];

  constructor(
    readonly kind: ScopeKind,
    readonly node: Node,
    readonly parent?: Scope,
  ) {
    parent?.children.push(this);
  }

  /** Where `var` lands. */
  get hoistTarget(): Scope {
    let scope: Scope = this;
    while (!HOISTING.has(scope.kind)) scope = scope.parent!;
    return scope;
  }

  lookup(name: string): Variable | undefined {
    for (let scope: Scope | undefined = this; scope; scope = scope.parent) {
      const variable = scope.variables.get(name);
      if (variable) return variable;
    }
    return undefined;
  }

  declare(identifier: IdentifierNode, kind: VariableKind, declaration: Node): void {
    let variable = this.variables.get(identifier.name);
    if (!variable || variable.kind === "self") {
      variable = new Variable(identifier.name, kind, this, declaration);
      this.variables.set(identifier.name, variable);
    }
    variable.bindings.push(identifier);
  }

  /** This scope and all within it. */
  *tree(): Generator<Scope> {
    yield this;
    for (const child of this.children) yield* child.tree();
  }
}

const HOISTING = new Set<ScopeKind>(["module", "function", "static", "namespace"]);
const CODE_OF_ITS_OWN = new Set<ScopeKind>(["function", "class", "enum", "namespace"]);

/** Whether a use stands in a function, class, enum or namespace inside `outer`, and not directly in its statements. */
export function crosses(reference: Reference, outer: Scope): boolean {
  for (let scope: Scope | undefined = reference.scope; scope && scope !== outer; scope = scope.parent) {
    if (CODE_OF_ITS_OWN.has(scope.kind)) return true;
  }
  return false;
}

/** The variables of outer scopes, below the module's, that the code of `scope` uses. */
export function captures(scope: Scope): Set<Variable> {
  const captured = new Set<Variable>();
  const within = new Set(scope.tree());
  for (const inner of within) {
    for (const { variable } of inner.references) {
      if (variable && variable.scope.kind !== "module" && !within.has(variable.scope)) captured.add(variable);
    }
  }
  return captured;
}
