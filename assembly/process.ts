// A process record: what the threads of one process share besides their objects.
//
//   RUNNING  → DECIDING   its main thread has ended, or somebody kills it: one of them writes down the exit code
//   DECIDING → ENDING     it is written
//   ENDING   → ENDED      its last thread is gone
//
// Invariant: THREADS counts the threads that were started in the process and whose end has not been told; none is started
// once the process is ending. So whoever finds 0 of an ending process may settle it, even if another does so too.
// Commit points: the store of ENDING; the subtraction from THREADS. What follows from them is process_settle, which may be
// done again: each word is taken out by an exchange.
import { event_set } from "./event";
import { returnProcessBit, takeProcessBit } from "./handle";
import { HEADER_SIZE, LAST_PID } from "./layout";
import { allocate, dropWords } from "./object";
import { Kind, ProcessState, Status } from "./status";
import { pulse } from "./pulse";
import { pointee, releaseWord, UNSET } from "./word";

const PID: usize = HEADER_SIZE;
const PARENT_PID: usize = HEADER_SIZE + 4;
const STATE: usize = HEADER_SIZE + 8;
/** As Python has it: what the main thread ended with, or minus the signal. */
const EXIT_CODE: usize = HEADER_SIZE + 12;
export const THREADS: usize = HEADER_SIZE + 16;
/** Its number in handles, or -1 when it has given that back. */
const BIT: usize = HEADER_SIZE + 20;
/** i32 counters: numbers for default names and the like. */
const COUNTERS: usize = HEADER_SIZE + 24;
const COUNTER_COUNT: usize = 8;
/** Words that TypeScript gives meaning to: see src/runtime/process.ts. */
const PROCESS_WORDS: usize = COUNTERS + (COUNTER_COUNT << 2);
const PROCESS_WORD_COUNT: i32 = 16;

/** A process with the next number; its parent is 0 for the program's first. */
export function process_new(parent: usize): usize {
  const process = allocate(Kind.Process, PROCESS_WORDS + (<usize>PROCESS_WORD_COUNT << 3));
  if (process == 0) return 0;
  store<i32>(process + BIT, takeProcessBit());
  store<i32>(process + PID, atomic.add<i32>(LAST_PID, 1) + 1);
  if (parent != 0) store<i32>(process + PARENT_PID, load<i32>(parent + PID));
  for (let i = 0; i < PROCESS_WORD_COUNT; i++) store<u64>(wordOf(process, i), UNSET);
  return process;
}

// @ts-expect-error: decorator
@inline
function wordOf(process: usize, index: i32): usize {
  return process + PROCESS_WORDS + (<usize>index << 3);
}

/** Tells the host's number of the program's first process; those of others follow. */
export function process_set_pid(process: usize, pid: i32): void {
  store<i32>(process + PID, pid);
  atomic.store<i32>(LAST_PID, pid);
}

export function process_pid(process: usize): i32 {
  return load<i32>(process + PID);
}

/** The process's number in handles. */
export function process_bit(process: usize): i32 {
  return load<i32>(process + BIT);
}

export function process_parent_pid(process: usize): i32 {
  return load<i32>(process + PARENT_PID);
}

export function process_exit_code(process: usize): i32 {
  return load<i32>(process + EXIT_CODE);
}

/** Threads that were started in the process and whose end has not been told. */
export function process_threads(process: usize): i32 {
  return atomic.load<i32>(process + THREADS);
}

/** Counts a thread that is about to be started. Invalid if the process is ending: then it must not be. */
export function process_enter(process: usize): i32 {
  atomic.add<i32>(process + THREADS, 1);
  if (atomic.load<i32>(process + STATE) == ProcessState.Running) return Status.Ok;
  process_leave(process);
  return Status.Invalid;
}

/** A thread's end has been told, or it was not started after all. */
export function process_leave(process: usize): void {
  atomic.sub<i32>(process + THREADS, 1);
  process_settle(process);
}

/** Tells the end of a process that is ending, once it has no threads, and drops what it held. May be done again. */
export function process_settle(process: usize): void {
  if (atomic.load<i32>(process + THREADS) != 0 || atomic.load<i32>(process + STATE) != ProcessState.Ending) return;
  const event = pointee(load<u64>(wordOf(process, 0)));
  for (let i = 1; i < PROCESS_WORD_COUNT; i++) releaseWord(atomic.xchg<u64>(wordOf(process, i), UNSET));
  const bit = atomic.xchg<i32>(process + BIT, -1);
  if (bit >= 0) returnProcessBit(bit);
  if (event != 0) event_set(event);
  atomic.store<i32>(process + STATE, ProcessState.Ended);
  pulse();
}

/** Decides with which exit code the process ends. False if that was decided before. */
export function process_decide(process: usize, code: i32): bool {
  if (atomic.cmpxchg<i32>(process + STATE, ProcessState.Running, ProcessState.Deciding) != ProcessState.Running) {
    return false;
  }
  store<i32>(process + EXIT_CODE, code);
  atomic.store<i32>(process + STATE, ProcessState.Ending);
  return true;
}

/** Adds 1 to a counter and gives back the new value. */
export function process_count(process: usize, counter: i32): i32 {
  return atomic.add<i32>(process + COUNTERS + (<usize>counter << 2), 1) + 1;
}

export function process_counter(process: usize, counter: i32): i32 {
  return atomic.load<i32>(process + COUNTERS + (<usize>counter << 2));
}

export function process_set_counter(process: usize, counter: i32, value: i32): void {
  atomic.store<i32>(process + COUNTERS + (<usize>counter << 2), value);
}

/** Address of the record's words. The first is the event that is set when the process has ended, and outlives the others. */
export function process_words(process: usize): usize {
  return process + PROCESS_WORDS;
}

export function dropProcess(process: usize, dying: usize): usize {
  return dropWords(process + PROCESS_WORDS, PROCESS_WORD_COUNT, 8, dying);
}
