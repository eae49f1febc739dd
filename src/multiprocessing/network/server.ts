// A manager's server: it has the objects, and calls their methods for proxies. Each connection has a thread of its own.
//
// Invariant: `_refcounts` and `_objects` change together, with `_mutex` held: an object is there as long as it is counted.
import { kw } from "../../arguments";
import type { bytes } from "../../builtins/bytes";
import { isClass } from "../../builtins/classes";
import { dict } from "../../builtins/dict";
import { list } from "../../builtins/list";
import { delattr, dir, getattr, setattr } from "../../builtins/objects";
import { repr, str } from "../../builtins/repr";
import { tuple } from "../../builtins/tuple";
import { isinstance, type } from "../../builtins/types";
import { callable } from "../../callable";
import { AssertionError, EOFError, Exception, KeyError, SystemExit, TypeError, ValueError } from "../../exceptions";
import { defineAll } from "../../registry";
import { bound } from "../../runtime/bound";
import { randomBytes } from "../../runtime/crypto";
import { callWithKeywords, namesFor } from "../../runtime/functions";
import { hasIdentity } from "../../runtime/identity";
import { Instance } from "../../runtime/instance";
import { addressOf } from "../../runtime/shared";
import { Event } from "../../threading/event";
import { RLock } from "../../threading/rlock";
import { Thread } from "../../threading/thread";
import { answer_challenge, deliver_challenge } from "./challenge";
import type { NetworkConnection } from "./connection";
import { isIterator, RemoteIterator } from "./iterators";
import { type Address, Listener } from "./listener";
import { inWords, refuse, Token } from "./remote";

/** What is registered under a typeid: a list of what makes the object, the methods that are exposed, and those that give proxies. */
export type Registered = list<any> & [Function | null, tuple<string> | null, dict<string, string> | null];
/** An object with the names of its methods that may be called, and the typeids of those that give proxies. */
type Held = list<any> & [unknown, tuple<string>, dict<string, string> | null];

type Keywords = Iterable<[string, unknown]>;
/** What a thread has to do once its answer is sent, if it is the only one that can. */
interface Made {
  serve?: () => void;
}
type Answer = [kind: string, value: unknown];

/** Requests of the server itself. */
const PUBLIC: Record<string, (server: ServerType, made: Made, args: any[], keywords: Keywords) => unknown> = {
  create: (server, made, [typeid, ...args], keywords) => tuple(server.create(typeid, args, keywords, made)),
  get_methods: (server, _, [token]) => server.held(token.id)[1],
  incref: (server, _, [ident]) => server.incref(ident),
  decref: (server, _, [ident]) => server.decref(ident),
  number_of_objects: (server) => server._refcounts.length,
  debug_info: (server) => server.debugInfo(),
  dummy: () => null,
};

class ServerType extends Instance {
  static readonly __module__ = "multiprocessing.managers";

  declare _registry: dict<string, Registered>;
  declare _authkey: bytes;
  declare listener: Listener;
  declare address: Address;
  declare _objects: dict<string, Held>;
  declare _refcounts: dict<string, number>;
  declare _mutex: RLock;
  declare _connections: list<NetworkConnection>;
  declare stop_event: Event;

  constructor(registry: dict<string, Registered>, address: Address | null, authkey: bytes) {
    super();
    if (!(authkey instanceof Uint8Array)) {
      throw TypeError(`Authkey ${repr(authkey)} is type ${repr(type(authkey))}, not bytes`);
    }
    this._registry = registry;
    this._authkey = authkey;
    this.listener = Listener(address, kw({ family: address ? null : "AF_UNIX", backlog: 16 }));
    this.address = this.listener.address;
    this._objects = dict<Held>() as never;
    this._refcounts = dict() as never;
    this._mutex = RLock();
    this._connections = list();
    this.stop_event = Event();
  }

  /** Serves until it is told to stop, and then ends the thread, as Python does: by SystemExit. */
  serve_forever(): never {
    this.serve();
    throw SystemExit(0);
  }

  serve(): void {
    Thread({ target: bound(this, "accepter") as never, daemon: true }).start();
    try {
      this.stop_event.wait();
    } finally {
      this.listener.close();
      for (const connection of this._connections) connection.close();
    }
  }

  accepter(): void {
    while (!this.stop_event.is_set()) {
      let connection: NetworkConnection;
      try {
        connection = this.listener.accept();
      } catch (error) {
        // A client that has gone again. Once the server has stopped, the listener is closed.
        if (isinstance(error, Exception)) continue;
        throw error;
      }
      Thread({ target: bound(this, "handle_request") as never, args: [connection], daemon: true }).start();
    }
  }

  /** The life of a connection: one request for the server, which may ask to go on with requests for its objects. */
  handle_request(connection: NetworkConnection): void {
    this._connections.append(connection);
    const made: Made = {};
    try {
      const answer = this.answerOnce(connection, made);
      if (answer) sendAnswer(connection, answer);
    } catch (error) {
      if (!isinstance(error, Exception)) throw error;
    } finally {
      connection.close();
      this._connections.remove(connection);
    }
    made.serve?.();
  }

  answerOnce(connection: NetworkConnection, made: Made): Answer | undefined {
    try {
      deliver_challenge(connection, this._authkey);
      answer_challenge(connection, this._authkey);
      const [, name, args, keywords] = connection.recv();
      if (name === "accept_connection" || name === "shutdown") {
        sendAnswer(connection, ["#RETURN", null]);
        if (name === "shutdown") this.stop_event.set();
        else this.serve_client(connection);
        return undefined;
      }
      if (!Object.hasOwn(PUBLIC, name)) throw AssertionError(`${repr(name)} unrecognized`);
      return ["#RETURN", PUBLIC[name]!(this, made, [...args], keywords.items())];
    } catch (error) {
      return ["#TRACEBACK", inWords(error)];
    }
  }

  /** Answers requests for objects until the client goes. */
  serve_client(connection: NetworkConnection): void {
    while (!this.stop_event.is_set()) {
      let answer: Answer;
      try {
        const [ident, name, args, keywords] = connection.recv();
        answer = this.callMethod(ident, name, [...args], keywords.items());
      } catch (error) {
        if (isinstance(error, EOFError)) return;
        answer = ["#TRACEBACK", inWords(error)];
      }
      sendAnswer(connection, answer);
    }
  }

  callMethod(ident: string, name: string, args: unknown[], keywords: Keywords): Answer {
    const [object, exposed, typeids] = this.held(ident);
    const method = exposed.includes(name) ? methodOf(object, name) : undefined;
    if (!method) return this.fallback(object, name, exposed);
    let result: unknown;
    try {
      result = called(method, args, keywords);
    } catch (error) {
      if (isinstance(error, Exception)) return ["#ERROR", error];
      throw error;
    }
    const typeid = typeids?.get(name);
    if (!typeid) return ["#RETURN", result];
    const [made, methods] = this.create(typeid, [result], []);
    return ["#PROXY", tuple([methods, Token(typeid, this.address, made)])];
  }

  /** What any object can be asked for. */
  fallback(object: unknown, name: string, exposed: tuple<string>): Answer {
    if (name === "__str__") return ["#RETURN", str(object)];
    if (name === "__repr__") return ["#RETURN", repr(object)];
    if (name === "#GETVALUE") return ["#RETURN", object];
    return refuse(object, name, exposed);
  }

  held(ident: string): Held {
    const held = this._objects.get(ident);
    if (held === null) throw KeyError(ident);
    return [...held] as never;
  }

  /** Makes an object of a type that is registered: its id, and the methods that are exposed. */
  create(typeid: string, args: unknown[], keywords: Keywords, made?: Made): [ident: string, exposed: tuple<string>] {
    const registered = this._registry.get(typeid);
    if (registered === null) throw KeyError(typeid);
    const [make, exposed, typeids] = [...registered] as Registered;
    if (make === null && (args.length !== 1 || [...keywords].length > 0)) {
      throw ValueError("Without callable, must have one non-keyword argument");
    }
    const result = make === null ? args[0] : called(make, args, keywords);
    const object = isIterator(result) ? this.remote(result, made) : result;
    const names = [...(exposed ?? publicMethods(object)), ...(typeids?.keys() ?? [])];
    const ident = identOf(object);
    this._mutex.acquire();
    try {
      this._objects.set(ident, list([object, tuple(names), typeids]) as Held);
      this.incref(ident);
    } finally {
      this._mutex.release();
    }
    return [ident, tuple(names)];
  }

  remote(iterator: Iterator<unknown>, made: Made | undefined): RemoteIterator {
    if (!made)
      throw TypeError("a method cannot give an iterator to a client, as its thread has more to do: give a list");
    const remote = new RemoteIterator();
    made.serve = () => remote.serve(iterator);
    return remote;
  }

  incref(ident: string): void {
    this._mutex.acquire();
    try {
      this.held(ident);
      this._refcounts.set(ident, this._refcounts.get(ident, 0) + 1);
    } finally {
      this._mutex.release();
    }
  }

  decref(ident: string): void {
    this._mutex.acquire();
    try {
      const count = this._refcounts.pop(ident) - 1;
      if (count > 0) this._refcounts.set(ident, count);
      else this._objects.pop(ident);
    } finally {
      this._mutex.release();
    }
  }

  debugInfo(): string {
    const lines = [...this._refcounts.items()].sort().map(([ident, count]) => {
      return `  ${ident}:       refcount=${count}\n    ${str(this.held(ident)[0]).slice(0, 75)}`;
    });
    return lines.join("\n");
  }
}

/** What serves the objects of a manager; see `BaseManager.get_server`. */
export const Server = callable(ServerType, "Server");
export type Server = ServerType;

/**
 * Calls `target` with keywords: by the names of its parameters, where these are known, else in Python's calling convention. A
 * class is made an instance of.
 */
function called(target: Function, args: readonly unknown[], keywords: Keywords): unknown {
  const given = Object.fromEntries(keywords);
  if (target === (dict as unknown)) return dict((args[0] ?? null) as never, given);
  if (isClass(target)) return callWithKeywords(target, [...args], given);
  if (Object.keys(given).length === 0) return target(...args);
  return namesFor(target) ? callWithKeywords(target, [...args], given) : target(...args, kw(given));
}

/** The same for the same object, whichever thread asks. Data has no identity: each time it is another object. */
function identOf(object: unknown): string {
  if (typeof object === "object" && object !== null && hasIdentity(object)) return addressOf(object).toString(16);
  return Array.from(randomBytes(8), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The method `name`, bound, so that the names of its parameters are found. */
function methodOf(object: any, name: string): Function | undefined {
  const own = object?.[name] ?? attributes(object, name);
  if (typeof own !== "function") return undefined;
  return typeof object === "object" ? bound(object, name, own) : own.bind(object);
}

/** Python's methods of any object that get and set its attributes, which have no methods of that name here. */
function attributes(object: any, name: string): Function | undefined {
  if (name === "__getattribute__") return (key: string) => getattr(object, key);
  if (name === "__setattr__") return (key: string, value: unknown) => setattr(object, key, value);
  if (name === "__delattr__") return (key: string) => delattr(object, key);
  return undefined;
}

/** What JavaScript, or this library, has in an object beside Python's methods. */
const OURS = new Set(["constructor", "promote", "aio", "toString"]);

/** Names of the methods that do not begin with an underscore. */
function publicMethods(object: unknown): string[] {
  const isMethod = (name: string) => !name.startsWith("_") && !OURS.has(name);
  return dir(object).filter((name) => isMethod(name) && typeof (object as any)[name] === "function");
}

/** What cannot be sent is told in words. */
function sendAnswer(connection: NetworkConnection, answer: Answer): void {
  try {
    connection.send(tuple(answer));
  } catch (error) {
    connection.send(tuple(["#UNSERIALIZABLE", inWords(error)]));
  }
}

defineAll("multiprocessing.managers", { Server });
