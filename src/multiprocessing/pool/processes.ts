// multiprocessing.pool.Pool: the workers are processes.
import { signature } from "../../arguments";
import { callable } from "../../callable";
import { kernel } from "../../kernel/kernel";
import { defineAll } from "../../registry";
import { currentRecord } from "../../runtime/process";
import { addressOf } from "../../runtime/shared";
import { _default_context, type BaseContext, type Process, type StartMethod } from "../context";
import { checked } from "./checks";
import { begin, PoolBase, type Settings, settingsOf } from "./pool";
import { worker } from "./worker";

const bindInit = signature<
  [
    processes: number | null,
    initializer: Settings["initializer"],
    initargs: Iterable<unknown>,
    maxtasks: number | null,
    context: BaseContext | null,
  ]
>("Pool.__init__(processes=None, initializer=None, initargs: data=(), maxtasksperchild=None, context=None)");

class PoolType extends PoolBase {
  static readonly __module__: string = "multiprocessing.pool";

  constructor(processes?: any, initializer?: any, initargs?: any, maxtasksperchild?: any, context?: any);
  constructor(...given: unknown[]) {
    const [processes, initializer, initargs, maxtasks, context] = bindInit(given);
    const n = checked(processes, initializer, maxtasks);
    super();
    const method = (context ?? _default_context).get_context()._name;
    const owner = currentRecord();
    begin(this, n, { initializer, initargs: [...initargs], maxtasks: maxtasks ?? -1, copied: true, method, owner });
  }

  _isOfThreads(): boolean {
    return false;
  }

  _isMine(): boolean {
    return settingsOf(addressOf(this)).owner === currentRecord();
  }

  _startWorker(index: number, isFirst: boolean): void {
    const { Process } = _default_context.get_context(settingsOf(addressOf(this)).method as StartMethod);
    const process = new Process({ target: worker as never, args: [this, index], daemon: true });
    process.name = process.name.replace("Process", "PoolWorker");
    this._pool.__setitem__(index, process);
    // The place is the worker's before that runs: so it is left, whenever the worker dies.
    process._start((mainThread) => kernel.pool_enter(addressOf(this), index, mainThread), !isFirst);
  }

  _endWorker(index: number): void {
    const process = this._pool.__getitem__(index) as Process | null;
    if (process?.is_alive()) process.terminate();
  }

  _joinWorkers(): void {
    for (const process of this._pool as Iterable<Process | null>) process?.join();
  }
}

/**
 * A pool of processes, among which calls are shared out. Behaves as CPython's `multiprocessing.Pool`, but a task whose
 * worker dies is told of: get() raises WorkerLostError.
 */
export const Pool = callable(PoolType, "Pool");
export type Pool = PoolType;

defineAll("multiprocessing.pool", { Pool });
