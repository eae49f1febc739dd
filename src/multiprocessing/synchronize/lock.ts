// multiprocessing's Lock and RLock: the kernel's mutex and re-entrant lock, common to all processes.
import { Kind, Status } from "../../../assembly/status";
import { signature } from "../../arguments";
import { callable } from "../../callable";
import { AssertionError, ValueError } from "../../exceptions";
import { kernel, me } from "../../kernel/kernel";
import { defineAll } from "../../registry";
import { commonClass, makeCommon } from "../../runtime/common";
import { addressOf, KIND, Shared } from "../../runtime/shared";
import { allocated, takeBack, wait } from "../../runtime/wait";
import { untold } from "../../runtime/watch";
import { Common } from "../common";
import { type Acquiring, acquireDeadline } from "./deadline";
import { ownerName } from "./owner";
import { SemLock } from "./sem_lock";

const bindLock = signature("Lock.__init__(*, ctx=None)");
const bindRLock = signature("RLock.__init__(*, ctx=None)");

class LockType extends SemLock {
  static override readonly __module__ = "multiprocessing.synchronize";

  constructor(options?: { ctx?: unknown });
  constructor(...args: unknown[]) {
    bindLock(args);
    super();
  }

  get [KIND](): Kind {
    return Kind.Mutex;
  }

  protected promote(): number {
    return makeCommon(allocated(kernel.mutex_new()), Common.Lock);
  }

  /**
   * Takes the lock, waiting until it is free.
   *
   * @param block false: give up at once if the lock is held
   * @param timeout seconds to wait at most; None waits for ever, a negative number not at all
   * @returns whether the lock was taken
   */
  acquire(block?: boolean | Acquiring, timeout?: number | null): boolean;
  acquire(...args: unknown[]): boolean {
    const address = addressOf(this);
    if (args.length === 0 && kernel.mutex_acquire(address, me, untold) === Status.Ok) return true;
    return wait(kernel.mutex_acquire, address, acquireDeadline(args));
  }

  /**
   * Frees the lock. Any thread of any process may do so.
   *
   * @throws ValueError if the lock is free
   */
  release(): void {
    if (kernel.mutex_release(addressOf(this)) !== Status.Ok) {
      throw ValueError("semaphore or lock released too many times");
    }
  }

  __enter__(): boolean {
    return this.acquire();
  }

  __exit__(): void {
    this.release();
  }

  /** For Condition: whether the calling thread holds the lock. */
  _is_owned(): boolean {
    return kernel.mutex_owner(addressOf(this)) === kernel.thread_id(me);
  }

  _acquire_restore(): void {
    takeBack(kernel.mutex_acquire, addressOf(this));
  }

  __repr__(): string {
    return `<Lock(owner=${ownerName(this)})>`;
  }
}

class RLockType extends SemLock {
  static override readonly __module__ = "multiprocessing.synchronize";

  constructor(options?: { ctx?: unknown });
  constructor(...args: unknown[]) {
    bindRLock(args);
    super();
  }

  get [KIND](): Kind {
    return Kind.RLock;
  }

  protected promote(): number {
    return makeCommon(allocated(kernel.rlock_new()), Common.RLock);
  }

  /** Takes the lock, or one more level of it if this thread holds it. Parameters as Lock.acquire. */
  acquire(block?: boolean | Acquiring, timeout?: number | null): boolean;
  acquire(...args: unknown[]): boolean {
    const address = addressOf(this);
    if (args.length === 0 && kernel.rlock_acquire(address, me, untold) === Status.Ok) return true;
    return wait(kernel.rlock_acquire, address, acquireDeadline(args));
  }

  /**
   * Gives up one level; at the last the lock is free.
   *
   * @throws AssertionError if this thread does not hold the lock
   */
  release(): void {
    if (kernel.rlock_release(addressOf(this), me) !== Status.Ok) {
      throw AssertionError("attempt to release recursive lock not owned by thread");
    }
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
    kernel.rlock_set_depth(address, 1);
    kernel.rlock_release(address, me);
    return depth;
  }

  _acquire_restore(depth: number): void {
    const address = addressOf(this);
    takeBack(kernel.rlock_acquire, address);
    kernel.rlock_set_depth(address, depth);
  }

  _is_owned(): boolean {
    return kernel.mutex_owner(addressOf(this)) === kernel.thread_id(me);
  }

  __repr__(): string {
    const owner = ownerName(this);
    const depth = this._is_owned() || owner === "None" ? kernel.rlock_depth(addressOf(this)) : "nonzero";
    return `<RLock(${owner}, ${depth})>`;
  }
}

/**
 * A lock that one thread of one process holds at a time; any other may release it. Behaves as CPython's
 * `multiprocessing.Lock`, but a process that is killed frees what it held.
 */
export const Lock = callable(LockType, "Lock");
export type Lock = LockType;

/** A lock that the thread which holds it may take again. Behaves as CPython's `multiprocessing.RLock`; see Lock. */
export const RLock = callable(RLockType, "RLock");
export type RLock = RLockType;

commonClass(Lock, Common.Lock, (address) => Shared.revive(Lock, address));
commonClass(RLock, Common.RLock, (address) => Shared.revive(RLock, address));
defineAll("multiprocessing.synchronize", { Lock, RLock });
