// The carrier table: one entry for each worker that runs threads, and the stack of those that are parked.
//
//   FREE → BOOTING → PARKED ⇄ RUNNING → … → FREE        a thread is given to a parked or a booting carrier:
//              └──────→ ASSIGNED ←──┘ → RUNNING          ASSIGNED until the carrier has noticed
//
// Invariant: an entry is in the stack exactly while it is PARKED; PARKED_LOCK guards the stack. The thread field holds
// one reference to the thread from ASSIGNED until the thread has ended.
// The carrier that parked last is woken first: its caches are warm, and it may still be spinning.
import { now, sleepWhile, wake } from "./futex";
import * as layout from "./layout";
import { object_retain, release } from "./object";
import * as spin from "./spinlock";
import { CarrierState } from "./status";
import { setCarrier } from "./thread";

const STATE: usize = 0;
const THREAD: usize = 4;
const BELOW: usize = 8;
/** 1 while the carrier sleeps rather than spins. */
const ASLEEP: usize = 12;

const SPIN_TURNS: i32 = 3000;

// @ts-expect-error: decorator
@inline
function entry(index: i32): usize {
  return layout.CARRIERS + <usize>index * layout.CARRIER_SIZE;
}

/** Gives `thread` to the carrier that parked last, else to one that is booting for nobody. Its index, or -1. */
export function carrier_assign(thread: usize): i32 {
  object_retain(thread);
  spin.acquire(layout.PARKED_LOCK);
  const carrier = <usize>load<u32>(layout.PARKED_HEAD);
  if (carrier != 0) {
    store<u32>(layout.PARKED_HEAD, load<u32>(carrier + BELOW));
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

/** Takes a free entry for a carrier to be made: for `thread`, or for nobody yet if that is 0. Its index, or -1. */
export function carrier_reserve(thread: usize): i32 {
  if (thread == 0) {
    for (let index = 0; index < layout.MAX_CARRIERS; index++) {
      const state = entry(index) + STATE;
      if (
        atomic.load<i32>(state) == CarrierState.Free &&
        atomic.cmpxchg<i32>(state, CarrierState.Free, CarrierState.Booting) == CarrierState.Free
      ) {
        return index;
      }
    }
    return -1;
  }
  object_retain(thread);
  const index = claim(thread, CarrierState.Free);
  if (index < 0) release(thread);
  return index;
}

/** Gives `thread` to the first carrier in state `from`. */
function claim(thread: usize, from: i32): i32 {
  for (let index = 0; index < layout.MAX_CARRIERS; index++) {
    const carrier = entry(index);
    if (atomic.load<i32>(carrier + STATE) != from) continue;
    spin.acquire(layout.PARKED_LOCK);
    const won = atomic.load<i32>(carrier + STATE) == from;
    if (won) {
      store<u32>(carrier + THREAD, <u32>thread);
      atomic.store<i32>(carrier + STATE, CarrierState.Assigned);
      atomic.add<i32>(layout.ALIVE_THREADS, 1);
    }
    spin.release(layout.PARKED_LOCK);
    if (won) return index;
  }
  return -1;
}

/** The carrier has loaded the program, or its thread has ended: it is ready for the next. */
export function carrier_park(index: i32): void {
  const carrier = entry(index);
  spin.acquire(layout.PARKED_LOCK);
  const state = atomic.load<i32>(carrier + STATE);
  if (state == CarrierState.Booting || state == CarrierState.Running) {
    if (state == CarrierState.Running) atomic.sub<i32>(layout.ALIVE_THREADS, 1);
    store<u32>(carrier + THREAD, 0);
    store<u32>(carrier + BELOW, load<u32>(layout.PARKED_HEAD));
    store<u32>(layout.PARKED_HEAD, <u32>carrier);
    atomic.store<i32>(carrier + STATE, CarrierState.Parked);
  }
  spin.release(layout.PARKED_LOCK);
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
    setCarrier(thread, <i32>((carrier - layout.CARRIERS) / layout.CARRIER_SIZE));
    atomic.store<i32>(carrier + STATE, CarrierState.Running);
    return thread;
  }
  return state == CarrierState.Exiting ? 1 : 0;
}

/** Orders a carrier to leave as soon as it is parked: true if it was, and nobody can give it a thread any more. */
export function carrier_dismiss(index: i32): i32 {
  const carrier = entry(index);
  spin.acquire(layout.PARKED_LOCK);
  const parked = atomic.load<i32>(carrier + STATE) == CarrierState.Parked && <usize>load<u32>(layout.PARKED_HEAD) == carrier;
  if (parked) {
    store<u32>(layout.PARKED_HEAD, load<u32>(carrier + BELOW));
    atomic.store<i32>(carrier + STATE, CarrierState.Exiting);
  }
  spin.release(layout.PARKED_LOCK);
  if (parked) wake(carrier + STATE);
  return parked ? 1 : 0;
}

/** The worker is gone: its entry may be used again. Gives back the thread it was running, with its reference, or 0. */
export function carrier_bury(index: i32): usize {
  const carrier = entry(index);
  spin.acquire(layout.PARKED_LOCK);
  const state = atomic.load<i32>(carrier + STATE);
  const busy = state == CarrierState.Assigned || state == CarrierState.Running;
  if (busy) atomic.sub<i32>(layout.ALIVE_THREADS, 1);
  const thread = busy ? <usize>load<u32>(carrier + THREAD) : 0;
  if (state != CarrierState.Parked) atomic.store<i32>(carrier + STATE, CarrierState.Free);
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
