// A thread's place: its second node, with which it waits for what is told once, to those who wait at that moment: conditions,
// events, barriers. An interrupt does not take it out of the queue, since what is told meanwhile would be missed.
//
//   *_attempt(object, thread_place) → place_wait → Ok, Timeout: out of the queue
//                                        └ Interrupted: still queued; then place_wait again, or place_leave
//
// What interrupts may run code that waits with the place too. So it is given over to a waiter first, which stands in the
// queue for it, and taken back afterwards: place_move.
// Commit point of place_move: its section. Whichever node has OBJECT is the one that is told, and that burial finds.
import * as bulk from "./bulk";
import { LOCK } from "./layout";
import * as spin from "./spinlock";
import { Status } from "./status";
import { PLACE } from "./thread";
import * as queue from "./waitqueue";

/** Address of the thread's second node. */
export function thread_place(thread: usize): usize {
  return thread + PLACE;
}

/** Waits where `thread` has its place, queued. On Interrupted it still is. */
export function place_wait(object: usize, thread: usize, deadline: f64): i32 {
  const node = thread + PLACE;
  queue.resume(node);
  const outcome = queue.park(node, thread, deadline);
  if (outcome == queue.KICKED) return Status.Interrupted;
  if (outcome != queue.GRANTED) return place_leave(object, thread);
  queue.taken(node);
  return Status.Ok;
}

/** Gives up waiting. Ok if the news came first, else Timeout. */
export function place_leave(object: usize, thread: usize): i32 {
  const node = thread + PLACE;
  const word = queue.leave(object, node);
  queue.taken(node);
  return word == queue.GRANTED ? Status.Ok : Status.Timeout;
}

/** `to`, which is free, waits for `object` instead of `from`, with the same turn and the same news; `from` is free then. */
export function place_move(object: usize, from: usize, to: usize): void {
  spin.acquire(object + LOCK);
  bulk.copy(to, from, queue.OWNER);
  queue.relink(from, to);
  queue.taken(from);
  spin.release(object + LOCK);
}
