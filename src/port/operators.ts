// Operators mean what they mean in Python: for lists, sets, dicts, strings and objects with `__add__` and its like. Numbers go by
// JavaScript's own, in the place: what is evidently one is left alone.
import type { AssignmentExpression, BinaryExpression, Expression, Node, UnaryExpression } from "oxc-parser";
import type { Draft } from "./draft";
import { simpleText, temporary } from "./place";
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

/**
 * `a + b` → `(typeof a === "number" && typeof b === "number" ? a + b : $py.add(a, b))`: in its place, since V8 remembers by the place
 * which numbers it has seen there.
 */
function writeBinary(draft: Draft, node: BinaryExpression): void {
  const { port, py } = draft;
  const { left, right, operator } = node;
  const helper = HELPERS[operator] ?? ORDERS[operator];
  if (!helper || isJavascripts(draft, operator, left, right)) return;
  const between = { start: left.end, end: right.start };
  if (!mayBeNumbers(draft, left, right)) {
    port.code.prependRight(node.start, `${py}.${helper}(`);
    port.replaceLines(between, ", ");
    port.code.appendLeft(node.end, ")");
    return;
  }
  separate(port, node);
  const b = textTwice(draft, right);
  // What the right side does, the left one has not seen.
  const a = b !== undefined || left.type === "Literal" ? textTwice(draft, left) : undefined;
  if (a !== undefined && b !== undefined) {
    port.code.prependRight(node.start, `(${areNumbers(draft, [left, a], [right, b])} ? `);
    port.code.appendLeft(node.end, ` : ${py}.${helper}(${a}, ${b}))`);
    return;
  }
  const [first, second] = [a ?? temporary(draft, node), b ?? temporary(draft, node)];
  port.code.prependRight(node.start, a === undefined ? `(${first} = ` : "(");
  port.replaceLines(between, b === undefined ? `, ${second} = ` : ", ");
  port.code.appendLeft(node.end, `, ${choice(draft, operator, helper, [left, first], [right, second])})`);
}

/** `x += v` → `x = (…, typeof … ? x + v : $py.iadd(x, v))`. Of items and attributes see brackets.ts and attributes.ts. */
function writeUpdate(draft: Draft, node: AssignmentExpression): void {
  const { port } = draft;
  const left = unwrap(node.left as Expression);
  if (left.type !== "Identifier") return;
  const { right } = node;
  const operator = node.operator.slice(0, -1);
  const helper = HELPERS[operator];
  const variable = port.variableOf(left);
  if (!helper || !variable || isJavascripts(draft, operator, left, right)) return;
  const between = { start: node.left.end, end: right.start };
  const [a, b] = [textTwice(draft, left), textTwice(draft, right)];
  if (a !== undefined && b !== undefined) {
    port.replaceLines(between, ` = ${areNumbers(draft, [left, a], [right, b])} ? ${a} ${operator} `);
    port.code.appendLeft(node.end, ` : ${draft.py}.i${helper}(${a}, ${b})`);
    return;
  }
  const target = draft.cells.has(variable) ? `${variable.name}.v` : draft.textOf(variable);
  const [before, after] = updated(draft, node, target);
  port.replaceLines(between, ` = ${before}`);
  port.code.appendLeft(node.end, after);
}

function writeUnary(draft: Draft, { operator, argument, start, end }: UnaryExpression): void {
  const helper = UNARY[operator];
  if (!helper || isBig(argument) || draft.evidence.isNumber(argument)) return;
  const { port, py } = draft;
  port.replaceLines({ start, end: argument.start }, `${py}.${helper}(`);
  port.code.appendLeft(end, ")");
}

/** How to write the updated value of what reads as `read`: what stands before the operand and after it. */
export function updated(
  draft: Draft,
  { operator: assignment, left, right }: AssignmentExpression,
  read: string,
): [string, string] {
  const operator = assignment.slice(0, -1);
  const helper = HELPERS[operator];
  if (!helper || isJavascripts(draft, operator, left, right)) return [`${read} ${operator} (`, ")"];
  if (!mayBeNumbers(draft, left, right)) return [`${draft.py}.i${helper}(${read}, `, ")"];
  const [a, b] = [temporary(draft, left), temporary(draft, left)];
  return [`(${a} = ${read}, ${b} = `, `, ${choice(draft, operator, `i${helper}`, [left, a], [right, b])})`];
}

type Operand = [node: Node, text: string];

function choice(draft: Draft, operator: string, helper: string, left: Operand, right: Operand): string {
  const [a, b] = [left[1], right[1]];
  return `${areNumbers(draft, left, right)} ? ${a} ${operator} ${b} : ${draft.py}.${helper}(${a}, ${b})`;
}

function mayBeNumbers({ evidence }: Draft, ...operands: Node[]): boolean {
  return !operands.some((operand) => evidence.isString(operand));
}

/** Whether JavaScript's meaning is right: numbers, and texts that are joined or compared. */
function isJavascripts({ evidence }: Draft, operator: string, left: Node, right: Node): boolean {
  if (evidence.isNumber(left) && evidence.isNumber(right)) return true;
  if (operator !== "+" && !(operator in ORDERS)) return false;
  const isText = (node: Node) => evidence.isString(node) || (operator === "+" && evidence.isNumber(node));
  return isText(left) && isText(right);
}

/** How to write an operand a second time, if that may be done. */
function textTwice(draft: Draft, operand: Node): string | undefined {
  return simpleText(draft, unwrap(operand as Expression));
}

function areNumbers({ evidence }: Draft, ...operands: Operand[]): string {
  const unsure = operands.filter(([node], i) => !evidence.isNumber(node) && operands[i]![1] !== operands[i - 1]?.[1]);
  return unsure.map(([, text]) => `typeof ${text} === "number"`).join(" && ");
}

/** `10n` */
function isBig(node: Node): boolean {
  return node.type === "Literal" && typeof node.value === "bigint";
}
