// multiprocessing's functions that make what processes share: in CPython they are methods of a context, and so say their
// errors. Here all start methods share the same kernel, so all contexts have the same ones.
import { signature } from "../arguments";
import { defineAll } from "../registry";
import { Pipe as makePipe } from "./connection/connection";
import * as queues from "./queues";
import * as synchronize from "./synchronize";

const bindLock = signature("BaseContext.Lock()");
const bindRLock = signature("BaseContext.RLock()");
const bindEvent = signature("BaseContext.Event()");
const bindSimpleQueue = signature("BaseContext.SimpleQueue()");
const bindCondition = signature<[lock: any]>("BaseContext.Condition(lock=None)");
const bindSemaphore = signature<[value: number]>("BaseContext.Semaphore(value=1)");
const bindBoundedSemaphore = signature<[value: number]>("BaseContext.BoundedSemaphore(value=1)");
const bindBarrier = signature<[parties: number, action: any, timeout: number | null]>(
  "BaseContext.Barrier(parties, action=None, timeout=None)",
);
const bindQueue = signature<[maxsize: number]>("BaseContext.Queue(maxsize=0)");
const bindJoinableQueue = signature<[maxsize: number]>("BaseContext.JoinableQueue(maxsize=0)");
const bindPipe = signature<[duplex: boolean]>("BaseContext.Pipe(duplex=True)");

export function Lock(...args: []): synchronize.Lock {
  bindLock(args);
  return new synchronize.Lock();
}

export function RLock(...args: []): synchronize.RLock {
  bindRLock(args);
  return new synchronize.RLock();
}

export function Event(...args: []): synchronize.Event {
  bindEvent(args);
  return new synchronize.Event();
}

type AnyLock = synchronize.Lock | synchronize.RLock;

export function Condition(lock?: AnyLock | null | { lock?: AnyLock | null }): synchronize.Condition;
export function Condition(...args: unknown[]): synchronize.Condition {
  return new synchronize.Condition(bindCondition(args)[0]);
}

export function Semaphore(value?: number | { value?: number }): synchronize.Semaphore;
export function Semaphore(...args: unknown[]): synchronize.Semaphore {
  return new synchronize.Semaphore(...bindSemaphore(args));
}

export function BoundedSemaphore(value?: number | { value?: number }): synchronize.BoundedSemaphore;
export function BoundedSemaphore(...args: unknown[]): synchronize.BoundedSemaphore {
  return new synchronize.BoundedSemaphore(...bindBoundedSemaphore(args));
}

export function Barrier(...args: ConstructorParameters<typeof synchronize.Barrier>): synchronize.Barrier {
  return new synchronize.Barrier(...bindBarrier(args));
}

export function Queue<T = any>(maxsize?: number | { maxsize?: number }): queues.Queue<T>;
export function Queue(...args: unknown[]): queues.Queue {
  return new queues.Queue(...bindQueue(args));
}

export function JoinableQueue<T = any>(maxsize?: number | { maxsize?: number }): queues.JoinableQueue<T>;
export function JoinableQueue(...args: unknown[]): queues.JoinableQueue {
  return new queues.JoinableQueue(...bindJoinableQueue(args));
}

export function SimpleQueue<T = any>(...args: []): queues.SimpleQueue<T> {
  bindSimpleQueue(args);
  return new queues.SimpleQueue<T>();
}

export function Pipe(duplex?: boolean | { duplex?: boolean }): ReturnType<typeof makePipe>;
export function Pipe(...args: unknown[]): ReturnType<typeof makePipe> {
  return makePipe(...bindPipe(args));
}

defineAll("multiprocessing", {
  Lock,
  RLock,
  Event,
  Condition,
  Semaphore,
  BoundedSemaphore,
  Barrier,
  Queue,
  JoinableQueue,
  SimpleQueue,
  Pipe,
});
