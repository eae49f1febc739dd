// multiprocessing.connection's Listener and Client: connections to other programs, CPython's among them.
import { signature } from "../../arguments";
import type { bytes } from "../../builtins/bytes";
import { list } from "../../builtins/list";
import { repr } from "../../builtins/repr";
import { tupleOf } from "../../builtins/tuple";
import { callable } from "../../callable";
import { AttributeError, OSError, OverflowError, TypeError, ValueError } from "../../exceptions";
import { defineAll } from "../../registry";
import { refuseCopies } from "../../runtime/copies";
import { randomBytes } from "../../runtime/crypto";
import { Instance } from "../../runtime/instance";
import { Socket, type SocketAddress } from "../../runtime/net";
import { answer_challenge, deliver_challenge } from "./challenge";
import { NetworkConnection } from "./connection";

/** A host and a port for AF_INET, a path for AF_UNIX. */
export type Address = string | readonly [host: string, port: number];
type Family = "AF_INET" | "AF_UNIX";

export interface ListenerOptions {
  address?: Address | null;
  family?: Family | null;
  backlog?: number;
  authkey?: bytes | Uint8Array | null;
}

export interface ClientOptions {
  family?: Family | null;
  authkey?: bytes | Uint8Array | null;
}

const bindListener = signature<[address: unknown, family: string | null, backlog: number, authkey: Uint8Array | null]>(
  "Listener.__init__(address=None, family=None, backlog=1, authkey=None)",
);
const bindClient = signature<[address: unknown, family: string | null, authkey: Uint8Array | null]>(
  "Client(address, family=None, authkey=None)",
);

/** The family of an address; a list stands for a tuple, as a port may write one.  @throws ValueError or TypeError if it is none */
export function address_type(address: unknown): string {
  if (Array.isArray(address) || address instanceof list) return "AF_INET";
  if (typeof address === "string") return address.startsWith("\\\\") ? "AF_PIPE" : "AF_UNIX";
  const error = address === null ? ValueError : TypeError;
  throw error(`address type of ${repr(address)} unrecognized`);
}

function arbitraryAddress(family: string): Address {
  if (family === "AF_INET") return ["localhost", 0];
  if (family !== "AF_UNIX" && family !== "AF_PIPE") throw ValueError("unrecognized family");
  const name = Array.from(randomBytes(8), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `/tmp/listener-${name}`;
}

function checkFamily(family: string): void {
  if (family === "AF_PIPE") throw ValueError(`Family ${family} is not recognized.`);
  if (family === "AF_INET" || family === "AF_UNIX") return;
  throw AttributeError(`module 'socket' has no attribute '${family}'`);
}

/** The address as the host takes it, with CPython's errors for one that is none. */
function checked(address: unknown, family: string): SocketAddress {
  if (family === "AF_UNIX") {
    if (typeof address === "string") return address;
    throw TypeError("a bytes-like object is required, not 'tuple'");
  }
  if (typeof address === "string") throw TypeError("AF_INET address must be tuple, not str");
  const [host, port] = address as Iterable<any>;
  if ((address as unknown[]).length !== 2) throw TypeError("AF_INET address must be a pair (host, port)");
  if (typeof host !== "string") throw TypeError("str, bytes or bytearray expected, not int");
  if (!Number.isInteger(port)) throw TypeError("'str' object cannot be interpreted as an integer");
  if (port < 0 || port > 65535) throw OverflowError("bind(): port must be 0-65535.");
  return [host, port];
}

function checkKey(authkey: unknown): void {
  if (authkey !== null && !(authkey instanceof Uint8Array)) throw TypeError("authkey should be a byte string");
}

/** As Python shows an address: a pair is a tuple. */
function shown(address: SocketAddress): Address {
  return typeof address === "string" ? address : (tupleOf([...address]) as unknown as Address);
}

class ListenerType extends Instance {
  static readonly __module__ = "multiprocessing.connection";

  /** null when it is closed. */
  declare _socket: Socket | null;
  declare _address: Address;
  declare _last_accepted: Address | null;
  declare _authkey: Uint8Array | null;

  constructor(
    address?: Address | null | ListenerOptions,
    family?: Family | null | ListenerOptions,
    backlog?: number | ListenerOptions,
    authkey?: Uint8Array | null | ListenerOptions,
  );
  constructor(...args: unknown[]) {
    const [given, familyGiven, backlog, authkey] = bindListener(args);
    const family = familyGiven || (given ? address_type(given) : "AF_UNIX");
    const wanted = given || arbitraryAddress(family);
    checkFamily(family);
    const address = checked(wanted, family);
    checkKey(authkey);
    super();
    const socket = Socket.listen(address, backlog);
    this._socket = socket;
    this._address = shown(socket.names()!.address);
    this._last_accepted = null;
    this._authkey = authkey;
  }

  /**
   * Waits for the next connection, and has it prove that it has the key, if there is one.
   *
   * @throws AuthenticationError if it has not; the connection is closed then
   */
  accept(): NetworkConnection {
    const listener = this._socket;
    if (listener === null) throw OSError("listener is closed");
    const socket = listener.accept();
    this._last_accepted = shown(socket.names()?.peer ?? "");
    const key = this._authkey;
    return proven(socket, (connection) => {
      // An empty key is one too, as from Python 3.13 on; 3.11 takes it for none here, and for one in Client.
      if (key === null) return;
      deliver_challenge(connection, key);
      answer_challenge(connection, key);
    });
  }

  /** Nobody can connect any more; connections that have been accepted stay. Closing twice does nothing. */
  close(): void {
    const socket = this._socket;
    this._socket = null;
    socket?.closeListening();
  }

  /** Where it listens: a tuple of host and port, or a path. */
  get address(): Address {
    checkOpen(this, "_address");
    return this._address;
  }

  /** Address of the connection that was accepted last, or None. */
  get last_accepted(): Address | null {
    checkOpen(this, "_last_accepted");
    return this._last_accepted;
  }

  __enter__(): this {
    return this;
  }

  __exit__(): void {
    this.close();
  }
}

/** CPython's refusal: its listener has let go of what knew. */
function checkOpen({ _socket }: ListenerType, name: string): void {
  if (_socket === null) throw AttributeError(`'NoneType' object has no attribute '${name}'`, { name, obj: null });
}

refuseCopies(ListenerType, () => TypeError("cannot pickle 'weakref.ReferenceType' object"));

/** Waits for connections of other programs. As CPython's `multiprocessing.connection.Listener`. Not in a web page. */
export const Listener = callable(ListenerType, "Listener");
export type Listener = ListenerType;

/**
 * A connection to a Listener, here or in another program.
 *
 * @throws ConnectionRefusedError and its like
 * @throws AuthenticationError if one of the two has another key
 */
export function Client(
  address: Address,
  family?: Family | null | ClientOptions,
  authkey?: Uint8Array | null,
): NetworkConnection;
export function Client(...args: unknown[]): NetworkConnection {
  const [given, familyGiven, authkey] = bindClient(args);
  const family = address_type(given);
  // Which other family is named does not matter: as in CPython the address says it.
  if (familyGiven === "AF_PIPE" || family === "AF_PIPE") checkFamily("AF_PIPE");
  const address = checked(given, family);
  return proven(Socket.connect(address), (connection) => {
    checkKey(authkey);
    if (authkey === null) return;
    answer_challenge(connection, authkey);
    deliver_challenge(connection, authkey);
  });
}

/** The connection over `socket`, which is closed if the proof fails. */
function proven(socket: Socket, prove: (connection: NetworkConnection) => void): NetworkConnection {
  const connection = NetworkConnection(socket);
  try {
    prove(connection);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

defineAll("multiprocessing.connection", { Listener, Client });
