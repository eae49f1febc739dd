// While a catch block runs, its error is being handled: what is raised meanwhile has it as __context__.
import type { CatchClause } from "oxc-parser";
import type { Draft } from "./draft";

export function writeCatch({ port, py }: Draft, { param, body, start }: CatchClause): void {
  if (param && param.type !== "Identifier") return;
  if (body.body.length === 0) return;
  const { code } = port;
  // The parameter may have another name by now, as a cell's.
  let error = param && code.slice(param.start, param.start + param.name.length);
  if (!error) {
    error = port.fresh("$e");
    code.appendLeft(start + "catch".length, ` (${error})`);
  }
  const handling = port.fresh("$h");
  const raised = port.fresh("$x");
  code.appendLeft(body.start + 1, ` const ${handling} = ${py}.handle(${error}); try {`);
  const close = `} catch (${raised}) { throw ${py}.raised(${raised}, ${handling}); } finally { ${py}.endHandling(${handling}); } `;
  code.prependRight(body.end - 1, close);
}
