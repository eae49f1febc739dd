// Starting threads, and the carriers that run them.
//
// The starter gives the thread's record to a parked carrier and waits until that carrier has begun; with none parked it
// asks the supervisor for a new one, since nobody who may block can create a worker.
import { host } from "#platform";
import { CarrierState, Interrupt, type Kind, Status, ThreadState } from "../../assembly/status";
import { RuntimeError } from "../exceptions";
import { become, kernel, me, returnToKernel } from "../kernel/kernel";
import { type Patience, succeeds, untilIdle } from "./aio";
import { attachProcess, currentRecord, mainThreadAddress } from "./process";
import { facade, type KeepsIdentity } from "./shared";
import { exitThread, mayBlock, ThreadExit, waitThrough } from "./wait";

/** Entries of the carrier table. */
const MAX_CARRIERS = 1024;
/** How long a carrier sleeps before it lets its event loop turn once, so that finalizers run. */
const IDLE_MS = 200;

/** Starts the thread whose record is at `thread` and waits until it has begun, where it may. */
export function startThread(thread: number): void {
  beginThread(thread);
  awaitBegun(thread);
}

/** Waits until a thread has begun, where this one may. Raises RuntimeError if it cannot begin. */
export function awaitBegun(thread: number): void {
  if (!mayBlock) return;
  waitThrough((target, self, deadline) => kernel.thread_await(target, ThreadState.Started, self, deadline), thread);
  checkBegun(thread);
}

/** As startThread, on an event loop. */
export async function startThreadAwaited(thread: number): Promise<void> {
  beginThread(thread);
  await stateReached(thread, ThreadState.Started, { deadline: Number.POSITIVE_INFINITY });
  checkBegun(thread);
}

/** Waits until the thread has reached `state`; false when time is up. */
export function stateReached(thread: number, state: ThreadState, patience: Patience): Promise<boolean> {
  const attempt = (node: number, wait: boolean) => kernel.thread_attempt_await(thread, state, node, wait);
  return succeeds({ object: thread, attempt, again: true }, patience);
}

function checkBegun(thread: number): void {
  if (kernel.thread_state(thread) !== ThreadState.Failed) return;
  kernel.thread_unclaim(thread);
  throw RuntimeError("can't start new thread");
}

/**
 * As startThread, but does not wait until the thread has begun.
 *
 * @param spawned it is the main thread of a process that runs the modules' bodies anew: in a worker of its own
 * @param entered called when the thread counts as one of its process, and before it can run
 */
export function beginThread(thread: number, spawned = false, entered?: () => void): void {
  if (isLoading) throw RuntimeError(BOOTSTRAPPING);
  if (kernel.thread_claim(thread) !== Status.Ok) throw RuntimeError("threads can only be started once");
  const process = kernel.thread_process(thread) >>> 0;
  // A process that is ending has no new threads; this one ends itself in a moment.
  if (kernel.process_enter(process) !== Status.Ok) return exitThread();
  entered?.();
  if (spawned || kernel.carrier_assign(thread) < 0) {
    const carrier = kernel.carrier_reserve(thread);
    if (carrier < 0) {
      kernel.process_leave(process);
      kernel.thread_unclaim(thread);
      throw RuntimeError("can't start new thread");
    }
    host.send(spawned ? { kind: "boot", carrier, mainThread: thread } : { kind: "boot", carrier });
  }
}

/**
 * Ends a thread of a pool, in the middle of what it does: it cannot know what that leaves half done. Its locks are released
 * and a task of a pool is told to be lost. Does not wait for its end.
 */
export function endThread(thread: number): void {
  kernel.object_retain(thread);
  host.send({ kind: "end", thread });
}

/**
 * Runs one thread: given by the module that knows what a thread does. Gives a promise if the thread goes on after it has
 * returned. Must not throw but ThreadExit.
 */
export type RunThread = (thread: number) => void | Promise<void>;

let runThread: RunThread;
/** Runs the main thread of a process that was started by another. */
let runChild: RunThread;

export function setRunChild(run: RunThread): void {
  runChild = run;
}

export function setRunThread(run: RunThread): void {
  runThread = run;
}

/** Imports the module that a thread's work names and this carrier has not met; undefined for any other error. */
export type Importer = (error: unknown) => Promise<unknown> | undefined;

/** Set where modules can be met late: in programs without a compiled port. */
export let importer: Importer | undefined;

/** This carrier evaluates modules: no thread can be started from there. */
let isLoading = false;

/** Given by what loads modules in a carrier, before it does so and when it has. */
export function setLoading(loading: boolean, importMissing?: Importer): void {
  isLoading = loading;
  importer = importMissing;
}

const BOOTSTRAPPING = `
        An attempt has been made to start a new thread while a thread's copy of
        a module was evaluated: its body runs in each thread. Let the program
        begin below targets() in the main module, or only

            if (targets(import.meta.url, { … }) === "__main__")`;

/** The life of a carrier that has loaded the program. */
export function serveAsCarrier(index: number): void {
  kernel.carrier_park(index);
  serve(index, true);
}

function serve(index: number, used: boolean): void {
  let worked = used;
  while (true) {
    const thread = kernel.carrier_await(index, worked ? host.now() + IDLE_MS : Number.POSITIVE_INFINITY) >>> 0;
    if (thread === 1) return host.leave();
    if (thread === 0) return host.afterTurn(() => serve(index, false));
    worked = true;
    begin(thread);
    const rest = runUntilIdle(thread, thread === mainThreadAddress() ? runChild : runThread);
    if (rest) {
      return void rest.then(() => {
        if (finish(index)) serve(index, true);
      });
    }
    if (!finish(index)) return;
  }
}

/** Makes this worker the one in which `thread` runs. */
export function begin(thread: number): void {
  attachProcess(kernel.thread_process(thread) >>> 0);
  become(thread);
  kernel.thread_set_native_id(thread, host.nativeId());
  kernel.thread_advance(thread, ThreadState.Started);
}

/** Runs the thread, and then its event loop as long as its promise is open or it awaits something. */
export function runUntilIdle(thread: number, run: RunThread): Promise<void> | undefined {
  const ended = (error: unknown) => wasEnded(thread, error);
  try {
    const rest = run(thread);
    if (rest) return rest.catch(ended).then(untilIdle);
  } catch (error) {
    ended(error);
  }
  return untilIdle();
}

/** Whether the thread that ran here last was ended from outside. */
let isOrderedToEnd = false;

/** What a thread leaves behind that is ended from outside is put in order. */
function wasEnded(thread: number, error: unknown): void {
  if (!(error instanceof ThreadExit)) throw error;
  isOrderedToEnd = true;
  returnToKernel();
  kernel.thread_bury(thread);
}

/**
 * Parks before the joiners wake: whoever joins and starts again finds this carrier ready. False if the worker has left instead,
 * as it may have been terminated.
 */
export function finish(index: number): boolean {
  if (host.endsLate && (isOrderedToEnd || (kernel.thread_take_interrupts(me) & Interrupt.Exit) !== 0)) {
    host.leave();
    return false;
  }
  isOrderedToEnd = false;
  become(0);
  kernel.carrier_park(index);
  kernel.carrier_finish(index);
  return true;
}

/** Calls `use` with the record of the process that has this number. False if there is none alive. */
export function withProcess(pid: number, use: (process: number) => void): boolean {
  let unseen = kernel.threads_alive();
  for (let carrier = 0; carrier < MAX_CARRIERS && unseen > 0; carrier++) {
    if (kernel.carrier_state(carrier) === CarrierState.Free) continue;
    const thread = kernel.carrier_thread(carrier) >>> 0;
    if (thread === 0) continue;
    unseen--;
    const process = kernel.thread_process(thread) >>> 0;
    const found = kernel.process_pid(process) === pid;
    if (found) use(process);
    kernel.object_release(thread);
    if (found) return true;
  }
  return false;
}

/** Facades of the threads of the process that have started and not ended, the main thread first. */
export function liveThreads(kind: Kind): KeepsIdentity[] {
  const threads: KeepsIdentity[] = [];
  const process = currentRecord();
  const main = mainThreadAddress();
  let unseen = kernel.threads_alive();
  for (let carrier = 0; carrier < MAX_CARRIERS && unseen > 0; carrier++) {
    if (kernel.carrier_state(carrier) === CarrierState.Free) continue;
    const thread = kernel.carrier_thread(carrier) >>> 0;
    if (thread === 0) continue;
    unseen--;
    if (kernel.thread_process(thread) >>> 0 !== process) kernel.object_release(thread);
    else if (thread === main) threads.unshift(facade(kind, thread));
    else threads.push(facade(kind, thread));
  }
  return threads;
}
