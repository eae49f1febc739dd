// The proxies of what SyncManager makes.
import { signature } from "../../arguments";
import { callable } from "../../callable";
import { StopIteration } from "../../exceptions";
import { defineAll } from "../../registry";
import { now } from "../../runtime/wait";
import { BaseProxy, MakeProxyType } from "./proxy";

const bindAcquire = signature<[blocking: boolean, timeout: number | null]>(
  "AcquirerProxy.acquire(blocking=True, timeout=None)",
);
const bindConditionWait = signature<[timeout: number | null]>("ConditionProxy.wait(timeout=None)");
const bindEventWait = signature<[timeout: number | null]>("EventProxy.wait(timeout=None)");
const bindNothing = {
  is_set: signature<[]>("EventProxy.is_set()"),
  set: signature<[]>("EventProxy.set()"),
  clear: signature<[]>("EventProxy.clear()"),
  abort: signature<[]>("BarrierProxy.abort()"),
  reset: signature<[]>("BarrierProxy.reset()"),
  release: signature<[]>("AcquirerProxy.release()"),
  notify_all: signature<[]>("ConditionProxy.notify_all()"),
  get: signature<[]>("ValueProxy.get()"),
};
const bindSet = signature<[value: unknown]>("ValueProxy.set(value: data)");
const bindNotify = signature<[n: number]>("ConditionProxy.notify(n=1)");
const bindWaitFor = signature<[predicate: () => unknown, timeout: number | null]>(
  "ConditionProxy.wait_for(predicate, timeout=None)",
);
const bindLimit = signature<[timeout: number | null]>("BarrierProxy.wait(timeout=None)");

const LIST = [
  ..."__add__ __contains__ __delitem__ __getitem__ __len__ __mul__ __reversed__ __rmul__ __setitem__ append count extend".split(
    " ",
  ),
  ..."index insert pop remove reverse sort __imul__".split(" "),
];

class ListProxyType extends MakeProxyType("BaseListProxy", LIST) {
  static override readonly _exposed_ = LIST;
  [name: string]: any;

  __iadd__(value: unknown): this {
    this._callmethod("extend", [value]);
    return this;
  }

  __imul__(n: number): this {
    this._callmethod("__imul__", [n]);
    return this;
  }

  *[Symbol.iterator](): Generator<any> {
    for (let i = 0; i < this.__len__(); i++) yield this.__getitem__(i);
  }
}

/** A manager's list, as each process has it. */
export const ListProxy = callable(ListProxyType, "ListProxy");
export type ListProxy = ListProxyType;

const DICT =
  "__contains__ __delitem__ __getitem__ __iter__ __len__ __setitem__ clear copy get items keys pop popitem setdefault update values".split(
    " ",
  );

class DictProxyType extends MakeProxyType("DictProxy", [...DICT, "set"]) {
  static override readonly _exposed_ = [...DICT, "set"];
  [name: string]: any;

  __iter__(): Iterator<any> {
    return this[Symbol.iterator]();
  }

  *[Symbol.iterator](): Generator<any> {
    yield* this._callmethod("keys");
  }
}

/** A manager's dict, as each process has it. */
export const DictProxy = callable(DictProxyType, "DictProxy");
export type DictProxy = DictProxyType;

class ValueProxyType extends BaseProxy {
  static override readonly _exposed_ = ["get", "set"];

  get(...args: []): any {
    return this._callmethod("get", bindNothing.get(args));
  }

  set(value: unknown): void;
  set(...args: unknown[]): void {
    this._callmethod("set", bindSet(args));
  }

  get value(): any {
    return this.get();
  }

  set value(value: unknown) {
    this.set(value);
  }
}

export const ValueProxy = callable(ValueProxyType, "ValueProxy");
export type ValueProxy = ValueProxyType;

const ARRAY = ["__len__", "__getitem__", "__setitem__"];

class ArrayProxyType extends MakeProxyType("ArrayProxy", ARRAY) {
  static override readonly _exposed_ = ARRAY;
  [name: string]: any;

  *[Symbol.iterator](): Generator<any> {
    for (let i = 0; i < this.__len__(); i++) yield this.__getitem__(i);
  }
}

export const ArrayProxy = callable(ArrayProxyType, "ArrayProxy");
export type ArrayProxy = ArrayProxyType;

class AcquirerProxyType extends BaseProxy {
  static override readonly _waits_ = true;
  static override readonly _exposed_: readonly string[] = ["acquire", "release"];

  acquire(blocking?: unknown, timeout?: unknown): boolean;
  acquire(...args: unknown[]): boolean {
    const [blocking, timeout] = bindAcquire(args);
    return this._callmethod("acquire", timeout === null ? [blocking] : [blocking, timeout]);
  }

  release(...args: []): void {
    this._callmethod("release", bindNothing.release(args));
  }

  __enter__(): boolean {
    return this._callmethod("acquire");
  }

  __exit__(..._error: unknown[]): void {
    this._callmethod("release");
  }
}

/** A manager's Lock, RLock, Semaphore or BoundedSemaphore. */
export const AcquirerProxy = callable(AcquirerProxyType, "AcquirerProxy");
export type AcquirerProxy = AcquirerProxyType;

class ConditionProxyType extends AcquirerProxyType {
  static override readonly _exposed_ = ["acquire", "release", "wait", "notify", "notify_all"];

  wait(timeout?: unknown): boolean;
  wait(...args: unknown[]): boolean {
    return this._callmethod("wait", bindConditionWait(args));
  }

  notify(n?: unknown): void;
  notify(...args: unknown[]): void {
    this._callmethod("notify", bindNotify(args));
  }

  notify_all(...args: []): void {
    this._callmethod("notify_all", bindNothing.notify_all(args));
  }

  /** Waits until `predicate`, which is called here, gives something true. */
  wait_for(predicate: () => unknown, timeout?: unknown): unknown;
  wait_for(...args: unknown[]): unknown {
    const [predicate, timeout] = bindWaitFor(args);
    const end = timeout === null ? Number.POSITIVE_INFINITY : now() + timeout * 1000;
    let result = predicate();
    while (!result) {
      const left = (end - now()) / 1000;
      if (left <= 0) break;
      this.wait(timeout === null ? null : left);
      result = predicate();
    }
    return result;
  }
}

export const ConditionProxy = callable(ConditionProxyType, "ConditionProxy");
export type ConditionProxy = ConditionProxyType;

class EventProxyType extends BaseProxy {
  static override readonly _waits_ = true;
  static override readonly _exposed_ = ["is_set", "set", "clear", "wait"];

  is_set(...args: []): boolean {
    return this._callmethod("is_set", bindNothing.is_set(args));
  }

  set(...args: []): void {
    this._callmethod("set", bindNothing.set(args));
  }

  clear(...args: []): void {
    this._callmethod("clear", bindNothing.clear(args));
  }

  wait(timeout?: unknown): boolean;
  wait(...args: unknown[]): boolean {
    return this._callmethod("wait", bindEventWait(args));
  }
}

export const EventProxy = callable(EventProxyType, "EventProxy");
export type EventProxy = EventProxyType;

class BarrierProxyType extends BaseProxy {
  static override readonly _waits_ = true;
  static override readonly _exposed_ = ["__getattribute__", "wait", "abort", "reset"];

  wait(timeout?: unknown): number;
  wait(...args: unknown[]): number {
    return this._callmethod("wait", bindLimit(args));
  }

  abort(...args: []): void {
    this._callmethod("abort", bindNothing.abort(args));
  }

  reset(...args: []): void {
    this._callmethod("reset", bindNothing.reset(args));
  }

  get parties(): number {
    return this._callmethod("__getattribute__", ["parties"]);
  }

  get n_waiting(): number {
    return this._callmethod("__getattribute__", ["n_waiting"]);
  }

  get broken(): boolean {
    return this._callmethod("__getattribute__", ["broken"]);
  }
}

export const BarrierProxy = callable(BarrierProxyType, "BarrierProxy");
export type BarrierProxy = BarrierProxyType;

class NamespaceProxyType extends BaseProxy {
  static override readonly _exposed_ = ["__getattribute__", "__setattr__", "__delattr__"];
  [name: string]: any;

  __delattr__(name: string): void {
    this._callmethod("__delattr__", [name]);
  }
}

export const NamespaceProxy = callable(NamespaceProxyType, "NamespaceProxy");
export type NamespaceProxy = NamespaceProxyType;

// What is not there is an attribute of the object: these traps are asked last, and told what nobody has.
Object.setPrototypeOf(
  NamespaceProxyType.prototype,
  new Proxy(Object.create(BaseProxy.prototype) as object, {
    get(target, name, receiver) {
      if (name in target || typeof name === "symbol" || /^_|^then$|^toJSON$/.test(name)) {
        return Reflect.get(target, name, receiver);
      }
      return receiver._callmethod("__getattribute__", [name]);
    },
    set(target, name, value, receiver) {
      if (name in target || typeof name === "symbol") return Reflect.set(target, name, value, receiver);
      receiver._callmethod("__setattr__", [name, value]);
      return true;
    },
  }),
);

const ITERATOR = ["__next__", "send", "throw", "close"];

class IteratorProxyType extends MakeProxyType("IteratorProxy", ITERATOR) {
  static override readonly _exposed_ = ITERATOR;
  [name: string]: any;

  __iter__(): this {
    return this;
  }

  *[Symbol.iterator](): Generator<any> {
    while (true) {
      try {
        yield this.__next__();
      } catch (error) {
        if (error instanceof StopIteration) return;
        throw error;
      }
    }
  }
}

export const IteratorProxy = callable(IteratorProxyType, "IteratorProxy");
export type IteratorProxy = IteratorProxyType;

const POOL = "apply apply_async close imap imap_unordered join map map_async starmap starmap_async terminate".split(
  " ",
);

class PoolProxyType extends MakeProxyType("PoolProxy", POOL) {
  static override readonly _exposed_ = POOL;
  [name: string]: any;

  __enter__(): this {
    return this;
  }

  __exit__(..._error: unknown[]): void {
    this.terminate();
  }
}

export const PoolProxy = callable(PoolProxyType, "PoolProxy");
export type PoolProxy = PoolProxyType;

const QUEUE = "empty full get get_nowait join put put_nowait qsize task_done".split(" ");

class QueueProxyType extends MakeProxyType("QueueProxy", QUEUE) {
  static override readonly _waits_ = true;
  static override readonly _exposed_ = QUEUE;
  [name: string]: any;
}

/** What CPython makes on the fly for a manager's Queue, and names after it. */
export const QueueProxy = callable(QueueProxyType, "AutoProxy[Queue]");
export type QueueProxy = QueueProxyType;

class JoinableQueueProxyType extends QueueProxyType {}

export const JoinableQueueProxy = callable(JoinableQueueProxyType, "AutoProxy[JoinableQueue]");
export type JoinableQueueProxy = JoinableQueueProxyType;

/** Those that CPython names in pickles. */
export const PROXIES = {
  ListProxy,
  DictProxy,
  ValueProxy,
  ArrayProxy,
  AcquirerProxy,
  ConditionProxy,
  EventProxy,
  BarrierProxy,
  NamespaceProxy,
  IteratorProxy,
  PoolProxy,
};
defineAll("multiprocessing.managers", { ...PROXIES, QueueProxy, JoinableQueueProxy });
