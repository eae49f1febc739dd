// A counting semaphore. A release hands its unit to the first waiter, if there is one.
//
// Invariant: while somebody waits the value is 0. Everything happens under the object's lock.
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
  return status == Status.Queued ? queue.awaitGrant(semaphore, node, thread, deadline) : status;
}

/** Takes a unit if there is one; else queues `node` if it is to wait. Ok, Queued or Timeout. */
export function semaphore_attempt(semaphore: usize, node: usize, wait: bool): i32 {
  spin.acquire(semaphore + LOCK);
  const value = load<i32>(semaphore + VALUE);
  if (value > 0) {
    store<i32>(semaphore + VALUE, value - 1);
    spin.release(semaphore + LOCK);
    return Status.Ok;
  }
  if (!wait) {
    spin.release(semaphore + LOCK);
    return Status.Timeout;
  }
  queue.enqueue(semaphore, semaphore + WAITERS, node);
  spin.release(semaphore + LOCK);
  return Status.Queued;
}

/** Adds `n` units. Invalid, and nothing done, if that would exceed the bound. */
export function semaphore_release(semaphore: usize, n: i32): i32 {
  let left = n;
  while (true) {
    spin.acquire(semaphore + LOCK);
    const value = load<i32>(semaphore + VALUE);
    if (value > load<i32>(semaphore + BOUND) - left) {
      spin.release(semaphore + LOCK);
      return Status.Invalid;
    }
    const node = queue.first(semaphore + WAITERS);
    if (node == 0) {
      store<i32>(semaphore + VALUE, value + left);
      spin.release(semaphore + LOCK);
      return Status.Ok;
    }
    const before = queue.dequeue(node, queue.GRANTED);
    spin.release(semaphore + LOCK);
    queue.notify(node, before);
    if (--left == 0) return Status.Ok;
  }
}

export function semaphore_value(semaphore: usize): i32 {
  return atomic.load<i32>(semaphore + VALUE);
}

export function semaphore_waiters(semaphore: usize): i32 {
  return atomic.load<i32>(semaphore + WAITERS + queue.COUNT);
}

/** Highest value that a release may reach. */
export function semaphore_bound(semaphore: usize): i32 {
  return load<i32>(semaphore + BOUND);
}
