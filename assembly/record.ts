// A record: a fixed number of words to which the facade of its kind gives meaning. Read and written by slot_load and
// slot_store.
//
// Invariant: the words are as many as at first, and never move. Commit point: the store of a word.
import { copySlot } from "./fork";
import { HEADER_SIZE, kindOf } from "./layout";
import { allocate, dropWords } from "./object";
import { peek, UNSET } from "./word";

const COUNT: usize = HEADER_SIZE;
const WORDS: usize = HEADER_SIZE + 8;

export function record_new(kind: i32, count: i32): usize {
  const record = allocate(kind, WORDS + ((<usize>count) << 3));
  if (record == 0) return 0;
  store<i32>(record + COUNT, count);
  for (let i = 0; i < count; i++) store<u64>(record + WORDS + ((<usize>i) << 3), UNSET);
  return record;
}

/** Address of the first word. */
export function record_words(record: usize): usize {
  return record + WORDS;
}

export function cloneRecord(record: usize): usize {
  return record_new(kindOf(record), load<i32>(record + COUNT));
}

export function fillRecord(record: usize, clone: usize, fork: usize, thread: usize): void {
  const count = load<i32>(record + COUNT);
  for (let i = 0; i < count; i++) {
    const offset = WORDS + (<usize>i << 3);
    copySlot(fork, record + offset, clone + offset, thread);
  }
}

export function dropRecord(record: usize, dying: usize): usize {
  return dropWords(record + WORDS, load<i32>(record + COUNT), 8, dying);
}

export function recordWord(record: usize, index: i32): u64 {
  return peek(record + WORDS, load<i32>(record + COUNT), index, 8);
}
