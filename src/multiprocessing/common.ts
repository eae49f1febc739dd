// Numbers of the classes whose objects are common to processes; see runtime/common.ts.
export const enum Common {
  Lock = 1,
  RLock,
  Semaphore,
  BoundedSemaphore,
  Condition,
  Event,
  Barrier,
  Queue,
  JoinableQueue,
  SimpleQueue,
  Connection,
  /** Numbers of C's types, and what wraps them with a lock. */
  Synchronized,
  SharedMemory,
  Proxy,
}
