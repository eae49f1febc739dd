// threading.Lock: the kernel's mutex.

import { Kind, Status } from "../../assembly/status";
import { callable } from "../callable";
import { RuntimeError, TypeError } from "../exceptions";
import { kernel, me } from "../kernel/kernel";
import { defineAll } from "../registry";
import { succeeds } from "../runtime/aio";
import { refusesAttributes } from "../runtime/facade_attributes";
import { addressOf, KIND, reviveKind, Shared } from "../runtime/shared";
import { allocated, takeBack, wait } from "../runtime/wait";
import { untold } from "../runtime/watch";
import { type LockAio, lockAio } from "./aio";
import { lockDeadline, lockPatience } from "./deadline";

class LockType extends Shared {
  static readonly __module__ = "_thread";

  constructor(...args: []) {
    if (args.length > 0) {
      throw TypeError(`_thread.allocate_lock() takes no arguments (${(args as unknown[]).length} given)`);
    }
    if (new.target !== LockType) throw TypeError("type '_thread.lock' is not an acceptable base type");
    super();
  }

  get [KIND](): Kind {
    return Kind.Mutex;
  }

  protected promote(): number {
    return allocated(kernel.mutex_new());
  }

  /**
   * Takes the lock, waiting until it is free.
   *
   * @param blocking false: give up at once if the lock is held
   * @param timeout seconds to wait at most; -1 waits for ever
   * @returns whether the lock was taken
   * @throws ValueError if a timeout is given with `blocking` false, or is negative but not -1
   */
  acquire(blocking?: boolean | { blocking?: boolean; timeout?: number }, timeout?: number): boolean;
  acquire(...args: unknown[]): boolean {
    const address = addressOf(this);
    if (args.length === 0 && kernel.mutex_acquire(address, me, untold) === Status.Ok) return true;
    return wait(kernel.mutex_acquire, address, lockDeadline(args));
  }

  /** The same for event loops: `await lock.aio.acquire({ timeout, signal })`. */
  get aio(): LockAio {
    return lockAio(this, async (args) => {
      const object = addressOf(this);
      const id = kernel.thread_id(me);
      const attempt = (node: number, wait: boolean) => kernel.mutex_attempt(object, node, id, wait);
      return succeeds({ object, attempt }, lockPatience(args));
    });
  }

  /**
   * Frees the lock. Any thread may do so, not only the one that took it.
   *
   * @throws RuntimeError if the lock is free
   */
  release(): void {
    if (kernel.mutex_release(addressOf(this)) !== Status.Ok) throw RuntimeError("release unlocked lock");
  }

  /** Whether the lock is held by somebody. */
  locked(): boolean {
    return kernel.mutex_owner(addressOf(this)) !== 0;
  }

  /** @deprecated Python's old name of acquire. */
  acquire_lock(...args: Parameters<LockType["acquire"]>): boolean {
    return this.acquire(...args);
  }

  /** @deprecated Python's old name of release. */
  release_lock(): void {
    this.release();
  }

  /** @deprecated Python's old name of locked. */
  locked_lock(): boolean {
    return this.locked();
  }

  __enter__(): boolean {
    return this.acquire();
  }

  __exit__(): void {
    this.release();
  }

  /** How Condition.wait takes its lock back: without being interrupted. */
  _acquire_restore(): void {
    takeBack(kernel.mutex_acquire, addressOf(this));
  }

  __repr__(): string {
    const state = this.locked() ? "locked" : "unlocked";
    return `<${state} _thread.lock object at 0x${addressOf(this).toString(16).padStart(12, "0")}>`;
  }
}

/**
 * A lock that one thread holds at a time. It has no owner: any thread may release it, and taking it twice in one thread
 * waits for ever; see RLock for that. Behaves as CPython's `threading.Lock`; waiting costs no CPU, and a waiter that has
 * waited a millisecond is served before newcomers.
 */
export const Lock = callable(LockType, "lock");
export type Lock = LockType;

reviveKind(Kind.Mutex, (address) => Shared.revive(Lock, address));
refusesAttributes(Lock);

defineAll("threading", { Lock });
