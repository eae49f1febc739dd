// Python's sys module, as far as concurrent programs need it.
import { signature } from "./arguments";
import { typeName } from "./builtins/classes";
import { newList } from "./builtins/list";
import { type tuple, tupleOf } from "./builtins/tuple";
import { type Class, type } from "./builtins/types";
import { type BaseException, handled, SystemExit, TypeError, ValueError } from "./exceptions";
import { defineAll } from "./registry";
import { whenArgumentsKnown } from "./runtime/command_line";
import { moduleObject } from "./runtime/module_object";
import { readLine, runner, write } from "./runtime/output";
import { structSequence } from "./structseq";
import { type ExceptHook, excepthook, unraisablehook } from "./sys/hooks";

/** A file for text, as `print` and the streams know it. */
export interface TextWriter {
  write(text: string): unknown;
  flush?(): unknown;
}

class OutputStream implements TextWriter {
  static readonly __module__ = "_io";
  static readonly name = "TextIOWrapper";
  readonly encoding = "utf-8";
  readonly name: string;
  readonly #fd: 1 | 2;

  constructor(fd: 1 | 2, name: string) {
    this.#fd = fd;
    this.name = name;
  }

  /** Writes at once, never mixed with another thread's text. Gives back the number of characters. */
  write(text: string): number {
    if (typeof text !== "string") throw TypeError(`write() argument must be str, not ${typeName(text)}`);
    write(this.#fd, text);
    return text.length;
  }

  writelines(lines: Iterable<string>): void {
    for (const line of lines) this.write(line);
  }

  /** Nothing to do: text is written at once. */
  flush(): void {}

  fileno(): number {
    return this.#fd;
  }

  isatty(): boolean {
    return false;
  }
}

class InputStream {
  static readonly __module__ = "_io";
  static readonly name = "TextIOWrapper";
  readonly encoding = "utf-8";
  readonly name = "<stdin>";

  /** The next line with its newline; "" at the end of input. Blocks. */
  readline(): string {
    const line = readLine("");
    return line === null ? "" : `${line}\n`;
  }

  read(): string {
    return [...this].join("");
  }

  readlines(): string[] {
    return newList([...this]);
  }

  *[Symbol.iterator](): Generator<string> {
    for (let line = this.readline(); line !== ""; line = this.readline()) yield line;
  }

  fileno(): number {
    return 0;
  }

  isatty(): boolean {
    return false;
  }
}

const bindExit = signature<[code: unknown]>("exit(code: data=None, /)");

/** Ends the program, in a thread that thread, by raising SystemExit: with that exit code, or printing another value and code 1. */
export function exit(...args: [code?: unknown]): never {
  const [code] = bindExit(args);
  throw code === null ? SystemExit() : SystemExit(code);
}

let switchInterval = 0.005;

/** Seconds after which CPython would switch threads. Threads here run in parallel, so it is only a number. */
export function getswitchinterval(): number {
  return switchInterval;
}

export function setswitchinterval(interval: number): void {
  if (typeof interval !== "number") throw TypeError(`must be real number, not ${typeName(interval)}`);
  if (interval <= 0) throw ValueError("switch interval must be strictly positive");
  switchInterval = interval;
}

let recursionLimit = 1000;

/** How deep CPython would let calls nest. The host has a limit of its own, which raises RecursionError. */
export function getrecursionlimit(): number {
  return recursionLimit;
}

export function setrecursionlimit(limit: number): void {
  if (typeof limit !== "number") throw TypeError(`'${typeName(limit)}' object cannot be interpreted as an integer`);
  if (limit < 1) throw ValueError("recursion limit must be greater or equal than 1");
  recursionLimit = limit;
}

/** `(type, value, traceback)` of the error that is being handled, or three times None. */
export function exc_info(): tuple<any> & [Class | null, BaseException | null, unknown] {
  const { error } = handled;
  const info =
    error === null ? [null, null, null] : [type(error), error, (error as BaseException).__traceback__ ?? null];
  return tupleOf(info) as never;
}

const versionInfo = structSequence("sys.version_info", ["major", "minor", "micro", "releaselevel", "serial"]);

const programsArguments: string[] = newList([]);
whenArgumentsKnown((argv) => programsArguments.push(...argv));

const exports = {
  /** The program's path and its arguments, a list. */
  argv: programsArguments,
  stdin: new InputStream() as { readline(): string },
  stdout: new OutputStream(1, "<stdout>") as TextWriter,
  stderr: new OutputStream(2, "<stderr>") as TextWriter,
  /** Called with the error that ends the main thread. */
  excepthook: excepthook as ExceptHook,
  __excepthook__: excepthook as ExceptHook,
  /** Called with an error that could be raised nowhere. */
  unraisablehook,
  __unraisablehook__: unraisablehook,
  exit,
  exc_info,
  getswitchinterval,
  setswitchinterval,
  version: "3.11.7 (pythreads)",
  version_info: versionInfo.make([3, 11, 7, "final", 0]),
  __stdout__: undefined as unknown as TextWriter,
  __stderr__: undefined as unknown as TextWriter,
  /** Path of the program that runs all this: node; in a page it is empty. */
  executable: runner(),
  platform: "linux",
  byteorder: "little",
  maxsize: 2n ** 63n - 1n,
  maxunicode: 0x10ffff,
  hexversion: 0x030b07f0,
  getdefaultencoding: () => "utf-8",
  getrecursionlimit,
  setrecursionlimit,
};

exports.__stdout__ = exports.stdout;
exports.__stderr__ = exports.stderr;

/**
 * The module as an object whose attributes a program assigns: `sys.stdout = new Tee()`. `print` and tracebacks look here.
 * All threads see what was assigned; a stream that cannot be shared is seen by the thread that assigned it, and the others
 * keep the program's own.
 */
export const sys = moduleObject("sys", exports, { perThread: ["stdin", "stdout", "stderr"] });

export const {
  argv,
  stdin,
  stdout,
  stderr,
  version,
  version_info,
  executable,
  platform,
  byteorder,
  maxsize,
  maxunicode,
  hexversion,
  getdefaultencoding,
} = exports;

defineAll("sys", { exit, exc_info });
