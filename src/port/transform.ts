// One port through all passes.
import { Bundle, type SourceMap } from "magic-string";
import { divideBody } from "./body";
import { chooseCells, writeCells } from "./cells";
import { Draft, type Link } from "./draft";
import { exportedVariables, rewriteExports } from "./exports";
import { writeFreeNames } from "./free";
import { checkConstants, chooseSlots, nameFunctions, replaceUses } from "./globals";
import { Imports } from "./imports";
import { writeModule } from "./module";
import { type Absent, writeAbsentNames } from "./module_names";
import type { Port } from "./port";
import { writeRests } from "./rests";
import { rewrite } from "./rewrite";
import { hasTypedArrays } from "./typed_arrays";
import { walk } from "./walk";

export interface TransformOptions {
  /** The module's number, the same in every thread. The entry's is 0. */
  id: number;
  /** Whether an import specifier of this file leads to another port. */
  isPort(specifier: string): boolean;
  /** What is known to be missing in modules of the library. */
  absent?: Absent | undefined;
}

export interface CompiledPort {
  /** TypeScript still, where the port is; every statement on its line. */
  code: string;
  map: SourceMap;
  /** The names of the module's slots, in their order. */
  names: string[];
  exports: ReadonlySet<string>;
  /** Specifiers of `export * from`. */
  stars: string[];
  /** What is taken from other ports. */
  links: Link[];
  hasTopLevelAwait: boolean;
}

/** Compiles a port, which is used up by it. Raises PortError where a port may not do what this one does. */
export function transform(port: Port, { id, isPort, absent }: TransformOptions): CompiledPort {
  const draft = new Draft(port, id);
  checkEval(port);
  checkConstants(draft);
  const imports = new Imports(draft, isPort);
  imports.rewrite();
  if (hasTypedArrays(draft, isPort)) draft.prologue.push(`${draft.py}.useTypedArrays();`);
  if (hasPromises(port)) draft.prologue.push(`${draft.py}.usePromises();`);
  chooseSlots(draft, exportedVariables(draft));
  chooseCells(draft);
  nameFunctions(draft);
  replaceUses(draft);
  writeRests(draft);
  writeCells(draft);
  writeFreeNames(draft);
  if (absent) writeAbsentNames(draft, absent);
  rewrite(draft);
  rewriteExports(draft, imports);
  divideBody(draft);
  writeModule(draft);
  const whole = new Bundle({ separator: "\n" });
  for (const content of [port.code, ...draft.lifted]) whole.addSource({ filename: port.file, content });
  return {
    code: whole.toString(),
    map: whole.generateMap({ includeContent: true, hires: "boundary" }),
    names: draft.slots.map(({ name }) => name),
    exports: draft.exports,
    stars: draft.stars,
    links: draft.links,
    hasTopLevelAwait: port.scopes.topLevelAwait !== undefined,
  };
}

/** Whether a port has async functions, or names JavaScript's promises. */
function hasPromises({ program, scopes }: Port): boolean {
  if (scopes.topLevelAwait || scopes.free.some(({ identifier }) => identifier.name === "Promise")) return true;
  let found = false;
  walk(program, (node) => {
    found ||= "async" in node && node.async === true;
  });
  return found;
}

function checkEval(port: Port): void {
  for (const { identifier } of port.scopes.free) {
    const parent = port.parent(identifier);
    if (identifier.name === "eval" && parent.type === "CallExpression" && parent.callee === identifier) {
      const remedy =
        "Its code could not see the port's variables in other threads. Write a function, or call `(0, eval)(text)`.";
      throw port.error("direct eval cannot be used in a port", identifier, remedy);
    }
  }
}
