// Proxies: objects whose methods run where their referents are, in a manager's server.
import { signature } from "../../arguments";
import { typeName } from "../../builtins/classes";
import { repr } from "../../builtins/repr";
import { type tuple, tupleOf } from "../../builtins/tuple";
import { isinstance } from "../../builtins/types";
import { callable } from "../../callable";
import { IndexError, StopIteration, TypeError } from "../../exceptions";
import { me } from "../../kernel/kernel";
import { know } from "../../pickle/known";
import { defineAll } from "../../registry";
import { Instance } from "../../runtime/instance";
import { made } from "../../runtime/made";
import { addressOf } from "../../runtime/shared";
import type { Event } from "../../threading/event";
import type { NetworkConnection } from "./connection";
import { addMethods } from "./dynamic";
import { keywordsOf } from "./keywords";
import { type Address, Client } from "./listener";
import { giveBack, holder, keep, newKey } from "./references";
import { dispatch, resultOf, Token } from "./remote";

const bindInit = signature<
  [
    token: Token,
    serializer: string,
    manager: unknown,
    authkey: Uint8Array | null,
    exposed: Iterable<string> | null,
    incref: boolean,
  ]
>("BaseProxy.__init__(token, serializer, manager=None, authkey=None, exposed=None, incref=True, manager_owned=False)");
const bindCall = signature<[methodname: string, args: unknown, kwds: unknown]>(
  "BaseProxy._callmethod(methodname, args: data=(), kwds: data=None)",
);

/** The connections of the thread that runs here, by address; each serves all proxies of one server. */
const connections = new Map<string, NetworkConnection>();
let owner = 0;

function connectionTo(address: Address, authkey: Uint8Array): NetworkConnection {
  if (owner !== me) {
    // Those of the thread that ran here before.
    for (const connection of connections.values()) connection.close();
    connections.clear();
    owner = me;
  }
  const known = connections.get(repr(address));
  // Nothing can be there to receive but the end: the server has gone, and another may have its place.
  if (known && !known.closed && !known.poll()) return known;
  known?.close();
  const connection = Client(address, { authkey });
  dispatch(connection, "accept_connection", ["MainProcess"]);
  connections.set(repr(address), connection);
  return connection;
}

function forget(address: Address): void {
  connections.get(repr(address))?.close();
  connections.delete(repr(address));
}

/** The key of the server from which a pickle is being received: for the proxies in it. */
let receivedWith: Uint8Array | null = null;

function remoteMethod(proxy: BaseProxyType, name: string): (...args: unknown[]) => unknown {
  return (...given) => {
    const [args, keywords] = keywordsOf(name, given);
    return call(proxy, name, args, keywords);
  };
}

class BaseProxyType extends Instance {
  static readonly __module__ = "multiprocessing.managers";

  declare _typeid: string;
  declare _address: Address;
  declare _id: string;
  declare _authkey: Uint8Array | null;
  declare _exposed: tuple<string> | null;
  /** The name of its reference, if it has one, and what tells that it has gone. */
  declare _key: string | null;
  declare _holder: Event | null;

  constructor(token: Token, serializer: string, ...more: unknown[]);
  constructor(...given: unknown[]) {
    const [token, , , authkey, exposed, incref] = bindInit(given);
    super();
    this._typeid = token.typeid;
    this._address = token.address;
    this._id = token.id;
    this._authkey = authkey;
    this._exposed = tupleOf([...(exposed ?? (this.constructor as { _exposed_?: Iterable<string> })._exposed_ ?? [])]);
    this._key = null;
    this._holder = null;
    if (incref) this._hold(false);
  }

  /** Takes a reference to the referent. @param counted whether the server has counted it already */
  _hold(counted: boolean): this {
    this._key = newKey();
    this._holder = holder(this._key);
    keep(this._key, [this._address, this._id, this._authkey], counted);
    return this;
  }

  /** Another process of the program has met the proxy, and needs a reference of its own. */
  _meet(): void {
    if (this._key !== null) keep(this._key, [this._address, this._id, this._authkey], false);
  }

  /** Another process has a proxy of its own. */
  __getstate__(): unknown[] {
    return [this._typeid, this._address, this._id, this._authkey, [...this._exposed!]];
  }

  __setstate__([typeid, address, id, authkey, exposed]: [string, Address, string, Uint8Array | null, string[]]): void {
    Object.assign(this, { _typeid: typeid, _address: address, _id: id, _authkey: authkey });
    this._exposed = tupleOf([...exposed]);
    this._hold(false);
  }

  get _token(): Token {
    return Token(this._typeid, this._address, this._id);
  }

  /** Names of the methods that can be called. */
  get _exposed_(): tuple<string> {
    return this._exposed!;
  }

  /** Calls a method of the referent, and gives back its result: a copy, or a proxy where the manager says so. */
  _callmethod(methodname: string, args?: readonly unknown[], kwds?: Record<string, unknown>): any;
  _callmethod(...given: unknown[]): any {
    const [methodname, args, kwds] = bindCall(given);
    return call(this, methodname, [...((args ?? []) as Iterable<unknown>)], (kwds ?? {}) as Record<string, unknown>);
  }

  /** A copy of the referent. */
  _getvalue(): any {
    return this._callmethod("#GETVALUE");
  }

  __repr__(): string {
    const at = addressOf(this).toString(16);
    return `<${typeName(this)} object, typeid ${repr(this._typeid)} at 0x${at}>`;
  }

  /** What the referent's `repr` gives. */
  __str__(): string {
    try {
      return this._callmethod("__repr__");
    } catch {
      return `${this.__repr__().slice(0, -1)}; '__str__()' failed>`;
    }
  }

  /** By `__next__` where that is exposed, else by `__getitem__`, as Python iterates. */
  *[Symbol.iterator](): Generator<any> {
    const names = ["__next__", "__iter__", "__getitem__"].filter((name) => this._exposed?.includes(name));
    if (names.length === 0) throw TypeError(`'${typeName(this)}' object is not iterable`);
    const [name] = names;
    if (name === "__iter__") return yield* this._callmethod(name);
    for (let i = 0; ; i++) {
      try {
        yield this._callmethod(name!, name === "__next__" ? [] : [i]);
      } catch (error) {
        if (isinstance(error, name === "__next__" ? StopIteration : IndexError)) return;
        throw error;
      }
    }
  }

  /** To Python a proxy is sent as one. */
  __reduce__() {
    const kwds = isAuto(this) ? { exposed: this._exposed } : {};
    return { call: RebuildProxy, args: [isAuto(this) ? AutoProxy : this.constructor, this._token, "pickle", kwds] };
  }
}
addMethods(BaseProxyType, ["_typeid", "_address", "_id", "_authkey", "_exposed", "_key", "_holder"], (proxy, name) =>
  proxy._exposed?.includes(name) ? remoteMethod(proxy, name) : undefined,
);

/** Base of all proxies. As CPython's `multiprocessing.managers.BaseProxy`. */
export const BaseProxy = callable(BaseProxyType, "BaseProxy");
export type BaseProxy = BaseProxyType & Record<string, any>;

class AutoProxyType extends BaseProxyType {}

function isAuto(proxy: BaseProxyType): boolean {
  return proxy instanceof AutoProxyType;
}

const autoProxies = new Map<string, typeof AutoProxyType>();

/** The class of the proxies that are made for a type, and named after it. */
function autoProxyOf(typeid: string): typeof AutoProxyType {
  const known = autoProxies.get(typeid);
  if (known) return known;
  const cls = callable(class extends AutoProxyType {}, `AutoProxy[${typeid}]`);
  autoProxies.set(typeid, cls);
  return made(cls, autoProxyOf as never, [typeid]);
}

/** A proxy with the methods that the referent exposes; these are asked for if they are not given. */
export function AutoProxy(
  token: Token,
  _serializer: string,
  {
    authkey = null,
    exposed = null,
    incref = true,
  }: { authkey?: Uint8Array | null; exposed?: Iterable<string> | null; incref?: boolean } = {},
): BaseProxy {
  let methods = exposed;
  if (methods === null) {
    const connection = Client(token.address, { authkey });
    try {
      methods = dispatch(connection, "get_methods", [token]) as Iterable<string>;
    } finally {
      connection.close();
    }
  }
  return new (autoProxyOf(token.typeid))(token, "pickle", null, authkey, methods, incref) as BaseProxy;
}

type Make = (remote: BaseProxy) => object;

const makers = new Map<unknown, Make>();

/** Makes a class of proxies known by its name in pickles; `make` gives one that stands for what another proxy does. */
export function knowProxies(name: string, cls: Function, make: Make): void {
  makers.set(cls, make);
  know("multiprocessing.managers", name, { value: cls });
}

/** A proxy that has come in a pickle. It connects when it is first used. */
export function RebuildProxy(cls: any, token: Token, _serializer: string, kwds: Map<string, any>): object {
  const exposed = cls === AutoProxy ? kwds.get("exposed") : cls._exposed_;
  // What a server receives it keeps itself, or only passes on.
  const incref = receivedWith !== null;
  const remote = AutoProxy(token, "pickle", { authkey: receivedWith, exposed: exposed ?? [], incref });
  return makers.get(cls)?.(remote) ?? remote;
}

know("multiprocessing.managers", "AutoProxy", { value: AutoProxy });
know("multiprocessing.managers", "RebuildProxy", { value: RebuildProxy, call: RebuildProxy });

function call(
  proxy: BaseProxyType,
  name: string,
  args: readonly unknown[],
  keywords: Readonly<Record<string, unknown>>,
): unknown {
  giveBack();
  const { _address: address, _authkey: authkey } = proxy;
  const [kind, value] = exchange(address, authkey, [proxy._id, name, tupleOf([...args]), { ...keywords }]);
  if (kind !== "#PROXY") return resultOf(kind, value);
  const [exposed, token] = value as [Iterable<string>, Token];
  return AutoProxy(Token(token.typeid, address, token.id), "pickle", { authkey, exposed, incref: false })._hold(true);
}

/** Sends a request and receives its answer. If that fails the connection is given up: an answer may still be on its way. */
function exchange(address: Address, authkey: Uint8Array | null, request: unknown[]): [kind: string, value: unknown] {
  const connection = connectionTo(address, authkey!);
  const outer = receivedWith;
  receivedWith = authkey;
  try {
    connection.send(tupleOf(request));
    return connection.recv();
  } catch (error) {
    forget(address);
    throw error;
  } finally {
    receivedWith = outer;
  }
}

defineAll("multiprocessing.managers", { BaseProxy, autoProxyOf, AutoProxy });
