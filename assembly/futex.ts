// The one place where the kernel touches the host: sleeping, waking, the clock.
//
// WebAssembly itself never sleeps (V8's baseline compiler in Node 20 corrupts locals across memory.atomic.wait32), so
// the wait is an imported function that does Atomics.wait, and it is always called in a loop on a deadline.
import { know } from "./growth";

// @ts-expect-error: decorator
@external("env", "wait")
declare function hostWait(address: usize, expected: i32, milliseconds: f64): i32;

// @ts-expect-error: decorator
@external("env", "now")
declare function hostNow(): f64;

/** Milliseconds on a monotonic clock that all threads of the program share. */
export function now(): f64 {
  return hostNow();
}

/** Sleeps while the i32 at `address` is `expected`, at most until `deadline`. May return early for no reason. */
export function sleepWhile(address: usize, expected: i32, deadline: f64): void {
  if (deadline == Infinity) hostWait(address, expected, Infinity);
  else hostWait(address, expected, deadline - hostNow());
}

/** Wakes whoever sleeps on `address`. Costs 80–100 ns even if nobody does. */
// @ts-expect-error: decorator
@inline
export function wake(address: usize): void {
  know(address);
  atomic.notify(address, i32.MAX_VALUE);
}

/** Sleeps for about 50 µs: the holder of a spinlock was descheduled in the middle of its section. */
export function backOff(address: usize, held: i32): void {
  hostWait(address, held, 0.05);
}
