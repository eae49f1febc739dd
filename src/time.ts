// Python's time module, as far as programs with threads need it.
import { signature } from "./arguments";
import { ValueError } from "./exceptions";
import { defineAll } from "./registry";
import { sleep as block, now } from "./runtime/wait";

const bindSleep = signature("sleep(seconds, /)");

/**
 * Blocks the calling thread for `seconds`, which may be a fraction. Other threads run on.
 *
 * @throws ValueError if `seconds` is negative
 */
export function sleep(seconds: number): void;
export function sleep(...args: unknown[]): void {
  const [seconds] = bindSleep(args) as [number];
  if (seconds < 0) throw ValueError("sleep length must be non-negative");
  block(seconds);
}

/** Seconds since the epoch. */
export function time(): number {
  return (performance.timeOrigin + performance.now()) / 1000;
}

/** Seconds on a clock that never goes back, the same in all threads. */
export function monotonic(): number {
  return now() / 1000;
}

/** As monotonic, with the host's best resolution. */
export const perf_counter = monotonic;

defineAll("time", { sleep, time, monotonic });
