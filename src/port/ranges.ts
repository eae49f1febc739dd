// `for (const i of range(n))`, the commonest loop of all, counts: no iterator, which V8 does not always keep off the heap.
import type { ForOfStatement } from "oxc-parser";
import type { Draft } from "./draft";
import { calledBuiltin } from "./imports";
import { temporary } from "./place";
import { unwrap } from "./syntax";

/** `for (const i of range(n))` → `for (let i = ($t = range(n)).start, $k = $t.length, $d = $t.step; $k > 0; $k--, i += $d)` */
export function writeRange(draft: Draft, { left, right, await: isAsync }: ForOfStatement): void {
  const { port } = draft;
  if (isAsync || left.type !== "VariableDeclaration" || calledBuiltin(port, unwrap(right)) !== "range") return;
  const { id } = left.declarations[0]!;
  const variable = draft.variables.get(id);
  // A variable that the body assigns does not change what comes next.
  if (id.type !== "Identifier" || !variable || !["const", "let"].includes(variable.kind) || variable.reassigned) return;
  const made = temporary(draft, right);
  const rest = port.fresh("$k");
  const step = port.fresh("$d");
  port.code.overwrite(left.start, left.start + left.kind.length, "let");
  port.replaceLines({ start: left.end, end: right.start }, ` = (${made} = `);
  port.code.appendLeft(
    right.end,
    `).start, ${rest} = ${made}.length, ${step} = ${made}.step; ${rest} > 0; ${rest}--, ${id.name} += ${step}`,
  );
}
