// Where an expression stands: whether its value is read there, and how it may be written more than once.
import type { Expression, Node } from "oxc-parser";
import type { Draft } from "./draft";
import { isFunction } from "./functions";
import type { Variable } from "./scope";
import { unwrap } from "./syntax";

export type Place =
  | "value"
  | "statement" // read, and its value not used
  | "object" // of a member expression
  | "callee"
  | "target" // of an assignment, or of a for loop
  | "pattern" // a target within a pattern
  | "update" // of `++` or `--`
  | "delete"
  | "lenient" // where JavaScript's undefined may be asked for
  | "plain"; // where nothing else may stand

export function placeOf(draft: Draft, expression: Node): Place {
  const { port } = draft;
  const node = port.wrapped(expression);
  const parent = port.parent(node);
  switch (parent?.type) {
    case "ExpressionStatement":
      return "statement";
    case "MemberExpression":
      return parent.object === node ? "object" : "value";
    case "CallExpression":
    case "NewExpression":
      return parent.callee === node ? "callee" : "value";
    case "TaggedTemplateExpression":
      return parent.tag === node ? "callee" : "value";
    case "AssignmentExpression":
      return parent.left === node ? "target" : "value";
    case "AssignmentPattern":
      return parent.left === node ? "pattern" : "value";
    case "ArrayPattern":
    case "RestElement":
      return "pattern";
    case "Property":
      return parent.value === node && port.parent(parent).type === "ObjectPattern" ? "pattern" : "value";
    case "ForInStatement":
    case "ForOfStatement":
      return parent.left === node ? "pattern" : "value";
    case "UpdateExpression":
      return "update";
    case "UnaryExpression":
      return parent.operator === "delete" ? "delete" : parent.operator === "typeof" ? "lenient" : "value";
    case "LogicalExpression":
      return parent.operator === "??" && parent.left === node ? "lenient" : "value";
    case "BinaryExpression":
      return isNothing(draft, parent.left) || isNothing(draft, parent.right) ? "lenient" : "value";
    case "Decorator":
    case "ClassDeclaration":
    case "ClassExpression":
    case "TSEnumMember":
    case "ExportDefaultDeclaration":
      return "plain";
    default:
      return "value";
  }
}

/** `null` or `undefined`. */
function isNothing({ port }: Draft, node: Node): boolean {
  return (
    port.source.slice(node.start, node.end) === "null" || (node.type === "Identifier" && node.name === "undefined")
  );
}

/** How to write an expression a second time, if it is so simple that it may be evaluated twice. */
export function simpleText({ port, texts, cells }: Draft, node: Node): string | undefined {
  if (node.type === "ThisExpression") return "this";
  if (node.type === "Literal" && (typeof node.value === "number" || typeof node.value === "string")) {
    return port.source.slice(node.start, node.end);
  }
  if (node.type !== "Identifier") return undefined;
  const variable = port.variableOf(node);
  return variable && !texts.has(variable) && !cells.has(variable) ? node.name : undefined;
}

/** A new variable of the function around `node`, or of the module where no function's body is. */
export function temporary(draft: Draft, node: Node): string {
  const { port } = draft;
  const name = port.fresh("$t");
  for (let inner = node, outer = port.parent(inner); outer; inner = outer, outer = port.parent(inner)) {
    if (outer.type === "PropertyDefinition" || outer.type === "StaticBlock") break;
    if (!isFunction(outer)) continue;
    if (outer.body !== inner) break;
    const names = draft.temporaries.get(outer);
    if (names) names.push(name);
    else draft.temporaries.set(outer, [name]);
    return name;
  }
  draft.locals.push(name);
  return name;
}

const TYPED = /^(?:Float|Int|Uint|BigInt|BigUint)\d+(?:Clamped)?Array$/;

/** Whether an expression is known to be JavaScript's own, where brackets and dots are JavaScript's too. */
export function isForeign({ port, texts }: Draft, wrapped: Node): boolean {
  const node = unwrap(wrapped as Expression);
  if (node.type === "Super" || node.type === "MetaProperty") return true;
  if (node.type !== "Identifier") return false;
  const variable = port.variableOf(node);
  if (!variable) return node.name !== "arguments";
  // What another port exports is Python's; the module itself has names.
  if (variable.kind === "import")
    return !texts.has(variable) || variable.declaration.type === "ImportNamespaceSpecifier";
  if (variable.kind === "enum" || variable.kind === "namespace") return true;
  return variable.kind === "const" && typedArrayOf(variable) !== undefined;
}

/** The class of the new typed array that a variable is declared with, if it is. */
export function typedArrayOf({ declaration, bindings }: Variable): string | undefined {
  if (declaration.type !== "VariableDeclaration") return undefined;
  const init = declaration.declarations.find(({ id }) => id === bindings[0])?.init;
  if (init?.type !== "NewExpression" || init.callee.type !== "Identifier") return undefined;
  return TYPED.test(init.callee.name) ? init.callee.name : undefined;
}
