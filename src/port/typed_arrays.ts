// `new Float64Array(n)` and its like are born in kernel memory, so that all threads can see the same numbers wherever they go:
// all but those that plainly never leave their function, such as a local variable that is only indexed.
import type { CallExpression, MemberExpression, NewExpression, Node } from "oxc-parser";
import type { Draft } from "./draft";
import { exportedVariables } from "./exports";
import { isClass } from "./functions";
import { specifiersOf } from "./imports";
import type { Reference, Variable } from "./scope";

const LIBRARY = /^pythreads(?:\/|$)/;
const TYPED = /^(?:(?:Float|Int|Uint|BigInt|BigUint)\d+(?:Clamped)?Array|DataView|ArrayBuffer)$/;

/** Members by which nothing gets hold of the array: not `buffer`, nor `subarray`. */
const HARMLESS = new Set(
  (
    "length byteLength byteOffset BYTES_PER_ELEMENT at set join indexOf lastIndexOf includes every some find findIndex " +
    "findLast findLastIndex forEach map filter slice reduce reduceRight keys values entries toReversed toSorted with " +
    "toString constructor"
  ).split(" "),
);
/** Methods that give the array itself. */
const FLUENT = new Set("fill sort reverse copyWithin".split(" "));
const ACCESSOR = /^[gs]et(?:Float|Int|Uint|BigInt|BigUint)\d+$/;

export function writeTypedArray(draft: Draft, node: Node): void {
  if (node.type !== "NewExpression" || !isTyped(draft, node)) return;
  const { port, py } = draft;
  const { callee, typeArguments, arguments: given } = node;
  const isLocal = staysLocal(draft, node);
  if (isLocal && !canBeBuffer(given[0])) return;
  const helper = `${py}.${isLocal ? "localArray" : "newArray"}`;
  const name = port.source.slice(callee.start, callee.end);
  const from = (typeArguments ?? callee).end;
  const open = port.source.indexOf("(", from);
  if (open < 0 || open >= node.end) port.replaceLines(node, `${helper}(${name})`);
  else port.replaceLines({ start: node.start, end: open + 1 }, `${helper}(${name}${given.length > 0 ? ", " : ""}`);
}

/** Globals from which no typed array comes. */
const WITHOUT = new Set(
  (
    "Array Atomics BigInt Boolean Date Error Infinity JSON Map Math NaN Number Object RangeError RegExp Set String Symbol " +
    "TypeError WeakMap WeakRef WeakSet arguments console isFinite isNaN parseFloat parseInt undefined __name__"
  ).split(" "),
);

/**
 * Whether a port can have typed arrays: from one of JavaScript's globals, from a package or another file that is no port, or,
 * if it exports variables, from a page that joins it.
 */
export function hasTypedArrays(draft: Draft, isPort: (specifier: string) => boolean): boolean {
  const { port } = draft;
  if (exportedVariables(draft).size > 0) return true;
  if (port.scopes.free.some(({ identifier }) => !WITHOUT.has(identifier.name))) return true;
  return specifiersOf(port).some((specifier) => !specifier || !(LIBRARY.test(specifier) || isPort(specifier)));
}

function isTyped({ port }: Draft, { callee }: NewExpression): boolean {
  return callee.type === "Identifier" && TYPED.test(callee.name) && !port.variableOf(callee);
}

/** Whether an argument may be an ArrayBuffer that threads share. */
function canBeBuffer(argument: Node | undefined): boolean {
  return argument !== undefined && argument.type !== "Literal" && argument.type !== "ArrayExpression";
}

/** Whether nobody but the function around it can get hold of the value of `expression`. */
export function staysLocal(draft: Draft, expression: Node, seen = new Set<Variable>()): boolean {
  const { port } = draft;
  const node = port.wrapped(expression);
  const parent = port.parent(node);
  switch (parent.type) {
    case "ExpressionStatement":
    case "SpreadElement":
    case "BinaryExpression":
    case "UnaryExpression":
      return true;
    case "ForOfStatement":
      return parent.right === node;
    case "MemberExpression":
      return parent.object !== node || isHarmless(draft, parent, seen);
    case "CallExpression":
    case "NewExpression":
      return parent.callee !== node && takesNothing(draft, parent, seen);
    case "VariableDeclarator":
      return parent.id.type === "Identifier" && parent.init === node && isLocal(draft, parent.id, seen);
    case "AssignmentExpression":
      if (parent.left === node) return true;
      return parent.operator === "=" && parent.left.type === "Identifier" && isUnread(draft, parent)
        ? isLocal(draft, parent.left, seen)
        : false;
    default:
      return false;
  }
}

function isUnread({ port }: Draft, node: Node): boolean {
  return port.parent(node).type === "ExpressionStatement";
}

function isHarmless(draft: Draft, member: MemberExpression, seen: Set<Variable>): boolean {
  if (member.computed) return true;
  const { name } = member.property;
  if (HARMLESS.has(name) || ACCESSOR.test(name)) return true;
  const call = draft.port.parent(member);
  return FLUENT.has(name) && call.type === "CallExpression" && call.callee === member && staysLocal(draft, call, seen);
}

/** Whether a call is of JavaScript's own, which keeps no argument: `Math.max(…)`, `new DataView(…)` that stays here too. */
function takesNothing(draft: Draft, call: CallExpression | NewExpression, seen: Set<Variable>): boolean {
  let root: Node = call.callee;
  while (root.type === "MemberExpression") root = root.object;
  if (root.type !== "Identifier" || draft.port.variableOf(root)) return false;
  return call.type === "CallExpression" || !isTyped(draft, call) || staysLocal(draft, call, seen);
}

/** Whether a variable is a function's own, and all its uses leave its value there. */
function isLocal(draft: Draft, name: Node, seen: Set<Variable>): boolean {
  const variable = draft.variables.get(name) ?? draft.port.variableOf(name as never);
  if (!variable || draft.texts.has(variable) || draft.cells.has(variable)) return false;
  if (!["let", "const", "var"].includes(variable.kind)) return false;
  if (seen.has(variable)) return true;
  seen.add(variable);
  return variable.references.every(
    (reference) => !leavesFunction(draft, reference, variable) && staysLocal(draft, reference.identifier, seen),
  );
}

/** Whether a use stands in a function or class that could cross to another thread. */
function leavesFunction({ closures }: Draft, { scope: from }: Reference, { scope: to }: Variable): boolean {
  for (let scope = from; scope !== to && scope.parent; scope = scope.parent) {
    if (closures.has(scope.node) || isClass(scope.node)) return true;
  }
  return false;
}
