// threading.Condition: the kernel's condition queue, and any lock.
//
// The waiter is queued before the lock is released, so a notification after that finds it; it takes the lock back before
// wait() returns, whatever ended the wait.

import { Kind, Status } from "../../assembly/status";
import { signature } from "../arguments";
import { bool } from "../builtins/truth";
import { callable } from "../callable";
import { RuntimeError } from "../exceptions";
import { kernel, me } from "../kernel/kernel";
import { defineAll } from "../registry";
import { succeeds } from "../runtime/aio";
import { takesAttributes } from "../runtime/facade_attributes";
import { addressOf, KIND, reviveKind, Shared } from "../runtime/shared";
import { allocated, mayBlock, now, optionalDeadline, orLeave, waitInPlace, wouldBlock } from "../runtime/wait";
import { read, slotAt, write } from "../runtime/words";
import { type LockAio, lockAio, type WaitAio, type Waiting } from "./aio";
import { deprecated } from "./deprecated";
import type { Lock } from "./lock";
import { RLock } from "./rlock";

/** What a condition needs of its lock. The last three are optional, as in CPython. */
interface Lockable {
  acquire(...args: any[]): boolean;
  release(): void;
  _release_save?(): unknown;
  _acquire_restore?(state: any): void;
  _is_owned?(): boolean;
  aio?: LockAio;
}

/** A condition's waiting calls as promises. */
export interface ConditionAio extends LockAio, WaitAio<boolean> {
  /** As the condition's wait_for, awaited; `predicate` itself is not. */
  wait_for<T>(predicate: () => T, timeout?: number | null | Waiting, options?: Waiting): Promise<T>;
}

const LOCK = Symbol("lock");

type Signal = AbortSignal | null;

const bindInit = signature("Condition.__init__(lock=None)");
const bindWait = signature("Condition.wait(timeout=None)");
const bindWaitFor = signature("Condition.wait_for(predicate, timeout=None)");
const bindAwaited = signature<[timeout: number | null, signal: AbortSignal | null]>(
  "Condition.wait(timeout=None, *, signal=None)",
);
const bindAwaitedFor = signature<[predicate: () => unknown, timeout: number | null, signal: AbortSignal | null]>(
  "Condition.wait_for(predicate, timeout=None, *, signal=None)",
);
const bindNotify = signature("Condition.notify(n=1)");

class ConditionType extends Shared {
  static readonly __module__: string = "threading";

  [LOCK]: Lockable | undefined;

  get [KIND](): Kind {
    return Kind.Condition;
  }

  constructor(lock?: Lock | RLock | null | { lock?: Lock | RLock | null });
  constructor(...args: unknown[]) {
    super();
    const [lock] = bindInit(args) as [Lockable | null];
    this[LOCK] = lock ?? RLock();
  }

  protected promote(): number {
    const address = allocated(kernel.condition_new());
    write(slotAt(kernel.condition_lock(address) >>> 0), this[LOCK], "Condition's lock");
    return address;
  }

  get _lock(): Lockable {
    this[LOCK] ??= read(slotAt(kernel.condition_lock(addressOf(this)) >>> 0)) as Lockable;
    return this[LOCK];
  }

  /** Takes the condition's lock, with the parameters of that lock's acquire. */
  acquire(...args: Parameters<Lock["acquire"]>): boolean {
    return this._lock.acquire(...args);
  }

  /** Releases the condition's lock. */
  release(): void {
    this._lock.release();
  }

  __enter__(): boolean {
    return this.acquire();
  }

  __exit__(): void {
    this.release();
  }

  /** Gives up all levels of the lock. Gives back what `_acquire_restore` needs to know. */
  _release_save(): unknown {
    const lock = this._lock;
    return lock._release_save ? lock._release_save() : lock.release();
  }

  /** Takes the lock back as it was before `_release_save`. */
  _acquire_restore(state: unknown): void {
    const lock = this._lock;
    if (lock._acquire_restore) lock._acquire_restore(state);
    else lock.acquire();
  }

  _is_owned(): boolean {
    const lock = this._lock;
    if (lock._is_owned) return lock._is_owned();
    if (!lock.acquire(false)) return true;
    lock.release();
    return false;
  }

  /**
   * Releases the lock, waits until notified, and takes the lock again; a re-entrant lock is released wholly.
   *
   * @param timeout seconds to wait at most; None waits for ever
   * @returns true, or false if the time ran out
   * @throws RuntimeError if the calling thread does not hold the lock
   */
  wait(timeout?: number | null | { timeout?: number | null }): boolean;
  wait(...args: unknown[]): boolean {
    const [timeout] = args.length === 0 ? [null] : (bindWait(args) as [number | null]);
    if (!this._is_owned()) throw RuntimeError("cannot wait on un-acquired lock");
    const address = addressOf(this);
    const deadline = optionalDeadline(timeout);
    if (deadline > 0 && !mayBlock) throw wouldBlock("wait");
    kernel.condition_attempt(address, kernel.thread_place(me));
    const state = orLeave(address, () => this._release_save());
    try {
      return orLeave(address, () => waitInPlace(kernel.place_wait, address, deadline)) === Status.Ok;
    } finally {
      this._acquire_restore(state);
    }
  }

  /**
   * Waits until `predicate` holds, which is asked with the lock held.
   *
   * @returns the predicate's last value, by which one tells whether the time ran out
   */
  wait_for<T>(predicate: () => T, timeout?: number | null | { timeout?: number | null }): T;
  wait_for(...args: unknown[]): unknown {
    const [predicate, timeout] = bindWaitFor(args) as [() => unknown, number | null];
    let result = predicate();
    const end = timeout === null ? Number.POSITIVE_INFINITY : now() + timeout * 1000;
    while (!bool(result)) {
      const left = end - now();
      if (left <= 0) break;
      this.wait(left === Number.POSITIVE_INFINITY ? null : left / 1000);
      result = predicate();
    }
    return result;
  }

  /** The same for event loops: `await condition.aio.acquire()`, `await condition.aio.wait({ timeout, signal })`. */
  get aio(): ConditionAio {
    return {
      ...lockAio(this, (args) => this._lock.aio!.acquire(...(args as []))),
      wait: async (...args: unknown[]) => awaitNotification(this, bindAwaited(args)),
      wait_for: async (...args: unknown[]) => awaitPredicate(this, bindAwaitedFor(args)) as any,
    };
  }

  /**
   * Wakes up to `n` threads that wait, those first that have waited longest.
   *
   * @throws RuntimeError if the calling thread does not hold the lock
   */
  notify(n?: number | { n?: number }): void;
  notify(...args: unknown[]): void {
    const [n] = args.length === 0 ? [1] : (bindNotify(args) as [number]);
    if (!this._is_owned()) throw RuntimeError("cannot notify on un-acquired lock");
    kernel.condition_notify(addressOf(this), n);
  }

  /** Wakes all threads that wait. */
  notify_all(): void {
    this.notify(0x7fffffff);
  }

  /** @deprecated Python's old name of notify_all. */
  notifyAll(): void {
    deprecated("notifyAll", "use notify_all()");
    this.notify_all();
  }

  __repr__(): string {
    const lock = this._lock as { __repr__?(): string };
    return `<Condition(${lock.__repr__ ? lock.__repr__() : String(lock)}, ${kernel.condition_waiters(addressOf(this))})>`;
  }
}

/** Done when the condition has notified the caller, who holds the lock now and releases it next; false when time is up. */
export function notification(condition: ConditionType, timeout: number | null, signal: Signal): Promise<boolean> {
  const object = addressOf(condition);
  const attempt = (node: number, wait: boolean) =>
    wait ? kernel.condition_attempt(object, node) : (Status.Timeout as number);
  return succeeds({ object, attempt }, { deadline: optionalDeadline(timeout), signal });
}

/** As Condition.wait: has the lock again when it is done, whatever ended it. */
async function awaitNotification(
  condition: ConditionType,
  [timeout, signal]: [timeout: number | null, signal: Signal],
): Promise<boolean> {
  signal?.throwIfAborted();
  if (!condition._is_owned()) throw RuntimeError("cannot wait on un-acquired lock");
  const notified = notification(condition, timeout, signal);
  const state = condition._release_save();
  try {
    return await notified;
  } finally {
    const lock = condition._lock;
    await lock.aio!.acquire();
    // A re-entrant lock is ours now, and gets all its levels back.
    if (lock._release_save) lock._acquire_restore!(state);
  }
}

async function awaitPredicate(
  condition: ConditionType,
  [predicate, timeout, signal]: [() => unknown, number | null, Signal],
): Promise<unknown> {
  const end = timeout === null ? Number.POSITIVE_INFINITY : now() + timeout * 1000;
  let result = predicate();
  while (!bool(result) && now() < end) {
    const left = timeout === null ? null : (end - now()) / 1000;
    await awaitNotification(condition, [left, signal]);
    result = predicate();
  }
  return result;
}

/**
 * A condition variable: threads that hold its lock wait for others to change what the lock guards. Without a lock of its
 * own an RLock is made. Behaves as CPython's `threading.Condition`: waiters wake in their order.
 */
export const Condition = callable(ConditionType, "Condition");
export type Condition = ConditionType;

reviveKind(Kind.Condition, (address) => Shared.revive(Condition, address));
takesAttributes(Condition);

defineAll("threading", { Condition });
