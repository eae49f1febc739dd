// Python's multiprocessing module.

export { AuthenticationError, BufferTooShort, ProcessError, TimeoutError } from "./multiprocessing/errors";

// Synchronisation: Lock, RLock, Condition, Semaphore, BoundedSemaphore, Event, Barrier.

// Queues and pipes: Pipe, Queue, JoinableQueue, SimpleQueue.

// Shared values: Value, Array, RawValue, RawArray.

// Pools and managers: Pool, Manager.
