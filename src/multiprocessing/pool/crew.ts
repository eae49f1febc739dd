// A pool's workers and its keeper: who starts them, and what the keeper does.
//
// There is no thread that watches over a pool as CPython's three do. Whoever waits for a result is woken when a worker has
// gone, and starts another; a killed worker's task is told of by the kernel. Only what cannot be done so has a keeper, a thread
// that is started with the first such task: callbacks, time limits, and workers that are replaced after a number of tasks.
import { Kind, Status } from "../../../assembly/status";
import { kernel } from "../../kernel/kernel";
import { defineAll } from "../../registry";
import { addressOf, facade } from "../../runtime/shared";
import { now, waitStatus } from "../../runtime/wait";
import { mailboxAddress } from "../../runtime/words";
import { callExcepthook } from "../../threading/excepthook";
import { current_thread } from "../../threading/thread";
import { notesOf, PoolCount } from "./batches";
import type { Pool } from "./pool";
import { outcome } from "./results";

/** The facade of the pool at `address`. */
export function poolAt(address: number): Pool {
  kernel.object_retain(address);
  return facade(Kind.Pool, address) as Pool;
}

/** Starts workers in the places where there are none but should be. */
export function mend(pool: number): void {
  if (kernel.pool_count(pool, PoolCount.Vacant) !== 0) fill(poolAt(pool));
}

/** As `mend`, when it is known that there are some; `isFirst` if nobody has had them yet. */
export function fill(pool: Pool, isFirst = false): void {
  const address = addressOf(pool);
  if (!pool._isMine()) return;
  for (let index = kernel.pool_vacancy(address); index >= 0; index = kernel.pool_vacancy(address)) {
    try {
      pool._startWorker(index, isFirst);
    } catch (error) {
      kernel.pool_leave(address, index);
      throw error;
    }
  }
}

/** The keeper's life. It has CPython's name for the thread that calls back. */
export function _handle_results(pool: Pool): void {
  const address = addressOf(pool);
  const keep = (object: number, thread: number) => kernel.pool_keep(object, thread);
  while (true) {
    const status = waitStatus(keep, address, Number.POSITIVE_INFINITY);
    if (status === Status.Closed) return;
    if (status === Status.Ok) callBack(mailboxAddress());
    else tend(pool, address);
  }
}

function tend(pool: Pool, address: number): void {
  for (let index = kernel.pool_strike(address, now()); index >= 0; index = kernel.pool_strike(address, now())) {
    pool._endWorker(index);
  }
  mend(address);
}

/** Tells the callbacks of a batch what came of it, and then those who wait for it. */
function callBack(batch: number): void {
  try {
    const { callback, error_callback } = notesOf(batch);
    const [value, error, failed] = attempt(() => outcome(batch));
    if (failed) error_callback?.(error);
    else callback?.(value);
  } catch (error) {
    callExcepthook(error, current_thread());
  } finally {
    kernel.batch_tell(batch, 1);
    kernel.object_release(batch);
  }
}

function attempt(part: () => unknown): [value: unknown, error: unknown, failed: boolean] {
  try {
    return [part(), null, false];
  } catch (error) {
    return [null, error, true];
  }
}

defineAll("multiprocessing.pool", { _handle_results });
