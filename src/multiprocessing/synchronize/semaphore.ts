// multiprocessing's Semaphore and BoundedSemaphore: the kernel's semaphore, common to all processes.
import { Kind, Status } from "../../../assembly/status";
import { signature } from "../../arguments";
import { typeName } from "../../builtins/classes";
import { callable } from "../../callable";
import { OSError, TypeError, ValueError } from "../../exceptions";
import { kernel } from "../../kernel/kernel";
import { defineAll } from "../../registry";
import { commonClass, makeCommon } from "../../runtime/common";
import { addressOf, KIND, Shared } from "../../runtime/shared";
import { allocated, wait } from "../../runtime/wait";
import { Common } from "../common";
import { type Acquiring, acquireDeadline } from "./deadline";
import { SemLock } from "./sem_lock";

const SEM_VALUE_MAX = 0x7fffffff;
const EINVAL = 22;

const bindInit = signature<[value: unknown]>("Semaphore.__init__(value=1, *, ctx=None)");

class SemaphoreType extends SemLock<number> {
  static override readonly __module__ = "multiprocessing.synchronize";

  get [KIND](): Kind {
    return Kind.Semaphore;
  }

  constructor(value?: number | { value?: number; ctx?: unknown }, options?: { ctx?: unknown });
  constructor(...args: unknown[]) {
    const [value] = bindInit(args);
    if (typeof value !== "number" || !Number.isInteger(value)) {
      throw TypeError(`'${typeName(value)}' object cannot be interpreted as an integer`);
    }
    if (value < 0 || value > SEM_VALUE_MAX) throw OSError(EINVAL, "Invalid argument");
    super(value);
  }

  protected promote(value: number): number {
    return makeCommon(allocated(kernel.semaphore_new(value, SEM_VALUE_MAX)), Common.Semaphore);
  }

  /**
   * Takes one unit, waiting until there is one.
   *
   * @param block false: give up at once if there is none
   * @param timeout seconds to wait at most; None waits for ever, a negative number not at all
   * @returns whether a unit was taken
   */
  acquire(block?: boolean | Acquiring, timeout?: number | null): boolean;
  acquire(...args: unknown[]): boolean {
    const deadline = args.length === 0 ? Number.POSITIVE_INFINITY : acquireDeadline(args);
    return wait(kernel.semaphore_acquire, addressOf(this), deadline);
  }

  /**
   * Gives back one unit and wakes one waiter.
   *
   * @throws ValueError if a bounded semaphore would exceed its initial value
   */
  release(): void {
    if (kernel.semaphore_release(addressOf(this), 1) !== Status.Ok) {
      throw ValueError("semaphore or lock released too many times");
    }
  }

  __enter__(): boolean {
    return this.acquire();
  }

  __exit__(): void {
    this.release();
  }

  /** How many units there are now. */
  get_value(): number {
    return kernel.semaphore_value(addressOf(this));
  }

  __repr__(): string {
    return `<Semaphore(value=${this.get_value()})>`;
  }
}

class BoundedSemaphoreType extends SemaphoreType {
  protected override promote(value: number): number {
    return makeCommon(allocated(kernel.semaphore_new(value, value)), Common.BoundedSemaphore);
  }

  override __repr__(): string {
    return `<BoundedSemaphore(value=${this.get_value()}, maxvalue=${kernel.semaphore_bound(addressOf(this))})>`;
  }
}

/** A counter of free places for all processes. Behaves as CPython's `multiprocessing.Semaphore`. */
export const Semaphore = callable(SemaphoreType, "Semaphore");
export type Semaphore = SemaphoreType;

/** A semaphore whose value may never exceed the initial one. Behaves as CPython's `multiprocessing.BoundedSemaphore`. */
export const BoundedSemaphore = callable(BoundedSemaphoreType, "BoundedSemaphore");
export type BoundedSemaphore = BoundedSemaphoreType;

commonClass(Semaphore, Common.Semaphore, (address) => Shared.revive(Semaphore, address));
commonClass(BoundedSemaphore, Common.BoundedSemaphore, (address) => Shared.revive(BoundedSemaphore, address));
defineAll("multiprocessing.synchronize", { BoundedSemaphore, Semaphore });
