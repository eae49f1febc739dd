// Names that a module of the library does not have, as `time.slep`: read through `import * as time` they are Python's AttributeError.
import type { Node } from "oxc-parser";
import type { Draft } from "./draft";
import { importedName } from "./imports";
import { placeOf } from "./place";
import { separate } from "./references";

/** What `specifier` lacks: for each name what a traceback adds to the error. */
export type Absent = ReadonlyMap<string, ReadonlyMap<string, string>>;

const LIBRARY = /^pythreads\//;

/** Python's name of a module of the library; undefined for others. */
export function moduleName(specifier: string): string | undefined {
  return LIBRARY.test(specifier) ? specifier.replace(LIBRARY, "").replaceAll("/", ".") : undefined;
}

export function writeAbsentNames(draft: Draft, absent: Absent): void {
  for (const variable of draft.port.scopes.module.variables.values()) {
    const { declaration, references } = variable;
    if (declaration.type !== "ImportNamespaceSpecifier" || importedName(declaration) !== "*") continue;
    const statement = draft.port.parent(declaration);
    const specifier = statement.type === "ImportDeclaration" ? statement.source.value : "";
    const names = absent.get(specifier);
    if (names) for (const { identifier } of references) writeName(draft, identifier, moduleName(specifier)!, names);
  }
}

function writeName(draft: Draft, module: Node, moduleName: string, names: ReadonlyMap<string, string>): void {
  const { port, py } = draft;
  const object = port.wrapped(module);
  const member = port.parent(object);
  if (member.type !== "MemberExpression" || member.computed || member.object !== object || member.optional) return;
  const hint = names.get(member.property.name);
  const place = placeOf(draft, member);
  if (hint === undefined || place === "lenient" || place === "target") return;
  const given = [moduleName, member.property.name, hint].map((text) => JSON.stringify(text)).join(", ");
  separate(port, member);
  port.replaceLines(member, `(${py}.absentName(${given}))`);
}
