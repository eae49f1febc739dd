// A mutex that knows its owner: the state word is the owner's thread id with one bit for "somebody is parked".
//
//   0                 free, nobody parked
//   PARKED            free, waiters parked: only the slow paths may take it
//   id << 1           held
//   id << 1 | PARKED  held, waiters parked
//
// Invariant: a node is enqueued only with PARKED set, so release() may skip the queue when it swaps out a state without
// it. PARKED is set and cleared under the object's lock.
// Commit point: the exchange, or under the lock the store, that changes STATE. Who owns it is all that burial needs to know.
// Fairness: a waiter that has waited HAND_OVER_AFTER ms is given the mutex itself; before that, whoever comes first gets
// it: barging keeps throughput, hand-over bounds starvation. An event loop's node says that it has waited since 0: it is given
// the mutex at once, as its turn comes late.
// Ordering: release()'s exchange publishes the critical section; the exchange that takes the mutex consumes it.
import { now } from "./futex";
import { HEADER_SIZE, LOCK } from "./layout";
import { allocate } from "./object";
import * as spin from "./spinlock";
import { Kind, Status } from "./status";
import { adaptSpin, INTERRUPTS, NODE, spinBudget, threadId } from "./thread";
import * as queue from "./waitqueue";

export const STATE: usize = HEADER_SIZE;
const WAITERS: usize = HEADER_SIZE + 8;
export const MUTEX_SIZE: usize = HEADER_SIZE + 8 + queue.QUEUE_SIZE;

const PARKED: i32 = 1;
/** An id that no thread has. */
const NOBODY: i32 = 0x3fffffff;
const HAND_OVER_AFTER: f64 = 1;
/** Turns of spinning between two looks at a mutex that is held. */
const SHORTEST_PAUSE: i32 = 64;
const LONGEST_PAUSE: i32 = 1024;

export function mutex_new(): usize {
  return allocate(Kind.Mutex, MUTEX_SIZE);
}

/** Takes the mutex. `deadline` 0 polls, Infinity waits for ever. */
export function mutex_acquire(mutex: usize, thread: usize, deadline: f64): i32 {
  if (atomic.cmpxchg<i32>(mutex + STATE, 0, threadId(thread) << 1) == 0) return Status.Ok;
  return acquireSlow(mutex, thread, deadline);
}

function acquireSlow(mutex: usize, thread: usize, deadline: f64): i32 {
  const node = thread + NODE;
  const id = threadId(thread);
  if (!(deadline > 0)) return mutex_attempt(mutex, node, id, false);
  if (spinForIt(mutex, thread, id)) return Status.Ok;
  store<f64>(node + queue.SINCE, now());
  while (mutex_attempt(mutex, node, id, true) == Status.Queued) {
    const outcome = queue.sleep(node, thread, deadline);
    if (outcome == queue.WOKEN) continue;
    if (outcome == queue.GRANTED) break;
    const word = queue.leave(mutex, node);
    if (word == queue.GRANTED) break;
    // A wake-up that came in between must not be lost: the mutex may be free while others sleep.
    if (word == queue.WOKEN && mutex_attempt(mutex, node, id, false) == Status.Ok) break;
    return outcome == queue.KICKED ? Status.Interrupted : Status.Timeout;
  }
  queue.taken(node);
  return Status.Ok;
}

/** Looks less and less often: each look takes the cache line from the owner, who may be about to take the mutex again. */
function spinForIt(mutex: usize, thread: usize, id: i32): bool {
  const budget = spinBudget(thread);
  let pause = SHORTEST_PAUSE;
  for (let turn = 0; turn < budget; turn++) {
    if (atomic.load<i32>(mutex + STATE) == 0 && atomic.cmpxchg<i32>(mutex + STATE, 0, id << 1) == 0) {
      adaptSpin(thread, true);
      return true;
    }
    for (const end = min(turn + pause, budget - 1); turn < end; turn++) atomic.load<i32>(thread + INTERRUPTS);
    pause = min(pause << 1, LONGEST_PAUSE);
  }
  if (budget > 0) adaptSpin(thread, false);
  return false;
}

/** Takes the mutex for `id` if it is free; else queues `node` if it is to wait. Ok, Queued or Timeout. */
export function mutex_attempt(mutex: usize, node: usize, id: i32, wait: bool): i32 {
  if (!wait && atomic.load<i32>(mutex + STATE) > PARKED) return Status.Timeout;
  spin.acquire(mutex + LOCK);
  const parked = queue.first(mutex + WAITERS) == 0 ? 0 : PARKED;
  // Free with PARKED set belongs to us: the fast paths want 0 or an owner.
  if ((atomic.or<i32>(mutex + STATE, PARKED) | PARKED) == PARKED) {
    atomic.store<i32>(mutex + STATE, (id << 1) | parked);
    spin.release(mutex + LOCK);
    return Status.Ok;
  }
  if (!wait) {
    spin.release(mutex + LOCK);
    return Status.Timeout;
  }
  queue.enqueue(mutex, mutex + WAITERS, node);
  spin.release(mutex + LOCK);
  return Status.Queued;
}

/** Frees the mutex, whoever holds it. Invalid if it is free. */
export function mutex_release(mutex: usize): i32 {
  const state = atomic.load<i32>(mutex + STATE);
  if ((state & PARKED) == 0) {
    if (state == 0) return Status.Invalid;
    if (atomic.cmpxchg<i32>(mutex + STATE, state, 0) == state) return Status.Ok;
  }
  return releaseSlow(mutex);
}

function releaseSlow(mutex: usize): i32 {
  const time = now();
  spin.acquire(mutex + LOCK);
  const state = atomic.load<i32>(mutex + STATE);
  if (state >> 1 == 0) {
    spin.release(mutex + LOCK);
    return Status.Invalid;
  }
  const node = queue.first(mutex + WAITERS);
  if (node == 0) {
    atomic.store<i32>(mutex + STATE, 0);
    spin.release(mutex + LOCK);
    return Status.Ok;
  }
  const handOver = time - load<f64>(node + queue.SINCE) > HAND_OVER_AFTER;
  const owner = load<i32>(node + queue.OWNER);
  const before = queue.dequeue(node, handOver ? queue.GRANTED : queue.WOKEN);
  const parked = queue.first(mutex + WAITERS) == 0 ? 0 : PARKED;
  atomic.store<i32>(mutex + STATE, handOver ? (owner << 1) | parked : parked);
  spin.release(mutex + LOCK);
  queue.notify(node, before);
  return Status.Ok;
}

/** Undoes what the dead thread `id` has left: frees the mutex if it holds it, passes on a wake-up that it had been given. */
export function settleMutex(mutex: usize, id: i32): void {
  const owner = mutex_owner(mutex);
  if (owner == id) releaseSlow(mutex);
  else if (owner == 0) queue.wakeFirst(mutex, mutex + WAITERS, queue.WOKEN);
}

export function isMutexUnsettled(mutex: usize, id: i32): bool {
  const owner = mutex_owner(mutex);
  return owner == id || (owner == 0 && queue.count(mutex + WAITERS) != 0);
}

/**
 * Puts `mutex`, which only the caller knows, into the state of another: what thread `from` holds is held by `to`, and what
 * others hold by nobody who could give it back.
 */
export function inheritState(mutex: usize, original: usize, from: i32, to: i32): void {
  const owner = mutex_owner(original);
  store<i32>(mutex + STATE, (owner == 0 ? 0 : owner == from ? to : NOBODY) << 1);
}

/** Id of the thread that holds the mutex, 0 if it is free. */
export function mutex_owner(mutex: usize): i32 {
  return atomic.load<i32>(mutex + STATE) >> 1;
}

export function mutex_waiters(mutex: usize): i32 {
  return queue.count(mutex + WAITERS);
}
