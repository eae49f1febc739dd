// What a function begins with: the probe that hands over its captured variables when it crosses to another thread, and
// the cells of its parameters.
import type { Node, ParamPattern } from "oxc-parser";
import { arityCheck, checkInParameters } from "./arity";
import type { Draft } from "./draft";
import type { Closure, FunctionLike } from "./functions";
import { moveParameters } from "./patterns";

export function writeFunction(draft: Draft, node: FunctionLike): void {
  const { body } = node;
  if (!body) return;
  const statements = [...(draft.openings.get(node) ?? [])];
  const temporaries = draft.temporaries.get(node);
  const moved = moveParameters(draft, node);
  statements.unshift(...moved.values());
  if (temporaries) statements.unshift(`let ${temporaries.join(", ")};`);
  checkInParameters(draft, node);
  const check = arityCheck(draft, node);
  if (check) statements.unshift(check);
  const closure = draft.closures.get(node);
  const probe = closure && probeOf(draft, closure);
  if (probe && !probeInParameters(draft, node, probe, moved)) {
    if (body.type !== "BlockStatement" && statements.length === 0) {
      draft.port.code.prependRight(body.start, `${draft.py}.on ? ${probe} : `);
    } else statements.unshift(`if (${draft.py}.on) ${probe};`);
  }
  openBody(draft, body, statements);
}

/** The call by which a function gives its captured variables instead of doing its work. */
function probeOf({ py, id }: Draft, closure: Closure): string {
  const { captured, usesThis, obstacle } = closure;
  if (obstacle) return `${py}.refuse("closure", ${JSON.stringify(obstacle)})`;
  const names = captured.map(({ name }) => name).join(", ");
  const given = [`"closure ${id}:${closure.id}"`];
  if (names || usesThis) given.push(names ? `() => [${names}]` : "undefined");
  if (usesThis) given.push("this");
  return `${py}.take(${given.join(", ")})`;
}

/** Where parameters have patterns or defaults, these are evaluated before the body: the probe goes into the first. */
function probeInParameters(
  { port, py }: Draft,
  node: FunctionLike,
  probe: string,
  moved: ReadonlyMap<Node, string>,
): boolean {
  for (const param of node.params as ParamPattern[]) {
    if (param.type === "AssignmentPattern") {
      port.code.prependRight(param.right.start, `${py}.on ? ${probe} : `);
      return true;
    }
    if (moved.has(param)) continue;
    if (param.type === "ObjectPattern" || param.type === "ArrayPattern") {
      port.code.appendLeft(param.end, ` = ${py}.on ? ${probe} : undefined`);
      return true;
    }
  }
  return false;
}

/** Puts statements in front of those of a body, which may be an expression or a single statement. */
export function openBody({ port }: Draft, body: Node, statements: string[]): void {
  if (statements.length === 0) return;
  const { code, source } = port;
  const text = statements.join(" ");
  if (body.type !== "BlockStatement") {
    const isExpression = !body.type.endsWith("Statement") && !body.type.endsWith("Declaration");
    code.prependRight(body.start, `{ ${text} ${isExpression ? "return " : ""}`);
    code.appendLeft(body.end, isExpression ? "; }" : " }");
    return;
  }
  let start = body.start + 1;
  for (const statement of body.body) {
    if (statement.type !== "ExpressionStatement" || statement.directive == null) break;
    start = statement.end;
  }
  code.appendLeft(start, `${source[start - 1] === "{" || source[start - 1] === ";" ? "" : ";"} ${text}`);
}
