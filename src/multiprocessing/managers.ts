// Python's multiprocessing.managers module.
export {
  AcquirerProxy,
  ArrayProxy,
  BarrierProxy,
  ConditionProxy,
  DictProxy,
  EventProxy,
  IteratorProxy,
  ListProxy,
  NamespaceProxy,
  PoolProxy,
  ValueProxy,
} from "./managers/proxies";
export { Namespace, Value } from "./managers/referents";
export { SharedMemoryManager } from "./managers/shared_memory";
export { Manager, SyncManager } from "./managers/sync";
export { BaseManager } from "./network/base_manager";
export { AutoProxy, BaseProxy } from "./network/proxy";
export { RemoteError, Token } from "./network/remote";
export { Server } from "./network/server";
