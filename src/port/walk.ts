// A walk over what runs: types are left out.
import { type Node, visitorKeys } from "oxc-parser";

/** Nodes of TypeScript's own that hold code. */
const CODE = new Set<Node["type"]>([
  "TSAsExpression",
  "TSSatisfiesExpression",
  "TSNonNullExpression",
  "TSTypeAssertion",
  "TSInstantiationExpression",
  "TSParameterProperty",
  "TSEnumDeclaration",
  "TSEnumBody",
  "TSEnumMember",
  "TSModuleDeclaration",
  "TSModuleBlock",
]);

/** Visits `node` and all in it: `enter` before a node's parts, in the order of the source, `leave` after them. */
export function walk(node: Node, enter: (node: Node) => void, leave: (node: Node) => void = () => {}): void {
  if ((node.type.startsWith("TS") && !CODE.has(node.type)) || ("declare" in node && node.declare === true)) return;
  enter(node);
  for (const key of visitorKeys[node.type] ?? []) {
    const child = (node as unknown as Record<string, Node | null | (Node | null)[]>)[key];
    if (Array.isArray(child)) for (const item of child) item && walk(item, enter, leave);
    else if (child) walk(child, enter, leave);
  }
  leave(node);
}
