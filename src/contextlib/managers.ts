// The ready-made context managers.
import { signature } from "../arguments";
import type { list } from "../builtins/list";
import { newList } from "../builtins/list";
import { callable } from "../callable";
import { BaseExceptionGroup, type ClassInfo, matches } from "../exceptions";
import { chdir as changeDirectory, getcwd } from "../os/files";
import { defineAll } from "../registry";
import { sys } from "../sys";
import { AbstractAsyncContextManager, AbstractContextManager } from "./abstract";

const bindClosing = signature("closing.__init__(thing: data)");

class ClosingType<T extends { close(): unknown }> extends AbstractContextManager {
  declare thing: T;

  constructor(thing: T);
  constructor(...args: unknown[]) {
    super();
    [this.thing] = bindClosing(args) as [T];
  }

  override __enter__(): T {
    return this.thing;
  }

  override __exit__(..._exc_info: unknown[]): void {
    this.thing.close();
  }
}

/** Calls the thing's `close()` when `with` ends. */
export const closing = callable(ClosingType, "closing");
export type closing<T extends { close(): unknown }> = ClosingType<T>;

const bindAclosing = signature("aclosing.__init__(thing: data)");

class AclosingType<T> extends AbstractAsyncContextManager {
  declare thing: T;

  constructor(thing: T);
  constructor(...args: unknown[]) {
    super();
    [this.thing] = bindAclosing(args) as [T];
  }

  override async __aenter__(): Promise<T> {
    return this.thing;
  }

  /** An async generator of JavaScript's has `return()` where Python's has `aclose()`. */
  override async __aexit__(..._exc_info: unknown[]): Promise<void> {
    const thing = this.thing as any;
    await (typeof thing.aclose === "function" ? thing.aclose() : thing.return());
  }
}

/** Awaits the thing's `aclose()` when `async with` ends: for async generators that are left early. */
export const aclosing = callable(AclosingType, "aclosing");
export type aclosing<T> = AclosingType<T>;

const bindNull = signature("nullcontext.__init__(enter_result: data=None)");

class NullcontextType<T = null> extends AbstractContextManager {
  declare enter_result: T;

  constructor(enter_result?: T);
  constructor(...args: unknown[]) {
    super();
    [this.enter_result] = bindNull(args) as [T];
  }

  override __enter__(): T {
    return this.enter_result;
  }

  override __exit__(..._excinfo: unknown[]): void {}

  async __aenter__(): Promise<T> {
    return this.enter_result;
  }

  async __aexit__(..._excinfo: unknown[]): Promise<void> {}
}

/** Does nothing but give `enter_result`: stands in where a manager is optional. */
export const nullcontext = callable(NullcontextType, "nullcontext");
export type nullcontext<T = null> = NullcontextType<T>;

class SuppressType extends AbstractContextManager {
  declare _exceptions: ClassInfo[];

  constructor(...exceptions: ClassInfo[]) {
    super();
    this._exceptions = exceptions;
  }

  override __enter__(): null {
    return null;
  }

  /** Of a group it takes the errors of these classes out, as from Python 3.12 on. */
  override __exit__(type: unknown = null, error: any = null, _traceback: unknown = null): boolean {
    if (type === null) return false;
    const classes = [...this._exceptions];
    if (matches(error ?? new (type as any)(), classes)) return true;
    if (!(error instanceof BaseExceptionGroup)) return false;
    const [taken, rest] = (error as any).split(classes);
    if (rest === null) return true;
    if (taken === null) return false;
    throw rest;
  }
}

/** Swallows errors of these classes; what follows `with` runs on. */
export const suppress = callable(SuppressType, "suppress");
export type suppress = SuppressType;

const bindStdout = signature("redirect_stdout.__init__(new_target: data)");
const bindStderr = signature("redirect_stderr.__init__(new_target: data)");

/** Its old targets are kept in a list, since it may be entered again while it is entered. */
abstract class RedirectStream<T> extends AbstractContextManager {
  declare _new_target: T;
  declare _old_targets: list;

  constructor(target: T) {
    super();
    this._new_target = target;
    this._old_targets = newList([]) as unknown as list;
  }

  abstract get _stream(): "stdout" | "stderr";

  override __enter__(): T {
    this._old_targets.append(sys[this._stream]);
    sys[this._stream] = this._new_target as never;
    return this._new_target;
  }

  override __exit__(_exctype?: unknown, _excinst?: unknown, _exctb?: unknown): void {
    sys[this._stream] = this._old_targets.pop() as never;
  }
}

class RedirectStdoutType<T> extends RedirectStream<T> {
  constructor(new_target: T);
  constructor(...args: unknown[]) {
    super(...(bindStdout(args) as [T]));
  }

  get _stream(): "stdout" {
    return "stdout";
  }
}

/** Sends what is printed meanwhile, by whatever thread, to another file: to an `io.StringIO()`, say. */
export const redirect_stdout = callable(RedirectStdoutType, "redirect_stdout");
export type redirect_stdout<T> = RedirectStdoutType<T>;

class RedirectStderrType<T> extends RedirectStream<T> {
  constructor(new_target: T);
  constructor(...args: unknown[]) {
    super(...(bindStderr(args) as [T]));
  }

  get _stream(): "stderr" {
    return "stderr";
  }
}

/** As redirect_stdout, for sys.stderr. */
export const redirect_stderr = callable(RedirectStderrType, "redirect_stderr");
export type redirect_stderr<T> = RedirectStderrType<T>;

const bindChdir = signature("chdir.__init__(path)");

class ChdirType extends AbstractContextManager {
  declare path: string;
  declare _old_cwd: list;

  constructor(path: string);
  constructor(...args: unknown[]) {
    super();
    [this.path] = bindChdir(args) as [string];
    this._old_cwd = newList([]) as unknown as list;
  }

  override __enter__(): void {
    this._old_cwd.append(getcwd());
    changeDirectory(this.path);
  }

  override __exit__(..._excinfo: unknown[]): void {
    changeDirectory(this._old_cwd.pop() as string);
  }
}

/** Changes the current directory of the process meanwhile, for all its threads. */
export const chdir = callable(ChdirType, "chdir");
export type chdir = ChdirType;

defineAll("contextlib", { chdir, closing, aclosing, nullcontext, suppress, redirect_stdout, redirect_stderr });
