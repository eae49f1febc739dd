// BaseManager: serves objects to other programs, and uses those of others.
//
//   INITIAL → STARTED    start() runs a server in a process of its own; connect() finds another's
//   STARTED → SHUTDOWN   shutdown()
import { signature } from "../../arguments";
import { bytes } from "../../builtins/bytes";
import { typeName } from "../../builtins/classes";
import { dict } from "../../builtins/dict";
import { list } from "../../builtins/list";
import { tuple } from "../../builtins/tuple";
import { isinstance } from "../../builtins/types";
import { callable } from "../../callable";
import { AssertionError, AttributeError, Exception, TypeError } from "../../exceptions";
import { defineAll, referenceTo } from "../../registry";
import { refuseCopies } from "../../runtime/copies";
import { Instance } from "../../runtime/instance";
import { assign, assigned } from "../../runtime/module_object";
import { SIG_IGN, SIGINT, signal } from "../../signal";
import { AuthenticationString } from "../authkey";
import { type Connection, Pipe } from "../connection/connection";
import type { BaseContext } from "../context";
import { ProcessError } from "../errors";
import { finalize } from "../finalizers";
import { refuseManager, State } from "../managers/lifecycle";
import { PROXIES } from "../managers/proxies";
import { BaseProxy as KernelProxy, knowAll, proxyOver } from "../managers/proxy";
import { current_process } from "../process";
import { type Process, processOf, type StartMethod } from "../start";
import { addMethods } from "./dynamic";
import { keywordsOf } from "./keywords";
import { type Address, Client } from "./listener";
import { AutoProxy, type BaseProxy } from "./proxy";
import { forgetReferences, giveBack } from "./references";
import { dispatch, Token } from "./remote";
import { type Registered, Server } from "./server";

export interface BaseManagerOptions {
  address?: Address | null;
  authkey?: bytes | Uint8Array | null;
  serializer?: string;
  ctx?: BaseContext | null;
  shutdown_timeout?: number;
}

export interface RegisterOptions {
  callable?: Function | null;
  proxytype?: Function | null;
  exposed?: Iterable<string> | null;
  method_to_typeid?: object | null;
  create_method?: boolean;
}

type Init = [
  address: Address | null,
  authkey: bytes | null,
  serializer: string,
  ctx: BaseContext | null,
  shutdown_timeout: number,
];
const bindInit = signature<Init>(
  "BaseManager.__init__(address=None, authkey=None, serializer='pickle', ctx=None, *, shutdown_timeout=1.0)",
);
type Registration = [
  typeid: string,
  make: Function | null,
  proxytype: Function | null,
  exposed: Iterable<string> | null,
  typeids: object | null,
  creates: boolean,
];

const bindRegister = signature<Registration>(
  "BaseManager.register(typeid, callable=None, proxytype=None, exposed=None, method_to_typeid=None, create_method=True)",
);
const bindStart = signature<[initializer: Function | null, initargs: Iterable<unknown>]>(
  "BaseManager.start(initializer=None, initargs: data=())",
);
const bindJoin = signature<[timeout: number | null]>("BaseManager.join(timeout=None)");

/** Registrations of classes that have no name in other threads. */
const local = new WeakMap<Function, dict<string, Registered>>();

/** Where the registrations of a class stand, for all threads of the process. */
function pathOf(cls: Function): string | undefined {
  const reference = referenceTo(cls);
  return reference && `multiprocessing.managers.${reference.module}:${reference.name}._registry`;
}

function ownRegistry(cls: Function): dict<string, Registered> | undefined {
  const path = pathOf(cls);
  return path === undefined ? local.get(cls) : assigned<dict<string, Registered> | undefined>(path, undefined);
}

/** All that is registered with a class and its bases. */
export function registryOf(cls: Function): dict<string, Registered> {
  const all: dict<string, Registered>[] = [];
  for (let level = cls; typeof level === "function"; level = Object.getPrototypeOf(level)) {
    const own = ownRegistry(level);
    if (own) all.unshift(own);
  }
  const merged = dict() as dict<string, Registered>;
  for (const one of all) merged.update(one);
  return merged;
}

/** Attributes of managers, and of SyncManager's. */
const OWN = ["_address", "_authkey", "_state", "_ctx", "_shutdown_timeout", "_process", "_serves", "_closed"];

class BaseManagerType extends Instance {
  static readonly __module__ = "multiprocessing.managers";

  declare _address: Address | null;
  declare _authkey: bytes;
  declare _state: State;
  declare _ctx: StartMethod | null;
  declare _shutdown_timeout: number;
  /** The server's, if this manager has started it. */
  declare _process: Process | null;

  constructor(
    address?: Address | null | BaseManagerOptions,
    authkey?: Uint8Array | null | BaseManagerOptions,
    ...more: unknown[]
  );
  constructor(...given: unknown[]) {
    const [address, authkey, , ctx, timeout] = bindInit(given);
    super();
    this._address = address;
    this._authkey = authkey === null ? current_process().authkey : keyOf(authkey);
    this._state = State.Initial;
    this._ctx = ctx?._name ?? null;
    this._shutdown_timeout = timeout;
    this._process = null;
  }

  /**
   * Makes `typeid` a method of this class's managers that creates an object in the server, with `callable`, and gives a
   * proxy of it.
   */
  static register(typeid: string, ...more: [(Function | null | RegisterOptions)?, ...unknown[]]): void;
  static register(...given: unknown[]): void {
    // biome-ignore lint/complexity/noThisInStatic: the class it is called on, as for Python's class methods
    register(this, bindRegister(given));
  }

  /** Where the server is: a tuple of host and port, or a path. */
  get address(): Address | null {
    return this._address;
  }

  /** All types that its server makes objects of. */
  _registered(): dict<string, Registered> {
    return registryOf(this.constructor);
  }

  /** A server for this manager's objects, which runs in this thread: `get_server().serve_forever()`. */
  get_server(): Server {
    checkInitial(this);
    return Server(this._registered(), this._address, this._authkey);
  }

  /**
   * Starts a server in a process of its own, in which `initializer` is called first. It is shut down with this process.
   *
   * @throws ProcessError if it was started before
   */
  start(initializer?: Function | null | { initializer?: Function; initargs?: unknown[] }, initargs?: unknown[]): void;
  start(...given: unknown[]): void {
    const [initializer, initargs] = bindStart(given);
    checkInitial(this);
    if (initializer !== null && typeof initializer !== "function") throw TypeError("initializer must be a callable");
    const [reader, writer] = Pipe(false);
    const Process = processOf(this._ctx);
    const process = Process({
      target: _run_server,
      args: [this._registered(), this._address, this._authkey, writer, initializer, [...initargs]],
    });
    process.name = `${typeName(this)}-${[...process._identity].join(":")}`;
    process.start();
    this._process = process;
    writer.close();
    this._address = reader.recv();
    reader.close();
    this._state = State.Started;
    finalize(this);
  }

  /** Makes sure that the server at the manager's address is there, and has the same key. */
  connect(): void {
    request(this, "dummy");
    this._state = State.Started;
  }

  /** Stops the server that was started; one that does not end in time is terminated. */
  shutdown(): void {
    if (this._process === null) {
      throw AttributeError(`'${typeName(this)}' object has no attribute 'shutdown'`, { name: "shutdown", obj: this });
    }
    if (this._state === State.Shutdown) return;
    this._state = State.Shutdown;
    const process = this._process;
    forgetReferences(this._address as Address);
    if (!process.is_alive()) return;
    try {
      request(this, "shutdown");
    } catch (error) {
      // It has gone meanwhile, or does not answer: then it is terminated.
      if (!isinstance(error, Exception)) throw error;
    }
    process.join(this._shutdown_timeout);
    if (!process.is_alive()) return;
    process.terminate();
    process.join(this._shutdown_timeout);
  }

  /** Waits until the server has ended. */
  join(timeout?: number | null): void;
  join(...given: unknown[]): void {
    const [timeout] = bindJoin(given);
    if (this._state === State.Initial) {
      throw AttributeError(`'${typeName(this)}' object has no attribute '_process'`, { name: "_process", obj: this });
    }
    this._process?.join(timeout);
  }

  _number_of_objects(): number {
    return request(this, "number_of_objects");
  }

  _debug_info(): string {
    return request(this, "debug_info");
  }

  __enter__(): this {
    if (this._state === State.Initial) this.start();
    if (this._state !== State.Started) checkInitial(this);
    return this;
  }

  __exit__(): void {
    this.shutdown();
  }
}
addMethods(BaseManagerType, OWN as (keyof BaseManagerType & string)[], (manager, name) => {
  if (name.startsWith("_")) return undefined;
  const registered = manager._registered().get(name);
  const creates = registered !== null && [...registered][4];
  return creates ? (...args) => createProxy(manager, name, args) : undefined;
});

/** As CPython's `multiprocessing.managers.BaseManager`, to which it can be connected. Not in a web page. */
export const BaseManager = callable(BaseManagerType, "BaseManager");
export type BaseManager = BaseManagerType;

function register(cls: Function, [typeid, make, proxytype, exposed, typeids, creates]: Registration): void {
  const own = ownRegistry(cls) ?? (dict() as dict<string, Registered>);
  const names = exposed ?? (proxytype as { _exposed_?: Iterable<string> } | null)?._exposed_ ?? null;
  const entry = entryOf(make, names, typeids ?? (proxytype as any)?._method_to_typeid_ ?? null, proxytype, creates);
  own.set(typeid, entry);
  const path = pathOf(cls);
  if (path === undefined) local.set(cls, own);
  else assign(path, own);
}

/** What is kept of a type. */
export function entryOf(
  make: Function | null,
  names: Iterable<string> | null,
  typeids: object | null,
  proxytype: Function | null,
  creates: boolean,
): Registered {
  return list([make, names && tuple(names), typeids && dict(typeids as never), proxytype, creates]) as never;
}

refuseCopies(BaseManagerType, refuseManager);

/** As Python's `AuthenticationString(authkey)`. */
function keyOf(authkey: unknown): bytes {
  if (typeof authkey === "string") throw TypeError("string argument without an encoding");
  return new AuthenticationString(bytes(authkey as Uint8Array));
}

/** What the server's process does. Its parent gets the server's address, or the end of the stream. */
function _run_server(
  registry: dict<string, Registered>,
  address: Address | null,
  authkey: bytes,
  writer: Connection,
  initializer: Function | null,
  initargs: unknown[],
): void {
  signal(SIGINT, SIG_IGN);
  initializer?.(...initargs);
  const server = Server(registry, address, authkey);
  writer.send(server.address);
  writer.close();
  server.serve_forever();
}

export function checkInitial({ _state }: BaseManagerType): void {
  if (_state === State.Started) throw ProcessError("Already started server");
  if (_state === State.Shutdown) throw ProcessError("Manager has shut down");
}

/** Asks the server, over a connection of its own. */
function request(
  { _address, _authkey }: BaseManagerType,
  name: string,
  args: readonly unknown[] = [],
  keywords: Record<string, unknown> = {},
): any {
  giveBack();
  const connection = Client(_address as Address, { authkey: _authkey });
  try {
    return dispatch(connection, name, args, keywords);
  } finally {
    connection.close();
  }
}

/** Has the server make an object of a type that is registered with the manager's class. */
export function createProxy(manager: BaseManagerType, typeid: string, given: readonly unknown[]): BaseProxy {
  if (manager._state !== State.Started) throw AssertionError("server not yet started");
  const { _address, _authkey } = manager;
  const [args, keywords] = keywordsOf(typeid, given);
  const [ident, exposed] = request(manager, "create", [typeid, ...args], keywords);
  const token = Token(typeid, _address as Address, ident);
  const proxytype = [...manager._registered().get(typeid)!][3] as typeof BaseProxy | null;
  if (proxytype === null || (proxytype as unknown) === AutoProxy) {
    return AutoProxy(token, "pickle", { authkey: _authkey, exposed, incref: false })._hold(true);
  }
  // One of the library's own, or a program's made of one.
  if (proxytype.prototype instanceof KernelProxy) {
    return proxyOver(
      proxytype,
      AutoProxy(token, "pickle", { authkey: _authkey, exposed, incref: false })._hold(true),
    ) as never;
  }
  return (new proxytype(token, "pickle", manager, _authkey, exposed, false) as BaseProxy)._hold(true);
}

knowAll(PROXIES);
defineAll("multiprocessing.managers", { BaseManager, _run_server });
