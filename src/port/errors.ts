// Errors of the port compiler: what is wrong, where, how it looks there, and what to do.

/** Where in a port something is wrong: an offset into its source. */
export interface Place {
  file: string;
  source: string;
  offset: number;
}

/**
 * A port that cannot be compiled. `message` is ready for the terminal; the parts stand alone as well.
 * `line` and `column` count from 1.
 */
export class PortError extends Error {
  override readonly name = "PortError";
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The line with its neighbours, and a caret under the column. */
  readonly frame: string;

  constructor(
    readonly problem: string,
    place: Place,
    /** What the user can do about it; may be empty. */
    readonly remedy = "",
  ) {
    const { line, column } = position(place.source, place.offset);
    const frame = codeFrame(place.source, line, column);
    super(`${place.file}:${line}:${column}: ${problem}\n\n${frame}${remedy && `\n\n${remedy}`}`);
    this.file = place.file;
    this.line = line;
    this.column = column;
    this.frame = frame;
  }
}

/** Line and column of an offset, both from 1. */
export function position(source: string, offset: number): { line: number; column: number } {
  const before = source.slice(0, offset).split("\n");
  return { line: before.length, column: before.at(-1)!.length + 1 };
}

/** The offset of a line and a column, both from 1. */
export function offsetOf(source: string, line: number, column: number): number {
  const before = source.split("\n").slice(0, line - 1);
  return before.reduce((offset, text) => offset + text.length + 1, column - 1);
}

function codeFrame(source: string, line: number, column: number): string {
  const lines = source.split(/\r?\n/);
  const width = String(line + 1).length;
  const row = (label: number | "", text: string) => `  ${String(label).padStart(width)} | ${text}`.trimEnd();
  const rows: string[] = [];
  for (let at = Math.max(1, line - 1); at <= Math.min(lines.length, line + 1); at++) {
    const text = lines[at - 1]!;
    rows.push(row(at, text));
    // Tabs are kept, so that the caret stands where the terminal puts the column.
    if (at === line) rows.push(row("", `${text.slice(0, column - 1).replace(/[^\t]/g, " ")}^`));
  }
  return rows.join("\n");
}
