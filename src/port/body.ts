// The module's body: functions, classes and types stay where they are, in every thread; runs of other statements are
// for the owner alone. Nothing is moved.
import type { Node, Statement, VariableDeclaration } from "oxc-parser";
import { hasHooks } from "./classes";
import { assignDeclaration, defineConstant, splitDeclaration } from "./declarations";
import { exportDefault } from "./default";
import type { Draft } from "./draft";
import { isClass } from "./functions";
import { Disposal, isUsing } from "./using";

export function divideBody(draft: Draft): void {
  const { code, program } = draft.port;
  assignNestedVars(draft);
  let disposal: Disposal | undefined;
  let last: Statement | undefined;
  const close = () => {
    if (last) code.appendLeft(last.end, disposal ? disposal.close : " }");
    last = undefined;
  };
  for (const statement of program.body) {
    if (isUsing(statement)) {
      close();
      disposal ??= new Disposal(draft);
      disposal.declare(statement);
    }
    if (stays(draft, statement)) close();
    else {
      if (!last) code.appendLeft(statement.start, `if (${draft.own}) { ${disposal ? "try { " : ""}`);
      last = statement;
    }
  }
  close();
  if (disposal) code.append(disposal.end);
}

/** Treats a statement of the body, and tells whether it stays outside of the owner's blocks. */
function stays(draft: Draft, statement: Statement): boolean {
  switch (statement.type) {
    case "ExportNamedDeclaration": {
      const { declaration } = statement;
      if (!declaration || isType(declaration)) return true;
      draft.port.code.remove(statement.start, declaration.start);
      return stays(draft, declaration);
    }
    case "ExportDefaultDeclaration":
      return (
        isType(statement.declaration) || exportDefault(draft, statement, (declaration) => stays(draft, declaration))
      );
    case "ExpressionStatement":
      return statement.directive != null;
    case "FunctionDeclaration":
      if (statement.id && !isSlot(draft, statement.id.name)) {
        draft.prologue.push(draft.define(statement.id.name, statement.id.name, statement));
      }
      return true;
    case "ClassDeclaration":
      if (draft.deferred.has(statement)) {
        draft.port.code
          .prependRight(statement.start, `${draft.m}.${statement.id!.name} = `)
          .appendLeft(statement.end, ";");
        return false;
      }
      if (!isType(statement)) defineClass(draft, statement, statement.id!.name);
      return true;
    case "VariableDeclaration":
      return isType(statement) || staysAsDeclaration(draft, statement);
    case "TSImportEqualsDeclaration":
    case "TSExportAssignment":
      if (statement.type === "TSImportEqualsDeclaration" && statement.importKind === "type") return true;
      throw draft.port.error(
        "CommonJS's import and export forms are not known to ports",
        statement,
        "Use import … from and export.",
      );
    case "ImportDeclaration":
    case "ExportAllDeclaration":
    case "EmptyStatement":
      return true;
    default:
      return statement.type.startsWith("TS");
  }
}

function staysAsDeclaration(draft: Draft, declaration: VariableDeclaration): boolean {
  const definitions = declaration.declarations.map((declarator) => defineConstant(draft, declaration, declarator));
  if (!definitions.some(Boolean)) {
    assignDeclaration(draft.port, declaration);
    return false;
  }
  if (definitions.every(Boolean)) draft.port.code.appendLeft(declaration.end, `; ${definitions.join(" ")}`);
  else splitDeclaration(draft, declaration);
  return true;
}

function defineClass(draft: Draft, node: Node, name: string): void {
  const define = isSlot(draft, name)
    ? `${draft.define(`$${name}`, name, node)} if (${draft.own}) ${draft.m}.${name} = ${name};`
    : draft.define(name, name, node);
  const hooks = isClass(node) && hasHooks(draft, node) ? ` if (${draft.own}) ${draft.py}.classMade(${name});` : "";
  draft.port.code.appendLeft(node.end, ` ${define}${hooks}`);
}

function isSlot(draft: Draft, name: string): boolean {
  return draft.slots.some((slot) => slot.name === name);
}

/** `var` in a block or loop of the body. */
function assignNestedVars(draft: Draft): void {
  const { port } = draft;
  const nested = new Set<VariableDeclaration>();
  for (const { kind, bindings } of port.scopes.module.variables.values()) {
    if (kind !== "var") continue;
    for (const binding of bindings) {
      const declaration = port.declarationOf(binding)!;
      const { type } = port.parent(declaration);
      if (type !== "Program" && type !== "ExportNamedDeclaration") nested.add(declaration);
    }
  }
  for (const declaration of nested) assignDeclaration(port, declaration);
}

function isType(node: Node): boolean {
  return ("declare" in node && node.declare === true) || (node.type.startsWith("TS") && !isRuntimeForm(node));
}

function isRuntimeForm(node: Node): boolean {
  return node.type === "TSEnumDeclaration" || node.type === "TSModuleDeclaration";
}
