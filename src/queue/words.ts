// Putting values into the kernel's queue and taking them out.
import type { Status as StatusCode } from "../../assembly/status";
import { Kind, Status } from "../../assembly/status";
import { kernel, me } from "../kernel/kernel";
import { awaited, type Patience } from "../runtime/aio";
import { reviveKind, Shared } from "../runtime/shared";
import { attend, mayBlock, statusError, waitStatus, wouldBlock } from "../runtime/wait";
import { told, watching } from "../runtime/watch";
import { mailFrom, mailTo, post, slotAt, take, unpost } from "../runtime/words";
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
  const patience = mayBlock ? deadline : 0;
  let status: StatusCode = kernel.queue_put(address, me, patience);
  while (status === Status.Interrupted) {
    attendPosted(item);
    status = kernel.queue_put(address, me, patience);
  }
  if (status === Status.Ok) return;
  unpost();
  if (status === Status.Timeout && deadline > patience) throw wouldBlock("put");
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

/** Offset of the word that a waiter's node carries; see assembly/waitqueue.ts. */
const PAYLOAD = 32;

/** As putWord, on an event loop. */
export async function awaitPut(address: number, item: unknown, patience: Patience): Promise<void> {
  let isPosted = false;
  await awaited(
    {
      object: address,
      attempt(node, wait) {
        if (!isPosted) {
          post(item, "item");
          mailTo(slotAt(node + PAYLOAD));
          isPosted = true;
        }
        return kernel.queue_attempt_put(address, node, wait);
      },
      finish(status, node) {
        if (status === Status.Ok) return;
        dropPayload(node);
        throw failure(status, Full);
      },
      failed: dropPayload,
    },
    patience,
  );
}

/** As getWord, on an event loop. */
export async function awaitGet(address: number, patience: Patience): Promise<unknown> {
  return awaited(
    {
      object: address,
      attempt: (node, wait) => kernel.queue_attempt_get(address, node, wait),
      finish(status, node) {
        if (status !== Status.Ok) throw failure(status, Empty);
        mailFrom(slotAt(node + PAYLOAD));
        kernel.waiter_taken(node);
        return take();
      },
    },
    patience,
  );
}

function dropPayload(node: number): void {
  mailFrom(slotAt(node + PAYLOAD));
  unpost();
}

function failure(status: StatusCode, late: typeof Empty): Error {
  if (status === Status.Timeout) return late();
  return status === Status.Closed ? ShutDown() : statusError(status);
}
