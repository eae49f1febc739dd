// A batch: what a pool is to do in one go. Words, in chunks; the results of a chunk take the places of its words.
//
//   0  header            32  next chunk to claim    60  next in the list of those over     112  word: the work, 120 notes
//  16  pool              36  settled chunks         64  f64 milliseconds a chunk may run
//  20  words             40  first bad chunk + 1    72  ready                              128  words
//  24  words a chunk     44  flags                  76  BatchEnd                                then for each chunk
//  28  chunks            48  next in the pool       80  queue: those who wait                   (state, which was settled as n-th)
//                        52  is in the pool's list
//                        56  over
//
// Invariant: everything but the words is guarded by the lock of the pool. A chunk's words belong to whoever has claimed it,
// from its claim to its settling. A batch is over when all chunks are settled or it has been ended; it is ready when its
// callbacks have run too, and then nothing in it changes that anybody looks at.
// Commit point: each section. Waiters are released in it by one store, and told afterwards by settleBatch.
import { HEADER_SIZE, LINK, LOCK, REFS } from "./layout";
import { allocate, dropWords } from "./object";
import { retain } from "./references";
import * as spin from "./spinlock";
import { BatchEnd, BatchFlag, ChunkState, Kind, Status } from "./status";
import { NODE } from "./thread";
import * as queue from "./waitqueue";
import { UNSET } from "./word";

export const POOL: usize = HEADER_SIZE;
const LENGTH: usize = HEADER_SIZE + 4;
const CHUNK_SIZE: usize = HEADER_SIZE + 8;
export const CHUNKS: usize = HEADER_SIZE + 12;
export const NEXT_CHUNK: usize = HEADER_SIZE + 16;
const SETTLED: usize = HEADER_SIZE + 20;
const BAD: usize = HEADER_SIZE + 24;
const FLAGS: usize = HEADER_SIZE + 28;
export const NEXT: usize = HEADER_SIZE + 32;
export const LINKED: usize = HEADER_SIZE + 36;
const OVER: usize = HEADER_SIZE + 40;
export const NEXT_OVER: usize = HEADER_SIZE + 44;
export const LIMIT: usize = HEADER_SIZE + 48;
const READY: usize = HEADER_SIZE + 56;
const END: usize = HEADER_SIZE + 60;
export const WAITERS: usize = HEADER_SIZE + 64;
const WORK: usize = WAITERS + queue.QUEUE_SIZE;
const WORDS: usize = WORK + 16;
/** In the pool: how often those who wait have been called to look after it. */
export const CALLS: usize = HEADER_SIZE + 52;
/** Most words, so that no size overflows. */
const MOST: i32 = 1 << 27;

/** A batch for `pool` with room for `length` words in chunks of `chunkSize`; 0 if memory is exhausted. */
export function batch_new(pool: usize, length: i32, chunkSize: i32, limit: f64, flags: i32): usize {
  if (length < 0 || length > MOST) return 0;
  const chunks = (length + chunkSize - 1) / chunkSize;
  const batch = allocate(Kind.Batch, WORDS + ((<usize>length + <usize>chunks) << 3));
  if (batch == 0) return 0;
  retain(pool);
  store<u32>(batch + POOL, <u32>pool);
  store<i32>(batch + LENGTH, length);
  store<i32>(batch + CHUNK_SIZE, chunkSize);
  store<i32>(batch + FLAGS, flags);
  store<f64>(batch + LIMIT, limit);
  store<u64>(batch + WORK, UNSET);
  store<u64>(batch + WORK + 8, UNSET);
  return batch;
}

/** Address of the word that tells what is to be done; notes stand behind it, and then the words. */
export function batch_work(batch: usize): usize {
  return batch + WORK;
}

export function batch_length(batch: usize): i32 {
  return load<i32>(batch + LENGTH);
}

export function batch_chunk_size(batch: usize): i32 {
  return load<i32>(batch + CHUNK_SIZE);
}

export function batch_flags(batch: usize): i32 {
  return load<i32>(batch + FLAGS);
}

export function batch_pool(batch: usize): usize {
  return <usize>load<u32>(batch + POOL);
}

// @ts-expect-error: decorator
@inline
function chunkAt(batch: usize, chunk: i32): usize {
  return batch + WORDS + ((<usize>load<i32>(batch + LENGTH) + <usize>chunk) << 3);
}

export function batch_chunk_state(batch: usize, chunk: i32): i32 {
  return atomic.load<i32>(chunkAt(batch, chunk));
}

/** The chunk that was settled as the `n`-th. */
export function batch_settled_as(batch: usize, n: i32): i32 {
  return atomic.load<i32>(chunkAt(batch, n) + 4);
}

export function batch_settled(batch: usize): i32 {
  return atomic.load<i32>(batch + SETTLED);
}

/** The chunk that was the first not to be done; -1 if there is none. */
export function batch_bad(batch: usize): i32 {
  return atomic.load<i32>(batch + BAD) - 1;
}

/** How it was ended before its time. */
// @ts-expect-error: decorator
@inline
export function batch_end(batch: usize): i32 {
  return atomic.load<i32>(batch + END);
}

export function batch_is_ready(batch: usize): i32 {
  return atomic.load<i32>(batch + READY);
}

/** Marks the next chunk as running; the pool's lock is held. */
// @ts-expect-error: decorator
@inline
export function claim(batch: usize): i32 {
  const chunk = load<i32>(batch + NEXT_CHUNK);
  atomic.store<i32>(batch + NEXT_CHUNK, chunk + 1);
  atomic.store<i32>(chunkAt(batch, chunk), ChunkState.Running);
  return chunk;
}

/** Writes down what has become of a chunk; the lock is held. True if the keeper is to be told that the batch is over. */
// @ts-expect-error: decorator
@inline
export function settleChunk(batch: usize, chunk: i32, state: i32): bool {
  const n = load<i32>(batch + SETTLED);
  const flags = load<i32>(batch + FLAGS);
  atomic.store<i32>(chunkAt(batch, n) + 4, chunk);
  atomic.store<i32>(chunkAt(batch, chunk), state);
  if (state != ChunkState.Done && load<i32>(batch + BAD) == 0) atomic.store<i32>(batch + BAD, chunk + 1);
  atomic.store<i32>(batch + SETTLED, n + 1);
  const over = n + 1 == load<i32>(batch + CHUNKS) && (flags & BatchFlag.Open) == 0 && load<i32>(batch + OVER) == 0;
  if ((flags & BatchFlag.Each) != 0) queue.releaseAll(batch + WAITERS);
  return over && endBatch(batch);
}

/** The batch is over; the lock is held. True if the keeper is to be told. */
// @ts-expect-error: decorator
@inline
export function endBatch(batch: usize): bool {
  const keeper = (load<i32>(batch + FLAGS) & BatchFlag.Keeper) != 0;
  store<i32>(batch + OVER, 1);
  if (!keeper) {
    atomic.store<i32>(batch + READY, 1);
    queue.releaseAll(batch + WAITERS);
  }
  return keeper;
}

/** Chunks that have been put and not claimed. */
// @ts-expect-error: decorator
@inline
export function unclaimed(batch: usize): i32 {
  return max(0, load<i32>(batch + CHUNKS) - load<i32>(batch + NEXT_CHUNK));
}

/** Ends a batch that is not over; the lock is held. True as above. */
// @ts-expect-error: decorator
@inline
export function breakOff(batch: usize, end: i32): bool {
  const over = load<i32>(batch + OVER) != 0;
  if (!over) {
    atomic.store<i32>(batch + END, end);
    atomic.store<i32>(batch + NEXT_CHUNK, load<i32>(batch + CHUNKS));
    queue.releaseAll(batch + WAITERS);
  }
  return !over && endBatch(batch);
}

/** Lets those who wait for the batch look again; if `ready`, since the keeper has called back. */
export function batch_tell(batch: usize, ready: i32): void {
  const pool = batch_pool(batch);
  spin.acquire(pool + LOCK);
  if (ready != 0) atomic.store<i32>(batch + READY, 1);
  queue.releaseAll(batch + WAITERS);
  spin.release(pool + LOCK);
  settleBatch(batch);
}

/** Whether somebody has been released whom the one who did that has not told, since it died. */
// @ts-expect-error: decorator
@inline
export function isBatchUnsettled(batch: usize): bool {
  return queue.isUnsettled(batch + WAITERS);
}

export function settleBatch(batch: usize): void {
  queue.settle(batch_pool(batch), batch + WAITERS);
}

/** What one may wait for. */
const READY_ALL: i32 = 0;
const SETTLED_CHUNK: i32 = 1;
const SETTLED_COUNT: i32 = 2;
const ALL_CLAIMED: i32 = 3;

// @ts-expect-error: decorator
@inline
function isThere(batch: usize, what: i32, n: i32): bool {
  if (load<i32>(batch + READY) != 0) return true;
  if (what == READY_ALL || load<i32>(batch + END) == BatchEnd.Terminated) return false;
  if (what == ALL_CLAIMED) return load<i32>(batch + NEXT_CHUNK) >= load<i32>(batch + CHUNKS);
  if (what == SETTLED_COUNT) return load<i32>(batch + SETTLED) >= n;
  return load<i32>(chunkAt(batch, n)) >= ChunkState.Done;
}

/**
 * Waits until the batch is ready (`what` 0), its chunk `n` is settled (1), `n` of its chunks are (2) or all are claimed (3). Ok also if the
 * caller is to look after the pool, since it was called after `calls` calls: it asks again then.
 */
export function batch_await(batch: usize, what: i32, n: i32, calls: i32, thread: usize, deadline: f64): i32 {
  const node = thread + NODE;
  const status = batch_attempt_await(batch, what, n, calls, node, deadline > 0);
  return status == Status.Queued ? queue.awaitRelease(batch_pool(batch), node, thread, deadline) : status;
}

export function batch_attempt_await(batch: usize, what: i32, n: i32, calls: i32, node: usize, wait: bool): i32 {
  const pool = batch_pool(batch);
  spin.acquire(pool + LOCK);
  const there = isThere(batch, what, n) || (wait && load<i32>(pool + CALLS) != calls);
  if (!there && wait) queue.enqueue(pool, batch + WAITERS, node);
  spin.release(pool + LOCK);
  return there ? Status.Ok : wait ? Status.Queued : Status.Timeout;
}

/** Whether what one may wait for is there. */
export function batch_is_there(batch: usize, what: i32, n: i32): i32 {
  return isThere(batch, what, n) ? 1 : 0;
}

export function dropBatch(batch: usize, dying: usize): usize {
  const list = dropWords(batch + WORK, load<i32>(batch + LENGTH) + 2, 8, dying);
  const pool = batch_pool(batch);
  if (atomic.sub<i32>(pool + REFS, 1) != 1) return list;
  store<u32>(pool + LINK, <u32>list);
  return pool;
}
