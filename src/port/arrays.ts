// A list that plainly never leaves its function stays the array that it is written as, and is read and written as quickly as one.
// What an array does not do as a list does is done by a list that has it as its storage for that moment.
import type { CallExpression, Expression, MemberExpression, Node, ReturnStatement } from "oxc-parser";
import type { Draft } from "./draft";
import { calledBuiltin } from "./imports";
import { placeOf } from "./place";
import { crosses, type Reference, type Variable } from "./scope";
import { unwrap } from "./syntax";

/** Methods of list that neither keep the list nor give it back. */
const METHODS = new Set(
  (
    "append at clear concat copy count every extend filter find findIndex flatMap forEach includes index indexOf insert join map " +
    "pop push reduce remove reverse shift slice some sort splice unshift"
  ).split(" "),
);
/** Builtins that have read the list when they give back. */
const READERS = new Set("all any bool len max min print repr set sorted str sum".split(" "));
/** Builtins that go over it as long as a loop does. */
const ITERATORS = new Set("enumerate reversed zip".split(" "));

/** Whether an expression is a variable that holds such an array. */
export function isArray(draft: Draft, expression: Node): boolean {
  const node = unwrap(expression as Expression);
  if (node.type !== "Identifier") return false;
  const variable = draft.port.variableOf(node);
  return variable !== undefined && holdsArray(draft, variable);
}

/** Whether an array literal is what such a variable is declared with. */
export function becomesArray(draft: Draft, literal: Node): boolean {
  const { port } = draft;
  const node = port.wrapped(literal);
  const parent = port.parent(node);
  if (parent.type !== "VariableDeclarator" || parent.init !== node) return false;
  const variable = draft.variables.get(parent.id);
  return variable !== undefined && holdsArray(draft, variable);
}

/** A list with the array of a variable as its storage. */
export function listOf({ py }: Draft, name: string): string {
  return `${py}.list(${name})`;
}

/** `return a`: where the array leaves its function, it becomes a list. */
export function writeReturn(draft: Draft, { argument }: ReturnStatement): void {
  if (!argument || !isArray(draft, argument)) return;
  draft.port.code.prependRight(argument.start, `${draft.py}.list(`);
  draft.port.code.appendLeft(argument.end, ")");
}

/** `a.m(x)`, where `a` is such a variable. False if it is not. */
export function writeArrayCall(draft: Draft, call: CallExpression, callee: MemberExpression): boolean {
  if (callee.computed || !isArray(draft, callee.object)) return false;
  const { port } = draft;
  const { object, property } = callee;
  const { name } = unwrap(object) as { name: string };
  if (isPush(draft, call, callee)) port.replaceLines(property, "push");
  else if (property.name === "pop" && call.arguments.length === 0) {
    port.replaceLines(object, `(${name}.length > 0 ? ${name} : ${listOf(draft, name)})`);
  } else port.replaceLines(object, listOf(draft, name));
  return true;
}

function isPush({ port }: Draft, call: CallExpression, { property }: MemberExpression): boolean {
  const [item, ...more] = call.arguments;
  if (!item || item.type === "SpreadElement" || more.length > 0) return false;
  const { name } = property as { name: string };
  return name === "push" || (name === "append" && port.parent(call).type === "ExpressionStatement");
}

function holdsArray(draft: Draft, variable: Variable): boolean {
  const known = draft.arrays.get(variable);
  if (known !== undefined) return known;
  const holds = isOwn(draft, variable) && variable.references.every((reference) => stays(draft, reference, variable));
  draft.arrays.set(variable, holds);
  return holds;
}

/** Whether a variable is no module's, and declared with an array literal for good. */
function isOwn({ port, texts, cells }: Draft, variable: Variable): boolean {
  const { kind, scope, bindings, reassigned, declaration } = variable;
  if ((kind !== "let" && kind !== "const") || scope.kind === "module" || reassigned || bindings.length !== 1)
    return false;
  if (texts.has(variable) || cells.has(variable) || declaration.type !== "VariableDeclaration") return false;
  const init = declaration.declarations.find(({ id }) => id === bindings[0])?.init;
  return (
    !!init && unwrap(init).type === "ArrayExpression" && !/\bas const$/.test(port.source.slice(init.start, init.end))
  );
}

/** Whether a use leaves the array in its function. */
function stays(draft: Draft, reference: Reference, variable: Variable): boolean {
  if (crosses(reference, variable.scope)) return false;
  const { port } = draft;
  const node = port.wrapped(reference.identifier);
  const parent = port.parent(node);
  switch (parent.type) {
    case "ExpressionStatement":
    case "ReturnStatement":
    case "TemplateLiteral":
    case "IfStatement":
    case "WhileStatement":
    case "DoWhileStatement":
      return true;
    case "ConditionalExpression":
      return parent.test === node;
    case "UnaryExpression":
      return parent.operator === "!";
    case "ForOfStatement":
      return parent.right === node && !parent.await;
    case "SpreadElement":
      return port.parent(parent).type !== "ObjectExpression";
    case "BinaryExpression":
      return (
        parent.operator === "===" || parent.operator === "!==" || (parent.operator === "in" && parent.right === node)
      );
    case "VariableDeclarator":
      return parent.init === node && parent.id.type === "ArrayPattern";
    case "MemberExpression":
      return (
        parent.object === node && !parent.optional && (parent.computed ? isPlace(parent) : isHarmless(draft, parent))
      );
    case "CallExpression":
      return parent.callee !== node && isReader(draft, parent);
    default:
      return false;
  }
}

/** Whether brackets do not ask for a property by its name. */
function isPlace({ property }: MemberExpression): boolean {
  return !(property.type === "Literal" && typeof property.value === "string") && property.type !== "TemplateLiteral";
}

function isHarmless(draft: Draft, member: MemberExpression): boolean {
  const { name } = member.property as { name: string };
  const place = placeOf(draft, member);
  if (place !== "callee") return name === "length" && (place === "value" || place === "statement");
  const call = draft.port.parent(member);
  return METHODS.has(name) && call.type === "CallExpression" && call.callee === member && !call.optional;
}

function isReader(draft: Draft, call: CallExpression): boolean {
  const called = calledBuiltin(draft.port, call);
  if (called === undefined) return false;
  if (READERS.has(called)) return true;
  const loop = draft.port.parent(call);
  return ITERATORS.has(called) && loop.type === "ForOfStatement" && loop.right === call;
}
