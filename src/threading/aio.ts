// What the primitives offer to event loops.
import type { Abortable } from "../runtime/aio";

export interface Acquire extends Abortable {
  blocking?: boolean;
  timeout?: number | null;
}

/** A lock's waiting calls as promises. It is an asynchronous context manager too: `await with_(lock.aio, async () => …)`. */
export interface LockAio {
  /**
   * As the lock's acquire, awaited. The lock belongs to the thread of the event loop then.
   *
   * @throws the signal's reason, if it was aborted before the lock was taken
   */
  acquire(blocking?: boolean | Acquire, timeout?: number | null | Acquire, options?: Abortable): Promise<boolean>;
  __aenter__(): Promise<boolean>;
  __aexit__(): Promise<void>;
}

/** The `aio` of a lock, given how its acquire is awaited. */
export function lockAio(lock: { release(): void }, acquire: (args: unknown[]) => Promise<boolean>): LockAio {
  return {
    acquire: (...args) => acquire(args),
    __aenter__: () => acquire([]),
    async __aexit__() {
      lock.release();
    },
  };
}

export interface Waiting extends Abortable {
  timeout?: number | null;
}

/** The waiting call of an event or a barrier as a promise. */
export interface WaitAio<R> {
  /**
   * As the object's wait, awaited.
   *
   * @throws the signal's reason, if it was aborted before
   */
  wait(timeout?: number | null | Waiting, options?: Abortable): Promise<R>;
}
