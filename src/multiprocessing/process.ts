// multiprocessing.Process: an object that stands for a process, in its parent and, as a copy, in the process itself. Somewhat long,
// as the main process, the parent and all others are one class with the promises of its attributes.
import { signature } from "../arguments";
import { typeName } from "../builtins/classes";
import { dict } from "../builtins/dict";
import { list } from "../builtins/list";
import { delattr } from "../builtins/objects";
import { iterate } from "../builtins/protocol";
import { repr, str } from "../builtins/repr";
import { truth } from "../builtins/truth";
import { type tuple, tupleOf } from "../builtins/tuple";
import { callable } from "../callable";
import { AssertionError, AttributeError, NotImplementedError, TypeError, ValueError } from "../exceptions";
import { kernel } from "../kernel/kernel";
import { PicklingError } from "../pickle/errors";
import { defineAll } from "../registry";
import { refuseCopies } from "../runtime/copies";
import { beforeExit, ExitPhase } from "../runtime/exit";
import { callWithKeywords } from "../runtime/functions";
import { Instance } from "../runtime/instance";
import { count, parentPid, pid, processObject } from "../runtime/process";
import { Counter, ProcessWord } from "../runtime/process_words";
import { type Begins, once, setRunProcess } from "../runtime/processes";
import { optionalDeadline, waitForEvent } from "../runtime/wait";
import { AuthenticationString, randomKey } from "./authkey";
import { _exit_function, runProcess } from "./bootstrap";
import { type Popen, popenOf } from "./popen";
import { Work } from "./work";

export interface ProcessOptions {
  group?: null;
  target?: ((...args: any[]) => unknown) | null;
  name?: string | null;
  args?: Iterable<unknown>;
  kwargs?: Record<string, unknown> | null;
  daemon?: boolean | null;
}

const bindInit = signature(
  "BaseProcess.__init__(group=None, target=None, name=None, args: data=(), kwargs: data=None, *, daemon=None)",
);
const bindJoin = signature<[timeout: number | null]>("Process.join(timeout=None)");

/** Given to the constructor by the objects of processes that nobody has made by a Process object. */
const BARE = Symbol("bare");

function assert(condition: boolean, text: string): void {
  if (!condition) throw AssertionError(text);
}

/** @throws AttributeError if the process has not been started, in CPython's words */
function popenFor({ _popen }: BaseProcessType, name: string): Popen {
  if (_popen === null) throw AttributeError(`'NoneType' object has no attribute '${name}'`);
  return _popen;
}

class BaseProcessType extends Instance {
  static readonly __module__: string = "multiprocessing.process";
  static _start_method: string | null = null;

  declare _identity: tuple<number>;
  declare _config: dict<string, any>;
  declare _parent_pid: number | null;
  declare _parent_name: string;
  declare _popen: Popen | null;
  declare _closed: boolean;
  declare _target: unknown;
  declare _args: Iterable<unknown>;
  declare _kwargs: dict<string, unknown>;
  declare _name: string;

  constructor(
    group?: null | ProcessOptions,
    target?: ProcessOptions["target"],
    name?: string | null,
    args?: Iterable<unknown>,
    kwargs?: object,
  );
  constructor(...given: unknown[]) {
    if (given[0] === BARE) {
      super();
      Object.assign(this, { _identity: tupleOf([]), _parent_pid: null, _popen: null, _closed: false });
      return;
    }
    const [group, target, name, args, kwargs, daemon] = bindInit(given);
    assert(group === null, "group argument must be None for now");
    super();
    const parent = current_process();
    this._identity = tupleOf([...parent._identity, count(Counter.Child)]);
    this._config = parent._config.copy();
    this._parent_pid = pid();
    this._parent_name = parent.name;
    this._popen = null;
    this._closed = false;
    this._target = target;
    this._args = tupleOf([...iterate(args ?? [])]);
    this._kwargs = dict(kwargs as Record<string, unknown> | null);
    this._name = truth(name) ? (name as string) : `${typeName(this)}-${[...this._identity].join(":")}`;
    if (daemon !== null) this.daemon = daemon as boolean;
  }

  /** Starts the process, in the way of the class. `begins` is told of its record before anything runs in it. */
  _Popen(_process: BaseProcessType, _work: Work, _begins: Begins): void {
    throw NotImplementedError();
  }

  _check_closed(): void {
    if (this._closed) throw ValueError("process object is closed");
  }

  /** What the process does: calls the target with its arguments. Override it in a subclass, or give a target. */
  run(): void {
    const { _target: target, _args: args, _kwargs: kwargs } = this;
    if (!truth(target)) return;
    if (typeof target !== "function") throw TypeError(`'${typeName(target)}' object is not callable`);
    callWithKeywords(target, [...args], kwargs);
  }

  /**
   * Starts the process.
   *
   * @throws AssertionError if it was started before, by another process, or by a daemon
   * @throws TypeError if the target or an argument cannot be given to another process; it is named, with the way to it
   */
  start(): void {
    this._start();
  }

  /**
   * As start.
   *
   * @param entered told of the record of the main thread before that runs
   * @param waits whether to wait until it does: only so is it an error here if it cannot
   */
  _start(entered?: (mainThread: number) => void, waits = true): void {
    this._check_closed();
    assert(this._popen === null, "cannot start a process twice");
    assert(this._parent_pid === pid(), "can only start a process object created by current process");
    assert(!truth(current_process()._config.get("daemon")), "daemonic processes are not allowed to have children");
    cleanUp();
    const { _target: target, _args: args, _kwargs: kwargs } = this;
    for (const name of ["_target", "_args", "_kwargs"]) delattr(this, name);
    try {
      // It may be ended by other threads as soon as it runs: so all is known of it by then.
      this._Popen(this, new Work(target, [...args], kwargs), (record) => {
        this._popen = popenOf(record);
        children().append(this);
        entered?.(processObject(ProcessWord.MainThread, record));
        return waits;
      });
    } catch (error) {
      if (this._popen !== null) forget(this);
      Object.assign(this, { _target: target, _args: args, _kwargs: kwargs, _popen: null });
      throw error;
    }
  }

  /** Ends the process at once, as SIGTERM does: its exit code is -15. What it holds stays held. */
  terminate(): void {
    this._check_closed();
    popenFor(this, "terminate").terminate();
  }

  /** Ends the process at once, as SIGKILL does: its exit code is -9. */
  kill(): void {
    this._check_closed();
    popenFor(this, "kill").kill();
  }

  /**
   * Waits until the process has ended.
   *
   * @param timeout seconds to wait at most; whether the time ran out is told by exitcode
   * @throws AssertionError if it is no child of this process, or has not been started
   */
  join(timeout?: number | null | { timeout?: number | null }): void;
  join(...args: unknown[]): void {
    const [timeout] = args.length === 0 ? [null] : bindJoin(args);
    this._check_closed();
    assert(this._parent_pid === pid(), "can only join a child process");
    assert(this._popen !== null, "can only join a started process");
    if (this._popen!.wait(timeout) !== null) forget(this);
  }

  /** Whether the process has been started and has not ended. */
  is_alive(): boolean {
    this._check_closed();
    if (this === current_process()) return true;
    assert(this._parent_pid === pid(), "can only test a child process");
    if (this._popen === null) return false;
    if (this._popen.poll() === null) return true;
    forget(this);
    return false;
  }

  /**
   * Says that the object is needed no more.
   *
   * @throws ValueError if the process is still running
   */
  close(): void {
    if (this._popen !== null) {
      if (this._popen.poll() === null) {
        throw ValueError(
          "Cannot close a process while it is still running. You should first call join() or terminate().",
        );
      }
      this._popen = null;
      forget(this);
    }
    this._closed = true;
  }

  get name(): string {
    return this._name;
  }

  set name(name: unknown) {
    assert(typeof name === "string", "name must be a string");
    this._name = name as string;
  }

  /** Whether the process is ended when its parent ends, and not waited for. Inherited from the process that made it. */
  get daemon(): boolean {
    return this._config.get("daemon", false);
  }

  set daemon(daemonic: boolean) {
    assert(this._popen === null, "process has already started");
    this._config.set("daemon", daemonic);
  }

  /** The key with which this process proves to others that it belongs to them. Inherited. */
  get authkey(): AuthenticationString {
    return this._config.get("authkey");
  }

  set authkey(authkey: Uint8Array) {
    if (typeof authkey === "string") throw TypeError("string argument without an encoding");
    this._config.set("authkey", new AuthenticationString(authkey));
  }

  /** None while the process has not ended; then what it gave to sys.exit, or minus the signal that ended it. */
  get exitcode(): number | null {
    this._check_closed();
    return this._popen === null ? null : this._popen.poll();
  }

  /** The number of the process; None before the start. */
  get ident(): number | null {
    this._check_closed();
    if (this === current_process()) return pid();
    return this._popen === null ? null : this._popen.pid;
  }

  get pid(): number | null {
    return this.ident;
  }

  /** What connection.wait() takes to wait for the end of the process. */
  get sentinel(): number {
    this._check_closed();
    if (this._popen === null) throw ValueError("process not started");
    return this._popen.sentinel;
  }

  __repr__(): string {
    const [status, exitcode] = this._status();
    const info = [typeName(this), `name=${repr(this._name)}`];
    if (this._popen !== null) info.push(`pid=${this._popen.pid}`);
    info.push(`parent=${str(this._parent_pid)}`, status);
    if (exitcode !== null) info.push(`exitcode=${SIGNALS[-exitcode] ? `-${SIGNALS[-exitcode]}` : exitcode}`);
    if (this.daemon) info.push("daemon");
    return `<${info.join(" ")}>`;
  }

  _status(): [status: string, exitcode: number | null] {
    if (this === current_process()) return ["started", null];
    if (this._closed) return ["closed", null];
    if (this._parent_pid !== pid()) return ["unknown", null];
    if (this._popen === null) return ["initial", null];
    const exitcode = this._popen.poll();
    return [exitcode === null ? "started" : "stopped", exitcode];
  }
}

/** Names of the signals that end a process, on Linux. */
const SIGNALS: Record<number, string> = {
  1: "SIGHUP",
  2: "SIGINT",
  3: "SIGQUIT",
  4: "SIGILL",
  6: "SIGABRT",
  7: "SIGBUS",
  8: "SIGFPE",
  9: "SIGKILL",
  10: "SIGUSR1",
  11: "SIGSEGV",
  12: "SIGUSR2",
  13: "SIGPIPE",
  14: "SIGALRM",
  15: "SIGTERM",
};

/** The base of the Process classes of all start methods. */
export const BaseProcess = callable(BaseProcessType, "BaseProcess");
export type BaseProcess = BaseProcessType;

// A key is given to the processes that are started, and to nobody else.
refuseCopies(BaseProcessType, (_, spawning) =>
  spawning ? undefined : TypeError("Pickling an AuthenticationString object is disallowed for security reasons"),
);

/** The program's first process. */
class MainProcessType extends BaseProcessType {
  constructor() {
    super(BARE as never);
    this._name = "MainProcess";
    this._config = dict({ authkey: randomKey(), semprefix: "/mp" });
  }

  override close(): void {}
}

refuseCopies(MainProcessType, () => {
  const name = "_MainProcess";
  return PicklingError(
    `Can't pickle <class 'multiprocessing.process.${name}'>: attribute lookup ${name} on multiprocessing.process failed`,
  );
});

/** The process that has started this one. */
class ParentProcessType extends BaseProcessType {
  declare _pid: number;

  constructor(name: string, number: number) {
    super(BARE as never);
    this._name = name;
    this._pid = number;
    this._config = dict({});
  }

  override is_alive(): boolean {
    return kernel.event_is_set(this.sentinel) === 0;
  }

  override get ident(): number {
    return this._pid;
  }

  override get sentinel(): number {
    return processObject(ProcessWord.ParentEnded);
  }

  override join(...args: []): void {
    const [timeout] = args.length === 0 ? [null] : bindJoin(args);
    waitForEvent(this.sentinel, optionalDeadline(timeout));
  }
}

// What only the library knows is refused in CPython's words, of which ident is another name of pid.
for (const { prototype } of [BaseProcessType, ParentProcessType]) {
  for (const name of ["exitcode", "ident", "pid", "sentinel"]) {
    const descriptor = Object.getOwnPropertyDescriptor(prototype, name);
    if (!descriptor) continue;
    const set = function (this: object) {
      const shown = name === "ident" ? "pid" : name;
      throw AttributeError(`property '${shown}' of '${typeName(this)}' object has no setter`, { name, obj: this });
    };
    Object.defineProperty(prototype, name, { ...descriptor, set });
  }
}

export const _MainProcess = callable(MainProcessType, "_MainProcess");
export const _ParentProcess = callable(ParentProcessType, "_ParentProcess");

/** The object that stands for the process in which the caller runs. */
export function current_process(): BaseProcessType {
  return once(ProcessWord.Current, () => new _MainProcess());
}

/** The object that stands for the process that has started this one; None in the first. */
export function parent_process(): BaseProcessType | null {
  if (parentPid() === 0) return null;
  const make = () => new _ParentProcess(current_process()._parent_name, parentPid());
  return once(ProcessWord.Parent, make);
}

type Children = { append(process: BaseProcessType): void; remove(process: BaseProcessType): void } & BaseProcessType[];

function children(): Children {
  return once(ProcessWord.Children, () => list([])) as unknown as Children;
}

function forget(process: BaseProcessType): void {
  try {
    children().remove(process);
  } catch (error) {
    // Another thread has seen its end too.
    if (!(error instanceof ValueError)) throw error;
  }
}

function cleanUp(): void {
  for (const process of [...children()]) if (process._popen?.poll() !== null) forget(process);
}

/** The processes that this one has started and that have not ended, a list. */
export function active_children(): BaseProcessType[] {
  cleanUp();
  return list([...children()]) as unknown as BaseProcessType[];
}

setRunProcess(() => runProcess());
beforeExit(ExitPhase.Processes, () => _exit_function());

defineAll("multiprocessing.process", {
  BaseProcess,
  _MainProcess,
  _ParentProcess,
  active_children,
  current_process,
  parent_process,
});
