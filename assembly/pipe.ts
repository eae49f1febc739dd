// A byte pipe: a ring of bytes between those who write and those who read, each end of which can be closed.
//
//   START                 LENGTH bytes from START on are there; they wrap around at CAPACITY
//
// Each call moves as many bytes as there are, or as there is room for, in one section: at least one. So a long write is many
// sections, and writers that must not be mixed take a lock of their own.
// Commit point: the section that moves the bytes and LENGTH with them; who is called by it, and dies, is followed by others.
// Invariants, under the object's lock: readers wait only while the pipe is empty, writers only while it is full, nobody at an
// end whose other end is closed; else somebody has been granted a turn, or been released, and not tried yet. Who is granted a
// turn tries, and hands the turn on while anything is left. A turn more than need be does no harm, so burial grants anew.
import { alloc, free } from "./allocator";
import * as bulk from "./bulk";
import { HEADER_SIZE, LOCK } from "./layout";
import { allocate } from "./object";
import { pulse } from "./pulse";
import * as spin from "./spinlock";
import { Kind, Status } from "./status";
import { NODE } from "./thread";
import * as queue from "./waitqueue";

const CAPACITY: usize = HEADER_SIZE;
const START: usize = HEADER_SIZE + 4;
const LENGTH: usize = HEADER_SIZE + 8;
const DATA: usize = HEADER_SIZE + 12;
/** Nobody will read, nobody will write any more. */
const READ_CLOSED: usize = HEADER_SIZE + 16;
const WRITE_CLOSED: usize = HEADER_SIZE + 20;
const READERS: usize = HEADER_SIZE + 24;
const WRITERS: usize = READERS + queue.QUEUE_SIZE;
/** Why it was closed, if that was not meant: a number of the system's, else 0. */
const ERROR: usize = WRITERS + queue.QUEUE_SIZE;
/** 1: writes pulse, as closing does always; see pulse.ts. */
const WATCHED: usize = ERROR + 4;

export function pipe_new(capacity: i32): usize {
  const pipe = allocate(Kind.Pipe, ERROR + 8);
  if (pipe == 0) return 0;
  const data = alloc(<u64>(<u32>capacity));
  if (data == 0) {
    free(pipe);
    return 0;
  }
  store<i32>(pipe + CAPACITY, capacity);
  store<u32>(pipe + DATA, <u32>data);
  return pipe;
}

/** Writes up to `n` bytes from `from` on: how many, at least one; or minus a Status: Timeout, Interrupted, Closed. */
export function pipe_write(pipe: usize, from: usize, n: i32, thread: usize, deadline: f64): i32 {
  const node = thread + NODE;
  while (true) {
    const written = pipe_attempt_write(pipe, from, n, node, deadline > 0);
    if (written != -Status.Queued) return written;
    const status = queue.awaitRelease(pipe, node, thread, deadline);
    if (status != Status.Ok) return -status;
  }
}

/** As pipe_write; else queues `node` if it is to wait: minus Queued. A grant then means: try again. */
export function pipe_attempt_write(pipe: usize, from: usize, n: i32, node: usize, wait: bool): i32 {
  spin.acquire(pipe + LOCK);
  const capacity = load<i32>(pipe + CAPACITY);
  const length = load<i32>(pipe + LENGTH);
  const closed = (load<i32>(pipe + READ_CLOSED) | load<i32>(pipe + WRITE_CLOSED)) != 0;
  const moved = closed ? 0 : min(n, capacity - length);
  if (moved <= 0) {
    if (wait && !closed) queue.enqueue(pipe, pipe + WRITERS, node);
    spin.release(pipe + LOCK);
    return closed ? -Status.Closed : wait ? -Status.Queued : -Status.Timeout;
  }
  const data = <usize>load<u32>(pipe + DATA);
  const end = load<i32>(pipe + START) + length;
  const at = end < capacity ? end : end - capacity;
  const straight = min(moved, capacity - at);
  bulk.copy(data + at, from, straight);
  bulk.copy(data, from + straight, moved - straight);
  atomic.store<i32>(pipe + LENGTH, length + moved);
  handOn(pipe, true, length + moved < capacity);
  if (atomic.load<i32>(pipe + WATCHED) != 0) pulse();
  return moved;
}

/** Reads up to `n` bytes to `to`: how many, 0 at the end; or minus a Status: Timeout, Interrupted. */
export function pipe_read(pipe: usize, to: usize, n: i32, thread: usize, deadline: f64): i32 {
  const node = thread + NODE;
  while (true) {
    const read = pipe_attempt_read(pipe, to, n, node, deadline > 0);
    if (read != -Status.Queued) return read;
    const status = queue.awaitRelease(pipe, node, thread, deadline);
    if (status != Status.Ok) return -status;
  }
}

/** As pipe_read; else queues `node` if it is to wait: minus Queued. A grant then means: try again. */
export function pipe_attempt_read(pipe: usize, to: usize, n: i32, node: usize, wait: bool): i32 {
  spin.acquire(pipe + LOCK);
  const capacity = load<i32>(pipe + CAPACITY);
  const length = load<i32>(pipe + LENGTH);
  const moved = min(n, length);
  if (moved <= 0) {
    const closed = (load<i32>(pipe + READ_CLOSED) | load<i32>(pipe + WRITE_CLOSED)) != 0;
    if (wait && !closed) queue.enqueue(pipe, pipe + READERS, node);
    spin.release(pipe + LOCK);
    return closed ? 0 : wait ? -Status.Queued : -Status.Timeout;
  }
  const data = <usize>load<u32>(pipe + DATA);
  const start = load<i32>(pipe + START);
  const straight = min(moved, capacity - start);
  bulk.copy(to, data + start, straight);
  bulk.copy(to + straight, data, moved - straight);
  store<i32>(pipe + START, start + moved < capacity ? start + moved : start + moved - capacity);
  atomic.store<i32>(pipe + LENGTH, length - moved);
  handOn(pipe, length > moved, true);
  return moved;
}

/** Waits until there is something to read, or the end has come. */
export function pipe_await(pipe: usize, thread: usize, deadline: f64): i32 {
  const node = thread + NODE;
  while (true) {
    if (pipe_length(pipe) > 0) return Status.Ok;
    const read = pipe_attempt_read(pipe, 0, 0, node, deadline > 0);
    if (read == 0) return Status.Ok;
    if (read != -Status.Queued) return -read;
    const status = queue.awaitRelease(pipe, node, thread, deadline);
    // The turn is for whoever reads, who may be another.
    if (status == Status.Ok) settlePipe(pipe);
    else return status;
  }
}

/** Grants a turn to the first reader, if there is something to read, and to the first writer; then ends the section. */
// @ts-expect-error: decorator
@inline
function handOn(pipe: usize, readable: bool, writable: bool): void {
  const reader = readable ? queue.first(pipe + READERS) : 0;
  const writer = writable ? queue.first(pipe + WRITERS) : 0;
  const readerBefore = reader != 0 ? queue.dequeue(reader, queue.GRANTED) : 0;
  const writerBefore = writer != 0 ? queue.dequeue(writer, queue.GRANTED) : 0;
  spin.release(pipe + LOCK);
  queue.notify(reader, readerBefore);
  queue.notify(writer, writerBefore);
}

/** Closes the reading end, the writing end, or both: whoever waits at either looks again. */
export function pipe_close(pipe: usize, reading: bool, writing: bool): void {
  spin.acquire(pipe + LOCK);
  if (reading) store<i32>(pipe + READ_CLOSED, 1);
  if (writing) store<i32>(pipe + WRITE_CLOSED, 1);
  queue.releaseAll(pipe + READERS);
  queue.releaseAll(pipe + WRITERS);
  spin.release(pipe + LOCK);
  settlePipe(pipe);
  pulse();
}

/** From now on a pulse tells of all that is written, and of the closing. */
export function pipe_watch(pipe: usize): void {
  atomic.store<i32>(pipe + WATCHED, 1);
}

/** As pipe_close of both ends; the first who asks pipe_take_error learns why. */
export function pipe_fail(pipe: usize, error: i32): void {
  atomic.store<i32>(pipe + ERROR, error);
  pipe_close(pipe, true, true);
}

export function pipe_take_error(pipe: usize): i32 {
  return atomic.xchg<i32>(pipe + ERROR, 0);
}

/** Whether nobody will read any more. */
export function pipe_is_unread(pipe: usize): i32 {
  return atomic.load<i32>(pipe + READ_CLOSED);
}

/** Bytes that can be read now. */
export function pipe_length(pipe: usize): i32 {
  return atomic.load<i32>(pipe + LENGTH);
}

export function pipe_waiters(pipe: usize): i32 {
  return queue.count(pipe + READERS) + queue.count(pipe + WRITERS);
}

/** Tells who has been released, and grants anew the turns that a dead thread may have had. */
export function settlePipe(pipe: usize): void {
  queue.settle(pipe, pipe + READERS);
  queue.settle(pipe, pipe + WRITERS);
  spin.acquire(pipe + LOCK);
  const length = load<i32>(pipe + LENGTH);
  handOn(pipe, length > 0, length < load<i32>(pipe + CAPACITY));
}

/** Whether somebody waits without a reason, if nobody else is about to try. */
export function isPipeUnsettled(pipe: usize): bool {
  return pipe_waiters(pipe) != 0;
}

export function dropPipe(pipe: usize, dying: usize): usize {
  free(<usize>load<u32>(pipe + DATA));
  return dying;
}
