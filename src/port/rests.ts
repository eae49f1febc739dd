// What a rest element collects is a list, `[first, ...others] = items`, or a dict, `{ a, ...others } = options`. (What a parameter `...args` collects is Python's
// tuple, and JavaScript's array does for that.)
import type { Node } from "oxc-parser";
import type { Draft } from "./draft";
import { replaceName } from "./references";
import type { IdentifierNode, Variable } from "./scope";
import { walk } from "./walk";

export function writeRests(draft: Draft): void {
  const { port } = draft;
  walk(port.program, (node) => {
    const pattern = port.parent(node);
    if (node.type !== "RestElement" || (pattern?.type !== "ArrayPattern" && pattern?.type !== "ObjectPattern")) return;
    const variable = draft.variables.get(node.argument);
    const kind = pattern.type === "ArrayPattern" ? "list" : "dict";
    if (!variable || isOfModule(draft, variable)) assignRest(draft, node.argument);
    else if (draft.cells.has(variable)) draft.rests.set(node.argument, kind);
    else declareRest(draft, node.argument as IdentifierNode, variable, `${draft.py}.${kind}`);
  });
}

/** Whether the declaration of a variable becomes an assignment. */
function isOfModule(draft: Draft, variable: Variable): boolean {
  return draft.texts.has(variable) || (variable.scope.kind === "module" && draft.locals.includes(variable.name));
}

/** `...o.x` → `...$py.rest((v) => { o.x = v; }).v` */
function assignRest(draft: Draft, target: Node): void {
  const value = draft.port.fresh("$v");
  draft.wrap(target, `${draft.py}.rest((${value}) => { `, ` = ${value}; }).v`);
}

/** `const [a, ...b] = c` → `const [a, ...$b] = c, b = $py.list($b)` */
function declareRest(draft: Draft, binding: IdentifierNode, { name, kind, declaration }: Variable, make: string): void {
  const { port } = draft;
  if (kind === "param" || kind === "catch") {
    draft.open(declaration, `${name} = ${make}(${name});`);
    return;
  }
  const given = port.fresh(`$${name}`);
  replaceName(port, binding, given);
  const node = port.declarationOf(binding)!;
  const loop = port.parent(node);
  if ((loop.type === "ForOfStatement" || loop.type === "ForInStatement") && loop.left === node) {
    draft.open(loop, `${kind} ${name} = ${make}(${given});`);
    return;
  }
  const declarator = node.declarations.find(({ start, end }) => binding.start >= start && binding.end <= end)!;
  draft.wrap(declarator, "", `, ${name} = ${make}(${given})`);
}
