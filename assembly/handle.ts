// A handle: what each process opens and closes for itself, of something that processes have in common.
//
//   an end of a pipe   a queue to get from, one to put into, or both. It is open in the processes whose BITS are set. When it
//                      is open in none any more it lets go; a queue that has lost its last end on one side is closed.
//   a queue            one and the same queue to get from and to put into. It is closed in the processes whose BITS are set.
//
//   open nowhere yet → open in OPENS processes → let go      an end of a pipe
//
// Invariants: OPENS is the number of bits set, and each changes in one section; LET_GO only rises. A handle on its way to a
// process is open nowhere, and has not let go either: whoever drops it unopened makes it.
// Commit points: the section that changes a bit; the exchange of LET_GO, after which the queue's ends are counted down.
import { BLOCK_HEADER, sizeOfClass } from "./allocator";
import { pin } from "./burial";
import { BRK, HANDLE_COUNT, HEADER_SIZE, HEAP, kindOf, LOCK, MAX_PROCESSES, PROCESS_BITS } from "./layout";
import { allocate, dropWords, object_retain, release } from "./object";
import { queue_close, READ_ENDS, WRITE_ENDS } from "./queue";
import * as spin from "./spinlock";
import { Kind, Tag } from "./status";
import { UNSET } from "./word";

/** Words of the queues: the one to get from, the one to put into. */
const READS: usize = HEADER_SIZE;
const WRITES: usize = HEADER_SIZE + 8;
const OPENS: usize = HEADER_SIZE + 16;
const LET_GO: usize = HEADER_SIZE + 20;
/** 1: a queue. */
const IS_QUEUE: usize = HEADER_SIZE + 24;
/** One bit for each process. */
const BITS: usize = HEADER_SIZE + 32;
const HANDLE_SIZE: usize = BITS + (MAX_PROCESSES >> 3);

/** An end of a pipe, open nowhere yet. 0 for a queue means that the end has none for that; 0 is given back if memory is exhausted. */
export function handle_new(reads: usize, writes: usize): usize {
  const handle = create(reads, writes);
  if (handle == 0) return 0;
  if (reads != 0) atomic.add<i32>(reads + READ_ENDS, 1);
  if (writes != 0) atomic.add<i32>(writes + WRITE_ENDS, 1);
  return handle;
}

/** A queue, closed nowhere. */
export function queue_handle_new(queue: usize): usize {
  const handle = create(queue, queue);
  if (handle != 0) store<i32>(handle + IS_QUEUE, 1);
  return handle;
}

function create(reads: usize, writes: usize): usize {
  const handle = allocate(Kind.Handle, HANDLE_SIZE);
  if (handle == 0) return 0;
  store<u64>(handle + READS, wordOf(reads));
  store<u64>(handle + WRITES, wordOf(writes));
  atomic.add<i32>(HANDLE_COUNT, 1);
  return handle;
}

function wordOf(queue: usize): u64 {
  if (queue == 0) return UNSET;
  object_retain(queue);
  return (<u64>Tag.Object << 48) | (<u64>Kind.Queue << 32) | <u64>queue;
}

function queueAt(word: usize): usize {
  const value = load<u64>(word);
  return value == UNSET ? 0 : <usize>(<u32>value);
}

/** The queue to get from, or 0. */
export function handle_reads(handle: usize): usize {
  return queueAt(handle + READS);
}

/** The queue to put into, or 0. */
export function handle_writes(handle: usize): usize {
  return queueAt(handle + WRITES);
}

/** Address of the bits of the processes. */
export function handle_bits(handle: usize): usize {
  return handle + BITS;
}

/** Sets the process's bit: opens an end there, closes a queue. */
export function handle_set(handle: usize, process: i32): void {
  const at = handle + BITS + ((<usize>process >> 5) << 2);
  const bit = 1 << (process & 31);
  spin.acquire(handle + LOCK);
  const bits = load<i32>(at);
  if ((bits & bit) == 0) store<i32>(handle + OPENS, load<i32>(handle + OPENS) + 1);
  atomic.store<i32>(at, bits | bit);
  spin.release(handle + LOCK);
}

/** Opens an end in a child, if it is open in the parent; a queue is open anyway. */
export function handle_open(handle: usize, parent: i32, child: i32): void {
  if (load<i32>(handle + IS_QUEUE) == 0 && has(handle, parent)) handle_set(handle, child);
}

/** Clears the process's bit: closes an end there. An end that is open nowhere now lets go. */
export function handle_clear(handle: usize, process: i32): void {
  const at = handle + BITS + ((<usize>process >> 5) << 2);
  const bit = 1 << (process & 31);
  spin.acquire(handle + LOCK);
  const bits = load<i32>(at);
  const was = (bits & bit) != 0;
  if (was) store<i32>(handle + OPENS, load<i32>(handle + OPENS) - 1);
  atomic.store<i32>(at, bits & ~bit);
  const last = was && load<i32>(handle + OPENS) == 0 && load<i32>(handle + IS_QUEUE) == 0;
  spin.release(handle + LOCK);
  if (last) letGo(handle);
}

function letGo(handle: usize): void {
  if (atomic.xchg<i32>(handle + LET_GO, 1) != 0) return;
  const reads = queueAt(handle + READS);
  const writes = queueAt(handle + WRITES);
  if (reads != 0 && atomic.sub<i32>(reads + READ_ENDS, 1) == 1) queue_close(reads);
  if (writes != 0 && atomic.sub<i32>(writes + WRITE_ENDS, 1) == 1) queue_close(writes);
}

/** A number for a new process, which no other that lives has; -1 if all are taken. */
export function takeProcessBit(): i32 {
  for (let i: usize = 0; i < MAX_PROCESSES >> 5; i++) {
    const at = PROCESS_BITS + (i << 2);
    while (true) {
      const taken = atomic.load<i32>(at);
      if (taken == -1) break;
      const free = ctz<i32>(~taken);
      if (atomic.cmpxchg<i32>(at, taken, taken | (1 << free)) == taken) return <i32>(i << 5) + free;
    }
  }
  return -1;
}

/** The process has ended: what is open in it is closed, and its number is free for another. */
export function returnProcessBit(process: i32): void {
  forAll(process, -1);
  atomic.and<i32>(PROCESS_BITS + ((<usize>process >> 5) << 2), ~(1 << (process & 31)));
}

/** A process is forked: what is open in the parent is open in it too. */
export function handles_inherit(parent: i32, child: i32): void {
  forAll(parent, child);
}

/** Walks over all blocks, as burial does: processes begin and end seldom, and handles are opened and closed often. */
function forAll(process: i32, child: i32): void {
  if (atomic.load<i32>(HANDLE_COUNT) == 0) return;
  const end = <usize>atomic.load<u32>(BRK);
  let block = HEAP;
  while (block < end) {
    const sizeClass = load<i32>(block);
    const object = block + BLOCK_HEADER;
    if (kindOf(object) == Kind.Handle && has(object, process) && pin(object, sizeClass)) {
      if (child < 0) handle_clear(object, process);
      else if (load<i32>(object + IS_QUEUE) == 0) handle_set(object, child);
      release(object);
    }
    block += <usize>sizeOfClass(sizeClass);
  }
}

function has(handle: usize, process: i32): bool {
  return (atomic.load<i32>(handle + BITS + ((<usize>process >> 5) << 2)) & (1 << (process & 31))) != 0;
}

export function dropHandle(handle: usize, dying: usize): usize {
  if (load<i32>(handle + IS_QUEUE) == 0) letGo(handle);
  atomic.sub<i32>(HANDLE_COUNT, 1);
  return dropWords(handle + READS, 2, 8, dying);
}
