// Waiting for several things at once: until one of some queues has a message or is closed, one of some pipes has bytes or is
// closed, or one of some events is set.
import { Kind, Status } from "../../../assembly/status";
import { kernel, me } from "../../kernel/kernel";
import { optionalDeadline, orLeave, waitInPlace } from "../../runtime/wait";

/** Whether a getter of the queue, a reader of the pipe, or one who waits for the event, would not wait. */
export function isReady(address: number): boolean {
  const kind = kernel.object_kind(address);
  if (kind === Kind.Event) return kernel.event_is_set(address) !== 0;
  if (kind === Kind.Pipe) return kernel.pipe_await(address, me, 0) === Status.Ok;
  return kernel.queue_size(address) > 0 || kernel.queue_is_closed(address) !== 0;
}

/** Has a pulse tell of changes, as events do anyway. */
function watch(address: number): void {
  const kind = kernel.object_kind(address);
  if (kind === Kind.Queue) kernel.queue_watch(address);
  else if (kind === Kind.Pipe) kernel.pipe_watch(address);
}

/**
 * Those of the kernel's queues, pipes and events that are ready; waits until there is one.
 *
 * @param timeout seconds to wait at most; None waits for ever
 */
export function readyOf(addresses: readonly number[], timeout: number | null): number[] {
  const deadline = optionalDeadline(timeout);
  let ready = addresses.filter(isReady);
  if (ready.length > 0 || deadline === 0) return ready;
  for (const address of addresses) watch(address);
  const pulse = kernel.pulse_condition();
  while (true) {
    kernel.condition_attempt(pulse, kernel.thread_place(me));
    ready = addresses.filter(isReady);
    if (ready.length > 0) {
      kernel.place_leave(pulse, me);
      return ready;
    }
    const status = orLeave(pulse, () => waitInPlace(kernel.place_wait, pulse, deadline));
    if (status !== Status.Ok) return addresses.filter(isReady);
  }
}
