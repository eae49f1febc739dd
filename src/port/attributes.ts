// Dots are attributes: a method that is read and not called comes bound to its object, and a name that is not there raises
// AttributeError. What is found and is no function, nearly always, costs two comparisons.
import type { AssignmentExpression, MemberExpression, Node } from "oxc-parser";
import type { Draft } from "./draft";
import { isForeign, placeOf, simpleText, temporary } from "./place";
import { separate } from "./references";

export function writeAttribute(draft: Draft, node: Node): void {
  if (node.type === "AssignmentExpression") return writeUpdate(draft, node);
  if (node.type !== "MemberExpression" || node.computed || node.property.type === "PrivateIdentifier") return;
  if (node.optional || isForeign(draft, node.object) || inChain(draft, node)) return;
  const place = placeOf(draft, node);
  if (place !== "value" && place !== "statement" && place !== "object") return;
  write(draft, node, node.property.name, place === "object");
}

function write(draft: Draft, node: MemberExpression, name: string, isObject: boolean): void {
  const { port, py } = draft;
  const { object } = node;
  const simple = simpleText(draft, object);
  const owner = simple ?? temporary(draft, object);
  const value = temporary(draft, node);
  separate(port, node);
  if (!simple) port.code.appendLeft(object.end, ")");
  port.code.prependRight(node.start, `((${value} = ${simple ? "" : `(${owner} = `}`);
  const isData = isObject ? "" : ` && typeof ${value} !== "function"`;
  const helper = `${py}.attr(${owner}, ${JSON.stringify(name)}, ${value})`;
  port.code.appendLeft(node.end, `) !== undefined${isData} ? ${value} : ${helper})`);
}

/** `o.x += v` reads `o.x` first, which may be the class's or not be there. */
function writeUpdate(draft: Draft, node: AssignmentExpression): void {
  const { left, operator, right } = node;
  if (left.type !== "MemberExpression" || left.computed || left.property.type === "PrivateIdentifier") return;
  if (operator === "=" || operator.length > 2 || isForeign(draft, left.object)) return;
  const { port, py } = draft;
  const simple = simpleText(draft, left.object);
  const owner = simple ?? temporary(draft, left.object);
  const value = temporary(draft, node);
  const { name } = left.property;
  if (!simple) {
    separate(port, node);
    port.code.prependRight(left.start, `(${owner} = `).appendLeft(left.object.end, ")");
  }
  const read = `((${value} = ${owner}.${name}) !== undefined ? ${value} : ${py}.attr(${owner}, "${name}", ${value}))`;
  port.replaceLines({ start: left.end, end: right.start }, ` = ${read} ${operator[0]} (`);
  port.code.appendLeft(right.end, ")");
}

/** Whether a member is part of a chain with `?.`, whatever stands after it. */
function inChain({ port }: Draft, node: Node): boolean {
  for (let link: Node = node; ; ) {
    const parent = port.parent(link);
    if (parent?.type === "ChainExpression") return true;
    if (
      parent?.type === "MemberExpression"
        ? parent.object !== link
        : parent?.type !== "CallExpression" || parent.callee !== link
    ) {
      return false;
    }
    link = parent;
  }
}
