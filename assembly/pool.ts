// A pool: batches with chunks that nobody has claimed yet, and the workers that claim them.
//
//   0  header                     32  batches over, first, 36 last        112  queue: workers without a task
//  16  PoolState                  40  chunks put, 44 done, 48 failed      144  queue: the keeper
//  20  workers                    52  lost, 56 late                       176  queue: those who wait for the pool's end
//  24  batches, first, 28 last    60  places vacant                       208  4 words
//                                 64  workers, 68 calls for help          240  for each worker: its place
//  72  f64 the keeper sleeps until
//  80  batch whose waiters are told next    84  1: there is a keeper
//
//   place    0  thread id: VACANT, STARTING, or the worker's    4  batch, 8 chunk
//           16  f64 when it will have run too long
//
//   place      VACANT → STARTING   pool_vacancy      STARTING → thread id   pool_enter      any → VACANT   pool_leave, burial
//   PoolState  only rises; Closed: workers leave when nothing is left to claim, Terminated: at once
//
// Tasks are claimed in the order in which they were put. The worker that became idle last is woken first, since it is
// still warm; one that finds more than it can do wakes the next.
//
// Invariant: everything is guarded by the pool's lock, the batches' fields too. The list holds one reference to each of
// its batches, a place one to the batch it works on.
// Commit point: each section. A chunk is in its place from the claim to the settling, so a dead worker's is found there; who is
// to be told afterwards is told by settlePool if that one dies.
//
// One file: claiming, keeping and settling work on the same lists under one lock; what is a batch's own is in batch.ts.
import {
  batch_end,
  batch_pool,
  WAITERS as BATCH_WAITERS,
  breakOff,
  CALLS,
  CHUNKS,
  claim,
  LIMIT,
  LINKED,
  NEXT,
  NEXT_CHUNK,
  NEXT_OVER,
  settleBatch,
  settleChunk,
  unclaimed,
} from "./batch";
import { now } from "./futex";
import { HEADER_SIZE, LOCK } from "./layout";
import { allocate, dropWords, release } from "./object";
import { retain } from "./references";
import * as spin from "./spinlock";
import { BatchEnd, ChunkState, Kind, PoolState, Status } from "./status";
import { MAILBOX, NODE, threadId } from "./thread";
import * as queue from "./waitqueue";
import { UNSET } from "./word";

const STATE: usize = HEADER_SIZE;
const PLACES: usize = HEADER_SIZE + 4;
const FIRST: usize = HEADER_SIZE + 8;
const LAST: usize = HEADER_SIZE + 12;
const FIRST_OVER: usize = HEADER_SIZE + 16;
const LAST_OVER: usize = HEADER_SIZE + 20;
const COUNTS: usize = HEADER_SIZE + 24;
const VACANCIES: usize = HEADER_SIZE + 44;
const ENTERED: usize = HEADER_SIZE + 48;
const KEEPER_UNTIL: usize = HEADER_SIZE + 56;
const CURSOR: usize = HEADER_SIZE + 64;
const KEEPER_HIRED: usize = HEADER_SIZE + 68;
const IDLE: usize = HEADER_SIZE + 96;
const KEEPER: usize = IDLE + queue.QUEUE_SIZE;
const JOINERS: usize = KEEPER + queue.QUEUE_SIZE;
const POOL_WORDS: usize = JOINERS + queue.QUEUE_SIZE;
const POOL_WORD_COUNT: i32 = 4;
const TABLE: usize = POOL_WORDS + (<usize>POOL_WORD_COUNT << 3);

const VACANT: i32 = 0;
const STARTING: i32 = -1;
const BATCH: usize = 4;
const CHUNK: usize = 8;
const LATE_AT: usize = 16;
const PLACE_SIZE: usize = 24;

export function pool_new(workers: i32): usize {
  const pool = allocate(Kind.Pool, TABLE + <usize>workers * PLACE_SIZE);
  if (pool == 0) return 0;
  store<i32>(pool + PLACES, workers);
  store<i32>(pool + VACANCIES, workers);
  store<f64>(pool + KEEPER_UNTIL, Infinity);
  for (let i = 0; i < POOL_WORD_COUNT; i++) store<u64>(pool + POOL_WORDS + (<usize>i << 3), UNSET);
  return pool;
}

// @ts-expect-error: decorator
@inline
function placeAt(pool: usize, index: i32): usize {
  return pool + TABLE + <usize>index * PLACE_SIZE;
}

/** Address of the pool's words. */
export function pool_words(pool: usize): usize {
  return pool + POOL_WORDS;
}

export function pool_state(pool: usize): i32 {
  return atomic.load<i32>(pool + STATE);
}

export function pool_workers(pool: usize): i32 {
  return load<i32>(pool + PLACES);
}

/**
 * Chunks put (0), done (1), failed (2), lost (3) and late (4); places vacant (5), workers (6), and how often those who wait have been
 * called to look after the pool (7).
 */
export function pool_count(pool: usize, which: i32): i32 {
  return atomic.load<i32>(pool + COUNTS + (<usize>which << 2));
}

/** The batch on which the worker at `index` works, or 0. */
export function pool_place_batch(pool: usize, index: i32): usize {
  return <usize>atomic.load<u32>(placeAt(pool, index) + BATCH);
}

/** 1 for the one caller that is to start the keeper. */
export function pool_hire_keeper(pool: usize): i32 {
  return atomic.cmpxchg<i32>(pool + KEEPER_HIRED, 0, 1) == 0 ? 1 : 0;
}

// @ts-expect-error: decorator
@inline
function addCount(pool: usize, which: usize, n: i32): void {
  const at = pool + COUNTS + (which << 2);
  atomic.store<i32>(at, load<i32>(at) + n);
}

/** Wakes the first in `waiters`, if there is one; the lock is held, and is released here. */
// @ts-expect-error: decorator
@inline
function releaseAndWake(pool: usize, waiter: usize): void {
  const before = waiter != 0 ? queue.dequeue(waiter, queue.WOKEN) : 0;
  spin.release(pool + LOCK);
  queue.notify(waiter, before);
}

/** Publishes the chunks of `batch` up to `chunks`. Closed if the pool takes no more. */
export function pool_put(pool: usize, batch: usize, chunks: i32): i32 {
  spin.acquire(pool + LOCK);
  if (load<i32>(pool + STATE) != PoolState.Running) {
    spin.release(pool + LOCK);
    return Status.Closed;
  }
  addCount(pool, 0, chunks - load<i32>(batch + CHUNKS));
  atomic.store<i32>(batch + CHUNKS, chunks);
  if (load<i32>(batch + LINKED) == 0) {
    retain(batch);
    store<i32>(batch + LINKED, 1);
    store<u32>(batch + NEXT, 0);
    const last = <usize>load<u32>(pool + LAST);
    if (last == 0) store<u32>(pool + FIRST, <u32>batch);
    else store<u32>(last + NEXT, <u32>batch);
    store<u32>(pool + LAST, <u32>batch);
  }
  releaseAndWake(pool, queue.last(pool + IDLE));
  return Status.Ok;
}

/** Takes the first batch off the list, whose reference passes to the caller; the lock is held. */
// @ts-expect-error: decorator
@inline
function unlinkFirst(pool: usize, batch: usize): void {
  const next = load<u32>(batch + NEXT);
  store<u32>(pool + FIRST, next);
  if (next == 0) store<u32>(pool + LAST, 0);
  if (load<u32>(pool + CURSOR) == <u32>batch) store<u32>(pool + CURSOR, next);
  store<i32>(batch + LINKED, 0);
}

/**
 * Claims the next chunk for the worker at `index`: the mailbox's halves are the batch, with a reference, and the chunk. Closed
 * when the worker is to leave.
 */
export function pool_take(pool: usize, index: i32, thread: usize, deadline: f64): i32 {
  const node = thread + NODE;
  const place = placeAt(pool, index);
  while (true) {
    spin.acquire(pool + LOCK);
    const batch = <usize>load<u32>(pool + FIRST);
    if (batch == 0) {
      const over = load<i32>(pool + STATE) != PoolState.Running;
      if (!over && deadline > 0) queue.enqueue(pool, pool + IDLE, node);
      spin.release(pool + LOCK);
      if (over) return Status.Closed;
      if (deadline <= 0) return Status.Timeout;
      const status = awaitTask(pool, node, thread, deadline);
      if (status != Status.Ok) return status;
      continue;
    }
    if (load<i32>(batch + NEXT_CHUNK) >= load<i32>(batch + CHUNKS)) {
      unlinkFirst(pool, batch);
      spin.release(pool + LOCK);
      release(batch);
      continue;
    }
    const chunk = claim(batch);
    if (chunk + 1 < load<i32>(batch + CHUNKS)) retain(batch);
    else unlinkFirst(pool, batch);
    // One for the worker too: the chunk may be settled without it, while it still reads and writes there.
    retain(batch);
    store<u32>(place + BATCH, <u32>batch);
    store<i32>(place + CHUNK, chunk);
    store<f64>(place + LATE_AT, Infinity);
    store<u32>(thread + MAILBOX, <u32>batch);
    store<i32>(thread + MAILBOX + 4, chunk);
    releaseAndWake(pool, load<u32>(pool + FIRST) != 0 ? queue.last(pool + IDLE) : 0);
    if (load<f64>(batch + LIMIT) > 0) limit(pool, place, now() + load<f64>(batch + LIMIT));
    return Status.Ok;
  }
}

/** Sleeps until there may be something to take. A wake-up that comes with an interrupt is passed on. */
function awaitTask(pool: usize, node: usize, thread: usize, deadline: f64): i32 {
  const outcome = queue.park(node, thread, deadline);
  const word = queue.leave(pool, node);
  if (outcome == queue.WOKEN) return Status.Ok;
  if (word == queue.WOKEN) {
    spin.acquire(pool + LOCK);
    releaseAndWake(pool, queue.last(pool + IDLE));
  }
  return outcome == queue.KICKED ? Status.Interrupted : Status.Timeout;
}

/** The task at `place` may run until `at`: the keeper must not sleep longer. */
function limit(pool: usize, place: usize, at: f64): void {
  spin.acquire(pool + LOCK);
  store<f64>(place + LATE_AT, at);
  const sooner = at < load<f64>(pool + KEEPER_UNTIL);
  if (sooner) store<f64>(pool + KEEPER_UNTIL, at);
  releaseAndWake(pool, sooner ? queue.first(pool + KEEPER) : 0);
}

// @ts-expect-error: decorator
@inline
function addOver(pool: usize, batch: usize): void {
  const last = <usize>load<u32>(pool + LAST_OVER);
  store<u32>(batch + NEXT_OVER, 0);
  retain(batch);
  if (last == 0) store<u32>(pool + FIRST_OVER, <u32>batch);
  else store<u32>(last + NEXT_OVER, <u32>batch);
  store<u32>(pool + LAST_OVER, <u32>batch);
}

/**
 * Writes down what has become of the chunk of the worker at `index`, if it was to have ended by `at` (Infinity for any) and
 * belongs to `only` (0 for any). Invalid if there is none, as it has been settled otherwise: the worker itself is to end then.
 */
export function pool_settle(pool: usize, index: i32, state: i32, at: f64, only: usize): i32 {
  const place = placeAt(pool, index);
  spin.acquire(pool + LOCK);
  const batch = <usize>load<u32>(place + BATCH);
  if (batch == 0 || (only != 0 && batch != only) || load<f64>(place + LATE_AT) > at) {
    spin.release(pool + LOCK);
    return Status.Invalid;
  }
  store<u32>(place + BATCH, 0);
  store<f64>(place + LATE_AT, Infinity);
  addCount(pool, <usize>(state - ChunkState.Done + 1), 1);
  const over = settleChunk(batch, load<i32>(place + CHUNK), state);
  if (over) addOver(pool, batch);
  releaseAndWake(pool, over ? queue.first(pool + KEEPER) : 0);
  settleBatch(batch);
  release(batch);
  return Status.Ok;
}

/** Finds a place for a worker to be started. Its index; -1 if none is needed. */
export function pool_vacancy(pool: usize): i32 {
  const places = load<i32>(pool + PLACES);
  for (let index = 0; index < places; index++) {
    const place = placeAt(pool, index);
    spin.acquire(pool + LOCK);
    const state = load<i32>(pool + STATE);
    const needed = state == PoolState.Running || (state == PoolState.Closed && load<u32>(pool + FIRST) != 0);
    const found = needed && load<i32>(place) == VACANT;
    if (found) {
      store<i32>(place, STARTING);
      atomic.store<i32>(pool + VACANCIES, load<i32>(pool + VACANCIES) - 1);
      atomic.store<i32>(pool + ENTERED, load<i32>(pool + ENTERED) + 1);
    }
    spin.release(pool + LOCK);
    if (found) return index;
  }
  return -1;
}

/** The worker for the place is about to be started. */
export function pool_enter(pool: usize, index: i32, thread: usize): void {
  spin.acquire(pool + LOCK);
  atomic.store<i32>(placeAt(pool, index), threadId(thread));
  spin.release(pool + LOCK);
}

/** The worker at `index` has ended, or was never started; a chunk that it was at is lost. */
export function pool_leave(pool: usize, index: i32): void {
  const place = placeAt(pool, index);
  pool_settle(pool, index, ChunkState.Lost, Infinity, 0);
  spin.acquire(pool + LOCK);
  const gone = load<i32>(place) != VACANT;
  if (gone) {
    store<i32>(place, VACANT);
    atomic.store<i32>(pool + VACANCIES, load<i32>(pool + VACANCIES) + 1);
    atomic.store<i32>(pool + ENTERED, load<i32>(pool + ENTERED) - 1);
    queue.releaseAll(pool + JOINERS);
  }
  releaseAndWake(pool, queue.first(pool + KEEPER));
  queue.settle(pool, pool + JOINERS);
  if (gone) callForHelp(pool);
}

/** Lets all who wait for a batch that is still in the list look after the pool: somebody must start a worker. */
function callForHelp(pool: usize): void {
  spin.acquire(pool + LOCK);
  atomic.store<i32>(pool + CALLS, load<i32>(pool + CALLS) + 1);
  store<u32>(pool + CURSOR, load<u32>(pool + FIRST));
  spin.release(pool + LOCK);
  while (true) {
    spin.acquire(pool + LOCK);
    const batch = <usize>load<u32>(pool + CURSOR);
    if (batch == 0) {
      spin.release(pool + LOCK);
      return;
    }
    store<u32>(pool + CURSOR, load<u32>(batch + NEXT));
    queue.releaseAll(batch + BATCH_WAITERS);
    retain(batch);
    spin.release(pool + LOCK);
    settleBatch(batch);
    release(batch);
  }
}

/** Closes or terminates the pool. Batches with chunks that nobody has claimed are broken off when it is terminated. */
export function pool_end(pool: usize, state: i32): void {
  spin.acquire(pool + LOCK);
  if (load<i32>(pool + STATE) < state) atomic.store<i32>(pool + STATE, state);
  queue.releaseAll(pool + JOINERS);
  releaseAndWake(pool, queue.first(pool + KEEPER));
  if (state == PoolState.Terminated) breakOffAll(pool);
  queue.settle(pool, pool + JOINERS);
  while (wakeIdle(pool));
}

function wakeIdle(pool: usize): bool {
  spin.acquire(pool + LOCK);
  const idle = queue.last(pool + IDLE);
  releaseAndWake(pool, idle);
  return idle != 0;
}

function breakOffAll(pool: usize): void {
  while (true) {
    spin.acquire(pool + LOCK);
    const batch = <usize>load<u32>(pool + FIRST);
    if (batch == 0) {
      spin.release(pool + LOCK);
      return;
    }
    unlinkFirst(pool, batch);
    addCount(pool, 0, -unclaimed(batch));
    if (breakOff(batch, BatchEnd.Terminated)) addOver(pool, batch);
    spin.release(pool + LOCK);
    settleBatch(batch);
    release(batch);
  }
}

/** Ends a batch that is not over: its chunks that nobody has claimed are not done. 0 if it was over. */
export function batch_cancel(batch: usize, end: i32): i32 {
  const pool = batch_pool(batch);
  spin.acquire(pool + LOCK);
  addCount(pool, 0, -unclaimed(batch));
  const keeper = breakOff(batch, end);
  if (keeper) addOver(pool, batch);
  const ended = batch_end(batch) == end ? 1 : 0;
  releaseAndWake(pool, keeper ? queue.first(pool + KEEPER) : 0);
  settleBatch(batch);
  return ended;
}

/**
 * Finds a worker whose task has run too long at the moment `at`, and settles its chunk. Gives back the worker's index, or -1. The
 * worker is to be ended then, as it is still at it.
 */
export function pool_strike(pool: usize, at: f64): i32 {
  const places = load<i32>(pool + PLACES);
  for (let index = 0; index < places; index++) {
    if (load<f64>(placeAt(pool, index) + LATE_AT) <= at && pool_settle(pool, index, ChunkState.Late, at, 0) == Status.Ok) {
      return index;
    }
  }
  return -1;
}

/** When the next task will have run too long. */
function nextLate(pool: usize): f64 {
  const places = load<i32>(pool + PLACES);
  let at = Infinity;
  for (let index = 0; index < places; index++) at = min(at, load<f64>(placeAt(pool, index) + LATE_AT));
  return at;
}

/**
 * What the keeper waits for: Ok for a batch that is over, whose address with a reference is in the mailbox's low half; Timeout
 * when it is to look at the workers; Closed when nothing more will come.
 */
export function pool_keep(pool: usize, thread: usize): i32 {
  const node = thread + NODE;
  spin.acquire(pool + LOCK);
  store<f64>(pool + KEEPER_UNTIL, Infinity);
  spin.release(pool + LOCK);
  const next = nextLate(pool);
  spin.acquire(pool + LOCK);
  const batch = <usize>load<u32>(pool + FIRST_OVER);
  if (batch != 0) {
    const rest = load<u32>(batch + NEXT_OVER);
    store<u32>(pool + FIRST_OVER, rest);
    if (rest == 0) store<u32>(pool + LAST_OVER, 0);
    store<u32>(thread + MAILBOX, <u32>batch);
    spin.release(pool + LOCK);
    return Status.Ok;
  }
  const state = load<i32>(pool + STATE);
  const ended = hasEnded(pool);
  const wanted = load<i32>(pool + VACANCIES) != 0 && !ended && (state == PoolState.Running || load<u32>(pool + FIRST) != 0);
  const until = min(next, load<f64>(pool + KEEPER_UNTIL));
  store<f64>(pool + KEEPER_UNTIL, until);
  if (!ended && !wanted) queue.enqueue(pool, pool + KEEPER, node);
  spin.release(pool + LOCK);
  if (ended) return Status.Closed;
  if (wanted) return Status.Timeout;
  const outcome = queue.park(node, thread, until);
  queue.leave(pool, node);
  return outcome == queue.KICKED ? Status.Interrupted : Status.Timeout;
}

/** Whether all workers have left for good; the lock is held. */
// @ts-expect-error: decorator
@inline
function hasEnded(pool: usize): bool {
  const state = load<i32>(pool + STATE);
  const idle = load<i32>(pool + ENTERED) <= 0;
  return idle && (state == PoolState.Terminated || (state == PoolState.Closed && load<u32>(pool + FIRST) == 0));
}

/** Waits until all workers have left. Ok also if the caller is to look after the pool, as with batch_await: it asks again then. */
export function pool_join(pool: usize, calls: i32, thread: usize, deadline: f64): i32 {
  const node = thread + NODE;
  spin.acquire(pool + LOCK);
  const ended = hasEnded(pool) || load<i32>(pool + CALLS) != calls;
  if (!ended) queue.enqueue(pool, pool + JOINERS, node);
  spin.release(pool + LOCK);
  return ended ? Status.Ok : queue.awaitRelease(pool, node, thread, deadline);
}

export function pool_has_ended(pool: usize): i32 {
  return hasEnded(pool) ? 1 : 0;
}

/** Buries the worker that had this thread id, and passes on what it may have got, or was about to tell. */
export function settlePool(pool: usize, id: i32): void {
  const places = load<i32>(pool + PLACES);
  for (let index = 0; index < places; index++) {
    if (load<i32>(placeAt(pool, index)) == id) pool_leave(pool, index);
  }
  queue.settle(pool, pool + JOINERS);
  wakeIdle(pool);
  callForHelp(pool);
}

export function dropPool(pool: usize, dying: usize): usize {
  return dropWords(pool + POOL_WORDS, POOL_WORD_COUNT, 8, dying);
}
