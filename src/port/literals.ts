// `[…]` is a list and `{…}` is a dict, from birth, but where an argument is written or the literal is consumed at once.
// What a template shows is what `str` gives. What JavaScript's own methods give (`text.split(",")`, `[…].map(f)`) becomes a list too.
import type { CallExpression, Node, ObjectExpression } from "oxc-parser";
import { becomesArray } from "./arrays";
import { hasNumbers, needsPairs, writePairs } from "./dicts";
import type { Draft } from "./draft";
import { isWrapper } from "./syntax";
import { staysLocal } from "./typed_arrays";

export function writeLiteral(draft: Draft, node: Node): void {
  switch (node.type) {
    case "ArrayExpression":
      if (!isPlain(draft, node) && !becomesArray(draft, node)) around(draft, node, "list");
      return;
    case "ObjectExpression":
      if (becomesPairs(draft, node)) writePairs(draft, node);
      else if (!isPlain(draft, node) && !hasMethods(node)) around(draft, node, "dict");
      return;
    case "TemplateLiteral":
      if (draft.port.parent(node).type === "TaggedTemplateExpression") return;
      for (const value of node.expressions) if (!isText(value)) around(draft, value, "text");
      return;
    case "CallExpression":
      if (readsObject(draft, node)) for (const value of node.arguments) writeSource(draft, value);
      if (givesArray(draft, node) && !isPlain(draft, node))
        around(draft, node, staysLocal(draft, node) ? "adopt" : "adoptShared");
      return;
    case "SpreadElement":
      if (isSpreadIntoObject(draft, draft.port.parent(node))) around(draft, node.argument, "spread");
      return;
  }
}

/** Whether a value is a string, as it is written. */
function isText(node: Node): boolean {
  return node.type === "TemplateLiteral" || (node.type === "Literal" && typeof node.value === "string");
}

function around({ port, py }: Draft, node: Node, helper: string): void {
  port.code.prependRight(node.start, `${py}.${helper}(`);
  port.code.appendLeft(node.end, ")");
}

function isSpreadIntoObject(draft: Draft, parent: Node): boolean {
  return parent.type === "ObjectExpression" && !becomesPairs(draft, parent);
}

/** Whether an object literal is made a dict of keys and values that are written side by side. */
function becomesPairs(draft: Draft, node: ObjectExpression): boolean {
  if (hasMethods(node) || !needsPairs(node)) return false;
  return !isPlain(draft, node) || (hasNumbers(node) && isGiven(draft, node));
}

/** Whether a literal is an argument of a function of Python's or of a port. */
function isGiven({ port }: Draft, literal: Node): boolean {
  const node = port.parent(port.wrapped(literal));
  if (node.type !== "CallExpression" && node.type !== "NewExpression") return false;
  const root = rootOf(node.callee);
  const variable = root.type === "Identifier" ? port.variableOf(root) : undefined;
  if (variable?.kind !== "import") return variable !== undefined || root.type !== "Identifier";
  const from = port.parent(variable.declaration);
  return from.type === "ImportDeclaration" && /^(?:\.|pythreads(?:\/|$))/.test(from.source.value);
}

/** Whether an array or object that stands there stays JavaScript's own. */
function isPlain(draft: Draft, literal: Node): boolean {
  const { port } = draft;
  let node = literal;
  let parent = port.parent(node);
  while (isWrapper(parent)) {
    if (port.source.slice(node.end, parent.end).trim() === "as const") return true;
    node = parent;
    parent = port.parent(node);
  }
  switch (parent.type) {
    case "CallExpression":
    case "NewExpression":
      // What a call gives is a value of its own, unless it goes to one of JavaScript's own functions.
      return literal.type !== "CallExpression" || isWithinForeign(draft, node);
    case "SpreadElement":
    case "ChainExpression":
      return true;
    case "ForOfStatement":
    case "ForInStatement":
      return parent.right === node;
    case "MemberExpression":
      return parent.object === node && !isMethodOf(literal, parent.property);
    case "VariableDeclarator":
      return isPattern(parent.id);
    case "AssignmentExpression":
    case "AssignmentPattern":
      return isPattern(parent.left);
    case "BinaryExpression":
      return parent.operator === "in" || parent.operator === "instanceof";
    case "Property":
      return isArgument(draft, port.parent(parent)) || isWithinForeign(draft, port.parent(parent));
    case "ArrayExpression":
      return isWithinForeign(draft, parent);
    case "TSEnumMember":
    case "ClassDeclaration":
    case "ClassExpression":
    case "Decorator":
      return true;
    default:
      return false;
  }
}

/** Methods of list that an array has not, or has with another meaning. */
const LIST_METHODS = new Set("append extend insert remove pop index count copy clear".split(" "));
const DICT_METHODS = new Set("get keys values items pop popitem setdefault update copy clear".split(" "));

/** Whether a property is a method that a literal has as a list or dict only. */
function isMethodOf(literal: Node, property: Node): boolean {
  if (property.type !== "Identifier") return false;
  const { name } = property;
  return /^__\w+__$/.test(name) || (literal.type === "ObjectExpression" ? DICT_METHODS : LIST_METHODS).has(name);
}

function isPattern({ type }: Node): boolean {
  return type === "ArrayPattern" || type === "ObjectPattern";
}

function isArgument({ port }: Draft, node: Node): boolean {
  const { type } = port.parent(node);
  return type === "CallExpression" || type === "NewExpression";
}

/** Whether a literal is, however deep, part of an argument of JavaScript's own functions, or of `dict`'s pairs. */
function isWithinForeign(draft: Draft, literal: Node): boolean {
  const { port } = draft;
  for (let node = literal, depth = 0; ; depth++) {
    const parent = port.parent(node);
    if (parent.type === "CallExpression" || parent.type === "NewExpression") {
      const root = rootOf(parent.callee);
      if (root.type !== "Identifier") return false;
      const variable = port.variableOf(root);
      return variable ? depth === 0 && root.name === "dict" && variable.kind === "import" : true;
    }
    const isPart =
      parent.type === "ArrayExpression" || parent.type === "ObjectExpression" || parent.type === "Property";
    if (!isPart && !isWrapper(parent)) return false;
    node = parent;
  }
}

function rootOf(node: Node): Node {
  return node.type === "MemberExpression" ? rootOf(node.object) : node;
}

const ARRAY_METHODS = new Set([
  "map",
  "filter",
  "split",
  "slice",
  "concat",
  "flat",
  "flatMap",
  "fill",
  "from",
  "of",
  "reverse",
  "toReversed",
  "toSorted",
  "with",
]);
const OBJECT_METHODS = new Set(["keys", "values", "entries"]);

function givesArray({ port }: Draft, { callee }: CallExpression): boolean {
  if (callee.type === "Identifier") return callee.name === "Array" && !port.variableOf(callee);
  if (callee.type !== "MemberExpression" || callee.computed || callee.property.type !== "Identifier") return false;
  const { object, property } = callee;
  if (ARRAY_METHODS.has(property.name)) return true;
  return OBJECT_METHODS.has(property.name) && object.type === "Identifier" && object.name === "Object";
}

/** `Object.keys(d)` and its like, of a dict's items. */
function readsObject({ port }: Draft, { callee }: CallExpression): boolean {
  if (callee.type !== "MemberExpression" || callee.computed || callee.property.type !== "Identifier") return false;
  const { object, property } = callee;
  const isObject = object.type === "Identifier" && object.name === "Object" && !port.variableOf(object);
  return isObject && (OBJECT_METHODS.has(property.name) || property.name === "assign");
}

function writeSource(draft: Draft, value: Node): void {
  if (value.type === "SpreadElement" || value.type === "ObjectExpression") return;
  const parent = draft.port.parent(value) as CallExpression;
  // What `assign` writes to stays what it is.
  const isTarget = value === parent.arguments[0] && (parent.callee as { property?: Node }).property;
  if (isTarget && isTarget.type === "Identifier" && isTarget.name === "assign") return;
  around(draft, value, "spread");
}

/** Methods and accessors make an object of JavaScript's kind. */
function hasMethods({ properties }: Extract<Node, { type: "ObjectExpression" }>): boolean {
  return properties.some((property) => property.type === "Property" && (property.method || property.kind !== "init"));
}
