// Python's multiprocessing.dummy.connection module: connections between threads, on queues.
import { signature } from "../../arguments";
import { callable } from "../../callable";
import { Queue } from "../../queue";
import { defineAll } from "../../registry";
import { Instance } from "../../runtime/instance";
import { addressOf } from "../../runtime/shared";
import { readyOf } from "../connection/wait";

const bindPipe = signature<[duplex: boolean]>("Pipe(duplex=True)");
const bindPoll = signature<[timeout: number | null]>("Connection.poll(timeout=0.0)");
const bindListener = signature<[address: unknown, family: unknown, backlog: number]>(
  "Listener.__init__(address=None, family=None, backlog=1)",
);

/** An end of a pipe: what is sent is put into one queue, what is received is taken from the other. */
class ConnectionType extends Instance {
  static readonly __module__: string = "multiprocessing.dummy.connection";

  declare _in: Queue<any>;
  declare _out: Queue<any>;

  constructor(_in: Queue<any>, _out: Queue<any>) {
    super();
    this._in = _in;
    this._out = _out;
  }

  /** Sends the object itself: threads share it. */
  send(...args: Parameters<Queue["put"]>): void {
    this._out.put(...args);
  }

  send_bytes(...args: Parameters<Queue["put"]>): void {
    this._out.put(...args);
  }

  recv(...args: Parameters<Queue["get"]>): any {
    return this._in.get(...args);
  }

  recv_bytes(...args: Parameters<Queue["get"]>): any {
    return this._in.get(...args);
  }

  /** Whether there is something to receive; waits for it at most `timeout` seconds. */
  poll(timeout?: number | null | { timeout?: number | null }): boolean;
  poll(...args: unknown[]): boolean {
    const [timeout] = bindPoll(args);
    return readyOf([addressOf(this._in)], timeout).length > 0;
  }

  close(): void {}

  __enter__(): this {
    return this;
  }

  __exit__(): void {
    this.close();
  }
}

export const Connection = callable(ConnectionType, "Connection");
export type Connection = ConnectionType;

class ListenerType extends Instance {
  static readonly __module__: string = "multiprocessing.dummy.connection";

  declare _backlog_queue: Queue<[Queue, Queue]> | null;

  constructor(address?: null, family?: null, backlog?: number);
  constructor(...args: unknown[]) {
    const [, , backlog] = bindListener(args);
    super();
    this._backlog_queue = Queue(backlog);
  }

  /** The next client's connection. Blocks until there is one. */
  accept(): Connection {
    return new Connection(...this._backlog_queue!.get());
  }

  close(): void {
    this._backlog_queue = null;
  }

  get address(): Queue<[Queue, Queue]> | null {
    return this._backlog_queue;
  }

  __enter__(): this {
    return this;
  }

  __exit__(): void {
    this.close();
  }
}

/** Where threads can connect to: its `address` is what Client takes. */
export const Listener = callable(ListenerType, "Listener");
export type Listener = ListenerType;

/** A connection to the thread that accepts at a Listener's address. */
export function Client(address: Queue<[Queue, Queue]>): Connection {
  const [_in, _out] = [Queue(), Queue()];
  address.put([_out, _in]);
  return new Connection(_in, _out);
}

/** Two connected ends; either can send and receive. */
export function Pipe(duplex?: boolean | { duplex?: boolean }): [Connection, Connection];
export function Pipe(...args: unknown[]): [Connection, Connection] {
  bindPipe(args);
  const [a, b] = [Queue(), Queue()];
  return [new Connection(a, b), new Connection(b, a)];
}

defineAll("multiprocessing.dummy.connection", { Connection, Listener, Client, Pipe });
