// The carrier table: one entry for each worker that runs threads, and the stack of those that are parked.
//
//   FREE     → BOOTING     a worker is made for nobody yet          PARKED → EXITING   it has been idle long: it is to leave
//   BOOTING  → PARKED      it has loaded the program                any    → FREE      the worker is gone
//   FREE, BOOTING, PARKED → ASSIGNED     a thread is given to it    RUNNING → PARKED   the thread's code has ended
//   ASSIGNED → RUNNING     the carrier has noticed
//
// Invariant: an entry is in the stack exactly while it is PARKED; PARKED_LOCK guards the stack and every change of state
// but ASSIGNED → RUNNING, which is the carrier's own. THREAD holds one reference from ASSIGNED until the thread's code has
// ended; then it passes to ENDING until the joiners have been told: so a carrier that dies in between is still found.
// Commit point: the section that changes STATE, with the stack, THREAD and ENDING. In carrier_finish, the three steps without a
// call between them.
// The carrier that parked last is woken first: its caches are warm, and it may still be spinning.
import { now, sleepWhile, wake } from "./futex";
import * as layout from "./layout";
import { object_retain, release } from "./object";
import { process_settle, THREADS } from "./process";
import * as spin from "./spinlock";
import { CarrierState, ThreadState } from "./status";
import { thread_advance, thread_process } from "./thread";

const STATE: usize = 0;
const THREAD: usize = 4;
/** Neighbours in the stack. */
const BELOW: usize = 8;
const ABOVE: usize = 12;
/** 1 while the carrier sleeps rather than spins. */
const ASLEEP: usize = 16;
/** The thread whose code has ended and whose end has not been told. */
const ENDING: usize = 20;
/** When it parked, on the kernel's clock. */
const PARKED_AT: usize = 24;
/** First block of the references that the carrier's facades hold. */
export const HOLDINGS: usize = 32;

const SPIN_TURNS: i32 = 3000;

// @ts-expect-error: decorator
@inline
export function entry(index: i32): usize {
  return layout.CARRIERS + <usize>index * layout.CARRIER_SIZE;
}

/** Gives `thread` to the carrier that parked last, else to one that is booting for nobody. Its index, or -1. */
export function carrier_assign(thread: usize): i32 {
  object_retain(thread);
  spin.acquire(layout.PARKED_LOCK);
  const carrier = <usize>load<u32>(layout.PARKED_HEAD);
  if (carrier != 0) {
    remove(carrier);
    store<u32>(carrier + THREAD, <u32>thread);
    atomic.store<i32>(carrier + STATE, CarrierState.Assigned);
    atomic.add<i32>(layout.ALIVE_THREADS, 1);
    spin.release(layout.PARKED_LOCK);
    if (atomic.load<i32>(carrier + ASLEEP) != 0) wake(carrier + STATE);
    return <i32>((carrier - layout.CARRIERS) / layout.CARRIER_SIZE);
  }
  spin.release(layout.PARKED_LOCK);
  const index = claim(thread, CarrierState.Booting);
  if (index < 0) release(thread);
  return index;
}

// @ts-expect-error: decorator
@inline
function insert(carrier: usize): void {
  const below = <usize>load<u32>(layout.PARKED_HEAD);
  store<u32>(carrier + BELOW, <u32>below);
  store<u32>(carrier + ABOVE, 0);
  if (below == 0) store<u32>(layout.PARKED_TAIL, <u32>carrier);
  else store<u32>(below + ABOVE, <u32>carrier);
  store<u32>(layout.PARKED_HEAD, <u32>carrier);
  store<i32>(layout.PARKED_COUNT, load<i32>(layout.PARKED_COUNT) + 1);
}

// @ts-expect-error: decorator
@inline
function remove(carrier: usize): void {
  const below = <usize>load<u32>(carrier + BELOW);
  const above = <usize>load<u32>(carrier + ABOVE);
  if (above == 0) store<u32>(layout.PARKED_HEAD, <u32>below);
  else store<u32>(above + BELOW, <u32>below);
  if (below == 0) store<u32>(layout.PARKED_TAIL, <u32>above);
  else store<u32>(below + ABOVE, <u32>above);
  store<i32>(layout.PARKED_COUNT, load<i32>(layout.PARKED_COUNT) - 1);
}

/** Takes a free entry for a carrier to be made: for `thread`, or for nobody yet if that is 0. Its index, or -1. */
export function carrier_reserve(thread: usize): i32 {
  if (thread != 0) object_retain(thread);
  const index = claim(thread, CarrierState.Free);
  if (index < 0 && thread != 0) release(thread);
  return index;
}

/** Gives `thread`, or nobody, to the first carrier in state `from`. */
function claim(thread: usize, from: i32): i32 {
  for (let index = 0; index < layout.MAX_CARRIERS; index++) {
    const carrier = entry(index);
    if (atomic.load<i32>(carrier + STATE) != from) continue;
    spin.acquire(layout.PARKED_LOCK);
    const won = atomic.load<i32>(carrier + STATE) == from;
    if (won) {
      store<u32>(carrier + THREAD, <u32>thread);
      atomic.store<i32>(carrier + STATE, thread == 0 ? CarrierState.Booting : CarrierState.Assigned);
      if (thread != 0) atomic.add<i32>(layout.ALIVE_THREADS, 1);
    }
    spin.release(layout.PARKED_LOCK);
    if (won) return index;
  }
  return -1;
}

/** The carrier has loaded the program, or its thread's code has ended: it is ready for the next. */
export function carrier_park(index: i32): void {
  const carrier = entry(index);
  const time = now();
  spin.acquire(layout.PARKED_LOCK);
  const state = atomic.load<i32>(carrier + STATE);
  if (state == CarrierState.Booting || state == CarrierState.Running) {
    if (state == CarrierState.Running) {
      atomic.sub<i32>(layout.ALIVE_THREADS, 1);
      store<u32>(carrier + ENDING, load<u32>(carrier + THREAD));
    }
    store<u32>(carrier + THREAD, 0);
    store<f64>(carrier + PARKED_AT, time);
    insert(carrier);
    atomic.store<i32>(carrier + STATE, CarrierState.Parked);
  }
  spin.release(layout.PARKED_LOCK);
}

/** Tells the end of the thread that the carrier ran before it parked, and perhaps of its process. */
export function carrier_finish(index: i32): void {
  const carrier = entry(index);
  const thread = <usize>load<u32>(carrier + ENDING);
  if (thread == 0) return;
  thread_advance(thread, ThreadState.Stopped);
  const process = thread_process(thread);
  // Without a call in between: a carrier that dies has either told both or nothing.
  if (process != 0) atomic.sub<i32>(process + THREADS, 1);
  store<u32>(carrier + ENDING, 0);
  // The thread holds its process.
  if (process != 0) process_settle(process);
  release(thread);
}

/** The thread whose end a dead carrier did not tell, or 0. */
export function carrier_ending(index: i32): usize {
  return <usize>load<u32>(entry(index) + ENDING);
}

/** Waits for a thread: its address, 1 when the carrier is to leave, 0 when the deadline passed. */
export function carrier_await(index: i32, deadline: f64): usize {
  const carrier = entry(index);
  for (let turn = 0; turn < SPIN_TURNS; turn++) {
    if (atomic.load<i32>(carrier + STATE) != CarrierState.Parked) return taken(carrier);
  }
  atomic.store<i32>(carrier + ASLEEP, 1);
  while (atomic.load<i32>(carrier + STATE) == CarrierState.Parked) {
    if (deadline != Infinity && now() >= deadline) break;
    sleepWhile(carrier + STATE, CarrierState.Parked, deadline);
  }
  atomic.store<i32>(carrier + ASLEEP, 0);
  return taken(carrier);
}

function taken(carrier: usize): usize {
  const state = atomic.load<i32>(carrier + STATE);
  if (state == CarrierState.Assigned) {
    const thread = <usize>load<u32>(carrier + THREAD);
    atomic.store<i32>(carrier + STATE, CarrierState.Running);
    return thread;
  }
  return state == CarrierState.Exiting ? 1 : 0;
}

/**
 * Orders the carrier that has been parked longest to leave, if more than `keep` are parked and it has been since `before`.
 * True if it did: nobody can give it a thread any more.
 */
export function carrier_retire(keep: i32, before: f64): bool {
  spin.acquire(layout.PARKED_LOCK);
  const carrier = <usize>load<u32>(layout.PARKED_TAIL);
  const retired = load<i32>(layout.PARKED_COUNT) > keep && load<f64>(carrier + PARKED_AT) <= before;
  if (retired) {
    remove(carrier);
    atomic.store<i32>(carrier + STATE, CarrierState.Exiting);
  }
  spin.release(layout.PARKED_LOCK);
  if (retired) wake(carrier + STATE);
  return retired;
}

/** The worker is gone: its entry may be used again. Gives back the thread it was running, with its reference, or 0. */
export function carrier_bury(index: i32): usize {
  const carrier = entry(index);
  spin.acquire(layout.PARKED_LOCK);
  const state = atomic.load<i32>(carrier + STATE);
  const busy = state == CarrierState.Assigned || state == CarrierState.Running;
  const thread = busy ? <usize>load<u32>(carrier + THREAD) : 0;
  if (busy) atomic.sub<i32>(layout.ALIVE_THREADS, 1);
  if (state == CarrierState.Parked) remove(carrier);
  store<u32>(carrier + THREAD, 0);
  store<i32>(carrier + ASLEEP, 0);
  atomic.store<i32>(carrier + STATE, CarrierState.Free);
  spin.release(layout.PARKED_LOCK);
  return thread;
}

export function carrier_state(index: i32): i32 {
  return atomic.load<i32>(entry(index) + STATE);
}

/** The thread that the carrier runs or is about to run, with a reference for the caller; 0 if there is none. */
export function carrier_thread(index: i32): usize {
  const carrier = entry(index);
  spin.acquire(layout.PARKED_LOCK);
  const state = atomic.load<i32>(carrier + STATE);
  const busy = state == CarrierState.Assigned || state == CarrierState.Running;
  const thread = busy ? <usize>load<u32>(carrier + THREAD) : 0;
  if (thread != 0) object_retain(thread);
  spin.release(layout.PARKED_LOCK);
  return thread;
}

/** Threads that were started and have not ended. */
export function threads_alive(): i32 {
  return atomic.load<i32>(layout.ALIVE_THREADS);
}
