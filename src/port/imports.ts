// Imports between ports: what a port takes from another is read from that one's module object each time, so that it
// is always the present value, and import cycles work.
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import type { ImportDeclaration, ImportDeclarationSpecifier, Node, Span } from "oxc-parser";
import type { Draft } from "./draft";
import type { Port } from "./port";
import type { Variable } from "./scope";

/** What may lead to another port. */
export const RELATIVE = /^(?:\.{1,2}(?:\/|$)|\/)/;

export class Imports {
  /** By specifier, what the module's `$module` is called here. */
  private readonly aliases = new Map<string, string>();

  constructor(
    private readonly draft: Draft,
    readonly isPort: (specifier: string) => boolean,
  ) {}

  /** Rewrites the imports from ports, and says how their names are to be written. */
  rewrite(): void {
    const { port } = this.draft;
    for (const statement of port.program.body) {
      if (statement.type === "ImportDeclaration" && statement.importKind !== "type") this.declaration(statement);
    }
    this.calls();
    this.meta();
  }

  /** How to write the module of `specifier`, with the import statement that this takes where it is the first time. */
  module(specifier: string): { text: string; statement: string } {
    const known = this.aliases.get(specifier);
    if (known) return { text: `${known}()`, statement: "" };
    const name = /([A-Za-z]\w*)(?:\.\w+)?$/.exec(specifier)?.[1] ?? "module";
    const alias = this.draft.port.fresh(`$${name}${this.aliases.size + 1}`);
    this.aliases.set(specifier, alias);
    const statement = `import { $module as ${alias} } from ${JSON.stringify(specifier)};`;
    return { text: `${alias}()`, statement };
  }

  private declaration(node: ImportDeclaration): void {
    const { draft } = this;
    const specifier = node.source.value;
    if (!this.isPort(specifier)) return;
    const used = node.specifiers.filter((item) => this.variableOf(item)?.references.length);
    if (used.length === 0) {
      // TypeScript drops an import of which only types are used.
      const isType = draft.port.isTypeScript && node.specifiers.length > 0;
      draft.port.replaceLines(node, isType ? "" : `import ${node.source.raw};`);
      return;
    }
    const module = this.module(specifier);
    for (const item of used) {
      const name = importedName(item);
      draft.texts.set(this.variableOf(item)!, name === "*" ? module.text : member(module.text, name));
      if (name !== "*") draft.links.push({ specifier, name, node: item });
    }
    draft.port.replaceLines(node, module.statement);
  }

  private variableOf(item: ImportDeclarationSpecifier): Variable | undefined {
    const variable = this.draft.port.scopes.module.variables.get(item.local.name);
    return variable?.declaration === item ? variable : undefined;
  }

  /** `import("./lib")` and `require("./lib")`. */
  private calls(): void {
    const { port } = this.draft;
    for (const { end, moduleRequest } of port.links.dynamicImports) {
      const specifier = literal(port, moduleRequest);
      if (specifier && this.isPort(specifier)) port.code.appendLeft(end, ".then(($) => $.$module())");
    }
    for (const { end, specifier } of requires(port)) {
      if (this.isPort(specifier)) port.code.appendLeft(end, ".$module()");
    }
  }

  /** The bundle is somewhere else; a port asks where the port is. */
  private meta(): void {
    const { port } = this.draft;
    const values: Record<string, string> = {
      url: pathToFileURL(port.file).href,
      filename: port.file,
      dirname: dirname(port.file),
    };
    for (const { start, end } of port.links.importMetas) {
      const property = /^\s*\.\s*(url|filename|dirname)\b/.exec(port.source.slice(end, end + 40));
      if (property) port.code.update(start, end + property[0].length, JSON.stringify(values[property[1]!]));
    }
  }
}

/** The name in the module a specifier takes it from; `*` for the module itself. */
export function importedName(item: ImportDeclarationSpecifier): string {
  if (item.type === "ImportDefaultSpecifier") return "default";
  if (item.type === "ImportNamespaceSpecifier") return "*";
  return item.imported.type === "Identifier" ? item.imported.name : item.imported.value;
}

/** The builtin that an expression calls, by its own name; undefined if it is anything else. */
export function calledBuiltin(port: Port, node: Node): string | undefined {
  if (node.type !== "CallExpression" || node.optional || node.callee.type !== "Identifier") return undefined;
  const declaration = port.variableOf(node.callee)?.declaration;
  if (declaration?.type !== "ImportSpecifier") return undefined;
  const source = port.parent(declaration);
  const isBuiltin = source.type === "ImportDeclaration" && source.source.value === "pythreads/builtins";
  return isBuiltin ? importedName(declaration) : undefined;
}

/** `object.name`, or with brackets where the name is no identifier. */
export function member(object: string, name: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)
    ? `${object}.${name}`
    : `${object}[${JSON.stringify(name)}]`;
}

/** The relative specifiers of everything the port imports, in any way. */
export function relativeSpecifiers(port: Port): string[] {
  const isRelative = (specifier: string | undefined): specifier is string => !!specifier && RELATIVE.test(specifier);
  return [...new Set(specifiersOf(port).filter(isRelative))];
}

/** What the port imports, in any way; undefined where that is known only when it runs. */
export function specifiersOf(port: Port): (string | undefined)[] {
  const { staticImports, staticExports, dynamicImports } = port.links;
  return [
    ...staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...staticExports.flatMap(({ entries }) => entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? [])),
    ...dynamicImports.map(({ moduleRequest }) => literal(port, moduleRequest)),
    ...requires(port).map(({ specifier }) => specifier),
  ];
}

function requires(port: Port): { end: number; specifier: string }[] {
  return port.scopes.free.flatMap(({ identifier }) => {
    const call: Node | undefined = identifier.name === "require" ? port.parent(identifier) : undefined;
    if (call?.type !== "CallExpression" || call.callee !== identifier) return [];
    const [argument] = call.arguments;
    const isText = argument?.type === "Literal" && typeof argument.value === "string";
    return isText ? [{ end: call.end, specifier: argument.value as string }] : [];
  });
}

/** What a string literal in the source says, if it is a plain one. */
function literal({ source }: Port, { start, end }: Span): string | undefined {
  return /^(["'`])([^"'`\\$]*)\1$/.exec(source.slice(start, end))?.[2];
}
