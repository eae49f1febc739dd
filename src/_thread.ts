// Python's _thread module: threads and locks without objects around them.
import { Kind } from "../assembly/status";
import { signature } from "./arguments";
import { isPlainObject } from "./builtins/classes";
import { SystemExit, TypeError, ValueError } from "./exceptions";
import { defineAll } from "./registry";
import { simulateSignal } from "./runtime/signals";
import { liveThreads } from "./runtime/threads";
import { Lock } from "./threading/lock";
import { startRawThread } from "./threading/thread";

export { RuntimeError as error } from "./exceptions";
export { TIMEOUT_MAX } from "./runtime/wait";
export { get_ident, get_native_id } from "./threading";
export { ExceptHookArgs as _ExceptHookArgs, excepthook as _excepthook } from "./threading/excepthook";
export { local as _local } from "./threading/local";
export { Lock as LockType } from "./threading/lock";
export { RLock } from "./threading/rlock";
export { stack_size } from "./threading/settings";

/**
 * Starts a thread that calls `target(*args, **kwargs)`. Nobody waits for it: the program's end cuts it off. An error in it is
 * told to sys.unraisablehook, "Exception ignored in thread started by …".
 *
 * @param args the arguments, an array or tuple
 * @returns the thread's ident
 * @throws TypeError if target is no function, args no array, kwargs no object literal
 */
export function start_new_thread<A extends unknown[]>(
  target: (...args: A) => unknown,
  args: readonly [...A] | readonly unknown[],
  kwargs?: Record<string, unknown>,
): number;
export function start_new_thread(...given: [unknown?, unknown?, unknown?]): number {
  const [target, args, kwargs] = given;
  if (given.length < 2) throw TypeError(`start_new_thread expected at least 2 arguments, got ${given.length}`);
  if (given.length > 3) throw TypeError(`start_new_thread expected at most 3 arguments, got ${given.length}`);
  if (typeof target !== "function") throw TypeError("first arg must be callable");
  if (!Array.isArray(args)) throw TypeError("2nd arg must be a tuple");
  if (kwargs !== undefined && !isPlainObject(kwargs)) throw TypeError("optional 3rd arg must be a dictionary");
  return startRawThread(target, args, (kwargs ?? {}) as Record<string, unknown>);
}

/** @deprecated Python's old name of start_new_thread. */
export function start_new(...given: Parameters<typeof start_new_thread>): number {
  return start_new_thread(...given);
}

/** A new lock; `threading.Lock()`. */
export function allocate_lock(): Lock {
  return Lock();
}

/** @deprecated Python's old name of allocate_lock. */
export function allocate(): Lock {
  return Lock();
}

/** Ends the calling thread, by raising SystemExit. */
export function exit(): never {
  throw SystemExit();
}

/** @deprecated Python's old name of exit. */
export function exit_thread(): never {
  exit();
}

/** One more than the highest signal number, on Linux. */
const NSIG = 65;

const bindInterrupt = signature<[signum: number]>("interrupt_main(signum=2, /)");

/**
 * Does what a signal would do that the process were sent: for SIGINT, 2, it raises KeyboardInterrupt in the main thread, also
 * while it blocks, as Ctrl-C does. A signal without a handler is ignored.
 *
 * @throws ValueError if there is no such signal
 */
export function interrupt_main(signum?: number): void;
export function interrupt_main(...given: unknown[]): void {
  const [signum] = bindInterrupt(given);
  if (signum < 1 || signum >= NSIG) throw ValueError("signal number out of range");
  simulateSignal(signum);
}

/** How many threads there are besides the main thread, those of `start_new_thread` included. */
export function _count(): number {
  return liveThreads(Kind.Thread).length - 1;
}

defineAll("_thread", {
  start_new_thread,
  start_new,
  allocate_lock,
  allocate,
  exit,
  exit_thread,
  interrupt_main,
  _count,
});
