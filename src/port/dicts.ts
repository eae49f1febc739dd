// `{ 1: "a", [k]: v, ...d }` is a dict whose keys are what is written there, in their order: an object of JavaScript's would
// make strings of them, and put what looks like an index first.
import type { ObjectExpression, ObjectProperty } from "oxc-parser";
import type { Draft } from "./draft";

/** Whether an object could not hold a dict's items as they are written. */
export function needsPairs({ properties }: ObjectExpression): boolean {
  return properties.some((property) => property.type === "SpreadElement" || isKey(property));
}

/** Whether a literal has a key that cannot be a keyword. */
export function hasNumbers({ properties }: ObjectExpression): boolean {
  return properties.some((property) => property.type === "Property" && !property.computed && isKey(property));
}

/** Whether a key is to be written as a value of its own. */
function isKey({ key, computed }: ObjectProperty): boolean {
  if (computed)
    return !(key.type === "MemberExpression" && key.object.type === "Identifier" && key.object.name === "Symbol");
  return key.type === "Literal" && (typeof key.value !== "string" || /^(?:0|[1-9]\d*)$/.test(key.value));
}

/** `{ 1: "a", b, ...d }` → `$py.pairs([1, "a", $py.of, { b }, $py.of, d])` */
export function writePairs({ port, py }: Draft, node: ObjectExpression): void {
  const { code, source } = port;
  const { properties } = node;
  code.update(node.start, node.start + 1, `${py}.pairs([`);
  for (const property of properties) {
    if (property.type === "SpreadElement") {
      code.update(property.start, property.argument.start, `${py}.of, `);
    } else if (isKey(property)) {
      const { key, value } = property;
      const open = property.computed ? source.indexOf("[", property.start) : key.start;
      if (property.computed && key.start > open) port.replaceLines({ start: open, end: key.start }, "");
      port.replaceLines({ start: key.end, end: value.start }, ", ");
    } else {
      code.prependRight(property.start, `${py}.of, { `);
      code.appendLeft(property.end, " }");
    }
  }
  code.update(node.end - 1, node.end, "])");
}
