// Exports: an exported variable is a slot, an exported function or class is defined, and any other exported name is a
// getter on the module object.
import type { ExportAllDeclaration, ExportNamedDeclaration, ModuleExportName } from "oxc-parser";
import type { Draft } from "./draft";
import { type Imports, member } from "./imports";
import type { Variable } from "./scope";

/** The module variables that the port exports, under whatever name. */
export function exportedVariables({ port }: Draft): Set<Variable> {
  const exported = new Set<Variable>();
  for (const variable of port.scopes.module.variables.values()) {
    for (const { identifier } of variable.references) {
      if (port.parent(identifier).type === "ExportSpecifier") exported.add(variable);
    }
    for (const binding of variable.bindings) {
      const declaration = port.declarationOf(binding);
      if (declaration && port.parent(declaration).type === "ExportNamedDeclaration") exported.add(variable);
    }
  }
  return exported;
}

export function rewriteExports(draft: Draft, imports: Imports): void {
  for (const statement of draft.port.program.body) {
    if (statement.type === "ExportAllDeclaration") exportAll(draft, imports, statement);
    else if (statement.type === "ExportNamedDeclaration" && statement.exportKind !== "type") {
      if (statement.declaration) exportDeclared(draft, statement);
      else exportNames(draft, imports, statement);
    }
  }
}

function exportDeclared(draft: Draft, { declaration }: ExportNamedDeclaration): void {
  const { variables } = draft.port.scopes.module;
  for (const variable of variables.values()) {
    if (variable.kind === "enum" || variable.kind === "namespace") {
      if (variable.declaration === declaration) draft.export(variable.name, variable.name);
      continue;
    }
    const isDeclared = variable.bindings.some(
      ({ start, end }) => start >= declaration!.start && end <= declaration!.end,
    );
    if (isDeclared) draft.exports.add(variable.name);
  }
}

function exportNames(draft: Draft, imports: Imports, node: ExportNamedDeclaration): void {
  const { port } = draft;
  const statements: string[] = [];
  for (const item of node.specifiers) {
    if (item.exportKind === "type") continue;
    const name = nameOf(item.exported);
    if (!node.source) exportLocal(draft, nameOf(item.local), name);
    else draft.export(name, importFrom(draft, imports, node.source.value, nameOf(item.local), statements));
  }
  if (node.source && (!port.isTypeScript || node.specifiers.length === 0))
    statements.push(`import ${node.source.raw};`);
  port.replaceLines(node, statements.join(" "));
}

function exportLocal(draft: Draft, local: string, name: string): void {
  const variable = draft.port.scopes.module.variables.get(local);
  if (!variable) return; // a type
  const text = draft.textOf(variable);
  const isThere = name === local && (text === `${draft.m}.${local}` || /function|class|const/.test(variable.kind));
  if (isThere) draft.exports.add(name);
  else draft.export(name, text);
}

function exportAll(draft: Draft, imports: Imports, node: ExportAllDeclaration): void {
  if (node.exportKind === "type") return;
  const specifier = node.source.value;
  const statements: string[] = [];
  const module = importFrom(draft, imports, specifier, "*", statements);
  if (node.exported) draft.export(nameOf(node.exported), module);
  else {
    draft.stars.push(specifier);
    draft.opening.push(`${draft.m}.$exportAll(() => ${module});`);
  }
  draft.port.replaceLines(node, statements.join(" "));
}

/** How to write a name of another module, port or not. Adds the import statement that this takes to `statements`. */
function importFrom(draft: Draft, imports: Imports, specifier: string, name: string, statements: string[]): string {
  if (imports.isPort(specifier)) {
    const { text, statement } = imports.module(specifier);
    statements.push(statement);
    return name === "*" ? text : member(text, name);
  }
  const alias = draft.port.fresh("$import");
  const names = name === "*" ? `* as ${alias}` : `{ ${/^\w+$/.test(name) ? name : JSON.stringify(name)} as ${alias} }`;
  statements.push(`import ${names} from ${JSON.stringify(specifier)};`);
  return alias;
}

function nameOf(name: ModuleExportName): string {
  return name.type === "Literal" ? name.value : name.name;
}
