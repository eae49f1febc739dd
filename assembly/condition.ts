// A condition variable's queue. The lock that goes with it belongs to the caller, who holds it when he calls
// condition_attempt or condition_notify; it may be any lock, so it is released and taken again outside.
//
//   condition_attempt → release the lock → place_wait → take the lock
//
// A thread waits with its place (assembly/place.ts), as releasing and taking the lock may need its first node.
// Invariant: who is queued is notified in the order in which he came.
// Commit point: one is woken in one section, all by one store (assembly/waitqueue.ts).
import { copySlot } from "./fork";
import { HEADER_SIZE, LOCK } from "./layout";
import { allocate, dropWords } from "./object";
import * as spin from "./spinlock";
import { Kind, Status } from "./status";
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

/** Queues `node`: Queued. A grant is a notification. */
export function condition_attempt(condition: usize, node: usize): i32 {
  spin.acquire(condition + LOCK);
  queue.enqueue(condition, condition + WAITERS, node);
  spin.release(condition + LOCK);
  return Status.Queued;
}

/** Wakes up to `n` waiters; the caller holds the lock that goes with the condition, so no others come meanwhile. */
export function condition_notify(condition: usize, n: i32): void {
  const waiters = queue.count(condition + WAITERS);
  if (n < waiters) {
    while (n-- > 0 && queue.wakeFirst(condition, condition + WAITERS, queue.GRANTED));
  } else if (waiters != 0) {
    spin.acquire(condition + LOCK);
    queue.releaseAll(condition + WAITERS);
    spin.release(condition + LOCK);
    settleCondition(condition);
  }
}

/** A waiter died with a notification that was meant for one: the next gets it. */
export function passNotification(condition: usize): void {
  queue.wakeFirst(condition, condition + WAITERS, queue.GRANTED);
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
