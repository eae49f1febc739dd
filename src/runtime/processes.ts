// Starting processes. A process is a set of threads with variables of its own.
//
// A forked one begins with copies of all that its parent's variables lead to (assembly/fork.ts); its main thread runs on a
// parked carrier like any other thread. A spawned one begins with nothing: a worker is made for it, which runs the modules'
// bodies anew.
import { host } from "#platform";
import { Kind, Status } from "../../assembly/status";
import { ProcessLookupError } from "../exceptions";
import { ints, kernel, me } from "../kernel/kernel";
import { makeCommon } from "./common";
import { postSpawned } from "./copying";
import {
  COMMON_WORDS,
  counterOf,
  currentRecord,
  OWN_WORDS,
  processObject,
  processSlot,
  setCounter,
  setProcessObject,
} from "./process";
import { Counter, ProcessWord } from "./process_words";
import { addressOf, type KeepsIdentity, kindOf } from "./shared";
import { bitOf, isIgnored, SIGINT } from "./signals";
import { system } from "./system";
import { awaitBegun, beginThread, setRunChild, withProcess } from "./threads";
import { allocated, statusError, waitThrough } from "./wait";
import { read, UNSET, write } from "./words";

/** What a forked process has from its parent besides the copies. */
const INHERITED = [Counter.ThreadName, Counter.DummyName, Counter.StartMethod, Counter.Spawned, Counter.Signals];

/** Runs the main thread of a process that was started by another, and gives back the exit code. */
export type RunProcess = () => number;

let runProcess: RunProcess;

/** Given by the module that knows what a process does. */
export function setRunProcess(run: RunProcess): void {
  runProcess = run;
}

export type Begins = (process: number) => unknown;

/** The record of a new child of this process, with what it has from it, and its main thread. */
function newProcess(): number {
  const process = allocated(kernel.process_new(currentRecord()));
  for (const [word, kind] of Object.entries(COMMON_WORDS))
    lend(process, Number(word), kind, processObject(Number(word)));
  lend(process, ProcessWord.ParentEnded, Kind.Event, processObject(ProcessWord.Ended));
  give(process, ProcessWord.Ended, makeCommon(allocated(kernel.event_new())));
  give(process, ProcessWord.MainThread, allocated(kernel.thread_new(0, process)));
  return process;
}

function lend(process: number, word: ProcessWord, kind: Kind, address: number): void {
  kernel.object_retain(address);
  setProcessObject(process, word, kind, address);
}

function give(process: number, word: keyof typeof OWN_WORDS, address: number): void {
  setProcessObject(process, word, OWN_WORDS[word], address);
}

/**
 * Starts a process whose variables are copies of this one's, and waits until it has begun.
 *
 * @param current the object that stands for the new process; there, it is a copy
 * @param work what the process is to do; there, as copied as the variables are
 * @param begins called with the process's record, and a reference to it, when nothing can go wrong but that there is no thread for it,
 *   and before anything runs in it
 */
export function forkProcess(current: KeepsIdentity, work: unknown, begins: Begins): void {
  startProcess(current, work, { begins, isSpawned: false }, (process, copy) => {
    kernel.handles_inherit(kernel.process_bit(currentRecord()), kernel.process_bit(process));
    give(process, ProcessWord.Namespace, copy(processObject(ProcessWord.Namespace)));
    give(process, ProcessWord.Modules, copy(processObject(ProcessWord.Modules)));
    for (const counter of INHERITED) setCounter(counter, counterOf(counter), process);
  });
}

/**
 * As forkProcess, for a process that runs the modules' bodies for itself, in which `__name__` is "__mp_main__". What it is
 * to do is copied as pickle does it.
 *
 * @throws what pickle raises for what it refuses
 */
export function spawnProcess(current: KeepsIdentity, work: unknown, begins: Begins, startMethod: number): void {
  startProcess(current, work, { begins, isSpawned: true }, (process) => {
    const variables = kernel.namespace_count(processObject(ProcessWord.Namespace));
    give(process, ProcessWord.Namespace, allocated(kernel.namespace_new(variables)));
    give(process, ProcessWord.Modules, allocated(kernel.attributes_new(Kind.Attributes, 0)));
    setCounter(Counter.StartMethod, startMethod, process);
    setCounter(Counter.Spawned, 1, process);
    setCounter(Counter.Bootstrapping, 1, process);
  });
}

type Fill = (process: number, copy: (address: number) => number) => void;

interface Start {
  isSpawned: boolean;
  begins: Begins;
}

function startProcess(current: KeepsIdentity, work: unknown, { isSpawned, begins }: Start, fill: Fill): void {
  const process = newProcess();
  const main = processObject(ProcessWord.MainThread, process);
  const slot = processSlot(ProcessWord.Work, process);
  try {
    if (isSpawned) {
      postSpawned(work, "Process");
      kernel.slot_store(slot * 8, me);
    } else write(slot, work, "Process");
    const fork = allocated(kernel.fork_new(me, main));
    try {
      const copy = (address: number) => allocated(kernel.fork_copy(fork, address));
      fill(process, copy);
      setProcessObject(process, ProcessWord.Current, kindOf(current), copy(addressOf(current)));
      kernel.fork_slot(fork, slot * 8, me);
      const status = kernel.fork_run(fork, me);
      if (status !== Status.Ok) throw statusError(status);
    } finally {
      kernel.fork_end(fork);
    }
    let waits: unknown;
    beginThread(main, isSpawned, () => {
      kernel.object_retain(process);
      waits = begins(process);
    });
    if (waits !== false) awaitBegun(main);
  } catch (error) {
    // The record and its main thread hold each other.
    kernel.process_decide(process, 1);
    kernel.process_settle(process);
    throw error;
  } finally {
    kernel.object_release(process);
  }
}

/**
 * Runs a child's main thread in its worker, and decides the exit code of its process.
 *
 * @param code if it has failed before it could run
 */
export function runChild(code = runProcess()): void {
  const process = currentRecord();
  kernel.process_decide(process, code);
  // Its other threads are daemons by now.
  if (kernel.process_threads(process) > 1) host.send({ kind: "kill", process });
}

setRunChild(() => runChild());

/** Ends a process at once, as signal `signal` does. */
export function killProcess(process: number, signal: number): void {
  if (kernel.process_decide(process, -signal)) host.send({ kind: "kill", process });
}

/** Index in `ints` of the last number that was given to a process; see assembly/layout.ts. */
const LAST_PID = 104 >>> 2;

/**
 * Sends a signal to another process of the program, whose main thread calls its handler. False if that is for the host to do: the
 * number is none that the program has given, or the program's first process has no handler. (The numbers that the program gives
 * follow on the host's own, and may be another program's as well.)
 *
 * @throws ProcessLookupError if that process has ended
 */
export function signalProcess(pid: number, signum: number): boolean {
  if (pid < system.pid || pid > ints[LAST_PID]!) return false;
  let isDone = true;
  const alive = withProcess(pid, (process) => {
    const isHandled = signum === SIGINT || (counterOf(Counter.Signals, process) & (1 << signum)) !== 0;
    if (isHandled) kernel.thread_interrupt(processObject(ProcessWord.MainThread, process), bitOf(signum));
    else if (pid === system.pid) isDone = false;
    else if (signum !== 0 && !isIgnored(signum)) killProcess(process, signum);
  });
  if (!alive) throw ProcessLookupError(3, "No such process");
  return isDone;
}

/** Whether a process has ended. */
export function hasEnded(process: number): boolean {
  return kernel.event_is_set(processObject(ProcessWord.Ended, process)) !== 0;
}

/** One of the process's own values; made by `make` if it has none yet. */
export function once<T>(word: ProcessWord, make: () => T): T {
  const slot = processSlot(word);
  const found = read(slot);
  if (found !== UNSET) return found as T;
  const made = make();
  const lock = processObject(ProcessWord.Once);
  waitThrough(kernel.mutex_acquire, lock);
  try {
    if (read(slot) === UNSET) write(slot, made);
    return read(slot) as T;
  } finally {
    kernel.mutex_release(lock);
  }
}
