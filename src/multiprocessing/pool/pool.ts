// multiprocessing.pool.Pool and ThreadPool: what both have, which is nearly all. Half of it is what their calls promise.
import { BatchEnd, BatchFlag, ChunkState, Kind, PoolState, Status } from "../../../assembly/status";
import { kw, signature } from "../../arguments";
import { isPlainObject, method, qualifiedName } from "../../builtins/classes";
import { len } from "../../builtins/iterate";
import { list } from "../../builtins/list";

import { iterate } from "../../builtins/protocol";
import { range } from "../../builtins/range";
import { NotImplementedError, ValueError } from "../../exceptions";
import { kernel } from "../../kernel/kernel";
import { makeCommon } from "../../runtime/common";
import { refuseCopies } from "../../runtime/copies";
import { count } from "../../runtime/process";
import { Counter } from "../../runtime/process_words";
import { addressOf, facade, KIND, reviveKind, Shared } from "../../runtime/shared";
import { beginThread } from "../../runtime/threads";
import { allocated, waitStatus } from "../../runtime/wait";
import { read, slotAt, write } from "../../runtime/words";
import { Thread } from "../../threading/thread";
import { firstSlot, Mode, newBatch, PoolCount, putBatch, type Work, writeNotes } from "./batches";
import { type Carry, carryOf } from "./carry";
import { callError, checkChunkSize } from "./checks";
import { _handle_results, fill } from "./crew";
import { type Feed, IMapIterator, IMapUnorderedIterator } from "./iterators";
import { type ApplyResult, awaitReady, type MapResult, outcome } from "./results";
import { isNamed, writeWork } from "./work";

/** Words of the kernel's pool. */
const enum Word {
  Settings,
  Workers,
  /** The keeper; before it is hired, the number in its name. */
  Keeper,
  Class,
}

export interface Settings {
  initializer: ((...args: any[]) => unknown) | null;
  initargs: unknown[];
  /** Chunks that a worker runs before another takes its place; -1 for no bound. */
  maxtasks: number;
  /** Whether the workers are processes. */
  copied: boolean;
  /** How they are started. */
  method: string | null;
  /** The process that starts them. */
  owner: number;
}

interface Options {
  callback?: Function | null;
  error_callback?: Function | null;
  time_limit?: number | null;
  signal?: AbortSignal | null;
}

const EXTRA = "*, time_limit=None, signal=None";
const bindApply = signature(`Pool.apply(func, args: data=(), kwds: data=None, ${EXTRA})`);
const bindApplyAsync = signature(
  `Pool.apply_async(func, args: data=(), kwds: data=None, callback=None, error_callback=None, ${EXTRA})`,
);
const bindMap = signature(`Pool.map(func, iterable: data, chunksize=None, ${EXTRA})`);
const bindMapAsync = signature(
  `Pool.map_async(func, iterable: data, chunksize=None, callback=None, error_callback=None, ${EXTRA})`,
);
const bindStarmap = signature(`Pool.starmap(func, iterable: data, chunksize=None, ${EXTRA})`);
const bindStarmapAsync = signature(
  `Pool.starmap_async(func, iterable: data, chunksize=None, callback=None, error_callback=None, ${EXTRA})`,
);
const bindImap = signature("Pool.imap(func, iterable: data, chunksize=1, *, time_limit=None)");
const bindImapUnordered = signature("Pool.imap_unordered(func, iterable: data, chunksize=1, *, time_limit=None)");
const bindBroadcast = signature(`Pool.broadcast(func, args: data=(), kwds: data=None, ${EXTRA})`);

/** Parameters that a program may name where an object would else be the keywords of its own function. */
const NAMES = new Set(["args", "kwds", "callback", "error_callback", "time_limit", "signal"]);

/** The arguments of apply and its kin: an object that names their own parameters is not one of the task's. */
function named(given: readonly unknown[]): readonly unknown[] {
  const last = given.at(-1);
  if (given.length < 2 || given.length > 3 || !isPlainObject(last)) return given;
  const keys = Object.keys(last);
  return keys.length > 0 && keys.every((key) => NAMES.has(key)) ? [...given.slice(0, -1), kw(last)] : given;
}

const STATES = ["RUN", "CLOSE", "TERMINATE"];

/** Iterators of this thread whose input has no length, and may have to be read to its end. */
const feeds = new WeakMap<object, Set<WeakRef<IMapIterator>>>();

/** What the pool at `address` was made with. */
export function settingsOf(address: number): Settings {
  return read(wordOf(address, Word.Settings)) as Settings;
}

function wordOf(address: number, word: Word): number {
  return slotAt((kernel.pool_words(address) >>> 0) + word * 8);
}

export abstract class PoolBase extends Shared<never> {
  get [KIND](): Kind {
    return Kind.Pool;
  }

  protected promote(): number {
    return 0;
  }

  /** Starts a worker for the place `index`. The first of each place are not waited for: the pool can be used when one is there. */
  abstract _startWorker(index: number, isFirst: boolean): void;
  /** Ends the worker at `index`, whatever it does. */
  abstract _endWorker(index: number): void;
  /** Whether the workers are threads, to which arguments go as themselves. */
  abstract _isOfThreads(): boolean;
  /** Whether the calling thread belongs to the process that starts the pool's workers. */
  abstract _isMine(): boolean;
  /** Waits until the workers that have left are gone. */
  abstract _joinWorkers(): void;

  get _processes(): number {
    return kernel.pool_workers(addressOf(this));
  }

  get _state(): string {
    return STATES[kernel.pool_state(addressOf(this))]!;
  }

  /** The workers: Process or Thread objects. */
  get _pool(): list<any> {
    return read(wordOf(addressOf(this), Word.Workers)) as list<any>;
  }

  /** Calls `func` in a worker and waits for what it gives. Raises what it raises. */
  apply(func: any, args?: any, kwds?: any, options?: any): any;
  apply(...given: unknown[]): unknown {
    const [func, args, kwds, limit, signal] = bindApply(named(given));
    return this._awaited(this._apply(func, args, kwds, { time_limit: limit }), signal);
  }

  /**
   * Calls `func` in a worker, and gives back at once what the result will be in.
   *
   * @param callback called with the result, in a thread of this process; the callbacks of a pool never run at the same time
   * @param error_callback called with the error if there is one
   * @param time_limit seconds that the call may run: its worker is ended then, also in the middle of a loop, and get()
   *   raises TimeLimitExceeded
   * @param signal an AbortSignal: gives the call up, and ends its worker if it has begun
   */
  apply_async(func: any, args?: any, kwds?: any, callback?: any, error_callback?: any, options?: any): ApplyResult;
  apply_async(...given: unknown[]): ApplyResult {
    const [func, args, kwds, callback, error_callback, time_limit, signal] = bindApplyAsync(named(given));
    const options = { callback, error_callback, time_limit, signal };
    return this._watched(this._apply(func, args, kwds, options), signal) as ApplyResult;
  }

  /** Calls `func` in the workers with each item; the results as a list, in the items' order. */
  map(func: any, iterable?: any, chunksize?: any, options?: any): list<any>;
  map(...given: unknown[]): unknown {
    const [func, iterable, chunksize, limit, signal] = bindMap(given);
    return this._awaited(this._map(Mode.Map, func, iterable, chunksize, { time_limit: limit }), signal);
  }

  map_async(func: any, iterable?: any, chunksize?: any, callback?: any, error_callback?: any, options?: any): MapResult;
  map_async(...given: unknown[]): MapResult {
    const [func, iterable, chunksize, callback, error_callback, time_limit, signal] = bindMapAsync(given);
    const options = { callback, error_callback, time_limit, signal };
    return this._watched(this._map(Mode.Map, func, iterable, chunksize, options), signal) as MapResult;
  }

  /** As map, but each item holds all arguments of its call. */
  starmap(func: any, iterable?: any, chunksize?: any, options?: any): list<any>;
  starmap(...given: unknown[]): unknown {
    const [func, iterable, chunksize, limit, signal] = bindStarmap(given);
    return this._awaited(this._map(Mode.Starmap, func, iterable, chunksize, { time_limit: limit }), signal);
  }

  starmap_async(
    func: any,
    iterable?: any,
    chunksize?: any,
    callback?: any,
    error_callback?: any,
    options?: any,
  ): MapResult;
  starmap_async(...given: unknown[]): MapResult {
    const [func, iterable, chunksize, callback, error_callback, time_limit, signal] = bindStarmapAsync(given);
    const options = { callback, error_callback, time_limit, signal };
    return this._watched(this._map(Mode.Starmap, func, iterable, chunksize, options), signal) as MapResult;
  }

  /** As map, but gives the results one by one, each as soon as it and those before it are there. */
  imap(func: any, iterable?: any, chunksize?: any, options?: any): IMapIterator;
  imap(...given: unknown[]): IMapIterator {
    const [func, iterable, chunkSize, limit] = bindImap(given);
    return this._imap(func, iterable, chunkSize, limit, true);
  }

  /** As imap, in the order in which the results come. */
  imap_unordered(func: any, iterable?: any, chunksize?: any, options?: any): IMapUnorderedIterator;
  imap_unordered(...given: unknown[]): IMapIterator {
    const [func, iterable, chunkSize, limit] = bindImapUnordered(given);
    return this._imap(func, iterable, chunkSize, limit, false);
  }

  /** Calls `func` once in each worker; the results as a list. CPython has no such method. */
  broadcast(func: any, args?: any, kwds?: any, options?: any): list<any>;
  broadcast(...given: unknown[]): unknown {
    const [func, args, kwds, limit, signal] = bindBroadcast(named(given));
    const work: Work = [func, [...args], keywordsOf(kwds)];
    const batch = this._new(Mode.Broadcast, this._processes, 1, { time_limit: limit });
    return this._awaited(this._put(batch, this._processes, work), signal);
  }

  /** How the pool is doing: counts of workers and of tasks (chunks, where map was given several items a task). */
  stats(): PoolStats {
    const address = addressOf(this);
    const workers = kernel.pool_workers(address);
    let running = 0;
    for (let i = 0; i < workers; i++) if (kernel.pool_place_batch(address, i) !== 0) running++;
    const [put, done, failed, lost, late] = [0, 1, 2, 3, 4].map((which) => kernel.pool_count(address, which)) as Counts;
    const settled = done + failed + lost + late;
    const waiting = Math.max(0, put - settled - running);
    return { workers, running, waiting, done, failed, lost, late };
  }

  _checkRunning(): void {
    if (kernel.pool_state(addressOf(this)) !== PoolState.Running) throw ValueError("Pool not running");
  }

  /** A batch for one call. Its arguments are the batch's words, if none needs a copy. */
  _apply(func: Function, args: Iterable<unknown>, kwds: object | null, options: Options): number {
    const refused = callError(func, args, kwds);
    if (refused) return this._refused(this._new(Mode.Call, 1, 1, options), refused, options);
    const given = [...iterate(args)];
    const keywords = keywordsOf(kwds);
    if (keywords || given.length === 0 || !isNamed(func) || !given.every(isScalar)) {
      return this._put(this._new(Mode.Call, 1, 1, options), 1, [func, given, keywords], options);
    }
    const batch = this._new(Mode.CallWords, given.length, given.length, options);
    return this._put(batch, 1, [func], options, given);
  }

  _new(mode: Mode, length: number, chunkSize: number, options: Options): number {
    this._checkRunning();
    const { time_limit: limit } = options;
    const flags = this._flagsFor(options, limit);
    return newBatch(addressOf(this), mode, { length, chunkSize, copied: !this._isOfThreads(), flags, limit });
  }

  /** Writes a batch's words and what is to be done with them, and puts the batch. Drops it if that fails. */
  _put(
    batch: number,
    chunks: number,
    work: Work,
    { callback, error_callback }: Options = {},
    words: readonly unknown[] = [],
  ): number {
    const carry = carryOf(!this._isOfThreads());
    try {
      writeWords(firstSlot(batch), words, carry);
      writeWork(batch, work, carry);
      if (callback || error_callback) writeNotes(batch, { callback, error_callback });
    } catch (error) {
      kernel.object_release(batch);
      throw error;
    }
    return putBatch(addressOf(this), batch, chunks);
  }

  _flagsFor({ callback, error_callback }: Options, limit: number | null | undefined): BatchFlag | 0 {
    const callsBack = Boolean(callback || error_callback);
    if (callsBack || (limit !== null && limit !== undefined)) this._hireKeeper();
    return callsBack ? BatchFlag.Keeper : 0;
  }

  _map(mode: Mode, func: Function, iterable: unknown, chunksize: number | null, options: Options): number {
    this._checkRunning();
    const { items, error } = this._read(iterable);
    const size = chunksize ?? Math.ceil(items.length / (this._processes * 4));
    checkChunkSize(size, "<=");
    const chunkSize = Math.max(1, size);
    const chunks = size <= 0 ? 0 : Math.ceil(items.length / chunkSize);
    const batch = this._new(mode, items.length, chunkSize, options);
    if (error) return this._refused(batch, error.error, options);
    if (chunks > 0) return this._put(batch, chunks, [func], options, items);
    // CPython runs nothing where the chunks are empty, and gives None for all.
    for (let i = 0; i < items.length; i++) write(firstSlot(batch) + i, null);
    kernel.batch_tell(batch, 1);
    return batch;
  }

  /** The items of `iterable`. What has a length may fail later, as it is read by another thread in CPython. */
  _read(iterable: unknown): { items: unknown[]; error?: { error: unknown } } {
    if (Array.isArray(iterable)) return { items: iterable };
    if (lengthOf(iterable) === undefined) return { items: [...iterate(iterable)] };
    const items: unknown[] = [];
    if (iterable instanceof range) {
      for (let i = 0; i < iterable.length; i++) items.push(iterable.start + i * iterable.step);
      return { items };
    }
    try {
      for (const item of iterate(iterable)) items.push(item);
      return { items };
    } catch (error) {
      return { items, error: { error } };
    }
  }

  /** A batch whose input has raised an error. */
  _refused(batch: number, reason: unknown, { callback, error_callback }: Options): number {
    writeNotes(batch, { callback, error_callback, reason });
    kernel.batch_cancel(batch, BatchEnd.Cancelled);
    return batch;
  }

  _imap(func: Function, iterable: unknown, chunkSize: number, limit: number | null, ordered: boolean): IMapIterator {
    this._checkRunning();
    checkChunkSize(chunkSize, "<");
    if (chunkSize < 1) throw ValueError(`Chunksize must be 1+, not ${chunkSize}`);
    this._flagsFor({}, limit);
    const length = lengthOf(iterable);
    const feed: Feed = { func, iterable, chunkSize, length, limit, ordered };
    const iterator = ordered ? new IMapIterator(this as never, feed) : new IMapUnorderedIterator(this as never, feed);
    if (length === undefined) {
      if (!feeds.has(this)) feeds.set(this, new Set());
      feeds.get(this)!.add(new WeakRef(iterator));
    }
    return iterator;
  }

  /** Waits for a batch, of which it uses up the reference. */
  _awaited(batch: number, signal: AbortSignal | null): unknown {
    try {
      if (signal?.aborted) this._abort(batch, signal.reason);
      awaitReady(batch, Number.POSITIVE_INFINITY);
      return outcome(batch);
    } finally {
      kernel.object_release(batch);
    }
  }

  _watched(batch: number, signal: AbortSignal | null): ApplyResult {
    const result = facade(Kind.Batch, batch) as ApplyResult;
    if (signal?.aborted) this._abort(batch, signal.reason);
    else signal?.addEventListener("abort", () => this._abort(addressOf(result), signal.reason), { once: true });
    return result;
  }

  /** Gives a batch up, and ends the workers that are at it. */
  _abort(batch: number, reason: unknown): void {
    const pool = addressOf(this);
    const notes = kernel.batch_is_ready(batch) === 0 ? { reason } : {};
    writeNotes(batch, notes);
    if (kernel.batch_cancel(batch, BatchEnd.Cancelled) === 0) return;
    for (let index = 0; index < this._processes; index++) {
      const ended = kernel.pool_settle(pool, index, ChunkState.Late, Number.POSITIVE_INFINITY, batch);
      if (ended === Status.Ok) this._endWorker(index);
    }
  }

  _hireKeeper(): void {
    const address = addressOf(this);
    if (!this._isMine() || kernel.pool_hire_keeper(address) === 0) return;
    const name = `Thread-${read(wordOf(address, Word.Keeper))} (_handle_results)`;
    const keeper = new Thread({ target: _handle_results, args: [this], name, daemon: true });
    write(wordOf(address, Word.Keeper), keeper);
    beginThread(addressOf(keeper));
  }

  /** No more tasks are taken; the workers leave when those that there are have been done. */
  close(): void {
    for (const ref of feeds.get(this) ?? []) {
      const iterator = ref.deref();
      if (this._state === "RUN") iterator?._readAhead(Number.POSITIVE_INFINITY);
    }
    kernel.pool_end(addressOf(this), PoolState.Closed);
  }

  /**
   * Stops the pool without waiting for its tasks. get() of a task that was not done raises WorkerLostError; CPython waits for
   * ever there.
   */
  terminate(): void {
    const address = addressOf(this);
    kernel.pool_end(address, PoolState.Terminated);
    if (!this._isOfThreads()) for (let index = 0; index < this._processes; index++) this._endWorker(index);
  }

  /**
   * Waits until the workers have ended and all callbacks have been called.
   *
   * @throws ValueError if the pool has not been closed or terminated
   */
  join(): void {
    const address = addressOf(this);
    if (kernel.pool_state(address) === PoolState.Running) throw ValueError("Pool is still running");
    // Threads cannot be ended: terminate() does not wait for what they are doing.
    if (this._isOfThreads() && this._state === "TERMINATE") return;
    const join = (pool: number, thread: number, until: number) => kernel.pool_join(pool, calls, thread, until);
    let calls = 0;
    while (kernel.pool_has_ended(address) === 0) {
      calls = kernel.pool_count(address, PoolCount.Calls);
      fill(this as never);
      waitStatus(join, address, Number.POSITIVE_INFINITY);
    }
    this._joinWorkers();
    const keeper = read(wordOf(address, Word.Keeper));
    if (keeper instanceof Thread) keeper.join();
  }

  __enter__(): this {
    this._checkRunning();
    return this;
  }

  __exit__(..._error: unknown[]): void {
    this.terminate();
  }

  [Symbol.dispose](): void {
    this.terminate();
  }

  __reduce__(): never {
    throw NotImplementedError("pool objects cannot be passed between processes or pickled");
  }

  __repr__(): string {
    return `<${qualifiedName(this.constructor as never)} state=${this._state} pool_size=${this._processes}>`;
  }
}

type Counts = [put: number, done: number, failed: number, lost: number, late: number];

export interface PoolStats {
  workers: number;
  /** Tasks that workers are at. */
  running: number;
  /** Tasks that no worker has begun. */
  waiting: number;
  done: number;
  /** Tasks that raised an error. */
  failed: number;
  /** Tasks whose worker died. */
  lost: number;
  /** Tasks that ran longer than their time limit, or were given up while they ran. */
  late: number;
}

export function keywordsOf(kwds: object | null | undefined): Record<string, unknown> | undefined {
  if (kwds === null || kwds === undefined) return undefined;
  const items = method(kwds, "items");
  const plain = items ? Object.fromEntries(items() as Iterable<[string, unknown]>) : (kwds as Record<string, unknown>);
  return Object.keys(plain).length > 0 ? plain : undefined;
}

/** How many items there are in what has a length. */
function lengthOf(iterable: unknown): number | undefined {
  try {
    return len(iterable);
  } catch {
    return undefined;
  }
}

/** Whether a value is whole in its word: no other argument can hold it too. */
function isScalar(value: unknown): boolean {
  const type = typeof value;
  return type === "number" || type === "string" || type === "boolean" || value === null || value === undefined;
}

/** In a function of its own, which V8 compiles while it runs. */
function writeWords(slot: number, words: readonly unknown[], carry: Carry): void {
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (typeof word === "number") write(slot + i, word);
    else carry.write(slot + i, word, `argument ${i}`);
  }
}

/** Makes the kernel's pool and starts the workers. */
export function begin(pool: PoolBase, processes: number, settings: Settings): void {
  const address = allocated(kernel.pool_new(processes));
  if (settings.copied) makeCommon(address, 0);
  Shared.tie(pool, address);
  write(wordOf(address, Word.Class), pool.constructor, "the pool's class");
  write(wordOf(address, Word.Workers), list(new Array(processes).fill(null)));
  write(wordOf(address, Word.Settings), settings, "the initializer");
  try {
    fill(pool as never, true);
  } catch (error) {
    pool.terminate();
    throw error;
  }
  // CPython's pools have three threads of their own, whose names count; the last of them calls back.
  for (let i = 0; i < 2; i++) count(Counter.ThreadName);
  write(wordOf(address, Word.Keeper), count(Counter.ThreadName));
  if (settings.maxtasks >= 0) pool._hireKeeper();
}

export type Pool = PoolBase;

refuseCopies(PoolBase, (_, spawning) =>
  // Its own workers are given it.
  spawning ? undefined : NotImplementedError("pool objects cannot be passed between processes or pickled"),
);
reviveKind(Kind.Pool, (address) => Shared.revive(read(wordOf(address, Word.Class)) as Function, address));
