// Pass 2, the first half: a captured local that is assigned becomes a cell, `n` → `n.v`, which the closures share.
import type { Node, ParamPattern, VariableDeclaration } from "oxc-parser";
import type { Draft } from "./draft";
import { type FunctionLike, isFunction } from "./functions";
import { replaceName } from "./references";
import type { IdentifierNode, Reference, Variable } from "./scope";

/** Finds the variables that become cells. */
export function chooseCells(draft: Draft): void {
  for (const scope of draft.port.scopes.module.tree()) {
    if (scope.kind === "module") continue;
    for (const variable of scope.variables.values()) if (isCell(draft, variable)) draft.cells.add(variable);
  }
}

/** Rewrites the declarations and uses of the variables that become cells. */
export function writeCells(draft: Draft): void {
  for (const variable of draft.cells) new CellWriter(draft, variable).write();
}

function isCell(draft: Draft, variable: Variable): boolean {
  const { kind, reassigned, references, declaration } = variable;
  if (!reassigned || !["let", "var", "param", "catch"].includes(kind)) return false;
  if (!references.some((reference) => isCaptured(draft, reference, variable))) return false;
  if (kind !== "param" || !isFunction(declaration)) return true;
  // A default that reads the parameter comes before the cell.
  const params = declaration.params as ParamPattern[];
  const inParams = ({ identifier: { start } }: Reference) => params.some((p) => start >= p.start && start < p.end);
  return !references.some(inParams) && !params.some((p) => (p as Node).type === "TSParameterProperty");
}

/** Whether a use stands in a function or class that could cross to another thread without the variable's own. */
function isCaptured({ closures }: Draft, { scope: from }: Reference, { scope: to }: Variable): boolean {
  for (let scope = from; scope !== to && scope.parent; scope = scope.parent) {
    if (scope.kind === "class" || closures.has(scope.node)) return true;
  }
  return false;
}

class CellWriter {
  private readonly cell: string;

  constructor(
    private readonly draft: Draft,
    private readonly variable: Variable,
  ) {
    this.cell = `${draft.py}.cell`;
  }

  write(): void {
    const { variable, draft } = this;
    for (const { identifier } of variable.references) replaceName(draft.port, identifier, `${variable.name}.v`);
    for (const binding of variable.bindings) this.declare(binding);
    if (variable.kind === "var") this.draft.open(variable.scope.node as Node, `let ${variable.name} = ${this.cell}();`);
  }

  private declare(binding: IdentifierNode): void {
    const { variable, draft } = this;
    const declaration = variable.kind === "catch" ? undefined : draft.port.declarationOf(binding);
    if (!declaration || (variable.kind === "param" && !isWithin(declaration, variable.declaration))) {
      const given = this.rename(binding);
      this.draft.open(variable.declaration, `let ${variable.name} = ${this.cell}(${given});`);
      return;
    }
    this.declareIn(declaration, binding);
  }

  private declareIn(declaration: VariableDeclaration, binding: IdentifierNode): void {
    const { port } = this.draft;
    const { name } = this.variable;
    const parent = port.parent(declaration);
    const isLet = declaration.kind === "let";
    if (parent.type === "ForInStatement" || parent.type === "ForOfStatement") {
      const given = this.rename(binding);
      this.draft.open(parent, isLet ? `let ${name} = ${this.cell}(${given});` : `${name}.v = ${given};`);
      return;
    }
    if (isLet && parent.type === "ForStatement") push(this.draft.turns, parent, `${name} = ${this.cell}(${name}.v)`);
    const declarator = declaration.declarations.find(({ start, end }) => binding.start >= start && binding.end <= end)!;
    if (isLet && declarator.id === binding) {
      const end = binding.start + name.length;
      if (end < declarator.id.end) port.replaceLines({ start: end, end: declarator.id.end }, "");
      if (!declarator.init) port.code.appendLeft(declarator.id.end, ` = ${this.cell}()`);
      else this.draft.wrap(declarator.init, `${this.cell}(`, ")");
      return;
    }
    const given = this.rename(binding);
    if (declarator.init || isLet) {
      const value = isLet ? `${name} = ${this.cell}(${given})` : `${port.fresh("$_")} = ${name}.v = ${given}`;
      this.draft.wrap(declarator, "", `, ${value}`);
    }
  }

  /** Gives the declared name to the plain value that the cell is made of. */
  private rename(binding: IdentifierNode): string {
    const given = this.draft.port.fresh(`$${binding.name}`);
    replaceName(this.draft.port, binding, given);
    const made = this.draft.rests.get(binding);
    return made ? `${this.draft.py}.${made}(${given})` : given;
  }
}

function push<K>(lists: Map<K, string[]>, key: K, text: string): void {
  const list = lists.get(key);
  if (list) list.push(text);
  else lists.set(key, [text]);
}

function isWithin(node: Node, outer: Node): boolean {
  const { body } = outer as FunctionLike;
  return body !== null && node.start >= body.start && node.end <= body.end;
}
