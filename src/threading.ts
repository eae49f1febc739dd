// Python's threading module.
import { Kind } from "../assembly/status";
import { kernel, me } from "./kernel/kernel";
import { defineAll } from "./registry";
import { mainThreadAddress } from "./runtime/process";
import { facade } from "./runtime/shared";
import { Condition } from "./threading/condition";
import { deprecated } from "./threading/deprecated";
import { Event } from "./threading/event";
import { Lock } from "./threading/lock";
import { RLock } from "./threading/rlock";
import { BoundedSemaphore, Semaphore } from "./threading/semaphore";
import { getprofile, gettrace, setprofile, settrace, stack_size } from "./threading/settings";
import { _register_atexit, _shutdown } from "./threading/shutdown";
import { _DummyThread, _MainThread, active_count, current_thread, enumerate, Thread } from "./threading/thread";

export { RuntimeError as ThreadError } from "./exceptions";
export { TIMEOUT_MAX } from "./runtime/wait";
export { Barrier } from "./threading/barrier";
export { BrokenBarrierError } from "./threading/errors";
export { ExceptHookArgs, excepthook, excepthook as __excepthook__ } from "./threading/excepthook";
export { local } from "./threading/local";
export { Timer } from "./threading/timer";
export {
  _DummyThread,
  _MainThread,
  _register_atexit,
  _shutdown,
  active_count,
  BoundedSemaphore,
  Condition,
  current_thread,
  Event,
  enumerate,
  getprofile,
  gettrace,
  Lock,
  RLock,
  Semaphore,
  setprofile,
  settrace,
  stack_size,
  Thread,
};

/** A number that no other living thread has. */
export function get_ident(): number {
  return kernel.thread_id(me);
}

/** The host's number for the worker that runs the calling thread. */
export function get_native_id(): number {
  return kernel.thread_native_id(me);
}

/** The Thread object of the thread in which the program began. */
export function main_thread(): Thread {
  const address = mainThreadAddress();
  kernel.object_retain(address);
  return facade(Kind.Thread, address) as Thread;
}

/** @deprecated Python's old name of current_thread. */
export function currentThread(): Thread {
  deprecated("currentThread", "use current_thread()");
  return current_thread();
}

/** @deprecated Python's old name of active_count. */
export function activeCount(): number {
  deprecated("activeCount", "use active_count()");
  return active_count();
}

defineAll("threading", { activeCount, currentThread, get_ident, get_native_id, main_thread });
