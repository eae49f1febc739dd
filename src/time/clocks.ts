// The clocks of the time module, and sleep.
import { signature } from "../arguments";
import { typeName } from "../builtins/classes";
import { TypeError, ValueError } from "../exceptions";
import { defineAll } from "../registry";
import { sleep as block, now } from "../runtime/wait";

const bindSleep = signature("sleep(seconds, /)");

/**
 * Blocks the calling thread for `seconds`, which may be a fraction. Other threads run on.
 *
 * @throws ValueError if `seconds` is negative
 */
export function sleep(seconds: number): void;
export function sleep(...args: unknown[]): void {
  const [seconds] = bindSleep(args) as [number];
  if (typeof seconds !== "number" && typeof seconds !== "boolean" && typeof seconds !== "bigint") {
    throw TypeError(`'${typeName(seconds)}' object cannot be interpreted as an integer`);
  }
  if (Number.isNaN(seconds)) throw ValueError("Invalid value NaN (not a number)");
  if (seconds < 0) throw ValueError("sleep length must be non-negative");
  block(Number(seconds));
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

function nanoseconds(seconds: number): bigint {
  const whole = Math.floor(seconds);
  return BigInt(whole) * 1000000000n + BigInt(Math.round((seconds - whole) * 1e9));
}

/** As time, in nanoseconds. */
export function time_ns(): bigint {
  return nanoseconds(time());
}

export function monotonic_ns(): number {
  return Math.round(now() * 1e6);
}

export const perf_counter_ns = monotonic_ns;

defineAll("time", {
  sleep,
  time,
  monotonic,
  time_ns,
  monotonic_ns,
});
