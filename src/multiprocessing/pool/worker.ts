// What a pool's worker does: claims chunks and runs them until it is told to leave.
import { ChunkState, Status } from "../../../assembly/status";
import { callee, typeName } from "../../builtins/classes";
import { iterate } from "../../builtins/protocol";
import { str } from "../../builtins/repr";
import { BaseException, Exception, TypeError } from "../../exceptions";
import { hold, letGo } from "../../kernel/holdings";
import { kernel } from "../../kernel/kernel";
import { defineAll } from "../../registry";
import { callWithKeywords } from "../../runtime/functions";
import { addressOf } from "../../runtime/shared";
import { sleep, ThreadExit, type WaitCall, wait, waitStatus } from "../../runtime/wait";
import { mailboxAddress, mailboxHigh, write } from "../../runtime/words";
import { Await, Mode, modeOf, PoolCount, type Work, workSlot } from "./batches";
import { type Carry, carryOf, writeError, writeResult } from "./carry";
import { WorkerLostError } from "./errors";
import { type PoolBase, settingsOf } from "./pool";
import { forgetWork, readWork } from "./work";

/** Seconds. */
const RESPITE = 0.1;
/** Longest time that a worker sleeps whose end has been ordered. */
const A_DAY = 86_400;

/** The life of the worker at place `index`. */
export function worker(pool: PoolBase, index: number): void {
  const address = addressOf(pool);
  forgetWork();
  try {
    const { initializer, initargs, maxtasks, copied } = settingsOf(address);
    const carry = carryOf(copied);
    const take = (object: number, thread: number, deadline: number) =>
      kernel.pool_take(object, index, thread, deadline);
    try {
      if (initializer) initializer(...initargs);
    } catch (error) {
      // Where others have done tasks this one is only kept from being replaced at once, as CPython looks ten times a second.
      if (!(error instanceof ThreadExit)) {
        if (kernel.pool_count(address, PoolCount.Done) === 0) runNext(address, index, take, carry, () => refuse(error));
        else sleep(RESPITE);
      }
      throw error;
    }
    for (let n = 0; n !== maxtasks && runNext(address, index, take, carry, runSlots); n++);
  } finally {
    kernel.pool_leave(address, index);
    forgetWork();
  }
}

/**
 * What a worker does whose initializer has raised: the next task is told, so that nobody waits for ever, and workers that can
 * do nothing do not replace each other as fast as they can. In CPython they do so for ever, and the task waits.
 */
function refuse(error: unknown): never {
  throw WorkerLostError(`the worker's initializer raised ${typeName(error)}: ${str(error)}`);
}

/** Runs the next chunk. False if there will be none. */
function runNext(pool: number, index: number, take: WaitCall, carry: Carry, deal: typeof runSlots): boolean {
  if (waitStatus(take, pool, Number.POSITIVE_INFINITY) !== Status.Ok) return false;
  const batch = mailboxAddress();
  const chunk = mailboxHigh();
  const held = hold(batch);
  let state: ChunkState;
  try {
    state = run(batch, chunk, carry, deal);
  } finally {
    letGo(held);
    kernel.object_release(batch);
  }
  if (kernel.pool_settle(pool, index, state, Number.POSITIVE_INFINITY, 0) === Status.Ok) return true;
  // The chunk was settled without us: whoever did that has this worker ended, and must find us in it.
  while (true) sleep(A_DAY);
}

function run(batch: number, chunk: number, carry: Carry, deal: typeof runSlots): ChunkState {
  const size = kernel.batch_chunk_size(batch);
  const work = workSlot(batch);
  const from = work + 2 + chunk * size;
  try {
    const to = Math.min(from + size, work + 2 + kernel.batch_length(batch));
    const mode = modeOf(batch);
    deal(batch, mode, readWork(work, mode), from, to, carry);
    return ChunkState.Done;
  } catch (error) {
    if (error instanceof ThreadExit || (error instanceof BaseException && !(error instanceof Exception))) throw error;
    writeError(carry, from, error);
    return ChunkState.Failed;
  }
}

/** The function that was called last, and what calls it. */
let known: Function | undefined;
let call: (...args: any[]) => unknown;

function runSlots(batch: number, mode: Mode, [func, args, kwds]: Work, from: number, to: number, carry: Carry): void {
  if (func !== known) {
    if (typeof func !== "function") throw TypeError(`'${typeName(func)}' object is not callable`);
    [known, call] = [func, callee(func as never)];
  }
  switch (mode) {
    case Mode.Call:
      return writeResult(carry, from, kwds ? callWithKeywords(func, args!, kwds) : call(...args!));
    case Mode.CallWords: {
      const words: unknown[] = [];
      for (let slot = from; slot < to; slot++) words.push(carry.read(slot));
      return writeResult(carry, from, call(...words));
    }
    case Mode.Map:
      return runMap(call, from, to, carry);
    case Mode.Starmap:
      for (let slot = from; slot < to; slot++) writeResult(carry, slot, call(...iterate(carry.read(slot))));
      return;
    case Mode.MapList: {
      const results = [...(carry.read(from) as unknown[])].map((item) => call(item));
      return writeResult(carry, from, results);
    }
    case Mode.Broadcast:
      writeResult(carry, from, callWithKeywords(func, args!, kwds ?? {}));
      awaitOthers(batch);
  }
}

/** In a function of its own, which V8 compiles while it runs. */
function runMap(func: Function, from: number, to: number, carry: Carry): void {
  for (let slot = from; slot < to; slot++) {
    const result: unknown = func(carry.read(slot));
    if (typeof result === "number") write(slot, result);
    else writeResult(carry, slot, result);
  }
}

/** Keeps this worker from taking another chunk of a broadcast: it goes on when each has been taken by a worker. */
function awaitOthers(batch: number): void {
  kernel.batch_tell(batch, 0);
  const pool = kernel.batch_pool(batch) >>> 0;
  const claimed = (object: number, thread: number, deadline: number) =>
    kernel.batch_await(object, Await.Claimed, 0, kernel.pool_count(pool, PoolCount.Calls), thread, deadline);
  while (kernel.batch_is_there(batch, Await.Claimed, 0) === 0) wait(claimed, batch, Number.POSITIVE_INFINITY);
}

defineAll("multiprocessing.pool", { worker });
