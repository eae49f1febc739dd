// Proxies: objects that pass on what is called of them to the object that they stand for.
//
// That object lives in kernel memory, so a proxy calls it right where the caller is: a list of
// a manager is as near to each process as to that which made it.
import { Kind } from "../../../assembly/status";
import { signature } from "../../arguments";
import { ADDRESS } from "../../builtins/classes";
import { id } from "../../builtins/hash";
import { repr, str } from "../../builtins/repr";
import { set } from "../../builtins/set";
import { callable } from "../../callable";
import { BrokenPipeError, EOFError, FileNotFoundError, RuntimeError } from "../../exceptions";
import { kernel } from "../../kernel/kernel";
import { PicklingError } from "../../pickle/errors";
import { defineAll } from "../../registry";
import { commonClass, GOES_AS_ITSELF, makeCommon } from "../../runtime/common";
import { addressOf, KIND, Shared } from "../../runtime/shared";
import { allocated, looking } from "../../runtime/wait";
import { read, slotAt, write } from "../../runtime/words";
import { Common } from "../common";
import { knowProxies, RebuildProxy, BaseProxy as RemoteProxy } from "../network/proxy";
import { inRemoteWords, refuse, type Token } from "../network/remote";
import { callReferent, released } from "./referents";

const bindGetValue = signature("BaseProxy._getvalue()");

/** Words of a proxy's record. */
const enum Word {
  Class,
  Typeid,
  /** The object. */
  Referent,
  Closed,
}
const WORDS = 4;
const ENOENT = 2;
const EPIPE = 32;

export interface ProxyParts {
  typeid: string;
  /** Event that is set when the manager has shut down; null if it is asked each time. */
  closed: unknown;
  /** The object, or a proxy of it over the network. */
  referent: object;
}

function slotOf(proxy: BaseProxyType, word: Word): number {
  return slotAt(kernel.record_words(addressOf(proxy)) >>> 0) + word;
}

/** Referents that this thread has met, so that a call need not read its proxy's record. */
const met = new WeakMap<BaseProxyType, Met>();

interface Met {
  referent: object;
  /** Address of the event of its manager's end; 0 if that is a server. */
  closed: number;
  /** Whether this thread has called it. */
  isReached: boolean;
}

export class BaseProxyType extends Shared<never> {
  static readonly __module__: string = "multiprocessing.managers";
  /** Names of the methods that its objects let be called, where the class says so. */
  static _exposed_?: readonly string[];
  static _method_to_typeid_?: Record<string, string>;
  /** Whether calls of its objects may wait. */
  static _waits_?: boolean;

  get [KIND](): Kind {
    return Kind.Record;
  }

  protected promote(): never {
    throw RuntimeError("a proxy is made by a manager");
  }

  /** The object that the proxy stands for. */
  _referent(): object {
    return meet(this).referent;
  }

  /** Identifies the object. */
  get _token(): { typeid: string; address: unknown; id: string } {
    const { referent } = meet(this);
    if (isRemote(referent)) return referent._token;
    return { typeid: read(slotOf(this, Word.Typeid)) as string, address: null, id: this._id };
  }

  get _id(): string {
    const { referent } = meet(this);
    return isRemote(referent) ? referent._id : id(referent).toString(16);
  }

  /**
   * Calls a method of the object.
   *
   * @throws what the method raises
   * @throws EOFError if the manager shuts down while the method waits
   * @throws RemoteError if the object does not let it be called
   * @throws BrokenPipeError if the manager has shut down; FileNotFoundError if this thread had called none of its objects before
   */
  _callmethod(methodname: string, args: Iterable<unknown> = [], kwds: Record<string, unknown> = {}): any {
    const here = meet(this);
    const { referent, closed } = here;
    if (isRemote(referent)) return referent._callmethod(methodname, [...args], kwds);
    if (kernel.event_is_set(closed) !== 0) throw gone(closed);
    if (!here.isReached) reach(here);
    const { _exposed_ = [], _waits_ } = this.constructor as typeof BaseProxyType;
    if (!_exposed_.includes(methodname)) return fallback(referent, methodname, _exposed_);
    const call = () => callReferent(referent, methodname, [...args], kwds);
    return _waits_ ? looking(() => checkOpen(closed), call) : call();
  }

  /** A copy of the object. */
  _getvalue(...args: []): any {
    if (args.length > 0) bindGetValue(args);
    return this._callmethod("#GETVALUE");
  }

  /** The text of the object itself. */
  __str__(): string {
    try {
      return this._callmethod("__repr__") as string;
    } catch {
      return `${repr(this).slice(0, -1)}; '__str__()' failed>`;
    }
  }

  override toString(): string {
    return str(this);
  }

  /** Over the network it goes as a proxy, if it is one of an object there. */
  __reduce__() {
    const { referent } = meet(this);
    if (!isRemote(referent)) throw PicklingError("a proxy of an object in memory cannot be sent over the network");
    return { call: RebuildProxy, args: [this.constructor, this._token as Token, "pickle", {}] };
  }

  __repr__(): string {
    const at = ((this as any)[ADDRESS] as number).toString(16);
    return `<${this.constructor.name} object, typeid '${read(slotOf(this, Word.Typeid))}' at 0x${at}>`;
  }
}

/** Managers, by the events of their ends, of which this thread has called an object: to those CPython has a connection. */
const reached = new Set<number>();

/** Raises for who waits for an object of a manager that has shut down. */
function checkOpen(closed: number): void {
  if (kernel.event_is_set(closed) !== 0) throw EOFError();
}

function reach(proxy: Met): void {
  proxy.isReached = true;
  reached.add(proxy.closed);
}

function gone(closed: number): Error {
  if (reached.has(closed)) return BrokenPipeError(EPIPE, "Broken pipe");
  return FileNotFoundError(ENOENT, "No such file or directory");
}

const isInstanceOf = Function.prototype[Symbol.hasInstance];

/** Whether a proxy stands for a proxy over the network. */
function isRemote(referent: object): referent is RemoteProxy {
  return isInstanceOf.call(RemoteProxy, referent);
}

// To a program that asks, all proxies are BaseProxy's.
Object.defineProperty(RemoteProxy, Symbol.hasInstance, {
  value(this: Function, value: unknown): boolean {
    return isInstanceOf.call(this, value) || (this === RemoteProxy && isInstanceOf.call(BaseProxyType, value));
  },
});

function meet(proxy: BaseProxyType): Met {
  const known = met.get(proxy);
  if (known) return known;
  const referent = read(slotOf(proxy, Word.Referent)) as object;
  const event = read(slotOf(proxy, Word.Closed));
  const closed = event === null ? 0 : addressOf(event as never);
  const made = { referent, closed, isReached: false };
  met.set(proxy, made);
  return made;
}

/** What any proxy may ask for, whatever is exposed. */
function fallback(referent: object, name: string, exposed: readonly string[]): unknown {
  if (name === "__repr__") return repr(referent);
  if (name === "__str__") return str(referent);
  if (name === "#GETVALUE") return released(referent);
  return inRemoteWords(() => refuse(referent, name, set(exposed)));
}

/** Makes a proxy. */
export function newProxy(cls: Function, parts: ProxyParts): BaseProxyType {
  const record = makeCommon(allocated(kernel.record_new(Kind.Record, WORDS)), Common.Proxy);
  const words = slotAt(kernel.record_words(record) >>> 0);
  try {
    write(words + Word.Class, cls, "the proxy's class");
    write(words + Word.Typeid, parts.typeid);
    write(words + Word.Referent, parts.referent, "the object");
    write(words + Word.Closed, parts.closed);
  } catch (error) {
    kernel.object_release(record);
    throw error;
  }
  return Shared.revive(cls, record) as BaseProxyType;
}

/** Base of all proxies. A class of one's own names what may be called in a static `_exposed_`, and calls `_callmethod`. */
export const BaseProxy = callable(BaseProxyType, "BaseProxy");
export type BaseProxy = BaseProxyType;

/** A proxy of the class for what a proxy over the network stands for. */
export function proxyOver(cls: Function, remote: RemoteProxy): BaseProxyType {
  return newProxy(cls, { typeid: remote._typeid, closed: null, referent: remote });
}

/** Makes classes of proxies known by their names in pickles. */
export function knowAll(classes: Readonly<Record<string, Function>>): void {
  for (const [name, cls] of Object.entries(classes)) knowProxies(name, cls, (remote) => proxyOver(cls, remote));
}

/** Makes a class of proxies with the methods of these names. */
export function MakeProxyType(name: string, exposed: readonly string[]): typeof BaseProxyType {
  const cls = callable(class extends BaseProxyType {}, name);
  Object.defineProperty(cls, "_exposed_", { value: exposed });
  addMethods(cls.prototype, exposed);
  return cls as unknown as typeof BaseProxyType;
}

export function addMethods(prototype: object, names: readonly string[]): void {
  for (const name of names) {
    const value = {
      [name](this: BaseProxyType, ...args: unknown[]): unknown {
        return this._callmethod(name, args);
      },
    }[name];
    Object.defineProperty(prototype, name, { value, writable: true, configurable: true });
  }
}

Object.defineProperty(BaseProxyType.prototype, GOES_AS_ITSELF, { value: true });
commonClass(BaseProxyType, Common.Proxy, (address) => {
  const words = slotAt(kernel.record_words(address) >>> 0);
  const proxy = Shared.revive(read(words + Word.Class) as Function, address);
  if (read(words + Word.Closed) === null) (read(words + Word.Referent) as RemoteProxy)._meet();
  return proxy;
});
defineAll("multiprocessing.managers", { KernelProxy: BaseProxy });
