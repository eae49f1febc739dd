// A thread pool of one's own, second way:
// any number of tasks in a queue.
import { contextlib, threading } from "pythreads";
import { Exception, isinstance, len, list, object, print, range, tuple, with_ } from "pythreads/builtins";
import * as queue from "pythreads/queue";
const StopEvent = object();
class ThreadPool extends object {
  declare q: queue.Queue;
  declare max_num: number;
  declare terminal: boolean;
  declare generate_list: list<unknown>;
  declare free_list: list<unknown>;
  constructor(max_num: number) {
    super();
    this.q = queue.Queue();
    this.max_num = max_num;
    this.terminal = false;
    this.generate_list = list([]);
    this.free_list = list([]);
  }
  /**
   * Lets the pool run a task.
   * @param func the task
   * @param args its arguments
   * @param callback called after the task, whether it failed or not, with two arguments: whether it succeeded, and
   *   what it returned (None: no callback)
   */
  run(func: (...args: any[]) => unknown, args: unknown[], callback: ((...args: any[]) => unknown) | null = null) {
    if (len(this.free_list) === 0 && len(this.generate_list) < this.max_num) {
      this.generate_thread();
    }
    const w = tuple([func, args, callback]);
    this.q.put(w);
  }
  /** Makes a thread. */
  generate_thread() {
    const t = threading.Thread({ target: this.call });
    t.start();
  }
  /** Takes tasks and runs them, for as long as there are any. */
  call() {
    const current_thread = threading.currentThread;
    this.generate_list.append(current_thread);
    let event = this.q.get(); // a task
    let result: unknown, status: boolean;
    while (event !== StopEvent) { // until the global mark comes
      const [func, arguments_, callback] = event; // the task, its arguments, its callback
      try {
        result = func(...arguments_); // run it
        status = true;
      } catch (e) { // it failed
        if (!isinstance(e, Exception)) throw e;
        status = false;
        result = e;
      }
      if (callback !== null) {
        try {
          callback(status, result);
        } catch (e) {
          if (!isinstance(e, Exception)) throw e;
        }
      }
      // this.free_list.append(current_thread);
      // event = this.q.get();
      // this.free_list.remove(current_thread);
      with_(this.work_state(), () => {
        event = this.q.get();
      });
    }
    this.generate_list.remove(current_thread);
  }
  /** Ends the threads: one mark for each. */
  close() {
    for (const i of range(len(this.generate_list))) {
      this.q.put(StopEvent);
    }
  }
  /** Ends the threads at once. */
  terminate() {
    this.terminal = true;
    while (this.generate_list) {
      this.q.put(StopEvent);
    }
    this.q.empty();
  }
  @contextlib.contextmanager
  *work_state() {
    this.free_list.append(threading.currentThread);
    try {
      yield;
    } finally {
      this.free_list.remove(threading.currentThread);
    }
  }
}
function work(i: number) {
  print(i);
  return i + 1; // for the callback
}
function callback(ret: unknown) { // takes one argument and gets two: the pool swallows the TypeError
  print(ret);
}
const pool = new ThreadPool(10);
for (const item of range(50)) {
  pool.run(work, [item], callback);
}
pool.terminate();
// pool.close();
