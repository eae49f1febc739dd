// Contexts: how processes are started, and multiprocessing's functions as methods of that choice.
import { object } from "../builtins/object";
import { AuthenticationError, BufferTooShort, ProcessError, TimeoutError } from "./errors";

/** What `multiprocessing.get_context()` gives: each of the module's functions, for one start method. */
export class BaseContext extends object {
  readonly ProcessError = ProcessError;
  readonly BufferTooShort = BufferTooShort;
  readonly TimeoutError = TimeoutError;
  readonly AuthenticationError = AuthenticationError;

  // Synchronisation: Lock, RLock, Condition, Semaphore, BoundedSemaphore, Event, Barrier.

  // Queues and pipes: Pipe, Queue, JoinableQueue, SimpleQueue.

  // Shared values: Value, Array, RawValue, RawArray.

  // Pools and managers: Pool, Manager.
}
