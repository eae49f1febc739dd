// Parking: a FIFO list of waiters, and how one sleeps and is woken. All blocking in the kernel goes through here.
//
// A waiter is a node. Each thread has two in its record (the second keeps its place in a queue while it waits for other
// things with the first: assembly/place.ts); an event loop makes Waiter objects. Everyone sleeps on the park word of his own
// node, never on a word of the object waited for: so one waiter can be chosen, interrupted, timed out or buried without
// touching the others.
//
//   park word   WAITING → ASLEEP    the waiter no longer spins: waking it takes a notify
//               either  → WOKEN     try again
//               either  → GRANTED   what was waited for is yours already
//               either  → KICKED    nothing happened to the object: look at your interrupts
//
// A single waiter is released in one section. All who wait are released by moving RELEASED past their tickets: that store
// is the commit point, and `settle` brings the news to each. If it dies half-way, whoever buries it settles again.
//
// Invariants: a node is in its queue exactly while LINKED is 1; the lock of the object that owns the queue guards the links,
// the count, the tickets and every store of WOKEN and GRANTED. OBJECT is not 0 from the enqueuing until the waiter has
// taken what was granted, or has left: burial reads there what a dead waiter still owes.
// Ordering: whoever wakes stores the park word after he has changed the object; the sleeper loads it before he looks.
import { now, sleepWhile, wake } from "./futex";
import { HEADER_SIZE, LOCK } from "./layout";
import { allocate } from "./object";
import { Kind, Status } from "./status";
import * as spin from "./spinlock";
import { adaptSpin, INTERRUPTS, spinBudget, threadId } from "./thread";

// Node.
const NEXT: usize = 0;
const PREVIOUS: usize = 4;
export const PARK_WORD: usize = 8;
const LINKED: usize = 12;
const TICKET: usize = 16;
/** When it began to wait, on the kernel's clock; kept for mutexes. */
export const SINCE: usize = 24;
/** A word handed over with the wake-up, or waiting to be taken along. */
export const PAYLOAD: usize = 32;
/** Address of the object that is waited for. */
export const OBJECT: usize = 40;
/** The queue of that object in which the node stands, or stood last. */
const QUEUE: usize = 44;
/** Id of the thread that waits. */
export const OWNER: usize = 48;
export const NODE_SIZE: usize = 56;

// Queue, a part of the object that is waited for.
const HEAD: usize = 0;
const TAIL: usize = 4;
export const COUNT: usize = 8;
/** 64 bits, so that a ticket is never used twice. */
const NEXT_TICKET: usize = 16;
/** Whoever has a lower ticket has been released. */
const RELEASED: usize = 24;
export const QUEUE_SIZE: usize = 32;

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
  const ticket = load<u64>(queue + NEXT_TICKET);
  store<u32>(node + NEXT, 0);
  store<u32>(node + PREVIOUS, tail);
  store<u64>(node + TICKET, ticket);
  store<u32>(node + OBJECT, <u32>object);
  store<u32>(node + QUEUE, <u32>queue);
  store<i32>(node + LINKED, 1);
  atomic.store<i32>(node + PARK_WORD, WAITING);
  if (tail == 0) store<u32>(queue + HEAD, <u32>node);
  else store<u32>(<usize>tail + NEXT, <u32>node);
  store<u32>(queue + TAIL, <u32>node);
  store<u64>(queue + NEXT_TICKET, ticket + 1);
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
  store<i32>(node + LINKED, 0);
  atomic.store<i32>(queue + COUNT, load<i32>(queue + COUNT) - 1);
}

/** Puts `to`, which has the links of `from`, in its stead if that is queued; the object's lock is held. */
// @ts-expect-error: decorator
@inline
export function relink(from: usize, to: usize): void {
  const queue = <usize>load<u32>(from + QUEUE);
  const next = <usize>load<u32>(from + NEXT);
  const previous = <usize>load<u32>(from + PREVIOUS);
  if (load<i32>(from + LINKED) == 0) return;
  store<u32>(previous == 0 ? queue + HEAD : previous + NEXT, <u32>to);
  store<u32>(next == 0 ? queue + TAIL : next + PREVIOUS, <u32>to);
  store<i32>(from + LINKED, 0);
}

// @ts-expect-error: decorator
@inline
export function first(queue: usize): usize {
  return <usize>load<u32>(queue + HEAD);
}

// @ts-expect-error: decorator
@inline
export function last(queue: usize): usize {
  return <usize>load<u32>(queue + TAIL);
}

/** The ticket of a waiter; the first to come has the lowest. */
// @ts-expect-error: decorator
@inline
export function ticket(node: usize): u64 {
  return load<u64>(node + TICKET);
}

/** The ticket of the next to come. */
// @ts-expect-error: decorator
@inline
export function nextTicket(queue: usize): u64 {
  return load<u64>(queue + NEXT_TICKET);
}

// @ts-expect-error: decorator
@inline
export function count(queue: usize): i32 {
  return atomic.load<i32>(queue + COUNT);
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

/** Marks `node` as one that has been granted `object` without having waited in `queue`; the lock is held. */
// @ts-expect-error: decorator
@inline
export function grantAtOnce(object: usize, queue: usize, node: usize): void {
  store<u32>(node + OBJECT, <u32>object);
  store<u32>(node + QUEUE, <u32>queue);
  atomic.store<i32>(node + PARK_WORD, GRANTED);
}

/** The waiter has taken what it was granted. */
// @ts-expect-error: decorator
@inline
export function taken(node: usize): void {
  atomic.store<u32>(node + OBJECT, 0);
}

/** Releases all who wait now; the lock is held, and when it has been released the caller settles. */
// @ts-expect-error: decorator
@inline
export function releaseAll(queue: usize): void {
  store<u64>(queue + RELEASED, load<u64>(queue + NEXT_TICKET));
}

/** Wakes all who have been released. */
export function settle(object: usize, queue: usize): void {
  while (count(queue) != 0) {
    spin.acquire(object + LOCK);
    const node = first(queue);
    if (node == 0 || load<u64>(node + TICKET) >= load<u64>(queue + RELEASED)) {
      spin.release(object + LOCK);
      return;
    }
    const before = dequeue(node, GRANTED);
    spin.release(object + LOCK);
    notify(node, before);
  }
}

/** Whether somebody who has been released is still in the queue, as far as one can see without the lock. */
// @ts-expect-error: decorator
@inline
export function isUnsettled(queue: usize): bool {
  const node = first(queue);
  return node != 0 && load<u64>(node + TICKET) < load<u64>(queue + RELEASED);
}

/** Takes the first waiter out with `outcome`. False if there was none. */
export function wakeFirst(object: usize, queue: usize, outcome: i32): bool {
  spin.acquire(object + LOCK);
  const node = first(queue);
  if (node == 0) {
    spin.release(object + LOCK);
    return false;
  }
  const before = dequeue(node, outcome);
  spin.release(object + LOCK);
  notify(node, before);
  return true;
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

/** Prepares a node that is still queued for a further `park`: its park word is as an interrupt, or a deadline, left it. */
export function resume(node: usize): void {
  atomic.cmpxchg<i32>(node + PARK_WORD, KICKED, WAITING);
  atomic.cmpxchg<i32>(node + PARK_WORD, ASLEEP, WAITING);
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
 * grant came in between. After Ok the caller takes what was granted, and calls `taken`.
 */
export function awaitGrant(object: usize, node: usize, thread: usize, deadline: f64): i32 {
  const outcome = park(node, thread, deadline);
  if (outcome == GRANTED) return Status.Ok;
  if (leave(object, node) == GRANTED) return Status.Ok;
  return outcome == KICKED ? Status.Interrupted : Status.Timeout;
}

/** As awaitGrant, where there is nothing to take. */
export function awaitRelease(object: usize, node: usize, thread: usize, deadline: f64): i32 {
  const status = awaitGrant(object, node, thread, deadline);
  taken(node);
  return status;
}

/**
 * Takes `node` out if it is still queued. Gives back its park word, which is final then; unless that is GRANTED, the wait
 * is over.
 */
export function leave(object: usize, node: usize): i32 {
  spin.acquire(object + LOCK);
  const queued = load<i32>(node + LINKED) != 0;
  if (queued) {
    unlink(node);
    // Released, but not told yet.
    if (load<u64>(node + TICKET) < load<u64>(<usize>load<u32>(node + QUEUE) + RELEASED)) {
      atomic.store<i32>(node + PARK_WORD, GRANTED);
    }
  }
  const word = atomic.load<i32>(node + PARK_WORD);
  if (word != GRANTED) taken(node);
  spin.release(object + LOCK);
  return word;
}

/** Makes a sleeper look at its interrupts, which the caller has set before. */
export function kick(node: usize): void {
  const word = node + PARK_WORD;
  if (atomic.cmpxchg<i32>(word, WAITING, KICKED) == WAITING) return;
  if (atomic.cmpxchg<i32>(word, ASLEEP, KICKED) == ASLEEP) wake(word);
}

/** What a dead waiter was in the middle of: `buried` says in which queue, of which object, and what it had been granted. */
export const enum Owed {
  Nothing = 0,
  /** It still waited: nothing to give back. */
  Place = 1,
  /** It was released with all others. */
  News = 2,
  /** Something was handed to it alone. */
  Grant = 3,
}

/** Takes a dead thread's node out of the object it waits for. */
export function bury(object: usize, node: usize): Owed {
  spin.acquire(object + LOCK);
  const queued = load<i32>(node + LINKED) != 0;
  if (queued) unlink(node);
  const granted = atomic.load<i32>(node + PARK_WORD) == GRANTED;
  const released = load<u64>(node + TICKET) < load<u64>(<usize>load<u32>(node + QUEUE) + RELEASED);
  spin.release(object + LOCK);
  return queued || !granted ? Owed.Place : released ? Owed.News : Owed.Grant;
}

export function queueOf(node: usize): usize {
  return <usize>load<u32>(node + QUEUE);
}

/** A node of its own for an event loop, which waits for many things at once; 0 if memory is exhausted. */
export function waiter_new(thread: usize): usize {
  const waiter = allocate(Kind.Waiter, HEADER_SIZE + NODE_SIZE);
  if (waiter != 0) store<i32>(waiter + HEADER_SIZE + OWNER, threadId(thread));
  return waiter;
}

/** Address of a Waiter's node: what the `attempt` calls take. */
export function waiter_node(waiter: usize): usize {
  return waiter + HEADER_SIZE;
}

/** Address of a node's park word, for Atomics.waitAsync. It is ASLEEP as soon as a waker must notify. */
export function waiter_sleep(node: usize): usize {
  atomic.cmpxchg<i32>(node + PARK_WORD, WAITING, ASLEEP);
  return node + PARK_WORD;
}

/** An event loop has taken what its node was granted. */
export function waiter_taken(node: usize): void {
  taken(node);
}
