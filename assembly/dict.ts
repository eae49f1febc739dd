// Tables of words for dict and set: entries in the order of their insertion, found through an index of open addressing.
//
//   data block    0 capacity   4 mask   8 entries: capacity × (hash, key, value)   then the index: (mask + 1) × i32
//   index         0 empty, else an entry's number + 1
//   entry         live; or dead: its key is unset
//
// Invariant: within an epoch an entry's number stays its own, and its key changes at most once, to unset. So searching
// needs no lock: it is a loop, and under the lock it is only verified that the epoch is still the same and the entry live.
// What was read of a data block counts only if the block is still the table's afterwards; the reads are atomic, so that
// they stand before that look in every machine's order.
// Commit points: an entry is published by its index slot and the counts; a new data block by the store of its address.
// One file: nothing of this can be used without the invariant above.
import { alloc, free } from "./allocator";
import * as bulk from "./bulk";
import { copyWord } from "./fork";
import { BRK, HEADER_SIZE, LOCK } from "./layout";
import { allocate, CONTENTS, dropWords } from "./object";
import * as spin from "./spinlock";
import { Kind, Singleton, Status, Tag } from "./status";
import { MAILBOX } from "./thread";
import { isPointer, peek, releaseWord, retainWord, UNSET, word_release } from "./word";

/** Entries in use, the dead ones included. */
const COUNT: usize = HEADER_SIZE;
const LIVE: usize = HEADER_SIZE + 4;
const DATA: usize = HEADER_SIZE + 8;
/** Rises when entries get new numbers. */
const EPOCH: usize = HEADER_SIZE + 12;
/** DATA and EPOCH, which are read as one. */
const PLACE: usize = DATA;
/** Rises with every insertion and every new epoch: who has seen no such key, and the same stamp still, may insert it. */
const STAMP: usize = HEADER_SIZE + 16;
/** Rises with every change. */
const VERSION: usize = HEADER_SIZE + 20;
/** No entry from this number on is live. */
const TAIL: usize = HEADER_SIZE + 24;
/** No entry before this number is live. */
const HEAD: usize = HEADER_SIZE + 28;
const SIZE: usize = HEADER_SIZE + 32;

const MASK: usize = 4;
const ENTRIES: usize = 8;
const HASH: usize = 0;
const KEY: usize = 8;
const VALUE: usize = 16;
const ENTRY: usize = 24;

const LEAST_CAPACITY: i32 = 8;
/** How often dead entries are tried to be left out while others write; then they are taken along. */
const ATTEMPTS: i32 = 4;

const TRUE: u64 = (<u64>Tag.Singleton << 48) | (<u64>Singleton.True << 32);
const FALSE: u64 = (<u64>Tag.Singleton << 48) | (<u64>Singleton.False << 32);
const ONE: u64 = 0x3ff0000000000000;

export function dict_new(kind: Kind): usize {
  return allocate(kind, SIZE);
}

export function dict_length(dict: usize): i32 {
  return atomic.load<i32>(dict + LIVE);
}

export function dict_version(dict: usize): i32 {
  return atomic.load<i32>(dict + VERSION);
}

export function dict_stamp(dict: usize): i32 {
  return atomic.load<i32>(dict + STAMP);
}

// @ts-expect-error: decorator
@inline
function entryAt(data: usize, index: i32): usize {
  return data + ENTRIES + <usize>index * ENTRY;
}

// @ts-expect-error: decorator
@inline
function rise(dict: usize, counter: usize): void {
  atomic.store<i32>(dict + counter, load<i32>(dict + counter) + 1);
}

/** Under the lock, by which those see it too who have seen the change. */
// @ts-expect-error: decorator
@inline
function countChange(dict: usize): void {
  store<i32>(dict + VERSION, load<i32>(dict + VERSION) + 1);
}

// @ts-expect-error: decorator
@inline
function join(low: i32, high: i32): u64 {
  return (<u64>(<u32>high) << 32) | <u64>(<u32>low);
}

/** The word by which a key is compared: True is 1, and False is 0. */
// @ts-expect-error: decorator
@inline
function canonical(word: u64): u64 {
  return word == TRUE ? ONE : word == FALSE ? 0 : word;
}

// @ts-expect-error: decorator
@inline
function isString(word: u64): bool {
  return word >> 48 == <u64>Tag.String;
}

/** The hash of a key that is compared as a word: FNV-1a for strings, and Fibonacci hashing on top. */
function hashOf(key: u64): i32 {
  let h: u32 = <u32>key ^ rotl<u32>(<u32>(key >> 32), 15);
  if (isString(key)) {
    const text = <usize>(<u32>key);
    const size = load<i32>(text + HEADER_SIZE);
    h = 0x811c9dc5;
    for (let i = 0; i < size; i++) h = (h ^ load<u8>(text + CONTENTS + <usize>i)) * 0x01000193;
  }
  h = (h ^ (h >> 16)) * 0x9e3779b1;
  return h ^ (h >> 16);
}

/** Whether two strings are equal, of which the first may be gone already: then the answer does not matter. */
function sameText(a: usize, b: usize): bool {
  const size = load<i32>(b + HEADER_SIZE);
  if (load<u64>(a + HEADER_SIZE) != load<u64>(b + HEADER_SIZE)) return false;
  if (<u64>a + CONTENTS + <u64>size > <u64>atomic.load<u32>(BRK)) return false;
  for (let i: i32 = 0; i < size; i++) {
    if (atomic.load<u8>(a + CONTENTS + <usize>i) != load<u8>(b + CONTENTS + <usize>i)) return false;
  }
  return true;
}

/** What `find` gives where the table has changed under it. */
const CHANGED: i32 = -2;

/** Number of the live entry of `key` in the data block of `place`, or -1; or CHANGED. Stores its value at `into`, if that is not 0. */
function find(dict: usize, key: u64, hash: i32, place: u64, into: usize): i32 {
  const data = <usize>(<u32>place);
  if (data == 0) return -1;
  const shape = atomic.load<u64>(data);
  if (atomic.load<u64>(dict + PLACE) != place) return CHANGED;
  const found = search(dict, data, <i32>shape, <i32>(shape >> 32), key, hash, into);
  // An epoch never gets the same block twice, since each is larger than the one before.
  return atomic.load<u64>(dict + PLACE) == place ? found : CHANGED;
}

// @ts-expect-error: decorator
@inline
function search(dict: usize, data: usize, capacity: i32, mask: i32, key: u64, hash: i32, into: usize): i32 {
  const slots = entryAt(data, capacity);
  for (let i = 0; i <= mask; i++) {
    const number = atomic.load<i32>(slots + (<usize>((hash + i) & mask) << 2)) - 1;
    // Out of range only in a block that somebody has freed meanwhile.
    if (<u32>number >= <u32>capacity) return -1;
    const entry = entryAt(data, number);
    const word = atomic.load<u64>(entry + KEY);
    if (word != key && canonical(word) != key) {
      if (!isString(word) || !isString(key) || atomic.load<i32>(entry + HASH) != hash) continue;
      // A string's address is to be trusted if the block was still the table's when it was read.
      if (<usize>atomic.load<u32>(dict + DATA) != data) return -1;
      if (!sameText(<usize>(<u32>word), <usize>(<u32>key))) continue;
    }
    if (into != 0) store<u64>(into, atomic.load<u64>(entry + VALUE));
    return number;
  }
  return -1;
}

/** Number of the next live entry with this hash after entry `after` (-1: the first), its key in the mailbox; or -1. */
export function dict_candidate(dict: usize, hash: i32, after: i32, thread: usize): i32 {
  while (true) {
    const epoch = atomic.load<i32>(dict + EPOCH);
    const number = candidate(dict, hash, after);
    if (number < 0) return -1;
    spin.acquire(dict + LOCK);
    const same = load<i32>(dict + EPOCH) == epoch;
    const word = same ? load<u64>(entryAt(<usize>load<u32>(dict + DATA), number) + KEY) : UNSET;
    retainWord(word);
    spin.release(dict + LOCK);
    if (!same) return -1;
    store<u64>(thread + MAILBOX, word);
    return number;
  }
}

function candidate(dict: usize, hash: i32, after: i32): i32 {
  while (true) {
    const data = <usize>atomic.load<u32>(dict + DATA);
    if (data == 0) return -1;
    const capacity = atomic.load<i32>(data);
    const mask = atomic.load<i32>(data + MASK);
    if (<usize>atomic.load<u32>(dict + DATA) != data) continue;
    const slots = entryAt(data, capacity);
    let found = -1;
    let passed = after < 0;
    for (let i = 0; i <= mask; i++) {
      const number = atomic.load<i32>(slots + (<usize>((hash + i) & mask) << 2)) - 1;
      if (<u32>number >= <u32>capacity) break;
      if (atomic.load<i32>(entryAt(data, number) + HASH) != hash) continue;
      if (passed && atomic.load<u64>(entryAt(data, number) + KEY) != UNSET) {
        found = number;
        break;
      }
      if (number == after) passed = true;
    }
    if (<usize>atomic.load<u32>(dict + DATA) == data) return found;
  }
}

/**
 * Copies the value of a key into the mailbox, and gives it back if it is a number, else NaN; the word of nothing if there is no
 * such key. The key, here and below, is only lent.
 */
export function dict_get(dict: usize, low: i32, high: i32, thread: usize): f64 {
  const key = canonical(join(low, high));
  const hash = hashOf(key);
  while (true) {
    const place = atomic.load<u64>(dict + PLACE);
    const number = find(dict, key, hash, place, thread + MAILBOX);
    if (number == CHANGED) continue;
    if (number < 0) store<u64>(thread + MAILBOX, UNSET);
    else {
      const word = load<u64>(thread + MAILBOX);
      // Who has the lock may take a reference, and can tell whether the entry is still live.
      const plain = !isPointer(word) && word != UNSET;
      if (!plain && !valueSince(dict, number, EPOCH, <i32>(place >> 32), thread)) continue;
    }
    return load<f64>(thread + MAILBOX);
  }
}

/** As dict_value, if since the counter was `was` nothing has happened that it counts. */
function valueSince(dict: usize, number: i32, counter: usize, was: i32, thread: usize): bool {
  if (dict_value(dict, number, thread) != Status.Ok) return false;
  if (atomic.load<i32>(dict + counter) == was) return true;
  word_release(thread);
  return false;
}

export function dict_has(dict: usize, low: i32, high: i32): i32 {
  const key = canonical(join(low, high));
  const hash = hashOf(key);
  while (true) {
    const number = find(dict, key, hash, atomic.load<u64>(dict + PLACE), 0);
    if (number != CHANGED) return number >= 0 ? 1 : 0;
  }
}

/**
 * Moves the mailbox's word to a key. If the key is there and `keep` is set, nothing is changed: the mailbox gets a copy of
 * the value, and the answer is Invalid.
 */
export function dict_set(dict: usize, low: i32, high: i32, keep: i32, thread: usize): i32 {
  const word = join(low, high);
  const key = canonical(word);
  const hash = hashOf(key);
  const fresh = load<u64>(thread + MAILBOX);
  while (true) {
    const place = atomic.load<u64>(dict + PLACE);
    const stamp = atomic.load<i32>(dict + STAMP);
    const number = find(dict, key, hash, place, 0);
    if (number == CHANGED) continue;
    if (number < 0) {
      const status = insert(dict, word, hash, stamp, fresh);
      if (status != Status.Invalid) return status;
      continue;
    }
    spin.acquire(dict + LOCK);
    const entry = entryAt(<usize>(<u32>place), number);
    if (load<u64>(dict + PLACE) != place || load<u64>(entry + KEY) == UNSET) {
      spin.release(dict + LOCK);
      continue;
    }
    const old = load<u64>(entry + VALUE);
    if (keep != 0) {
      retainWord(old);
      spin.release(dict + LOCK);
      releaseWord(fresh);
      store<u64>(thread + MAILBOX, old);
      return Status.Invalid;
    }
    store<u64>(entry + VALUE, fresh);
    countChange(dict);
    spin.release(dict + LOCK);
    releaseWord(old);
    return Status.Ok;
  }
}

/** Removes a key. Its value goes to the mailbox; Invalid if there is none. */
export function dict_remove(dict: usize, low: i32, high: i32, thread: usize): i32 {
  const key = canonical(join(low, high));
  const hash = hashOf(key);
  while (true) {
    const place = atomic.load<u64>(dict + PLACE);
    const number = find(dict, key, hash, place, 0);
    if (number == CHANGED) continue;
    if (number < 0) return Status.Invalid;
    if (remove(dict, number, <i32>(place >> 32), thread)) return Status.Ok;
  }
}

/** Removes entry `number` of epoch `epoch`, its value into the mailbox. False if it is not there any more. */
function remove(dict: usize, number: i32, epoch: i32, thread: usize): bool {
  spin.acquire(dict + LOCK);
  const entry = entryAt(<usize>load<u32>(dict + DATA), number);
  if (load<i32>(dict + EPOCH) != epoch || load<u64>(entry + KEY) == UNSET) {
    spin.release(dict + LOCK);
    return false;
  }
  const word = load<u64>(entry + KEY);
  const value = load<u64>(entry + VALUE);
  atomic.store<u64>(entry + KEY, UNSET);
  atomic.store<u64>(entry + VALUE, UNSET);
  atomic.store<i32>(dict + LIVE, load<i32>(dict + LIVE) - 1);
  if (number + 1 == load<i32>(dict + TAIL)) store<i32>(dict + TAIL, number);
  if (number == load<i32>(dict + HEAD)) atomic.store<i32>(dict + HEAD, number + 1);
  countChange(dict);
  spin.release(dict + LOCK);
  store<u64>(thread + MAILBOX, value);
  releaseWord(word);
  return true;
}

// Keys that only TypeScript can compare: it looks at the candidates, and says the stamp that it has read before.

/** Copies the value of entry `number` into the mailbox; Invalid if there is none, or the stamp is another. */
export function dict_get_at(dict: usize, number: i32, stamp: i32, thread: usize): i32 {
  return valueSince(dict, number, STAMP, stamp, thread) ? Status.Ok : Status.Invalid;
}

export function dict_set_at(dict: usize, number: i32, stamp: i32, thread: usize): i32 {
  const value = load<u64>(thread + MAILBOX);
  spin.acquire(dict + LOCK);
  const entry = entryAt(<usize>load<u32>(dict + DATA), number);
  if (load<i32>(dict + STAMP) != stamp || load<u64>(entry + KEY) == UNSET) {
    spin.release(dict + LOCK);
    return Status.Invalid;
  }
  const old = load<u64>(entry + VALUE);
  store<u64>(entry + VALUE, value);
  countChange(dict);
  spin.release(dict + LOCK);
  releaseWord(old);
  return Status.Ok;
}

export function dict_remove_at(dict: usize, number: i32, stamp: i32, thread: usize): i32 {
  const epoch = atomic.load<i32>(dict + EPOCH);
  if (atomic.load<i32>(dict + STAMP) != stamp) return Status.Invalid;
  return remove(dict, number, epoch, thread) ? Status.Ok : Status.Invalid;
}

/** Adds a key of which there was none at `stamp`, with the mailbox's word. Invalid if the stamp is another by now. */
export function dict_insert(dict: usize, low: i32, high: i32, hash: i32, stamp: i32, thread: usize): i32 {
  return insert(dict, join(low, high), hash, stamp, load<u64>(thread + MAILBOX));
}

function insert(dict: usize, word: u64, hash: i32, stamp: i32, value: u64): i32 {
  const data = <usize>atomic.load<u32>(dict + DATA);
  const capacity = data == 0 ? 0 : atomic.load<i32>(data);
  const mask = data == 0 ? 0 : atomic.load<i32>(data + MASK);
  if (<usize>atomic.load<u32>(dict + DATA) != data) return Status.Invalid;
  if (atomic.load<i32>(dict + COUNT) >= capacity) return rebuild(dict) ? Status.Invalid : Status.NoMemory;
  const slot = emptySlot(entryAt(data, capacity), mask, hash);
  if (slot == 0) return Status.Invalid;
  spin.acquire(dict + LOCK);
  const count = load<i32>(dict + COUNT);
  // The same stamp: nobody has inserted anything, so the slot is still empty and there is still room.
  if (load<i32>(dict + STAMP) != stamp || <usize>load<u32>(dict + DATA) != data || count >= capacity) {
    spin.release(dict + LOCK);
    return Status.Invalid;
  }
  const entry = entryAt(data, count);
  store<i32>(entry + HASH, hash);
  store<u64>(entry + VALUE, value);
  atomic.store<u64>(entry + KEY, word);
  retainWord(word);
  atomic.store<i32>(slot, count + 1);
  atomic.store<i32>(dict + COUNT, count + 1);
  store<i32>(dict + TAIL, count + 1);
  atomic.store<i32>(dict + LIVE, load<i32>(dict + LIVE) + 1);
  rise(dict, STAMP);
  countChange(dict);
  spin.release(dict + LOCK);
  return Status.Ok;
}

/** Address of the index slot where an entry with this hash is to stand; 0 if the block has been freed meanwhile. */
function emptySlot(slots: usize, mask: i32, hash: i32): usize {
  for (let i = 0; i <= mask; i++) {
    const slot = slots + (<usize>((hash + i) & mask) << 2);
    if (atomic.load<i32>(slot) == 0) return slot;
  }
  return 0;
}

/** Makes room for one more entry, and leaves dead ones out if nobody writes meanwhile. False if memory is exhausted. */
function rebuild(dict: usize): bool {
  let attempt = -1;
  while (true) {
    attempt++;
    const version = atomic.load<i32>(dict + VERSION);
    const epoch = atomic.load<i32>(dict + EPOCH);
    const live = atomic.load<i32>(dict + LIVE);
    const count = atomic.load<i32>(dict + COUNT);
    const old = <usize>atomic.load<u32>(dict + DATA);
    const had = old == 0 ? 0 : atomic.load<i32>(old);
    if (<usize>atomic.load<u32>(dict + DATA) != old || atomic.load<i32>(dict + EPOCH) != epoch) continue;
    if (count < had) return true;
    const compacting = live < count && attempt < ATTEMPTS;
    const capacity = capacityFor(compacting ? live : count);
    const data = alloc(ENTRIES + <usize>capacity * (ENTRY + 8));
    if (data == 0) return false;
    store<i32>(data, capacity);
    store<i32>(data + MASK, (capacity << 1) - 1);
    const kept = fill(data, capacity, old, count, compacting);
    spin.acquire(dict + LOCK);
    const unchanged =
      <usize>load<u32>(dict + DATA) == old && load<i32>(dict + EPOCH) == epoch && load<i32>(dict + COUNT) == count;
    if (unchanged && (!compacting || load<i32>(dict + VERSION) == version)) {
      if (!compacting) bulk.copy(data + ENTRIES, old + ENTRIES, <usize>count * ENTRY);
      // Before the new epoch: who sees that, and searches without the lock, must not find the old numbers.
      atomic.store<u32>(dict + DATA, <u32>data);
      if (compacting) {
        rise(dict, EPOCH);
        rise(dict, STAMP);
        store<i32>(dict + COUNT, kept);
        store<i32>(dict + TAIL, kept);
        atomic.store<i32>(dict + HEAD, 0);
      }
      spin.release(dict + LOCK);
      if (old != 0) free(old);
      return true;
    }
    spin.release(dict + LOCK);
    free(data);
  }
}

/** A power of two of which `entries` fill two thirds at most. */
function capacityFor(entries: i32): i32 {
  let capacity = LEAST_CAPACITY;
  while (capacity - (capacity >> 2) <= entries) capacity <<= 1;
  return capacity;
}

/** Enters the first `count` entries of the block `old` into the index of `data`; if compacting, copies the live ones. */
function fill(data: usize, capacity: i32, old: usize, count: i32, compacting: bool): i32 {
  const slots = entryAt(data, capacity);
  const mask = (capacity << 1) - 1;
  bulk.fill(slots, 0, <usize>capacity << 3);
  let kept = 0;
  for (let number = 0; number < count; number++) {
    const from = entryAt(old, number);
    const word = atomic.load<u64>(from + KEY);
    if (compacting && word == UNSET) continue;
    // More than there is room for only if the old block has been freed meanwhile.
    if (kept >= capacity) return kept;
    const hash = atomic.load<i32>(from + HASH);
    if (compacting) {
      const to = entryAt(data, kept);
      store<i32>(to + HASH, hash);
      store<u64>(to + KEY, word);
      store<u64>(to + VALUE, atomic.load<u64>(from + VALUE));
    }
    store<i32>(emptySlot(slots, mask, hash), ++kept);
  }
  return kept;
}

/** Number of the first live entry from `from` on, its key in the mailbox; -1 at the end. */
export function dict_next(dict: usize, from: i32, thread: usize): i32 {
  let number = max(from, atomic.load<i32>(dict + HEAD));
  for (; number < atomic.load<i32>(dict + COUNT); number++) {
    spin.acquire(dict + LOCK);
    const there = number < load<i32>(dict + COUNT);
    const word = there ? load<u64>(entryAt(<usize>load<u32>(dict + DATA), number) + KEY) : UNSET;
    retainWord(word);
    if (there && word == UNSET && number == load<i32>(dict + HEAD)) atomic.store<i32>(dict + HEAD, number + 1);
    spin.release(dict + LOCK);
    if (word == UNSET) continue;
    store<u64>(thread + MAILBOX, word);
    return number;
  }
  return -1;
}

/** Number of the last live entry, its key in the mailbox; -1 if there is none. */
export function dict_last(dict: usize, thread: usize): i32 {
  for (let number = atomic.load<i32>(dict + TAIL) - 1; number >= 0; number--) {
    spin.acquire(dict + LOCK);
    const there = number < load<i32>(dict + COUNT);
    const word = there ? load<u64>(entryAt(<usize>load<u32>(dict + DATA), number) + KEY) : UNSET;
    retainWord(word);
    if (word == UNSET && number + 1 == load<i32>(dict + TAIL)) store<i32>(dict + TAIL, number);
    spin.release(dict + LOCK);
    if (word == UNSET) continue;
    store<u64>(thread + MAILBOX, word);
    return number;
  }
  return -1;
}

/** Copies the value of entry `number` into the mailbox. Invalid if it is not live. */
export function dict_value(dict: usize, number: i32, thread: usize): i32 {
  spin.acquire(dict + LOCK);
  const there = number < load<i32>(dict + COUNT);
  const word = there ? load<u64>(entryAt(<usize>load<u32>(dict + DATA), number) + VALUE) : UNSET;
  retainWord(word);
  spin.release(dict + LOCK);
  if (word == UNSET) return Status.Invalid;
  store<u64>(thread + MAILBOX, word);
  return Status.Ok;
}

/** Fills `clone`, which only the caller knows, with copies of the entries. False if memory is exhausted. */
export function fillDict(dict: usize, clone: usize, fork: usize, thread: usize): bool {
  while (true) {
    const epoch = atomic.load<i32>(dict + EPOCH);
    let number = dict_next(dict, 0, thread);
    for (; number >= 0; number = dict_next(dict, number + 1, thread)) {
      const hash = atomic.load<i32>(entryAt(<usize>atomic.load<u32>(dict + DATA), number) + HASH);
      const old = load<u64>(thread + MAILBOX);
      const byWord = hashOf(canonical(old)) == hash;
      const key = copyWord(fork, old);
      if (dict_value(dict, number, thread) == Status.Ok) {
        const value = copyWord(fork, load<u64>(thread + MAILBOX));
        let status: i32 = Status.Invalid;
        // An object that is compared by its identity has another address.
        while (status == Status.Invalid) {
          status = insert(clone, key, byWord ? hashOf(canonical(key)) : hash, load<i32>(clone + STAMP), value);
        }
        if (status != Status.Ok) return false;
      }
      releaseWord(key);
      if (atomic.load<i32>(dict + EPOCH) != epoch) break;
    }
    if (number < 0) return true;
    dict_clear(clone);
  }
}

/** Removes everything, at once. */
export function dict_clear(dict: usize): void {
  spin.acquire(dict + LOCK);
  const data = <usize>load<u32>(dict + DATA);
  const count = load<i32>(dict + COUNT);
  atomic.store<u32>(dict + DATA, 0);
  atomic.store<i32>(dict + COUNT, 0);
  atomic.store<i32>(dict + LIVE, 0);
  store<i32>(dict + TAIL, 0);
  atomic.store<i32>(dict + HEAD, 0);
  rise(dict, EPOCH);
  rise(dict, STAMP);
  countChange(dict);
  spin.release(dict + LOCK);
  if (data == 0) return;
  for (let number = 0; number < count; number++) {
    releaseWord(load<u64>(entryAt(data, number) + KEY));
    releaseWord(load<u64>(entryAt(data, number) + VALUE));
  }
  free(data);
}

export function dropDict(dict: usize, dying: usize): usize {
  const data = <usize>load<u32>(dict + DATA);
  if (data == 0) return dying;
  const count = load<i32>(dict + COUNT);
  const more = dropWords(data + ENTRIES + KEY, count, ENTRY, dying);
  const rest = dropWords(data + ENTRIES + VALUE, count, ENTRY, more);
  free(data);
  return rest;
}

/** Keys and values in turn. */
export function dictWord(dict: usize, index: i32): u64 {
  const words = <usize>load<u32>(dict + DATA) + ENTRIES + ((index & 1) == 0 ? KEY : VALUE);
  return peek(words, load<i32>(dict + COUNT), index >> 1, ENTRY);
}
