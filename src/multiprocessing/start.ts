// The classes of processes, one for each start method.
import { callable } from "../callable";
import { RuntimeError } from "../exceptions";
import { defineAll } from "../registry";
import { counterOf, setCounter } from "../runtime/process";
import { Counter } from "../runtime/process_words";
import { type Begins, forkProcess, spawnProcess } from "../runtime/processes";
import { BaseProcess } from "./process";
import { loggingToPassOn } from "./util/logging";
import type { Work } from "./work";

/** The start methods, by their number in the process's record; 0 while none is decided. */
export const METHODS = ["", "fork", "spawn", "forkserver"] as const;
const DEFAULT = METHODS.indexOf("fork");

export type StartMethod = "fork" | "spawn" | "forkserver";

class ForkProcessType extends BaseProcess {
  static override readonly __module__: string = "multiprocessing.context";
  static override _start_method: string | null = "fork";

  override _Popen(process: ForkProcessType, work: Work, begins: Begins): void {
    forkProcess(process, work, begins);
  }
}

/** CPython's words for a program whose every process would start others. */
const BOOTSTRAPPING = `
        An attempt has been made to start a new process before the
        current process has finished its bootstrapping phase.

        This probably means that you are not using fork to start your
        child processes and you have forgotten to use the proper idiom
        in the main module:

            if __name__ == '__main__':
                freeze_support()
                ...

        The "freeze_support()" line can be omitted if the program
        is not going to be frozen to produce an executable.

        To fix this issue, refer to the "Safe importing of main module"
        section in https://docs.python.org/3/library/multiprocessing.html
        `;

class SpawnProcessType extends BaseProcess {
  static override readonly __module__: string = "multiprocessing.context";
  static override _start_method: string | null = "spawn";

  override _Popen(process: SpawnProcessType, work: Work, begins: Begins): void {
    if (counterOf(Counter.Bootstrapping) !== 0) throw RuntimeError(BOOTSTRAPPING);
    const { _start_method } = this.constructor as typeof SpawnProcessType;
    const method = METHODS.indexOf(_start_method as StartMethod);
    spawnProcess(process, work.spawned(process, loggingToPassOn()), begins, method);
  }
}

class ForkServerProcessType extends SpawnProcessType {
  static override _start_method: string | null = "forkserver";
}

class DefaultProcessType extends BaseProcess {
  static override readonly __module__: string = "multiprocessing.context";

  override _Popen(process: DefaultProcessType, work: Work, begins: Begins): void {
    const { prototype } = processOf(null);
    prototype._Popen.call(Object.create(prototype, {}), process, work, begins);
  }
}

/**
 * A process: threads with variables of their own, which begin as copies of those of the process that starts it (fork), or
 * with the modules run anew (spawn). Give a target or override run() in a subclass. Behaves as CPython's
 * `multiprocessing.Process`.
 */
export const Process = callable(DefaultProcessType, "Process");
export type Process = DefaultProcessType;
export const ForkProcess = callable(ForkProcessType, "ForkProcess");
export type ForkProcess = ForkProcessType;
export const SpawnProcess = callable(SpawnProcessType, "SpawnProcess");
export type SpawnProcess = SpawnProcessType;
export const ForkServerProcess = callable(ForkServerProcessType, "ForkServerProcess");
export type ForkServerProcess = ForkServerProcessType;

/** The default start method, decided by the first who asks. */
export function defaultMethod(): StartMethod {
  if (counterOf(Counter.StartMethod) === 0) setCounter(Counter.StartMethod, DEFAULT);
  return METHODS[counterOf(Counter.StartMethod)] as StartMethod;
}

/** The class of the processes that are started so; by default for None. */
export function processOf(method: StartMethod | null): typeof BaseProcess {
  return { fork: ForkProcess, spawn: SpawnProcess, forkserver: ForkServerProcess }[method ?? defaultMethod()];
}

defineAll("multiprocessing.context", { Process, ForkProcess, SpawnProcess, ForkServerProcess });
