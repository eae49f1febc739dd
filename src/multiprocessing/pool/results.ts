// What comes of a task: AsyncResult and its kin.
import { Kind, type Status } from "../../../assembly/status";
import { signature } from "../../arguments";
import { list } from "../../builtins/list";
import { repr } from "../../builtins/repr";
import { callable } from "../../callable";
import { ValueError } from "../../exceptions";
import { kernel } from "../../kernel/kernel";
import { defineAll } from "../../registry";
import { type Abortable, type Patience, succeeds } from "../../runtime/aio";
import { addressOf, KIND, reviveKind, Shared } from "../../runtime/shared";
import { optionalDeadline } from "../../runtime/wait";
import { TimeoutError } from "../errors";
import {
  Await,
  awaitBatch,
  BatchEnd,
  ChunkState,
  chunkState,
  firstSlot,
  isCall,
  isCopied,
  modeOf,
  notesOf,
  PoolCount,
} from "./batches";
import { type Carry, carryOf } from "./carry";
import { mend } from "./crew";
import { TimeLimitExceeded, WorkerLostError, withRemoteTraceback } from "./errors";

const bindGet = signature<[timeout: number | null]>("ApplyResult.get(timeout=None)");
const bindWait = signature<[timeout: number | null]>("ApplyResult.wait(timeout=None)");
const bindAioGet = signature<[timeout: number | null, signal: AbortSignal | null]>(
  "ApplyResult.get(timeout=None, *, signal=None)",
);
const bindAioWait = signature<[timeout: number | null, signal: AbortSignal | null]>(
  "ApplyResult.wait(timeout=None, *, signal=None)",
);

type Timeout = number | null | { timeout?: number | null };

interface Waiting extends Abortable {
  timeout?: number | null;
}

/** A result's waiting calls as promises. A signal gives up the wait, and not the task. */
export interface ResultAio<T> {
  /** As get, awaited. @throws the signal's reason, if it was aborted before the task had ended */
  get(timeout?: number | null | Waiting, options?: Abortable): Promise<T>;
  /** As wait, awaited. */
  wait(timeout?: number | null | Waiting, options?: Abortable): Promise<void>;
}

/** Waits until a batch is ready; see awaitBatch. */
export function awaitReady(batch: number, deadline: number): boolean {
  return awaitBatch(batch, Await.Ready, 0, deadline, () => mend(kernel.batch_pool(batch) >>> 0));
}

/** As awaitReady, on an event loop. */
function awaitedReady(batch: number, patience: Patience): Promise<boolean> {
  const pool = kernel.batch_pool(batch) >>> 0;
  const attempt = (node: number, wait: boolean): Status => {
    const calls = kernel.pool_count(pool, PoolCount.Calls);
    mend(pool);
    return kernel.batch_attempt_await(batch, Await.Ready, 0, calls, node, wait);
  };
  // The batch's waiters stand under its pool's lock. They are also woken to look after the pool.
  return succeeds({ object: pool, attempt, again: true }, patience);
}

/** The values of a batch that is ready, one where it is a call's. Raises what came instead. */
export function outcome(batch: number): unknown {
  if (kernel.batch_end(batch) !== BatchEnd.None) throw endedError(batch);
  const bad = kernel.batch_bad(batch);
  if (bad >= 0) throw chunkError(batch, bad);
  const carry = carryOf(isCopied(batch));
  return isCall(modeOf(batch)) ? carry.read(firstSlot(batch)) : list(readAll(batch, carry));
}

function readAll(batch: number, carry: Carry): unknown[] {
  const from = firstSlot(batch);
  const length = kernel.batch_length(batch);
  const values: unknown[] = new Array(length);
  for (let i = 0; i < length; i++) values[i] = carry.read(from + i);
  return values;
}

/** The error of a batch that was ended before its time. */
export function endedError(batch: number): unknown {
  const { reason } = notesOf(batch);
  return reason ?? WorkerLostError("the pool was terminated before the task was done");
}

/** The error of a chunk that is not done. */
export function chunkError(batch: number, chunk: number): unknown {
  switch (chunkState(batch, chunk)) {
    case ChunkState.Lost:
      return WorkerLostError("the worker died that ran the task");
    case ChunkState.Late:
      return TimeLimitExceeded("the task ran longer than its time limit");
    default: {
      const error = carryOf(isCopied(batch)).read(firstSlot(batch) + chunk * kernel.batch_chunk_size(batch));
      return isCopied(batch) ? withRemoteTraceback(error) : error;
    }
  }
}

/** Values that have been read: get() gives the same object again. */
const values = new WeakMap<object, unknown>();

class ApplyResultType<T = any> extends Shared<never> implements PromiseLike<T> {
  static readonly __module__: string = "multiprocessing.pool";

  get [KIND](): Kind {
    return Kind.Batch;
  }

  protected promote(): number {
    return 0;
  }

  /** Whether the task has ended, and its callback too. */
  ready(): boolean {
    return kernel.batch_is_ready(addressOf(this)) !== 0;
  }

  /**
   * Whether the task ended without an error.
   *
   * @throws ValueError if it has not ended
   */
  successful(): boolean {
    if (!this.ready()) throw ValueError(`${repr(this)} not ready`);
    const address = addressOf(this);
    return kernel.batch_bad(address) < 0 && kernel.batch_end(address) === BatchEnd.None;
  }

  /** Waits until the task has ended, or `timeout` seconds. */
  wait(timeout?: Timeout): void;
  wait(...args: unknown[]): void {
    const [timeout] = bindWait(args);
    awaitReady(addressOf(this), optionalDeadline(timeout));
  }

  /**
   * Waits for the task's result.
   *
   * @throws TimeoutError (multiprocessing's) if it is not there after `timeout` seconds
   * @throws whatever the task raised
   * @throws WorkerLostError if its worker died; CPython waits for ever then
   */
  get(timeout?: Timeout): T;
  get(...args: unknown[]): T {
    const [timeout] = bindGet(args);
    const address = addressOf(this);
    if (!awaitReady(address, optionalDeadline(timeout))) throw TimeoutError();
    return this._outcome();
  }

  _outcome(): T {
    if (!values.has(this)) values.set(this, outcome(addressOf(this)));
    return values.get(this) as T;
  }

  /** The same for event loops: `await result.aio.get({ timeout, signal })`. */
  get aio(): ResultAio<T> {
    const ready = (timeout: number | null, signal: AbortSignal | null) =>
      awaitedReady(addressOf(this), { deadline: optionalDeadline(timeout), signal });
    return {
      get: async (...args) => {
        if (!(await ready(...bindAioGet(args)))) throw TimeoutError();
        return this._outcome();
      },
      wait: async (...args) => {
        await ready(...bindAioWait(args));
      },
    };
  }

  /** `await result` is `await result.aio.get()`. CPython's cannot be awaited. */
  // biome-ignore lint/suspicious/noThenProperty: this is what makes it awaitable
  then<R1 = T, R2 = never>(
    fulfilled?: ((value: T) => R1 | PromiseLike<R1>) | null,
    rejected?: ((reason: any) => R2 | PromiseLike<R2>) | null,
  ): Promise<R1 | R2> {
    return this.aio.get().then(fulfilled, rejected);
  }
}

class MapResultType<T = any> extends ApplyResultType<T> {}

/** The result of apply_async; AsyncResult is another name for it. */
export const ApplyResult = callable(ApplyResultType, "ApplyResult");
export type ApplyResult<T = any> = ApplyResultType<T>;
export const AsyncResult = ApplyResult;
export type AsyncResult<T = any> = ApplyResultType<T>;
/** The result of map_async and starmap_async. */
export const MapResult = callable(MapResultType, "MapResult");
export type MapResult<T = any> = MapResultType<T>;

reviveKind(Kind.Batch, (address) => Shared.revive(isCall(modeOf(address)) ? ApplyResult : MapResult, address));
defineAll("multiprocessing.pool", { ApplyResult, MapResult });
