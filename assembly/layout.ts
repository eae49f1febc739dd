// The fixed part of kernel memory, and what every object begins with. ARCHITECTURE.md draws it.
//
//      0  guard: address 0 is never an object
//     64  kernel header
//    128  heads of the allocator's free lists: SIZE_CLASSES × (lock, head)
//    640  stripes of the slot lock: SLOT_STRIPES × i32
//   1024  carrier table: MAX_CARRIERS × CARRIER_SIZE
//  HEAP   everything else

export const MAGIC_AT: usize = 64;
export const MAGIC: i32 = 0x50795468;
/** First byte that no block has claimed; guarded by BRK_LOCK. */
export const BRK: usize = 68;
export const BRK_LOCK: usize = 72;
/** Bytes in blocks that are in use; a statistic, changed atomically. */
export const USED: usize = 76;
/** Last thread id given out. Ids are not used again before 2**30 threads. */
export const LAST_THREAD_ID: usize = 80;
/** The most recently parked carrier's entry, or 0; guarded by PARKED_LOCK. */
export const PARKED_HEAD: usize = 84;
export const PARKED_LOCK: usize = 88;
/** Threads that have started and not stopped. */
export const ALIVE_THREADS: usize = 92;
/** The carrier that has been parked longest, and how many are; guarded by PARKED_LOCK. */
export const PARKED_TAIL: usize = 96;
export const PARKED_COUNT: usize = 100;
/** Number of the process made last. */
export const LAST_PID: usize = 104;
/** How often attributes of Python's modules have been assigned, in all processes; JavaScript counts it. */
export const MODULE_CHANGES: usize = 108;

/** A condition that is notified whenever something happens to what somebody watches, or 0; see assembly/pulse.ts. */
export const PULSE: usize = 112;
/** How many handles there are; see assembly/handle.ts. */
export const HANDLE_COUNT: usize = 116;
/** The dict of the names of shared memory, or 0. */
export const SHARED_NAMES: usize = 120;

export const FREE_LISTS: usize = 128;
export const SIZE_CLASSES: i32 = 60;

export const SLOT_LOCKS: usize = 640;
export const SLOT_STRIPES: usize = 64;

export const CARRIERS: usize = 1024;
export const MAX_CARRIERS: i32 = 1024;
export const CARRIER_SIZE: usize = 64;

/** Bits of the numbers that living processes have in handles; see assembly/handle.ts. */
export const PROCESS_BITS: usize = 66560;
export const MAX_PROCESSES: usize = 1024;

export const HEAP: usize = 66688;

// Object header.
/** Reference count: words that point here, and facades, one for each thread that has one. */
export const REFS: usize = 0;
/** How often a reference was added: the high half of one word with the count, so that both change and are read as one. */
const RETAINS: usize = 4;
/** In the same place: link of the list of objects about to be freed. Nobody adds a reference to those. */
export const LINK: usize = RETAINS;
/** The kind stands in the block's header, before the object: so a walk over all blocks tells objects from raw memory. One byte. */
const KIND_BEFORE: usize = 4;
/** Number of the class of a common object's facades, if it is not its kind's own; else 0. One byte. */
const FACADE_BEFORE: usize = 3;

// @ts-expect-error: decorator
@inline
export function kindOf(object: usize): i32 {
  return <i32>atomic.load<u8>(object - KIND_BEFORE);
}

// @ts-expect-error: decorator
@inline
export function setKind(object: usize, kind: i32): void {
  atomic.store<i32>(object - KIND_BEFORE, kind);
}

// @ts-expect-error: decorator
@inline
export function facadeOf(object: usize): i32 {
  return <i32>atomic.load<u8>(object - FACADE_BEFORE);
}

// @ts-expect-error: decorator
@inline
export function setFacade(object: usize, facade: i32): void {
  atomic.store<u8>(object - FACADE_BEFORE, <u8>facade);
}

/** Spinlock over everything in the object that is not changed by a single atomic. */
export const LOCK: usize = 8;
/** Attribute table of what is no instance but has been given attributes, or belongs to a program's class; else 0. */
export const ATTRIBUTES: usize = 12;
/** Bit of the same word: the object is one for all processes; a forked process is given it, and not a copy. */
export const COMMON: u32 = 1;
export const HEADER_SIZE: usize = 16;
