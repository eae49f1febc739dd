// A connection over a socket, in CPython's framing: four bytes of length, the highest first, then the message; -1 is followed
// by eight bytes of length. Objects go as pickles.
import { Kind } from "../../../assembly/status";
import { signature } from "../../arguments";
import { bytes } from "../../builtins/bytes";
import { qualifiedName, typeName } from "../../builtins/classes";
import { callable } from "../../callable";
import { EOFError, OSError, TypeError } from "../../exceptions";
import { dumps, loads } from "../../pickle";
import { defineAll } from "../../registry";
import { promoteInstance } from "../../runtime/instance";
import type { Socket } from "../../runtime/net";
import { addressOf, KIND } from "../../runtime/shared";
import { optionalDeadline } from "../../runtime/wait";
import { _ConnectionBase } from "../connection/base";
import { checkNotNegative, checkTarget, partOf } from "../connection/checks";
import { BufferTooShort } from "../errors";

/** Longest message that is received; CPython has no such limit. */
const MAX_MESSAGE = 2 ** 30;
/** What is set aside for a message before more of it has come than this. */
const FIRST_PART = 2 ** 20;
/** Lengths beyond are told in eight bytes. */
const MAX_SHORT = 0x7fffffff;

const bindSend = signature<[obj: unknown]>("_ConnectionBase.send(obj: data)");
const bindRecv = signature<[]>("_ConnectionBase.recv()");
const bindSendBytes = signature<[buf: Uint8Array, offset: number, size: number | null]>(
  "_ConnectionBase.send_bytes(buf, offset=0, size=None)",
);
const bindRecvBytes = signature<[maxlength: number | null]>("_ConnectionBase.recv_bytes(maxlength=None)");
const bindRecvInto = signature<[buf: Uint8Array, offset: number]>("_ConnectionBase.recv_bytes_into(buf, offset=0)");
const bindPoll = signature<[timeout: number | null]>("_ConnectionBase.poll(timeout=0.0)");

class NetworkConnectionType extends _ConnectionBase<true> {
  static override readonly __module__ = "multiprocessing.connection";

  /** null when it is closed. */
  declare _socket: Socket | null;
  declare _readable: boolean;

  constructor(socket: Socket) {
    super(true);
    this._socket = socket;
    this._readable = true;
  }

  get [KIND](): Kind {
    return Kind.Instance;
  }

  protected promote(): number {
    return promoteInstance(this);
  }

  _incoming(): number {
    return opened(this, true).incoming;
  }

  get closed(): boolean {
    return this._socket === null;
  }

  get readable(): boolean {
    return this._readable;
  }

  get writable(): boolean {
    return true;
  }

  /** Closes the connection. What has been sent arrives; the other end then gets EOFError. */
  close(): void {
    const socket = this._socket;
    this._socket = null;
    socket?.close();
  }

  /** Sends an object, as a pickle: data only. @throws PicklingError for what is none */
  send(obj: unknown): void;
  send(...args: unknown[]): void {
    const [obj] = bindSend(args);
    sendMessage(opened(this), dumps(obj));
  }

  /** Sends bytes, as one message. */
  send_bytes(buf: Uint8Array, offset?: number, size?: number | null): void;
  send_bytes(...args: unknown[]): void {
    const [buf, offset, size] = bindSendBytes(args);
    const socket = opened(this);
    sendMessage(socket, partOf(bytesOf(buf), offset, size));
  }

  /**
   * The next object that was sent. Blocks until there is one.
   *
   * @throws EOFError if nothing is left and the other end is closed
   * @throws UnpicklingError if it is more than data
   */
  recv(): any;
  recv(...args: unknown[]): any {
    if (args.length > 0) bindRecv(args);
    return loads(received(this, MAX_MESSAGE));
  }

  /** The next message, as bytes. @throws OSError if it is longer than `maxlength`; no more can be read then */
  recv_bytes(maxlength?: number | null): bytes;
  recv_bytes(...args: unknown[]): bytes {
    const [maxlength] = bindRecvBytes(args);
    if (maxlength !== null) checkNotNegative(maxlength, "negative maxlength");
    return bytes(received(this, Math.min(maxlength ?? MAX_MESSAGE, MAX_MESSAGE)));
  }

  /**
   * Writes the next message into a buffer, from `offset` on.
   *
   * @returns how many bytes
   * @throws BufferTooShort with the message, if there is no room for it
   */
  recv_bytes_into(buf: Uint8Array, offset?: number): number;
  recv_bytes_into(...args: unknown[]): number {
    const [buf, offset] = bindRecvInto(args);
    const view = bytesOf(buf);
    checkTarget(buf, view, offset);
    const message = received(this, MAX_MESSAGE);
    if (view.length < offset + message.length) throw BufferTooShort(bytes(message));
    view.set(message, offset);
    return message.length;
  }

  /** Whether there is something to receive, or the end; waits for it at most `timeout` seconds, or for ever with None. */
  poll(timeout?: number | null): boolean;
  poll(...args: unknown[]): boolean {
    const [timeout] = bindPoll(args);
    return opened(this, true).poll(optionalDeadline(timeout));
  }

  fileno(): number {
    return addressOf(opened(this));
  }

  __enter__(): this {
    return this;
  }

  __exit__(): void {
    this.close();
  }

  __repr__(): string {
    return `<${qualifiedName(this.constructor as never)} object at 0x${addressOf(this).toString(16).padStart(12, "0")}>`;
  }
}

/** A connection to another program. As CPython's `multiprocessing.connection.Connection`; only data can be sent. */
export const NetworkConnection = callable(NetworkConnectionType, "Connection");
export type NetworkConnection = NetworkConnectionType;

function bytesOf(buf: unknown): Uint8Array {
  if (buf instanceof Uint8Array) return buf;
  throw TypeError(`memoryview: a bytes-like object is required, not '${typeName(buf)}'`);
}

function opened(connection: NetworkConnectionType, toRead = false): Socket {
  const socket = connection._socket;
  if (socket === null) throw OSError("handle is closed");
  if (toRead && !connection._readable) throw OSError("connection is write-only");
  return socket;
}

function sendMessage(socket: Socket, message: Uint8Array): void {
  const { length } = message;
  const head = new DataView(new ArrayBuffer(length > MAX_SHORT ? 12 : 4));
  head.setInt32(0, length > MAX_SHORT ? -1 : length);
  if (length > MAX_SHORT) head.setBigUint64(4, BigInt(length));
  const frame = new Uint8Array(head.byteLength + length);
  frame.set(new Uint8Array(head.buffer));
  frame.set(message, head.byteLength);
  socket.write(frame);
}

/** The next message, which must not be longer than `limit`. */
function received(connection: NetworkConnectionType, limit: number): Uint8Array {
  const socket = opened(connection, true);
  let size = new DataView(exactly(socket, 4).buffer).getInt32(0);
  if (size === -1) size = Number(new DataView(exactly(socket, 8).buffer).getBigUint64(0));
  if (size < 0 || size > limit) {
    // Where the next message begins is not known any more.
    connection._readable = false;
    throw OSError("bad message length");
  }
  return exactly(socket, size);
}

/** The next `size` bytes. Memory is taken as they come, not as they are announced. */
function exactly(socket: Socket, size: number): Uint8Array {
  let target = new Uint8Array(Math.min(size, FIRST_PART));
  for (let at = 0; at < size; ) {
    if (at === target.length) {
      const larger = new Uint8Array(Math.min(size, at * 2));
      larger.set(target);
      target = larger;
    }
    const read = socket.readInto(target.subarray(at));
    if (read === 0) throw at === 0 ? EOFError() : OSError("got end of file during message");
    at += read;
  }
  return target;
}

defineAll("multiprocessing.connection", { NetworkConnection });
