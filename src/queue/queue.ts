// queue.Queue: the kernel's queue of words; a subclass runs on the engine in hooked.ts, as it may keep its items otherwise.
import { Kind, Status } from "../../assembly/status";
import { signature } from "../arguments";
import { qualifiedName } from "../builtins/classes";
import { list } from "../builtins/list";
import { truth } from "../builtins/truth";
import { callable } from "../callable";
import { ValueError } from "../exceptions";
import { kernel } from "../kernel/kernel";
import { defineAll } from "../registry";
import { explainAbsence, takesAttributes } from "../runtime/facade_attributes";
import { promoteInstance } from "../runtime/instance";
import { addressOf, KIND, Shared } from "../runtime/shared";
import { allocated, wait } from "../runtime/wait";
import { hookedAio, type QueueAio, queueAio } from "./aio";
import type { Hooked } from "./hooked";
import * as hooked from "./hooked";
import { queueDeadline, type Waiting } from "./waiting";
import { classes, getWord, putWord } from "./words";

const bindInit = signature<[maxsize: number]>("Queue.__init__(maxsize=0)");
const bindPut = signature<[item: unknown, block: boolean, timeout: number | null]>(
  "Queue.put(item: data, block=True, timeout=None)",
);
const bindGet = signature<[block: boolean, timeout: number | null]>("Queue.get(block=True, timeout=None)");
const bindPutNowait = signature<[item: unknown]>("Queue.put_nowait(item: data)");
const bindShutdown = signature<[immediate: boolean]>("Queue.shutdown(immediate=False)");

/** The queue as the engine of hooked.ts sees it, if it runs on that. */
function engineOf<T>(q: QueueType<T>): Hooked<T> | undefined {
  return (q.constructor as unknown) === Queue ? undefined : (q as unknown as Hooked<T>);
}

class QueueType<T = any> extends Shared<number> {
  static readonly __module__ = "queue";

  get [KIND](): Kind {
    return engineOf(this) ? Kind.Instance : Kind.Queue;
  }

  constructor(maxsize?: number | { maxsize?: number });
  constructor(...args: unknown[]) {
    const [maxsize] = bindInit(args);
    super(maxsize);
    const engine = engineOf(this);
    if (engine) hooked.start(engine, maxsize);
  }

  protected promote(maxsize: number): number {
    return engineOf(this) ? promoteInstance(this) : allocated(kernel.queue_new(maxsize));
  }

  /**
   * Puts an item in, waiting while the queue is full.
   *
   * @param item anything that can be shared; objects with identity stay the same object
   * @param block false: give up at once if the queue is full
   * @param timeout seconds to wait at most; None waits for ever
   * @throws Full if there was no room
   * @throws ShutDown if the queue has been shut down
   * @throws ValueError if `timeout` is negative and the queue has a bound
   * @throws TypeError if the item cannot be shared
   */
  put(item: T, block?: boolean | Waiting, timeout?: number | null): void;
  put(...args: [T]): void {
    const engine = engineOf(this);
    if (args.length === 1 && !engine) {
      putWord(addressOf(this), args[0], Number.POSITIVE_INFINITY);
      return;
    }
    const [item, block, timeout] = bindPut(args) as [T, boolean, number | null];
    const deadline = () => queueDeadline([block, timeout]);
    if (engine) hooked.put(engine, item, deadline);
    // CPython looks at the timeout only where it may have to wait.
    else putWord(addressOf(this), item, this.maxsize > 0 ? deadline() : 0);
  }

  /**
   * Takes the next item out, waiting while the queue is empty.
   *
   * @param block false: give up at once if the queue is empty
   * @param timeout seconds to wait at most; None waits for ever
   * @throws Empty if there was no item
   * @throws ShutDown if the queue has been shut down and is empty
   * @throws ValueError if `timeout` is negative
   */
  get(block?: boolean | Waiting, timeout?: number | null): T;
  get(...args: unknown[]): T {
    const deadline = args.length === 0 ? Number.POSITIVE_INFINITY : queueDeadline(bindGet(args));
    const engine = engineOf(this);
    return engine ? hooked.get(engine, deadline) : (getWord(addressOf(this), deadline) as T);
  }

  /** The same for event loops: `await q.aio.get({ timeout, signal })`, `await q.aio.put(item)`, `await q.aio.join()`. */
  get aio(): QueueAio<T> {
    const engine = engineOf(this);
    return engine ? hookedAio(engine) : queueAio(this);
  }

  /** put(item, false): raises Full if there is no room. */
  put_nowait(item: T): void;
  put_nowait(...args: [T]): void {
    const [item] = bindPutNowait(args) as [T];
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
    const engine = engineOf(this);
    if (engine) hooked.taskDone(engine);
    else if (kernel.queue_task_done(addressOf(this)) !== Status.Ok) {
      throw ValueError("task_done() called too many times");
    }
  }

  /** Waits until task_done has been called for every item that was put in. */
  join(): void {
    const engine = engineOf(this);
    if (engine) hooked.join(engine);
    else wait(kernel.queue_join, addressOf(this), Number.POSITIVE_INFINITY);
  }

  /**
   * Shuts the queue down, as Python 3.13 does: put raises ShutDown, and so does get as soon as the queue is empty. Those who
   * wait are sent away likewise. It may be called again.
   *
   * @param immediate empties the queue as well, and counts each dropped item as done
   */
  shutdown(immediate?: boolean | { immediate?: boolean }): void;
  shutdown(...args: unknown[]): void {
    const immediate = truth(bindShutdown(args)[0]);
    const engine = engineOf(this);
    if (engine) {
      hooked.shutDown(engine, immediate);
      return;
    }
    const address = addressOf(this);
    kernel.queue_close(address);
    if (immediate) while (dropOne(this)) kernel.queue_task_done(address);
  }

  /** Whether shutdown has been called. */
  get is_shutdown(): boolean {
    return engineOf(this)?._is_shutdown ?? kernel.queue_is_closed(addressOf(this)) !== 0;
  }

  /** How many items there are now; another thread may change that at any time. */
  qsize(): number {
    const engine = engineOf(this);
    return engine ? hooked.size(engine) : kernel.queue_size(addressOf(this));
  }

  empty(): boolean {
    return this.qsize() === 0;
  }

  full(): boolean {
    const { maxsize } = this;
    return maxsize > 0 && this.qsize() >= maxsize;
  }

  /** Most items at a time; 0 or less for no bound. A new value holds for later puts. */
  get maxsize(): number {
    return engineOf(this)?._maxsize ?? kernel.queue_bound(addressOf(this));
  }

  set maxsize(maxsize: number) {
    const engine = engineOf(this);
    if (engine) engine._maxsize = maxsize;
    else kernel.queue_set_bound(addressOf(this), maxsize);
  }

  /** How many task_done calls join waits for. */
  get unfinished_tasks(): number {
    return engineOf(this)?._unfinished_tasks ?? kernel.queue_unfinished(addressOf(this));
  }

  // The hooks: a subclass may keep its items in another way. They are called with the queue's lock held.

  /** Makes the storage; here a list, first in, first out. */
  _init(_maxsize: number): void {
    this.queue = list([]);
  }

  _qsize(): number {
    return this.queue!.length;
  }

  _put(item: T): void {
    this.queue!.append(item);
  }

  _get(): T {
    return this.queue!.pop(0);
  }

  /** The items of a subclass of Queue, a list. Queue itself keeps its items in the kernel and has no such attribute. */
  declare queue?: { length: number; append(item: T): void; pop(index?: number): T } & Iterable<T>;

  __repr__(): string {
    return `<${qualifiedName(this.constructor as never)} object at 0x${addressOf(this).toString(16).padStart(12, "0")}>`;
  }
}

/** Drops an item of a queue that is shut down. False if there is none. */
function dropOne(q: QueueType): boolean {
  if (q.qsize() === 0) return false;
  try {
    q.get(false);
    return true;
  } catch {
    // Somebody else was faster.
    return false;
  }
}

/**
 * A queue for any number of threads on both sides, first in, first out; with a `maxsize` above 0, put waits for room.
 * Behaves as CPython's `queue.Queue`; those who wait are served in their order. A subclass may override `_init`, `_qsize`,
 * `_put` and `_get` to keep its items otherwise.
 */
export const Queue = callable(QueueType, "Queue") as {
  new <T = any>(maxsize?: number | { maxsize?: number }): QueueType<T>;
  <T = any>(maxsize?: number | { maxsize?: number }): QueueType<T>;
  prototype: QueueType;
};
export type Queue<T = any> = QueueType<T>;

takesAttributes(Queue);
explainAbsence(
  Queue,
  "its items are in the kernel, under a lock that no thread can hold; a subclass has it, `class Jobs extends Queue {}`",
  "mutex",
  "queue",
  "not_empty",
  "not_full",
  "all_tasks_done",
);
classes.Queue = Queue;
defineAll("queue", { Queue });
