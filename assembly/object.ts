// Objects: blocks with a header, counted references and a kind that says what they hold.
//
// What a released object held is released in turn, by a list that is threaded through the dying objects themselves
// rather than by recursion. Objects that hold each other are found in cycles.ts.
//
//   REFS > 0   alive      REFS 0   dying: known to the one who took the last reference, who drops what it holds and frees it
//
// Invariant: who adds a reference has one, or holds a lock that keeps one from going. So a dying object stays one.
// Commit point: the subtraction that leaves 0. Who dies after it loses the memory, and what the object held.
import { alloc, free } from "./allocator";
import * as bulk from "./bulk";
import { dropCondition } from "./condition";
import { dropDict } from "./dict";
import { copySlot } from "./fork";
import { dropHandle } from "./handle";
import { ATTRIBUTES, COMMON, facadeOf, HEADER_SIZE, kindOf, LINK, LOCK, REFS, setFacade, setKind } from "./layout";
import * as list from "./list";
import { dropNamespace } from "./namespace";
import * as queue from "./queue";
import { dropPipe } from "./pipe";
import { dropProcess } from "./process";
import { dropRecord } from "./record";
import { retain } from "./references";
import { dropSocket } from "./socket";
import * as attributes from "./attributes";
import { dropBatch } from "./batch";
import { dropPool } from "./pool";
import { Kind } from "./status";
import { dropThread } from "./thread";
import { peek, pointee } from "./word";

/** A cleared block with a header, one reference and no lock; 0 if memory is exhausted. */
export function allocate(kind: Kind, size: usize): usize {
  const object = alloc(size);
  if (object == 0) return 0;
  bulk.fill(object, 0, size);
  store<i32>(object + REFS, 1);
  // Last: from here on a walk over the blocks takes it for what it is.
  setKind(object, kind);
  return object;
}

export function object_kind(object: usize): i32 {
  return kindOf(object);
}

export function object_retain(object: usize): void {
  retain(object);
}

/**
 * Makes the object one for all processes: a process that is forked later finds it as it is. `facade` is 0, or the number of
 * the class that its facades have instead of its kind's own.
 */
export function object_make_common(object: usize, facade: i32): void {
  setFacade(object, facade);
  atomic.or<u32>(object + ATTRIBUTES, COMMON);
}

/** Number of the class of a common object's facades, or 0. */
export function object_facade(object: usize): i32 {
  return facadeOf(object);
}

export function object_is_common(object: usize): i32 {
  return atomic.load<u32>(object + ATTRIBUTES) & COMMON;
}

export function object_release(object: usize): void {
  release(object);
}

export function release(object: usize): void {
  if (atomic.sub<i32>(object + REFS, 1) != 1) return;
  store<u32>(object + LINK, 0);
  freeAll(object);
}

/** Frees the objects of a list, and what that makes unreachable. */
export function freeAll(first: usize): void {
  let dying = first;
  while (dying != 0) {
    const rest = <usize>load<u32>(dying + LINK);
    const more = dropContents(dying, rest);
    free(dying);
    dying = more;
  }
}

/** The object's attribute table; 0 if it has none. An instance has its attributes in itself. */
export function object_attributes(object: usize): usize {
  return <usize>(atomic.load<u32>(object + ATTRIBUTES) & ~COMMON);
}

/** Gives the object an attribute table, whose reference it takes over. False if another thread was quicker. */
export function object_attach(object: usize, table: usize): bool {
  const common = atomic.load<u32>(object + ATTRIBUTES) & COMMON;
  return atomic.cmpxchg<u32>(object + ATTRIBUTES, common, <u32>table | common) == common;
}

function dropTable(object: usize, dying: usize): usize {
  const table = <usize>(load<u32>(object + ATTRIBUTES) & ~COMMON);
  if (table == 0 || atomic.sub<i32>(table + REFS, 1) != 1) return dying;
  store<u32>(table + LINK, <u32>dying);
  return table;
}

/** Releases what `object` holds. Gives back `dying` with the objects in front that this has made unreachable. */
export function dropContents(object: usize, others: usize): usize {
  const dying = dropTable(object, others);
  switch (kindOf(object)) {
    case Kind.Queue:
      return queue.dropQueue(object, dying);
    case Kind.List:
      return list.dropList(object, dying);
    case Kind.Dict:
    case Kind.Set:
    case Kind.FrozenSet:
      return dropDict(object, dying);
    case Kind.Attributes:
    case Kind.Instance:
      return attributes.dropAttributes(object, dying);
    case Kind.Condition:
    case Kind.Barrier:
      return dropCondition(object, dying);
    case Kind.Thread:
      return dropThread(object, dying);
    case Kind.Process:
      return dropProcess(object, dying);
    case Kind.Pipe:
      return dropPipe(object, dying);
    case Kind.Pool:
      return dropPool(object, dying);
    case Kind.Batch:
      return dropBatch(object, dying);
    case Kind.Socket:
      return dropSocket(object, dying);
    case Kind.Namespace:
      return dropNamespace(object, dying);
    case Kind.Local:
    case Kind.Record:
      return dropRecord(object, dying);
    case Kind.Handle:
      return dropHandle(object, dying);
    case Kind.Value:
      return dropWords(value_words(object), value_count(object), 8, dying);
    default:
      return dying;
  }
}

/** Releases `count` words from `words` on, `stride` bytes apart; a step of `dropContents`. */
export function dropWords(words: usize, count: i32, stride: usize, dying: usize): usize {
  for (let i = 0; i < count; i++) {
    const target = pointee(load<u64>(words + <usize>i * stride));
    if (target != 0 && atomic.sub<i32>(target + REFS, 1) == 1) {
      store<u32>(target + LINK, <u32>dying);
      dying = target;
    }
  }
  return dying;
}

// A String or Value: the bytes of something that never changes. A Value's references to objects stand as words in front
// of its bytes.

const BYTES: usize = HEADER_SIZE;
const WORDS: usize = HEADER_SIZE + 4;
/** Offset of a string's or value's contents. */
export const CONTENTS: usize = HEADER_SIZE + 8;

/** A String or Value with room for `words` references and `bytes` bytes, which its maker fills; 0 if there is none. */
export function value_new(kind: Kind, words: i32, bytes: i32): usize {
  const references = <u64>(<u32>words) << 3;
  const object = alloc(CONTENTS + references + <u64>(<u32>bytes));
  if (object == 0) return 0;
  store<u64>(object + REFS, 1);
  store<u32>(object + ATTRIBUTES, 0);
  store<i32>(object + LOCK, 0);
  store<i32>(object + BYTES, bytes);
  store<i32>(object + WORDS, words);
  bulk.fill(object + CONTENTS, 0, <usize>references);
  setKind(object, kind);
  return object;
}

/** A Value with room for the same references, and the same bytes; the value itself if it has no references. */
export function cloneValue(value: usize): usize {
  const words = value_count(value);
  if (words == 0) return value;
  const bytes = load<i32>(value + BYTES);
  const clone = value_new(kindOf(value), words, bytes);
  if (clone == 0) return 0;
  bulk.copy(value_words(clone) + (<usize>words << 3), value_words(value) + (<usize>words << 3), <usize>bytes);
  return clone;
}

export function fillValue(value: usize, clone: usize, fork: usize, thread: usize): void {
  const count = value_count(value);
  for (let i = 0; i < count; i++) {
    copySlot(fork, value_words(value) + (<usize>i << 3), value_words(clone) + (<usize>i << 3), thread);
  }
}

// @ts-expect-error: decorator
@inline
function value_words(object: usize): usize {
  return object + CONTENTS;
}

// @ts-expect-error: decorator
@inline
function value_count(object: usize): i32 {
  return load<i32>(object + WORDS);
}

/** The word at `index` of those that a Value refers to objects by; see `wordOf`. */
export function valueWord(object: usize, index: i32): u64 {
  return peek(value_words(object), value_count(object), index, 8);
}
