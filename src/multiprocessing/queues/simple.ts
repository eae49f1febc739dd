// multiprocessing's SimpleQueue: a queue of copies without bound.
import { Kind } from "../../../assembly/status";
import { signature } from "../../arguments";
import { callable } from "../../callable";
import { OSError } from "../../exceptions";
import { kernel } from "../../kernel/kernel";
import { defineAll } from "../../registry";
import { commonClass, makeCommon } from "../../runtime/common";
import { bitOf, setBit } from "../../runtime/handles";
import { addressOf, KIND, Shared } from "../../runtime/shared";
import { allocated } from "../../runtime/wait";
import { Common } from "../common";
import { getWord, putCopy } from "./words";

const bindInit = signature("SimpleQueue.__init__(*, ctx=None)");
const bindPut = signature<[obj: unknown]>("SimpleQueue.put(obj: data)");
const bindGet = signature("SimpleQueue.get()");

const INNER = Symbol("queue");

class SimpleQueueType<T = any> extends Shared<true> {
  static readonly __module__ = "multiprocessing.queues";

  declare [INNER]: number | undefined;

  get [KIND](): Kind {
    return Kind.Handle;
  }

  constructor(options?: { ctx?: unknown });
  constructor(...args: unknown[]) {
    bindInit(args);
    super(true);
  }

  protected promote(): number {
    const inner = allocated(kernel.queue_new(0));
    const address = makeCommon(allocated(kernel.queue_handle_new(inner)), Common.SimpleQueue);
    kernel.object_release(inner);
    return address;
  }

  /** Puts a copy of an object in; never waits. Errors as Queue.put. */
  put(obj: T): void;
  put(...args: [T]): void {
    putCopy(opened(this), args.length === 1 ? args[0] : bindPut(args)[0], Number.POSITIVE_INFINITY);
  }

  /** Takes the first object out, waiting while there is none. */
  get(): T;
  get(...args: unknown[]): T {
    if (args.length > 0) bindGet(args);
    return getWord(opened(this), Number.POSITIVE_INFINITY) as T;
  }

  empty(): boolean {
    return kernel.queue_size(opened(this)) === 0;
  }

  /** This process will not use it any more. */
  close(): void {
    setBit(addressOf(this));
  }

  /** Its two ends, as CPython has them: one can ask whether they are closed. */
  get _reader(): { closed: boolean } {
    return { closed: bitOf(addressOf(this)) };
  }

  get _writer(): { closed: boolean } {
    return this._reader;
  }

  __repr__(): string {
    return `<multiprocessing.queues.SimpleQueue object at 0x${addressOf(this).toString(16).padStart(12, "0")}>`;
  }
}

/** Address of the kernel's queue. Raises OSError if this process has closed it. */
function opened(queue: SimpleQueueType): number {
  const address = addressOf(queue);
  if (bitOf(address)) throw OSError("handle is closed");
  queue[INNER] ??= kernel.handle_reads(address) >>> 0;
  return queue[INNER];
}

/** A queue for threads of all processes with put, get, empty and close. Behaves as CPython's `multiprocessing.SimpleQueue`. */
export const SimpleQueue = callable(SimpleQueueType, "SimpleQueue") as {
  new <T = any>(options?: { ctx?: unknown }): SimpleQueueType<T>;
  <T = any>(options?: { ctx?: unknown }): SimpleQueueType<T>;
  prototype: SimpleQueueType;
};
export type SimpleQueue<T = any> = SimpleQueueType<T>;

commonClass(SimpleQueue, Common.SimpleQueue, (address) => Shared.revive(SimpleQueue, address));
defineAll("multiprocessing.queues", { SimpleQueue });
