// A spinlock: one i32 in shared memory, 0 free, 1 held. Only for kernel sections.
//
// Invariant: between acquire() and release() stand no loop, no call that survives inlining and no import. A thread can
// be terminated at those places only, so it never dies holding a spinlock.
// Ordering: release()'s store publishes the section; the exchange that wins the lock consumes it.
import { backOff } from "./futex";

const TURNS_BEFORE_BACK_OFF: i32 = 2000;

// @ts-expect-error: decorator
@inline
export function acquire(lock: usize): void {
  if (atomic.cmpxchg<i32>(lock, 0, 1) != 0) acquireSlow(lock);
}

function acquireSlow(lock: usize): void {
  let turns = 0;
  while (atomic.load<i32>(lock) != 0 || atomic.cmpxchg<i32>(lock, 0, 1) != 0) {
    if (++turns > TURNS_BEFORE_BACK_OFF) backOff(lock);
  }
}

// @ts-expect-error: decorator
@inline
export function release(lock: usize): void {
  atomic.store<i32>(lock, 0);
}
