// What queues offer to event loops.
import { signature } from "../arguments";
import { kernel } from "../kernel/kernel";
import { type Abortable, succeeds } from "../runtime/aio";
import { addressOf, type Shared } from "../runtime/shared";
import * as hooked from "./hooked";
import { queueDeadline, type Waiting } from "./waiting";
import { awaitGet, awaitPut } from "./words";

type Options = Waiting & Abortable;
type Signal = AbortSignal | null;

/** A queue's waiting calls as promises. Whoever waits is served in his turn, among the blocked threads. */
export interface SimpleQueueAio<T> {
  /** As put, awaited. @throws the signal's reason, if it was aborted before the item was in the queue */
  put(item: T, block?: boolean | Options, timeout?: number | null | Options, options?: Abortable): Promise<void>;
  /** As get, awaited. @throws the signal's reason, if it was aborted before there was an item: then none is taken */
  get(block?: boolean | Options, timeout?: number | null | Options, options?: Abortable): Promise<T>;
}

export interface QueueAio<T> extends SimpleQueueAio<T> {
  /** As join, awaited. */
  join(options?: Abortable): Promise<void>;
}

const bindPut = signature<[item: unknown, block: boolean, timeout: number | null, signal: Signal]>(
  "Queue.put(item: data, block=True, timeout=None, *, signal=None)",
);
const bindGet = signature<[block: boolean, timeout: number | null, signal: Signal]>(
  "Queue.get(block=True, timeout=None, *, signal=None)",
);
const bindJoin = signature<[signal: Signal]>("Queue.join(*, signal=None)");

/** The `aio` of a queue that the kernel keeps. */
export function queueAio<T>(q: Shared & { maxsize: number }): QueueAio<T> {
  return {
    ...simpleQueueAio<T>(q, () => q.maxsize > 0),
    async join(...args: unknown[]) {
      const [signal] = bindJoin(args);
      const object = addressOf(q);
      const attempt = (node: number, wait: boolean) => kernel.queue_attempt_join(object, node, wait);
      await succeeds({ object, attempt }, { deadline: Number.POSITIVE_INFINITY, signal });
    },
  };
}

/** @param isBounded whether put may have to wait: CPython looks at the timeout only then */
export function simpleQueueAio<T>(q: Shared, isBounded: () => boolean): SimpleQueueAio<T> {
  return {
    async put(...args: unknown[]) {
      const [item, block, timeout, signal] = bindPut(args);
      const deadline = isBounded() ? queueDeadline([block, timeout]) : 0;
      await awaitPut(addressOf(q), item, { deadline, signal });
    },
    async get(...args: unknown[]) {
      const [block, timeout, signal] = bindGet(args);
      return (await awaitGet(addressOf(q), { deadline: queueDeadline([block, timeout]), signal })) as T;
    },
  };
}

/** The `aio` of a queue that runs on the engine in hooked.ts. */
export function hookedAio<T>(q: hooked.Hooked<T>): QueueAio<T> {
  return {
    async put(...args: unknown[]) {
      const [item, block, timeout, signal] = bindPut(args);
      await hooked.putAwaited(q, item as T, () => queueDeadline([block, timeout]), signal);
    },
    async get(...args: unknown[]) {
      const [block, timeout, signal] = bindGet(args);
      return hooked.getAwaited(q, queueDeadline([block, timeout]), signal);
    },
    async join(...args: unknown[]) {
      await hooked.joinAwaited(q, bindJoin(args)[0]);
    },
  };
}
