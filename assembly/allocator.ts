// Segregated free lists over a bump pointer.
//
// A block is an 8-byte header (size class, kind of the object in it or 0) and a payload aligned to 8. Class c holds blocks
// of (2 + c % 2) << (4 + c / 2) bytes: 32, 48, 64, 96, 128, … so that at most a third of a block is lost. A freed block
// goes to its class's list and is used again from there; blocks are never split or merged.
//
// Invariant: from HEAP to BRK stands one block after the other, each with its class in its header. While a class's lock is
// held no block of that class is freed or used again.
// Commit points: popping or pushing a list head, moving BRK. Dying between them loses at most the one block.
import { know } from "./growth";
import * as layout from "./layout";
import { acquire, release } from "./spinlock";

export const BLOCK_HEADER: usize = 8;
const PAGE: u64 = 65536;
/** Pages the memory grows by at a time, if that many are to be had. */
const GROWTH: i32 = 64;

// @ts-expect-error: decorator
@inline
export function sizeOfClass(c: i32): u64 {
  return <u64>(2 + (c & 1)) << (4 + (c >> 1));
}

// @ts-expect-error: decorator
@inline
function classOfSize(size: u64): i32 {
  if (size <= 32) return 0;
  // With k the highest bit of size - 1, the block is 3 << (k - 1) if that suffices, else 2 << k.
  const k = 63 - <i32>clz<u64>(size - 1);
  const odd = <u64>3 << (k - 1);
  return size <= odd ? ((k - 5) << 1) | 1 : (k - 4) << 1;
}

/** Address of the class's lock, which its list's head follows. */
// @ts-expect-error: decorator
@inline
export function freeList(c: i32): usize {
  return layout.FREE_LISTS + (<usize>c << 3);
}

/** The address of `size` bytes aligned to 8, or 0 if memory is exhausted. Not cleared. */
export function alloc(size: u64): usize {
  const c = classOfSize(size + BLOCK_HEADER);
  if (c >= layout.SIZE_CLASSES) return 0;
  const free = pop(c);
  if (free != 0) return free;
  const fresh = carve(c);
  return fresh != 0 ? fresh : popLarger(c);
}

function pop(c: i32): usize {
  const list = freeList(c);
  if (atomic.load<u32>(list + 4) == 0) return 0;
  acquire(list);
  const block = <usize>load<u32>(list + 4);
  if (block == 0) {
    release(list);
    return 0;
  }
  store<u32>(list + 4, load<u32>(block + BLOCK_HEADER));
  release(list);
  atomic.add<u32>(layout.USED, <u32>sizeOfClass(c));
  return block + BLOCK_HEADER;
}

/** Memory is exhausted: what is free may still be in blocks that are larger than need be. */
function popLarger(c: i32): usize {
  while (++c < layout.SIZE_CLASSES) {
    const free = pop(c);
    if (free != 0) return free;
  }
  return 0;
}

/** Takes a new block off the end of the memory, which grows if need be. */
function carve(c: i32): usize {
  const size = sizeOfClass(c);
  acquire(layout.BRK_LOCK);
  const block = <u64>load<u32>(layout.BRK);
  const end = block + size;
  know(<usize>end - 1);
  const have = <u64>memory.size() * PAGE;
  if (end > have) {
    const needed = <i32>((end - have + PAGE - 1) / PAGE);
    if (memory.grow(max(needed, GROWTH)) == -1 && memory.grow(needed) == -1) {
      release(layout.BRK_LOCK);
      return 0;
    }
  }
  if (end > <u64>u32.MAX_VALUE) {
    release(layout.BRK_LOCK);
    return 0;
  }
  store<i32>(<usize>block, c);
  atomic.store<u32>(layout.BRK, <u32>end);
  release(layout.BRK_LOCK);
  atomic.add<u32>(layout.USED, <u32>size);
  return <usize>block + BLOCK_HEADER;
}

/** Gives a block back. The caller has made sure that nobody else can reach it. */
export function free(payload: usize): void {
  const block = payload - BLOCK_HEADER;
  const c = load<i32>(block);
  const list = freeList(c);
  acquire(list);
  layout.setKind(payload, 0);
  store<u32>(payload, load<u32>(list + 4));
  store<u32>(list + 4, <u32>block);
  release(list);
  atomic.sub<u32>(layout.USED, <u32>sizeOfClass(c));
}

/** Makes the memory ready for its first use. Called once, before any thread but the caller knows it. */
export function allocator_init(): void {
  store<i32>(layout.MAGIC_AT, layout.MAGIC);
  store<u32>(layout.BRK, <u32>layout.HEAP);
}

/** Bytes in blocks that are in use, headers included. */
export function memory_used(): u32 {
  return atomic.load<u32>(layout.USED);
}
