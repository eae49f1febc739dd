// What multiprocessing's locks and semaphores have in common: CPython makes them all of one semaphore.
import { callable } from "../../callable";
import { defineAll } from "../../registry";
import { Shared } from "../../runtime/shared";

abstract class SemLockType<Local = unknown> extends Shared<Local> {
  static readonly __module__: string = "multiprocessing.synchronize";
}

/** Base of Lock, RLock, Semaphore and BoundedSemaphore. As CPython's, for `isinstance`. */
export const SemLock = callable(SemLockType as never, "SemLock") as typeof SemLockType;
export type SemLock = SemLockType;

defineAll("multiprocessing.synchronize", { SemLock });
