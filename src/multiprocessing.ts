// Python's multiprocessing module.
import { _default_context, type BaseContext, Process, type StartMethod } from "./multiprocessing/context";
import { defineAll } from "./registry";

export * as connection from "./multiprocessing/connection";
export * as context from "./multiprocessing/context";
export { AuthenticationError, BufferTooShort, ProcessError, TimeoutError } from "./multiprocessing/errors";
export {
  Barrier,
  BoundedSemaphore,
  Condition,
  Event,
  JoinableQueue,
  Lock,
  Pipe,
  Queue,
  RLock,
  Semaphore,
  SimpleQueue,
} from "./multiprocessing/factories";
export * as managers from "./multiprocessing/managers";
export { Manager } from "./multiprocessing/managers/sync";
export * as pool from "./multiprocessing/pool";
export * as process from "./multiprocessing/process";
export { active_children, current_process, parent_process } from "./multiprocessing/process";
export * as queues from "./multiprocessing/queues";
export * as shared_memory from "./multiprocessing/shared_memory";
export * as sharedctypes from "./multiprocessing/sharedctypes";
export { Array, RawArray, RawValue, Value } from "./multiprocessing/sharedctypes";
export * as synchronize from "./multiprocessing/synchronize";
export * as util from "./multiprocessing/util";
export { get_logger, log_to_stderr } from "./multiprocessing/util/logging";
/** CPython's way to say how objects are pickled; here classes say it themselves, by `__reduce__`. */
export const reducer = null;
export { Process };

/** A pool of processes; see multiprocessing.pool. */
export function Pool(...args: Parameters<BaseContext["Pool"]>): ReturnType<BaseContext["Pool"]> {
  return _default_context.Pool(...args);
}

/** How many threads of the machine can run at the same time. */
export function cpu_count(): number {
  return _default_context.cpu_count();
}

/** Nothing to do: it is for frozen executables on Windows. */
export function freeze_support(): void {}

/** Nothing to do: all objects of multiprocessing can be sent. */
export function allow_connection_pickling(): void {}

/** Nothing to do: processes are workers of this program. */
export function set_executable(_executable: string): void {}

/** Nothing to do: there is no server process. */
export function set_forkserver_preload(_module_names: string[]): void {}

/**
 * The module's functions for a start method, as methods of an object.
 *
 * @param method "fork", "spawn" or "forkserver"; None is the process's own, which is decided thereby
 * @throws ValueError if there is no such method
 */
export function get_context(...args: Parameters<BaseContext["get_context"]>): BaseContext {
  return _default_context.get_context(...args);
}

/** How this process starts others; decided thereby, unless `allow_none`: then None if it is not decided. */
export function get_start_method(...args: Parameters<BaseContext["get_start_method"]>): StartMethod | null {
  return _default_context.get_start_method(...args);
}

/**
 * Decides how this process starts others. Once, unless with `force`.
 *
 * @throws RuntimeError if it is decided already
 * @throws ValueError if there is no such method
 */
export function set_start_method(...args: Parameters<BaseContext["set_start_method"]>): void {
  _default_context.set_start_method(...args);
}

/** All start methods, the default first. */
export function get_all_start_methods(): StartMethod[] {
  return _default_context.get_all_start_methods();
}

defineAll("multiprocessing", {
  cpu_count,
  freeze_support,
  allow_connection_pickling,
  set_executable,
  set_forkserver_preload,
  get_context,
  get_start_method,
  set_start_method,
  get_all_start_methods,
});
