// How many threads wait for a primitive: for tests, which poll this instead of sleeping and hoping.
import { Kind } from "../../assembly/status";
import { kernel } from "../kernel/kernel";
import { addressOf, isFacade, KIND, type Shared } from "../runtime/shared";

/**
 * Threads that are blocked on `primitive` at this moment: a lock, semaphore, condition, event or queue, or an object that
 * is made of such (a queue of another order), where all its parts count.
 */
export function waiters(primitive: Shared): number {
  const address = addressOf(primitive);
  switch (primitive[KIND]) {
    case Kind.Mutex:
    case Kind.RLock:
      return kernel.mutex_waiters(address);
    case Kind.Semaphore:
      return kernel.semaphore_waiters(address);
    case Kind.Condition:
      return kernel.condition_waiters(address) + waiters((primitive as unknown as { _lock: Shared })._lock);
    case Kind.Event:
      return kernel.event_waiters(address);
    case Kind.Barrier:
      return Math.max(0, kernel.barrier_waiting(address));
    case Kind.Queue:
      return kernel.queue_waiters(address);
    default:
      return partsOf(primitive).reduce((sum, part) => sum + waiters(part), 0);
  }
}

function partsOf(instance: Shared): Shared[] {
  const names = ["not_empty", "not_full", "all_tasks_done"];
  return names.map((name) => (instance as unknown as Record<string, unknown>)[name]).filter(isFacade);
}
