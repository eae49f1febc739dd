// From the stack of a bundle to the lines of the port.
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import type { Frame } from "../platform/types";

/** V8: `at name (file:line:column)`, or without a name and brackets. */
const FRAME = /^\s*at (?:(?:async )?(.*?) \()?(.+?):(\d+):(\d+)\)?$/;
/** Firefox and Safari: `name@file:line:column`, the name with those of the functions around it, or empty. */
const OTHER_FRAME = /^(?:async\*)?(.*?)@(.+?):(\d+):(\d+)$/;

/** A function of a port: its first and its last place, as in a source map, and its name. */
export type NamedRange = [line: number, column: number, lastLine: number, lastColumn: number, name: string];

/**
 * Gives a function that turns a stack of the bundle into the port's frames, outermost first, as JSON.
 *
 * @param map the bundle's source map
 * @param ports absolute paths of the ported files; frames of other files are left out
 * @param functions the functions of each, where an engine may know them by a minifier's names only
 */
export function frameTranslator(
  map: string,
  ports: Set<string>,
  functions: Readonly<Record<string, NamedRange[]>> = {},
): (stack: string, file: string) => string {
  let trace: TraceMap | undefined;
  return (stack, file) => {
    trace ??= new TraceMap(map);
    const frames: Frame[] = [];
    for (const text of stack.split("\n").reverse()) {
      const isOther = !text.startsWith(" ");
      const found = (isOther ? OTHER_FRAME : FRAME).exec(text);
      if (!found || !found[2]!.endsWith(file)) continue;
      const { source, line, column } = originalPositionFor(trace, {
        line: Number(found[3]),
        column: Number(found[4]) - 1,
      });
      if (source !== null && ports.has(source)) {
        const known = functions[source];
        const name = !isOther ? pythonName(found[1]) : known ? nameAt(known, line, column) : otherName(found[1]!);
        frames.push({ file: source, line, name, source: lineOf(trace, source, line) });
      }
    }
    return JSON.stringify(frames);
  };
}

function lineOf({ sources, sourcesContent }: TraceMap, source: string, line: number): string {
  const text = sourcesContent?.[sources.indexOf(source)];
  return text?.split(/\r?\n/)[line - 1]?.trim() ?? "";
}

/** The function whose code is at a place: the innermost, which is the last that begins before it. */
function nameAt(functions: NamedRange[], line: number, column: number): string {
  const holds = ([from, first, to, last]: NamedRange) =>
    (from < line || (from === line && first <= column)) && (line < to || (line === to && column < last));
  return functions.findLast(holds)?.[4] ?? "<module>";
}

/** As pythonName, of Firefox's `outer/inner` and `outer/variable<`. Modules bear their file's name. */
function otherName(name: string): string {
  if (/\.[cm]?[jt]sx?$/.test(name)) return "<module>";
  return name === "" || name.endsWith("<") ? "<lambda>" : name.split("/").at(-1)!;
}

/** Python's name for a function of the stack: a method without its class, `<module>` for a module's body. */
function pythonName(name: string | undefined): string {
  if (name === undefined) return "<lambda>";
  const last = name
    .replace(/ \[as .*\]$/, "")
    .split(".")
    .at(-1)!;
  if (/[/\\]|^<anonymous>$|^__|^init_/.test(name) || last === "<anonymous>") return "<module>";
  return last.startsWith("new ") ? "__init__" : last;
}
