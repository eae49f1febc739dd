// SyncManager: Python's containers and locks for several processes.
//
// What it makes lives in kernel memory, which all processes see: a proxy calls it where the caller is, and there is no
// process of the manager's for it.
import { callable } from "../../callable";
import { AssertionError } from "../../exceptions";
import { Queue } from "../../queue";
import { defineAll } from "../../registry";
import { Barrier } from "../../threading/barrier";
import { Condition } from "../../threading/condition";
import { Event } from "../../threading/event";
import { Lock } from "../../threading/lock";
import { RLock } from "../../threading/rlock";
import { BoundedSemaphore, Semaphore } from "../../threading/semaphore";
import { _default_context } from "../context";
import { array } from "./array";
import { Lifecycle } from "./lifecycle";
import * as proxies from "./proxies";
import { newProxy } from "./proxy";
import { Namespace, newManagedDict, newManagedList, Value } from "./referents";

class SyncManagerType extends Lifecycle {
  static readonly __module__: string = "multiprocessing.managers";

  _proxy(typeid: string, proxytype: Function, make: () => unknown): any {
    if (!this._isStarted()) throw AssertionError("server not yet started");
    return newProxy(proxytype, { typeid, closed: this._closed, referent: make() as object });
  }

  /** A list: plain data in it is copied in and out, proxies stay what they are. */
  list(items?: any): proxies.ListProxy {
    return this._proxy("list", proxies.ListProxy, () => newManagedList(items));
  }

  dict(...args: any[]): proxies.DictProxy {
    return this._proxy("dict", proxies.DictProxy, () => newManagedDict(...args));
  }

  Namespace(attributes?: object): proxies.NamespaceProxy {
    return this._proxy("Namespace", proxies.NamespaceProxy, () => Namespace(attributes));
  }

  Value(...args: [any, any]): proxies.ValueProxy {
    return this._proxy("Value", proxies.ValueProxy, () => Value(...args));
  }

  Array(...args: [any, any?]): proxies.ArrayProxy {
    return this._proxy("Array", proxies.ArrayProxy, () => array(...args));
  }

  Lock(...args: []): proxies.AcquirerProxy {
    return this._proxy("Lock", proxies.AcquirerProxy, () => Lock(...args));
  }

  RLock(...args: []): proxies.AcquirerProxy {
    return this._proxy("RLock", proxies.AcquirerProxy, () => RLock(...args));
  }

  Semaphore(...args: any[]): proxies.AcquirerProxy {
    return this._proxy("Semaphore", proxies.AcquirerProxy, () => Semaphore(...args));
  }

  BoundedSemaphore(...args: any[]): proxies.AcquirerProxy {
    return this._proxy("BoundedSemaphore", proxies.AcquirerProxy, () => BoundedSemaphore(...args));
  }

  /** @param lock a proxy of a Lock or RLock; none for one of its own */
  Condition(lock?: proxies.AcquirerProxy | null): proxies.ConditionProxy {
    const referent = (lock?._referent() ?? null) as Lock | null;
    return this._proxy("Condition", proxies.ConditionProxy, () => Condition(referent));
  }

  Event(...args: []): proxies.EventProxy {
    return this._proxy("Event", proxies.EventProxy, () => Event(...args));
  }

  Barrier(...args: [any]): proxies.BarrierProxy {
    return this._proxy("Barrier", proxies.BarrierProxy, () => Barrier(...args));
  }

  Queue(...args: any[]): any {
    return this._proxy("Queue", proxies.QueueProxy, () => Queue(...args));
  }

  JoinableQueue(...args: any[]): any {
    return this._proxy("JoinableQueue", proxies.JoinableQueueProxy, () => Queue(...args));
  }

  /** A pool whose methods all processes may call. Its workers are children of the calling process. */
  Pool(...args: any[]): proxies.PoolProxy {
    return this._proxy("Pool", proxies.PoolProxy, () => _default_context.Pool(...args));
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
