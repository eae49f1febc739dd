// Waiting on an event loop: each wait of the kernel as a promise.
//
// A wait is a node of its own in the primitive's queue, between those of blocked threads: it is served in its turn. The call
// queues it before it returns. What it is granted belongs to the thread of the event loop, a lock for example.
//
// An abort kicks the node: if nothing has been granted by then it leaves the queue, else the grant is taken, and the abort
// came too late. So nothing is ever granted to a wait that has been given up.
import { Status } from "../../assembly/status";
import { ints, kernel, me, reach } from "../kernel/kernel";
import { allocated, attend, completed, now } from "./wait";

/** What is waited for. */
export interface Request<R> {
  /** Address of the object in whose queues the wait stands. */
  object: number;
  /** Takes what it can have at once, or else queues `node` if it is to wait. */
  attempt(node: number, wait: boolean): Status;
  /** Whether a grant means that it is to try again, rather than that it has what it waits for. */
  again?: boolean;
  /**
   * Takes `node` out of the queue, where that is more than kernel.leave: `late` if its time is up. Gives back its park word;
   * Asleep if it stays all the same, until it is served.
   */
  leave?(node: number, late: boolean): number;
  /** The result, when the wait has ended so: raises what `status` means. Ok, Timeout, or what else `attempt` answers. */
  finish(status: Status, node: number): R;
  /** The wait ended by an exception: gives back what `node` carries. */
  failed?(node: number): void;
}

export interface Patience {
  /** On the kernel's clock; 0 polls. */
  deadline: number;
  signal?: AbortSignal | null | undefined;
}

/** What every method of an `aio` takes as a keyword besides Python's parameters. */
export interface Abortable {
  /** Gives the wait up; the promise is rejected with the signal's reason. */
  signal?: AbortSignal | null;
}

/** States of a park word; see assembly/waitqueue.ts. */
const enum Park {
  Asleep = 1,
  Woken = 2,
  Granted = 3,
  Kicked = 4,
}

const NODE_SIZE = 56;

/** A wait that stands in a queue. */
interface Wait extends Patience {
  request: Request<unknown>;
  node: number;
}

const waits = new Set<Wait>();

/**
 * Waits until the request's attempt has succeeded, time is up or the signal is aborted. Gives what `finish` gives.
 *
 * @throws whatever the signal's reason is, KeyboardInterrupt, and what `finish` raises
 */
export async function awaited<R>(request: Request<R>, patience: Patience): Promise<R> {
  patience.signal?.throwIfAborted();
  isUsed = true;
  const waiter = allocated(kernel.waiter_new(me));
  const node = kernel.waiter_node(waiter) >>> 0;
  reach(node + NODE_SIZE);
  kernel.object_retain(request.object);
  try {
    let status = request.attempt(node, patience.deadline > 0);
    if (status === Status.Queued) status = await queued({ ...patience, request, node });
    return request.finish(status, node);
  } finally {
    kernel.waiter_taken(node);
    kernel.object_release(waiter);
    kernel.object_release(request.object);
  }
}

/** As `awaited`, where success is all there is to tell: false when time is up. */
export function succeeds(request: Omit<Request<boolean>, "finish">, patience: Patience): Promise<boolean> {
  return awaited({ ...request, finish: completed }, patience);
}

async function queued(wait: Wait): Promise<Status> {
  const { signal, node } = wait;
  const abort = () => kernel.kick(node);
  signal?.addEventListener("abort", abort, { once: true });
  enter(wait);
  try {
    let status: Status = Status.Queued;
    while (status === Status.Queued) status = await served(wait);
    return status;
  } catch (error) {
    wait.request.failed?.(node);
    throw error;
  } finally {
    leave(wait);
    signal?.removeEventListener("abort", abort);
  }
}

/** Sleeps once, and does what it was woken for. Queued if it waits on. */
async function served(wait: Wait): Promise<Status> {
  const { request, node, deadline } = wait;
  const index = kernel.waiter_sleep(node) >>> 2;
  if (ints[index] === Park.Asleep && !isOver(wait)) await change(index, Park.Asleep, deadline - now());
  const word: Park = Atomics.load(ints, index);
  if (word === Park.Granted && !request.again) return Status.Ok;
  if (word === Park.Granted || word === Park.Woken) return request.attempt(node, true);
  if (isOver(wait)) return givenUp(wait);
  if (word === Park.Kicked) Atomics.compareExchange(ints, index, Park.Kicked, Park.Asleep);
  return Status.Queued;
}

function isOver({ signal, deadline }: Wait): boolean {
  return signal?.aborted || ints[interruptsAt()] !== 0 || now() >= deadline;
}

/** Whether the time is up, and that is why the wait is given up. */
function isLate({ signal, deadline }: Wait): boolean {
  return !signal?.aborted && now() >= deadline;
}

function givenUp(wait: Wait): Status {
  const { request, node, signal, deadline } = wait;
  const word: Park = request.leave?.(node, isLate(wait)) ?? kernel.leave(request.object, node);
  if (request.leave && word === Park.Asleep) {
    wait.deadline = Number.POSITIVE_INFINITY;
    return Status.Queued;
  }
  if (word === Park.Granted && !request.again) return Status.Ok;
  // What came in between must not be lost: a mutex may be free while others sleep.
  if (word === Park.Granted || word === Park.Woken) {
    const status = request.attempt(node, false);
    if (status !== Status.Timeout) return status;
  }
  signal?.throwIfAborted();
  attend();
  return now() >= deadline ? Status.Timeout : request.attempt(node, true);
}

// While something waits, the host's event loop is kept alive, which Atomics.waitAsync does not do, and interrupts are heard.

const FOREVER = 2 ** 31 - 1;
let alive: ReturnType<typeof setInterval> | undefined;
let idle: Promise<void> | undefined;
let becomeIdle: () => void;
let isClosing = false;

/** Whether anything has been awaited since the thread was last idle. */
let isUsed = false;

/** Whether threads let their event loop turn before they end, for promises that they have not awaited to be rejected. */
let hasPromises = false;

export function turnBeforeEnd(): void {
  hasPromises = true;
}

/** Done when nothing waits any more; undefined if nothing has been awaited. The thread must not end before. */
export function untilIdle(): Promise<void> | undefined {
  return isUsed || hasPromises ? settled() : undefined;
}

async function settled(): Promise<void> {
  do {
    await idle;
    // What follows a wait has its turn, and may wait again.
    await new Promise((resolve) => setTimeout(resolve));
  } while (idle);
  isUsed = false;
}

function enter(wait: Wait): void {
  waits.add(wait);
  if (idle) return;
  idle = new Promise((resolve) => {
    becomeIdle = resolve;
  });
  alive = setInterval(() => {}, FOREVER);
  void listen();
}

/** What follows a wait is often the next one: so the event loop turns once before all is taken down. */
function leave(wait: Wait): void {
  waits.delete(wait);
  if (waits.size > 0 || isClosing) return;
  isClosing = true;
  setTimeout(close);
}

function close(): void {
  isClosing = false;
  if (waits.size > 0) return;
  clearInterval(alive);
  idle = undefined;
  Atomics.notify(ints, interruptsAt());
  becomeIdle();
}

function interruptsAt(): number {
  return kernel.thread_interrupts(me) >>> 2;
}

/** Kicks all waits when the thread is interrupted: the first takes the interrupt. */
async function listen(): Promise<void> {
  const index = interruptsAt();
  const hearing = idle;
  while (idle === hearing) {
    await change(index, 0, Number.POSITIVE_INFINITY);
    if (ints[index] === 0) continue;
    for (const { node } of waits) kernel.kick(node);
    await new Promise((resolve) => setTimeout(resolve));
  }
}

type WaitAsync = (ints: Int32Array, index: number, value: number, ms: number) => { value: Promise<string> | string };
const { waitAsync } = Atomics as unknown as { waitAsync?: WaitAsync };
/** Without waitAsync a look every so many milliseconds must do. */
const LOOK_EVERY = 5;

/** Done when the i32 at `index` may no longer be `value`, after `ms` at the latest. */
function change(index: number, value: number, ms: number): unknown {
  if (waitAsync) return waitAsync(ints, index, value, ms).value;
  return new Promise((resolve) => setTimeout(resolve, Math.min(ms, LOOK_EVERY)));
}
