// Contexts: how processes are started, and multiprocessing's functions as methods of that choice.
import { signature } from "../arguments";
import { list } from "../builtins/list";
import { object } from "../builtins/object";
import { repr } from "../builtins/repr";
import { RuntimeError, ValueError } from "../exceptions";
import { defineAll } from "../registry";
import { counterOf, setCounter } from "../runtime/process";
import { Counter } from "../runtime/process_words";
import { system } from "../runtime/system";
import { AuthenticationError, BufferTooShort, ProcessError, TimeoutError } from "./errors";
import * as factories from "./factories";
import { Manager, type SyncManager } from "./managers/sync";
import { Pool } from "./pool/processes";
import { active_children, type BaseProcess, current_process, parent_process } from "./process";
import { Array, RawArray, RawValue, Value } from "./sharedctypes";
import {
  defaultMethod,
  ForkProcess,
  ForkServerProcess,
  METHODS,
  Process,
  SpawnProcess,
  type StartMethod,
} from "./start";
import type { Logger } from "./util/logger";
import { get_logger, log_to_stderr } from "./util/logging";

export { ForkProcess, ForkServerProcess, Process, SpawnProcess, type StartMethod };

const bindGet = signature<[method: StartMethod | null]>("BaseContext.get_context(method=None)");
const bindPool = signature(
  "BaseContext.Pool(processes=None, initializer=None, initargs: data=(), maxtasksperchild=None)",
);
const bindSet = signature<[method: StartMethod | null, force: boolean]>(
  "BaseContext.set_start_method(method, force=False)",
);
const bindGetMethod = signature<[allow_none: boolean]>("BaseContext.get_start_method(allow_none=False)");

/** What `multiprocessing.get_context()` gives: each of the module's functions, for one start method. */
export class BaseContext extends object {
  static override readonly name: string = "BaseContext";
  static readonly __module__: string = "multiprocessing.context";
  readonly ProcessError = ProcessError;
  readonly BufferTooShort = BufferTooShort;
  readonly TimeoutError = TimeoutError;
  readonly AuthenticationError = AuthenticationError;
  readonly current_process = current_process;
  readonly parent_process = parent_process;
  readonly active_children = active_children;
  readonly Process: typeof Process;

  constructor(
    readonly _name: StartMethod | null,
    process: typeof BaseProcess,
  ) {
    super();
    this.Process = process as typeof Process;
  }

  readonly Lock = factories.Lock;
  readonly RLock = factories.RLock;
  readonly Condition = factories.Condition;
  readonly Semaphore = factories.Semaphore;
  readonly BoundedSemaphore = factories.BoundedSemaphore;
  readonly Event = factories.Event;
  readonly Barrier = factories.Barrier;
  readonly Pipe = factories.Pipe;
  readonly Queue = factories.Queue;
  readonly JoinableQueue = factories.JoinableQueue;
  readonly SimpleQueue = factories.SimpleQueue;
  readonly Value = Value;
  readonly Array = Array;
  readonly RawValue = RawValue;
  readonly RawArray = RawArray;

  /** A manager, started. */
  Manager(): SyncManager {
    return Manager();
  }

  /** A pool of processes that are started as this context starts them. */
  Pool(processes?: any, initializer?: any, initargs?: any, maxtasksperchild?: any): Pool;
  Pool(...args: unknown[]): Pool {
    return new Pool(...(bindPool(args) as [any]), this.get_context());
  }

  /** How many threads of the machine can run at the same time. */
  cpu_count(): number {
    return system.cpus();
  }

  /** The logger of multiprocessing. */
  get_logger(): Logger {
    return get_logger();
  }

  /** Has the logger write to stderr, and gives it back. */
  log_to_stderr(...args: Parameters<typeof log_to_stderr>): Logger {
    return log_to_stderr(...args);
  }

  /** Nothing to do: it is for frozen executables on Windows. */
  freeze_support(): void {}

  /** Nothing to do: all objects of multiprocessing can be sent. */
  allow_connection_pickling(): void {}

  /** Nothing to do: processes are workers of this program. */
  set_executable(_executable: string): void {}

  /** Nothing to do: there is no server process. */
  set_forkserver_preload(_module_names: string[]): void {}

  /** The context of a start method; this one if none is named. */
  get_context(method?: StartMethod | null | { method?: StartMethod | null }): BaseContext;
  get_context(...args: unknown[]): BaseContext {
    const [method] = bindGet(args);
    return method === null ? this : contextOf(method);
  }

  get_start_method(_allow_none?: boolean | { allow_none?: boolean }): StartMethod | null {
    return this._name;
  }

  /** @throws ValueError unless it is the default context's */
  set_start_method(_method: StartMethod | null, _force?: boolean | { force?: boolean }): void {
    throw ValueError("cannot set start method of concrete context");
  }
}

/** The context of the module's own functions: its start method can be chosen once in a process. */
class DefaultContext extends BaseContext {
  static override readonly name: string = "DefaultContext";
  static override readonly __module__: string = "multiprocessing.context";

  constructor() {
    super(null, Process);
  }

  override get_context(...args: unknown[]): BaseContext {
    const [method] = bindGet(args);
    if (method !== null) return contextOf(method);
    return concrete[defaultMethod()];
  }

  override get_start_method(...args: unknown[]): StartMethod | null {
    const [allowNone] = bindGetMethod(args);
    if (counterOf(Counter.StartMethod) === 0 && allowNone) return null;
    return this.get_context()._name;
  }

  override set_start_method(...args: [any, any?]): void {
    const [method, force] = bindSet(args);
    if (counterOf(Counter.StartMethod) !== 0 && !force) throw RuntimeError("context has already been set");
    setCounter(Counter.StartMethod, method === null && force ? 0 : METHODS.indexOf(this.get_context(method)._name!));
  }

  /** All start methods, the default first. */
  get_all_start_methods(): StartMethod[] {
    return list(METHODS.slice(1)) as unknown as StartMethod[];
  }
}

class ForkContext extends BaseContext {
  static override readonly name: string = "ForkContext";
  static override readonly __module__: string = "multiprocessing.context";

  constructor() {
    super("fork", ForkProcess);
  }
}

class SpawnContext extends BaseContext {
  static override readonly name: string = "SpawnContext";
  static override readonly __module__: string = "multiprocessing.context";

  constructor() {
    super("spawn", SpawnProcess);
  }
}

/** As spawn: there is no server, since a worker needs none to begin with nothing. */
class ForkServerContext extends BaseContext {
  static override readonly name: string = "ForkServerContext";
  static override readonly __module__: string = "multiprocessing.context";

  constructor() {
    super("forkserver", ForkServerProcess);
  }
}

const concrete: Record<StartMethod, BaseContext> = {
  fork: new ForkContext(),
  spawn: new SpawnContext(),
  forkserver: new ForkServerContext(),
};

function contextOf(method: StartMethod): BaseContext {
  if (!Object.hasOwn(concrete, method)) throw ValueError(`cannot find context for ${repr(method)}`);
  return concrete[method];
}

export const _default_context = new DefaultContext();

defineAll("multiprocessing.context", { BaseContext, DefaultContext, ForkContext, SpawnContext, ForkServerContext });
