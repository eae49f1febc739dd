// What kernel calls answer, and the codes both sides of the boundary share. Inlined by asc and by tsup.

/** The outcome of a kernel operation. TypeScript turns what is not `Ok` into Python's exceptions. */
export const enum Status {
  Ok = 0,
  /** The deadline passed, or the call was not to wait at all. */
  Timeout = 1,
  /** The thread has something to attend to first: see `Interrupt`. The operation was not done. */
  Interrupted = 2,
  /** The object is not in a state that allows the call (a free lock released, task_done called too often, no such index). */
  Invalid = 3,
  /** Kernel memory is exhausted; nothing was changed. */
  NoMemory = 4,
  /** The queue was shut down. */
  Closed = 5,
  /** The asynchronous waiter was queued; its park word tells when it is served. */
  Queued = 6,
}

/** Kind of a kernel object, kept in its header and in the words that point to it. */
export const enum Kind {
  Free = 0,
  String = 1,
  Value = 2,
  Mutex = 3,
  RLock = 4,
  Semaphore = 5,
  Condition = 6,
  Event = 7,
  Queue = 8,
  List = 9,
  Attributes = 10,
  Thread = 11,
  Namespace = 12,
  Process = 13,
  Waiter = 14,
  /** An instance of a class: the class and its attributes. */
  Instance = 15,
  /** A threading.local: its class and the arguments of its constructor. */
  Local = 16,
  Pipe = 17,
  /** A socket of the host, in the hands of threads. */
  Socket = 18,
  Dict = 20,
  Set = 21,
  FrozenSet = 22,
  /** What each process opens and closes for itself: an end of a pipe, a queue of multiprocessing. */
  Handle = 23,
  /** A fixed number of words to which the facade gives meaning. */
  Record = 24,
  /** Bytes that can be written to. */
  Memory = 25,
  /** The tasks, and the workers, of a pool. */
  Pool = 26,
  Batch = 27,
  Barrier = 28,
}

/** Bits of a thread record's interrupt word. */
export const enum Interrupt {
  /** Unwind and end: the program is over. */
  Exit = 1,
  /** Ctrl-C: raise KeyboardInterrupt. */
  Keyboard = 2,
  /** What the thread waits for may have gone for ever: see `looking` in runtime/wait.ts. No signal has this bit. */
  Look = 4,
}

/** Life of a thread, in order. */
export const enum ThreadState {
  Initial = 0,
  Starting = 1,
  Started = 2,
  Stopped = 3,
  /** No carrier could be made for it: it never began. */
  Failed = 4,
}

/** Life of a process, in order. */
export const enum ProcessState {
  Running = 0,
  /** Somebody is writing down its exit code. */
  Deciding = 1,
  /** Its exit code is known; its threads are ending. */
  Ending = 2,
  Ended = 3,
}

/** Life of a carrier's table entry. */
export const enum CarrierState {
  Free = 0,
  /** The supervisor is making a worker for it. */
  Booting = 1,
  /** Asleep on its stack entry, ready for a thread. */
  Parked = 2,
  /** It has been given a thread, and perhaps not noticed yet. */
  Assigned = 3,
  Running = 4,
  /** It is to leave, or has left. */
  Exiting = 5,
}

/** Highest 16 bits of a word that is not a number. */
export const enum Tag {
  /** None, True, False, unset: the low 16 bits of the high half say which. */
  Singleton = 0xfff9,
  /** Up to five latin-1 characters in the word itself. */
  ShortString = 0xfffa,
  /** The first tag whose low half is the address of a reference-counted object. */
  FirstPointer = 0xfffb,
  String = 0xfffb,
  Value = 0xfffc,
  Object = 0xfffd,
}

/** Low 16 bits of a singleton's high half. */
export const enum Singleton {
  Unset = 0,
  None = 1,
  True = 2,
  False = 3,
  /** A JavaScript value that only one thread can read; the low half of the word is that thread's id. */
  Foreign = 4,
}

/** What a pool is doing: it only rises. */
export const enum PoolState {
  Running = 0,
  /** No new tasks; the workers leave when those there are have been done. */
  Closed = 1,
  /** The workers leave. */
  Terminated = 2,
}

/** What has become of a chunk of a batch. From Done on it is settled. */
export const enum ChunkState {
  Waiting = 0,
  Running = 1,
  Done = 2,
  /** Its first word is the error. */
  Failed = 3,
  /** Its worker has died. */
  Lost = 4,
  /** It ran longer than it was allowed to. */
  Late = 5,
}

/** What becomes of a batch as a whole before all its chunks are settled. */
export const enum BatchEnd {
  None = 0,
  /** Its caller has no use for it any more. */
  Cancelled = 1,
  /** The pool was terminated. */
  Terminated = 2,
}

/** How a batch is to be told of. */
export const enum BatchFlag {
  /** Each settled chunk wakes those who wait. */
  Each = 1,
  /** The pool's keeper gets it when it is over, and makes it ready. */
  Keeper = 2,
  /** More chunks will come: it is never over. */
  Open = 4,
}
