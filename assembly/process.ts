// A process record: what the threads of one process share besides their objects.
import { HEADER_SIZE } from "./layout";
import { allocate } from "./object";
import { Kind } from "./status";

/** i32 counters: numbers for default names and the like. */
const COUNTERS: usize = HEADER_SIZE;
const COUNTER_COUNT: usize = 8;
/** Words that TypeScript gives meaning to: see src/runtime/process.ts. */
const WORDS: usize = COUNTERS + (COUNTER_COUNT << 2);
const WORD_COUNT: usize = 8;

export function process_new(): usize {
  return allocate(Kind.Process, WORDS + (WORD_COUNT << 3));
}

/** Adds 1 to a counter and gives back the new value. */
export function process_count(process: usize, counter: i32): i32 {
  return atomic.add<i32>(process + COUNTERS + (<usize>counter << 2), 1) + 1;
}

export function process_words(process: usize): usize {
  return process + WORDS;
}
