import { signature } from "../arguments";
import { EOFError, TypeError } from "../exceptions";
import { defineBuiltins } from "../registry";
import { readLine } from "../runtime/output";
import { sys, type TextWriter } from "../sys";
import { typeName } from "./classes";
import { str } from "./repr";
import { truth } from "./truth";

interface PrintOptions {
  sep?: string | null;
  end?: string | null;
  file?: TextWriter | null;
  flush?: unknown;
}

const bindPrint = signature<[unknown[], unknown, unknown, TextWriter | null, unknown]>(
  "print(*values, sep=' ', end='\\n', file=None, flush=False)",
);

function separator(given: unknown, name: string, otherwise: string): string {
  if (given === null) return otherwise;
  if (typeof given === "string") return given;
  throw TypeError(`${name} must be None or a string, not ${typeName(given)}`);
}

/**
 * Python's `print(...values, { sep, end, file, flush }?)`. The text goes out in one piece, to `file` or else to what
 * `sys.stdout` is at that moment, so that lines of different threads never mix.
 *
 * @throws TypeError if sep or end is not a string
 */
export function print(...args: [...unknown[], PrintOptions]): void;
export function print(...args: unknown[]): void;
export function print(...args: unknown[]): void {
  const [values, sep, end, file, flush] = bindPrint(args);
  const target = file ?? sys.stdout;
  target.write(values.map((value) => str(value)).join(separator(sep, "sep", " ")) + separator(end, "end", "\n"));
  if (truth(flush)) target.flush?.();
}

/**
 * Python's `input(prompt?)`: writes the prompt and blocks until a line has been read from standard input.
 *
 * @throws EOFError at the end of input
 */
export function input(prompt: unknown = ""): string {
  const line = readLine(str(prompt));
  if (line === null) throw EOFError("EOF when reading a line");
  return line;
}

defineBuiltins({ input, print });
