// Functions and classes within others keep their names: the bundler gives another one to what has the name of something outside.
import type { Class, Node } from "oxc-parser";
import type { Draft } from "./draft";
import { type FunctionLike, isClass } from "./functions";

/** Says what a function or class is called, where the bundler may have changed it. */
export function keepName(draft: Draft, node: FunctionLike | Class): void {
  if (!("id" in node) || !node.id || ("declare" in node && node.declare)) return;
  const { port, py } = draft;
  const { name } = node.id;
  const text = JSON.stringify(name);
  const outer = port.parent(node);
  if (isClass(node)) {
    if (isOfModule(outer) || node.body.body.some(isNamed)) return;
    port.code.appendLeft(node.body.start + 1, ` static { ${py}.named(this, ${text}); }`);
  } else if (node.type === "FunctionExpression") draft.wrap(node, `${py}.named(`, `, ${text})`);
  else if (outer.type === "BlockStatement" && node.body) {
    port.code.appendLeft(outer.start + 1, ` ${py}.named(${name}, ${text});`);
  }
}

/** Those are named when they are made known to all threads. */
function isOfModule({ type }: Node): boolean {
  return type === "Program" || /^Export/.test(type);
}

/** `static name` */
function isNamed(member: Node): boolean {
  return "static" in member && member.static === true && "key" in member && member.key.type === "Identifier"
    ? member.key.name === "name"
    : false;
}
