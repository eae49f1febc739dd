// Python's multiprocessing.synchronize: threading's primitives for all processes.
export { Barrier } from "./synchronize/barrier";
export { Condition } from "./synchronize/condition";
export { Event } from "./synchronize/event";
export { Lock, RLock } from "./synchronize/lock";
export { SemLock } from "./synchronize/sem_lock";
export { BoundedSemaphore, Semaphore } from "./synchronize/semaphore";
