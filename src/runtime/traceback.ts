// Python's form of an error: the lines of the port that led to it, outermost first, and the error itself.
//
// V8's stack speaks of the bundle that workers load; the supervisor holds the source map and translates.
import { type AnyClass, qualifiedName } from "../builtins/classes";
import { str } from "../builtins/repr";
import type { Frame } from "../platform/types";
import { ask } from "./output";

interface Chained {
  __cause__?: unknown;
  __context__?: unknown;
  __suppress_context__?: boolean;
  __notes__?: unknown;
}

const CAUSE = "\nThe above exception was the direct cause of the following exception:\n\n";
const CONTEXT = "\nDuring handling of the above exception, another exception occurred:\n\n";

/** The text that Python would print for an uncaught error. */
export function formatException(error: unknown, seen = new Set<unknown>()): string {
  seen.add(error);
  const { __cause__: cause, __context__: context, __suppress_context__: suppress } = (error ?? {}) as Chained;
  let before = "";
  if (cause && !seen.has(cause)) before = formatException(cause, seen) + CAUSE;
  else if (context && !suppress && !seen.has(context)) before = formatException(context, seen) + CONTEXT;
  const frames = error instanceof Error && error.stack ? framesOf(error.stack) : [];
  const trace = frames.length ? `Traceback (most recent call last):\n${frames.map(formatFrame).join("")}` : "";
  return `${before}${trace}${formatExceptionOnly(error)}`;
}

function formatFrame({ file, line, name, source }: Frame): string {
  return `  File "${file}", line ${line}, in ${name}\n${source ? `    ${source}\n` : ""}`;
}

/** The last lines: class, text and notes. */
export function formatExceptionOnly(error: unknown): string {
  if (!(error instanceof Error)) return `${String(error)}\n`;
  const text = str(error);
  const name = qualifiedName(error.constructor as AnyClass).replace(/^__main__\./, "");
  const notes = (error as Chained).__notes__;
  const lines = [text ? `${name}: ${text}` : name, ...(Array.isArray(notes) ? notes.map(String) : [])];
  return `${lines.join("\n")}\n`;
}

/** The port's frames of a stack, outermost first. */
export function framesOf(stack: string): Frame[] {
  return JSON.parse(ask({ about: "frames", stack }) as string);
}
