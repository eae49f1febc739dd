// Instances: a class, and attributes in cells that never move.
//
//   16  class         chunk   0  capacity
//   24  first chunk           4  next chunk
//                             8  cells: capacity × (name, word)
//
// A name is the number that the process gives it; 0 marks a free cell. A deleted attribute's word is unset.
//
// Invariant: cells are filled in order, and a cell's name never changes. So searching needs no lock, and whoever has
// found a cell may read and write its word as any slot (word.ts) for as long as the instance lives.
// Commit points: the store of a cell's name, of a chunk's address.
import { alloc, free } from "./allocator";
import * as bulk from "./bulk";
import { copySlot } from "./fork";
import { HEADER_SIZE, kindOf, LOCK } from "./layout";
import { allocate, dropWords } from "./object";
import * as spin from "./spinlock";
import { Kind, Status } from "./status";
import { MAILBOX } from "./thread";
import { NO_WORD, peek, slot_load, slot_store, UNSET } from "./word";

const CLASS: usize = HEADER_SIZE;
const FIRST: usize = HEADER_SIZE + 8;

const CAPACITY: usize = 0;
const NEXT: usize = 4;
const CELLS: usize = 8;
const WORD: usize = 8;
const CELL_SHIFT: usize = 4;

/** Cells of a chunk that is added. */
const MORE: i32 = 8;

/** An instance, or the attributes of another object, with room for `capacity` of them. */
export function attributes_new(kind: Kind, capacity: i32): usize {
  const table = allocate(kind, FIRST + CELLS + (<usize>capacity << CELL_SHIFT));
  if (table == 0) return 0;
  store<u64>(table + CLASS, UNSET);
  store<i32>(table + FIRST + CAPACITY, capacity);
  return table;
}

// @ts-expect-error: decorator
@inline
function cellAt(chunk: usize, index: i32): usize {
  return chunk + CELLS + (<usize>index << CELL_SHIFT);
}

/** Address of the attribute's word; 0 if there is none. */
export function attributes_find(table: usize, name: i32): usize {
  let chunk = table + FIRST;
  while (chunk != 0) {
    const capacity = load<i32>(chunk + CAPACITY);
    for (let i = 0; i < capacity; i++) {
      const found = atomic.load<i32>(cellAt(chunk, i));
      if (found == name) return cellAt(chunk, i) + WORD;
      if (found == 0) return 0;
    }
    chunk = <usize>atomic.load<u32>(chunk + NEXT);
  }
  return 0;
}

/** Address of the attribute's word, which is unset if it is new; 0 if memory is exhausted. */
export function attributes_cell(table: usize, name: i32): usize {
  while (true) {
    const cell = findOrFree(table, name);
    if (cell == 0) return 0;
    if (atomic.load<i32>(cell) == name) return cell + WORD;
    // The first free cell when the search came by: if it still is, nobody has added the name meanwhile.
    spin.acquire(table + LOCK);
    const won = load<i32>(cell) == 0;
    if (won) {
      store<u64>(cell + WORD, UNSET);
      atomic.store<i32>(cell, name);
    }
    spin.release(table + LOCK);
    if (won) return cell + WORD;
  }
}

/** The cell of the name, or the first without one, in a new chunk if need be; 0 if memory is exhausted. */
function findOrFree(table: usize, name: i32): usize {
  let chunk = table + FIRST;
  while (true) {
    const capacity = load<i32>(chunk + CAPACITY);
    for (let i = 0; i < capacity; i++) {
      const found = atomic.load<i32>(cellAt(chunk, i));
      if (found == name || found == 0) return cellAt(chunk, i);
    }
    if (atomic.load<u32>(chunk + NEXT) == 0 && !addChunk(table, chunk)) return 0;
    chunk = <usize>atomic.load<u32>(chunk + NEXT);
  }
}

function addChunk(table: usize, last: usize): bool {
  const size = CELLS + (<usize>MORE << CELL_SHIFT);
  const chunk = alloc(size);
  if (chunk == 0) return false;
  bulk.fill(chunk, 0, size);
  store<i32>(chunk + CAPACITY, MORE);
  spin.acquire(table + LOCK);
  const won = load<u32>(last + NEXT) == 0;
  if (won) atomic.store<u32>(last + NEXT, <u32>chunk);
  spin.release(table + LOCK);
  if (!won) free(chunk);
  return true;
}

/** Copies the attribute's word into the mailbox. Invalid if there is none. */
export function attributes_get(table: usize, name: i32, thread: usize): i32 {
  const word = attributes_find(table, name);
  if (word == 0) return Status.Invalid;
  slot_load(word, thread);
  return load<u64>(thread + MAILBOX) == UNSET ? Status.Invalid : Status.Ok;
}

/** Moves the mailbox's word into the attribute, which is made if need be. */
export function attributes_set(table: usize, name: i32, thread: usize): i32 {
  const word = attributes_cell(table, name);
  if (word == 0) return Status.NoMemory;
  slot_store(word, thread);
  return Status.Ok;
}

/** Address of the cell at `index`, in the order of first setting; 0 past the end. Deleted ones are still listed. */
export function attributes_at(table: usize, index: i32): usize {
  let chunk = table + FIRST;
  let left = index;
  while (chunk != 0) {
    const capacity = load<i32>(chunk + CAPACITY);
    if (left < capacity) return atomic.load<i32>(cellAt(chunk, left)) == 0 ? 0 : cellAt(chunk, left);
    left -= capacity;
    chunk = <usize>atomic.load<u32>(chunk + NEXT);
  }
  return 0;
}

/** A table with room for the same attributes. */
export function cloneAttributes(table: usize): usize {
  let used = 0;
  while (attributes_at(table, used) != 0) used++;
  return attributes_new(kindOf(table), used);
}

/** Fills `clone`, which only the caller knows. False if memory is exhausted. */
export function fillAttributes(table: usize, clone: usize, fork: usize, thread: usize): bool {
  copySlot(fork, table + CLASS, clone + CLASS, thread);
  let index = 0;
  while (true) {
    const cell = attributes_at(table, index++);
    if (cell == 0) return true;
    const word = attributes_cell(clone, load<i32>(cell));
    if (word == 0) return false;
    copySlot(fork, cell + WORD, word, thread);
  }
}

export function dropAttributes(table: usize, dying: usize): usize {
  let more = dropWords(table + CLASS, 1, 8, dying);
  let chunk = table + FIRST;
  while (chunk != 0) {
    const capacity = load<i32>(chunk + CAPACITY);
    const next = <usize>load<u32>(chunk + NEXT);
    let used = 0;
    while (used < capacity && load<i32>(cellAt(chunk, used)) != 0) used++;
    more = dropWords(cellAt(chunk, 0) + WORD, used, <usize>1 << CELL_SHIFT, more);
    if (chunk != table + FIRST) free(chunk);
    chunk = next;
  }
  return more;
}

/** The class, and then the attributes. */
export function attributesWord(table: usize, index: i32): u64 {
  if (index == 0) return peek(table + CLASS, 1, 0, 8);
  let chunk = table + FIRST;
  let left = index - 1;
  // As many steps at most as there are cells before: a chunk that is one no more may lead anywhere.
  for (let step = 0; step <= index && chunk != 0; step++) {
    const header = peek(chunk, 1, 0, 8);
    if (header == NO_WORD) return NO_WORD;
    const capacity = <i32>header;
    if (<u32>left < <u32>capacity) return peek(chunk + CELLS + WORD, capacity, left, <usize>1 << CELL_SHIFT);
    left -= capacity;
    chunk = <usize>(header >> 32);
  }
  return NO_WORD;
}
