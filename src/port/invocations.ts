// Calls mean what they mean in Python where there is nothing to call: AttributeError for a method that is not there,
// TypeError for what is not callable. What is called nearly always is a function: one comparison.
import type { CallExpression, Expression, MemberExpression, Node } from "oxc-parser";
import { writeArrayCall } from "./arrays";
import { inChain } from "./attributes";
import type { Draft } from "./draft";
import { isClass } from "./functions";
import { isForeign, placeOf, simpleText, temporary } from "./place";
import { separate } from "./references";
import { definition, unwrap } from "./syntax";

export function writeCall(draft: Draft, node: Node): void {
  if (node.type !== "CallExpression" || node.optional || inChain(draft, node) || placeOf(draft, node) === "plain")
    return;
  const callee = unwrap(node.callee);
  if (callee.type === "MemberExpression") {
    if (!writeArrayCall(draft, node, callee)) writeMethodCall(draft, node, callee);
  }
  if (callee.type === "Identifier") writeFunctionCall(draft, node, callee);
}

/** `o.m(x)` → `(typeof o?.m === "function" ? o : $py.holder(o, "m")).m(x)` */
function writeMethodCall(draft: Draft, node: CallExpression, callee: MemberExpression): void {
  const { object, property } = callee;
  if (callee.computed || property.type !== "Identifier" || isForeign(draft, object) || isLiteral(object)) return;
  const { name } = property;
  if (object.type === "ThisExpression" && declares(draft, node, name)) return;
  const { port, py } = draft;
  const simple = simpleText(draft, object);
  const owner = simple ?? temporary(draft, object);
  separate(port, node);
  if (isOtherwise(draft, node, name)) {
    port.code.prependRight(object.start, `${py}.holder(`).appendLeft(object.end, `, "${name}")`);
    return;
  }
  const test = `?.${name} === "function" ? ${owner} : ${py}.holder(${owner}, "${name}"))`;
  if (simple) {
    port.replaceLines(object, `(typeof ${simple}${test}`);
    return;
  }
  port.code.prependRight(object.start, `(typeof (${owner} = `).appendLeft(object.end, `)${test}`);
}

/** Whether a method that JavaScript's generators or arrays have is Python's there: another one. */
function isOtherwise({ port }: Draft, node: CallExpression, name: string): boolean {
  const [first] = node.arguments;
  if (name === "pop") return first !== undefined;
  if (name !== "sort") return name === "throw";
  return port.parent(node).type === "ExpressionStatement" && (!first || first.type === "ObjectExpression");
}

/** Literals have JavaScript's methods, and Python's where they become lists and dicts. */
function isLiteral({ type }: Expression): boolean {
  return type === "Literal" || type === "TemplateLiteral";
}

/** Whether the class around a node has a method or field of a name. */
function declares({ port }: Draft, node: Node, name: string): boolean {
  for (let outer: Node | undefined = port.parent(node); outer; outer = port.parent(outer)) {
    if (!isClass(outer)) continue;
    return outer.body.body.some(
      (member) =>
        member.type === "MethodDefinition" &&
        member.kind === "method" &&
        !member.static &&
        member.key.type === "Identifier" &&
        member.key.name === name,
    );
  }
  return false;
}

/** `f(x)`, where f is no function that is written out or imported → `(typeof f === "function" ? f : $py.called(f))(x)` */
function writeFunctionCall(draft: Draft, node: CallExpression, callee: Extract<Node, { type: "Identifier" }>): void {
  const { port, py } = draft;
  const variable = port.variableOf(callee);
  if (!variable || !["let", "const", "var", "param", "catch"].includes(variable.kind)) return;
  if (variable.kind === "const" && isWrittenOut(variable.declaration, variable.bindings[0])) return;
  const simple = simpleText(draft, callee);
  const called = simple ?? temporary(draft, callee);
  separate(port, node);
  const test = ` === "function" ? ${called} : ${py}.called(${called}))`;
  if (simple) port.replaceLines(callee, `(typeof ${simple}${test}`);
  else port.code.prependRight(callee.start, `(typeof (${called} = `).appendLeft(callee.end, `)${test}`);
}

function isWrittenOut(declaration: Node, binding: Node | undefined): boolean {
  if (declaration.type !== "VariableDeclaration") return false;
  const declarator = declaration.declarations.find(({ id }) => id === binding);
  return declarator !== undefined && definition(declarator.init) !== undefined;
}
