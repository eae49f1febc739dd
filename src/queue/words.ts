// Putting values into the kernel's queue and taking them out.
import type { Status as StatusCode } from "../../assembly/status";
import { Kind, Status } from "../../assembly/status";
import { kernel, me } from "../kernel/kernel";
import { reviveKind, Shared } from "../runtime/shared";
import { attend, statusError, waitStatus } from "../runtime/wait";
import { told, watching } from "../runtime/watch";
import { post, take, unpost } from "../runtime/words";
import { Empty, Full, ShutDown } from "./errors";

/** The bound by which a thread knows the kernel's queue of a SimpleQueue. */
export const SIMPLE = -0x80000000;

/** The classes whose objects are queues of the kernel; each enters itself. */
export const classes: { Queue?: Function; SimpleQueue?: Function } = {};

reviveKind(Kind.Queue, (address) =>
  Shared.revive(kernel.queue_bound(address) === SIMPLE ? classes.SimpleQueue! : classes.Queue!, address),
);

/** Puts a value into the queue at `address`. Raises Full when time is up, ShutDown if the queue is closed. */
export function putWord(address: number, item: unknown, deadline: number): void {
  if (watching && deadline === Number.POSITIVE_INFINITY) told(address, () => put(address, item, deadline));
  else put(address, item, deadline);
}

function put(address: number, item: unknown, deadline: number): void {
  post(item, "item");
  let status: StatusCode = kernel.queue_put(address, me, deadline);
  while (status === Status.Interrupted) {
    attendPosted(item);
    status = kernel.queue_put(address, me, deadline);
  }
  if (status === Status.Ok) return;
  unpost();
  throw failure(status, Full);
}

/** Attends to what has interrupted a put. That may need the mailbox, so the item is posted anew. */
function attendPosted(item: unknown): void {
  unpost();
  attend();
  post(item, "item");
}

/** Takes the first value out of the queue at `address`. Raises Empty when time is up, ShutDown if none can come any more. */
export function getWord(address: number, deadline: number): unknown {
  const status = waitStatus(kernel.queue_get, address, deadline);
  if (status === Status.Ok) return take();
  throw failure(status, Empty);
}

function failure(status: StatusCode, late: typeof Empty): Error {
  if (status === Status.Timeout) return late();
  return status === Status.Closed ? ShutDown() : statusError(status);
}
