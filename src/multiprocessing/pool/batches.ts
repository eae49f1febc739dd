// Batches in kernel memory: what a pool is asked to do, as words, and what came of it.
import { BatchEnd, type BatchFlag, ChunkState, Status } from "../../../assembly/status";
import { ValueError } from "../../exceptions";
import { kernel, reach } from "../../kernel/kernel";
import { makeCommon } from "../../runtime/common";
import { allocated, now, waitStatus } from "../../runtime/wait";
import { read, write } from "../../runtime/words";

/** What a worker does with the words of a chunk. Kept in the batch's flags, above those of the kernel. */
export const enum Mode {
  /** Calls the function once, with the arguments that stand beside it. */
  Call = 0,
  /** Calls it with each word. */
  Map = 1,
  /** Calls it with what each word holds. */
  Starmap = 2,
  /** Calls it with each item of each word. */
  MapList = 3,
  /** Calls it once in each worker. */
  Broadcast = 4,
  /** Calls it once, with the batch's words. */
  CallWords = 5,
}

/** Whether a batch is one call, and its result one value. */
export function isCall(mode: Mode): boolean {
  return mode === Mode.Call || mode === Mode.CallWords;
}

const MODE_SHIFT = 8;
const MODES = 15;
/** Set where arguments and results are copied, as the workers are processes. */
const COPIED = 1 << 12;

/** What is called, and for a call its arguments, where they are not the batch's words. A plain array, since that crosses to processes too. */
export type Work = [func: Function, args?: unknown[], kwds?: Record<string, unknown> | undefined];

/** What goes with a result for which somebody is called back, or that was given up. */
export interface Notes {
  callback?: Function | null;
  error_callback?: Function | null;
  /** Why it was given up. */
  reason?: unknown;
}

export interface BatchOptions {
  length: number;
  copied: boolean;
  chunkSize?: number;
  flags?: BatchFlag | 0;
  /** Seconds that a chunk may run. */
  limit?: number | null;
}

/** What a pool counts; see assembly/pool.ts. */
export const enum PoolCount {
  Put = 0,
  Done = 1,
  Failed = 2,
  Lost = 3,
  Late = 4,
  Vacant = 5,
  /** How often those who wait have been called to look after the pool: whoever does so asks first, so that no call is missed. */
  Calls = 7,
}

/** What one may wait for; see assembly/batch.ts. */
export const enum Await {
  Ready = 0,
  Chunk = 1,
  Count = 2,
  Claimed = 3,
}

/** Makes a batch, of which the caller owns a reference. It is not put yet. */
export function newBatch(pool: number, mode: Mode, options: BatchOptions): number {
  const { length, copied, chunkSize = 1, flags = 0, limit } = options;
  const allFlags = flags | (mode << MODE_SHIFT) | (copied ? COPIED : 0);
  const milliseconds = limit === null || limit === undefined ? 0 : limit * 1000;
  const batch = allocated(kernel.batch_new(pool, length, chunkSize, milliseconds, allFlags));
  makeCommon(batch);
  reach((kernel.batch_work(batch) >>> 0) + (length + 2) * 8);
  return batch;
}

/** Index of the slot of a batch's work; behind it stand the notes, and then its words. */
export function workSlot(batch: number): number {
  const at = kernel.batch_work(batch) >>> 0;
  reach(at + (kernel.batch_length(batch) + 2) * 8);
  return at >>> 3;
}

export function firstSlot(batch: number): number {
  return workSlot(batch) + 2;
}

export function modeOf(batch: number): Mode {
  return (kernel.batch_flags(batch) >>> MODE_SHIFT) & MODES;
}

/** Whether arguments and results are copied. */
export function isCopied(batch: number): boolean {
  return (kernel.batch_flags(batch) & COPIED) !== 0;
}

export function notesOf(batch: number): Notes {
  const notes = read(workSlot(batch) + 1);
  return typeof notes === "object" && notes !== null ? (notes as Notes) : {};
}

export function writeNotes(batch: number, notes: Notes): void {
  write(workSlot(batch) + 1, notes);
}

/** Gives the chunks of a batch to the pool, all of them or the first `chunks`. Gives the batch back; if it cannot, drops it. */
export function putBatch(pool: number, batch: number, chunks: number): number {
  if (kernel.pool_put(pool, batch, chunks) === Status.Ok) return batch;
  kernel.object_release(batch);
  throw ValueError("Pool not running");
}

/** Waits for a batch. False when time is up. `mend` is called when the pool may need a new worker. */
export function awaitBatch(batch: number, what: Await, n: number, deadline: number, mend: () => void): boolean {
  // Its name is what a thread is told that must not block.
  const get = (object: number, thread: number, until: number) =>
    kernel.batch_await(object, what, n, calls, thread, until);
  const pool = kernel.batch_pool(batch) >>> 0;
  let calls = 0;
  while (kernel.batch_is_there(batch, what, n) === 0) {
    calls = kernel.pool_count(pool, PoolCount.Calls);
    mend();
    if (waitStatus(get, batch, deadline) === Status.Timeout) return false;
    if (deadline === 0 || now() >= deadline) return kernel.batch_is_there(batch, what, n) !== 0;
  }
  return true;
}

/** What has become of a chunk, if its batch was not ended before. */
export function chunkState(batch: number, chunk: number): ChunkState {
  return kernel.batch_chunk_state(batch, chunk);
}

export { BatchEnd, ChunkState };
