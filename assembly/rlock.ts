// A re-entrant lock: a mutex and the depth to which its owner has taken it.
//
//   held, DEPTH n → DEPTH n + 1, n - 1    its owner takes it again, gives a level back
//   held, DEPTH 0 → free                  the last level: the mutex is released
//
// Invariant: the depth is not 0 exactly while the mutex is held, but for one that has just been handed to an event loop; only
// the owner reads or writes it.
// Commit point: the mutex's own.
import { mutex_acquire, mutex_attempt, mutex_owner, mutex_release, MUTEX_SIZE, settleMutex, STATE } from "./mutex";
import { allocate } from "./object";
import { Kind, Status } from "./status";
import { threadId } from "./thread";

/**
 * Beside the state: locks that are made one after the other have theirs at least 64 bytes apart, so that threads which use different ones
 * do not take a cache line from each other.
 */
const DEPTH: usize = STATE + 4;

export function rlock_new(): usize {
  return allocate(Kind.RLock, MUTEX_SIZE);
}

export function rlock_acquire(lock: usize, thread: usize, deadline: f64): i32 {
  if (mutex_owner(lock) == threadId(thread)) {
    store<i32>(lock + DEPTH, load<i32>(lock + DEPTH) + 1);
    return Status.Ok;
  }
  const status = mutex_acquire(lock, thread, deadline);
  if (status == Status.Ok) store<i32>(lock + DEPTH, 1);
  return status;
}

/** As mutex_attempt, or one more level. A grant means: try again, which succeeds then. */
export function rlock_attempt(lock: usize, node: usize, id: i32, wait: bool): i32 {
  if (mutex_owner(lock) == id) {
    store<i32>(lock + DEPTH, load<i32>(lock + DEPTH) + 1);
    return Status.Ok;
  }
  const status = mutex_attempt(lock, node, id, wait);
  if (status == Status.Ok) store<i32>(lock + DEPTH, 1);
  return status;
}

/** Invalid unless the calling thread owns the lock. */
export function rlock_release(lock: usize, thread: usize): i32 {
  if (mutex_owner(lock) != threadId(thread)) return Status.Invalid;
  const depth = load<i32>(lock + DEPTH) - 1;
  store<i32>(lock + DEPTH, depth);
  return depth == 0 ? mutex_release(lock) : Status.Ok;
}

/** Frees the lock if the dead thread `id` holds it, and does what else settleMutex does. */
export function settleRLock(lock: usize, id: i32): void {
  if (mutex_owner(lock) == id) store<i32>(lock + DEPTH, 0);
  settleMutex(lock, id);
}

/** Levels held by whoever owns the lock; 0 if nobody does. */
export function rlock_depth(lock: usize): i32 {
  return mutex_owner(lock) == 0 ? 0 : load<i32>(lock + DEPTH);
}

/** Sets the depth of a lock that the calling thread owns: a condition's wait gives up all levels and restores them. */
export function rlock_set_depth(lock: usize, depth: i32): void {
  store<i32>(lock + DEPTH, depth);
}
