// The supervisor's side of sockets: the host's sockets on its event loop, each tied to the two byte pipes through which
// threads read and write it.
//
//   thread ── writes ──▶ pipe ──▶ Stream.#send ──▶ host's socket ──▶ Stream.#receive ──▶ pipe ── reads ──▶ thread
//
// Backpressure: a full pipe pauses the host's socket; a socket that has enough leaves the pipe to fill, and its writers wait.
// Closing: threads close their ends of the pipes, by will or by their death, which ends the Stream and the host's socket.
import { Kind, Status } from "../../assembly/status";
import type { Kernel } from "../kernel/kernel";
import { bufferTo } from "../kernel/memory";
import type { HostListener, HostSocket, NetHost, SocketAddress, SocketError, SocketQuestion } from "../platform/types";
import type { Reply } from "./supervisor";

/** Bytes that a socket's pipe holds, and that are moved at a time. */
const CAPACITY = 65536;
/** A listener's pipes carry nothing; they only tell of its closing. */
const LISTENER_CAPACITY = 16;
const CONTENTS = 24;
/** Connections that nobody has accepted, beyond which a listener turns others away, whatever its backlog. */
const MAX_UNACCEPTED = 1024;
const ASLEEP = 1;
const ENOMEM: SocketError = { errno: 12 };
const EBADF: SocketError = { errno: 9 };

/** What `Atomics.waitAsync` gives; TypeScript's library of ES2022 does not know it. */
type WaitAsync = (ints: Int32Array, index: number, value: number) => { async: boolean; value: Promise<string> };

export class Sockets {
  readonly #open = new Map<number, Tied>();
  #last = 0;
  /** Through it bytes move between the pipes and JavaScript. */
  #scratch = 0;

  constructor(
    readonly kernel: Kernel,
    private readonly memory: WebAssembly.Memory,
    /** The supervisor's thread record. */
    readonly self: number,
    private readonly net: NetHost,
  ) {}

  #newScratch(): number {
    const address = this.kernel.value_new(Kind.Value, 0, CAPACITY) >>> 0;
    if (address === 0) throw ENOMEM;
    return address + CONTENTS;
  }

  async answer(question: SocketQuestion, thread: number, reply: Reply): Promise<void> {
    try {
      this.#scratch ||= this.#newScratch();
      switch (question.about) {
        case "connect": {
          const stream = new Stream(this, await this.net.connect(question.address, question.milliseconds));
          if (!stream.handOver(reply)) stream.drop();
          return;
        }
        case "listen":
          return await this.#listen(question.address, question.backlog, reply);
        case "accept": {
          const listener = this.#open.get(question.socket);
          if (!(listener instanceof Listener)) throw EBADF;
          return listener.accept(thread, reply);
        }
        case "gone":
          await this.#open.get(question.socket)?.gone;
          return void reply("null");
        case "names":
          return void reply(JSON.stringify(this.#open.get(question.socket)?.names ?? null));
      }
    } catch (error) {
      if (error instanceof Error) throw error;
      reply(JSON.stringify(error));
    }
  }

  async #listen(address: SocketAddress, backlog: number, reply: Reply): Promise<void> {
    const listener = new Listener(this);
    let isWanted = false;
    try {
      listener.host = await this.net.listen(address, backlog, (socket) => listener.take(socket));
      isWanted = listener.handOver(reply);
    } finally {
      if (!isWanted) listener.drop();
    }
  }

  add(one: Tied): number {
    this.#open.set(++this.#last, one);
    return this.#last;
  }

  remove(number: number): void {
    this.#open.delete(number);
  }

  /** Done when the waiter at `node`, which has just been queued, may try again. */
  async granted(node: number): Promise<void> {
    const index = (this.kernel.waiter_sleep(node) >>> 0) >>> 2;
    const ints = new Int32Array(bufferTo(this.memory, (index + 1) * 4));
    while (Atomics.load(ints, index) === ASLEEP) {
      const { async, value } = (Atomics as unknown as { waitAsync: WaitAsync }).waitAsync(ints, index, ASLEEP);
      if (async) await value;
    }
    this.kernel.waiter_taken(node);
  }

  /** The memory, as far as the scratch space reaches. */
  #bytes(): Uint8Array {
    return new Uint8Array(bufferTo(this.memory, this.#scratch + CAPACITY));
  }

  /** Reads from a pipe what is there: no bytes at the end, undefined if `node` has been queued. */
  readPipe(pipe: number, node: number): Uint8Array | undefined {
    const read = this.kernel.pipe_attempt_read(pipe, this.#scratch, CAPACITY, node, true);
    return read < 0 ? undefined : this.#bytes().slice(this.#scratch, this.#scratch + read);
  }

  /** Writes to a pipe what there is room for: how much, or minus Queued or Closed. */
  writePipe(pipe: number, bytes: Uint8Array, node: number): number {
    const part = bytes.subarray(0, CAPACITY);
    this.#bytes().set(part, this.#scratch);
    return this.kernel.pipe_attempt_write(pipe, this.#scratch, part.length, node, true);
  }

  /** The program is over: what threads have written is sent, and all sockets are gone. Done when they are. */
  async end(): Promise<void> {
    await Promise.all([...this.#open.values()].map((one) => one.end()));
  }

  abort(): void {
    for (const one of this.#open.values()) one.abort();
  }
}

/** What all sockets have: a kernel object for the threads, and references to its pipes for the supervisor. */
abstract class Tied {
  readonly number: number;
  readonly #object: number;
  protected readonly reads: number;
  protected readonly writes: number;
  /** Nodes with which the supervisor waits: for what threads write, and for room in what they read. */
  protected readonly sender: number;
  protected readonly receiver: number;

  constructor(
    protected readonly sockets: Sockets,
    capacity: number,
  ) {
    const { kernel, self } = sockets;
    this.number = sockets.add(this);
    this.#object = kernel.socket_new(this.number, capacity) >>> 0;
    this.sender = kernel.waiter_new(self) >>> 0;
    this.receiver = kernel.waiter_new(self) >>> 0;
    if (this.#object === 0 || this.sender === 0 || this.receiver === 0) throw ENOMEM;
    this.reads = kernel.socket_reads(this.#object) >>> 0;
    this.writes = kernel.socket_writes(this.#object) >>> 0;
    kernel.object_retain(this.reads);
    kernel.object_retain(this.writes);
  }

  abstract readonly names: { address: SocketAddress; peer: SocketAddress };

  /** Gives a thread the object. False if it does not wait any more. */
  handOver(reply: Reply): boolean {
    return reply(this.#object);
  }

  /** No thread is to have it: it closes. */
  drop(): void {
    this.sockets.kernel.object_release(this.#object);
  }

  /** As if the threads closed it. Done when it is gone. */
  end(): Promise<void> {
    this.sockets.kernel.pipe_close(this.reads, true, false);
    this.sockets.kernel.pipe_close(this.writes, false, true);
    return this.gone;
  }

  abstract readonly gone: Promise<void>;

  /** The host's socket is gone at once. */
  abstract abort(): void;

  /** Nothing waits for anything any more. */
  protected forget(): void {
    const { kernel } = this.sockets;
    this.sockets.remove(this.number);
    for (const held of [this.reads, this.writes, this.sender, this.receiver]) kernel.object_release(held);
  }
}

export class Stream extends Tied {
  /** What has come and found no room; while there is some, the host's socket is paused. */
  #waiting: Uint8Array[] = [];
  #receiving: Promise<void> | undefined;
  #ended = false;
  #drained = () => {};
  #isClosed = false;
  #closed = () => {};
  readonly gone: Promise<void>;

  constructor(
    sockets: Sockets,
    private readonly host: HostSocket,
  ) {
    super(sockets, CAPACITY);
    const closed = new Promise<void>((resolve) => {
      this.#closed = resolve;
    });
    host.begin({
      data: (bytes) => this.#take(bytes),
      end: () => this.#end(),
      drained: () => this.#drained(),
      failed: (error) => this.#fail(error),
      closed: () => this.#finish(),
    });
    this.gone = this.#live(closed);
  }

  async #live(closed: Promise<void>): Promise<void> {
    await this.#send();
    await closed;
    await this.#receiving;
    this.forget();
  }

  get names(): { address: SocketAddress; peer: SocketAddress } {
    const { address, peer } = this.host;
    return { address, peer };
  }

  abort(): void {
    this.host.abort();
  }

  /** Sends what threads write, until they close their end. */
  async #send(): Promise<void> {
    const { kernel } = this.sockets;
    const node = kernel.waiter_node(this.sender) >>> 0;
    while (!this.#isClosed) {
      const bytes = this.sockets.readPipe(this.writes, node);
      if (bytes === undefined) await this.sockets.granted(node);
      else if (bytes.length === 0) break;
      else if (!this.host.write(bytes) && !this.#isClosed) {
        await new Promise<void>((resolve) => {
          this.#drained = resolve;
        });
      }
    }
    if (kernel.pipe_is_unread(this.reads)) this.host.close();
    else this.host.end();
  }

  #take(bytes: Uint8Array): boolean {
    this.#waiting.push(bytes);
    if (this.#receiving) return false;
    const node = this.#store();
    if (node === 0) return true;
    this.#receiving = this.#receive(node);
    return false;
  }

  /** Stores what has come, as far as there is room. Gives back the node that waits for more, or 0 if nothing is left. */
  #store(): number {
    const node = this.sockets.kernel.waiter_node(this.receiver) >>> 0;
    while (this.#waiting.length > 0) {
      const bytes = this.#waiting[0]!;
      const stored = this.sockets.writePipe(this.reads, bytes, node);
      if (stored === -Status.Queued) return node;
      if (stored < 0) this.#refuse();
      else if (stored < bytes.length) this.#waiting[0] = bytes.subarray(stored);
      else this.#waiting.shift();
    }
    return 0;
  }

  async #receive(node: number): Promise<void> {
    let waiting = node;
    while (waiting !== 0) {
      await this.sockets.granted(waiting);
      waiting = this.#store();
    }
    this.#receiving = undefined;
    if (this.#ended) this.#end();
    else this.host.resume();
  }

  /** Nobody will read what comes. */
  #refuse(): void {
    this.#waiting.length = 0;
    this.host.close();
  }

  #end(): void {
    this.#ended = true;
    if (!this.#receiving) this.sockets.kernel.pipe_close(this.reads, false, true);
  }

  #fail({ errno }: SocketError): void {
    this.#waiting.length = 0;
    this.sockets.kernel.pipe_fail(this.reads, errno);
    this.sockets.kernel.pipe_close(this.writes, true, true);
  }

  #finish(): void {
    this.#isClosed = true;
    this.#end();
    this.sockets.kernel.pipe_close(this.writes, true, true);
    this.#drained();
    this.#closed();
  }
}

class Listener extends Tied {
  host: HostListener | undefined;
  readonly #unaccepted: Stream[] = [];
  /** Who waits for a connection, the first first. */
  readonly #accepting = new Map<number, Reply>();
  #isClosed = false;
  readonly gone: Promise<void>;

  constructor(sockets: Sockets) {
    super(sockets, LISTENER_CAPACITY);
    this.gone = this.#live();
  }

  async #live(): Promise<void> {
    const node = this.sockets.kernel.waiter_node(this.sender) >>> 0;
    while (this.sockets.readPipe(this.writes, node) === undefined) await this.sockets.granted(node);
    this.#isClosed = true;
    this.host?.close();
    for (const stream of this.#unaccepted) stream.drop();
    for (const reply of this.#accepting.values()) reply(JSON.stringify(EBADF));
    this.forget();
  }

  get names(): { address: SocketAddress; peer: SocketAddress } {
    return { address: this.host!.address, peer: "" };
  }

  abort(): void {
    this.host?.close();
  }

  take(socket: HostSocket): void {
    if (this.#isClosed || this.#unaccepted.length === MAX_UNACCEPTED) return socket.abort();
    this.#unaccepted.push(new Stream(this.sockets, socket));
    this.#match();
  }

  /** A thread waits for one connection at a time: if it had asked before, it has given up since. */
  accept(thread: number, reply: Reply): void {
    this.#accepting.get(thread)?.("null");
    this.#accepting.delete(thread);
    this.#accepting.set(thread, reply);
    this.#match();
  }

  #match(): void {
    for (const [thread, reply] of this.#accepting) {
      if (this.#unaccepted.length === 0) return;
      this.#accepting.delete(thread);
      if (this.#unaccepted[0]!.handOver(reply)) this.#unaccepted.shift();
    }
  }
}
