// threading.Thread: a thread record of the kernel, and what it runs.
import { Kind, type Status, ThreadState } from "../../assembly/status";

import { signature } from "../arguments";
import { typeName } from "../builtins/classes";
import { str } from "../builtins/repr";
import { truth } from "../builtins/truth";
import { callable } from "../callable";
import { AssertionError, AttributeError, RuntimeError, SystemExit, TypeError } from "../exceptions";
import { kernel, me } from "../kernel/kernel";
import { defineAll } from "../registry";
import type { Abortable } from "../runtime/aio";
import { beforeExit, ExitPhase } from "../runtime/exit";
import { giveClass, takesAttributes } from "../runtime/facade_attributes";
import { callWithKeywords } from "../runtime/functions";
import { count, currentRecord, mainThreadAddress } from "../runtime/process";
import { Counter } from "../runtime/process_words";
import { addressOf, facade, KIND, localOf, reviveKind, Shared } from "../runtime/shared";
import { importer, liveThreads, setRunThread, startThread, startThreadAwaited, stateReached } from "../runtime/threads";
import { allocated, mayBlock, optionalDeadline, ThreadExit, waitStatus } from "../runtime/wait";
import { read, slotAt, UNSET, write } from "../runtime/words";
import { callUnraisablehook } from "../sys/hooks";
import type { Waiting } from "./aio";
import { deprecated } from "./deprecated";
import { callExcepthook } from "./excepthook";
import { forgetLocals } from "./local";
import { _shutdown, stayForThreads } from "./shutdown";

/** Words of the record. */
const enum Word {
  Name,
  Work,
}

interface Work {
  target: unknown;
  args: Iterable<unknown>;
  kwargs: Record<string, unknown>;
}

interface LocalThread extends Work {
  name: string;
  daemon: boolean;
}

export interface ThreadOptions {
  group?: null;
  target?: ((...args: any[]) => unknown) | null;
  name?: string | null;
  args?: Iterable<unknown>;
  kwargs?: Record<string, unknown> | null;
  daemon?: boolean | null;
}

const bindInit = signature(
  "Thread.__init__(group=None, target=None, name=None, args: data=(), kwargs: data=None, *, daemon=None)",
);
const bindSetName = signature("Thread.setName(name)");
const bindSetDaemon = signature("Thread.setDaemon(daemonic)");
const bindJoin = signature("Thread.join(timeout=None)");
const bindAwaitedJoin = signature<[timeout: number | null, signal: AbortSignal | null]>(
  "Thread.join(timeout=None, *, signal=None)",
);

/** A thread's waiting calls as promises. */
export interface ThreadAio {
  /** Starts the thread, and is done when it has begun. Raises what start() raises. */
  start(): Promise<void>;
  /** As join, awaited. @throws the signal's reason, if it was aborted before */
  join(timeout?: number | null | Waiting, options?: Abortable): Promise<void>;
}

function wordOf(thread: ThreadType, word: Word): number {
  return slotAt((kernel.thread_words(addressOf(thread)) >>> 0) + word * 8);
}

/** Writes what the new thread needs into its record. */
function fillRecord(address: number, { name, target, args, kwargs }: LocalThread): void {
  const words = slotAt(kernel.thread_words(address) >>> 0);
  write(words + Word.Name, name);
  write(words + Word.Work, { target, args: [...args], kwargs }, "Thread");
}

function workOf(thread: ThreadType): Work {
  return localOf<LocalThread>(thread) ?? (read(wordOf(thread, Word.Work)) as Work);
}

function stateOf(thread: ThreadType): ThreadState {
  return localOf(thread) ? ThreadState.Initial : kernel.thread_state(addressOf(thread));
}

class ThreadType extends Shared<LocalThread> {
  get [KIND](): Kind {
    return Kind.Thread;
  }

  constructor(
    group?: null | ThreadOptions,
    target?: ThreadOptions["target"],
    name?: string | null,
    args?: Iterable<unknown>,
    kwargs?: object,
  );
  constructor(...given: unknown[]) {
    const [group, target, name, args, kwargs, daemon] = bindInit(given);
    if (group !== null) throw AssertionError("group argument must be None for now");
    super({
      target,
      args: (args ?? []) as Iterable<unknown>,
      kwargs: (kwargs ?? {}) as Record<string, unknown>,
      name: truth(name) ? str(name) : defaultName(target),
      daemon: daemon === null ? current_thread().daemon : truth(daemon),
    });
  }

  protected promote(local: LocalThread): number {
    const address = allocated(kernel.thread_new(local.daemon ? 1 : 0, currentRecord()));
    try {
      fillRecord(address, local);
    } catch (error) {
      kernel.object_release(address);
      throw error;
    }
    return address;
  }

  /**
   * Starts the thread and waits until it has begun.
   *
   * @throws RuntimeError if it was started before, or no more threads can be made
   * @throws TypeError if the target or an argument cannot be shared; it is named, with the way to it
   */
  start(): void {
    startThread(addressOf(this));
    if (!mayBlock) void stayForThreads();
  }

  /**
   * What the thread does: calls the target with its arguments. Override it in a subclass, or give a target. If it gives a
   * promise, the thread lives until that is settled.
   */
  run(): void | Promise<void> {
    const { target, args, kwargs } = workOf(this);
    if (target === null || target === undefined) return;
    if (typeof target !== "function") throw TypeError(`'${typeName(target)}' object is not callable`);
    const result = callWithKeywords(target, [...args], kwargs);
    if (result instanceof Promise) return result;
  }

  get _target(): unknown {
    return workOf(this).target;
  }

  get _args(): unknown[] {
    return [...workOf(this).args];
  }

  get _kwargs(): Record<string, unknown> {
    return workOf(this).kwargs;
  }

  /**
   * Waits until the thread has ended.
   *
   * @param timeout seconds to wait at most; whether the time ran out is told by is_alive()
   * @throws RuntimeError if the thread has not been started, or is the current one
   */
  join(timeout?: number | null | { timeout?: number | null }): void;
  join(...args: unknown[]): void {
    const [timeout] = args.length === 0 ? [null] : (bindJoin(args) as [number | null]);
    const address = joinable(this);
    waitStatus(thread_join, address, optionalDeadline(timeout));
  }

  /**
   * The same for event loops: `await thread.aio.join({ timeout, signal })`. On an event loop that must not block start()
   * returns at once; `await thread.aio.start()` is done when the thread has begun.
   */
  get aio(): ThreadAio {
    return {
      start: async () => {
        const begun = startThreadAwaited(addressOf(this));
        if (!mayBlock) void stayForThreads();
        await begun;
      },
      join: async (...args: unknown[]) => {
        const [timeout, signal] = bindAwaitedJoin(args);
        const patience = { deadline: optionalDeadline(timeout), signal };
        await stateReached(joinable(this), ThreadState.Stopped, patience);
      },
    };
  }

  /** Whether the thread has been started and has not ended. */
  is_alive(): boolean {
    const state = stateOf(this);
    return state === ThreadState.Starting || state === ThreadState.Started;
  }

  get name(): string {
    const local = localOf<LocalThread>(this);
    if (local) return local.name;
    const name = read(wordOf(this, Word.Name));
    return name === UNSET ? "MainThread" : (name as string);
  }

  set name(name: unknown) {
    const local = localOf<LocalThread>(this);
    if (local) local.name = str(name);
    else write(wordOf(this, Word.Name), str(name));
  }

  /** Whether the program may end without waiting for the thread. Inherited from the thread that made it. */
  get daemon(): boolean {
    const local = localOf<LocalThread>(this);
    return local ? local.daemon : kernel.thread_daemon(addressOf(this)) !== 0;
  }

  set daemon(daemon: boolean) {
    if (stateOf(this) !== ThreadState.Initial) throw RuntimeError("cannot set daemon status of active thread");
    const local = localOf<LocalThread>(this);
    if (local) local.daemon = truth(daemon);
    else kernel.thread_set_daemon(addressOf(this), truth(daemon) ? 1 : 0);
  }

  /** A number that no other living thread has; None before the start. */
  get ident(): number | null {
    return stateOf(this) < ThreadState.Started ? null : kernel.thread_id(addressOf(this));
  }

  /** The host's number for the worker that runs the thread; None before the start. */
  get native_id(): number | null {
    return stateOf(this) < ThreadState.Started ? null : kernel.thread_native_id(addressOf(this));
  }

  /** @deprecated Python's old way to read `name`. */
  getName(): string {
    deprecated("getName", "get the name attribute");
    return this.name;
  }

  /** @deprecated Python's old way to set `name`. */
  setName(name: string): void;
  setName(...args: unknown[]): void {
    const [name] = bindSetName(args);
    deprecated("setName", "set the name attribute");
    this.name = name;
  }

  /** @deprecated Python's old way to read `daemon`. */
  isDaemon(): boolean {
    deprecated("isDaemon", "get the daemon attribute");
    return this.daemon;
  }

  /** @deprecated Python's old way to set `daemon`. */
  setDaemon(daemonic: boolean): void;
  setDaemon(...args: unknown[]): void {
    const [daemonic] = bindSetDaemon(args);
    deprecated("setDaemon", "set the daemon attribute");
    this.daemon = daemonic;
  }

  /** Python 3.9 has removed it: is_alive(). Raises AttributeError. */
  get isAlive(): never {
    throw AttributeError(`'${this.constructor.name}' object has no attribute 'isAlive'`, {
      name: "isAlive",
      obj: this,
    });
  }

  __repr__(): string {
    const state = stateOf(this);
    const life = state < ThreadState.Started ? "initial" : state === ThreadState.Started ? "started" : "stopped";
    const ident = this.ident === null ? "" : ` ${this.ident}`;
    return `<${this.constructor.name}(${this.name}, ${life}${this.daemon ? " daemon" : ""}${ident})>`;
  }
}

class MainThreadType extends ThreadType {}

/** A thread that _thread has started. It is in no list until it has asked for its Thread object, and so for a name. */
class DummyThreadType extends ThreadType {
  /** @throws AssertionError always: nobody waits for such a thread */
  override join(..._args: unknown[]): never {
    throw AssertionError("cannot join a dummy thread");
  }
}

/**
 * A thread of the program: a worker of its own that runs in parallel with the others and shares their objects. Give a
 * target or override run() in a subclass. Behaves as CPython's `threading.Thread`, without an interpreter lock.
 */
export const Thread = callable(ThreadType, "Thread");
export type Thread = ThreadType;

/** The class of the main thread's object. */
export const _MainThread = callable(MainThreadType, "_MainThread");

/** The class of the objects of threads that _thread has started. */
export const _DummyThread = callable(DummyThreadType, "_DummyThread");

/** Address of a thread that may be joined. */
function joinable(thread: ThreadType): number {
  if (stateOf(thread) === ThreadState.Initial) throw RuntimeError("cannot join thread before it is started");
  const address = addressOf(thread);
  if (address === me) throw RuntimeError("cannot join current thread");
  return address;
}

/** A wait call, named as its Python method is. */
function thread_join(target: number, thread: number, deadline: number): Status {
  return kernel.thread_await(target, ThreadState.Stopped, thread, deadline);
}

function defaultName(target: unknown): string {
  const base = `Thread-${count(Counter.ThreadName)}`;
  if (typeof target !== "function") return base;
  return `${base} (${target.name.replace(/^bound /, "") || "<lambda>"})`;
}

/** The Thread object of the calling thread; a dummy one in a thread that _thread has started. */
export function current_thread(): ThreadType {
  kernel.object_retain(me);
  const thread = facade(Kind.Thread, me) as ThreadType;
  if (isUnknown(thread)) thread.name = `Dummy-${count(Counter.DummyName)}`;
  return thread;
}

function isUnknown(thread: ThreadType): boolean {
  return thread instanceof DummyThreadType && read(wordOf(thread, Word.Name)) === UNSET;
}

/** The Thread objects of all threads that have started and not ended, the main thread first. */
export function enumerate(): ThreadType[] {
  return (liveThreads(Kind.Thread) as ThreadType[]).filter((thread) => !isUnknown(thread));
}

/** How many threads `enumerate` gives. */
export function active_count(): number {
  return enumerate().length;
}

/** Starts a thread without an object of its own, as _thread does. Gives back its ident. */
export function startRawThread(target: Function, args: unknown[], kwargs: Record<string, unknown>): number {
  const address = allocated(kernel.thread_new(1, currentRecord()));
  try {
    const words = slotAt(kernel.thread_words(address) >>> 0);
    giveClass(address, _DummyThread);
    write(words + Word.Work, { target, args, kwargs }, "start_new_thread()");
    startThread(address);
    return kernel.thread_id(address);
  } finally {
    kernel.object_release(address);
  }
}

reviveKind(Kind.Thread, (address) => {
  return Shared.revive(address === mainThreadAddress() ? _MainThread : Thread, address);
});
takesAttributes(Thread, _MainThread, _DummyThread);

setRunThread((address) => {
  try {
    if (importer) workOf(threadAt(address));
  } catch (error) {
    const imported = importer!(error);
    if (imported) return imported.then(() => runThread(address));
  }
  return runThread(address);
});

function threadAt(address: number): ThreadType {
  kernel.object_retain(address);
  return facade(Kind.Thread, address) as ThreadType;
}

function runThread(address: number): void | Promise<void> {
  const thread = threadAt(address);
  const rest = thread instanceof DummyThreadType ? runRaw(thread) : runReported(thread);
  if (rest) return rest.finally(forgetLocals);
  forgetLocals();
}

function runReported(thread: ThreadType): void | Promise<void> {
  return reporting(
    (error) => callExcepthook(error, thread),
    () => thread.run(),
  );
}

function runRaw(thread: ThreadType): void | Promise<void> {
  const { target, args, kwargs } = workOf(thread);
  return reporting(
    (error) => callUnraisablehook(error, "Exception ignored in thread started by", target),
    () => callWithKeywords(target as Function, [...args], kwargs),
  );
}

/** Runs a thread's body, and its promise if it gives one, up to an error that is worth a report. */
function reporting(report: (error: unknown) => void, body: () => unknown): void | Promise<void> {
  const failed = (error: unknown) => {
    if (error instanceof ThreadExit) throw error;
    if (!(error instanceof SystemExit)) report(error);
  };
  try {
    const rest = body();
    if (rest instanceof Promise) return rest.then(() => {}, failed);
  } catch (error) {
    failed(error);
  }
}

// Whoever has threads waits for them at the end.
beforeExit(ExitPhase.Threads, () => _shutdown());

defineAll("threading", { _DummyThread, _MainThread, active_count, current_thread, enumerate, Thread });
