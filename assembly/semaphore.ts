// A counting semaphore. Units go to the waiters in their order before anybody else may take one.
//
//   acquire, VALUE > 0, nobody waits    VALUE - 1
//            VALUE > 0, somebody waits  a release is under way, or its thread has died: the comer hands over first
//            VALUE 0                    waits
//   release(n)                          VALUE + n; then one unit after the other is handed over
//
// Invariant: while somebody waits VALUE is 0, or somebody is about to hand units over. All under the object's lock.
// Commit point: the store of VALUE in each section. A unit that was handed over is owed until its waiter has called `taken`.
import { HEADER_SIZE, LOCK } from "./layout";
import { allocate } from "./object";
import * as spin from "./spinlock";
import { Kind, Status } from "./status";
import { NODE } from "./thread";
import * as queue from "./waitqueue";

const VALUE: usize = HEADER_SIZE;
/** Highest value that release() may reach. */
const BOUND: usize = HEADER_SIZE + 4;
const WAITERS: usize = HEADER_SIZE + 8;

export function semaphore_new(value: i32, bound: i32): usize {
  const semaphore = allocate(Kind.Semaphore, WAITERS + queue.QUEUE_SIZE);
  if (semaphore != 0) {
    store<i32>(semaphore + VALUE, value);
    store<i32>(semaphore + BOUND, bound);
  }
  return semaphore;
}

export function semaphore_acquire(semaphore: usize, thread: usize, deadline: f64): i32 {
  const node = thread + NODE;
  const status = semaphore_attempt(semaphore, node, deadline > 0);
  return status == Status.Queued ? queue.awaitRelease(semaphore, node, thread, deadline) : status;
}

/** Takes a unit if there is one; else queues `node` if it is to wait. Ok, Queued or Timeout. */
export function semaphore_attempt(semaphore: usize, node: usize, wait: bool): i32 {
  while (true) {
    spin.acquire(semaphore + LOCK);
    const value = load<i32>(semaphore + VALUE);
    const owed = value > 0 && queue.first(semaphore + WAITERS) != 0;
    if (value > 0 && !owed) store<i32>(semaphore + VALUE, value - 1);
    if (value <= 0 && wait) queue.enqueue(semaphore, semaphore + WAITERS, node);
    spin.release(semaphore + LOCK);
    if (!owed) return value > 0 ? Status.Ok : wait ? Status.Queued : Status.Timeout;
    settleSemaphore(semaphore);
  }
}

/** Adds `n` units. Invalid, and nothing done, if that would exceed the bound. */
export function semaphore_release(semaphore: usize, n: i32): i32 {
  spin.acquire(semaphore + LOCK);
  const value = load<i32>(semaphore + VALUE);
  if (value > load<i32>(semaphore + BOUND) - n) {
    spin.release(semaphore + LOCK);
    return Status.Invalid;
  }
  const waits = queue.first(semaphore + WAITERS) != 0;
  store<i32>(semaphore + VALUE, value + n);
  spin.release(semaphore + LOCK);
  if (waits) settleSemaphore(semaphore);
  return Status.Ok;
}

/** Hands over the units that are there while somebody waits. */
export function settleSemaphore(semaphore: usize): void {
  while (true) {
    spin.acquire(semaphore + LOCK);
    const value = load<i32>(semaphore + VALUE);
    const waiter = queue.first(semaphore + WAITERS);
    if (waiter == 0 || value <= 0) {
      spin.release(semaphore + LOCK);
      return;
    }
    store<i32>(semaphore + VALUE, value - 1);
    const before = queue.dequeue(waiter, queue.GRANTED);
    spin.release(semaphore + LOCK);
    queue.notify(waiter, before);
  }
}

/** Takes back the unit that was handed to a waiter, `node`, which died before it could use it. */
export function returnUnit(semaphore: usize, node: usize): void {
  spin.acquire(semaphore + LOCK);
  store<i32>(semaphore + VALUE, load<i32>(semaphore + VALUE) + 1);
  queue.taken(node);
  spin.release(semaphore + LOCK);
  settleSemaphore(semaphore);
}

export function semaphore_value(semaphore: usize): i32 {
  return atomic.load<i32>(semaphore + VALUE);
}

export function semaphore_waiters(semaphore: usize): i32 {
  return queue.count(semaphore + WAITERS);
}

/** Highest value that a release may reach. */
export function semaphore_bound(semaphore: usize): i32 {
  return load<i32>(semaphore + BOUND);
}
