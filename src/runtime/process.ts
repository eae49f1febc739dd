// The process record: what the threads of one process share besides their objects.
import { ints, kernel, reach } from "../kernel/kernel";

let record = 0;

/** Counters of the record. */
export enum Counter {
  /** Number of the last default thread name. */
  ThreadName = 0,
  DummyName = 1,
}

/** Words of the record. Each holds the address of an object that lives as long as the process. */
export enum ProcessWord {
  /** Mutex of the host's output streams. */
  OutputLock = 0,
  /** List of the names of attributes; a name's index is its number. */
  Names = 1,
  NamesLock = 2,
  MainThread = 3,
  /** Attribute table of what the program has assigned to modules. */
  Modules = 4,
  /** No object, but how often that has happened. */
  ModuleChanges = 5,
}

/** Index in `ints` of the word ModuleChanges. */
let changes = 0;

export function attachProcess(address: number): void {
  record = address;
  changes = ((kernel.process_words(record) >>> 0) + ProcessWord.ModuleChanges * 8) >>> 2;
  reach((changes + 2) * 4);
}

/** Whether this JavaScript context belongs to a program. */
export function isAttached(): boolean {
  return record !== 0;
}

/** How often attributes of modules have been assigned. */
export function moduleChanges(): number {
  return record === 0 ? unattachedChanges : ints[changes]!;
}

let unattachedChanges = 0;

export function countModuleChange(): void {
  if (record === 0) unattachedChanges++;
  else Atomics.add(ints, changes, 1);
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
