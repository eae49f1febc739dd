// Python's sched module: calls that are due at certain times, made by whoever runs the scheduler.
import { signature } from "./arguments";
import { isPlainObject } from "./builtins/classes";
import { type list, newList } from "./builtins/list";
import { object } from "./builtins/object";
import { repr } from "./builtins/repr";
import { tuple } from "./builtins/tuple";
import { callable } from "./callable";
import { defineAll } from "./registry";
import { callWithKeywords } from "./runtime/functions";
import { RLock } from "./threading/rlock";
import { monotonic, sleep } from "./time/clocks";

type Action = (...args: any[]) => unknown;

const FIELDS = ["time", "priority", "sequence", "action", "argument", "kwargs"] as const;

class EventType extends object {
  static readonly __module__ = "sched";
  declare time: number;
  declare priority: number;
  /** Keeps events of the same time and priority in the order in which they came. */
  declare sequence: number;
  declare action: Action;
  declare argument: Iterable<unknown>;
  declare kwargs: any;

  constructor(...values: [number, number, number, Action, Iterable<unknown>, unknown]) {
    super();
    for (const [i, field] of FIELDS.entries()) this[field] = values[i] as never;
  }

  *[Symbol.iterator](): Iterator<unknown> {
    for (const field of FIELDS) yield this[field];
  }

  __repr__(): string {
    return `Event(${FIELDS.map((field) => `${field}=${repr(this[field])}`).join(", ")})`;
  }
}

/** What `enter` gives back, and `cancel` takes. */
export const Event = callable(EventType, "Event");
export type Event = EventType;

function isBefore(a: Event, b: Event): boolean {
  if (a.time !== b.time) return a.time < b.time;
  return a.priority !== b.priority ? a.priority < b.priority : a.sequence < b.sequence;
}

const bindInit = signature<[timefunc: () => number, delayfunc: (seconds: number) => unknown]>(
  "scheduler.__init__(timefunc=<built-in function monotonic>, delayfunc=<built-in function sleep>)",
);
type Entered = [when: number, priority: number, action: Action, argument: Iterable<unknown>, kwargs: unknown];
const bindEnter = signature<Entered>("scheduler.enter(delay, priority, action, argument=(), kwargs: data=None)");
const bindEnterabs = signature<Entered>("scheduler.enterabs(time, priority, action, argument=(), kwargs: data=None)");
const bindCancel = signature<[event: Event]>("scheduler.cancel(event: data)");
const bindRun = signature<[blocking: boolean]>("scheduler.run(blocking=True)");

interface EnterKeywords {
  argument?: Iterable<unknown>;
  kwargs?: object;
}

class SchedulerType extends object {
  declare timefunc: () => number;
  declare delayfunc: (seconds: number) => unknown;
  declare _queue: list<Event>;
  declare _lock: RLock;
  declare _sequence: number;

  constructor(timefunc?: () => number, delayfunc?: (seconds: number) => unknown);
  constructor(...args: unknown[]) {
    super();
    const [timefunc, delayfunc] = bindInit(args);
    this.timefunc = timefunc ?? monotonic;
    this.delayfunc = delayfunc ?? sleep;
    this._queue = newList([]) as unknown as list<Event>;
    this._lock = RLock();
    this._sequence = 0;
  }

  _locked<R>(act: () => R): R {
    this._lock.acquire();
    try {
      return act();
    } finally {
      this._lock.release();
    }
  }

  _enter([when, priority, action, argument, kwargs]: Entered): Event {
    return this._locked(() => {
      const event = new EventType(when, priority, this._sequence++, action, tuple(argument), kwargs ?? {});
      const queue = this._queue;
      let at = queue.length;
      while (at > 0 && isBefore(event, queue.__getitem__(at - 1) as Event)) at--;
      queue.insert(at, event);
      return event;
    });
  }

  /** Enters a call that is due at `time`, on the scheduler's clock. Gives back its event. */
  enterabs(
    time: number,
    priority: number,
    action: Action,
    argument?: Iterable<unknown> | EnterKeywords,
    kwargs?: object,
  ): Event;
  enterabs(...args: unknown[]): Event {
    return this._enter(bindEnterabs(args));
  }

  /** Enters a call that is due `delay` from now. Of those that are due at one time the lowest priority comes first. */
  enter(
    delay: number,
    priority: number,
    action: Action,
    argument?: Iterable<unknown> | EnterKeywords,
    kwargs?: object,
  ): Event;
  enter(...args: unknown[]): Event {
    const [delay, ...rest] = bindEnter(args);
    return this._enter([this.timefunc() + delay, ...rest]);
  }

  /**
   * Takes an event out.
   *
   * @throws ValueError if it is not in the queue
   */
  cancel(event: Event): void;
  cancel(...args: unknown[]): void {
    const [event] = bindCancel(args);
    this._locked(() => this._queue.remove(event));
  }

  empty(): boolean {
    return this._locked(() => this._queue.length === 0);
  }

  /** The next event if it is due, which is taken out; else the seconds until it is; undefined if there is none. */
  _next(): Event | number | undefined {
    return this._locked(() => {
      if (this._queue.length === 0) return undefined;
      const event = this._queue.__getitem__(0) as Event;
      const left = event.time - this.timefunc();
      if (left > 0) return left;
      this._queue.pop(0);
      return event;
    });
  }

  /**
   * Makes the calls as they are due, until there are none. Without `blocking` it makes those that are due, and gives back the
   * seconds until the next.
   */
  run(blocking?: boolean | { blocking?: boolean }): number | null;
  run(...args: unknown[]): number | null {
    const [blocking] = bindRun(args);
    for (let next = this._next(); next !== undefined; next = this._next()) {
      if (typeof next === "number") {
        if (!blocking) return next;
        this.delayfunc(next);
      } else {
        callWithKeywords(next.action, [...next.argument], keywordsOf(next.kwargs));
        this.delayfunc(0);
      }
    }
    return null;
  }

  /** The events that are to come, in their order. */
  get queue(): list<Event> {
    return this._locked(() => newList([...this._queue])) as unknown as list<Event>;
  }
}

function keywordsOf(kwargs: any): Record<string, unknown> {
  return isPlainObject(kwargs) ? kwargs : Object.fromEntries([...kwargs.items()].map(([key, value]) => [key, value]));
}

/** A scheduler; `timefunc` and `delayfunc` tell the time and wait. Threads may enter events while another runs it. */
export const scheduler = callable(SchedulerType, "scheduler");
export type scheduler = SchedulerType;

defineAll("sched", { Event, scheduler });
