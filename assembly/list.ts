// A growing array of words. Every operation is atomic under the object's lock; what points to no object is read without it.
//
// Invariant: MOVES is odd while words move, another afterwards, and also another before a data block is freed. So who finds it even
// and the same around reading a word within the length has read an item that was there.
// Commit point: capacity is made before the section, what fell out is released after it; inside are only moves of memory.
import { alloc, free } from "./allocator";
import * as bulk from "./bulk";
import { copyWord } from "./fork";
import { HEADER_SIZE, LOCK } from "./layout";
import { allocate, dropWords } from "./object";
import * as spin from "./spinlock";
import { Kind, Status } from "./status";
import { MAILBOX } from "./thread";
import { isPointer, NO_WORD, peek, releaseWord, retainWord } from "./word";

const LENGTH: usize = HEADER_SIZE;
const CAPACITY: usize = HEADER_SIZE + 4;
const DATA: usize = HEADER_SIZE + 8;
/** Changes whenever items get other indices: who has read them one by one may have missed some. */
const MOVES: usize = HEADER_SIZE + 12;

export function list_new(): usize {
  return allocate(Kind.List, HEADER_SIZE + 16);
}

export function list_length(list: usize): i32 {
  return atomic.load<i32>(list + LENGTH);
}

export function list_moves(list: usize): i32 {
  return atomic.load<i32>(list + MOVES);
}

/** Before words move: an exchange, so that no write of theirs comes before it. */
// @ts-expect-error: decorator
@inline
function beginMove(list: usize): void {
  atomic.add<i32>(list + MOVES, 1);
}

// @ts-expect-error: decorator
@inline
function endMove(list: usize, by: i32): void {
  atomic.store<i32>(list + MOVES, load<i32>(list + MOVES) + by);
}

/** Makes room for `wanted` words in all. False if memory is exhausted. */
function reserve(list: usize, wanted: i32): bool {
  const capacity = load<i32>(list + CAPACITY);
  if (wanted <= capacity) return true;
  const room = max(wanted, max(4, capacity + (capacity >> 1)));
  const data = alloc(<u64>room << 3);
  if (data == 0) return false;
  spin.acquire(list + LOCK);
  const old = <usize>load<u32>(list + DATA);
  const stale = load<i32>(list + CAPACITY) >= room;
  if (!stale) {
    bulk.copy(data, old, <usize>load<i32>(list + LENGTH) << 3);
    store<i32>(list + CAPACITY, room);
    store<u32>(list + DATA, <u32>data);
    endMove(list, 2);
  }
  spin.release(list + LOCK);
  if (stale) free(data);
  else if (old != 0) free(old);
  return true;
}

// @ts-expect-error: decorator
@inline
function slot(list: usize, index: i32): usize {
  return <usize>load<u32>(list + DATA) + (<usize>index << 3);
}

/** Copies the word at `index` into the mailbox; a negative index counts from the end. Invalid if there is none. */
export function list_get(list: usize, index: i32, thread: usize): i32 {
  const word = peekItem(list, index);
  if (word != NO_WORD) {
    store<u64>(thread + MAILBOX, word);
    return Status.Ok;
  }
  return getLocked(list, index, thread);
}

/** The word at `index` if it points to no object; NO_WORD if it does, or if only who has the lock can tell. */
// @ts-expect-error: decorator
@inline
function peekItem(list: usize, index: i32): u64 {
  const moves = atomic.load<i32>(list + MOVES);
  const length = atomic.load<i32>(list + LENGTH);
  const i = index < 0 ? index + length : index;
  if ((moves & 1) != 0 || <u32>i >= <u32>length) return NO_WORD;
  const word = atomic.load<u64>(<usize>atomic.load<u32>(list + DATA) + (<usize>i << 3));
  const same = atomic.load<i32>(list + LENGTH) == length && atomic.load<i32>(list + MOVES) == moves;
  return same && !isPointer(word) ? word : NO_WORD;
}

function getLocked(list: usize, index: i32, thread: usize): i32 {
  spin.acquire(list + LOCK);
  const length = load<i32>(list + LENGTH);
  const i = index < 0 ? index + length : index;
  if (<u32>i >= <u32>length) {
    spin.release(list + LOCK);
    return Status.Invalid;
  }
  const word = load<u64>(slot(list, i));
  retainWord(word);
  spin.release(list + LOCK);
  store<u64>(thread + MAILBOX, word);
  return Status.Ok;
}

/** Replaces the word at `index` by the mailbox's. */
export function list_set(list: usize, index: i32, thread: usize): i32 {
  const word = load<u64>(thread + MAILBOX);
  spin.acquire(list + LOCK);
  const length = load<i32>(list + LENGTH);
  const i = index < 0 ? index + length : index;
  if (<u32>i >= <u32>length) {
    spin.release(list + LOCK);
    return Status.Invalid;
  }
  const old = load<u64>(slot(list, i));
  store<u64>(slot(list, i), word);
  spin.release(list + LOCK);
  releaseWord(old);
  return Status.Ok;
}

/** Inserts the mailbox's word before `index`, which is clamped as Python's insert does; i32.MAX_VALUE appends. */
export function list_insert(list: usize, index: i32, thread: usize): i32 {
  const word = load<u64>(thread + MAILBOX);
  while (true) {
    if (!reserve(list, load<i32>(list + LENGTH) + 1)) return Status.NoMemory;
    spin.acquire(list + LOCK);
    const length = load<i32>(list + LENGTH);
    if (length < load<i32>(list + CAPACITY)) {
      const i = index < 0 ? max(index + length, 0) : min(index, length);
      if (i < length) beginMove(list);
      bulk.copy(slot(list, i + 1), slot(list, i), <usize>(length - i) << 3);
      store<u64>(slot(list, i), word);
      atomic.store<i32>(list + LENGTH, length + 1);
      if (i < length) endMove(list, 1);
      spin.release(list + LOCK);
      return Status.Ok;
    }
    spin.release(list + LOCK);
  }
}

/** Moves the word at `index` into the mailbox and closes the gap. */
export function list_pop(list: usize, index: i32, thread: usize): i32 {
  return popIf(list, index, NO_WORD, thread);
}

/** Removes the word at `index` if it is the one given. */
export function list_pop_if(list: usize, index: i32, low: i32, high: i32, thread: usize): i32 {
  const word = (<u64>(<u32>high) << 32) | <u64>(<u32>low);
  const status = popIf(list, index, word, thread);
  if (status == Status.Ok) releaseWord(word);
  return status;
}

/** Moves the word at `index` into the mailbox if it is `expected`, or if that is NO_WORD. */
function popIf(list: usize, index: i32, expected: u64, thread: usize): i32 {
  spin.acquire(list + LOCK);
  const length = load<i32>(list + LENGTH);
  const i = index < 0 ? index + length : index;
  const word = <u32>i < <u32>length ? load<u64>(slot(list, i)) : NO_WORD;
  if (word == NO_WORD || (expected != NO_WORD && word != expected)) {
    spin.release(list + LOCK);
    return Status.Invalid;
  }
  if (i + 1 < length) beginMove(list);
  bulk.copy(slot(list, i), slot(list, i + 1), <usize>(length - i - 1) << 3);
  atomic.store<i32>(list + LENGTH, length - 1);
  if (i + 1 < length) endMove(list, 1);
  spin.release(list + LOCK);
  store<u64>(thread + MAILBOX, word);
  return Status.Ok;
}

/**
 * Replaces `removed` words from `start` on by all of `source`'s, and appends the removed ones to `sink`. Start and count
 * are clamped. `source` and `sink` belong to the caller alone; `source` is empty afterwards.
 */
export function list_splice(list: usize, start: i32, removed: i32, source: usize, sink: usize): i32 {
  while (true) {
    const estimate = load<i32>(list + LENGTH);
    if (!reserve(list, estimate + load<i32>(source + LENGTH))) return Status.NoMemory;
    if (!reserve(sink, load<i32>(sink + LENGTH) + min(removed, estimate))) return Status.NoMemory;
    spin.acquire(list + LOCK);
    const length = load<i32>(list + LENGTH);
    const from = min(start, length);
    const gone = min(removed, length - from);
    const kept = load<i32>(sink + LENGTH);
    const added = load<i32>(source + LENGTH);
    if (length - gone + added <= load<i32>(list + CAPACITY) && kept + gone <= load<i32>(sink + CAPACITY)) {
      const moving = gone > 0 || from < length;
      if (moving) beginMove(list);
      bulk.copy(slot(sink, kept), slot(list, from), <usize>gone << 3);
      bulk.copy(slot(list, from + added), slot(list, from + gone), <usize>(length - from - gone) << 3);
      bulk.copy(slot(list, from), slot(source, 0), <usize>added << 3);
      store<i32>(sink + LENGTH, kept + gone);
      store<i32>(source + LENGTH, 0);
      atomic.store<i32>(list + LENGTH, length - gone + added);
      if (moving) endMove(list, 1);
      spin.release(list + LOCK);
      return Status.Ok;
    }
    spin.release(list + LOCK);
  }
}

/** Fills `clone`, which only the caller knows, with copies of the items. False if memory is exhausted. */
export function fillList(list: usize, clone: usize, fork: usize, thread: usize): bool {
  while (true) {
    const moves = list_moves(list);
    for (let i = 0; list_get(list, i, thread) == Status.Ok; i++) {
      store<u64>(thread + MAILBOX, copyWord(fork, load<u64>(thread + MAILBOX)));
      if (list_insert(clone, i32.MAX_VALUE, thread) != Status.Ok) return false;
    }
    if (list_moves(list) == moves) return true;
    while (list_pop(clone, -1, thread) == Status.Ok) releaseWord(load<u64>(thread + MAILBOX));
  }
}

export function dropList(list: usize, dying: usize): usize {
  const data = <usize>load<u32>(list + DATA);
  if (data == 0) return dying;
  const rest = dropWords(data, load<i32>(list + LENGTH), 8, dying);
  free(data);
  return rest;
}

export function listWord(list: usize, index: i32): u64 {
  return peek(<usize>load<u32>(list + DATA), load<i32>(list + LENGTH), index, 8);
}
