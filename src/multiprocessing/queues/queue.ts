// multiprocessing's Queue and JoinableQueue: the kernel's queue of words, where items are copies.
//
// CPython's queue hands its items to a feeder thread, which pickles them and writes them to a pipe. Here put does all at
// once: an item is there for others when put returns, what cannot be copied is refused by put itself, and there is no
// thread to wait for.
import { Kind, Status } from "../../../assembly/status";
import { signature } from "../../arguments";
import { typeName } from "../../builtins/classes";
import { repr } from "../../builtins/repr";
import { truth } from "../../builtins/truth";
import { callable } from "../../callable";
import { AssertionError, OSError, TypeError, ValueError } from "../../exceptions";
import { kernel } from "../../kernel/kernel";
import { defineAll } from "../../registry";
import { commonClass, makeCommon } from "../../runtime/common";
import { bitOf, setBit } from "../../runtime/handles";
import { addressOf, KIND, Shared } from "../../runtime/shared";
import { allocated, optionalDeadline, wait } from "../../runtime/wait";
import { Common } from "../common";
import { getWord, putCopy } from "./words";

export interface Waiting {
  block?: boolean;
  timeout?: number | null;
}

const bindInit = signature<[maxsize: unknown]>("Queue.__init__(maxsize=0, *, ctx=None)");
const bindPut = signature<[obj: unknown, block: unknown, timeout: number | null]>(
  "Queue.put(obj: data, block=True, timeout=None)",
);
const bindPutNowait = signature<[obj: unknown]>("Queue.put_nowait(obj: data)");
const bindGet = signature<[block: unknown, timeout: number | null]>("Queue.get(block=True, timeout=None)");

/** The most that CPython's semaphore takes. */
const SEM_VALUE_MAX = 0x7fffffff;
/** Where a facade keeps the address of the kernel's queue. */
export const INNER = Symbol("queue");

function deadlineOf(block: unknown, timeout: number | null): number {
  return truth(block) ? optionalDeadline(timeout) : 0;
}

class QueueType<T = any> extends Shared<number> {
  static readonly __module__ = "multiprocessing.queues";

  declare [INNER]: number | undefined;

  get [KIND](): Kind {
    return Kind.Handle;
  }

  constructor(maxsize?: number | { maxsize?: number; ctx?: unknown }, options?: { ctx?: unknown });
  constructor(...args: unknown[]) {
    const [maxsize] = bindInit(args);
    if (typeof maxsize !== "number") {
      throw TypeError(`'<=' not supported between instances of '${typeName(maxsize)}' and 'int'`);
    }
    if (!Number.isInteger(maxsize)) throw TypeError("'float' object cannot be interpreted as an integer");
    super(maxsize <= 0 ? SEM_VALUE_MAX : maxsize);
  }

  /** The number by which others know the class. */
  protected common(): Common {
    return Common.Queue;
  }

  protected promote(maxsize: number): number {
    const inner = allocated(kernel.queue_new(maxsize));
    const address = makeCommon(allocated(kernel.queue_handle_new(inner)), this.common());
    kernel.object_release(inner);
    return address;
  }

  /**
   * Puts a copy of an object in, waiting while the queue is full.
   *
   * @param block false: give up at once if the queue is full
   * @param timeout seconds to wait at most; None waits for ever, a negative number not at all
   * @throws Full if there was no room
   * @throws ValueError if this process has closed the queue
   * @throws TypeError if the object cannot be copied, at once; CPython's feeder thread prints the error, and drops the item
   */
  put(obj: T, block?: boolean | Waiting, timeout?: number | null): void;
  put(...args: [T]): void {
    const queue = opened(this);
    if (args.length === 1) return putCopy(queue, args[0], Number.POSITIVE_INFINITY);
    const [obj, block, timeout] = bindPut(args);
    putCopy(queue, obj, deadlineOf(block, timeout));
  }

  /**
   * Takes the next object out, waiting while the queue is empty.
   *
   * @param block false: give up at once if the queue is empty
   * @param timeout seconds to wait at most; None waits for ever, a negative number not at all
   * @throws Empty if there was none
   * @throws ValueError if this process has closed the queue
   */
  get(block?: boolean | Waiting, timeout?: number | null): T;
  get(...args: unknown[]): T {
    const queue = opened(this);
    const [block, timeout] = args.length === 0 ? [true, null] : bindGet(args);
    return getWord(queue, deadlineOf(block, timeout)) as T;
  }

  /** put(obj, false): raises Full if there is no room. */
  put_nowait(obj: T): void;
  put_nowait(...args: [T]): void {
    this.put(bindPutNowait(args)[0] as T, false);
  }

  /** get(false): raises Empty if there is none. */
  get_nowait(): T {
    return this.get(false);
  }

  /** How many objects there are now; others may change that at any time. */
  qsize(): number {
    return kernel.queue_size(innerOf(this));
  }

  /** @throws OSError if this process has closed the queue, unless that was never used */
  empty(): boolean {
    if (bitOf(addressOf(this)) && kernel.queue_unfinished(innerOf(this)) > 0) throw OSError("handle is closed");
    return this.qsize() === 0;
  }

  full(): boolean {
    return this.qsize() >= this._maxsize;
  }

  get _maxsize(): number {
    return kernel.queue_bound(innerOf(this));
  }

  /** No thread of this process will put anything in or take anything out any more. Others may. */
  close(): void {
    setBit(addressOf(this));
  }

  /**
   * In CPython it waits for the feeder thread; here all has been put in already.
   *
   * @throws AssertionError if the queue has not been closed before
   */
  join_thread(): void {
    if (!bitOf(addressOf(this))) throw AssertionError(`Queue ${repr(this)} not closed`);
  }

  /** In CPython it keeps the process's end from waiting for the feeder thread; here nothing does. */
  cancel_join_thread(): void {}

  __repr__(): string {
    const at = addressOf(this).toString(16).padStart(12, "0");
    return `<multiprocessing.queues.${this.constructor.name} object at 0x${at}>`;
  }
}

/** Address of the kernel's queue. Raises ValueError if this process has closed it. */
function opened(queue: QueueType): number {
  if (bitOf(addressOf(queue))) throw ValueError(`Queue ${repr(queue)} is closed`);
  return innerOf(queue);
}

/** Address of the kernel's queue behind a facade. */
export function innerOf(queue: QueueType): number {
  queue[INNER] ??= kernel.handle_reads(addressOf(queue)) >>> 0;
  return queue[INNER];
}

class JoinableQueueType<T = any> extends QueueType<T> {
  protected override common(): Common {
    return Common.JoinableQueue;
  }

  /**
   * Tells that an object that was taken out has been dealt with.
   *
   * @throws ValueError if that was told more often than objects were put in
   */
  task_done(): void {
    if (kernel.queue_task_done(innerOf(this)) !== Status.Ok) throw ValueError("task_done() called too many times");
  }

  /** Waits until task_done has been called for every object that was put in. */
  join(): void {
    wait(kernel.queue_join, innerOf(this), Number.POSITIVE_INFINITY);
  }
}

/**
 * A queue for any number of threads of all processes, first in, first out; with a `maxsize` above 0, put waits for room.
 * Objects arrive as copies. Behaves as CPython's `multiprocessing.Queue`, but an object can be taken out as soon as put
 * has returned, put itself refuses what cannot be copied, and a killed process takes no object of others along.
 */
export const Queue = callable(QueueType, "Queue") as {
  new <T = any>(maxsize?: number | { maxsize?: number; ctx?: unknown }): QueueType<T>;
  <T = any>(maxsize?: number | { maxsize?: number; ctx?: unknown }): QueueType<T>;
  prototype: QueueType;
};
export type Queue<T = any> = QueueType<T>;

/** A Queue with task_done and join. Behaves as CPython's `multiprocessing.JoinableQueue`; see Queue. */
export const JoinableQueue = callable(JoinableQueueType, "JoinableQueue") as {
  new <T = any>(maxsize?: number | { maxsize?: number; ctx?: unknown }): JoinableQueueType<T>;
  <T = any>(maxsize?: number | { maxsize?: number; ctx?: unknown }): JoinableQueueType<T>;
  prototype: JoinableQueueType;
};
export type JoinableQueue<T = any> = JoinableQueueType<T>;

commonClass(Queue, Common.Queue, (address) => Shared.revive(Queue, address));
commonClass(JoinableQueue, Common.JoinableQueue, (address) => Shared.revive(JoinableQueue, address));
defineAll("multiprocessing.queues", { Queue, JoinableQueue });
