// Python's modules under their names: what a port imports as "pythreads". Their attributes can be assigned.
import * as threadModule from "./_thread";
import * as atexitModule from "./atexit";
import * as contextlibModule from "./contextlib";
import * as contextvarsModule from "./contextvars";
import * as ctypesModule from "./ctypes";
import * as errnoModule from "./errno";
import * as ioModule from "./io";
import * as multiprocessingModule from "./multiprocessing";
import * as osModule from "./os";
import * as queueModule from "./queue";
import * as randomModule from "./random";
import * as requestsModule from "./requests";
import { moduleObject } from "./runtime/module_object";
import * as schedModule from "./sched";
import * as signalModule from "./signal";
import * as threadingModule from "./threading";
import * as timeModule from "./time";
import * as tracebackModule from "./traceback";
import * as urllibModule from "./urllib";
import * as warningsModule from "./warnings";

export { sys } from "./sys";

export const _thread = /* @__PURE__ */ moduleObject("_thread", threadModule);
export const atexit = /* @__PURE__ */ moduleObject("atexit", atexitModule);
export const contextlib = /* @__PURE__ */ moduleObject("contextlib", contextlibModule);
export const ctypes = /* @__PURE__ */ moduleObject("ctypes", ctypesModule);
export const multiprocessing = /* @__PURE__ */ moduleObject("multiprocessing", multiprocessingModule);
export const contextvars = /* @__PURE__ */ moduleObject("contextvars", contextvarsModule);
export const errno = /* @__PURE__ */ moduleObject("errno", errnoModule);
export const io = /* @__PURE__ */ moduleObject("io", ioModule);
export const os = /* @__PURE__ */ moduleObject("os", osModule);
export const queue = /* @__PURE__ */ moduleObject("queue", queueModule);
export const random = /* @__PURE__ */ moduleObject("random", randomModule);
export const requests = /* @__PURE__ */ moduleObject("requests", requestsModule);
export const sched = /* @__PURE__ */ moduleObject("sched", schedModule);
export const signal = /* @__PURE__ */ moduleObject("signal", signalModule);
export const threading = /* @__PURE__ */ moduleObject("threading", threadingModule);
export const time = /* @__PURE__ */ moduleObject("time", timeModule);
export const traceback = /* @__PURE__ */ moduleObject("traceback", tracebackModule);
export const urllib = /* @__PURE__ */ moduleObject("urllib", urllibModule);
export const warnings = /* @__PURE__ */ moduleObject("warnings", warningsModule);

// So that `threading.Thread` is a type as well.
export declare namespace _thread {
  export type LockType = threadModule.LockType;
}
export declare namespace multiprocessing {
  export type Process = multiprocessingModule.Process;
}
export declare namespace queue {
  export type LifoQueue<T = any> = queueModule.LifoQueue<T>;
  export type PriorityQueue<T = any> = queueModule.PriorityQueue<T>;
  export type Queue<T = any> = queueModule.Queue<T>;
  export type SimpleQueue<T = any> = queueModule.SimpleQueue<T>;
}
export declare namespace threading {
  export type Barrier = threadingModule.Barrier;
  export type BoundedSemaphore = threadingModule.BoundedSemaphore;
  export type Condition = threadingModule.Condition;
  export type Event = threadingModule.Event;
  export type ExceptHookArgs = threadingModule.ExceptHookArgs;
  export type Lock = threadingModule.Lock;
  export type RLock = threadingModule.RLock;
  export type Semaphore = threadingModule.Semaphore;
  export type Thread = threadingModule.Thread;
  export type Timer = threadingModule.Timer;
  export type local = threadingModule.local;
}
