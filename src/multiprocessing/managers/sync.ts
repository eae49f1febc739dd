// SyncManager: Python's containers and locks for several processes.
//
// What it makes lives in kernel memory, which all processes see: a proxy calls it where the caller is, and there is no
// process of the manager's for it. Other programs see a server's objects only: so a manager that has an address, or is
// connected to one, has its server make them; and what a program has registered itself a server makes always.
import { signature } from "../../arguments";
import { dict } from "../../builtins/dict";
import { list } from "../../builtins/list";
import { callable } from "../../callable";
import { AssertionError } from "../../exceptions";
import { Queue } from "../../queue";
import { defineAll } from "../../registry";
import { makeCommon } from "../../runtime/common";
import { addressOf } from "../../runtime/shared";
import { tellToLook } from "../../runtime/wait";
import { Barrier } from "../../threading/barrier";
import { Condition } from "../../threading/condition";
import { Event } from "../../threading/event";
import { Lock } from "../../threading/lock";
import { RLock } from "../../threading/rlock";
import { BoundedSemaphore, Semaphore } from "../../threading/semaphore";
import { _default_context } from "../context";
import { finalize, finalized } from "../finalizers";
import { BaseManager, checkInitial, createProxy, entryOf, registryOf } from "../network/base_manager";
import { inRemoteWords } from "../network/remote";
import type { Registered } from "../network/server";
import { array } from "./array";
import { initialize, State } from "./lifecycle";
import * as proxies from "./proxies";
import { newProxy } from "./proxy";
import { Namespace, newManagedDict, newManagedList, Value } from "./referents";

const bindStart = signature<[initializer: ((...args: any[]) => unknown) | null, initargs: Iterable<unknown>]>(
  "BaseManager.start(initializer=None, initargs: data=())",
);

const bindArray = signature<[typecode: string, sequence: unknown]>("Array(typecode, sequence: data, lock=True)");
const bindEvent = signature<[]>("Event.__init__()");

function newArray(...args: unknown[]) {
  const [typecode, sequence] = bindArray(args);
  return array(typecode, sequence as never);
}

function newEvent(...args: unknown[]) {
  bindEvent(args);
  return Event();
}

function newCondition(lock?: unknown) {
  return Condition(lock instanceof proxies.AcquirerProxy ? lock._referent() : ((lock ?? null) as any));
}

/** What is made for a typeid: the class of its proxies, and its object in kernel memory and in a server. */
const TYPES: Record<string, [proxytype: Function, make: (...args: any[]) => object, inServer: Function | null]> = {
  list: [proxies.ListProxy, newManagedList, list],
  dict: [proxies.DictProxy, newManagedDict, dict],
  Namespace: [proxies.NamespaceProxy, Namespace, Namespace],
  Value: [proxies.ValueProxy, Value, Value],
  Array: [proxies.ArrayProxy, newArray, array],
  Lock: [proxies.AcquirerProxy, Lock, Lock],
  RLock: [proxies.AcquirerProxy, RLock, RLock],
  Semaphore: [proxies.AcquirerProxy, Semaphore, Semaphore],
  BoundedSemaphore: [proxies.AcquirerProxy, BoundedSemaphore, BoundedSemaphore],
  Condition: [proxies.ConditionProxy, newCondition, Condition],
  Event: [proxies.EventProxy, newEvent, Event],
  Barrier: [proxies.BarrierProxy, Barrier, Barrier],
  Queue: [proxies.QueueProxy, Queue, Queue],
  JoinableQueue: [proxies.JoinableQueueProxy, Queue, Queue],
  // No function can be sent to a server: so pools are in memory always.
  Pool: [proxies.PoolProxy, (...args) => _default_context.Pool(...args), null],
};

class SyncManagerType extends BaseManager {
  static override readonly __module__ = "multiprocessing.managers";

  /** Whether its server makes all objects. */
  declare _serves: boolean;
  /** Set when it has shut down: proxies of objects in memory see it. */
  declare _closed: Event;

  constructor(...given: ConstructorParameters<typeof BaseManager>) {
    super(...given);
    this._serves = false;
    this._closed = Event();
    makeCommon(addressOf(this._closed));
  }

  override _registered(): dict<string, Registered> {
    const all = dict() as dict<string, Registered>;
    for (const [typeid, [proxytype, , make]] of Object.entries(TYPES)) {
      if (make === null) continue;
      const { _exposed_ } = proxytype as unknown as { _exposed_: Iterable<string> };
      all.set(typeid, entryOf(make, _exposed_, null, proxytype, true));
    }
    all.update(registryOf(this.constructor));
    return all;
  }

  /**
   * Starts the manager: it can make objects from here on. If it has no server an initializer is called in a process
   * of its own.
   *
   * @throws ProcessError if it was started before
   * @throws EOFError if the initializer raises
   */
  override start(...given: [any?, any?]): void {
    const [initializer, initargs] = bindStart(given);
    checkInitial(this);
    this._serves = this._address !== null;
    if (this._serves || registryOf(this.constructor).length > 0) return super.start(...given);
    initialize(this, initializer, initargs);
    this._state = State.Started;
    finalize(this);
  }

  override connect(): void {
    super.connect();
    this._serves = true;
  }

  override shutdown(): void {
    if (this._process !== null || this._serves || this._state === State.Initial) super.shutdown();
    this._state = State.Shutdown;
    this._closed.set();
    tellToLook();
    finalized(this);
  }

  [Symbol.dispose](): void {
    this.shutdown();
  }

  _make(typeid: string, args: readonly unknown[]): any {
    const isOwn = this._serves && typeid !== "Pool";
    if (isOwn || registryOf(this.constructor).get(typeid) !== null) return createProxy(this, typeid, args);
    if (this._state !== State.Started) throw AssertionError("server not yet started");
    const [proxytype, make] = TYPES[typeid]!;
    const referent = inRemoteWords(() => make(...args));
    return newProxy(proxytype, { typeid, closed: this._closed, referent });
  }

  /** A list: plain data in it is copied in and out, proxies stay what they are. */
  list(items?: any): proxies.ListProxy;
  list(...args: any[]): proxies.ListProxy {
    return this._make("list", args);
  }

  dict(...args: any[]): proxies.DictProxy {
    return this._make("dict", args);
  }

  Namespace(attributes?: object): proxies.NamespaceProxy;
  Namespace(...args: any[]): proxies.NamespaceProxy {
    return this._make("Namespace", args);
  }

  Value(...args: [any, any]): proxies.ValueProxy {
    return this._make("Value", args);
  }

  Array(...args: [any, any?]): proxies.ArrayProxy {
    return this._make("Array", args);
  }

  Lock(...args: []): proxies.AcquirerProxy {
    return this._make("Lock", args);
  }

  RLock(...args: []): proxies.AcquirerProxy {
    return this._make("RLock", args);
  }

  Semaphore(...args: any[]): proxies.AcquirerProxy {
    return this._make("Semaphore", args);
  }

  BoundedSemaphore(...args: any[]): proxies.AcquirerProxy {
    return this._make("BoundedSemaphore", args);
  }

  /** @param lock a proxy of a Lock or RLock; none for one of its own */
  Condition(lock?: proxies.AcquirerProxy | null): proxies.ConditionProxy;
  Condition(...args: any[]): proxies.ConditionProxy {
    return this._make("Condition", args);
  }

  Event(...args: []): proxies.EventProxy {
    return this._make("Event", args);
  }

  Barrier(...args: [any, any?, any?]): proxies.BarrierProxy {
    return this._make("Barrier", args);
  }

  Queue(...args: any[]): any {
    return this._make("Queue", args);
  }

  JoinableQueue(...args: any[]): any {
    return this._make("JoinableQueue", args);
  }

  /** A pool whose methods all processes may call. Its workers are children of the calling process. */
  Pool(...args: any[]): proxies.PoolProxy {
    return this._make("Pool", args);
  }
}

/** The manager with Python's containers and locks: what multiprocessing.Manager() gives, started. */
export const SyncManager = callable(SyncManagerType, "SyncManager");
export type SyncManager = SyncManagerType;

/** A manager that has been started. */
export function Manager(): SyncManager {
  const manager = new SyncManager();
  manager.start();
  return manager;
}

defineAll("multiprocessing.managers", { SyncManager, Manager });
