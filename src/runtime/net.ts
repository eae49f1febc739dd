// Sockets as a thread sees them: it blocks on byte pipes in shared memory, whose other ends the supervisor ties to the host's
// sockets (runtime/sockets.ts). Every wait has a deadline and can be interrupted.
import { Kind, Status } from "../../assembly/status";
import { strerror } from "../errno/table";
import { OSError, RuntimeError, TimeoutError } from "../exceptions";
import { hold } from "../kernel/holdings";
import { bytes, kernel, me, reach } from "../kernel/kernel";
import type { SocketAddress, SocketError, SocketQuestion } from "../platform/types";
import { ask } from "./output";
import { addressOf, KIND, reviveKind, Shared } from "./shared";
import { allocated, attend, mayBlock, now, statusError } from "./wait";

export type { SocketAddress } from "../platform/types";

/** Bytes that go through the kernel's memory at a time. */
const SCRATCH = 65536;
const CONTENTS = 24;
const EBADF = 9;
const EPIPE = 32;

let scratchAt = 0;

/** This worker's place in kernel memory for bytes on their way; it goes with the worker. */
function scratch(): number {
  if (scratchAt === 0) {
    const address = allocated(kernel.value_new(Kind.Value, 0, SCRATCH));
    hold(address);
    scratchAt = address + CONTENTS;
    reach(scratchAt + SCRATCH);
  }
  return scratchAt;
}

function systemError(errno: number, text = strerror(errno)): Error {
  return OSError(errno, text);
}

function timedOut(): Error {
  return TimeoutError("timed out");
}

/** Makes a call that moves bytes, or waits, again and again until it is not interrupted any more. */
function repeated(call: (patience: number) => number, deadline: number): number {
  const patience = mayBlock ? deadline : 0;
  let result = call(patience);
  while (result === -Status.Interrupted) {
    attend();
    result = call(patience);
  }
  if (result !== -Status.Timeout || deadline === patience) return result;
  throw RuntimeError("a socket would block this thread's event loop: let a thread call it");
}

function answered<A>(question: SocketQuestion, deadline: number): A {
  const answer = ask(question, deadline);
  if (answer === undefined) throw timedOut();
  if (typeof answer !== "string") return answer as A;
  const told = JSON.parse(answer) as SocketError & A;
  if (told !== null && typeof told.errno === "number") {
    throw told.errno === 0 ? OSError(told.strerror) : systemError(told.errno, told.strerror);
  }
  return told;
}

function checkOpen(socket: Socket): void {
  if (socket.isClosed) throw systemError(EBADF);
}

/** Raises what has broken the connection, once: whoever reads or writes first after it. */
function raiseWhy(socket: Socket): void {
  const errno = kernel.pipe_take_error(kernel.socket_reads(addressOf(socket)));
  if (errno !== 0) throw systemError(errno);
}

/** A socket of the host: a connection, or one that listens. Closed when the last thread that had it has gone. */
export class Socket extends Shared {
  get [KIND](): Kind {
    return Kind.Socket;
  }

  protected promote(): number {
    throw systemError(EBADF);
  }

  /** @throws ConnectionRefusedError and its like; TimeoutError if the deadline passes */
  static connect(address: SocketAddress, deadline = Number.POSITIVE_INFINITY): Socket {
    return answered({ about: "connect", address, milliseconds: deadline - now() }, deadline);
  }

  static listen(address: SocketAddress, backlog: number): Socket {
    return answered({ about: "listen", address, backlog }, Number.POSITIVE_INFINITY);
  }

  /** The next connection. @throws TimeoutError if the deadline passes */
  accept(deadline = Number.POSITIVE_INFINITY): Socket {
    checkOpen(this);
    return answered({ about: "accept", socket: kernel.socket_number(addressOf(this)) }, deadline);
  }

  /** Its own address, and that of its peer. */
  names(): { address: SocketAddress; peer: SocketAddress } | null {
    checkOpen(this);
    return answered({ about: "names", socket: kernel.socket_number(addressOf(this)) }, Number.POSITIVE_INFINITY);
  }

  /**
   * What has come, up to `size` bytes and at least one; none at the end.
   *
   * @throws ConnectionResetError and its like; TimeoutError if the deadline passes
   */
  read(size: number, deadline = Number.POSITIVE_INFINITY): Uint8Array {
    const target = new Uint8Array(Math.min(size, SCRATCH));
    return target.subarray(0, this.readInto(target, deadline));
  }

  /** As `read`, into `target`: how many bytes. */
  readInto(target: Uint8Array, deadline = Number.POSITIVE_INFINITY): number {
    checkOpen(this);
    if (target.length === 0) return 0;
    const pipe = kernel.socket_reads(addressOf(this));
    const at = scratch();
    const size = Math.min(target.length, SCRATCH);
    const read = repeated((patience) => kernel.pipe_read(pipe, at, size, me, patience), deadline);
    if (read > 0) target.set(bytes.subarray(at, at + read));
    else if (read < 0) throw read === -Status.Timeout ? timedOut() : statusError(-read);
    else raiseWhy(this);
    return read;
  }

  /** Address of the kernel's pipe from which it is read. */
  get incoming(): number {
    checkOpen(this);
    return kernel.socket_reads(addressOf(this)) >>> 0;
  }

  /** Whether `read` would give something, or the end, before the deadline. */
  poll(deadline: number): boolean {
    checkOpen(this);
    const pipe = kernel.socket_reads(addressOf(this));
    const status = -repeated((patience) => -kernel.pipe_await(pipe, me, patience), deadline);
    if (status !== Status.Ok && status !== Status.Timeout) throw statusError(status);
    return status === Status.Ok;
  }

  /** Writes all of `data`. @throws BrokenPipeError and its like; TimeoutError if the deadline passes */
  write(data: Uint8Array, deadline = Number.POSITIVE_INFINITY): void {
    for (let at = 0; at < data.length; ) at += this.writeSome(data.subarray(at), deadline);
  }

  /** Writes as much of `data` as there is room for, at least one byte: how many. */
  writeSome(data: Uint8Array, deadline = Number.POSITIVE_INFINITY): number {
    checkOpen(this);
    if (data.length === 0) return 0;
    const pipe = kernel.socket_writes(addressOf(this));
    const at = scratch();
    const part = data.subarray(0, SCRATCH);
    bytes.set(part, at);
    const written = repeated((patience) => kernel.pipe_write(pipe, at, part.length, me, patience), deadline);
    if (written > 0) return written;
    if (written === -Status.Timeout) throw timedOut();
    if (written !== -Status.Closed) throw statusError(-written);
    raiseWhy(this);
    throw systemError(EPIPE);
  }

  /** Nothing more will be written. */
  shutdownWrite(): void {
    checkOpen(this);
    kernel.pipe_close(kernel.socket_writes(addressOf(this)), false, true);
  }

  /** Sends what has been written, and is gone. Closing twice does nothing. */
  close(): void {
    kernel.socket_close(addressOf(this));
  }

  /** As `close`, for one that listens: its address is free then. */
  closeListening(): void {
    if (this.isClosed) return;
    this.close();
    if (mayBlock) answered({ about: "gone", socket: kernel.socket_number(addressOf(this)) }, Number.POSITIVE_INFINITY);
  }

  get isClosed(): boolean {
    return kernel.socket_is_closed(addressOf(this)) !== 0;
  }
}

reviveKind(Kind.Socket, (address) => Shared.revive(Socket, address));
