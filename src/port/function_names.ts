// The functions of a port by where they stand, with the names that tracebacks tell. Firefox's stacks know functions by the names in the
// text, which a minifier has taken.
import type { Node } from "oxc-parser";
import type { NamedRange } from "./frames";
import type { Port } from "./port";
import { walk } from "./walk";

/** In the order in which they begin: the last that holds a place is the one whose code it is. */
export function functionNames(port: Port): NamedRange[] {
  const found: NamedRange[] = [];
  const starts = [0];
  for (const { index } of port.source.matchAll(/\n/g)) starts.push(index + 1);
  let line = 0;
  const placeOf = (offset: number): [line: number, column: number] => {
    while (line > 0 && starts[line]! > offset) line--;
    while (line + 1 < starts.length && starts[line + 1]! <= offset) line++;
    return [line + 1, offset - starts[line]!];
  };
  walk(port.program, (node) => {
    if (!isFunction(node)) return;
    found.push([...placeOf(node.start), ...placeOf(node.end), nameOf(port, node)]);
  });
  return found;
}

function isFunction({ type }: Node): boolean {
  return type === "FunctionDeclaration" || type === "FunctionExpression" || type === "ArrowFunctionExpression";
}

/** As V8 names it: after itself, or what it is bound to at once. */
function nameOf(port: Port, node: Node): string {
  if ("id" in node && node.id && "name" in node.id) return node.id.name as string;
  const parent = port.parent(node);
  if (parent.type === "MethodDefinition" && parent.kind === "constructor") return "__init__";
  if (parent.type === "VariableDeclarator" && parent.id.type === "Identifier") return parent.id.name;
  if (parent.type === "AssignmentExpression" && parent.left.type === "Identifier") return parent.left.name;
  const isMember =
    parent.type === "MethodDefinition" || parent.type === "PropertyDefinition" || parent.type === "Property";
  if (isMember && !parent.computed && parent.value === node) {
    if (parent.key.type === "Identifier") return parent.key.name;
    if (parent.key.type === "PrivateIdentifier") return `#${parent.key.name}`;
    if (parent.key.type === "Literal") return String(parent.key.value);
  }
  return "<lambda>";
}
