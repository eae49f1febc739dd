// Python's multiprocessing.managers module.
export { BaseManager } from "./network/base_manager";
export { AutoProxy, BaseProxy } from "./network/proxy";
export { RemoteError, Token } from "./network/remote";
export { Server } from "./network/server";
