// `export default`: of a function or class in every thread, of another value by the owner, into the slot `default`.
import type { Class, ExportDefaultDeclaration, Expression, Function as FunctionNode, Statement } from "oxc-parser";
import type { Draft } from "./draft";
import { definition, isAnonymous } from "./syntax";

/** Tells whether the statement stays outside of the owner's blocks. A named declaration is then `treat`ed as usual. */
export function exportDefault(
  draft: Draft,
  statement: ExportDefaultDeclaration,
  treat: (declaration: Statement) => boolean,
): boolean {
  const { port } = draft;
  const { declaration } = statement;
  draft.exports.add("default");
  if (declaration.type !== "FunctionDeclaration" && declaration.type !== "ClassDeclaration") {
    return exportValue(draft, statement, declaration as Expression);
  }
  port.code.remove(statement.start, declaration.start);
  if (!declaration.id) {
    nameDeclaration(draft, declaration);
    return true;
  }
  draft.export("default", draft.textOf(port.scopes.module.variables.get(declaration.id.name)!));
  return treat(declaration as Statement);
}

/** `function () {}` → `function $default() {}`, known as `default`. */
function nameDeclaration(draft: Draft, declaration: FunctionNode | Class): void {
  const { port } = draft;
  const name = port.fresh("$default");
  const define = draft.define("default", name, declaration);
  let start = declaration.start;
  let keyword = /^(?:async\s+)?function\s*\*?/;
  if (declaration.type === "ClassDeclaration") {
    start = declaration.decorators.at(-1)?.end ?? start;
    keyword = /^.*?\bclass\b/s;
    port.code.appendLeft(declaration.end, ` ${define}`);
  } else draft.prologue.push(define);
  start += keyword.exec(port.source.slice(start, declaration.end))![0].length;
  port.code.prependLeft(start, ` ${name} `);
}

function exportValue(draft: Draft, statement: ExportDefaultDeclaration, value: Expression): boolean {
  const { code } = draft.port;
  const defined = definition(value);
  if (!defined) {
    code.update(statement.start, value.start, `${draft.addSlot("default", true)} = `);
    code.appendLeft(value.end, ";");
    return false;
  }
  const name = draft.port.fresh("$default");
  const [open, close] = isAnonymous(value) ? ["{ default: ", " }.default"] : ["", ""];
  code.update(statement.start, value.start, `const ${name} = ${open}`);
  code.appendLeft(value.end, `${close}; ${draft.define("default", name, defined)}`);
  return true;
}
