// Python's traceback module: errors and stacks as text, with the port's lines.
import { signature } from "./arguments";
import { type list, newList } from "./builtins/list";
import { repr } from "./builtins/repr";
import { tuple } from "./builtins/tuple";
import { handled, TypeError } from "./exceptions";
import { Traceback } from "./exceptions/traceback_type";
import { defineAll } from "./registry";
import { formatException, formatExceptionOnly, formatFrame, framesOf } from "./runtime/traceback";
import { sys, type TextWriter } from "./sys";

/** One line of a traceback. It unpacks as (filename, lineno, name, line). */
export class FrameSummary {
  constructor(
    readonly filename: string,
    readonly lineno: number,
    readonly name: string,
    readonly line: string,
  ) {}

  *[Symbol.iterator](): Iterator<unknown> {
    yield* [this.filename, this.lineno, this.name, this.line];
  }

  __getitem__(index: number): unknown {
    return tuple(this).__getitem__(index);
  }

  __len__(): number {
    return 4;
  }

  __repr__(): string {
    return `<FrameSummary file ${this.filename}, line ${this.lineno} in ${this.name}>`;
  }
}

/** The first `limit` lines, the last ones if it is negative. */
function limited<T>(items: T[], limit: number | null): T[] {
  if (limit === null) return items;
  return limit >= 0 ? items.slice(0, limit) : items.slice(limit);
}

function stackOf(tb: unknown): string {
  if (tb instanceof Traceback) return tb.stack;
  return tb instanceof Error ? (tb.stack ?? "") : "";
}

function summaries(stack: string, limit: number | null): FrameSummary[] {
  const frames = stack === "" ? [] : framesOf(stack);
  return limited(frames, limit).map(({ file, line, name, source }) => new FrameSummary(file, line, name, source));
}

function formatted(frames: Iterable<any>): string[] {
  return [...frames].map((frame) => {
    const [file, line, name, source] = frame;
    return formatFrame({ file, line, name, source: source ?? "" });
  });
}

function show(text: string, file: TextWriter | null): void {
  (file ?? sys.stderr)?.write(text);
}

const bindTb = (name: string) => signature<[tb: unknown, limit: number | null]>(`${name}(tb, limit=None)`);
const bindExtractTb = bindTb("extract_tb");
const bindFormatTb = bindTb("format_tb");
const bindPrintTb = signature<[tb: unknown, limit: number | null, file: TextWriter | null]>(
  "print_tb(tb, limit=None, file=None)",
);

/** The lines of a traceback. */
export function extract_tb(tb: unknown, limit?: number | null): list<FrameSummary>;
export function extract_tb(...args: unknown[]): unknown {
  const [tb, limit] = bindExtractTb(args);
  return newList(summaries(stackOf(tb), limit));
}

/** The lines of a traceback as text. */
export function format_tb(tb: unknown, limit?: number | null): list<string>;
export function format_tb(...args: unknown[]): unknown {
  const [tb, limit] = bindFormatTb(args);
  return newList(formatted(summaries(stackOf(tb), limit)));
}

export function print_tb(tb: unknown, limit?: number | null, file?: TextWriter | null): void;
export function print_tb(...args: unknown[]): void {
  const [tb, limit, file] = bindPrintTb(args);
  show(formatted(summaries(stackOf(tb), limit)).join(""), file);
}

export function format_list(frames: Iterable<unknown>): list<string> {
  return newList(formatted(frames as Iterable<any>)) as unknown as list<string>;
}

export function print_list(frames: Iterable<unknown>, file: TextWriter | null = null): void {
  show(formatted(frames as Iterable<any>).join(""), file);
}

const bindFormatException = signature<[exc: any, value: any, tb: unknown, limit: number | null, chain: boolean]>(
  "format_exception(exc, /, value=None, tb=None, limit=None, chain=True)",
);
const bindPrintException = signature<
  [exc: any, value: any, tb: unknown, limit: number | null, file: TextWriter | null, chain: boolean]
>("print_exception(exc, /, value=None, tb=None, limit=None, file=None, chain=True)");

/** Python takes the error alone, or its class before it. */
function errorOf(exc: unknown, value: unknown): unknown {
  if (exc === null || exc instanceof Error) return exc;
  if (value !== null || typeof exc === "function") return value;
  throw TypeError(`Exception expected for value, ${repr(exc)} found`);
}

function formatWhole(error: unknown, limit: number | null, chain: boolean): string {
  return error === null ? "NoneType: None\n" : formatException(error, { limit, chain });
}

/** The text that Python prints for an error that nobody caught, in pieces. */
export function format_exception(exc: unknown, ...rest: unknown[]): list<string>;
export function format_exception(...args: unknown[]): unknown {
  const [exc, value, , limit, chain] = bindFormatException(args);
  const text = formatWhole(errorOf(exc, value), limit, chain);
  return newList(text.match(/^(?:\S.*\n?| {2}File.*\n(?: {4}.*\n)?|.*\n)/gm) ?? []);
}

export function print_exception(exc: unknown, ...rest: unknown[]): void;
export function print_exception(...args: unknown[]): void {
  const [exc, value, , limit, file, chain] = bindPrintException(args);
  show(formatWhole(errorOf(exc, value), limit, chain), file);
}

const bindOnly = signature<[exc: any, value: any]>("format_exception_only(exc, /, value=None)");

/** The last lines of an error's text, without its traceback. */
export function format_exception_only(exc: unknown, value?: unknown): list<string>;
export function format_exception_only(...args: unknown[]): unknown {
  const [exc, value] = bindOnly(args);
  return newList(formatExceptionOnly(errorOf(exc, value)).match(/.*\n/g) ?? []);
}

const bindFormatExc = signature<[limit: number | null, chain: boolean]>("format_exc(limit=None, chain=True)");
const bindPrintExc = signature<[limit: number | null, file: TextWriter | null, chain: boolean]>(
  "print_exc(limit=None, file=None, chain=True)",
);

/** The text of the error that is being handled: in a catch block of a port, or a handler of `try_`. */
export function format_exc(limit?: number | null | object, chain?: boolean): string;
export function format_exc(...args: unknown[]): string {
  const [limit, chain] = bindFormatExc(args);
  return formatWhole(handled.error, limit, chain);
}

/** Prints the error that is being handled to sys.stderr. */
export function print_exc(limit?: number | null | object, file?: TextWriter | null, chain?: boolean): void;
export function print_exc(...args: unknown[]): void {
  const [limit, file, chain] = bindPrintExc(args);
  show(formatWhole(handled.error, limit, chain), file);
}

const bindStack = (name: string) => signature<[f: unknown, limit: number | null]>(`${name}(f=None, limit=None)`);
const bindExtractStack = bindStack("extract_stack");
const bindFormatStack = bindStack("format_stack");
const bindPrintStack = signature<[f: unknown, limit: number | null, file: TextWriter | null]>(
  "print_stack(f=None, limit=None, file=None)",
);

/** The calls that led here; with a limit the innermost ones. */
function here(limit: number | null): FrameSummary[] {
  const { stack = "" } = new Error();
  return summaries(stack, limit === null ? null : -limit);
}

export function extract_stack(f?: unknown, limit?: number | null): list<FrameSummary>;
export function extract_stack(...args: unknown[]): unknown {
  return newList(here(bindExtractStack(args)[1]));
}

export function format_stack(f?: unknown, limit?: number | null): list<string>;
export function format_stack(...args: unknown[]): unknown {
  return newList(formatted(here(bindFormatStack(args)[1])));
}

/** Prints the calls that led here to sys.stderr. */
export function print_stack(f?: unknown, limit?: number | null, file?: TextWriter | null): void;
export function print_stack(...args: unknown[]): void {
  const [, limit, file] = bindPrintStack(args);
  show(formatted(here(limit)).join(""), file);
}

defineAll("traceback", {
  FrameSummary,
  extract_tb,
  format_tb,
  print_tb,
  format_list,
  print_list,
  format_exception,
  print_exception,
  format_exception_only,
  format_exc,
  print_exc,
  extract_stack,
  format_stack,
  print_stack,
});
