// Words: 64-bit values that are read and written whole.
//
//   a number      its IEEE double; every NaN is stored as 7FF8 0000 0000 0000
//   FFF9 kkkk     singleton k: unset, None, True, False, or foreign (low half: the only thread that can read it)
//   FFFA nncc     a string of n ≤ 5 latin-1 characters, the first in cc, the others in the low half
//   FFFB …        low half: address of a String      FFFC …  of a Value      FFFD kkkk  of a shared object of kind k
//
// A word that points to an object holds one reference to it.
import { BRK, HEAP, SLOT_LOCKS, SLOT_STRIPES } from "./layout";
import { retain } from "./references";
import { release as releaseObject } from "./object";
import * as spin from "./spinlock";
import { Singleton, Tag } from "./status";
import { MAILBOX } from "./thread";

export const UNSET: u64 = (<u64>Tag.Singleton << 48) | (<u64>Singleton.Unset << 32);

// @ts-expect-error: decorator
@inline
export function isPointer(word: u64): bool {
  return word >> 48 >= <u64>Tag.FirstPointer;
}

/** The object a word points to, or 0. */
// @ts-expect-error: decorator
@inline
export function pointee(word: u64): usize {
  return isPointer(word) ? <usize>(<u32>word) : 0;
}

/** The word of a shared object. */
// @ts-expect-error: decorator
@inline
export function objectWord(kind: i32, object: usize): u64 {
  return (<u64>Tag.Object << 48) | (<u64>(<u32>kind) << 32) | <u64>object;
}

/** Counts one more reference if the word points to an object. What guards the word keeps the object alive meanwhile. */
// @ts-expect-error: decorator
@inline
export function retainWord(word: u64): void {
  if (isPointer(word)) retain(<usize>(<u32>word));
}

export function releaseWord(word: u64): void {
  if (isPointer(word)) releaseObject(<usize>(<u32>word));
}

// @ts-expect-error: decorator
@inline
function stripe(slot: usize): usize {
  return SLOT_LOCKS + (((slot >> 3) & (SLOT_STRIPES - 1)) << 2);
}

/** Puts a slot's word into the thread's mailbox, with a reference of its own. For words that are not plain numbers. */
export function slot_load(slot: usize, thread: usize): void {
  const lock = stripe(slot);
  spin.acquire(lock);
  const word = atomic.load<u64>(slot);
  retainWord(word);
  spin.release(lock);
  store<u64>(thread + MAILBOX, word);
}

/** Moves the mailbox's word, with its reference, into a slot. */
export function slot_store(slot: usize, thread: usize): void {
  const word = load<u64>(thread + MAILBOX);
  const lock = stripe(slot);
  spin.acquire(lock);
  const old = atomic.xchg<u64>(slot, word);
  spin.release(lock);
  releaseWord(old);
}

/** Drops the reference of the mailbox's word. */
export function word_release(thread: usize): void {
  releaseWord(load<u64>(thread + MAILBOX));
}

/** Given where there is no further word. */
export const NO_WORD: u64 = u64.MAX_VALUE;

/**
 * The word at `index` of `count` words that stand `stride` bytes apart; NO_WORD past their end. For who looks at an object
 * that others change or free meanwhile: what is read may be anything, but it is read from within the memory.
 */
export function peek(words: usize, count: i32, index: i32, stride: usize): u64 {
  if (<u32>index >= <u32>count) return NO_WORD;
  const at = <u64>words + <u64>index * stride;
  if (at < HEAP || at + 8 > <u64>atomic.load<u32>(BRK) || (at & 7) != 0) return NO_WORD;
  return atomic.load<u64>(<usize>at);
}
