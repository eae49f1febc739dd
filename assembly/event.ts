// An event: a flag, and those who wait for it. Setting releases everyone who waits at that moment, even if the flag is
// cleared again before they run, or while what interrupts them runs: a thread waits with its place (assembly/place.ts).
//
//   unset → set     event_set: all who wait are released      set → unset   event_clear: who comes from now on waits
//
// Invariant: nobody is enqueued while the flag is set; who is still queued then has been released.
// Commit point: the section of event_set, which sets the flag and releases the waiters in one.
import { HEADER_SIZE, LOCK } from "./layout";
import { allocate } from "./object";
import * as spin from "./spinlock";
import { Kind, Status } from "./status";
import * as queue from "./waitqueue";

const FLAG: usize = HEADER_SIZE;
const WAITERS: usize = HEADER_SIZE + 8;

export function event_new(): usize {
  return allocate(Kind.Event, WAITERS + queue.QUEUE_SIZE);
}

export function event_is_set(event: usize): i32 {
  return atomic.load<i32>(event + FLAG);
}

/** Ok if the flag is set; else queues `node` if it is to wait. Ok, Queued or Timeout. */
export function event_attempt(event: usize, node: usize, wait: bool): i32 {
  if (atomic.load<i32>(event + FLAG) != 0) return Status.Ok;
  spin.acquire(event + LOCK);
  const set = atomic.load<i32>(event + FLAG) != 0;
  if (!set && wait) queue.enqueue(event, event + WAITERS, node);
  spin.release(event + LOCK);
  return set ? Status.Ok : wait ? Status.Queued : Status.Timeout;
}

export function event_set(event: usize): void {
  spin.acquire(event + LOCK);
  atomic.store<i32>(event + FLAG, 1);
  queue.releaseAll(event + WAITERS);
  spin.release(event + LOCK);
  settleEvent(event);
}

export function settleEvent(event: usize): void {
  queue.settle(event, event + WAITERS);
}

export function isEventUnsettled(event: usize): bool {
  return queue.isUnsettled(event + WAITERS);
}

export function event_clear(event: usize): void {
  spin.acquire(event + LOCK);
  atomic.store<i32>(event + FLAG, 0);
  spin.release(event + LOCK);
}

export function event_waiters(event: usize): i32 {
  return queue.count(event + WAITERS);
}
