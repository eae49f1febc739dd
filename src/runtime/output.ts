// Output and input of the program's threads, and questions to the supervisor.
import { host } from "#platform";
import { Status } from "../../assembly/status";
import { MemoryError, RuntimeError } from "../exceptions";
import { kernel, me } from "../kernel/kernel";
import type { Question } from "../platform/types";
import { tellArguments } from "./command_line";
import { parentPid, processObject } from "./process";
import { ProcessWord } from "./process_words";
import { attend, mayBlock, statusError, waitThrough } from "./wait";
import { take, UNSET } from "./words";

let captured = false;

export function attachStreams(capture: boolean, argv: string[]): void {
  captured = capture;
  tellArguments(argv);
}

/** Path of what runs the program; empty where there is none. */
export function runner(): string {
  return host.executable;
}

/** Writes text to stdout (1) or stderr (2) at once, never mixed with another thread's. */
export function write(fd: 1 | 2, text: string): void {
  if (captured) {
    // Not from a thread that has been ended.
    void kernel.thread_id;
    host.send({ kind: "write", fd, text });
    return;
  }
  const lock = processObject(ProcessWord.OutputLock);
  waitThrough(kernel.mutex_acquire, lock);
  try {
    host.write(fd, text);
  } finally {
    kernel.mutex_release(lock);
  }
}

/** The next line of standard input without its end, or null at the end of input. */
export function readLine(prompt: string): string | null {
  if (prompt !== "") write(1, prompt);
  // As in Python the input is the first process's alone.
  if (parentPid() !== 0) return null;
  return ask({ about: "line" }) as string | null;
}

/**
 * Asks the supervisor, and blocks until it has answered or the thread is interrupted.
 *
 * @returns the answer; undefined if the deadline has passed
 * @throws MemoryError if there is no memory for the answer
 */
export function ask(question: Question, deadline = Number.POSITIVE_INFINITY): unknown {
  if (!mayBlock) {
    const what = question.about === "line" ? "input()" : "a socket";
    throw RuntimeError(`${what} would block this thread's event loop: let a thread call it`);
  }
  const sequence = kernel.thread_expect_reply(me);
  host.send({ kind: "ask", thread: me, sequence, question });
  const status = kernel.thread_await_reply(me, deadline);
  if (status === Status.Ok) {
    const answer = take();
    if (answer === UNSET) throw MemoryError("kernel memory is exhausted");
    return answer;
  }
  if (status === Status.Timeout) return undefined;
  if (status !== Status.Interrupted) throw statusError(status);
  attend();
  return ask(question, deadline);
}
