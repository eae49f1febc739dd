// The process record: what the threads of one process share besides their objects. A carrier serves all processes: it
// attaches to that of the thread it is given.
import { Kind, Tag } from "../../assembly/status";
import { ints, kernel, reach } from "../kernel/kernel";
import { type Counter, ProcessWord } from "./process_words";

let record = 0;
/** Its number: the next record may stand at the same address. */
let number = 0;

/** Kinds of the words whose objects are made with the process, and of those that it has from its parent. */
export const OWN_WORDS = {
  [ProcessWord.Ended]: Kind.Event,
  [ProcessWord.MainThread]: Kind.Thread,
  [ProcessWord.Modules]: Kind.Attributes,
  [ProcessWord.Namespace]: Kind.Namespace,
} as const;
export const COMMON_WORDS = {
  [ProcessWord.OutputLock]: Kind.Mutex,
  [ProcessWord.Names]: Kind.List,
  [ProcessWord.NamesLock]: Kind.Mutex,
  [ProcessWord.Once]: Kind.Mutex,
} as const;

/** Index in `ints` of the number of assignments to modules, in all processes; see assembly/layout.ts. */
const CHANGES = 108 >>> 2;

const attachments: (() => void)[] = [];

/** Tells what else is to be done when a worker goes from one process to another. */
export function onAttach(callback: () => void): void {
  attachments.push(callback);
}

/** Makes this worker a part of the process whose record is at `address`. */
export function attachProcess(address: number): void {
  const itsNumber = kernel.process_pid(address);
  if (record === address && number === itsNumber) return;
  record = address;
  number = itsNumber;
  for (const callback of attachments) callback();
}

/** Whether this JavaScript context belongs to a program. */
export function isAttached(): boolean {
  return record !== 0;
}

/** Address of the process's record. */
export function currentRecord(): number {
  return record;
}

/** How often attributes of modules have been assigned. */
export function moduleChanges(): number {
  return record === 0 ? unattachedChanges : ints[CHANGES]!;
}

let unattachedChanges = 0;

export function countModuleChange(): void {
  if (record === 0) unattachedChanges++;
  else Atomics.add(ints, CHANGES, 1);
}

export function count(counter: Counter): number {
  return kernel.process_count(record, counter);
}

// Which process is the caller's is known when the kernel has been asked for: its first use may be what begins the program.

/** The value of a counter, in this process or another. */
export function counterOf(counter: Counter, process?: number): number {
  return kernel.process_counter(process ?? record, counter);
}

export function setCounter(counter: Counter, value: number, process?: number): void {
  kernel.process_set_counter(process ?? record, counter, value);
}

/** The number of the process, as os.getpid() gives it. */
export function pid(): number {
  return kernel.process_pid(record);
}

/** The number of its parent; 0 for the program's first process. */
export function parentPid(): number {
  return kernel.process_parent_pid(record);
}

/** Index in the views of a word of a process's record. */
export function processSlot(word: ProcessWord, process?: number): number {
  const at = (kernel.process_words(process ?? record) >>> 0) + word * 8;
  reach(at + 8);
  return at >>> 3;
}

/** Address of one of a process's own objects. */
export function processObject(word: ProcessWord, process?: number): number {
  const slot = processSlot(word, process);
  return ints[slot * 2]! >>> 0;
}

/** Gives a new process's record an object, with its reference. */
export function setProcessObject(process: number, word: ProcessWord, kind: Kind, address: number): void {
  const at = processSlot(word, process) * 2;
  ints[at + 1] = (Tag.Object << 16) | kind;
  ints[at] = address;
}

/** Address of the main thread's record. */
export function mainThreadAddress(): number {
  return processObject(ProcessWord.MainThread);
}
