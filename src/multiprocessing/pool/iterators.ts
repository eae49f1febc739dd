// What imap and imap_unordered give: results as they are asked for.
//
// The input is read in the thread that asks: a list or range at once, what has no length as far ahead as keeps all workers
// busy, and the rest when the pool is joined. (CPython has a thread that reads all of it at once.)
import { BatchFlag, Kind } from "../../../assembly/status";
import { signature } from "../../arguments";
import { iterate } from "../../builtins/protocol";
import { callable } from "../../callable";
import { StopIteration } from "../../exceptions";
import { kernel } from "../../kernel/kernel";
import { defineAll } from "../../registry";
import { addressOf, facade } from "../../runtime/shared";
import { optionalDeadline } from "../../runtime/wait";
import { TimeoutError } from "../errors";
import {
  Await,
  awaitBatch,
  BatchEnd,
  ChunkState,
  chunkState,
  firstSlot,
  isCopied,
  Mode,
  newBatch,
  putBatch,
} from "./batches";
import { carryOf } from "./carry";
import { mend } from "./crew";
import type { Pool } from "./pool";
import { type ApplyResult, chunkError, endedError } from "./results";
import { writeWork } from "./work";

const bindNext = signature<[timeout: number | null]>("IMapIterator.next(timeout=None)");

/** Chunks of a batch whose end is not known when it is made. */
const ROOM = 1024;
/** Chunks for each worker that are read ahead. */
const AHEAD = 4;

export interface Feed {
  func: Function;
  iterable: unknown;
  chunkSize: number;
  /** How many items there are, if that is known. */
  length: number | undefined;
  limit: number | null;
  ordered: boolean;
}

class IMapIteratorType<T = any> {
  static readonly __module__: string = "multiprocessing.pool";

  declare _pool: Pool;
  declare _feed: Feed;
  declare _items: Iterator<unknown>;
  /** Batches of which not all has been taken, the oldest first. */
  declare _batches: ApplyResult[];
  /** Chunks of the first batch that have been taken, and of the last that have been put. */
  declare _taken: number;
  declare _put: number;
  /** Chunks put and not taken. */
  declare _outstanding: number;
  declare _room: number;
  declare _inputEnded: boolean;
  /** What the input raised, in a box. */
  declare _inputError: { error: unknown } | null;
  /** Items of a chunk that has been taken. */
  declare _buffer: T[];
  declare _over: boolean;

  constructor(pool: Pool, feed: Feed) {
    Object.assign(this, { _pool: pool, _feed: feed, _batches: [], _taken: 0, _put: 0, _outstanding: 0 });
    Object.assign(this, { _inputEnded: false, _inputError: null, _buffer: [], _over: false });
    this._items = iterate(feed.iterable)[Symbol.iterator]();
    this._room = feed.length === undefined ? ROOM : Math.max(1, Math.ceil(feed.length / feed.chunkSize));
    this._put = this._room;
    this._readAhead(feed.length === undefined ? AHEAD * kernel.pool_workers(addressOf(pool)) : this._room);
  }

  /** Puts chunks until `most` are outstanding or the input is at its end. */
  _readAhead(most: number): void {
    const before = this._outstanding;
    while (!this._inputEnded && this._outstanding < most) this._putNext();
    if (this._outstanding > before && this._feed.length !== undefined) this._publish();
  }

  _putNext(): void {
    const items: unknown[] = [];
    try {
      while (items.length < this._feed.chunkSize) {
        const { done, value } = this._items.next();
        if (done) {
          this._inputEnded = true;
          break;
        }
        items.push(value);
      }
    } catch (error) {
      this._inputEnded = true;
      this._inputError = { error };
    }
    // As CPython: a chunk that the input could not fill for an error is not run.
    if (items.length === 0 || (this._inputError && this._feed.chunkSize > 1)) return;
    this._putChunk(this._feed.chunkSize === 1 ? items[0] : items);
  }

  _putChunk(word: unknown): void {
    if (this._put === this._room) this._newBatch();
    const batch = addressOf(this._batches.at(-1)!);
    carryOf(isCopied(batch)).write(firstSlot(batch) + this._put++, word, "the argument");
    this._outstanding++;
    if (this._feed.length === undefined) this._publish();
  }

  _publish(): void {
    const batch = addressOf(this._batches.at(-1)!);
    kernel.object_retain(batch);
    kernel.object_release(putBatch(addressOf(this._pool), batch, this._put));
  }

  _newBatch(): void {
    const { func, chunkSize, limit } = this._feed;
    const copied = !this._pool._isOfThreads();
    const mode = chunkSize === 1 ? Mode.Map : Mode.MapList;
    const flags = BatchFlag.Each | BatchFlag.Open;
    const batch = newBatch(addressOf(this._pool), mode, { length: this._room, flags, limit, copied });
    this._batches.push(facade(Kind.Batch, batch) as ApplyResult);
    writeWork(batch, [func], carryOf(copied));
    this._put = 0;
  }

  __iter__(): this {
    return this;
  }

  *[Symbol.iterator](): Generator<T> {
    while (true) {
      try {
        yield this.next();
      } catch (error) {
        if (error instanceof StopIteration) return;
        throw error;
      }
    }
  }

  __next__(): T {
    return this.next();
  }

  /**
   * The next result.
   *
   * @throws StopIteration at the end
   * @throws TimeoutError (multiprocessing's) if it is not there after `timeout` seconds
   * @throws what the task raised that gave no result; the next call gives the result after it
   */
  next(timeout?: number | null | { timeout?: number | null }): T;
  next(...args: unknown[]): T {
    const [timeout] = bindNext(args);
    if (this._buffer.length > 0) return this._buffer.shift()!;
    if (this._over) throw StopIteration();
    if (this._feed.length === undefined) this._readAhead(AHEAD * kernel.pool_workers(addressOf(this._pool)));
    if (this._outstanding === 0) return this._ended();
    const value = this._take(optionalDeadline(timeout));
    if (this._feed.chunkSize === 1) return value as T;
    this._buffer = [...(value as T[])];
    return this._buffer.shift()!;
  }

  _ended(): never {
    this._over = true;
    if (this._inputError) throw this._inputError.error;
    throw StopIteration();
  }

  /** Takes the next chunk. */
  _take(deadline: number): unknown {
    const { ordered, chunkSize } = this._feed;
    const batch = addressOf(this._batches[0]!);
    const n = this._taken;
    const help = () => mend(addressOf(this._pool));
    const what = ordered ? Await.Chunk : Await.Count;
    if (!awaitBatch(batch, what, ordered ? n : n + 1, deadline, help)) throw TimeoutError();
    if (kernel.batch_end(batch) !== BatchEnd.None && kernel.batch_settled(batch) <= n) throw endedError(batch);
    const chunk = ordered ? n : kernel.batch_settled_as(batch, n);
    const state = chunkState(batch, chunk);
    if (state < ChunkState.Done) throw endedError(batch);
    const value =
      state === ChunkState.Done ? carryOf(isCopied(batch)).read(firstSlot(batch) + chunk) : chunkError(batch, chunk);
    this._outstanding--;
    if (++this._taken === this._room) {
      this._batches.shift();
      this._taken = 0;
    }
    if (state === ChunkState.Done) return value;
    if (chunkSize > 1) this._over = true;
    throw value;
  }
}

class IMapUnorderedIteratorType<T = any> extends IMapIteratorType<T> {}

/** The iterator that imap gives. */
export const IMapIterator = callable(IMapIteratorType, "IMapIterator");
export type IMapIterator<T = any> = IMapIteratorType<T>;
/** The iterator that imap_unordered gives. */
export const IMapUnorderedIterator = callable(IMapUnorderedIteratorType, "IMapUnorderedIterator");
export type IMapUnorderedIterator<T = any> = IMapUnorderedIteratorType<T>;

defineAll("multiprocessing.pool", { IMapIterator, IMapUnorderedIterator });
