// A port on its way through the passes: its source, syntax tree and scopes, and the text that is being made of it.
import MagicString from "magic-string";
import { type EcmaScriptModule, type Node, type Program, parseSync, type VariableDeclaration } from "oxc-parser";
import { analyze, type ScopeTree } from "./analyze";
import { PortError } from "./errors";
import type { IdentifierNode, Variable } from "./scope";
import { isWrapper } from "./syntax";
import { findUses, type Uses } from "./uses";

export class Port {
  readonly code: MagicString;
  /** Statements that are to begin with a semicolon. */
  readonly separated = new Set<Node>();
  private readonly taken = new Set<string>();
  private uses: Map<Node, Uses> | undefined;

  constructor(
    readonly file: string,
    readonly source: string,
    readonly program: Program,
    readonly links: EcmaScriptModule,
    readonly scopes: ScopeTree,
  ) {
    this.code = new MagicString(source);
    for (const scope of scopes.module.tree()) for (const name of scope.variables.keys()) this.taken.add(name);
    for (const { identifier } of scopes.free) this.taken.add(identifier.name);
  }

  get isTypeScript(): boolean {
    return /tsx?$/.test(this.file);
  }

  /** A name that the port does not use: `wanted`, or something like it. */
  fresh(wanted: string): string {
    let name = wanted;
    for (let n = 1; this.taken.has(name); n++) name = `${wanted}_${n}`;
    this.taken.add(name);
    return name;
  }

  /** What a function or class uses of those around it. */
  usesOf(node: Node): Uses {
    this.uses ??= findUses(this.program);
    return this.uses.get(node)!;
  }

  /** What a name that is used means; undefined where the port does not declare it. */
  variableOf(identifier: IdentifierNode): Variable | undefined {
    return this.scopes.variables.get(identifier);
  }

  parent(node: Node): Node {
    return this.scopes.parents.get(node)!;
  }

  /** An expression with the parentheses and types that stand around it. */
  wrapped(expression: Node): Node {
    let node = expression;
    for (let parent = this.parent(node); parent && isWrapper(parent); parent = this.parent(node)) node = parent;
    return node;
  }

  /** The `let`, `const` or `var` that declares a name. */
  declarationOf(binding: Node): VariableDeclaration | undefined {
    let node: Node | undefined = binding;
    while (node && node.type !== "VariableDeclaration") node = this.parent(node);
    return node;
  }

  /** Replaces a stretch of source and keeps its line breaks, so that what follows stays on its line. */
  replaceLines(node: { start: number; end: number }, text: string): void {
    const lines = this.source.slice(node.start, node.end).split("\n").length;
    this.code.update(node.start, node.end, text + "\n".repeat(lines - 1));
  }

  error(problem: string, node: { start: number }, remedy?: string): PortError {
    return new PortError(problem, { file: this.file, source: this.source, offset: node.start }, remedy);
  }
}

/** Reads a port. Raises PortError where it is not TypeScript or JavaScript. */
export function parsePort(file: string, text: string): Port {
  const source = text.replace(/^\uFEFF/, "");
  const lang = /tsx?$/.test(file) ? "ts" : "js";
  const parsed = parseSync(file, source, { lang, astType: "ts", sourceType: "module", showSemanticErrors: true });
  const error = parsed.errors.find(({ severity }) => severity === "Error");
  if (error) {
    const offset = error.labels[0]?.start ?? 0;
    throw new PortError(error.message, { file, source, offset }, error.helpMessage ?? "");
  }
  return new Port(file, source, parsed.program, parsed.module, analyze(parsed.program));
}
