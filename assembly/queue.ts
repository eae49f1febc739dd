// A FIFO queue of words: a chain of segments, bounded by a count or not at all.
//
//   HEAD segment ─NEXT→ … ─NEXT→ TAIL segment        a word is taken at HEAD_INDEX and put at TAIL_INDEX
//
// Invariants, all under the object's lock: getters wait only while the queue is empty, putters only while it is full; so
// a put hands its word straight to the first getter, and a get moves the first putter's word in. An empty queue starts
// again at index 0 of its only segment; one exhausted segment is kept as SPARE.
// Commit point: each operation is one straight-line section. Segments are allocated before it and freed after it.
import { alloc, free } from "./allocator";
import { HEADER_SIZE, LOCK } from "./layout";
import { allocate, dropWords } from "./object";
import * as spin from "./spinlock";
import { Kind, Status } from "./status";
import { MAILBOX, NODE } from "./thread";
import * as queue from "./waitqueue";

const HEAD: usize = HEADER_SIZE;
const TAIL: usize = HEADER_SIZE + 4;
const HEAD_INDEX: usize = HEADER_SIZE + 8;
const TAIL_INDEX: usize = HEADER_SIZE + 12;
const SPARE: usize = HEADER_SIZE + 16;
const COUNT: usize = HEADER_SIZE + 20;
/** Most words at a time; 0 for no bound. */
const BOUND: usize = HEADER_SIZE + 24;
/** Puts that no task_done has answered yet. */
const UNFINISHED: usize = HEADER_SIZE + 28;
const CLOSED: usize = HEADER_SIZE + 32;
const GETTERS: usize = HEADER_SIZE + 40;
const PUTTERS: usize = GETTERS + queue.QUEUE_SIZE;
const JOINERS: usize = PUTTERS + queue.QUEUE_SIZE;

const NEXT: usize = 0;
const WORDS: usize = 8;
/** So that a segment fills a block of 512 bytes. */
const SEGMENT_WORDS: i32 = 62;
const SEGMENT_SIZE: usize = WORDS + (<usize>SEGMENT_WORDS << 3);

export function queue_new(bound: i32): usize {
  const q = allocate(Kind.Queue, JOINERS + queue.QUEUE_SIZE);
  if (q != 0) {
    store<i32>(q + BOUND, bound);
    store<i32>(q + TAIL_INDEX, SEGMENT_WORDS);
  }
  return q;
}

/** Appends a word at the tail, where there is room: the lock is held and `hasRoom` was true. */
// @ts-expect-error: decorator
@inline
function append(q: usize, word: u64): void {
  let tail = <usize>load<u32>(q + TAIL);
  let index = load<i32>(q + TAIL_INDEX);
  if (index == SEGMENT_WORDS) {
    const fresh = <usize>load<u32>(q + SPARE);
    store<u32>(q + SPARE, 0);
    store<u32>(fresh + NEXT, 0);
    if (tail == 0) store<u32>(q + HEAD, <u32>fresh);
    else store<u32>(tail + NEXT, <u32>fresh);
    store<u32>(q + TAIL, <u32>fresh);
    tail = fresh;
    index = 0;
  }
  store<u64>(tail + WORDS + (<usize>index << 3), word);
  store<i32>(q + TAIL_INDEX, index + 1);
  atomic.store<i32>(q + COUNT, load<i32>(q + COUNT) + 1);
}

// @ts-expect-error: decorator
@inline
function hasRoom(q: usize): bool {
  return load<i32>(q + TAIL_INDEX) < SEGMENT_WORDS || load<u32>(q + SPARE) != 0;
}

/** Provides a spare segment; called without the lock. False if memory is exhausted. */
function addSpare(q: usize): bool {
  const segment = alloc(SEGMENT_SIZE);
  if (segment == 0) return false;
  spin.acquire(q + LOCK);
  const taken = load<u32>(q + SPARE) == 0;
  if (taken) store<u32>(q + SPARE, <u32>segment);
  spin.release(q + LOCK);
  if (!taken) free(segment);
  return true;
}

/** Puts the mailbox's word. Its reference passes to the queue if the answer is Ok. */
export function queue_put(q: usize, thread: usize, deadline: f64): i32 {
  const node = thread + NODE;
  store<u64>(node + queue.PAYLOAD, load<u64>(thread + MAILBOX));
  const status = queue_attempt_put(q, node, deadline > 0);
  return status == Status.Queued ? awaitTurn(q, node, thread, deadline) : status;
}

/** A closed queue wakes its waiters without a grant. */
function awaitTurn(q: usize, node: usize, thread: usize, deadline: f64): i32 {
  const status = queue.awaitGrant(q, node, thread, deadline);
  const isClosed = status != Status.Ok && atomic.load<i32>(node + queue.PARK_WORD) == queue.WOKEN;
  return isClosed ? Status.Closed : status;
}

/** Puts the word in `node`'s payload, or queues `node` with it. Ok, Queued, Timeout, Closed or NoMemory. */
export function queue_attempt_put(q: usize, node: usize, wait: bool): i32 {
  const word = load<u64>(node + queue.PAYLOAD);
  while (true) {
    spin.acquire(q + LOCK);
    if (load<i32>(q + CLOSED) != 0) {
      spin.release(q + LOCK);
      return Status.Closed;
    }
    const getter = queue.first(q + GETTERS);
    if (getter != 0) {
      store<u64>(getter + queue.PAYLOAD, word);
      const before = queue.dequeue(getter, queue.GRANTED);
      store<i32>(q + UNFINISHED, load<i32>(q + UNFINISHED) + 1);
      spin.release(q + LOCK);
      queue.notify(getter, before);
      return Status.Ok;
    }
    const bound = load<i32>(q + BOUND);
    if (bound > 0 && load<i32>(q + COUNT) >= bound) {
      if (wait) queue.enqueue(q, q + PUTTERS, node);
      spin.release(q + LOCK);
      return wait ? Status.Queued : Status.Timeout;
    }
    if (hasRoom(q)) {
      append(q, word);
      store<i32>(q + UNFINISHED, load<i32>(q + UNFINISHED) + 1);
      spin.release(q + LOCK);
      return Status.Ok;
    }
    spin.release(q + LOCK);
    if (!addSpare(q)) return Status.NoMemory;
  }
}

/** Takes the first word into the mailbox, with its reference. */
export function queue_get(q: usize, thread: usize, deadline: f64): i32 {
  const node = thread + NODE;
  let status = queue_attempt_get(q, node, deadline > 0);
  if (status == Status.Queued) status = awaitTurn(q, node, thread, deadline);
  store<u64>(thread + MAILBOX, load<u64>(node + queue.PAYLOAD));
  return status;
}

/** Takes the first word into `node`'s payload, or queues `node`. Ok, Queued, Timeout, Closed or NoMemory. */
export function queue_attempt_get(q: usize, node: usize, wait: bool): i32 {
  while (true) {
    spin.acquire(q + LOCK);
    const count = load<i32>(q + COUNT);
    if (count == 0) {
      const closed = load<i32>(q + CLOSED) != 0;
      if (wait && !closed) queue.enqueue(q, q + GETTERS, node);
      spin.release(q + LOCK);
      return closed ? Status.Closed : wait ? Status.Queued : Status.Timeout;
    }
    const putter = queue.first(q + PUTTERS);
    if (putter != 0 && !hasRoom(q)) {
      spin.release(q + LOCK);
      if (!addSpare(q)) return Status.NoMemory;
      continue;
    }
    const segment = <usize>load<u32>(q + HEAD);
    const index = load<i32>(q + HEAD_INDEX);
    let exhausted: usize = 0;
    store<u64>(node + queue.PAYLOAD, load<u64>(segment + WORDS + (<usize>index << 3)));
    atomic.store<i32>(q + COUNT, count - 1);
    if (count == 1) {
      store<i32>(q + HEAD_INDEX, 0);
      store<i32>(q + TAIL_INDEX, 0);
    } else if (index + 1 < SEGMENT_WORDS) {
      store<i32>(q + HEAD_INDEX, index + 1);
    } else {
      store<u32>(q + HEAD, load<u32>(segment + NEXT));
      store<i32>(q + HEAD_INDEX, 0);
      if (load<u32>(q + SPARE) == 0) store<u32>(q + SPARE, <u32>segment);
      else exhausted = segment;
    }
    if (putter == 0) {
      spin.release(q + LOCK);
    } else {
      append(q, load<u64>(putter + queue.PAYLOAD));
      store<i32>(q + UNFINISHED, load<i32>(q + UNFINISHED) + 1);
      const before = queue.dequeue(putter, queue.GRANTED);
      spin.release(q + LOCK);
      queue.notify(putter, before);
    }
    if (exhausted != 0) free(exhausted);
    return Status.Ok;
  }
}

/** Counts one finished task. Invalid if there were not as many puts. */
export function queue_task_done(q: usize): i32 {
  spin.acquire(q + LOCK);
  const left = load<i32>(q + UNFINISHED) - 1;
  if (left >= 0) store<i32>(q + UNFINISHED, left);
  spin.release(q + LOCK);
  if (left < 0) return Status.Invalid;
  if (left == 0) queue.grantAll(q, q + JOINERS, i32.MAX_VALUE);
  return Status.Ok;
}

/** Waits until every put has been answered by a task_done. */
export function queue_join(q: usize, thread: usize, deadline: f64): i32 {
  const node = thread + NODE;
  const status = queue_attempt_join(q, node, deadline > 0);
  return status == Status.Queued ? queue.awaitGrant(q, node, thread, deadline) : status;
}

export function queue_attempt_join(q: usize, node: usize, wait: bool): i32 {
  spin.acquire(q + LOCK);
  const done = load<i32>(q + UNFINISHED) == 0;
  if (!done && wait) queue.enqueue(q, q + JOINERS, node);
  spin.release(q + LOCK);
  return done ? Status.Ok : wait ? Status.Queued : Status.Timeout;
}

/** Refuses all later puts, and gets once the queue is empty; those who wait in put or get are sent away with Closed. */
export function queue_close(q: usize): void {
  spin.acquire(q + LOCK);
  atomic.store<i32>(q + CLOSED, 1);
  spin.release(q + LOCK);
  sendAway(q, q + GETTERS);
  sendAway(q, q + PUTTERS);
}

function sendAway(q: usize, waiters: usize): void {
  while (true) {
    spin.acquire(q + LOCK);
    const node = queue.first(waiters);
    if (node == 0) {
      spin.release(q + LOCK);
      return;
    }
    const before = queue.dequeue(node, queue.WOKEN);
    spin.release(q + LOCK);
    queue.notify(node, before);
  }
}

export function queue_is_closed(q: usize): i32 {
  return atomic.load<i32>(q + CLOSED);
}

export function queue_size(q: usize): i32 {
  return atomic.load<i32>(q + COUNT);
}

export function queue_bound(q: usize): i32 {
  return load<i32>(q + BOUND);
}

/** Later puts heed the new bound; those who wait are not looked at again. */
export function queue_set_bound(q: usize, bound: i32): void {
  store<i32>(q + BOUND, bound);
}

export function queue_unfinished(q: usize): i32 {
  return atomic.load<i32>(q + UNFINISHED);
}

/** Threads that wait in get, put or join. */
export function queue_waiters(q: usize): i32 {
  return (
    atomic.load<i32>(q + GETTERS + queue.COUNT) +
    atomic.load<i32>(q + PUTTERS + queue.COUNT) +
    atomic.load<i32>(q + JOINERS + queue.COUNT)
  );
}

/** Releases the words and segments of a queue that nobody can reach any more. */
export function dropQueue(q: usize, dying: usize): usize {
  let segment = <usize>load<u32>(q + HEAD);
  let from = load<i32>(q + HEAD_INDEX);
  let list = dying;
  while (segment != 0) {
    const next = <usize>load<u32>(segment + NEXT);
    const to = next == 0 ? load<i32>(q + TAIL_INDEX) : SEGMENT_WORDS;
    list = dropWords(segment + WORDS + (<usize>from << 3), to - from, 8, list);
    free(segment);
    segment = next;
    from = 0;
  }
  const spare = <usize>load<u32>(q + SPARE);
  if (spare != 0) free(spare);
  return list;
}
