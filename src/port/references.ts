// Puts another expression in the place of a name, in the form that the place asks for.
import type { Node } from "oxc-parser";
import type { Port } from "./port";
import type { IdentifierNode } from "./scope";
import { isListed, isWrapper } from "./syntax";

/** Replaces `identifier` by `text`, a member expression or a call. */
export function replaceName(port: Port, identifier: IdentifierNode, text: string): void {
  let form = text;
  // Without the comma the callee's `this` would be the module.
  if (isCalled(port, identifier)) form = `(0, ${text})`;
  else if (text.includes("(") && isConstructed(port, identifier)) form = `(${text})`;
  if (isShorthand(port, identifier)) form = `${identifier.name}: ${form}`;
  if (form.startsWith("(")) separate(port, identifier);
  const decorator = decoratorStartingWith(port, identifier);
  if (decorator) {
    form = `(${form}`;
    port.code.appendLeft(decorator.end, ")");
  }
  port.code.update(identifier.start, identifier.start + identifier.name.length, form);
}

/** `f()`, also as `f!()`, `(f)()` and `` f`…` ``. */
function isCalled(port: Port, identifier: IdentifierNode): boolean {
  const node = port.wrapped(identifier);
  const parent = port.parent(node);
  return (
    (parent.type === "CallExpression" && parent.callee === node) ||
    (parent.type === "TaggedTemplateExpression" && parent.tag === node)
  );
}

/** The head of what is called by `new`, where a call would be taken for the constructor's own: `new lib.X()`. */
function isConstructed(port: Port, identifier: IdentifierNode): boolean {
  let node: Node = identifier;
  while (true) {
    const parent = port.parent(node);
    if (parent.type === "NewExpression") return parent.callee === node;
    const isHead =
      (parent.type === "MemberExpression" && parent.object === node) ||
      (parent.type === "TaggedTemplateExpression" && parent.tag === node) ||
      (parent.type !== "ParenthesizedExpression" && isWrapper(parent));
    if (!isHead) return false;
    node = parent;
  }
}

/** `{ x }` or `{ x = 1 }`, in an object or a pattern. */
function isShorthand(port: Port, identifier: IdentifierNode): boolean {
  let node: Node = identifier;
  let parent = port.parent(node);
  if (parent.type === "AssignmentPattern" && parent.left === node) {
    node = parent;
    parent = port.parent(node);
  }
  return parent.type === "Property" && parent.shorthand && parent.value === node;
}

/** Says that what `node` becomes begins with a parenthesis, which must not be taken for arguments of the line before. */
export function separate(port: Port, node: Node): void {
  const first = outermostFrom(port, node);
  if (first.type === "ExpressionStatement" && isListed(port.parent(first))) port.separated.add(first);
}

function decoratorStartingWith(port: Port, identifier: IdentifierNode): Node | undefined {
  const parent = port.parent(outermostFrom(port, identifier));
  return parent?.type === "Decorator" ? parent : undefined;
}

/** The widest node that starts where `node` does, up to a statement. */
function outermostFrom(port: Port, node: Node): Node {
  let widest = node;
  while (widest.type !== "ExpressionStatement") {
    const parent = port.parent(widest);
    if (!parent || parent.start !== node.start || parent.type === "Program") break;
    widest = parent;
  }
  return widest;
}
