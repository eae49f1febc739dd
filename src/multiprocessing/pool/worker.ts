// What a pool's worker does: claims chunks and runs them until it is told to leave.
import { ChunkState, Status } from "../../../assembly/status";
import { BaseException, Exception } from "../../exceptions";
import { kernel, me } from "../../kernel/kernel";
import { defineAll } from "../../registry";
import { callWithKeywords } from "../../runtime/functions";
import { addressOf } from "../../runtime/shared";
import { sleep, ThreadExit, wait, waitStatus } from "../../runtime/wait";
import { mailboxAddress, mailboxHigh, read } from "../../runtime/words";
import { Await, Mode, modeOf, type Work, workSlot } from "./batches";
import { type Carry, carryOf, writeError, writeResult } from "./carry";
import { keywordsOf, type PoolBase, settingsOf } from "./pool";

/** Longest time that a worker sleeps whose end has been ordered. */
const A_DAY = 86_400;

/** The life of the worker at place `index`. */
export function worker(pool: PoolBase, index: number): void {
  const address = addressOf(pool);
  // What this carrier knows is of another pool.
  knownBatch = 0;
  kernel.pool_enter(address, index, me);
  try {
    const { initializer, initargs, maxtasks, copied } = settingsOf(address);
    if (initializer) initializer(...initargs);
    const carry = carryOf(copied);
    for (let n = 0; n !== maxtasks && runNext(address, index, carry); n++);
  } finally {
    kernel.pool_leave(address, index);
  }
}

/** Runs the next chunk. False if there will be none. */
function runNext(pool: number, index: number, carry: Carry): boolean {
  const take = (object: number, thread: number, deadline: number) => kernel.pool_take(object, index, thread, deadline);
  if (waitStatus(take, pool, Number.POSITIVE_INFINITY) !== Status.Ok) return false;
  const batch = mailboxAddress();
  const state = run(batch, mailboxHigh(), carry);
  if (kernel.pool_settle(pool, index, state, Number.POSITIVE_INFINITY, 0) === Status.Ok) return true;
  // The chunk was settled without us: whoever did that has this worker ended, and must find us in it.
  while (true) sleep(A_DAY);
}

function run(batch: number, chunk: number, carry: Carry): ChunkState {
  const size = kernel.batch_chunk_size(batch);
  const work = workSlot(batch);
  const from = work + 2 + chunk * size;
  try {
    const to = Math.min(from + size, work + 2 + kernel.batch_length(batch));
    runSlots(batch, workOf(batch, work), from, to, carry);
    return ChunkState.Done;
  } catch (error) {
    if (error instanceof ThreadExit || (error instanceof BaseException && !(error instanceof Exception))) throw error;
    writeError(carry, from, error);
    return ChunkState.Failed;
  }
}

function runSlots(batch: number, [func, args, kwds]: Work, from: number, to: number, carry: Carry): void {
  switch (modeOf(batch)) {
    case Mode.Call:
      return writeResult(carry, from, kwds ? callWithKeywords(func, args!, kwds) : func(...args!));
    case Mode.Map:
      for (let slot = from; slot < to; slot++) writeResult(carry, slot, func(carry.read(slot)));
      return;
    case Mode.Starmap:
      for (let slot = from; slot < to; slot++) writeResult(carry, slot, func(...(carry.read(slot) as unknown[])));
      return;
    case Mode.MapList: {
      const results = [...(carry.read(from) as unknown[])].map((item) => func(item));
      return writeResult(carry, from, results);
    }
    case Mode.Broadcast:
      writeResult(carry, from, callWithKeywords(func, args!, kwds ?? {}));
      awaitOthers(batch);
  }
}

/** Keeps this worker from taking another chunk of a broadcast: it goes on when each has been taken by a worker. */
function awaitOthers(batch: number): void {
  kernel.batch_tell(batch, 0);
  const claimed = (object: number, thread: number, deadline: number) =>
    kernel.batch_await(object, Await.Claimed, 0, thread, deadline);
  while (kernel.batch_is_there(batch, Await.Claimed, 0) === 0) wait(claimed, batch, Number.POSITIVE_INFINITY);
}

let known: Work;
let knownBatch = 0;
let knownSerial = 0;

/** The work of a batch; that of the last one is kept, as the next chunk is most often of the same. */
function workOf(batch: number, slot: number): Work {
  const serial = kernel.batch_serial(batch);
  if (batch !== knownBatch || serial !== knownSerial) {
    const [func, args, kwds] = read(slot) as Iterable<any>;
    known = [func, args && [...args], keywordsOf(kwds)];
    knownBatch = batch;
    knownSerial = serial;
  }
  return known;
}

defineAll("multiprocessing.pool", { worker });
