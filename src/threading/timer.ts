// threading.Timer: a thread that calls a function after a while.
import { signature } from "../arguments";
import { callable } from "../callable";
import { defineAll } from "../registry";
import { callWithKeywords } from "../runtime/functions";
import { Event } from "./event";
import { Thread } from "./thread";

type Positional = Iterable<unknown> | null;
type Named = Record<string, unknown> | null;

export interface TimerOptions {
  args?: Positional;
  kwargs?: Named;
}

const bindInit = signature<[interval: number, func: Function, args: Positional, kwargs: Named]>(
  "Timer.__init__(interval, function, args=None, kwargs: data=None)",
);

class TimerType extends Thread {
  /** Seconds before the call. */
  declare interval: number;
  declare function: Function;
  declare args: Iterable<unknown>;
  declare kwargs: Record<string, unknown>;
  /** Set when the timer has fired or was cancelled. */
  declare finished: Event;

  constructor(interval: number, func: (...args: any[]) => unknown, args?: Positional | TimerOptions, kwargs?: Named);
  constructor(...given: unknown[]) {
    const [interval, func, args, kwargs] = bindInit(given);
    super();
    this.interval = interval;
    this.function = func;
    this.args = args ?? [];
    this.kwargs = kwargs ?? {};
    this.finished = Event();
  }

  /** Stops the timer if it has not fired yet. */
  cancel(): void {
    this.finished.set();
  }

  override run(): void {
    const { finished } = this;
    finished.wait(this.interval);
    if (!finished.is_set()) callWithKeywords(this.function, [...this.args], this.kwargs);
    finished.set();
  }
}

/**
 * A thread that waits `interval` seconds after start() and then calls `function(*args, **kwargs)`, unless it was cancelled
 * meanwhile. Behaves as CPython's `threading.Timer`.
 */
export const Timer = callable(TimerType, "Timer");
export type Timer = TimerType;

defineAll("threading", { Timer });
