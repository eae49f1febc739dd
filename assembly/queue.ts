// A queue of words: a chain of segments, bounded by a count or not at all. First in, first out.
//
//   HEAD segment → … → TAIL segment        a word is put at TAIL_INDEX, and taken at HEAD_INDEX
//
// Invariants, all under the object's lock: getters wait only while the queue is empty, putters only while it is full; so
// a put hands its word straight to the first getter, and a get moves the first putter's word in. An empty queue starts
// again at index 0 of its only segment; one exhausted segment is kept as SPARE.
// Commit point: each operation is one straight-line section. Segments are allocated before it and freed after it. A word
// that was taken stands in the taker's node, marked as granted, until the taker has it in its mailbox: so the word of one
// that dies in between goes back to where it came from.
//
// One file, as all of it works on the segments and indices under one lock. Other orders have no place here: they are Python's
// code, which a program may override.
import { alloc, free } from "./allocator";
import * as bulk from "./bulk";
import { copyWord } from "./fork";
import { HEADER_SIZE, LOCK } from "./layout";
import { allocate, dropWords } from "./object";
import { pulse } from "./pulse";
import * as spin from "./spinlock";
import { Kind, Status } from "./status";
import { MAILBOX, NODE } from "./thread";
import { releaseWord, retainWord } from "./word";
import * as queue from "./waitqueue";

const HEAD: usize = HEADER_SIZE;
const TAIL: usize = HEADER_SIZE + 4;
const HEAD_INDEX: usize = HEADER_SIZE + 8;
const TAIL_INDEX: usize = HEADER_SIZE + 12;
const SPARE: usize = HEADER_SIZE + 16;
const COUNT: usize = HEADER_SIZE + 20;
/** Most words at a time; 0 for no bound. */
const BOUND: usize = HEADER_SIZE + 24;
/** Puts that no task_done has answered yet. 64 bits: many programs never answer. */
const UNFINISHED: usize = HEADER_SIZE + 32;
const GETTERS: usize = HEADER_SIZE + 40;
const PUTTERS: usize = GETTERS + queue.QUEUE_SIZE;
const JOINERS: usize = PUTTERS + queue.QUEUE_SIZE;
/** 1: no more puts, and no more waiting gets. */
const CLOSED: usize = JOINERS + queue.QUEUE_SIZE;
/** 1: puts and closing pulse; see assembly/pulse.ts. */
const WATCHED: usize = CLOSED + 4;
/** Handles through which one can get from it, and put into it. */
export const READ_ENDS: usize = CLOSED + 8;
export const WRITE_ENDS: usize = CLOSED + 12;
const QUEUE_OBJECT_SIZE: usize = CLOSED + 16;

const NEXT: usize = 0;
const WORDS: usize = 8;
/** So that a segment fills a block of 512 bytes. */
const SEGMENT_WORDS: i32 = 62;
const SEGMENT_SIZE: usize = WORDS + (<usize>SEGMENT_WORDS << 3);

export function queue_new(bound: i32): usize {
  const q = allocate(Kind.Queue, QUEUE_OBJECT_SIZE);
  if (q != 0) {
    store<i32>(q + BOUND, bound);
    store<i32>(q + TAIL_INDEX, SEGMENT_WORDS);
  }
  return q;
}

// @ts-expect-error: decorator
@inline
function wordAt(segment: usize, index: i32): usize {
  return segment + WORDS + (<usize>index << 3);
}

// @ts-expect-error: decorator
@inline
function addCount(q: usize, n: i32): void {
  atomic.store<i32>(q + COUNT, load<i32>(q + COUNT) + n);
}

// @ts-expect-error: decorator
@inline
function addUnfinished(q: usize, n: i32): void {
  store<i64>(q + UNFINISHED, load<i64>(q + UNFINISHED) + n);
}

/** Takes the spare segment. */
// @ts-expect-error: decorator
@inline
function takeSpare(q: usize): usize {
  const segment = <usize>load<u32>(q + SPARE);
  store<u32>(q + SPARE, 0);
  return segment;
}

/** Makes sure that the tail segment has a free place: the lock is held and `hasRoom` was true. */
// @ts-expect-error: decorator
@inline
function openTail(q: usize): void {
  if (load<i32>(q + TAIL_INDEX) == SEGMENT_WORDS) {
    const tail = <usize>load<u32>(q + TAIL);
    const fresh = takeSpare(q);
    store<u32>(fresh + NEXT, 0);
    if (tail == 0) store<u32>(q + HEAD, <u32>fresh);
    else store<u32>(tail + NEXT, <u32>fresh);
    store<u32>(q + TAIL, <u32>fresh);
    store<i32>(q + TAIL_INDEX, 0);
  }
}

/** Appends a word at the tail; as openTail. */
// @ts-expect-error: decorator
@inline
function append(q: usize, word: u64): void {
  openTail(q);
  const index = load<i32>(q + TAIL_INDEX);
  store<u64>(wordAt(<usize>load<u32>(q + TAIL), index), word);
  store<i32>(q + TAIL_INDEX, index + 1);
  addCount(q, 1);
}

// @ts-expect-error: decorator
@inline
function hasRoom(q: usize): bool {
  return load<i32>(q + TAIL_INDEX) < SEGMENT_WORDS || load<u32>(q + SPARE) != 0;
}

// @ts-expect-error: decorator
@inline
function isFull(q: usize): bool {
  const bound = load<i32>(q + BOUND);
  return bound > 0 && load<i32>(q + COUNT) >= bound;
}

/** Keeps a segment that has been emptied as the spare, or gives it back for the caller to free after the section. */
// @ts-expect-error: decorator
@inline
function retire(q: usize, segment: usize): usize {
  const spare = load<u32>(q + SPARE);
  if (spare == 0) store<u32>(q + SPARE, <u32>segment);
  return spare == 0 ? 0 : segment;
}

/** Moves the head past its word. Gives back a segment to free, or 0. The queue is not empty. */
// @ts-expect-error: decorator
@inline
function dropHead(q: usize): usize {
  const segment = <usize>load<u32>(q + HEAD);
  const index = load<i32>(q + HEAD_INDEX) + 1;
  let exhausted: usize = 0;
  addCount(q, -1);
  if (load<i32>(q + COUNT) == 0) {
    store<i32>(q + HEAD_INDEX, 0);
    store<i32>(q + TAIL_INDEX, 0);
  } else if (index < SEGMENT_WORDS) {
    store<i32>(q + HEAD_INDEX, index);
  } else {
    const next = <usize>load<u32>(segment + NEXT);
    store<u32>(q + HEAD, <u32>next);
    store<i32>(q + HEAD_INDEX, 0);
    exhausted = retire(q, segment);
  }
  return exhausted;
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

/**
 * Copies word number `n` from the head on into the mailbox, for a walk that began when the head stood at `first` of `head`:
 * it stands at `index` of `segment`, or at the beginning of the next. Gives back its segment, 0 at the end; -1, and
 * nothing copied, if the head has moved.
 */
export function peekWord(q: usize, head: usize, first: i32, n: i32, segment: usize, index: i32, thread: usize): isize {
  spin.acquire(q + LOCK);
  const same = <usize>load<u32>(q + HEAD) == head && load<i32>(q + HEAD_INDEX) == first;
  const there = same && n < load<i32>(q + COUNT);
  const next = there && index == SEGMENT_WORDS;
  const at = next ? <usize>load<u32>(segment + NEXT) : segment;
  const word = there ? load<u64>(wordAt(at, next ? 0 : index)) : 0;
  retainWord(word);
  spin.release(q + LOCK);
  if (!same) return -1;
  store<u64>(thread + MAILBOX, word);
  return there ? <isize>at : 0;
}

/** An empty queue of the same kind, with as many unfinished tasks. */
export function cloneQueue(q: usize): usize {
  const clone = queue_new(load<i32>(q + BOUND));
  if (clone != 0) {
    store<i64>(clone + UNFINISHED, load<i64>(q + UNFINISHED));
    store<i32>(clone + CLOSED, load<i32>(q + CLOSED));
  }
  return clone;
}

/** Fills `clone`, which only the caller knows, with copies of the words of `q`. False if memory is exhausted. */
export function fillQueue(q: usize, clone: usize, fork: usize, thread: usize): bool {
  while (true) {
    const head = <usize>load<u32>(q + HEAD);
    const first = load<i32>(q + HEAD_INDEX);
    let segment = head;
    let index = first;
    for (let n = 0; ; n++) {
      const at = peekWord(q, head, first, n, segment, index, thread);
      if (at == 0) return true;
      if (at < 0) break;
      index = <usize>at == segment ? index + 1 : 1;
      segment = <usize>at;
      if (!hasRoom(clone) && !addSpare(clone)) return false;
      append(clone, copyWord(fork, load<u64>(thread + MAILBOX)));
    }
    while (queue_get(clone, thread, 0) == Status.Ok) releaseWord(load<u64>(thread + MAILBOX));
  }
}

/** Puts the mailbox's word. Its reference passes to the queue if the answer is Ok. */
export function queue_put(q: usize, thread: usize, deadline: f64): i32 {
  const node = thread + NODE;
  store<u64>(node + queue.PAYLOAD, load<u64>(thread + MAILBOX));
  const status = queue_attempt_put(q, node, deadline > 0);
  return status == Status.Queued ? sentAway(node, queue.awaitRelease(q, node, thread, deadline)) : status;
}

/** A closed queue wakes its waiters without a grant. */
// @ts-expect-error: decorator
@inline
function sentAway(node: usize, status: i32): i32 {
  return status != Status.Ok && atomic.load<i32>(node + queue.PARK_WORD) == queue.WOKEN ? Status.Closed : status;
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
      addUnfinished(q, 1);
      spin.release(q + LOCK);
      queue.notify(getter, before);
      return Status.Ok;
    }
    if (isFull(q)) {
      if (wait) queue.enqueue(q, q + PUTTERS, node);
      spin.release(q + LOCK);
      return wait ? Status.Queued : Status.Timeout;
    }
    if (hasRoom(q)) {
      append(q, word);
      addUnfinished(q, 1);
      spin.release(q + LOCK);
      if (atomic.load<i32>(q + WATCHED) != 0) pulse();
      return Status.Ok;
    }
    spin.release(q + LOCK);
    if (!addSpare(q)) return Status.NoMemory;
  }
}

/** Takes the next word into the mailbox, with its reference. */
export function queue_get(q: usize, thread: usize, deadline: f64): i32 {
  const node = thread + NODE;
  let status = queue_attempt_get(q, node, deadline > 0);
  if (status == Status.Queued) status = sentAway(node, queue.awaitGrant(q, node, thread, deadline));
  if (status == Status.Ok) {
    store<u64>(thread + MAILBOX, load<u64>(node + queue.PAYLOAD));
    queue.taken(node);
  }
  return status;
}

/**
 * Takes the next word into `node`'s payload, or queues `node`. Ok, Queued, Timeout, Closed or NoMemory. After Ok the caller takes
 * the word, and calls `taken`.
 */
export function queue_attempt_get(q: usize, node: usize, wait: bool): i32 {
  while (true) {
    spin.acquire(q + LOCK);
    if (load<i32>(q + COUNT) == 0) {
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
    store<u64>(node + queue.PAYLOAD, load<u64>(wordAt(<usize>load<u32>(q + HEAD), load<i32>(q + HEAD_INDEX))));
    const exhausted = dropHead(q);
    queue.grantAtOnce(q, q + GETTERS, node);
    // Full even so: a dead getter's word has come back.
    if (putter == 0 || isFull(q)) {
      spin.release(q + LOCK);
    } else {
      append(q, load<u64>(putter + queue.PAYLOAD));
      addUnfinished(q, 1);
      const before = queue.dequeue(putter, queue.GRANTED);
      spin.release(q + LOCK);
      queue.notify(putter, before);
    }
    if (exhausted != 0) free(exhausted);
    return Status.Ok;
  }
}

/**
 * Puts up to `n` words that stand from `words` on, as many as there is room for now; as many at a time as fit in a segment,
 * unless somebody waits for the first. Gives back how many; -1 if memory is exhausted before the first.
 */
export function queue_put_many(q: usize, words: usize, n: i32, thread: usize): i32 {
  const node = thread + NODE;
  let done = 0;
  while (done < n) {
    const from = words + (<usize>done << 3);
    spin.acquire(q + LOCK);
    const bound = load<i32>(q + BOUND);
    const index = load<i32>(q + TAIL_INDEX);
    let run = min(n - done, SEGMENT_WORDS - index);
    if (bound > 0) run = min(run, bound - load<i32>(q + COUNT));
    if (run > 0 && queue.first(q + GETTERS) == 0 && load<i32>(q + CLOSED) == 0) {
      bulk.copy(wordAt(<usize>load<u32>(q + TAIL), index), from, <usize>run << 3);
      store<i32>(q + TAIL_INDEX, index + run);
      addCount(q, run);
      addUnfinished(q, run);
      spin.release(q + LOCK);
      done += run;
      continue;
    }
    spin.release(q + LOCK);
    store<u64>(node + queue.PAYLOAD, load<u64>(from));
    const status = queue_attempt_put(q, node, false);
    if (status != Status.Ok) return status == Status.NoMemory && done == 0 ? -1 : done;
    done++;
  }
  return done;
}

/**
 * Takes up to `n` words to `words` and the places behind, as many as there are now; as many at a time as stand in a segment,
 * unless somebody waits to put one. Gives back how many.
 */
export function queue_get_many(q: usize, words: usize, n: i32, thread: usize): i32 {
  let done = 0;
  while (done < n) {
    const to = words + (<usize>done << 3);
    spin.acquire(q + LOCK);
    const index = load<i32>(q + HEAD_INDEX);
    const run = min(n - done, min(load<i32>(q + COUNT), SEGMENT_WORDS - index));
    // The last word of a segment is taken as one.
    if (run > 1 && queue.first(q + PUTTERS) == 0) {
      bulk.copy(to, wordAt(<usize>load<u32>(q + HEAD), index), <usize>(run - 1) << 3);
      store<i32>(q + HEAD_INDEX, index + run - 1);
      addCount(q, 1 - run);
      spin.release(q + LOCK);
      done += run - 1;
      continue;
    }
    spin.release(q + LOCK);
    if (queue_get(q, thread, 0) != Status.Ok) return done;
    store<u64>(to, load<u64>(thread + MAILBOX));
    done++;
  }
  return done;
}

/**
 * Puts the word of `node` back where it was taken: its taker died before it had it. A bounded queue may hold one more than its
 * bound then. If there is no memory for it, it is lost.
 */
export function returnWord(q: usize, node: usize): void {
  const word = load<u64>(node + queue.PAYLOAD);
  while (true) {
    spin.acquire(q + LOCK);
    const getter = queue.first(q + GETTERS);
    if (getter != 0) {
      store<u64>(getter + queue.PAYLOAD, word);
      const before = queue.dequeue(getter, queue.GRANTED);
      queue.taken(node);
      spin.release(q + LOCK);
      queue.notify(getter, before);
      return;
    }
    const index = load<i32>(q + HEAD_INDEX);
    const atTail = load<i32>(q + COUNT) == 0;
    if (atTail ? hasRoom(q) : index > 0 || load<u32>(q + SPARE) != 0) {
      if (atTail) append(q, word);
      else prepend(q, index, word);
      queue.taken(node);
      spin.release(q + LOCK);
      return;
    }
    spin.release(q + LOCK);
    if (!addSpare(q)) return;
  }
}

// @ts-expect-error: decorator
@inline
function prepend(q: usize, index: i32, word: u64): void {
  let place = index;
  if (place == 0) {
    const head = <usize>load<u32>(q + HEAD);
    const fresh = takeSpare(q);
    store<u32>(fresh + NEXT, <u32>head);
    store<u32>(q + HEAD, <u32>fresh);
    place = SEGMENT_WORDS;
  }
  store<u64>(wordAt(<usize>load<u32>(q + HEAD), place - 1), word);
  store<i32>(q + HEAD_INDEX, place - 1);
  addCount(q, 1);
}

/** Counts one finished task. Invalid if there were not as many puts. */
export function queue_task_done(q: usize): i32 {
  spin.acquire(q + LOCK);
  const left = load<i64>(q + UNFINISHED) - 1;
  if (left >= 0) store<i64>(q + UNFINISHED, left);
  if (left == 0) queue.releaseAll(q + JOINERS);
  spin.release(q + LOCK);
  if (left < 0) return Status.Invalid;
  if (left == 0) settleQueue(q);
  return Status.Ok;
}

/** Tells those who wait what has been decided: that all tasks are done, or that the queue is closed. */
export function settleQueue(q: usize): void {
  queue.settle(q, q + JOINERS);
  if (load<i32>(q + CLOSED) == 0) return;
  while (queue.wakeFirst(q, q + GETTERS, queue.WOKEN) || queue.wakeFirst(q, q + PUTTERS, queue.WOKEN));
}

export function isQueueUnsettled(q: usize): bool {
  if (queue.isUnsettled(q + JOINERS)) return true;
  // Nobody waits in a closed queue but those who have not been told.
  return load<i32>(q + CLOSED) != 0 && queue.count(q + GETTERS) + queue.count(q + PUTTERS) != 0;
}

/** Waits until every put has been answered by a task_done. */
export function queue_join(q: usize, thread: usize, deadline: f64): i32 {
  const node = thread + NODE;
  const status = queue_attempt_join(q, node, deadline > 0);
  return status == Status.Queued ? queue.awaitRelease(q, node, thread, deadline) : status;
}

export function queue_attempt_join(q: usize, node: usize, wait: bool): i32 {
  spin.acquire(q + LOCK);
  const done = load<i64>(q + UNFINISHED) == 0;
  if (!done && wait) queue.enqueue(q, q + JOINERS, node);
  spin.release(q + LOCK);
  return done ? Status.Ok : wait ? Status.Queued : Status.Timeout;
}

/** Refuses all later puts, and gets once the queue is empty; those who wait in put or get are sent away with Closed. */
export function queue_close(q: usize): void {
  spin.acquire(q + LOCK);
  atomic.store<i32>(q + CLOSED, 1);
  spin.release(q + LOCK);
  settleQueue(q);
  if (atomic.load<i32>(q + WATCHED) != 0) pulse();
}

/** From now on a pulse tells of each word that is put, and of the closing. */
export function queue_watch(q: usize): void {
  atomic.store<i32>(q + WATCHED, 1);
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

export function queue_unfinished(q: usize): f64 {
  return <f64>atomic.load<i64>(q + UNFINISHED);
}

/** Threads that wait in get, put or join. */
export function queue_waiters(q: usize): i32 {
  return queue.count(q + GETTERS) + queue.count(q + PUTTERS) + queue.count(q + JOINERS);
}

/** Whether `waiters` is where those stand who wait for a word. */
export function isGetters(q: usize, waiters: usize): bool {
  return waiters == q + GETTERS;
}

/** Releases the words and segments of a queue that nobody can reach any more. */
export function dropQueue(q: usize, dying: usize): usize {
  let segment = <usize>load<u32>(q + HEAD);
  let from = load<i32>(q + HEAD_INDEX);
  let list = dying;
  while (segment != 0) {
    const next = <usize>load<u32>(segment + NEXT);
    const to = next == 0 ? load<i32>(q + TAIL_INDEX) : SEGMENT_WORDS;
    list = dropWords(wordAt(segment, from), to - from, 8, list);
    free(segment);
    segment = next;
    from = 0;
  }
  const spare = <usize>load<u32>(q + SPARE);
  if (spare != 0) free(spare);
  return list;
}
