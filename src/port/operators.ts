// Operators mean what they mean in Python: for lists, sets, dicts, strings and objects with `__add__` and its like. Numbers go by
// JavaScript's own, in the place: what is evidently one is left alone.
import type { AssignmentExpression, BinaryExpression, Expression, Node, UnaryExpression } from "oxc-parser";
import type { Draft } from "./draft";
import { simpleText } from "./place";
import { separate } from "./references";
import { unwrap } from "./syntax";

/** What each operator's helper is called. */
const HELPERS: Record<string, string> = {
  "+": "add",
  "-": "sub",
  "*": "mul",
  "/": "div",
  "%": "mod",
  "**": "pow",
  "&": "and",
  "|": "or",
  "^": "xor",
  "<<": "lshift",
  ">>": "rshift",
};
const ORDERS: Record<string, string> = { "<": "lt", "<=": "le", ">": "gt", ">=": "ge" };
const UNARY: Record<string, string> = { "-": "neg", "~": "invert" };

export function writeOperator(draft: Draft, node: Node): void {
  switch (node.type) {
    case "BinaryExpression":
      return writeBinary(draft, node as BinaryExpression);
    case "UnaryExpression":
      return writeUnary(draft, node);
    case "AssignmentExpression":
      return writeUpdate(draft, node);
  }
}

/** `a + b` → `(typeof a === "number" && typeof b === "number" ? a + b : $py.add(a, b))`, or just `$py.add(…, …)` */
function writeBinary(draft: Draft, node: BinaryExpression): void {
  const { port, py } = draft;
  const { left, right, operator } = node;
  const helper = HELPERS[operator] ?? ORDERS[operator];
  if (!helper || isJavascripts(draft, operator, left, right)) return;
  const [a, b] = [textTwice(draft, left), textTwice(draft, right)];
  if (a !== undefined && b !== undefined) {
    separate(port, node);
    port.code.prependRight(node.start, `(${areNumbers(draft, [left, a], [right, b])} ? `);
    port.code.appendLeft(node.end, ` : ${py}.${helper}(${a}, ${b}))`);
  } else {
    port.code.prependRight(node.start, `${py}.${helper}(`);
    port.replaceLines({ start: left.end, end: right.start }, ", ");
    port.code.appendLeft(node.end, ")");
  }
}

/** `x += v` → `x = $py.iadd(x, v)`. Of items and attributes see brackets.ts and attributes.ts. */
function writeUpdate(draft: Draft, node: AssignmentExpression): void {
  const { port, py } = draft;
  const left = unwrap(node.left as Expression);
  if (left.type !== "Identifier") return;
  const { right } = node;
  const operator = node.operator.slice(0, -1);
  const variable = port.variableOf(left);
  if (!HELPERS[operator] || !variable || isJavascripts(draft, operator, left, right)) return;
  const target = draft.cells.has(variable) ? `${variable.name}.v` : draft.textOf(variable);
  const [a, b] = [textTwice(draft, left), textTwice(draft, right)];
  const between = { start: node.left.end, end: right.start };
  if (a !== undefined && b !== undefined) {
    port.replaceLines(between, ` = ${areNumbers(draft, [left, a], [right, b])} ? ${a} ${operator} `);
    port.code.appendLeft(node.end, ` : ${py}.i${HELPERS[operator]}(${a}, ${b})`);
  } else {
    port.replaceLines(between, ` = ${py}.i${HELPERS[operator]}(${target}, `);
    port.code.appendLeft(node.end, ")");
  }
}

function writeUnary(draft: Draft, { operator, argument, start, end }: UnaryExpression): void {
  const helper = UNARY[operator];
  if (!helper || isBig(argument) || draft.evidence.isNumber(argument)) return;
  const { port, py } = draft;
  port.replaceLines({ start, end: argument.start }, `${py}.${helper}(`);
  port.code.appendLeft(end, ")");
}

/**
 * How to write the updated value of what reads as `read`: what stands before the operand and after it.
 *
 * @param operator without `=`
 */
export function updated({ py }: Draft, operator: string, read: string): [string, string] {
  const helper = HELPERS[operator];
  if (!helper) return [`${read} ${operator} (`, ")"];
  return [`${py}.i${helper}(${read}, `, ")"];
}

/** Whether JavaScript's meaning is right: numbers, and texts that are joined or compared. */
function isJavascripts({ evidence }: Draft, operator: string, left: Node, right: Node): boolean {
  if (evidence.isNumber(left) && evidence.isNumber(right)) return true;
  if (operator !== "+" && !(operator in ORDERS)) return false;
  const isText = (node: Node) => evidence.isString(node) || (operator === "+" && evidence.isNumber(node));
  return isText(left) && isText(right);
}

/** How to write an operand a second time, if that may be done, and it may be a number. */
function textTwice(draft: Draft, operand: Node): string | undefined {
  return draft.evidence.isString(operand) ? undefined : simpleText(draft, unwrap(operand as Expression));
}

function areNumbers({ evidence }: Draft, ...operands: [Node, string][]): string {
  const unsure = operands.filter(([node], i) => !evidence.isNumber(node) && operands[i]![1] !== operands[i - 1]?.[1]);
  return unsure.map(([, text]) => `typeof ${text} === "number"`).join(" && ");
}

/** `10n` */
function isBig(node: Node): boolean {
  return node.type === "Literal" && typeof node.value === "bigint";
}
