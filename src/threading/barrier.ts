// threading.Barrier: a condition, a count and a state, as in CPython.
//
//   FILLING    threads arrive and wait                 → DRAINING  when the last one has come
//   DRAINING   threads leave; newcomers wait           → FILLING   when the last one has gone
//   RESETTING  as DRAINING, but those who leave fail   → FILLING   likewise
//   BROKEN     everyone fails at once                  → FILLING   by reset() with nobody inside, else RESETTING
//
// Invariant: state and count change with the condition's lock held, and each change of state notifies all.
import { signature } from "../arguments";
import { qualifiedName } from "../builtins/classes";
import { callable } from "../callable";
import { ValueError } from "../exceptions";
import { defineAll } from "../registry";
import { Instance } from "../runtime/instance";
import { addressOf } from "../runtime/shared";
import { now } from "../runtime/wait";
import type { WaitAio } from "./aio";
import { Condition } from "./condition";
import { BrokenBarrierError } from "./errors";
import { Lock } from "./lock";
import { awaiting, blocking, type Steps } from "./steps";

const enum State {
  Filling = 0,
  Draining = 1,
  Resetting = -1,
  Broken = -2,
}

export interface BarrierOptions {
  parties?: number;
  action?: (() => unknown) | null;
  timeout?: number | null;
}

const bindInit = signature<[parties: number, action: (() => unknown) | null, timeout: number | null]>(
  "Barrier.__init__(parties, action=None, timeout=None)",
);
const bindWait = signature<[timeout: number | null]>("Barrier.wait(timeout=None)");
const bindAwaited = signature<[timeout: number | null, signal: AbortSignal | null]>(
  "Barrier.wait(timeout=None, *, signal=None)",
);

class BarrierType extends Instance {
  static readonly __module__: string = "threading";

  declare _cond: Condition;
  declare _action: (() => unknown) | null;
  declare _timeout: number | null;
  declare _parties: number;
  declare _state: State;
  declare _count: number;

  constructor(
    parties: number | BarrierOptions,
    action?: BarrierOptions["action"] | BarrierOptions,
    timeout?: number | null,
  );
  constructor(...given: unknown[]) {
    const [parties, action, timeout] = bindInit(given);
    if (parties < 1) throw ValueError("parties must be > 0");
    super();
    this._cond = this._newCondition();
    this._action = action;
    this._timeout = timeout;
    this._parties = parties;
    this._state = State.Filling;
    this._count = 0;
  }

  /**
   * Waits until all parties have called it.
   *
   * @param timeout seconds to wait at most, after which the barrier is broken; None means the barrier's own timeout
   * @returns a number from 0 to parties - 1, different for each of them
   * @throws BrokenBarrierError if the barrier is broken or reset meanwhile, or was before
   */
  wait(timeout?: number | null | { timeout?: number | null }): number;
  wait(...given: unknown[]): number {
    const [timeout] = bindWait(given);
    return blocking(this._cond, "wait", this._waiting(timeout));
  }

  /**
   * The same for event loops: `await barrier.aio.wait({ timeout, signal })`. Who is aborted leaves as if he had
   * not come.
   */
  get aio(): WaitAio<number> {
    return {
      wait: async (...given: unknown[]) => {
        const [timeout, signal] = bindAwaited(given);
        return awaiting(this._cond, signal, this._waiting(timeout));
      },
    };
  }

  *_waiting(timeout: number | null): Steps<number> {
    yield* this._enter();
    const index = this._count;
    this._count = index + 1;
    try {
      if (index + 1 === this._parties) this._release();
      else yield* this._wait(timeout ?? this._timeout);
      return index;
    } finally {
      this._count -= 1;
      this._exit();
    }
  }

  _newCondition(): Condition {
    return Condition(Lock());
  }

  /** Waits until those of the round before have left. */
  *_enter(): Steps<void> {
    while (this._state === State.Resetting || this._state === State.Draining) yield { on: this._cond, timeout: null };
    if (this._state < 0) throw BrokenBarrierError();
  }

  /** Lets all go; the action comes first. */
  _release(): void {
    try {
      this._action?.();
      this._state = State.Draining;
      this._cond.notify_all();
    } catch (error) {
      this._break();
      throw error;
    }
  }

  *_wait(timeout: number | null): Steps<void> {
    const end = timeout === null ? Number.POSITIVE_INFINITY : now() + timeout * 1000;
    while (this._state === State.Filling) {
      const left = timeout === null ? null : (end - now()) / 1000;
      if (left !== null && left <= 0) {
        this._break();
        throw BrokenBarrierError();
      }
      yield { on: this._cond, timeout: left };
    }
    if (this._state < 0) throw BrokenBarrierError();
  }

  /** The last to leave opens the barrier for the next round. */
  _exit(): void {
    if (this._count > 0 || (this._state !== State.Resetting && this._state !== State.Draining)) return;
    this._state = State.Filling;
    this._cond.notify_all();
  }

  _break(): void {
    this._state = State.Broken;
    this._cond.notify_all();
  }

  /** Opens the barrier again; those who wait get BrokenBarrierError. */
  reset(): void {
    const cond = this._cond;
    cond.acquire();
    try {
      if (this._count === 0) this._state = State.Filling;
      else if (this._state === State.Filling || this._state === State.Broken) this._state = State.Resetting;
      cond.notify_all();
    } finally {
      cond.release();
    }
  }

  /** Breaks the barrier: those who wait, and all who come before a reset, get BrokenBarrierError. */
  abort(): void {
    const cond = this._cond;
    cond.acquire();
    try {
      this._break();
    } finally {
      cond.release();
    }
  }

  /** How many threads pass together. */
  get parties(): number {
    return this._parties;
  }

  /** How many wait now. */
  get n_waiting(): number {
    return this._state === State.Filling ? this._count : 0;
  }

  get broken(): boolean {
    return this._state === State.Broken;
  }

  __repr__(): string {
    const state = this.broken ? "broken" : `waiters=${this.n_waiting}/${this.parties}`;
    return `<${qualifiedName(this.constructor as never)} at 0x${addressOf(this).toString(16).padStart(12, "0")}: ${state}>`;
  }
}

/**
 * A meeting point: each of `parties` threads waits until all have come. `action` is called by one of them just before they
 * go on. It can be used again and again. Behaves as CPython's `threading.Barrier`; fewer than one party raise ValueError, as
 * from Python 3.12 on.
 */
export const Barrier = callable(BarrierType, "Barrier");
export type Barrier = BarrierType;

defineAll("threading", { Barrier });
