// multiprocessing.pool.ThreadPool.
import { signature } from "../../arguments";
import { callable } from "../../callable";
import { kernel } from "../../kernel/kernel";
import { defineAll } from "../../registry";
import { addressOf } from "../../runtime/shared";
import { beginThread, endThread } from "../../runtime/threads";
import { Thread } from "../../threading/thread";
import { checked } from "./checks";
import { begin, PoolBase, type Settings } from "./pool";
import { worker } from "./worker";

const bindThreadInit = signature<
  [processes: number | null, initializer: Settings["initializer"], initargs: Iterable<unknown>]
>("ThreadPool.__init__(processes=None, initializer=None, initargs: data=())");

class ThreadPoolType extends PoolBase {
  static readonly __module__: string = "multiprocessing.pool";

  constructor(processes?: any, initializer?: any, initargs?: any);
  constructor(...given: unknown[]) {
    const [processes, initializer, initargs] = bindThreadInit(given);
    const n = checked(processes, initializer, null);
    super();
    begin(this, n, { initializer, initargs: [...initargs], maxtasks: -1, copied: false, method: null, owner: 0 });
  }

  _isOfThreads(): boolean {
    return true;
  }

  _isMine(): boolean {
    return true;
  }

  _startWorker(index: number): void {
    const thread = new Thread({ target: worker, args: [this, index], daemon: true });
    const address = addressOf(thread);
    kernel.pool_enter(addressOf(this), index, address);
    this._pool.__setitem__(index, thread);
    beginThread(address);
  }

  _endWorker(index: number): void {
    endThread(addressOf(this._pool.__getitem__(index)));
  }

  _joinWorkers(): void {
    for (const thread of this._pool) (thread as Thread).join();
  }
}

/** A pool of threads, with Pool's methods: what goes to a task and comes back stays the same object. */
export const ThreadPool = callable(ThreadPoolType, "ThreadPool");
export type ThreadPool = ThreadPoolType;

defineAll("multiprocessing.pool", { ThreadPool });
