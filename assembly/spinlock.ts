// A spinlock: one i32 in shared memory, 0 free, HELD held. Only for kernel sections.
//
// Invariant: between acquire() and release(), and on to the wake-up that belongs to the section, stand no loop, no call
// that survives inlining and no import. A thread can be terminated at those places only, so it never dies holding a
// spinlock or owing a wake-up. scripts/guard reads this off the emitted code, where it knows a section by the constants
// and the exchange used here.
// Ordering: release()'s exchange publishes the section; the exchange that wins the lock consumes it.
import { backOff } from "./futex";

/** No other compare-exchange of the kernel stores this. */
const HELD: i32 = -1;
const TURNS_BEFORE_BACK_OFF: i32 = 2000;

// @ts-expect-error: decorator
@inline
export function acquire(lock: usize): void {
  if (atomic.cmpxchg<i32>(lock, 0, HELD) != 0) acquireSlow(lock);
}

function acquireSlow(lock: usize): void {
  let turns = 0;
  while (atomic.load<i32>(lock) != 0 || atomic.cmpxchg<i32>(lock, 0, HELD) != 0) {
    if (++turns > TURNS_BEFORE_BACK_OFF) backOff(lock, HELD);
  }
}

// @ts-expect-error: decorator
@inline
export function release(lock: usize): void {
  atomic.xchg<i32>(lock, 0);
}
