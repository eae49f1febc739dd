// What stands where in a process record. Only numbers, which tsup.config.ts has written into the text that uses them.

/** Counters of the record. */
export const enum Counter {
  /** Number of the last default thread name. */
  ThreadName = 0,
  DummyName = 1,
  /** Number of the last child process. */
  Child = 2,
  /** How the process starts others, once that is decided: see src/multiprocessing/context.ts. */
  StartMethod = 3,
  /** 1 if the process has run the modules' bodies for itself. */
  Spawned = 4,
  /** Not 0 when its main thread has ended. */
  ShuttingDown = 5,
  /** Bits of the signals that it ignores or has handlers for. */
  Signals = 6,
  /** 1 while it is spawned and runs the modules' bodies. */
  Bootstrapping = 7,
}

/** Words of the record, each an object that lives as long as the process. Three mutexes and the names are those of all processes. */
export const enum ProcessWord {
  /** Event that is set when the process has ended. */
  Ended = 0,
  /** Mutex of the host's output streams. */
  OutputLock = 1,
  /** List of the names of attributes; a name's index is its number. */
  Names = 2,
  NamesLock = 3,
  MainThread = 4,
  /** Attribute table of what the program has assigned to modules. */
  Modules = 5,
  /** Slots of the modules' variables. */
  Namespace = 6,
  /** The object of multiprocessing that stands for the process itself. */
  Current = 7,
  /** The one that stands for its parent. */
  Parent = 8,
  /** List of the processes that it has started, as far as it has not seen their end. */
  Children = 9,
  /** Event that is set when its parent has ended. */
  ParentEnded = 10,
  /** What the process is to do: target and arguments. */
  Work = 11,
  /** Mutex held while something is made of which a process has only one. */
  Once = 12,
}
