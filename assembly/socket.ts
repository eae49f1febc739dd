// A socket of the host as threads have it: what comes is read from one byte pipe, what goes is written to another. At their
// other ends is the supervisor, whose event loop has the host's socket; it holds references to the pipes, not to this.
//
// Invariant: a socket that nobody has any more is closed: dropping it closes its ends, which the supervisor sees. That is how
// the host's socket goes with the thread that had it.
// Commit point: none of its own; its pipes are closed one after the other, and closing them again does no harm.
import { HEADER_SIZE } from "./layout";
import { allocate, release } from "./object";
import { pipe_close, pipe_new } from "./pipe";
import { Kind } from "./status";

const READS: usize = HEADER_SIZE;
const WRITES: usize = HEADER_SIZE + 4;
/** The supervisor's number for it. */
const NUMBER: usize = HEADER_SIZE + 8;
const CLOSED: usize = HEADER_SIZE + 12;
const SOCKET_SIZE: usize = HEADER_SIZE + 16;

/** A socket whose pipes hold so many bytes each; 0 if memory is exhausted. */
export function socket_new(number: i32, capacity: i32): usize {
  const reads = pipe_new(capacity);
  const writes: usize = reads == 0 ? 0 : pipe_new(capacity);
  const socket: usize = writes == 0 ? 0 : allocate(Kind.Socket, SOCKET_SIZE);
  if (socket == 0) {
    if (reads != 0) release(reads);
    if (writes != 0) release(writes);
    return 0;
  }
  store<u32>(socket + READS, <u32>reads);
  store<u32>(socket + WRITES, <u32>writes);
  store<i32>(socket + NUMBER, number);
  return socket;
}

/** The pipe of what comes. */
export function socket_reads(socket: usize): usize {
  return <usize>load<u32>(socket + READS);
}

/** The pipe of what goes. */
export function socket_writes(socket: usize): usize {
  return <usize>load<u32>(socket + WRITES);
}

export function socket_number(socket: usize): i32 {
  return load<i32>(socket + NUMBER);
}

export function socket_is_closed(socket: usize): i32 {
  return atomic.load<i32>(socket + CLOSED);
}

/** Closes both ends: reading first, so that whoever sees the end of what goes knows that this was all. */
export function socket_close(socket: usize): void {
  atomic.store<i32>(socket + CLOSED, 1);
  pipe_close(socket_reads(socket), true, false);
  pipe_close(socket_writes(socket), false, true);
}

export function dropSocket(socket: usize, dying: usize): usize {
  socket_close(socket);
  release(socket_reads(socket));
  release(socket_writes(socket));
  return dying;
}
