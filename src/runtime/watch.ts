// Telling the supervisor of waits without end, so that it finds threads that wait for each other. Only if it asked for it:
// a stack trace for each such wait is dear.
import { host } from "#platform";
import { kernel, me } from "../kernel/kernel";
import { mainThreadAddress } from "./process";
import { read, slotAt, UNSET } from "./words";

/** Whether waits without end are told. */
export let watching = false;
/** Deadline of a first try that is not told: none at all, unless waits are watched or forbidden. */
export let untold = Number.POSITIVE_INFINITY;

export function watchWaits(): void {
  watching = true;
  untold = 0;
}

/** First tries are not to wait: in this thread none may. */
export function pollFirst(): void {
  untold = 0;
}

/** Makes a call that waits for `object` without end, and tells of it before and after. Uses the mailbox before the call. */
export function told<R>(object: number, call: () => R): R {
  const thread = me;
  const name = read(slotAt(kernel.thread_words(thread) >>> 0));
  host.send({
    kind: "waits",
    thread,
    id: kernel.thread_id(thread),
    name: name === UNSET ? (thread === mainThreadAddress() ? "MainThread" : "a thread of _thread") : (name as string),
    object,
    since: host.now(),
    stack: new Error().stack ?? "",
  });
  try {
    return call();
  } finally {
    host.send({ kind: "waited", thread });
  }
}
