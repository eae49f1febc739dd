// What a rest element collects, `[first, ...others] = items`, is a list. (What a parameter `...args` collects is Python's
// tuple, and JavaScript's array does for that.)
import type { Node } from "oxc-parser";
import type { Draft } from "./draft";
import { replaceName } from "./references";
import type { IdentifierNode, Variable } from "./scope";
import { walk } from "./walk";

export function writeRests(draft: Draft): void {
  const { port } = draft;
  walk(port.program, (node) => {
    if (node.type !== "RestElement" || port.parent(node)?.type !== "ArrayPattern") return;
    const variable = draft.variables.get(node.argument);
    if (!variable || isOfModule(draft, variable)) assignList(draft, node.argument);
    else if (draft.cells.has(variable)) draft.rests.add(node.argument);
    else declareList(draft, node.argument as IdentifierNode, variable);
  });
}

/** Whether the declaration of a variable becomes an assignment. */
function isOfModule(draft: Draft, variable: Variable): boolean {
  return draft.texts.has(variable) || (variable.scope.kind === "module" && draft.locals.includes(variable.name));
}

/** `...o.x` → `...$py.rest((v) => { o.x = v; }).v` */
function assignList(draft: Draft, target: Node): void {
  const value = draft.port.fresh("$v");
  draft.wrap(target, `${draft.py}.rest((${value}) => { `, ` = ${value}; }).v`);
}

/** `const [a, ...b] = c` → `const [a, ...$b] = c, b = $py.list($b)` */
function declareList(draft: Draft, binding: IdentifierNode, { name, kind, declaration }: Variable): void {
  const { port, py } = draft;
  if (kind === "param" || kind === "catch") {
    draft.open(declaration, `${name} = ${py}.list(${name});`);
    return;
  }
  const given = port.fresh(`$${name}`);
  replaceName(port, binding, given);
  const node = port.declarationOf(binding)!;
  const loop = port.parent(node);
  if ((loop.type === "ForOfStatement" || loop.type === "ForInStatement") && loop.left === node) {
    draft.open(loop, `${kind} ${name} = ${py}.list(${given});`);
    return;
  }
  const declarator = node.declarations.find(({ start, end }) => binding.start >= start && binding.end <= end)!;
  draft.wrap(declarator, "", `, ${name} = ${py}.list(${given})`);
}
