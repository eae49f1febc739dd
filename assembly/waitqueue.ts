// Parking: a FIFO list of waiters, and how one sleeps and is woken. All blocking in the kernel goes through here.
//
// A waiter is a node. Each thread has two in its record (a condition's wait holds one while the lock beneath it is waited
// for with the other); an event loop allocates its own. Everyone sleeps on the park word of his own node, never on a word
// of the object waited for: so one waiter can be chosen, interrupted, timed out or buried without touching the others.
//
//   park word   WAITING → ASLEEP    the waiter no longer spins: waking it takes a notify
//               either  → WOKEN     try again
//               either  → GRANTED   what was waited for is yours already
//               either  → KICKED    nothing happened to the object: look at your interrupts
//
// Invariant: a node is in a queue exactly while its QUEUE field is not 0; the lock of the object that owns the queue
// guards the links, the count and every store of WOKEN and GRANTED.
// Ordering: whoever wakes stores the park word after he has changed the object; the sleeper loads it before he looks.
import { now, sleepWhile, wake } from "./futex";
import { LOCK } from "./layout";
import { Status } from "./status";
import * as spin from "./spinlock";
import { adaptSpin, INTERRUPTS, spinBudget } from "./thread";

// Node.
const NEXT: usize = 0;
const PREVIOUS: usize = 4;
export const PARK_WORD: usize = 8;
const QUEUE: usize = 12;
const TICKET: usize = 16;
/** Id of the thread that waits. */
export const OWNER: usize = 20;
/** When it began to wait, on the kernel's clock. */
export const SINCE: usize = 24;
/** A word handed over with the wake-up, or waiting to be taken along. */
export const PAYLOAD: usize = 32;
/** Address of the object that is waited for. */
export const OBJECT: usize = 40;
export const NODE_SIZE: usize = 48;

// Queue, a part of the object that is waited for.
const HEAD: usize = 0;
const TAIL: usize = 4;
export const COUNT: usize = 8;
const NEXT_TICKET: usize = 12;
export const QUEUE_SIZE: usize = 16;

export const WAITING: i32 = 0;
export const ASLEEP: i32 = 1;
export const WOKEN: i32 = 2;
export const GRANTED: i32 = 3;
export const KICKED: i32 = 4;

/** Adds `node` at the end of `queue`; the object's lock is held. */
// @ts-expect-error: decorator
@inline
export function enqueue(object: usize, queue: usize, node: usize): void {
  const tail = load<u32>(queue + TAIL);
  const ticket = load<i32>(queue + NEXT_TICKET);
  store<u32>(node + NEXT, 0);
  store<u32>(node + PREVIOUS, tail);
  store<i32>(node + TICKET, ticket);
  store<u32>(node + OBJECT, <u32>object);
  atomic.store<i32>(node + PARK_WORD, WAITING);
  store<u32>(node + QUEUE, <u32>queue);
  if (tail == 0) store<u32>(queue + HEAD, <u32>node);
  else store<u32>(<usize>tail + NEXT, <u32>node);
  store<u32>(queue + TAIL, <u32>node);
  store<i32>(queue + NEXT_TICKET, ticket + 1);
  atomic.store<i32>(queue + COUNT, load<i32>(queue + COUNT) + 1);
}

/** Takes `node` out of the queue it is in; the object's lock is held. */
// @ts-expect-error: decorator
@inline
export function unlink(node: usize): void {
  const queue = <usize>load<u32>(node + QUEUE);
  const next = load<u32>(node + NEXT);
  const previous = load<u32>(node + PREVIOUS);
  if (previous == 0) store<u32>(queue + HEAD, next);
  else store<u32>(<usize>previous + NEXT, next);
  if (next == 0) store<u32>(queue + TAIL, previous);
  else store<u32>(<usize>next + PREVIOUS, previous);
  store<u32>(node + QUEUE, 0);
  atomic.store<i32>(queue + COUNT, load<i32>(queue + COUNT) - 1);
}

// @ts-expect-error: decorator
@inline
export function first(queue: usize): usize {
  return <usize>load<u32>(queue + HEAD);
}

/** Takes a waiter out with `outcome`. The lock is held; when it is released the caller hands the answer to `notify`. */
// @ts-expect-error: decorator
@inline
export function dequeue(node: usize, outcome: i32): i32 {
  unlink(node);
  return atomic.xchg<i32>(node + PARK_WORD, outcome);
}

// @ts-expect-error: decorator
@inline
export function notify(node: usize, before: i32): void {
  if (before == ASLEEP) wake(node + PARK_WORD);
}

/** Releases up to `n` of those who wait now, in their order; later comers are left alone. Gives back how many. */
export function grantAll(object: usize, queue: usize, n: i32): i32 {
  if (atomic.load<i32>(queue + COUNT) == 0) return 0;
  const limit = atomic.load<i32>(queue + NEXT_TICKET);
  let granted = 0;
  while (granted < n) {
    spin.acquire(object + LOCK);
    const node = first(queue);
    if (node == 0 || load<i32>(node + TICKET) - limit >= 0) {
      spin.release(object + LOCK);
      break;
    }
    const before = dequeue(node, GRANTED);
    spin.release(object + LOCK);
    notify(node, before);
    granted++;
  }
  return granted;
}

/**
 * Waits until the park word changes, an interrupt is pending or the deadline has passed, first spinning for as long as
 * has paid lately. Gives back the word: WOKEN, GRANTED, KICKED, or ASLEEP when time is up.
 */
export function park(node: usize, thread: usize, deadline: f64): i32 {
  const word = node + PARK_WORD;
  const budget = spinBudget(thread);
  for (let turn = 0; turn < budget; turn++) {
    if (atomic.load<i32>(word) != WAITING) {
      adaptSpin(thread, true);
      return atomic.load<i32>(word);
    }
  }
  if (budget > 0) adaptSpin(thread, false);
  return sleep(node, thread, deadline);
}

/** As park, without spinning. */
export function sleep(node: usize, thread: usize, deadline: f64): i32 {
  const word = node + PARK_WORD;
  atomic.cmpxchg<i32>(word, WAITING, ASLEEP);
  while (atomic.load<i32>(word) == ASLEEP) {
    if (atomic.load<i32>(thread + INTERRUPTS) != 0) return KICKED;
    if (deadline != Infinity && now() >= deadline) return ASLEEP;
    sleepWhile(word, ASLEEP, deadline);
  }
  return atomic.load<i32>(word);
}

/**
 * Waits in a queue where every wake-up is a grant. If the wait ends otherwise the node leaves the queue, unless the
 * grant came in between.
 */
export function awaitGrant(object: usize, node: usize, thread: usize, deadline: f64): i32 {
  const outcome = park(node, thread, deadline);
  if (outcome == GRANTED) return Status.Ok;
  if (leave(object, node) == GRANTED) return Status.Ok;
  return outcome == KICKED ? Status.Interrupted : Status.Timeout;
}

/** Takes `node` out if it is still queued. Gives back its park word, which is final then. */
export function leave(object: usize, node: usize): i32 {
  spin.acquire(object + LOCK);
  if (load<u32>(node + QUEUE) != 0) unlink(node);
  const word = atomic.load<i32>(node + PARK_WORD);
  spin.release(object + LOCK);
  return word;
}

/** Makes a sleeper look at its interrupts, which the caller has set before. */
export function kick(node: usize): void {
  const word = node + PARK_WORD;
  if (atomic.cmpxchg<i32>(word, WAITING, KICKED) == WAITING) return;
  if (atomic.cmpxchg<i32>(word, ASLEEP, KICKED) == ASLEEP) wake(word);
}
