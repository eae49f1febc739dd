// The end of a program: what happens when the main thread's code has ended, and who hears of an error that nobody caught.
import { write } from "./output";
import { formatUncaught } from "./traceback";

/** What is done at the end, in this order. */
export const enum ExitPhase {
  /** Threads are waited for. */
  Threads,
  /** Functions that the program has registered are called. */
  Functions,
  /** Child processes are ended, or waited for. */
  Processes,
}

const phases: (() => void)[][] = [[], [], []];

/** Registers what the main thread does when its code has ended. */
export function beforeExit(phase: ExitPhase, callback: () => void): void {
  phases[phase]!.push(callback);
}

/** All callbacks, in the order in which they are to be called. */
export function exitCallbacks(): (() => void)[] {
  return phases.flat();
}

/** Calls the callbacks of one phase: a child process has its own way through the others. */
export function runPhase(phase: ExitPhase): void {
  for (const callback of phases[phase]!) callback();
}

/** Tells of an error that ends the main thread; replaced by the module that lets a program have its own way. */
export let reportUncaught = (error: unknown): void => write(2, formatUncaught(error));

export function setReportUncaught(report: (error: unknown) => void): void {
  reportUncaught = report;
}
