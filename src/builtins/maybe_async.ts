// One way to write what runs at once with plain bodies and is awaited with async ones.

/**
 * A coroutine of ours has this method: it makes one that first awaits the receiver, sends the outcome into `steps`, and goes
 * on through them. Promises need none.
 */
export const CONTINUE: unique symbol = Symbol.for("pythreads.continue") as never;

type Steps<T> = Generator<unknown, T, any>;

/** Must `x`, given back by a body, be awaited? Futures have `then` as well, and are values. */
export function isPending(x: any): x is PromiseLike<unknown> {
  return x instanceof Promise || (typeof x === "object" && typeof x?.[CONTINUE] === "function");
}

async function continueAfter<T>(steps: Steps<T>, first: unknown): Promise<T> {
  for (let pending = first; ; ) {
    let step: IteratorResult<unknown, T>;
    try {
      const value = await pending;
      step = steps.next(value);
    } catch (error) {
      step = steps.throw(error);
    }
    if (step.done) return step.value;
    pending = step.value;
  }
}

/**
 * Runs steps that yield whatever may have to be awaited, and receive its value or error. Gives back their result: at once if
 * nothing had to be awaited, else what awaits it.
 */
export function drive<T>(steps: Steps<T>): T | Promise<T> {
  let step = steps.next();
  while (!step.done) {
    const { value } = step;
    if (isPending(value)) {
      const continueWith = (value as any)[CONTINUE];
      return continueWith ? continueWith.call(value, steps) : continueAfter(steps, value);
    }
    step = steps.next(value);
  }
  return step.value;
}
