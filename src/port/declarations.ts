// Declarations of module variables become assignments: the variables themselves are declared elsewhere.
import type { VariableDeclaration, VariableDeclarator } from "oxc-parser";
import type { Draft } from "./draft";
import type { Port } from "./port";
import { definition, isListed } from "./syntax";

type Declaration = VariableDeclaration;

/** `let a: number, { b } = f()` → `$m.a = undefined, ({ b: $m.b } = f());` */
export function assignDeclaration(port: Port, declaration: Declaration): void {
  const { code, source } = port;
  const [first] = declaration.declarations;
  const parent = port.parent(declaration);
  const isHead = /^For/.test(parent.type) && "left" in parent && parent.left === declaration;
  const isInit = parent.type === "ForStatement" && parent.init === declaration;
  const opensBracket = first!.id.type === "ArrayPattern" || first!.id.type === "ObjectPattern";
  const keyword = { start: declaration.start, end: first!.start };
  port.replaceLines(keyword, isListed(parent) && opensBracket ? ";" : "");
  for (const declarator of declaration.declarations) assign(port, declaration, declarator, isHead);
  if (!isHead && !isInit && source[declaration.end - 1] !== ";") code.appendLeft(declaration.end, ";");
}

function assign(port: Port, { kind }: Declaration, declarator: VariableDeclarator, isHead: boolean): void {
  removeAnnotation(port, declarator);
  if (isHead) return;
  if (declarator.id.type === "ObjectPattern") {
    port.code.prependRight(declarator.start, "(");
    port.code.appendLeft(declarator.end, ")");
  } else if (!declarator.init && kind !== "var") {
    port.code.appendLeft(declarator.end, " = undefined");
  }
}

function removeAnnotation(port: Port, { id }: VariableDeclarator): void {
  const start = id.type === "Identifier" ? id.start + id.name.length : id.typeAnnotation?.start;
  if (start !== undefined && start < id.end) port.replaceLines({ start, end: id.end }, "");
}

/** The statement that makes a constant known, if it is a function or class written out there. */
export function defineConstant(
  draft: Draft,
  { kind }: Declaration,
  { id, init }: VariableDeclarator,
): string | undefined {
  const value = definition(init);
  return kind === "const" && id.type === "Identifier" && value ? draft.define(id.name, id.name, value) : undefined;
}

/** `const a = 1, f = () => a` → `if ($m.$own) { $m.a = 1; } const f = () => a; $m.$define("f", f);` */
export function splitDeclaration(draft: Draft, declaration: Declaration): void {
  const { code } = draft.port;
  let close = "";
  let end = declaration.start;
  for (const declarator of declaration.declarations) {
    const define = defineConstant(draft, declaration, declarator);
    code.update(end, declarator.start, `${close}${define ? "const " : `if (${draft.own}) { ;`}`);
    if (!define) assign(draft.port, declaration, declarator, false);
    close = define ? `; ${define} ` : "; } ";
    end = declarator.end;
  }
  if (end < declaration.end) code.update(end, declaration.end, close);
  else code.appendLeft(end, close);
}
