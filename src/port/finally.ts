// While a finally block runs because of an error, that error is being handled: what is raised meanwhile has it as __context__.
import type { TryStatement } from "oxc-parser";
import type { Draft } from "./draft";
import { temporary } from "./place";

/** The error that leaves the block or its catch clause is kept for the finally block. */
export function writeFinally(draft: Draft, node: TryStatement): void {
  const { port, py } = draft;
  const { block, handler, finalizer } = node;
  if (!finalizer || finalizer.body.length === 0) return;
  const { code } = port;
  const left = temporary(draft, node);
  const error = port.fresh("$x");
  const keep = ` catch (${error}) { throw ${left} = ${error}; }`;
  if (handler) {
    code.prependRight(node.start, `try { ${left} = undefined; `).appendLeft(handler.end, ` }${keep}`);
  } else code.appendLeft(block.start + 1, ` ${left} = undefined;`).appendLeft(block.end, keep);
  const handling = port.fresh("$h");
  code.appendLeft(finalizer.start + 1, ` const ${handling} = ${py}.leaving(${left}); try {`);
  const close = `} catch (${error}) { throw ${py}.raised(${error}, ${handling}); } finally { ${py}.endHandling(${handling}); } `;
  code.prependRight(finalizer.end - 1, close);
}
