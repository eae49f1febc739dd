// queue.SimpleQueue: the kernel's queue without bound, and without join.
import { Kind } from "../../assembly/status";
import { signature } from "../arguments";
import { callable } from "../callable";
import { kernel } from "../kernel/kernel";
import { defineAll } from "../registry";
import { refusesAttributes } from "../runtime/facade_attributes";
import { addressOf, KIND, Shared } from "../runtime/shared";
import { allocated } from "../runtime/wait";
import { type SimpleQueueAio, simpleQueueAio } from "./aio";
import { queueDeadline, type Waiting } from "./waiting";
import { classes, getWord, putWord, SIMPLE } from "./words";

const bindInit = signature("SimpleQueue()");
const bindPut = signature<[item: unknown]>("SimpleQueue.put(item: data, block=True, timeout=None)");
const bindPutNowait = signature<[item: unknown]>("SimpleQueue.put_nowait(item: data)");
const bindGet = signature<[block: boolean, timeout: number | null]>("SimpleQueue.get(block=True, timeout=None)");

class SimpleQueueType<T = any> extends Shared<true> {
  static readonly __module__ = "_queue";

  get [KIND](): Kind {
    return Kind.Queue;
  }

  constructor(...args: []) {
    bindInit(args);
    super(true);
  }

  protected promote(): number {
    return allocated(kernel.queue_new(SIMPLE));
  }

  /**
   * Puts an item in; never waits.
   *
   * @param block as timeout, only for Queue's sake: neither means anything
   * @throws TypeError if the item cannot be shared
   */
  put(item: T, block?: boolean | Waiting, timeout?: number | null): void;
  put(...args: [T]): void {
    putWord(addressOf(this), args.length === 1 ? args[0] : bindPut(args)[0], 0);
  }

  /**
   * Takes the first item out, waiting while the queue is empty.
   *
   * @param block false: give up at once if the queue is empty
   * @param timeout seconds to wait at most; None waits for ever
   * @throws Empty if there was no item
   * @throws ValueError if `timeout` is negative
   */
  get(block?: boolean | Waiting, timeout?: number | null): T;
  get(...args: unknown[]): T {
    const deadline = args.length === 0 ? Number.POSITIVE_INFINITY : queueDeadline(bindGet(args));
    return getWord(addressOf(this), deadline) as T;
  }

  /** The same for event loops: `await q.aio.get({ timeout, signal })`. */
  get aio(): SimpleQueueAio<T> {
    return simpleQueueAio(this, () => false);
  }

  /** As put. */
  put_nowait(item: T): void;
  put_nowait(...args: [T]): void {
    const [item] = bindPutNowait(args) as [T];
    this.put(item);
  }

  /** get(false): raises Empty if there is no item. */
  get_nowait(): T {
    return this.get(false);
  }

  /** How many items there are now; another thread may change that at any time. */
  qsize(): number {
    return kernel.queue_size(addressOf(this));
  }

  empty(): boolean {
    return this.qsize() === 0;
  }

  __repr__(): string {
    return `<_queue.SimpleQueue object at 0x${addressOf(this).toString(16).padStart(12, "0")}>`;
  }
}

/**
 * A queue without bound, first in, first out, with nothing else: no task_done, join, full. Behaves as CPython's
 * `queue.SimpleQueue`.
 */
export const SimpleQueue = callable(SimpleQueueType, "SimpleQueue") as {
  new <T = any>(): SimpleQueueType<T>;
  <T = any>(): SimpleQueueType<T>;
  prototype: SimpleQueueType;
};
export type SimpleQueue<T = any> = SimpleQueueType<T>;

refusesAttributes(SimpleQueue);
classes.SimpleQueue = SimpleQueue;
defineAll("queue", { SimpleQueue });
