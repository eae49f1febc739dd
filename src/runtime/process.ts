// The process record: what the threads of one process share besides their objects.
import { ints, kernel, reach } from "../kernel/kernel";

let record = 0;

/** Counters of the record. */
export const enum Counter {
  /** Number of the last default thread name. */
  ThreadName = 0,
  DummyName = 1,
}

/** Words of the record. Each holds the address of an object that lives as long as the process. */
export const enum ProcessWord {
  /** Mutex of the host's output streams. */
  OutputLock = 0,
  /** List of the names of attributes; a name's index is its number. */
  Names = 1,
  NamesLock = 2,
  MainThread = 3,
}

export function attachProcess(address: number): void {
  record = address;
}

export function count(counter: Counter): number {
  return kernel.process_count(record, counter);
}

/** Address of one of the process's own objects. */
export function processObject(word: ProcessWord): number {
  const at = (kernel.process_words(record) >>> 0) + word * 8;
  reach(at + 8);
  return ints[at >>> 2]! >>> 0;
}

/** Address of the main thread's record. */
export function mainThreadAddress(): number {
  return processObject(ProcessWord.MainThread);
}
