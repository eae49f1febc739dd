// Python's form of an error: the lines of the port that led to it, outermost first, and the error itself.
//
// The stack speaks of the bundle that workers load; the supervisor holds the source map and translates.
import { type AnyClass, qualifiedName } from "../builtins/classes";
import { str } from "../builtins/repr";
import { MemoryError } from "../exceptions";
import { FORMAT_GROUP } from "../exceptions/group_format";
import type { Frame } from "../platform/types";
import { ask } from "./output";

interface Chained {
  __cause__?: unknown;
  __context__?: unknown;
  __suppress_context__?: boolean;
  __notes__?: unknown;
  [FORMAT_GROUP]?(trace: string, last: string, format: (part: unknown) => string): string;
}

const CAUSE = "\nThe above exception was the direct cause of the following exception:\n\n";
const CONTEXT = "\nDuring handling of the above exception, another exception occurred:\n\n";

export interface FormatOptions {
  /** How many lines of each traceback, from the outermost on; from the innermost on if it is negative. */
  limit?: number | null;
  /** Whether the errors that led to this one are told as well. */
  chain?: boolean;
  /** Whether the last line says what a name was probably meant to be, as Python does where nobody has caught the error. */
  hints?: boolean;
}

const hints = new WeakMap<Error, string>();

/** What the last line of an error's text ends with where nobody has caught it. */
export function setHint(error: Error, hint: string): void {
  hints.set(error, hint);
}

/** The text of an error that nobody has caught. */
export function formatUncaught(error: unknown): string {
  return formatException(error, { hints: true });
}

/** The text that Python would print for an uncaught error. */
export function formatException(error: unknown, options: FormatOptions = {}, seen = new Set<unknown>()): string {
  const { limit = null, chain = true } = options;
  seen.add(error);
  const { __cause__: cause, __context__: context, __suppress_context__: suppress } = (error ?? {}) as Chained;
  let before = "";
  const format = (other: unknown) => formatException(other, options, seen);
  if (!chain) before = "";
  else if (cause && !seen.has(cause)) before = format(cause) + CAUSE;
  else if (context && !suppress && !seen.has(context)) before = format(context) + CONTEXT;
  const all = error instanceof Error && error.stack ? framesOf(error.stack) : [];
  const frames = limit === null ? all : limit >= 0 ? all.slice(0, limit) : all.slice(limit);
  const trace = frames.map(formatFrame).join("");
  const last = formatExceptionOnly(error, options);
  const group = (error as Chained | null)?.[FORMAT_GROUP]?.(trace, last, format);
  return before + (group ?? `${trace && "Traceback (most recent call last):\n"}${trace}${last}`);
}

export function formatFrame({ file, line, name, source }: Frame): string {
  return `  File "${file}", line ${line}, in ${name}\n${source ? `    ${source}\n` : ""}`;
}

/** The last lines: class, text and notes. */
export function formatExceptionOnly(error: unknown, options: FormatOptions = {}): string {
  if (!(error instanceof Error)) return `${String(error)}\n`;
  const text = str(error) + ((options.hints && hints.get(error)) || "");
  const name = qualifiedName(error.constructor as AnyClass).replace(/^__main__\./, "");
  const notes = (error as Chained).__notes__;
  const lines = [text ? `${name}: ${text}` : name, ...(Array.isArray(notes) ? notes.map(String) : [])];
  return `${lines.join("\n")}\n`;
}

/** How this thread reads stacks itself, if it may not wait for the supervisor's answer. */
let readFrames: ((stack: string) => Frame[]) | undefined;

export function setFrameReader(read: typeof readFrames): void {
  readFrames = read;
}

/** The port's frames of a stack, outermost first. */
export function framesOf(stack: string): Frame[] {
  if (readFrames) return readFrames(stack);
  try {
    return JSON.parse(ask({ about: "frames", stack }) as string);
  } catch (error) {
    if (!(error instanceof MemoryError)) throw error;
    return []; // the error is printed without its lines
  }
}
