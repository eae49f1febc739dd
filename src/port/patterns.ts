// Patterns within patterns, patterns of names and patterns as parameters: their shapes, by which the runtime takes the parts of a value as
// Python does, so that JavaScript's own destructuring finds what it asks for.
import type { ArrayPattern, Node, ObjectPattern, ParamPattern } from "oxc-parser";
import type { Draft } from "./draft";
import type { FunctionLike } from "./functions";

/**
 * 0 takes anything, 1 has a default, "_" is a gap and "..." a rest. A pattern is an array or object of these; `{ "=": … }` is one
 * with a default, and the key "*" stands for names that are computed.
 */
type Shape = 0 | 1 | "_" | "..." | Shape[] | { [name: string]: Shape };

/** The shape of a pattern as a literal; undefined where `unpack` does: an array pattern of simple targets. */
export function shapeText(pattern: Node): string | undefined {
  const shape = shapeOf(pattern);
  const isSimple = Array.isArray(shape) && shape.every((part) => typeof part !== "object");
  return isSimple ? undefined : quoted(shape);
}

function quoted(shape: Shape): string {
  return `'${JSON.stringify(shape).replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}

/** Whether a node takes a value apart. */
export function isPattern(node: Node): node is ArrayPattern | ObjectPattern {
  return node.type === "ArrayPattern" || node.type === "ObjectPattern";
}

function shapeOf(node: Node | null): Shape {
  switch (node?.type) {
    case undefined:
      return "_";
    case "RestElement":
      return "...";
    case "AssignmentPattern":
      return isPattern(node.left) ? { "=": shapeOf(node.left) } : 1;
    case "ArrayPattern":
      return node.elements.map(shapeOf);
    case "ObjectPattern": {
      const names: [string, Shape][] = [];
      for (const property of node.properties) {
        if (property.type === "RestElement") names.push(["...", 0]);
        else if (property.computed) names.push(["*", 1]);
        else {
          const { key } = property;
          names.push([
            key.type === "Identifier" ? key.name : String((key as { value: unknown }).value),
            shapeOf(property.value),
          ]);
        }
      }
      return Object.fromEntries(names);
    }
    default:
      return 0;
  }
}

/**
 * Makes names of a function's parameters that are patterns, and gives the declarations that take them apart. One that has names
 * with a default, `{ loud = false } = {}`, takes keywords.
 */
export function moveParameters(draft: Draft, node: FunctionLike): Map<Node, string> {
  const { port, py } = draft;
  const moved = new Map<Node, string>();
  const params = node.params as ParamPattern[];
  for (const param of params) {
    const pattern = param.type === "AssignmentPattern" ? param.left : param;
    const isTaken = pattern === param ? isPattern(pattern) : pattern.type === "ArrayPattern";
    const source = port.source.slice(pattern.start, pattern.end);
    if (!isTaken || /\/[/*]/.test(source) || isUsedUntil(draft, pattern, params.at(-1)!.end)) continue;
    const given = port.fresh("$p");
    const text = port.code.slice(pattern.start, pattern.end).replaceAll("\n", " ");
    port.code.overwrite(pattern.start, pattern.end, given + "\n".repeat(source.split("\n").length - 1));
    moved.set(param, `var ${text} = ${py}.match(${given}, ${quoted(shapeOf(pattern))});`);
  }
  return moved;
}

/** Whether the default of a later parameter uses a name of the pattern. */
function isUsedUntil({ variables }: Draft, { start, end }: Node, last: number): boolean {
  return [...variables].some(
    ([binding, { references }]) =>
      binding.start >= start &&
      binding.end <= end &&
      references.some(({ identifier }) => identifier.start >= end && identifier.end <= last),
  );
}
