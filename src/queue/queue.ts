// queue.Queue: the kernel's queue of words.
import { Kind, Status } from "../../assembly/status";
import { signature } from "../arguments";
import { callable } from "../callable";
import { ValueError } from "../exceptions";
import { kernel, me } from "../kernel/kernel";
import { defineAll } from "../runtime/functions";
import { addressOf, KIND, reviveKind, Shared } from "../runtime/shared";
import { allocated, attend, deadlineIn, statusError, wait, waitStatus } from "../runtime/wait";
import { post, take, unpost } from "../runtime/words";
import { Empty, Full } from "./errors";

const bindInit = signature("Queue.__init__(maxsize=0)");
const bindPut = signature("Queue.put(block=True, timeout=None)");
const bindGet = signature("Queue.get(block=True, timeout=None)");

/** The deadline that `block` and `timeout` ask for; 0 polls. */
function queueDeadline([block, timeout]: unknown[]): number {
  if (!block) return 0;
  if (timeout === null) return Number.POSITIVE_INFINITY;
  if ((timeout as number) < 0) throw ValueError("'timeout' must be a non-negative number");
  return deadlineIn(timeout as number);
}

class QueueType<T = any> extends Shared<number> {
  get [KIND](): Kind {
    return Kind.Queue;
  }

  constructor(maxsize?: number | { maxsize?: number });
  constructor(...args: unknown[]) {
    const [maxsize] = bindInit(args) as [number];
    super(maxsize);
  }

  protected promote(maxsize: number): number {
    return allocated(kernel.queue_new(Math.max(0, maxsize)));
  }

  /**
   * Puts an item in, waiting while the queue is full.
   *
   * @param item anything that can be shared; objects with identity stay the same object
   * @param block false: give up at once if the queue is full
   * @param timeout seconds to wait at most; None waits for ever
   * @throws Full if there was no room
   * @throws TypeError if the item cannot be shared
   */
  put(item: T, block?: boolean | { block?: boolean; timeout?: number | null }, timeout?: number | null): void;
  put(item: T, ...how: unknown[]): void {
    const deadline = how.length === 0 ? Number.POSITIVE_INFINITY : queueDeadline(bindPut(how));
    const address = addressOf(this);
    post(item, "item");
    let status: Status = kernel.queue_put(address, me, deadline);
    while (status === Status.Interrupted) {
      unpostWhile(attend);
      status = kernel.queue_put(address, me, deadline);
    }
    if (status === Status.Ok) return;
    unpost();
    throw status === Status.Timeout ? Full() : statusError(status);
  }

  /**
   * Takes the first item out, waiting while the queue is empty.
   *
   * @param block false: give up at once if the queue is empty
   * @param timeout seconds to wait at most; None waits for ever
   * @throws Empty if there was no item
   */
  get(block?: boolean | { block?: boolean; timeout?: number | null }, timeout?: number | null): T;
  get(...how: unknown[]): unknown {
    const deadline = how.length === 0 ? Number.POSITIVE_INFINITY : queueDeadline(bindGet(how));
    const status = waitStatus(kernel.queue_get, addressOf(this), deadline);
    if (status === Status.Ok) return take();
    throw status === Status.Timeout ? Empty() : statusError(status);
  }

  /** put(item, false): raises Full if there is no room. */
  put_nowait(item: T): void {
    this.put(item, false);
  }

  /** get(false): raises Empty if there is no item. */
  get_nowait(): T {
    return this.get(false);
  }

  /**
   * Tells that an item that was taken out has been dealt with.
   *
   * @throws ValueError if that was told more often than items were put in
   */
  task_done(): void {
    if (kernel.queue_task_done(addressOf(this)) !== Status.Ok) throw ValueError("task_done() called too many times");
  }

  /** Waits until task_done has been called for every item that was put in. */
  join(): void {
    wait(kernel.queue_join, addressOf(this), Number.POSITIVE_INFINITY);
  }

  /** How many items there are now; another thread may change that at any time. */
  qsize(): number {
    return kernel.queue_size(addressOf(this));
  }

  empty(): boolean {
    return this.qsize() === 0;
  }

  full(): boolean {
    const { maxsize } = this;
    return maxsize > 0 && this.qsize() >= maxsize;
  }

  /** Most items at a time; 0 for no bound. */
  get maxsize(): number {
    return kernel.queue_bound(addressOf(this));
  }

  get unfinished_tasks(): number {
    return kernel.queue_unfinished(addressOf(this));
  }
}

/** Runs what may throw; if it does, the word in the mailbox is dropped first. */
function unpostWhile(work: () => void): void {
  try {
    work();
  } catch (error) {
    unpost();
    throw error;
  }
}

/**
 * A queue for any number of threads on both sides, first in, first out; with a `maxsize` above 0, put waits for room.
 * Behaves as CPython's `queue.Queue`; those who wait are served in their order.
 */
export const Queue = callable(QueueType, "Queue") as {
  new <T = any>(maxsize?: number | { maxsize?: number }): QueueType<T>;
  <T = any>(maxsize?: number | { maxsize?: number }): QueueType<T>;
  prototype: QueueType;
};
export type Queue<T = any> = QueueType<T>;

reviveKind(Kind.Queue, (address) => Shared.revive(Queue, address));
defineAll("queue", { Queue });
