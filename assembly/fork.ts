// Forking: copies of all that a process's variables lead to, for another process.
//
//   fork      0  pairs   4  index   8  mask   12  count   16  pairs that are filled
//             20  the thread that forks   24  the new process's main thread   28  1 when memory was exhausted
//   pairs     (object, its copy), in the order in which they were met      index     mask + 1 numbers of pairs, from 1 on
//
// An object is met when a word that points to it is copied: then its copy is made, empty, and later filled with copies of its
// words. So identity is kept and cycles are no matter. What never changes, and what is common to processes, is given as it
// is. Each object is copied as it is at one moment, but not all at the same: other threads of the old process go on.
//
// Invariant: each pair holds a reference to either object. So an address means one object as long as the fork lasts.
// Only the thread that forks knows a copy before the fork is done; a fork that fails leaves garbage, and nothing else.
import { alloc, free } from "./allocator";
import * as bulk from "./bulk";
import { cloneAttributes, fillAttributes } from "./attributes";
import { cloneBarrier } from "./barrier";
import { condition_new, fillCondition } from "./condition";
import { dict_new, fillDict } from "./dict";
import { event_is_set, event_new, event_set } from "./event";
import { handle_open } from "./handle";
import { kindOf } from "./layout";
import { fillList, list_new } from "./list";
import { inheritState, mutex_new } from "./mutex";
import { cloneNamespace, fillNamespace } from "./namespace";
import { cloneValue, fillValue, object_attach, object_attributes, object_is_common, object_retain, release } from "./object";
import { cloneQueue, fillQueue } from "./queue";
import { cloneRecord, fillRecord } from "./record";
import { rlock_depth, rlock_new, rlock_set_depth } from "./rlock";
import { process_bit } from "./process";
import { semaphore_bound, semaphore_new, semaphore_value } from "./semaphore";
import { Kind, Status } from "./status";
import { cloneThread, fillThread, MAILBOX, thread_process, threadId } from "./thread";
import { pointee, releaseWord, slot_load } from "./word";

const PAIRS: usize = 0;
const INDEX: usize = 4;
const MASK: usize = 8;
const COUNT: usize = 12;
const FILLED: usize = 16;
const FROM: usize = 20;
const MAIN: usize = 24;
const FAILED: usize = 28;
const SIZE: usize = 32;

const LEAST_CAPACITY: i32 = 64;

/** Begins to copy for the process of `main`, which stands there for the calling thread; 0 if memory is exhausted. */
export function fork_new(thread: usize, main: usize): usize {
  const fork = alloc(SIZE);
  if (fork == 0) return 0;
  bulk.fill(fork, 0, SIZE);
  store<u32>(fork + FROM, <u32>thread);
  store<u32>(fork + MAIN, <u32>main);
  object_retain(thread);
  object_retain(main);
  if (resize(fork, LEAST_CAPACITY) && add(fork, thread, main)) return fork;
  fork_end(fork);
  return 0;
}

/** Address of the object's copy, with a reference for the caller; 0 if memory is exhausted. It is filled by fork_run. */
export function fork_copy(fork: usize, object: usize): usize {
  const copy = copyOf(fork, object);
  if (copy != 0) object_retain(copy);
  return copy;
}

/** Puts a copy of what a slot's word points to into the word; the slot is nobody else's. */
export function fork_slot(fork: usize, slot: usize, thread: usize): void {
  copySlot(fork, slot, slot, thread);
}

/** Fills the copies, and those that are met thereby. */
export function fork_run(fork: usize, thread: usize): i32 {
  while (load<i32>(fork + FILLED) < load<i32>(fork + COUNT)) {
    const pair = pairAt(fork, load<i32>(fork + FILLED));
    if (!fill(fork, <usize>load<u32>(pair), <usize>load<u32>(pair + 4), thread)) return Status.NoMemory;
    store<i32>(fork + FILLED, load<i32>(fork + FILLED) + 1);
  }
  return load<i32>(fork + FAILED) != 0 ? Status.NoMemory : Status.Ok;
}

/** Forgets what was copied; the copies stay as far as somebody holds them. */
export function fork_end(fork: usize): void {
  const count = load<i32>(fork + COUNT);
  for (let i = 0; i < count; i++) {
    release(<usize>load<u32>(pairAt(fork, i)));
    release(<usize>load<u32>(pairAt(fork, i) + 4));
  }
  if (load<u32>(fork + PAIRS) != 0) free(<usize>load<u32>(fork + PAIRS));
  if (load<u32>(fork + INDEX) != 0) free(<usize>load<u32>(fork + INDEX));
  free(fork);
}

/** The copy of a word whose reference is used up. It points to nothing if memory is exhausted. */
export function copyWord(fork: usize, word: u64): u64 {
  const object = pointee(word);
  if (object == 0) return word;
  const copy = copyOf(fork, object);
  if (copy != 0) object_retain(copy);
  else store<i32>(fork + FAILED, 1);
  releaseWord(word);
  return (word & 0xffffffff00000000) | <u64>copy;
}

/** Copies a slot's word into a slot that only the caller knows. */
export function copySlot(fork: usize, from: usize, to: usize, thread: usize): void {
  slot_load(from, thread);
  const word = copyWord(fork, load<u64>(thread + MAILBOX));
  const old = load<u64>(to);
  store<u64>(to, word);
  releaseWord(old);
}

function copyOf(fork: usize, object: usize): usize {
  if (object_is_common(object) != 0) {
    if (kindOf(object) == Kind.Handle) openHandle(object, fork);
    return object;
  }
  const known = find(fork, object);
  if (known != 0) return known;
  const copy = clone(fork, object);
  if (copy == object) return object;
  if (copy == 0 || !add(fork, object, copy)) return 0;
  object_retain(object);
  return copy;
}

/** An end of a pipe that a process is given is open there, if it is so in the giver. */
function openHandle(handle: usize, fork: usize): void {
  const parent = process_bit(thread_process(<usize>load<u32>(fork + FROM)));
  handle_open(handle, parent, process_bit(thread_process(<usize>load<u32>(fork + MAIN))));
}

/** An empty copy of an object; the object itself if it is not to be copied; 0 if memory is exhausted. */
function clone(fork: usize, object: usize): usize {
  const kind = kindOf(object);
  switch (kind) {
    case Kind.Value:
      return cloneValue(object);
    case Kind.Mutex: {
      const mutex = mutex_new();
      if (mutex != 0) inherit(fork, mutex, object);
      return mutex;
    }
    case Kind.RLock: {
      const lock = rlock_new();
      if (lock == 0) return 0;
      inherit(fork, lock, object);
      rlock_set_depth(lock, rlock_depth(object));
      return lock;
    }
    case Kind.Semaphore:
      return semaphore_new(semaphore_value(object), semaphore_bound(object));
    case Kind.Condition:
      return condition_new();
    case Kind.Barrier:
      return cloneBarrier(object);
    case Kind.Event: {
      const event = event_new();
      if (event != 0 && event_is_set(object) != 0) event_set(event);
      return event;
    }
    case Kind.Queue:
      return cloneQueue(object);
    case Kind.List:
      return list_new();
    case Kind.Dict:
    case Kind.Set:
    case Kind.FrozenSet:
      return dict_new(kind);
    case Kind.Attributes:
    case Kind.Instance:
      return cloneAttributes(object);
    case Kind.Thread:
      return cloneThread(object, thread_process(<usize>load<u32>(fork + MAIN)));
    case Kind.Namespace:
      return cloneNamespace(object);
    case Kind.Local:
      return cloneRecord(object);
    default:
      return object;
  }
}

function inherit(fork: usize, mutex: usize, original: usize): void {
  inheritState(mutex, original, threadId(<usize>load<u32>(fork + FROM)), threadId(<usize>load<u32>(fork + MAIN)));
}

/** Fills a copy. False if memory is exhausted. */
function fill(fork: usize, object: usize, copy: usize, thread: usize): bool {
  const table = object_attributes(object);
  if (table != 0) {
    const attributes = copyOf(fork, table);
    if (attributes == 0) return false;
    object_retain(attributes);
    object_attach(copy, attributes);
  }
  switch (kindOf(object)) {
    case Kind.Value:
      fillValue(object, copy, fork, thread);
      return true;
    case Kind.Condition:
    case Kind.Barrier:
      fillCondition(object, copy, fork, thread);
      return true;
    case Kind.Queue:
      return fillQueue(object, copy, fork, thread);
    case Kind.List:
      return fillList(object, copy, fork, thread);
    case Kind.Dict:
    case Kind.Set:
    case Kind.FrozenSet:
      return fillDict(object, copy, fork, thread);
    case Kind.Attributes:
    case Kind.Instance:
      return fillAttributes(object, copy, fork, thread);
    case Kind.Thread:
      fillThread(object, copy, fork, thread);
      return true;
    case Kind.Namespace:
      fillNamespace(object, copy, fork, thread);
      return true;
    case Kind.Local:
      fillRecord(object, copy, fork, thread);
      return true;
    default:
      return true;
  }
}

// @ts-expect-error: decorator
@inline
function pairAt(fork: usize, number: i32): usize {
  return <usize>load<u32>(fork + PAIRS) + (<usize>number << 3);
}

// @ts-expect-error: decorator
@inline
function place(object: usize): i32 {
  return <i32>((<u32>object >> 3) * 0x9e3779b1);
}

/** The object's copy, or 0. */
function find(fork: usize, object: usize): usize {
  const mask = load<i32>(fork + MASK);
  let at = place(object);
  while (true) {
    const number = load<i32>(<usize>load<u32>(fork + INDEX) + (<usize>(at & mask) << 2));
    if (number == 0) return 0;
    const pair = pairAt(fork, number - 1);
    if (<usize>load<u32>(pair) == object) return <usize>load<u32>(pair + 4);
    at++;
  }
}

/** Adds a pair, which takes over the reference to `copy`. False if memory is exhausted. */
function add(fork: usize, object: usize, copy: usize): bool {
  const count = load<i32>(fork + COUNT);
  if (count << 1 > load<i32>(fork + MASK) && !resize(fork, count << 1)) return false;
  store<u32>(pairAt(fork, count), <u32>object);
  store<u32>(pairAt(fork, count) + 4, <u32>copy);
  store<i32>(fork + COUNT, count + 1);
  enter(fork, object, count);
  return true;
}

function enter(fork: usize, object: usize, number: i32): void {
  const mask = load<i32>(fork + MASK);
  let at = place(object);
  while (load<i32>(<usize>load<u32>(fork + INDEX) + (<usize>(at & mask) << 2)) != 0) at++;
  store<i32>(<usize>load<u32>(fork + INDEX) + (<usize>(at & mask) << 2), number + 1);
}

/** Makes room for `capacity` pairs, a power of two. */
function resize(fork: usize, capacity: i32): bool {
  const pairs = alloc(<u64>capacity << 3);
  const index = alloc(<u64>capacity << 3);
  if (pairs == 0 || index == 0) return false;
  const count = load<i32>(fork + COUNT);
  bulk.fill(index, 0, <usize>capacity << 3);
  if (load<u32>(fork + PAIRS) != 0) {
    bulk.copy(pairs, <usize>load<u32>(fork + PAIRS), <usize>count << 3);
    free(<usize>load<u32>(fork + PAIRS));
    free(<usize>load<u32>(fork + INDEX));
  }
  store<u32>(fork + PAIRS, <u32>pairs);
  store<u32>(fork + INDEX, <u32>index);
  store<i32>(fork + MASK, (capacity << 1) - 1);
  for (let i = 0; i < count; i++) enter(fork, <usize>load<u32>(pairAt(fork, i)), i);
  return true;
}
