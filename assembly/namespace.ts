// A namespace: the slots of a process's module-level variables, one word each. Read and written by slot_load and
// slot_store, and plain numbers directly by JavaScript.
//
// Invariant: the slots are as many as at first, and never move. Commit point: the store of a word.
import { copySlot } from "./fork";
import { HEADER_SIZE } from "./layout";
import { allocate, dropWords } from "./object";
import { Kind } from "./status";
import { peek, UNSET } from "./word";

const COUNT: usize = HEADER_SIZE;
const SLOTS: usize = HEADER_SIZE + 8;

export function namespace_new(count: i32): usize {
  const namespace = allocate(Kind.Namespace, SLOTS + (<usize>count << 3));
  if (namespace == 0) return 0;
  store<i32>(namespace + COUNT, count);
  for (let i = 0; i < count; i++) store<u64>(namespace + SLOTS + (<usize>i << 3), UNSET);
  return namespace;
}

export function namespace_count(namespace: usize): i32 {
  return load<i32>(namespace + COUNT);
}

/** Address of the first slot. */
export function namespace_slots(namespace: usize): usize {
  return namespace + SLOTS;
}

export function cloneNamespace(namespace: usize): usize {
  return namespace_new(load<i32>(namespace + COUNT));
}

export function fillNamespace(namespace: usize, clone: usize, fork: usize, thread: usize): void {
  const count = load<i32>(namespace + COUNT);
  for (let i = 0; i < count; i++) {
    const offset = SLOTS + (<usize>i << 3);
    copySlot(fork, namespace + offset, clone + offset, thread);
  }
}

export function dropNamespace(namespace: usize, dying: usize): usize {
  return dropWords(namespace + SLOTS, load<i32>(namespace + COUNT), 8, dying);
}

export function namespaceWord(namespace: usize, index: i32): u64 {
  return peek(namespace + SLOTS, load<i32>(namespace + COUNT), index, 8);
}
