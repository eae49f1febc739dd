// Brackets are items: `o[k]` means what it means in Python. An item of an array, of a typed array and of a list that no other thread
// knows is read and written in place, where the host sees which of them it is; all else is a helper's.
import type {
  AssignmentExpression,
  BinaryExpression,
  Expression,
  MemberExpression,
  Node,
  UnaryExpression,
  UpdateExpression,
} from "oxc-parser";
import { isArray, listOf } from "./arrays";
import type { Draft } from "./draft";
import { updated } from "./operators";
import { isForeign, placeOf, simpleText, temporary } from "./place";
import { separate } from "./references";
import { unwrap } from "./syntax";

type Item = MemberExpression & { computed: true; property: Expression };

/** The item expression that a node is, if Python's meaning can differ from JavaScript's. */
function asItem(draft: Draft, wrapped: Node): Item | undefined {
  const node = unwrap(wrapped as Expression);
  if (node.type !== "MemberExpression" || !node.computed || isForeign(draft, node.object)) return undefined;
  const { property } = node;
  const isSymbol =
    property.type === "MemberExpression" && property.object.type === "Identifier" && property.object.name === "Symbol";
  return isSymbol ? undefined : (node as Item);
}

export function writeBrackets(draft: Draft, node: Node): void {
  switch (node.type) {
    case "MemberExpression":
      return readItem(draft, node);
    case "AssignmentExpression":
      return node.operator === "=" ? setItem(draft, node) : updateItem(draft, node);
    case "UpdateExpression":
      return incrementItem(draft, node);
    case "UnaryExpression":
      return deleteItem(draft, node);
    case "BinaryExpression":
      return contains(draft, node as BinaryExpression);
  }
}

function readItem(draft: Draft, node: MemberExpression): void {
  const item = asItem(draft, node);
  if (!item) return;
  const place = placeOf(draft, node);
  const { py } = draft;
  if (inOptionalChain(draft, node)) return readOptional(draft, item);
  if (place === "pattern") return between(draft, item, `${py}.ref(`, ", ", ").v");
  if (place === "target" || place === "update" || place === "delete" || place === "plain") return;
  if (isText(item.property)) return between(draft, item, `${py}.getItem(`, ", ", ")");
  const parts = operands(draft, item);
  finish(draft, item, parts.setup, `${readOf(draft, parts)})`);
}

/**
 * The expression that reads the item `key` of `object`, both written twice. Its form is what V8 makes most of: `?.`, `??` and a
 * test of truth in place of these comparisons each cost half as much again.
 */
function readOf(draft: Draft, { node, object, key }: Operands, value = temporary(draft, node)): string {
  const { py } = draft;
  const isNumber = draft.evidence.isNumber(node.property) ? "" : `typeof ${key} === "number" && `;
  if (isArray(draft, node.object)) {
    return `${isNumber}(${value} = ${object}[${key}]) !== undefined ? ${value} : ${py}.getItem(${listOf(draft, object)}, ${key})`;
  }
  const items = temporary(draft, node);
  const item = `(${items} = ${object}.$items) !== undefined ? ${items}[${key}] : ${object}[${key}]`;
  const isThere = `${object} != null && (${value} = ${item}) !== undefined`;
  return `${isNumber}${isThere} ? ${value} : ${py}.getItem(${object}, ${key})`;
}

/** The expressions that give it the value of the variable `value`. */
function writeOf(draft: Draft, { node, object, key }: Operands, value: string): string {
  const { py } = draft;
  const write = (items: string, owner: string) =>
    `${key} >>> 0 === ${key} && ${key} < ${items}.length ? ${items}[${key}] = ${value} : ${py}.setItem(${owner}, ${key}, ${value})`;
  if (isArray(draft, node.object)) return write(object, listOf(draft, object));
  const items = temporary(draft, node);
  return `${items} = ${object}?.$items ?? ${py}.arrayOf(${object}), ${write(items, object)}`;
}

interface Operands {
  node: Item;
  /** What stands before the object and between it and the key; undefined where the operand itself is left out. */
  setup: { object: string | undefined; key: string | undefined };
  object: string;
  key: string;
}

/** How to write an item's object and key more than once. */
function operands(draft: Draft, node: Item): Operands {
  const { object, property } = node;
  const objectText = simpleText(draft, object);
  const keyText = simpleText(draft, property);
  const objectTemp = objectText ?? temporary(draft, object);
  const keyTemp = keyText ?? temporary(draft, property);
  return {
    node,
    setup: { object: objectText ? undefined : objectTemp, key: keyText ? undefined : keyTemp },
    object: objectTemp,
    key: keyTemp,
  };
}

/** Writes `(o = …, k = …, ` out of an item's two operands, and what comes after them, which closes the parenthesis. */
function finish(
  draft: Draft,
  item: Item,
  setup: Operands["setup"],
  rest: string,
  outer: Node = item,
  end = item.end,
): void {
  const { port } = draft;
  const { code } = port;
  const { object, property } = item;
  separate(draft.port, outer);
  const start = outer.start;
  if (setup.object && setup.key) {
    if (start < object.start) code.remove(start, object.start);
    code.prependRight(object.start, `(${setup.object} = `);
    port.replaceLines({ start: object.end, end: property.start }, `, ${setup.key} = `);
    port.replaceLines({ start: property.end, end: end }, `, ${rest}`);
  } else if (setup.object) {
    if (start < object.start) code.remove(start, object.start);
    code.prependRight(object.start, `(${setup.object} = `);
    port.replaceLines({ start: object.end, end: end }, `, ${rest}`);
  } else if (setup.key) {
    port.replaceLines({ start: start, end: property.start }, `(${setup.key} = `);
    port.replaceLines({ start: property.end, end: end }, `, ${rest}`);
  } else port.replaceLines({ start: start, end: end }, `(${rest}`);
}

/** Writes something before an item's object, between it and the key, and after the key. */
function between(
  draft: Draft,
  { object, property, start, end }: Item,
  before: string,
  middle: string,
  after: string,
): void {
  const { port } = draft;
  port.code.prependRight(start, before);
  port.replaceLines({ start: object.end, end: property.start }, middle);
  port.replaceLines({ start: property.end, end: end }, after);
}

function setItem(draft: Draft, node: AssignmentExpression): void {
  const item = asItem(draft, node.left);
  if (!item) return;
  const { py, port } = draft;
  const { right } = node;
  if (isText(item.property)) {
    between(draft, { ...item, end: right.start } as Item, `${py}.setItem(`, ", ", ", ");
    if (node.start < item.start) port.code.remove(node.start, item.start);
    port.code.appendLeft(right.end, ")");
    return;
  }
  const parts = operands(draft, item);
  const value = temporary(draft, node);
  finish(draft, item, parts.setup, `${value} = `, node, right.start);
  port.code.appendLeft(right.end, `, ${writeOf(draft, parts, value)})`);
}

/** `o[k] += v`, and `o[k] ??= v`. */
function updateItem(draft: Draft, node: AssignmentExpression): void {
  const item = asItem(draft, node.left);
  if (!item) return;
  const { py, port } = draft;
  const parts = operands(draft, item);
  const { setup, object, key } = parts;
  const operator = node.operator.slice(0, -1);
  const { right } = node;
  if (operator === "??" || operator === "||" || operator === "&&") {
    const read = operator === "??" ? `${py}.optItem(${object}, ${key})` : `(${readOf(draft, parts)})`;
    const owner = isArray(draft, item.object) ? listOf(draft, object) : object;
    finish(draft, item, setup, `${read} ${operator} ${py}.setItem(${owner}, ${key}, `, node, right.start);
    port.code.appendLeft(right.end, "))");
    return;
  }
  const value = temporary(draft, node);
  const [before, after] = updated(draft, node, `(${readOf(draft, parts)})`);
  finish(draft, item, setup, `${value} = ${before}`, node, right.start);
  port.code.appendLeft(right.end, `${after}, ${writeOf(draft, parts, value)})`);
}

/** `o[k]++` */
function incrementItem(draft: Draft, node: UpdateExpression): void {
  const item = asItem(draft, node.argument);
  if (!item) return;
  const parts = operands(draft, item);
  const [before, after] = [temporary(draft, node), temporary(draft, node)];
  const step = `${before} = ${readOf(draft, parts)}, ${after} = ${before} ${node.operator[0]} 1`;
  const rest = `${step}, ${writeOf(draft, parts, after)}${node.prefix ? "" : `, ${before}`})`;
  finish(draft, item, parts.setup, rest, node, node.end);
}

function deleteItem(draft: Draft, node: UnaryExpression): void {
  if (node.operator !== "delete") return;
  const item = asItem(draft, node.argument);
  if (!item) return;
  draft.port.code.remove(node.start, item.start);
  const [before, after] = isArray(draft, item.object) ? [`${draft.py}.list(`, ")"] : ["", ""];
  between(draft, { ...item, end: node.end } as Item, `${draft.py}.delItem(${before}`, `${after}, `, ")");
}

/** `k in o` */
function contains(draft: Draft, { operator, left, right, start, end }: BinaryExpression): void {
  if (operator !== "in" || (left as Node).type === "PrivateIdentifier") return;
  const { port } = draft;
  port.code.prependRight(start, `${draft.py}.contains(`);
  port.replaceLines({ start: left.end, end: right.start }, ", ");
  port.code.appendLeft(end, ")");
}

/** Whether `?.` stands somewhere before a member in its chain, or in it. */
function inOptionalChain({ port }: Draft, node: Node): boolean {
  for (let link: Node = node; ; ) {
    if (link.type === "MemberExpression") {
      if (link.optional) return true;
      link = link.object;
    } else if (link.type === "CallExpression") {
      if (link.optional) return true;
      link = link.callee;
    } else if (link.type === "TSNonNullExpression") link = link.expression;
    else return false;
    if (!port.parent(link)) return false;
  }
}

/** In a chain that may break off, the item of nothing is undefined, and what comes after is asked in the same way. */
function readOptional(draft: Draft, item: Item): void {
  const place = placeOf(draft, item);
  if (place === "delete" || place === "target") return;
  between(draft, item, `${draft.py}.optItem(`, ", ", ")");
  const parent = draft.port.parent(item);
  const goesOn =
    (parent.type === "MemberExpression" && parent.object === item && !parent.optional && !parent.computed) ||
    (parent.type === "CallExpression" && parent.callee === item && !parent.optional);
  if (goesOn) draft.port.code.appendLeft(item.end, parent.type === "CallExpression" ? "?." : "?");
}

function isText(node: Node): boolean {
  return (node.type === "Literal" && typeof node.value === "string") || node.type === "TemplateLiteral";
}
