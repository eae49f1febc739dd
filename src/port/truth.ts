// Tests are Python's truth: an empty list, dict, set or tuple is false.
import type { Expression, LogicalExpression, Node } from "oxc-parser";
import type { Draft } from "./draft";
import { temporary } from "./place";
import { separate } from "./references";
import { isWrapper, unwrap } from "./syntax";

export function writeTruth(draft: Draft, node: Node): void {
  switch (node.type) {
    case "IfStatement":
    case "WhileStatement":
    case "DoWhileStatement":
    case "ForStatement":
    case "ConditionalExpression":
      if (node.test) writeTest(draft, node.test);
      return;
    case "UnaryExpression":
      if (node.operator === "!") writeTest(draft, node.argument);
      return;
    case "LogicalExpression":
      if (node.operator !== "??") writeLogical(draft, node);
      return;
  }
}

function writeTest({ port, py }: Draft, test: Expression): void {
  const node = unwrap(test);
  if (isLogical(node) || isBoolean(port, node)) return;
  port.code.prependRight(test.start, `${py}.truth(`);
  port.code.appendLeft(test.end, ")");
}

function writeLogical(draft: Draft, node: LogicalExpression): void {
  const { port, py } = draft;
  const { left, right, operator } = node;
  if (isTested(draft, node)) {
    writeTest(draft, left);
    writeTest(draft, right);
    return;
  }
  const isAnd = operator === "&&";
  if (isBoolean(port, unwrap(left))) return;
  const value = temporary(draft, node);
  separate(port, node);
  port.code.prependRight(node.start, `(${py}.truth(${value} = `);
  port.replaceLines({ start: left.end, end: right.start }, isAnd ? ") ? " : `) ? ${value} : `);
  port.code.appendLeft(node.end, isAnd ? ` : ${value})` : ")");
}

function isLogical(node: Node): boolean {
  return node.type === "LogicalExpression" && node.operator !== "??";
}

/** Whether only the truth of a logical expression is asked for. */
function isTested({ port }: Draft, expression: Node): boolean {
  let node = expression;
  let parent = port.parent(node);
  while (isWrapper(parent) || isLogical(parent)) {
    node = parent;
    parent = port.parent(node);
  }
  switch (parent.type) {
    case "IfStatement":
    case "WhileStatement":
    case "DoWhileStatement":
    case "ForStatement":
    case "ConditionalExpression":
      return parent.test === node;
    default:
      return parent.type === "UnaryExpression" && parent.operator === "!";
  }
}

const COMPARISONS = new Set(["===", "!==", "==", "!=", "<", "<=", ">", ">=", "in", "instanceof"]);
/** Builtins that give True or False. */
const PREDICATES = new Set(["isinstance", "issubclass", "callable", "hasattr", "any", "all", "bool", "eq", "in_"]);

/** Whether JavaScript's truth of an expression is Python's. */
function isBoolean(port: Draft["port"], node: Node): boolean {
  switch (node.type) {
    case "Literal":
      return true;
    case "BinaryExpression":
      return COMPARISONS.has(node.operator);
    case "UnaryExpression":
      return node.operator === "!" || node.operator === "delete";
    case "LogicalExpression":
      return isBoolean(port, unwrap(node.left)) && isBoolean(port, unwrap(node.right));
    case "CallExpression": {
      const { callee } = node;
      if (callee.type !== "Identifier" || !PREDICATES.has(callee.name)) return false;
      return port.variableOf(callee)?.kind === "import";
    }
    default:
      return false;
  }
}
