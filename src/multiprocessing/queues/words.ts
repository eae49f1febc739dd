// Putting copies of values into the kernel's queue: into that of a Queue, and into that of a pipe.
import type { Status as StatusCode } from "../../../assembly/status";
import { Status } from "../../../assembly/status";
import { BrokenPipeError, EOFError } from "../../exceptions";
import { kernel, me } from "../../kernel/kernel";
import { Empty, Full } from "../../queue/errors";
import { postCopy } from "../../runtime/copying";
import { attend, statusError, waitStatus } from "../../runtime/wait";
import { told, watching } from "../../runtime/watch";
import { take, unpost } from "../../runtime/words";

const EPIPE = 32;

/** Puts a copy of a value into the queue at `address`. Raises Full when time is up, BrokenPipeError if nobody can read it. */
export function putCopy(address: number, value: unknown, deadline: number): void {
  putPosted(address, () => postCopy(value, "obj"), deadline);
}

/** As putCopy, for the word that `post` puts into the mailbox. */
export function putPosted(address: number, post: () => void, deadline: number): void {
  if (watching && deadline === Number.POSITIVE_INFINITY) told(address, () => put(address, post, deadline));
  else put(address, post, deadline);
}

function put(address: number, post: () => void, deadline: number): void {
  post();
  let status: StatusCode = kernel.queue_put(address, me, deadline);
  while (status === Status.Interrupted) {
    // What is attended to may need the mailbox.
    unpost();
    attend();
    post();
    status = kernel.queue_put(address, me, deadline);
  }
  if (status === Status.Ok) return;
  unpost();
  if (status === Status.Timeout) throw Full();
  throw status === Status.Closed ? BrokenPipeError(EPIPE, "Broken pipe") : statusError(status);
}

/** Takes the first value out of the queue at `address`. Raises Empty when time is up, EOFError if none can come any more. */
export function getWord(address: number, deadline: number): unknown {
  const status = waitStatus(kernel.queue_get, address, deadline);
  if (status === Status.Ok) return take();
  if (status === Status.Timeout) throw Empty();
  throw status === Status.Closed ? EOFError() : statusError(status);
}
