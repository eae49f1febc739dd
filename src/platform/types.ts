// What a host must offer. One implementation for each host, chosen by package.json's conditions, never by ifs.

/** What a new worker is told. Everything in it survives `postMessage`. */
export interface BootData {
  /** The module on which the worker was made, in a program without a compiled port. */
  entry?: string;
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  /** Address of the first process's record. */
  process: number;
  /** This worker's entry in the carrier table. */
  carrier: number;
  /** Address of a main thread's record if this worker is to run the modules' bodies as that thread, else 0. */
  mainThread: number;
  /** Number of each module's first slot in a namespace, by module id. */
  slots: number[];
  argv: string[];
  /** Output goes to the supervisor instead of the host's own streams. */
  capture: boolean;
  /** The supervisor wants to hear of waits without end. */
  watch: boolean;
}

/** What a worker tells its supervisor. */
export type Message =
  /** A carrier is wanted for this table entry. */
  | { kind: "boot"; carrier: number; mainThread?: number }
  /** A thread is to end, whatever it does; the message holds a reference to its record. */
  | { kind: "end"; thread: number }
  /** The threads of a process whose exit code is decided are to end. */
  | { kind: "kill"; process: number }
  /** The program's code is loaded. */
  | { kind: "ready" }
  /** A question; the answer goes to the thread's record under this number. */
  | { kind: "ask"; thread: number; sequence: number; question: Question }
  | { kind: "write"; fd: 1 | 2; text: string }
  /** A thread is about to wait for an object without end; told only if BootData asks for it. */
  | { kind: "waits"; thread: number; id: number; name: string; object: number; since: number; stack: string }
  /** That wait is over. */
  | { kind: "waited"; thread: number }
  /** The program wants to be told of a signal by this bit of its interrupts; no longer if that is 0. */
  | { kind: "listen"; signum: number; bit: number }
  /**
   * SIGALRM for a main thread after some seconds, and then every so many; 0 for never. The message holds a reference to its record.
   */
  | { kind: "alarm"; thread: number; after: number; every: number }
  /** The program is over. */
  | { kind: "exit"; code: number }
  /** The worker ends by itself, on a host that does not tell. */
  | { kind: "left" };

export type Question =
  /** The next line of standard input, without its end; null at the end of input. */
  | { about: "line" }
  /** Where the port's lines are that a stack trace of the bundle names: JSON of `Frame[]`. */
  | { about: "frames"; stack: string }
  | SocketQuestion
  | FetchQuestion;

/** Answered by a socket, or by JSON: what was asked for, or a SocketError. */
export type SocketQuestion =
  /** A socket that leads there; given up after `milliseconds`. */
  | { about: "connect"; address: SocketAddress; milliseconds: number }
  /** One that others can connect to. */
  | { about: "listen"; address: SocketAddress; backlog: number }
  /** The next that connects to that one. */
  | { about: "accept"; socket: number }
  /** Its own address, and the one it leads to. */
  | { about: "names"; socket: number }
  /** Null, when it has been closed. */
  | { about: "gone"; socket: number };

/** A path of the file system, or a host and a port of IPv4. */
export type SocketAddress = string | readonly [host: string, port: number];

/** Why the host refused. Words are given where they are not those of the number; the number is 0 where there is none. */
export interface SocketError {
  errno: number;
  strerror?: string;
}

/** What a URL gives: a line of JSON (see FetchHead in the runtime) and the body. */
export interface FetchQuestion {
  about: "fetch";
  /** The same if a thread asks again, having been interrupted. */
  key: string;
  url: string;
  method: string;
  headers: Record<string, string>;
  /** A character for each byte. */
  body: string | null;
  /** Seconds; null for ever. */
  timeout: number | null;
}

/** A line of a port in a traceback. */
export interface Frame {
  file: string;
  line: number;
  name: string;
  /** The line's text, without indentation. */
  source: string;
}

/** The host as a thread of the program sees it. */
export interface ThreadHost {
  /**
   * What a worker is told that a program without a compiled port has made, on a module of its targets: the module whose body
   * is the main thread's alone. Undefined in any other context.
   */
  readonly library: { main: string | undefined } | undefined;
  /** Keeps an error that has ended a module's evaluation on purpose from ending the worker. */
  forgive(error: unknown): void;
  /** Begins when the worker has been told what it is for: at once where that comes with the worker. */
  boot(begin: (data: BootData) => void): void;
  send(message: Message): void;
  /** Writes all of `text` to the host's stdout or stderr before it returns. */
  write(fd: 1 | 2, text: string): void;
  /** The kernel's `wait`, for a memory whose buffer up to an address is what `bufferTo` gives. */
  wait(bufferTo: (end: number) => ArrayBuffer): (address: number, expected: number, milliseconds: number) => number;
  now(): number;
  /** Path of the program that runs all this; empty where there is none. */
  readonly executable: string;
  /** The host's own number for the worker that runs this thread. */
  nativeId(): number;
  /** Lets the host's event loop turn once, then goes on with `work`. */
  afterTurn(work: () => void): void;
  /**
   * Does soon, if this worker still lives then, what a finalizer found to do with the program's memory: Chromium also calls finalizers in
   * workers whose end it has told.
   */
  whileAlive(work: () => void): void;
  /** Ends this worker. */
  leave(): void;
  /** Whether a worker that is terminated goes on for a while: then it must not take up other work meanwhile. */
  readonly endsLate: boolean;
  /** Lets go of the targets that the host keeps for WeakRefs until the running job ends, where that can be done before. */
  forgetKept(): void;
  /** Collects garbage, where a program can have that done: the host does not know how much memory a small object stands for. */
  collect(): void;
  /** A buffer that is written to at once: it may hold anything. */
  allocate(size: number): ArrayBuffer;
  /** Text from bytes of shared memory: latin-1 one byte a character, else two. */
  decode(bytes: Uint8Array, start: number, end: number, latin1: boolean): string;
  /** A keyed digest, by Python's name of it, where the host has them at once. */
  hmac?(digest: string, key: Uint8Array, message: Uint8Array): Uint8Array;
  /** Writes `text` as latin-1 or UTF-16 to shared memory, where there is room. */
  encode(text: string, bytes: Uint8Array, start: number, latin1: boolean): void;
}

/** A worker as its supervisor sees it. */
export interface WorkerHandle {
  terminate(): void;
}

export interface WorkerEvents {
  message(message: Message): void;
  /** The worker has ended; `error` says why, if it did not leave by itself. */
  ended(error: Error | undefined): void;
}

/** The host as a supervisor sees it. */
export interface SupervisorHost {
  now(): number;
  /** Milliseconds that workers are given to leave by themselves; 0 where ending them costs nothing. */
  readonly grace: number;
  /** Milliseconds that a thread is given whose end was ordered, before its worker is terminated. */
  readonly endGrace: number;
  /** Whether the context that imports the library may sleep for moments: a page's own may not. */
  readonly mayPause: boolean;
  loadKernel(url?: string): Promise<WebAssembly.Module>;
  /** The kernel at once, where that can be had. */
  kernelNow?(): WebAssembly.Module;
  /** The module with which the host's own program began. */
  mainModule(targets: string): string | undefined;
  /** As `install`, for a module that is there already: its workers are library carriers, and do not keep the host alive. */
  onModule(url: string, main: string | undefined): Installed;
  /** Calls back when the host's own program is about to end, where the host tells. */
  beforeExit(callback: () => void): void;
  /** Makes the program's code loadable, and gives back a function that starts a worker on it. */
  install(code: string, isModule: boolean): Installed;
  /** The next line of standard input, or null at its end. */
  readLine(): Promise<string | null>;
  /** Has `received` called for each signal of this number, or no longer; where there are none nothing happens. */
  listen(signum: number, received: (() => void) | undefined): void;
  write(fd: 1 | 2, text: string): void;
  /** Sockets, on a host that has them. */
  readonly net?: NetHost;
}

/** Sockets of the host, on the supervisor's event loop. What fails rejects with a SocketError. */
export interface NetHost {
  connect(address: SocketAddress, milliseconds: number): Promise<HostSocket>;
  /** Each connection is handed over before anything of it is read. */
  listen(address: SocketAddress, backlog: number, accepted: (socket: HostSocket) => void): Promise<HostListener>;
}

export interface HostListener {
  readonly address: SocketAddress;
  close(): void;
}

export interface HostSocketEvents {
  /** False: no more, until `resume`. */
  data(bytes: Uint8Array): boolean;
  /** The other end sends nothing more. */
  end(): void;
  /** There is room again for what is to be sent. */
  drained(): void;
  failed(error: SocketError): void;
  /** The last event. */
  closed(): void;
}

export interface HostSocket {
  readonly address: SocketAddress;
  readonly peer: SocketAddress;
  /** Begins to read. */
  begin(events: HostSocketEvents): void;
  resume(): void;
  /** False: enough for now, wait for `drained`. */
  write(bytes: Uint8Array): boolean;
  /** Nothing more will be sent. */
  end(): void;
  /** Sends what is left, and is gone. */
  close(): void;
  /** Is gone at once. */
  abort(): void;
}

export interface Installed {
  start(data: BootData, events: WorkerEvents): WorkerHandle;
  /** Name of the code in stack traces. */
  file: string;
  remove(): void;
  /** Done when the workers that have ended are gone, on a host where that takes longer. */
  settled?(): Promise<void>;
}
