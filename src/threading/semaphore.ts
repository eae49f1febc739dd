// threading.Semaphore and BoundedSemaphore: the kernel's counting semaphore.

import { Kind, Status } from "../../assembly/status";
import { signature } from "../arguments";
import { qualifiedName } from "../builtins/classes";
import { callable } from "../callable";
import { ValueError } from "../exceptions";
import { kernel } from "../kernel/kernel";
import { defineAll } from "../registry";
import { type Patience, succeeds } from "../runtime/aio";
import { takesAttributes } from "../runtime/facade_attributes";
import { addressOf, KIND, reviveKind, Shared } from "../runtime/shared";
import { allocated, optionalDeadline, wait } from "../runtime/wait";
import { type LockAio, lockAio } from "./aio";

const UNBOUNDED = 0x7fffffff;

const bindInit = signature("Semaphore.__init__(value=1)");
const bindAcquire = signature("Semaphore.acquire(blocking=True, timeout=None)");
const bindAwaited = signature("Semaphore.acquire(blocking=True, timeout=None, *, signal=None)");
const bindRelease = signature("Semaphore.release(n=1)");

function deadlineOf([blocking, timeout]: [blocking: boolean, timeout: number | null]): number {
  if (!blocking && timeout !== null) throw ValueError("can't specify timeout for non-blocking acquire");
  return blocking ? optionalDeadline(timeout) : 0;
}

function patienceOf(args: unknown[]): Patience {
  const [blocking, timeout, signal] = bindAwaited(args) as [boolean, number | null, AbortSignal | null];
  return { deadline: deadlineOf([blocking, timeout]), signal };
}

class SemaphoreType extends Shared<number> {
  static readonly __module__: string = "threading";

  get [KIND](): Kind {
    return Kind.Semaphore;
  }

  constructor(value?: number | { value?: number });
  constructor(...args: unknown[]) {
    const [value] = bindInit(args) as [number];
    if (value < 0) throw ValueError("semaphore initial value must be >= 0");
    super(value);
  }

  protected promote(value: number): number {
    return allocated(kernel.semaphore_new(value, this.boundFor(value)));
  }

  /** Highest value of a semaphore that begins with `value`. */
  protected boundFor(_value: number): number {
    return UNBOUNDED;
  }

  /**
   * Takes one unit, waiting until there is one.
   *
   * @param blocking false: give up at once if there is none
   * @param timeout seconds to wait at most; None waits for ever
   * @returns whether a unit was taken
   * @throws ValueError if a timeout is given with `blocking` false
   */
  acquire(blocking?: boolean | { blocking?: boolean; timeout?: number | null }, timeout?: number | null): boolean;
  acquire(...args: unknown[]): boolean {
    const address = addressOf(this);
    if (args.length === 0) return wait(kernel.semaphore_acquire, address, Number.POSITIVE_INFINITY);
    return wait(kernel.semaphore_acquire, address, deadlineOf(bindAcquire(args) as [boolean, number | null]));
  }

  /** The same for event loops: `await semaphore.aio.acquire({ timeout, signal })`. */
  get aio(): LockAio {
    return lockAio(this, async (args) => {
      const object = addressOf(this);
      const attempt = (node: number, wait: boolean) => kernel.semaphore_attempt(object, node, wait);
      return succeeds({ object, attempt }, patienceOf(args));
    });
  }

  /**
   * Gives back `n` units and wakes as many waiters.
   *
   * @throws ValueError if `n` is less than one, or a bounded semaphore would exceed its initial value
   */
  release(n?: number | { n?: number }): void;
  release(...args: unknown[]): void {
    const [n] = args.length === 0 ? [1] : (bindRelease(args) as [number]);
    if (n < 1) throw ValueError("n must be one or more");
    if (kernel.semaphore_release(addressOf(this), n) !== Status.Ok) {
      throw ValueError("Semaphore released too many times");
    }
  }

  __enter__(...args: Parameters<SemaphoreType["acquire"]>): boolean {
    return this.acquire(...args);
  }

  __exit__(): void {
    this.release();
  }

  get _value(): number {
    return kernel.semaphore_value(addressOf(this));
  }

  __repr__(): string {
    const bound = kernel.semaphore_bound(addressOf(this));
    const value = bound === UNBOUNDED ? `${this._value}` : `${this._value}/${bound}`;
    const at = addressOf(this).toString(16).padStart(12, "0");
    return `<${qualifiedName(this.constructor as never)} at 0x${at}: value=${value}>`;
  }
}

class BoundedSemaphoreType extends SemaphoreType {
  static override readonly __module__: string = "threading";

  protected override boundFor(value: number): number {
    return value;
  }
}

/**
 * A counter of free places: acquire takes one and waits while there is none, release gives some back. It may be released
 * beyond its initial value. Behaves as CPython's `threading.Semaphore`; waiters are served in their order.
 */
export const Semaphore = callable(SemaphoreType, "Semaphore");
export type Semaphore = SemaphoreType;

/** A semaphore whose value may never exceed the initial one: a release too many raises ValueError. */
export const BoundedSemaphore = callable(BoundedSemaphoreType, "BoundedSemaphore");
export type BoundedSemaphore = BoundedSemaphoreType;

reviveKind(Kind.Semaphore, (address) =>
  Shared.revive(kernel.semaphore_bound(address) === UNBOUNDED ? Semaphore : BoundedSemaphore, address),
);
takesAttributes(Semaphore, BoundedSemaphore);

defineAll("threading", { BoundedSemaphore, Semaphore });
