// A barrier: waiters are let go together when as many have come as it has parties. The last to come does not wait: it acts,
// and then lets the others go.
//
//   FILLING    comers wait                                  → ACTING     the last one has come
//   ACTING     that one acts; comers wait for the round     → DRAINING   barrier_pass: it has acted
//              that follows                                 → BROKEN     or it has failed, or died
//   DRAINING   the waiters of the round are told, one by    → FILLING    nobody is left to be told
//              one, and the others that they may come again
//   RESETTING  the waiters are told that it broke           → FILLING    likewise
//   BROKEN     waiters are told, comers refused             → RESETTING  barrier_reset
//
//   FILLING, BROKEN → RESETTING  barrier_reset        FILLING, ACTING → BROKEN  barrier_abort; FILLING also when a wait is late
//
// Invariants: in FILLING the queue holds those who have come in this round, fewer than PARTIES. Nobody is enqueued in
// DRAINING and RESETTING: who comes, aborts or resets then tells the waiters first, so these states end even if the thread
// that began them dies. Of one round each is told another index: the last to come PARTIES - 1, the others RANK as it rises.
// Who leaves, or dies, before he is told counts as if he had not come; if it was he who acted, the barrier is broken.
// Commit point: the store of STATE in each section. What has been decided is told by settleBarrier.
import { HEADER_SIZE, LOCK } from "./layout";
import { allocate } from "./object";
import * as spin from "./spinlock";
import { Kind, Status } from "./status";
import * as queue from "./waitqueue";

// At HEADER_SIZE a word to which the facade gives meaning, as a condition has one for its lock.
const STATE: usize = HEADER_SIZE + 8;
const PARTIES: usize = HEADER_SIZE + 12;
/** The index that the next one who is let go is told. */
const RANK: usize = HEADER_SIZE + 16;
/** Id of the thread that acts. */
const ACTOR: usize = HEADER_SIZE + 20;
/** While it acts or drains: who has a lower ticket is of this round. */
const LIMIT: usize = HEADER_SIZE + 24;
const WAITERS: usize = HEADER_SIZE + 32;

const FILLING: i32 = 0;
const ACTING: i32 = 1;
const DRAINING: i32 = 2;
const RESETTING: i32 = 3;
const BROKEN: i32 = 4;

/** The index that is told of a barrier that broke. */
const BROKE: i32 = -1;

export function barrier_new(parties: i32): usize {
  const barrier = allocate(Kind.Barrier, WAITERS + queue.QUEUE_SIZE);
  if (barrier != 0) store<i32>(barrier + PARTIES, parties);
  return barrier;
}

/**
 * Comes to the barrier. Ok: `node` is the last, and acts; its payload says so by its index. Queued: it waits for the
 * others. Closed: the barrier is broken.
 */
export function barrier_attempt(barrier: usize, node: usize): i32 {
  while (true) {
    spin.acquire(barrier + LOCK);
    const state = load<i32>(barrier + STATE);
    if (state == DRAINING || state == RESETTING) {
      spin.release(barrier + LOCK);
      settleBarrier(barrier);
      continue;
    }
    if (state == BROKEN) {
      spin.release(barrier + LOCK);
      return Status.Closed;
    }
    const last = load<i32>(barrier + PARTIES) - 1;
    if (state == ACTING || queue.count(barrier + WAITERS) < last) {
      queue.enqueue(barrier, barrier + WAITERS, node);
      spin.release(barrier + LOCK);
      return Status.Queued;
    }
    store<i32>(barrier + ACTOR, load<i32>(node + queue.OWNER));
    store<u64>(barrier + LIMIT, queue.nextTicket(barrier + WAITERS));
    store<i32>(node + queue.PAYLOAD, last);
    atomic.store<i32>(barrier + STATE, ACTING);
    spin.release(barrier + LOCK);
    return Status.Ok;
  }
}

/**
 * Waits after Queued. Ok: the payload is the index, or says that the barrier broke. Timeout: it broke, because the wait was late.
 * Interrupted: still queued; to be called again, or barrier_leave. Closed: as barrier_attempt.
 */
export function barrier_wait(barrier: usize, node: usize, thread: usize, deadline: f64): i32 {
  let patience = deadline;
  while (true) {
    queue.resume(node);
    let word = queue.park(node, thread, patience);
    if (word == queue.KICKED) return Status.Interrupted;
    if (word == queue.ASLEEP) word = barrier_leave(barrier, node, 1);
    if (word == queue.GRANTED) {
      queue.taken(node);
      return Status.Ok;
    }
    if (word == queue.KICKED) return Status.Timeout;
    if (word == queue.ASLEEP) patience = Infinity;
    else {
      const status = barrier_attempt(barrier, node);
      if (status != Status.Queued) return status;
    }
  }
}

/**
 * Gives up waiting; `late` if that is to break the barrier. Gives back the park word: GRANTED if there was news for `node`
 * already, WOKEN if it is not in the queue and may come again, KICKED when it has left. Nobody is late while another acts:
 * ASLEEP, it is still queued.
 */
export function barrier_leave(barrier: usize, node: usize, late: i32): i32 {
  while (true) {
    spin.acquire(barrier + LOCK);
    const state = load<i32>(barrier + STATE);
    const word = atomic.load<i32>(node + queue.PARK_WORD);
    const told = word == queue.GRANTED || word == queue.WOKEN;
    const stays = state == ACTING && late != 0;
    const leaves = !told && !stays && state <= ACTING;
    if (leaves) {
      queue.unlink(node);
      queue.taken(node);
      if (late != 0) atomic.store<i32>(barrier + STATE, BROKEN);
    }
    spin.release(barrier + LOCK);
    if (told) return word;
    if (stays) return queue.ASLEEP;
    settleBarrier(barrier);
    if (leaves) return queue.KICKED;
  }
}

/** `thread` has acted: lets the waiters of the round go, or breaks the barrier. Closed if that was done meanwhile. */
export function barrier_pass(barrier: usize, thread: i32, passes: i32): i32 {
  spin.acquire(barrier + LOCK);
  const acting = isActor(barrier, thread);
  if (acting) atomic.store<i32>(barrier + STATE, passes != 0 ? DRAINING : BROKEN);
  spin.release(barrier + LOCK);
  settleBarrier(barrier);
  return acting ? Status.Ok : Status.Closed;
}

// @ts-expect-error: decorator
@inline
function isActor(barrier: usize, thread: i32): bool {
  return atomic.load<i32>(barrier + STATE) == ACTING && load<i32>(barrier + ACTOR) == thread;
}

/** Breaks the barrier. */
export function barrier_abort(barrier: usize): void {
  change(barrier, BROKEN);
}

/** Opens the barrier again; those who wait are told that it broke. Does nothing while somebody acts. */
export function barrier_reset(barrier: usize): void {
  change(barrier, RESETTING);
}

function change(barrier: usize, to: i32): void {
  while (true) {
    spin.acquire(barrier + LOCK);
    const state = load<i32>(barrier + STATE);
    const settled = state != DRAINING && state != RESETTING;
    if (settled && (state != ACTING || to == BROKEN)) atomic.store<i32>(barrier + STATE, to);
    spin.release(barrier + LOCK);
    settleBarrier(barrier);
    if (settled) return;
  }
}

/** Tells the waiters what has been decided. */
export function settleBarrier(barrier: usize): void {
  while (true) {
    spin.acquire(barrier + LOCK);
    const state = load<i32>(barrier + STATE);
    const node = queue.first(barrier + WAITERS);
    if (state < DRAINING || node == 0) {
      if (state == DRAINING || state == RESETTING) {
        store<i32>(barrier + RANK, 0);
        atomic.store<i32>(barrier + STATE, FILLING);
      }
      spin.release(barrier + LOCK);
      return;
    }
    const rank = load<i32>(barrier + RANK);
    const passes = state == DRAINING;
    const isEarly = passes && queue.ticket(node) >= load<u64>(barrier + LIMIT);
    store<i32>(node + queue.PAYLOAD, passes ? rank : BROKE);
    store<i32>(barrier + RANK, passes && !isEarly ? rank + 1 : rank);
    const before = queue.dequeue(node, isEarly ? queue.WOKEN : queue.GRANTED);
    spin.release(barrier + LOCK);
    queue.notify(node, before);
  }
}

/** Undoes what the dead thread `id` has left: what it did not finish to tell, and a round in which it acted. */
export function buryActor(barrier: usize, id: i32): void {
  barrier_pass(barrier, id, 0);
}

export function isBarrierUnsettled(barrier: usize, id: i32): bool {
  return isActor(barrier, id) || (atomic.load<i32>(barrier + STATE) >= DRAINING && queue.count(barrier + WAITERS) != 0);
}

/** How many of the round have come; 0 while they leave, -1 if the barrier is broken. */
export function barrier_waiting(barrier: usize): i32 {
  const state = atomic.load<i32>(barrier + STATE);
  if (state == FILLING) return queue.count(barrier + WAITERS);
  return state == BROKEN ? -1 : state == ACTING ? load<i32>(barrier + PARTIES) : 0;
}

/** A barrier for another process: nobody has come to it. */
export function cloneBarrier(barrier: usize): usize {
  const clone = barrier_new(load<i32>(barrier + PARTIES));
  if (clone != 0 && atomic.load<i32>(barrier + STATE) == BROKEN) store<i32>(clone + STATE, BROKEN);
  return clone;
}
