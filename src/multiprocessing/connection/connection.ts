// Pipe and Connection: two queues of messages in the kernel, or one, and handles for their ends.
//
// A message is a copy of an object, or raw bytes. Which process has which end open stands in the ends' handles: so a reader
// finds the end of the stream when the last process that could write has closed its end, or has ended, however it did.
import { Kind } from "../../../assembly/status";
import { signature } from "../../arguments";
import { bytes } from "../../builtins/bytes";
import { typeName } from "../../builtins/classes";
import { callable } from "../../callable";
import { OSError, TypeError } from "../../exceptions";
import { kernel } from "../../kernel/kernel";
import { dumps, loads } from "../../pickle";
import { defineAll, extendCodec } from "../../registry";
import { commonClass, makeCommon } from "../../runtime/common";
import { AsItself, Box, Copied, copyInstances } from "../../runtime/copies";
import { bitOf, clearBit, setBit } from "../../runtime/handles";
import { rawBytes as bytesBehind } from "../../runtime/raw_bytes";
import { addressOf, KIND, Shared } from "../../runtime/shared";
import { allocated } from "../../runtime/wait";
import { Common } from "../common";
import { BufferTooShort } from "../errors";
import { getWord, putCopy } from "../queues/words";
import { _ConnectionBase } from "./base";
import { checkNotNegative, checkTarget, partOf } from "./checks";
import { isReady, readyOf } from "./wait";

/** Messages that may be on their way in one direction; who sends more waits for the reader. */
const CAPACITY = 1024;

const bindPipe = signature<[duplex: boolean]>("Pipe(duplex=True)");
const bindSend = signature<[obj: unknown]>("_ConnectionBase.send(obj: data)");
const bindRecv = signature<[]>("_ConnectionBase.recv()");
const bindSendBytes = signature<[buf: unknown, offset: number, size: number | null]>(
  "_ConnectionBase.send_bytes(buf, offset=0, size=None)",
);
const bindRecvBytes = signature<[maxlength: number | null]>("_ConnectionBase.recv_bytes(maxlength=None)");
const bindInto = signature<[buf: unknown, offset: number]>("_ConnectionBase.recv_bytes_into(buf, offset=0)");
const bindPoll = signature<[timeout: number | null]>("_ConnectionBase.poll(timeout=0.0)");

/** A message that send_bytes has sent. */
class RawMessage {
  constructor(readonly data: Uint8Array) {}
}

extendCodec(RawMessage, {
  name: "raw",
  reduce: ({ data }: RawMessage) => data,
  restore: (data: Uint8Array) => new RawMessage(data),
});

function bytesOf(buf: unknown): Uint8Array {
  if (ArrayBuffer.isView(buf) || buf instanceof ArrayBuffer) return bytesBehind(buf);
  throw TypeError(`memoryview: a bytes-like object is required, not '${typeName(buf)}'`);
}

class ConnectionType extends _ConnectionBase<[reads: number, writes: number]> {
  static override readonly __module__ = "multiprocessing.connection";

  get [KIND](): Kind {
    return Kind.Handle;
  }

  /** Made from kernel queues, 0 for none: see Pipe. */
  constructor(reads: number, writes: number) {
    super([reads, writes]);
  }

  protected promote([reads, writes]: [number, number]): number {
    const address = makeCommon(allocated(kernel.handle_new(reads, writes)), Common.Connection);
    setBit(address);
    return address;
  }

  /** Whether this process has closed it. */
  get closed(): boolean {
    return !bitOf(addressOf(this));
  }

  get readable(): boolean {
    return kernel.handle_reads(addressOf(this)) !== 0;
  }

  get writable(): boolean {
    return kernel.handle_writes(addressOf(this)) !== 0;
  }

  /**
   * Sends a copy of an object, waiting while too many are on their way.
   *
   * @throws BrokenPipeError if the other end is closed in all processes
   * @throws OSError if this end is closed, or only for reading
   * @throws TypeError if the object cannot be copied
   */
  send(obj: unknown): void;
  send(...args: unknown[]): void {
    putCopy(toWrite(this), args.length === 1 ? args[0] : bindSend(args)[0], Number.POSITIVE_INFINITY);
  }

  /** Sends bytes as one message, or `size` of them from `offset` on. Errors as send. */
  send_bytes(buf: unknown, offset?: number | { offset?: number; size?: number | null }, size?: number | null): void;
  send_bytes(...args: unknown[]): void {
    const queue = toWrite(this);
    const [buf, offset, size] = bindSendBytes(args);
    putCopy(queue, new RawMessage(partOf(bytesOf(buf), offset, size)), Number.POSITIVE_INFINITY);
  }

  /**
   * Takes the next object, waiting while there is none.
   *
   * @throws EOFError if there is none, and the other end is closed in all processes
   * @throws OSError if this end is closed, or only for writing
   */
  recv(): any;
  recv(...args: unknown[]): any {
    if (args.length > 0) bindRecv(args);
    const message = getWord(toRead(this), Number.POSITIVE_INFINITY);
    return message instanceof RawMessage ? loads(message.data) : message;
  }

  /**
   * Takes the next message as bytes; an object that was sent comes as its pickle.
   *
   * @throws OSError if it is longer than `maxlength`; the connection cannot be read from any more then
   */
  recv_bytes(maxlength?: number | null | { maxlength?: number | null }): bytes;
  recv_bytes(...args: unknown[]): bytes {
    const queue = toRead(this);
    const [maxlength] = bindRecvBytes(args);
    if (maxlength !== null) checkNotNegative(maxlength, "negative maxlength");
    const data = rawBytes(queue);
    if (maxlength === null || data.length <= maxlength) return data;
    this.close();
    throw OSError("bad message length");
  }

  /**
   * Takes the next message into a bytearray, or another buffer that can be written to, from `offset` on.
   *
   * @returns how many bytes it has
   * @throws BufferTooShort if it does not fit; its argument is the message
   */
  recv_bytes_into(buf: unknown, offset?: number | { offset?: number }): number;
  recv_bytes_into(...args: unknown[]): number {
    const queue = toRead(this);
    const [buf, offset] = bindInto(args);
    const target = bytesOf(buf);
    checkTarget(buf, target, offset);
    const data = rawBytes(queue);
    if (data.length > target.length - offset) throw BufferTooShort(data);
    target.set(data, offset);
    return data.length;
  }

  /**
   * Whether there is something to read: a message, or the end.
   *
   * @param timeout seconds to wait for it at most; None waits for ever
   */
  poll(timeout?: number | null | { timeout?: number | null }): boolean;
  poll(...args: unknown[]): boolean {
    const queue = toRead(this);
    const [timeout] = args.length === 0 ? [0] : bindPoll(args);
    return isReady(queue) || readyOf([queue], timeout).length > 0;
  }

  _incoming(): number {
    return kernel.handle_reads(toUse(this)) >>> 0;
  }

  /** A number for the connection: it has no file descriptor, and this one is good for nothing but telling it from others. */
  fileno(): number {
    toUse(this);
    return addressOf(this);
  }

  /** Closes this end in this process. */
  close(): void {
    clearBit(addressOf(this));
  }

  __enter__(): this {
    return this;
  }

  __exit__(): void {
    this.close();
  }

  __repr__(): string {
    return `<multiprocessing.connection.Connection object at 0x${addressOf(this).toString(16).padStart(12, "0")}>`;
  }
}

function toUse(connection: ConnectionType): number {
  const address = addressOf(connection);
  if (!bitOf(address)) throw OSError("handle is closed");
  return address;
}

/** Address of the queue to read from. */
function toRead(connection: ConnectionType): number {
  const queue = kernel.handle_reads(toUse(connection)) >>> 0;
  if (queue === 0) throw OSError("connection is write-only");
  return queue;
}

/** Address of the queue to write to. */
function toWrite(connection: ConnectionType): number {
  const queue = kernel.handle_writes(toUse(connection)) >>> 0;
  if (queue === 0) throw OSError("connection is read-only");
  return queue;
}

function rawBytes(queue: number): bytes {
  const message = getWord(queue, Number.POSITIVE_INFINITY);
  return message instanceof RawMessage ? bytes(message.data) : dumps(message);
}

/** An end of a pipe. Behaves as CPython's `multiprocessing.connection.Connection`. */
export const Connection = callable(ConnectionType, "Connection");
export type Connection = ConnectionType;

const isInstanceOf = Function.prototype[Symbol.hasInstance];

// One over a socket is a Connection, too.
Object.defineProperty(Connection, Symbol.hasInstance, {
  value(this: Function, value: unknown): boolean {
    return isInstanceOf.call(this === Connection ? _ConnectionBase : this, value);
  },
});

/**
 * Two connected ends. With `duplex` either can send and receive; else the first receives what the second sends.
 *
 * Unlike CPython's pipe it is bounded by a number of messages, and not by their bytes.
 */
export function Pipe(duplex?: boolean | { duplex?: boolean }): [Connection, Connection];
export function Pipe(...args: unknown[]): [Connection, Connection] {
  const [duplex] = bindPipe(args);
  const there = allocated(kernel.queue_new(CAPACITY));
  const back = duplex ? allocated(kernel.queue_new(CAPACITY)) : 0;
  const ends: [Connection, Connection] = [new Connection(there, back), new Connection(back, there)];
  // Both are open before one can be closed.
  for (const end of ends) addressOf(end);
  for (const queue of [there, back]) if (queue !== 0) kernel.object_release(queue);
  return ends;
}

// What goes to another process is another handle on the same pipe, opened where it arrives: so the sender may close his at
// once, and if it never arrives it is closed with the message that it was in.
copyInstances<any>(Connection, {
  copied: Copied.Connection,
  parts: (connection: ConnectionType) => {
    const address = toUse(connection);
    const handle = allocated(kernel.handle_new(kernel.handle_reads(address), kernel.handle_writes(address)));
    return [new AsItself(Shared.revive(Connection, makeCommon(handle, Common.Connection)))];
  },
  make: () => new Box(),
  fill: (box: Box, [connection]) => {
    setBit(addressOf(connection));
    box.made = connection;
  },
});

commonClass(Connection, Common.Connection, (address) => Shared.revive(Connection, address));
defineAll("multiprocessing.connection", { Connection, Pipe });
