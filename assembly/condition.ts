// A condition variable's queue. The lock that goes with it belongs to the caller, who holds it when he calls
// condition_enqueue or condition_notify; it may be any lock, so it is released and taken again outside.
//
//   condition_enqueue → release the lock → condition_wait → take the lock
//
// Waiters are woken in the order in which they came: one in one section, all by one store (assembly/waitqueue.ts). A wait holds the thread's second node, as releasing and taking the
// lock may need the first.
import { copySlot } from "./fork";
import { HEADER_SIZE, LOCK } from "./layout";
import { allocate, dropWords } from "./object";
import * as spin from "./spinlock";
import { Kind, Status } from "./status";
import { CONDITION_NODE } from "./thread";
import * as queue from "./waitqueue";
import { peek } from "./word";

/** The lock that goes with it, kept for whoever meets the condition in another thread. A barrier has its word in the same place. */
const LOCK_WORD: usize = HEADER_SIZE;
const WAITERS: usize = HEADER_SIZE + 8;

export function condition_new(): usize {
  return allocate(Kind.Condition, WAITERS + queue.QUEUE_SIZE);
}

export function fillCondition(condition: usize, clone: usize, fork: usize, thread: usize): void {
  copySlot(fork, condition + LOCK_WORD, clone + LOCK_WORD, thread);
}

export function condition_enqueue(condition: usize, thread: usize): void {
  condition_attempt(condition, thread + CONDITION_NODE);
}

/** Queues an event loop's `node`: Queued. A grant is a notification. */
export function condition_attempt(condition: usize, node: usize): i32 {
  spin.acquire(condition + LOCK);
  queue.enqueue(condition, condition + WAITERS, node);
  spin.release(condition + LOCK);
  return Status.Queued;
}

/** Sleeps until notified. On Interrupted the thread is still queued: call again, or condition_leave. */
export function condition_wait(condition: usize, thread: usize, deadline: f64): i32 {
  const node = thread + CONDITION_NODE;
  // After an interrupted wait the park word is still as the interrupt left it.
  atomic.cmpxchg<i32>(node + queue.PARK_WORD, queue.KICKED, queue.WAITING);
  atomic.cmpxchg<i32>(node + queue.PARK_WORD, queue.ASLEEP, queue.WAITING);
  const outcome = queue.park(node, thread, deadline);
  if (outcome == queue.KICKED) return Status.Interrupted;
  if (outcome != queue.GRANTED) return condition_leave(condition, thread);
  queue.taken(node);
  return Status.Ok;
}

/** Gives up waiting. Ok if a notification came first, else Timeout. */
export function condition_leave(condition: usize, thread: usize): i32 {
  const node = thread + CONDITION_NODE;
  const word = queue.leave(condition, node);
  queue.taken(node);
  return word == queue.GRANTED ? Status.Ok : Status.Timeout;
}

/** Wakes up to `n` waiters; the caller holds the lock that goes with the condition, so no others come meanwhile. */
export function condition_notify(condition: usize, n: i32): void {
  const waiters = queue.count(condition + WAITERS);
  if (n < waiters) {
    while (n-- > 0 && queue.grantFirst(condition, condition + WAITERS));
  } else if (waiters != 0) {
    spin.acquire(condition + LOCK);
    queue.releaseAll(condition + WAITERS);
    spin.release(condition + LOCK);
    settleCondition(condition);
  }
}

/** A waiter died with a notification that was meant for one: the next gets it. */
export function passNotification(condition: usize): void {
  queue.grantFirst(condition, condition + WAITERS);
}

export function settleCondition(condition: usize): void {
  queue.settle(condition, condition + WAITERS);
}

export function isConditionUnsettled(condition: usize): bool {
  return queue.isUnsettled(condition + WAITERS);
}

export function condition_waiters(condition: usize): i32 {
  return queue.count(condition + WAITERS);
}

/** Address of the word that holds the condition's lock, or that of a barrier. */
export function condition_lock(condition: usize): usize {
  return condition + LOCK_WORD;
}

export function dropCondition(condition: usize, dying: usize): usize {
  return dropWords(condition + LOCK_WORD, 1, 8, dying);
}

export function conditionWord(condition: usize, index: i32): u64 {
  return peek(condition + LOCK_WORD, 1, index, 8);
}
