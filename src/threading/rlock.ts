// threading.RLock: the kernel's re-entrant lock.

import { Kind, Status } from "../../assembly/status";
import { callable } from "../callable";
import { RuntimeError } from "../exceptions";
import { kernel, me } from "../kernel/kernel";
import { defineAll } from "../registry";
import { succeeds } from "../runtime/aio";
import { refusesAttributes } from "../runtime/facade_attributes";
import { addressOf, KIND, reviveKind, Shared } from "../runtime/shared";
import { allocated, takeBack, wait } from "../runtime/wait";
import { untold } from "../runtime/watch";
import { type LockAio, lockAio } from "./aio";
import { lockDeadline, lockPatience } from "./deadline";

class RLockType extends Shared {
  static readonly __module__ = "_thread";

  get [KIND](): Kind {
    return Kind.RLock;
  }

  protected promote(): number {
    return allocated(kernel.rlock_new());
  }

  /** Takes the lock, or one more level of it if this thread holds it. Parameters and errors as Lock.acquire. */
  acquire(blocking?: boolean | { blocking?: boolean; timeout?: number }, timeout?: number): boolean;
  acquire(...args: unknown[]): boolean {
    const address = addressOf(this);
    if (args.length === 0 && kernel.rlock_acquire(address, me, untold) === Status.Ok) return true;
    return wait(kernel.rlock_acquire, address, lockDeadline(args));
  }

  /**
   * The same for event loops: `await rlock.aio.acquire({ timeout, signal })`. The owner is the thread, as ever: what runs in
   * turns on one event loop may all have the lock; take a Lock to keep such apart.
   */
  get aio(): LockAio {
    return lockAio(this, async (args) => {
      const object = addressOf(this);
      const id = kernel.thread_id(me);
      const attempt = (node: number, wait: boolean) => kernel.rlock_attempt(object, node, id, wait);
      return succeeds({ object, attempt, again: true }, lockPatience(args));
    });
  }

  /**
   * Gives up one level; at the last the lock is free.
   *
   * @throws RuntimeError if this thread does not hold the lock
   */
  release(): void {
    if (kernel.rlock_release(addressOf(this), me) !== Status.Ok) throw RuntimeError("cannot release un-acquired lock");
  }

  __enter__(): boolean {
    return this.acquire();
  }

  __exit__(): void {
    this.release();
  }

  /** Gives up all levels, for Condition.wait. Gives back their number. */
  _release_save(): number {
    const address = addressOf(this);
    const depth = kernel.rlock_depth(address);
    if (!this._is_owned()) throw RuntimeError("cannot release un-acquired lock");
    kernel.rlock_set_depth(address, 1);
    kernel.rlock_release(address, me);
    return depth;
  }

  _acquire_restore(depth: number): void {
    const address = addressOf(this);
    takeBack(kernel.rlock_acquire, address);
    kernel.rlock_set_depth(address, depth);
  }

  /** How many levels the calling thread holds. */
  _recursion_count(): number {
    return this._is_owned() ? kernel.rlock_depth(addressOf(this)) : 0;
  }

  _is_owned(): boolean {
    return kernel.mutex_owner(addressOf(this)) === kernel.thread_id(me);
  }

  __repr__(): string {
    const address = addressOf(this);
    const owner = kernel.mutex_owner(address);
    const state = owner === 0 ? "unlocked" : "locked";
    const at = address.toString(16).padStart(12, "0");
    return `<${state} _thread.RLock object owner=${owner} count=${kernel.rlock_depth(address)} at 0x${at}>`;
  }
}

/**
 * A lock that the thread which holds it may take again; it is free after as many releases. Use it where locked functions
 * call each other. Only the owner may release it. Behaves as CPython's `threading.RLock`.
 */
export const RLock = callable(RLockType, "RLock");
export type RLock = RLockType;

reviveKind(Kind.RLock, (address) => Shared.revive(RLock, address));
refusesAttributes(RLock);

defineAll("threading", { RLock });
