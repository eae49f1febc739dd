// Dots are attributes: a method that is read and not called comes bound to its object, and a name that is not there raises
// AttributeError. What is found and is no function, nearly always, costs two comparisons.
import type { AssignmentExpression, MemberExpression, Node, UnaryExpression, UpdateExpression } from "oxc-parser";
import { isArray } from "./arrays";
import type { Draft } from "./draft";
import { updated } from "./operators";
import { isForeign, placeOf, simpleText, temporary } from "./place";
import { separate } from "./references";
import { unwrap } from "./syntax";

export function writeAttribute(draft: Draft, node: Node): void {
  if (node.type === "AssignmentExpression") return writeUpdate(draft, node);
  if (node.type === "UpdateExpression") return writeIncrement(draft, node);
  if (node.type === "UnaryExpression") return writeDelete(draft, node);
  if (node.type !== "MemberExpression" || node.computed || node.property.type === "PrivateIdentifier") return;
  if (node.optional || isForeign(draft, node.object) || isArray(draft, node.object) || inChain(draft, node)) return;
  const place = placeOf(draft, node);
  if (place !== "value" && place !== "statement" && place !== "object") return;
  write(draft, node, node.property.name, place === "object");
}

function writeDelete({ port, py }: Draft, { operator, argument, start, end }: UnaryExpression): void {
  const member = unwrap(argument);
  if (operator !== "delete" || member.type !== "MemberExpression" || member.computed) return;
  if (member.property.type === "PrivateIdentifier") return;
  port.code.remove(start, member.object.start);
  port.code.prependRight(member.object.start, `${py}.delAttr(`);
  port.replaceLines({ start: member.object.end, end }, `, ${JSON.stringify(member.property.name)})`);
}

function write(draft: Draft, node: MemberExpression, name: string, isObject: boolean): void {
  const { port, py } = draft;
  const { object } = node;
  const simple = simpleText(draft, object);
  const owner = simple ?? temporary(draft, object);
  const value = temporary(draft, node);
  separate(port, node);
  // None has no attributes: to be told by the helper.
  const mark = object.type !== "ThisExpression" && port.source[object.end] === "." ? "?" : "";
  port.code.appendLeft(object.end, `${simple ? "" : ")"}${mark}`);
  port.code.prependRight(node.start, `((${value} = ${simple ? "" : `(${owner} = `}`);
  const isData = isObject ? "" : ` && typeof ${value} !== "function"`;
  const helper = `${py}.attr(${owner}, ${JSON.stringify(name)}, ${value})`;
  port.code.appendLeft(node.end, `) !== undefined${isData} ? ${value} : ${helper})`);
}

type Attribute = MemberExpression & { property: { name: string } };

/** The attribute that is updated; undefined if it is none, or JavaScript's own. */
function asAttribute(draft: Draft, node: Node): Attribute | undefined {
  if (node.type !== "MemberExpression" || node.computed || node.property.type === "PrivateIdentifier") return undefined;
  return isForeign(draft, node.object) ? undefined : (node as Attribute);
}

/** `o.x += v` reads `o.x` first, which may be the class's, or not be there. */
function writeUpdate(draft: Draft, node: AssignmentExpression): void {
  const { left, operator, right } = node;
  const attribute = /^(?:\?\?|\|\||&&)?=$/.test(operator) ? undefined : asAttribute(draft, left);
  if (!attribute) return;
  const { port, py } = draft;
  const { object, property } = attribute;
  const simple = simpleText(draft, object);
  const owner = simple ?? temporary(draft, object);
  const value = temporary(draft, node);
  if (!simple) {
    separate(port, node);
    port.code.prependRight(left.start, `(${owner} = `).appendLeft(object.end, ")");
  }
  const own = `(${value} = ${owner}?.${property.name}) !== undefined`;
  const read = `(${own} ? ${value} : ${py}.attr(${owner}, "${property.name}", undefined))`;
  const [before, after] = updated(draft, node, read);
  port.replaceLines({ start: left.end, end: right.start }, ` = ${before}`);
  port.code.appendLeft(right.end, after);
}

/** `o.x++`: what is the class's becomes the object's own before. */
function writeIncrement(draft: Draft, node: UpdateExpression): void {
  const attribute = asAttribute(draft, unwrap(node.argument));
  if (!attribute) return;
  const { port, py } = draft;
  const { object, property } = attribute;
  const simple = simpleText(draft, object);
  const owner = simple ?? temporary(draft, object);
  const name = `${owner}.${property.name}`;
  const update = node.prefix ? `${node.operator}${name}` : `${name}${node.operator}`;
  const rest = `?.${property.name} === undefined && (${name} = ${py}.attr(${owner}, "${property.name}", undefined)), ${update})`;
  separate(port, node);
  if (simple) {
    port.replaceLines(node, `(${simple}${rest}`);
    return;
  }
  if (node.start < object.start) port.code.remove(node.start, object.start);
  port.code.prependRight(object.start, `((${owner} = `);
  port.replaceLines({ start: object.end, end: node.end }, `)${rest}`);
}

/** Whether a member is part of a chain with `?.`, whatever stands after it. */
export function inChain({ port }: Draft, node: Node): boolean {
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
