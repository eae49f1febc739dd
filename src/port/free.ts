// Names that the port does not declare. What is none of the host's either is Python's NameError where it is read; to give
// it a value is an error that need not wait for the program to run.
import type { Draft } from "./draft";
import { BUILTINS, MODULES } from "./importable";
import { replaceName } from "./references";
import type { IdentifierNode, Scope } from "./scope";
import { suggestion } from "./suggestion";

/** What modules have besides the globals. */
const OF_MODULES = new Set(["arguments", "require", "module", "exports", "__name__"]);

export function writeFreeNames(draft: Draft): void {
  const { port, py } = draft;
  for (const { identifier, access, scope } of port.scopes.free) {
    const { name } = identifier;
    if (OF_MODULES.has(name) || name in globalThis) continue;
    if (access !== "read") {
      const remedy = `Declare it with \`let ${name}\`. A global of the host is \`globalThis.${name}\`.`;
      throw port.error(`assignment to '${name}', which is not declared`, identifier, remedy);
    }
    if (isNotRead(draft, identifier)) continue;
    const given = [name, hint(name, scope)].map((text) => JSON.stringify(text)).join(", ");
    replaceName(port, identifier, `(typeof ${name} === "undefined" ? ${py}.undefinedName(${given}) : ${name})`);
  }
}

/** `typeof x`; and exports, which can only be a type's name. */
function isNotRead({ port }: Draft, identifier: IdentifierNode): boolean {
  const node = port.parent(port.wrapped(identifier));
  return (node.type === "UnaryExpression" && node.operator === "typeof") || /^Export/.test(node.type);
}

/** What Python's traceback adds to the error. */
function hint(name: string, scope: Scope): string {
  if (MODULES.has(name)) return `. Did you forget to import '${name}'?`;
  if (BUILTINS.has(name)) return `. Did you forget to import '${name}' from 'pythreads/builtins'?`;
  const [locals, globals] = namesSeenFrom(scope);
  const meant = suggestion(name, locals) ?? suggestion(name, globals) ?? suggestion(name, BUILTINS);
  return meant === undefined ? "" : `. Did you mean: '${meant}'?`;
}

function namesSeenFrom(inner: Scope): [locals: string[], globals: string[]] {
  const locals: string[] = [];
  let scope = inner;
  for (; scope.parent; scope = scope.parent) locals.push(...scope.variables.keys());
  return [locals, [...scope.variables.keys()]];
}
