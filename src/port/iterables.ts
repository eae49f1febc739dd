// What is iterated is what Python iterates, and what is unpacked has as many items as there are names.
import type { ArrayAssignmentTarget, ArrayPattern, Expression, Node } from "oxc-parser";
import type { Draft } from "./draft";
import { calledBuiltin } from "./imports";
import { isPattern, shapeText } from "./patterns";
import { unwrap } from "./syntax";

type Pattern = ArrayPattern | ArrayAssignmentTarget;

export function writeIterable(draft: Draft, node: Node): void {
  switch (node.type) {
    case "ForOfStatement":
      return writeLoop(draft, node);
    case "SpreadElement":
      if (draft.port.parent(node).type === "ObjectExpression" || isIterable(draft, node.argument)) return;
      return around(draft, node.argument, "each");
    case "VariableDeclarator":
      if (node.init) writeUnpacking(draft, node.id, node.init);
      return;
    case "AssignmentExpression":
      if (node.operator === "=") writeUnpacking(draft, node.left, node.right);
      return;
  }
}

function writeLoop(draft: Draft, { left, right, await: isAsync }: Extract<Node, { type: "ForOfStatement" }>): void {
  if (isAsync) return around(draft, right, "eachAsync");
  const pattern: Node = left.type === "VariableDeclaration" ? left.declarations[0]!.id : left;
  const shape = isPattern(pattern) ? shapeText(pattern) : undefined;
  if (shape) return around(draft, right, "eachMatched", `, ${shape}`);
  const count = pattern.type === "ArrayPattern" && !givesPairs(draft, right, pattern) ? countOf(pattern) : undefined;
  if (count) around(draft, right, "eachUnpacked", `, ${count}`);
  else if (!isIterable(draft, right)) around(draft, right, "each");
}

function writeUnpacking(draft: Draft, pattern: Node, value: Expression): void {
  if (!isPattern(pattern)) return;
  const shape = shapeText(pattern);
  // The parts of a literal object are its own.
  if (shape && (pattern.type === "ArrayPattern" || unwrap(value).type !== "ObjectExpression")) {
    return around(draft, value, "match", `, ${shape}`);
  }
  if (pattern.type !== "ArrayPattern") return;
  const count = countOf(pattern);
  if (count && !hasItems(value, pattern)) around(draft, value, "unpack", `, ${count}`);
  else if (!isIterable(draft, value)) around(draft, value, "each");
}

/**
 * How many items a pattern takes, as arguments for `unpack`. Undefined where it says more than Python can: with defaults
 * and gaps it is JavaScript's, and so is `[first]`, which takes the first item.
 */
function countOf({ elements }: Pattern): string | undefined {
  const names = elements.filter((element) => element !== null && element.type !== "RestElement");
  const hasRest = elements.at(-1)?.type === "RestElement";
  if (elements.includes(null) || names.some((element) => element!.type === "AssignmentPattern")) return undefined;
  if (names.length < (hasRest ? 1 : 2)) return undefined;
  return hasRest ? `${names.length}, true` : `${names.length}`;
}

/** Whether a value is written out with as many items as a pattern takes. */
function hasItems(value: Expression, { elements }: Pattern): boolean {
  const node = unwrap(value);
  return (
    node.type === "ArrayExpression" &&
    node.elements.every((element) => element?.type !== "SpreadElement") &&
    (elements.at(-1)?.type === "RestElement"
      ? node.elements.length >= elements.length - 1
      : node.elements.length === elements.length)
  );
}

const ITERABLES = new Set(["range", "enumerate", "zip", "map", "filter", "reversed", "sorted", "list", "tuple", "set"]);

/** Whether an expression gives what JavaScript iterates. */
function isIterable(draft: Draft, expression: Node): boolean {
  const node = unwrap(expression as Expression);
  if (node.type === "ArrayExpression" || node.type === "TemplateLiteral") return true;
  const called = calledBuiltin(draft.port, node);
  return called !== undefined && ITERABLES.has(called);
}

/** Whether a loop's items are known to be as many as its pattern takes. */
function givesPairs(draft: Draft, right: Expression, { elements }: Pattern): boolean {
  const node = unwrap(right);
  if (node.type !== "CallExpression" || elements.at(-1)?.type === "RestElement") return false;
  const called = calledBuiltin(draft.port, node);
  if (called === "zip") return node.arguments.length === elements.length;
  const { callee } = node;
  const isItems =
    callee.type === "MemberExpression" &&
    callee.property.type === "Identifier" &&
    /^(?:items|entries)$/.test(callee.property.name);
  return elements.length === 2 && (called === "enumerate" || isItems);
}

function around({ port, py }: Draft, node: Node, helper: string, last = ""): void {
  port.code.prependRight(node.start, `${py}.${helper}(`);
  port.code.appendLeft(node.end, `${last})`);
}
