// The end of a program: its non-daemon threads are waited for.

import { ThreadState } from "../../assembly/status";
import { signature } from "../arguments";
import { RuntimeError } from "../exceptions";
import { kernel, me } from "../kernel/kernel";
import { callWithKeywords } from "../runtime/functions";
import { counterOf, mainThreadAddress, onAttach, setCounter } from "../runtime/process";
import { Counter } from "../runtime/process_words";
import { addressOf } from "../runtime/shared";
import { enumerate, type Thread } from "./thread";

const bindRegister = signature<[func: Function, args: unknown[], kwargs: Record<string, unknown>]>(
  "_register_atexit(func, *args, **kwargs)",
);

let callbacks: (() => void)[] = [];
onAttach(() => {
  callbacks = [];
});

const isShuttingDown = () => counterOf(Counter.ShuttingDown) !== 0;

/**
 * Registers a function that is called when the main thread has ended and before the other threads are waited for; the one
 * registered last is called first. Used by pools to end their workers. Only in the main thread.
 *
 * @throws RuntimeError if the program is ending already
 */
export function _register_atexit(...given: unknown[]): void {
  const [func, args, kwargs] = bindRegister(given);
  if (isShuttingDown()) throw RuntimeError("can't register atexit after shutdown");
  if (me !== mainThreadAddress()) throw RuntimeError("_register_atexit() works in the main thread only");
  callbacks.push(() => callWithKeywords(func, args, kwargs));
}

/** Ends the main thread of a process for those who join it, and waits for all threads that are not daemons. Once. */
export function _shutdown(): void {
  if (isShuttingDown()) return;
  setCounter(Counter.ShuttingDown, 1);
  kernel.thread_advance(me, ThreadState.Stopped);
  while (callbacks.length > 0) callbacks.pop()!();
  let waiting = true;
  while (waiting) {
    const others = othersToWaitFor();
    for (const thread of others) thread.join();
    waiting = others.length > 0;
  }
}

let isStaying = false;

/** Keeps the host's event loop turning until the threads that are no daemons have ended. */
export async function stayForThreads(): Promise<void> {
  if (isStaying) return;
  isStaying = true;
  try {
    let others = othersToWaitFor();
    while (others.length > 0) {
      await Promise.all(others.map((thread) => thread.aio.join()));
      others = othersToWaitFor();
    }
  } finally {
    isStaying = false;
  }
}

function othersToWaitFor(): Thread[] {
  return enumerate().filter((thread) => !thread.daemon && addressOf(thread) !== me);
}
