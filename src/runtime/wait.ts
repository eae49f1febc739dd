// How a thread waits: deadlines, what interrupts it, and what the kernel's answers mean in Python.

import { host } from "#platform";
import { Interrupt, Status } from "../../assembly/status";
import { typeName } from "../builtins/classes";
import { KeyboardInterrupt, MemoryError, OverflowError, RuntimeError, TypeError } from "../exceptions";
import { kernel, leaveKernel, me } from "../kernel/kernel";
import { pollFirst, told, watching } from "./watch";

/** See assembly/layout.ts. */
const MAX_CARRIERS = 1024;

/** Most seconds that Python accepts as a timeout. */
export const TIMEOUT_MAX = 9223372036;

/** A kernel call that may wait: Ok, Timeout or Interrupted, or what else the primitive answers. */
export type WaitCall = (object: number, thread: number, deadline: number) => Status;

/** Milliseconds on the kernel's clock, which is the same for all threads. */
export function now(): number {
  return host.now();
}

/** The moment `seconds` from now, on the kernel's clock. */
export function deadlineIn(seconds: number): number {
  if (seconds <= 0) return 0;
  if (seconds > TIMEOUT_MAX) throw OverflowError("timestamp out of range for platform time_t");
  return host.now() + seconds * 1000;
}

/** Deadline of Python's optional timeouts: None waits for ever, what is not positive polls. */
export function optionalDeadline(seconds: number | null | undefined): number {
  if (seconds === null || seconds === undefined) return Number.POSITIVE_INFINITY;
  if (typeof seconds === "number") return deadlineIn(seconds);
  throw TypeError(`'>' not supported between instances of '${typeName(seconds)}' and 'int'`);
}

/** Whether this thread may block. Not one whose event loop must turn: a page's own, or that of a Node program without ports. */
export let mayBlock = true;

/** From now on a call that would have to wait raises RuntimeError in this thread. */
export function forbidBlocking(): void {
  mayBlock = false;
  pollFirst();
}

/** The error of a call that would have to wait where nobody may. */
export function wouldBlock(name: string): Error {
  return RuntimeError(`${name}() would block this thread's event loop: await its .aio.${name}() instead`);
}

/** Python's name for a kernel call: `queue_get` is get. */
function nameOf(call: WaitCall): string {
  const name = Object.keys(kernel).find((key) => kernel[key as keyof typeof kernel] === call) ?? call.name;
  return name.replace(/^.*_/, "");
}

/** Makes a waiting call again and again until it is not interrupted any more. True for Ok, false when time is up. */
export function wait(call: WaitCall, object: number, deadline: number): boolean {
  return completed(waitStatus(call, object, deadline));
}

/** As `wait`, for calls whose other answers the caller understands. */
export function waitStatus(call: WaitCall, object: number, deadline: number): Status {
  if (watching && deadline === Number.POSITIVE_INFINITY) return told(object, () => repeated(call, object, deadline));
  return repeated(call, object, deadline);
}

function repeated(call: WaitCall, object: number, deadline: number, attendTo: Attend = attend): Status {
  const patience = mayBlock ? deadline : 0;
  let status = call(object, me, patience);
  while (status === Status.Interrupted) {
    attendTo(object);
    status = call(object, me, patience);
  }
  if (status === Status.Timeout && deadline > patience) throw wouldBlock(nameOf(call));
  return status;
}

type Attend = (object: number) => void;

/**
 * Waits for `object`, in whose queue this thread has its place: what it is told while it attends to an interrupt is not missed.
 * See assembly/place.ts.
 */
export function waitInPlace(call: WaitCall, object: number, deadline: number): Status {
  const waits = () => repeated(call, object, deadline, attendAside);
  return watching && deadline === Number.POSITIVE_INFINITY ? told(object, waits) : waits();
}

/** Waits for the event at `event`. False when time is up. */
export function waitForEvent(event: number, deadline: number): boolean {
  const status: Status = kernel.event_attempt(event, kernel.thread_place(me), deadline > 0 && mayBlock);
  if (status === Status.Timeout && deadline > 0) throw wouldBlock("wait");
  if (status !== Status.Queued) return completed(status);
  return completed(orLeave(event, () => waitInPlace(kernel.place_wait, event, deadline)));
}

/** Gives up this thread's place in a queue of `object` if `action` raises. */
export function orLeave<R>(object: number, action: () => R): R {
  try {
    return action();
  } catch (error) {
    kernel.place_leave(object, me);
    throw error;
  }
}

/**
 * As `wait` for ever, but what interrupts is attended to only afterwards: for taking back a lock, without which the
 * program would not be what it thinks it is.
 */
export function waitThrough(call: WaitCall, object: number): void {
  let interrupts = 0;
  let status = call(object, me, Number.POSITIVE_INFINITY);
  while (status === Status.Interrupted) {
    interrupts |= kernel.thread_take_interrupts(me);
    status = call(object, me, Number.POSITIVE_INFINITY);
  }
  if (interrupts !== 0) kernel.thread_interrupt(me, interrupts);
  completed(status);
}

/** As `waitThrough`, where a program's own lock is taken back. */
export function takeBack(call: WaitCall, object: number): void {
  if (watching) told(object, () => waitThrough(call, object));
  else waitThrough(call, object);
}

/** True for Ok, false when time is up; raises for any other answer. */
export function completed(status: Status): boolean {
  if (status === Status.Ok) return true;
  if (status === Status.Timeout) return false;
  throw statusError(status);
}

/** The exception for an answer that no caller expects. */
export function statusError(status: Status): Error {
  if (status === Status.NoMemory) return MemoryError("kernel memory is exhausted");
  return RuntimeError(`the kernel refused the call (status ${status})`);
}

/** The address that an allocating call gave back. Raises MemoryError if there was no room. */
export function allocated(address: number): number {
  if (address === 0) throw MemoryError("kernel memory is exhausted");
  return address >>> 0;
}

/** Thrown where a thread waits when the program is over: unwinds the thread, and is reported nowhere. */
export class ThreadExit {
  readonly name = "ThreadExit";
}

/**
 * Ends the calling thread from outside. It unwinds, but touches nothing any more: what `finally` and `with` would do to
 * locks and streams is not done, as in a process that a signal ends.
 */
export function exitThread(): never {
  leaveKernel(() => new ThreadExit());
  throw new ThreadExit();
}

/** Does what the thread has been interrupted for. */
export function attend(): void {
  attendBy(deliver);
}

/** As `attend`, while this thread has its place in a queue of `object`: what is called may need the place for itself. */
function attendAside(object: number): void {
  attendBy((interrupts) => {
    const waiter = kernel.waiter_new(me) >>> 0;
    if (waiter === 0) kernel.thread_interrupt(me, interrupts);
    const place = kernel.thread_place(me);
    const aside = kernel.waiter_node(allocated(waiter));
    kernel.place_move(object, place, aside);
    try {
      deliver(interrupts);
    } finally {
      kernel.place_move(object, aside, place);
      kernel.object_release(waiter);
    }
  });
}

function attendBy(delivered: typeof deliver): void {
  const interrupts = kernel.thread_take_interrupts(me);
  if (interrupts & Interrupt.Exit) {
    if (mayBlock) exitThread();
    // The thread outlives its program: what it waits for will not come, now and ever.
    kernel.thread_interrupt(me, Interrupt.Exit);
    throw RuntimeError("the program has ended");
  }
  const rest = interrupts & ~Interrupt.Look;
  if (rest !== 0) delivered(rest);
  if (rest !== interrupts) look?.();
}

/** Raises if what this thread waits for has gone. */
let look: (() => void) | undefined;

/** While `body` waits, `check` is called whenever `tellToLook` was: it raises if waiting makes no sense any more. */
export function looking<R>(check: () => void, body: () => R): R {
  const outer = look;
  look = check;
  try {
    return body();
  } finally {
    look = outer;
  }
}

/** Has all threads of the program look whether what they wait for is still there; see `looking`. */
export function tellToLook(): void {
  for (let carrier = 0; carrier < MAX_CARRIERS; carrier++) {
    const thread = kernel.carrier_thread(carrier) >>> 0;
    if (thread === 0) continue;
    kernel.thread_interrupt(thread, Interrupt.Look);
    kernel.object_release(thread);
  }
}

let deliver = (_interrupts: number): void => {
  throw KeyboardInterrupt();
};

/** Tells what is done for interrupts besides Exit, where a program may have its say in that: see signals.ts. */
export function setDelivery(given: typeof deliver): void {
  deliver = given;
}

/** Blocks the thread for `seconds`. */
export function sleep(seconds: number): void {
  const deadline = deadlineIn(seconds);
  if (!mayBlock && deadline > 0) {
    throw RuntimeError("sleep() would block this thread's event loop: await a timer instead");
  }
  while (kernel.thread_sleep(me, deadline) === Status.Interrupted) attend();
}
