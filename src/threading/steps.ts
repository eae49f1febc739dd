// Operations under a lock that may have to wait in the middle: written once, as generators that yield each wait. A thread that
// may block runs them by `blocking`, an event loop by `awaiting`.
import { mayBlock, wouldBlock } from "../runtime/wait";
import { type Condition, notification } from "./condition";

/** A wait on a condition of the lock, for so many seconds at most. */
export interface Pause {
  on: Condition;
  timeout: number | null;
}

export type Steps<R> = Generator<Pause, R, void>;

interface Lockable {
  acquire(): boolean;
  release(): void;
  _acquire_restore(state?: unknown): void;
}

/** Takes the lock, which others hold for moments only. */
function take(lock: Lockable): void {
  if (mayBlock) lock.acquire();
  else lock._acquire_restore();
}

/** Runs `body` with the lock held. */
export function locked<R>(lock: Lockable, body: () => R): R {
  take(lock);
  try {
    return body();
  } finally {
    lock.release();
  }
}

/** Runs `steps` with the lock held. `name` is what the operation is called, should it have to wait where it may not. */
export function blocking<R>(lock: Lockable, name: string, steps: Steps<R>): R {
  return locked(lock, () => {
    let step = steps.next();
    while (!step.done) step = pause(steps, step.value, name);
    return step.value;
  });
}

function pause<R>(steps: Steps<R>, { on, timeout }: Pause, name: string): IteratorResult<Pause, R> {
  try {
    if (!mayBlock) throw wouldBlock(name);
    on.wait(timeout);
  } catch (error) {
    return steps.throw(error);
  }
  return steps.next();
}

/** As `blocking`, on an event loop. The lock is never held while the loop turns: what else runs there may need it. */
export async function awaiting<R>(lock: Lockable, signal: AbortSignal | null, steps: Steps<R>): Promise<R> {
  signal?.throwIfAborted();
  take(lock);
  try {
    let step = steps.next();
    while (!step.done) {
      const { on, timeout } = step.value;
      const notified = notification(on, timeout, signal);
      lock.release();
      const failure = await notified.then(
        () => undefined,
        (error) => ({ error }),
      );
      take(lock);
      step = failure ? steps.throw(failure.error) : steps.next();
    }
    return step.value;
  } finally {
    lock.release();
  }
}
