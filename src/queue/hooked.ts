// The engine of queues that keep their items in a way of their own: a lock, three conditions, and four hooks, as in
// CPython's queue.py. Queue subclasses of a program run on it, and LifoQueue and PriorityQueue.
//
// The lock must be held while the queue is changed; every operation that takes it gives it back before it returns. The
// three conditions share it: not_empty is notified whenever an item is put in, not_full whenever one is taken out,
// all_tasks_done when the number of unfinished tasks drops to zero. The hooks are called with the lock held.

import { ValueError } from "../exceptions";
import { now } from "../runtime/wait";
import { Condition } from "../threading/condition";
import { Lock } from "../threading/lock";
import { awaiting, blocking, locked, type Steps } from "../threading/steps";
import { Empty, Full, ShutDown } from "./errors";

/** What the engine keeps in the queue, and what it asks of it. */
export interface Hooked<T = any> {
  _maxsize: number;
  _unfinished_tasks: number;
  _is_shutdown: boolean;
  mutex: Lock;
  not_empty: Condition;
  not_full: Condition;
  all_tasks_done: Condition;

  /** Makes the storage. */
  _init(maxsize: number): void;
  _qsize(): number;
  _put(item: T): void;
  /** Takes out the next item; there is one. */
  _get(): T;
}

export function start(q: Hooked, maxsize: number): void {
  q._maxsize = maxsize;
  q._unfinished_tasks = 0;
  q._is_shutdown = false;
  q.mutex = Lock();
  q.not_empty = Condition(q.mutex);
  q.not_full = Condition(q.mutex);
  q.all_tasks_done = Condition(q.mutex);
  q._init(maxsize);
}

/** Waits on a condition until `ready`; `late` is raised when time is up. */
function* waitUntil(ready: () => boolean, on: Condition, deadline: number, late: () => Error): Steps<void> {
  while (!ready()) {
    const left = deadline - now();
    if (left <= 0) throw late();
    yield { on, timeout: left === Number.POSITIVE_INFINITY ? null : left / 1000 };
  }
}

function* putting<T>(q: Hooked<T>, item: T, deadlineOf: () => number): Steps<void> {
  const { not_full } = q;
  const refuseIfShutDown = () => {
    if (q._is_shutdown) throw ShutDown();
  };
  refuseIfShutDown();
  if (q._maxsize > 0) {
    const hasRoom = () => {
      refuseIfShutDown();
      return q._qsize() < q._maxsize;
    };
    yield* waitUntil(hasRoom, not_full, deadlineOf(), () => Full());
  }
  q._put(item);
  q._unfinished_tasks += 1;
  q.not_empty.notify();
}

function* getting<T>(q: Hooked<T>, deadline: number): Steps<T> {
  const hasItem = () => {
    if (q._qsize() > 0) return true;
    if (q._is_shutdown) throw ShutDown();
    return false;
  };
  yield* waitUntil(hasItem, q.not_empty, deadline, () => Empty());
  const item = q._get();
  q.not_full.notify();
  return item;
}

function* joining(q: Hooked): Steps<void> {
  while (q._unfinished_tasks > 0) yield { on: q.all_tasks_done, timeout: null };
}

export function put<T>(q: Hooked<T>, item: T, deadlineOf: () => number): void {
  blocking(q.mutex, "put", putting(q, item, deadlineOf));
}

export function get<T>(q: Hooked<T>, deadline: number): T {
  return blocking(q.mutex, "get", getting(q, deadline));
}

export function join(q: Hooked): void {
  blocking(q.mutex, "join", joining(q));
}

type Signal = AbortSignal | null;

export function putAwaited<T>(q: Hooked<T>, item: T, deadlineOf: () => number, signal: Signal): Promise<void> {
  return awaiting(q.mutex, signal, putting(q, item, deadlineOf));
}

export function getAwaited<T>(q: Hooked<T>, deadline: number, signal: Signal): Promise<T> {
  return awaiting(q.mutex, signal, getting(q, deadline));
}

export function joinAwaited(q: Hooked, signal: Signal): Promise<void> {
  return awaiting(q.mutex, signal, joining(q));
}

export function taskDone(q: Hooked): void {
  locked(q.mutex, () => {
    const unfinished = q._unfinished_tasks - 1;
    if (unfinished < 0) throw ValueError("task_done() called too many times");
    if (unfinished === 0) q.all_tasks_done.notify_all();
    q._unfinished_tasks = unfinished;
  });
}

export function size(q: Hooked): number {
  return locked(q.mutex, () => q._qsize());
}

export function shutDown(q: Hooked, immediate: boolean): void {
  locked(q.mutex, () => {
    q._is_shutdown = true;
    if (immediate) {
      while (q._qsize() > 0) {
        q._get();
        if (q._unfinished_tasks > 0) q._unfinished_tasks -= 1;
      }
      q.all_tasks_done.notify_all();
    }
    q.not_empty.notify_all();
    q.not_full.notify_all();
  });
}
