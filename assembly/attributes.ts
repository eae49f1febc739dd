// The attributes of a shared instance: pairs of a name's number and a word, in the order in which they were first set.
//
// Invariant: the number at an index never changes, and an index once found stays valid; a deleted attribute's word is
// unset. So the search runs without the lock, and under the lock it is only verified.
import { alloc, free } from "./allocator";
import { HEADER_SIZE, LOCK } from "./layout";
import { allocate, dropWords } from "./object";
import * as spin from "./spinlock";
import { Kind, Status } from "./status";
import { MAILBOX } from "./thread";
import { releaseWord, retainWord, UNSET } from "./word";

const COUNT: usize = HEADER_SIZE;
const CAPACITY: usize = HEADER_SIZE + 4;
const DATA: usize = HEADER_SIZE + 8;

const NAME: usize = 0;
const WORD: usize = 8;
const ENTRY_SHIFT: usize = 4;

export function attributes_new(): usize {
  return allocate(Kind.Attributes, HEADER_SIZE + 16);
}

/** Index of `name`, or -1 if there was none when the search began. */
function find(attributes: usize, name: i32): i32 {
  while (true) {
    const data = atomic.load<u32>(attributes + DATA);
    const count = atomic.load<i32>(attributes + COUNT);
    let index = 0;
    while (index < count && load<i32>(<usize>data + (<usize>index << ENTRY_SHIFT)) != name) index++;
    // If the entries moved meanwhile, what was read may have been somebody else's memory.
    if (atomic.load<u32>(attributes + DATA) == data) return index < count ? index : -1;
  }
}

// @ts-expect-error: decorator
@inline
function entry(attributes: usize, index: i32): usize {
  return <usize>load<u32>(attributes + DATA) + (<usize>index << ENTRY_SHIFT);
}

/** Copies the attribute's word into the mailbox. Invalid if there is none. */
export function attributes_get(attributes: usize, name: i32, thread: usize): i32 {
  const index = find(attributes, name);
  if (index < 0) return Status.Invalid;
  spin.acquire(attributes + LOCK);
  const word = load<u64>(entry(attributes, index) + WORD);
  retainWord(word);
  spin.release(attributes + LOCK);
  store<u64>(thread + MAILBOX, word);
  return word == UNSET ? Status.Invalid : Status.Ok;
}

/** Moves the mailbox's word into the attribute, which is made if need be. */
export function attributes_set(attributes: usize, name: i32, thread: usize): i32 {
  const word = load<u64>(thread + MAILBOX);
  while (true) {
    // Counted before the search: if the name is added behind its back, the count tells.
    const count = atomic.load<i32>(attributes + COUNT);
    const index = find(attributes, name);
    if (index >= 0) {
      spin.acquire(attributes + LOCK);
      const at = entry(attributes, index) + WORD;
      const old = load<u64>(at);
      store<u64>(at, word);
      spin.release(attributes + LOCK);
      releaseWord(old);
      return Status.Ok;
    }
    if (!reserve(attributes, count + 1)) return Status.NoMemory;
    spin.acquire(attributes + LOCK);
    // Somebody may have added this very name, or used up the room.
    if (load<i32>(attributes + COUNT) == count && count < load<i32>(attributes + CAPACITY)) {
      store<i32>(entry(attributes, count) + NAME, name);
      store<u64>(entry(attributes, count) + WORD, word);
      atomic.store<i32>(attributes + COUNT, count + 1);
      spin.release(attributes + LOCK);
      return Status.Ok;
    }
    spin.release(attributes + LOCK);
  }
}

/** Number of the name at `index`, in the order of first setting; -1 past the end. Deleted ones are still listed. */
export function attributes_name(attributes: usize, index: i32): i32 {
  spin.acquire(attributes + LOCK);
  const name = index < load<i32>(attributes + COUNT) ? load<i32>(entry(attributes, index) + NAME) : -1;
  spin.release(attributes + LOCK);
  return name;
}

function reserve(attributes: usize, wanted: i32): bool {
  const capacity = load<i32>(attributes + CAPACITY);
  if (wanted <= capacity) return true;
  const room = max(4, capacity << 1);
  const data = alloc(<u64>room << ENTRY_SHIFT);
  if (data == 0) return false;
  spin.acquire(attributes + LOCK);
  const old = <usize>load<u32>(attributes + DATA);
  const stale = load<i32>(attributes + CAPACITY) >= room;
  if (!stale) {
    memory.copy(data, old, <usize>load<i32>(attributes + COUNT) << ENTRY_SHIFT);
    atomic.store<u32>(attributes + DATA, <u32>data);
    store<i32>(attributes + CAPACITY, room);
  }
  spin.release(attributes + LOCK);
  if (stale) free(data);
  else if (old != 0) free(old);
  return true;
}

export function dropAttributes(attributes: usize, dying: usize): usize {
  const data = <usize>load<u32>(attributes + DATA);
  if (data == 0) return dying;
  const rest = dropWords(data + WORD, load<i32>(attributes + COUNT), <usize>1 << ENTRY_SHIFT, dying);
  free(data);
  return rest;
}
