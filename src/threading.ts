// Python's threading module.
import "./builtins/crossing";
import { Kind } from "../assembly/status";
import { kernel, me } from "./kernel/kernel";
import { defineAll } from "./runtime/functions";
import { mainThreadAddress } from "./runtime/process";
import { facade } from "./runtime/shared";
import { Condition } from "./threading/condition";
import { Event } from "./threading/event";
import { Lock } from "./threading/lock";
import { RLock } from "./threading/rlock";
import { BoundedSemaphore, Semaphore } from "./threading/semaphore";
import { _MainThread, active_count, current_thread, enumerate, Thread } from "./threading/thread";

export { RuntimeError as ThreadError } from "./exceptions";
export { TIMEOUT_MAX } from "./runtime/wait";
export { active_count, BoundedSemaphore, Condition, current_thread, Event, enumerate, Lock, RLock, Semaphore, Thread };

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
export const currentThread = current_thread;
/** @deprecated Python's old name of active_count. */
export const activeCount = active_count;

defineAll("threading", {
  Condition,
  Event,
  Lock,
  RLock,
  BoundedSemaphore,
  Semaphore,
  Thread,
  _MainThread,
  active_count,
  current_thread,
  enumerate,
  get_ident,
  get_native_id,
  main_thread,
});
