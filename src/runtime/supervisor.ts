// The supervisor of a program: the one event loop that never blocks. It makes the program's memory, creates and ends its
// workers, sees their crashes, and answers the threads' questions. One class, as all of it is about one table of workers; what
// stands for itself (fetches, signals) has a file of its own; what a page's program can do without is in host_supervisor.ts.
import { supervisorHost as host } from "#platform/supervisor";
import { system } from "#platform/system";
import { CarrierState, Interrupt, Kind, Singleton, Status, Tag, ThreadState } from "../../assembly/status";
import { instantiateKernel, type Kernel } from "../kernel/kernel";
import { bufferTo } from "../kernel/memory";
import type {
  BootData,
  Installed,
  Message,
  Question,
  SocketError,
  SocketQuestion,
  WorkerEvents,
  WorkerHandle,
} from "../platform/types";
import type { Fetches } from "./fetches";
import type { Invitation } from "./guest";
import { ProcessWord } from "./process_words";
import { services } from "./services";
import type { SignalRelay } from "./signal_relay";

/** Highest number of pages of kernel memory: all that 32 bits can address. */
const MAXIMUM_PAGES = 65536;
const INITIAL_PAGES = 16;
const PAGES_PER_MIB = 16;
const MAIN_CARRIER = 0;

/** A program that has been compiled and is ready to be loaded by workers. */
export interface CompiledProgram {
  /** The code as the host installs it: its text, or where it is to be found. */
  code: string;
  /** Where the kernel is, on a host that cannot know by itself. */
  kernel?: string;
  /** Where that is with all its functions, if the program's own may lack some. */
  wholeKernel?: string;
  /** Whether the code is a module, as it must be if a port awaits at its top level; else it is a script. */
  isModule: boolean;
  /** Number of module variables of each module, by module id. */
  variables: number[];
  /** Names of the main module's variables. */
  names?: string[];
  /** The port's frames of a V8 stack of `code`, as JSON. */
  frames(stack: string, file: string): string | Promise<string>;
}

export interface ProgramOptions {
  argv?: string[];
  /** Gets what the program prints. Default: the host's own stdout. */
  stdout?: (text: string) => void;
  stderr?: (text: string) => void;
  /** Gives the next line of input without its end, or null at the end. Default: the host's stdin. */
  stdin?: () => string | null | Promise<string | null>;
  /** Carriers that are made and parked before the program begins. Default: 0; two more are made while it runs. */
  carriers?: number;
  /**
   * Looks for threads that wait for each other in a circle. "report": says so once on stderr, with the lines, and goes on
   * waiting; "exit": ends the program as well, with exit code 70. Slows down waiting. Default: no look.
   */
  deadlock?: "report" | "exit";
  /** Parked carriers that are kept however long nobody needs them; others leave after some seconds. Default: 8. */
  idleCarriers?: number;
  /** Most MiB of memory for what threads share; then MemoryError. Default: 4096, which is all there can be. */
  memory?: number;
  /** Gets the exit code, once, when the program has ended. */
  onexit?: (code: number) => void;
}

/** What a question is answered with: text, None, or the address of a socket in the kernel. */
export type Answer = number | string | null;

export type WaitMessage = Extract<Message, { kind: "waits" | "waited" }>;

/** Hands over an answer. False if nobody waits for it any more. */
export type Reply = (answer: Answer) => boolean;

/** The answer to whoever asks for a socket where there are none. */
const NO_SOCKETS: SocketError = {
  errno: 95,
  strerror: "sockets are not there in a web page: Operation not supported",
};

/** Exit code of a process whose main thread's worker has died: that of one that ran out of memory. */
const CRASHED = -9;

/** Carriers made while the program begins, so that its first threads start at once: one with the main thread, the others after it. */
const SPARE_CARRIERS = 2;
const IDLE_CARRIERS = 8;
/** How long a carrier beyond those may stay parked. */
const IDLE_MS = 10_000;

/** Most milliseconds between two orders to the threads of a process to end. */
const LONGEST_PAUSE = 64;

/** Milliseconds between two looks at how much memory is used. */
const COLLECT_EVERY = 250;
/** Bytes in use from which on cycles are looked for. */
const COLLECT_FROM = 2 ** 24;
/** Least part of the time that is not spent on that, as a multiple of how long it took. */
const COLLECT_PAUSE = 20;
/** How often the pause is doubled, at most, while as much is in use as after the last time. */
const COLLECT_PATIENCE = 6;

export class Program {
  readonly #workers = new Map<number, WorkerHandle>();
  readonly #unread: (string | null)[] = [];
  readonly #installed: Installed;
  /** The supervisor's own thread record. */
  protected readonly self: number;
  readonly #mainThread: number;
  readonly #data: Omit<BootData, "carrier" | "mainThread">;
  readonly #done: Promise<number>;
  readonly #gone: Promise<void>;
  #finish!: (code: number) => void;
  #allGone!: () => void;
  protected over = false;
  #invitation: Invitation | undefined;
  #lastBoot = 0;
  /** Carriers that have loaded the program. */
  readonly #loaded = new Set<number>();
  /** Carriers that took the place of one that had died parked; nobody takes theirs, or that might go on for ever. */
  readonly #substitutes = new Set<number>();
  /** Carriers whose thread was ended. */
  readonly #terminated = new Set<number>();
  #signals: SignalRelay | undefined;
  #fetches: Fetches | undefined;
  readonly #retiring = setInterval(() => this.#retire(), IDLE_MS / 10);
  readonly #collecting = setInterval(() => this.#collect(), COLLECT_EVERY);
  #collected = { used: 0, inVain: 0, next: 0, nextIfSame: 0 };

  constructor(
    private readonly program: CompiledProgram,
    protected readonly options: ProgramOptions,
    protected readonly kernel: Kernel,
    protected readonly memory: WebAssembly.Memory,
    module: WebAssembly.Module,
    installed: Installed,
  ) {
    this.#installed = installed;
    this.self = kernel.thread_new(1, 0) >>> 0;
    const process = kernel.process_new(0) >>> 0;
    this.#mainThread = kernel.thread_new(0, process) >>> 0;
    let variables = 0;
    const slots = program.variables.map((count) => {
      variables += count;
      return variables - count;
    });
    this.#fillRecord(process, kernel.namespace_new(variables));
    this.#data = {
      module,
      memory,
      process,
      slots,
      argv: options.argv ?? [],
      watch: options.deadlock !== undefined,
      capture: options.stdout !== undefined || options.stderr !== undefined,
    };
    this.#done = new Promise((resolve) => {
      this.#finish = resolve;
    });
    this.#gone = new Promise((resolve) => {
      this.#allGone = resolve;
    });
  }

  /** What the main thread must know to attach. */
  get here(): BootData {
    return { ...this.#data, carrier: MAIN_CARRIER, mainThread: this.#mainThread };
  }

  /** What the thread that runs the program must know to join it. */
  get invitation(): Invitation {
    this.#invitation ??= {
      data: this.here,
      thread: this.kernel.thread_new(1, this.#data.process) >>> 0,
      slots: this.#data.slots[0] ?? 0,
      names: this.program.names ?? [],
      kernel: this.program.wholeKernel,
    };
    return this.#invitation;
  }

  /** Does what the main thread asks for, if that is no worker, or a guest. */
  receive(message: Message): void {
    this.#receive(message, MAIN_CARRIER);
  }

  /** The program's exit code, once it has ended. */
  get exitCode(): Promise<number> {
    return this.#done;
  }

  /** Done when the program has ended and its last worker too. */
  get gone(): Promise<void> {
    return this.#gone;
  }

  /** Raises KeyboardInterrupt in the main thread of each of the program's processes, also while it blocks. */
  interrupt(): void {
    if (this.over) return;
    const threads = [this.#mainThread, ...this.liveThreads()];
    for (const main of new Set(threads.map((thread) => this.#mainThreadOf(thread)))) {
      this.kernel.thread_interrupt(main, Interrupt.Keyboard);
    }
  }

  /** Whether the program has a handler of its own for a signal. */
  handles(signum: number): boolean {
    return this.#signals?.handles(signum) ?? false;
  }

  /** Ends the program at once; its exit code is then 143, as of a process that was terminated. */
  terminate(): void {
    this.end(143);
  }

  /** Gives the first process's record what it begins with. */
  #fillRecord(process: number, namespace: number): void {
    const { kernel } = this;
    const words = this.#wordsOf(process);
    const set = (word: ProcessWord, kind: Kind, address: number) => {
      words[word * 2] = address;
      words[word * 2 + 1] = (0xfffd << 16) | kind;
    };
    const ended = kernel.event_new();
    kernel.object_make_common(ended, 0);
    set(ProcessWord.Ended, Kind.Event, ended);
    set(ProcessWord.OutputLock, Kind.Mutex, kernel.mutex_new());
    set(ProcessWord.Names, Kind.List, kernel.list_new());
    set(ProcessWord.NamesLock, Kind.Mutex, kernel.mutex_new());
    set(ProcessWord.Once, Kind.Mutex, kernel.mutex_new());
    set(ProcessWord.MainThread, Kind.Thread, this.#mainThread);
    set(ProcessWord.Modules, Kind.Attributes, kernel.attributes_new(Kind.Attributes, 0));
    set(ProcessWord.Namespace, Kind.Namespace, namespace);
    kernel.process_set_pid(process, system.pid);
    kernel.process_enter(process);
  }

  /** Address of the main thread of a thread's process. */
  #mainThreadOf(thread: number): number {
    return this.#wordsOf(this.kernel.thread_process(thread))[ProcessWord.MainThread * 2]! >>> 0;
  }

  /** The words of a process's record up to the last that has a meaning, each as two halves. */
  #wordsOf(process: number): Int32Array {
    const address = this.kernel.process_words(process) >>> 0;
    const bytes = (ProcessWord.Once + 1) * 8;
    return new Int32Array(bufferTo(this.memory, address + bytes), address, bytes / 4);
  }

  /** Leaves the main thread to the caller, who attaches to `here` and tells by `receive`. */
  lend(): void {
    this.kernel.carrier_reserve(this.#mainThread);
    this.#loaded.add(MAIN_CARRIER);
    // The host's own program may end when nothing else is to be done.
    for (const timer of [this.#retiring, this.#collecting]) (timer as { unref?(): void }).unref?.();
  }

  /** Starts its main thread, on a worker. */
  begin(): void {
    // The main thread has the first entry of the carrier table, so that it is counted and listed like any other.
    this.kernel.carrier_reserve(this.#mainThread);
    const { carriers = 0 } = this.options;
    if (carriers === 0) {
      this.#boot(MAIN_CARRIER);
      // The other core has nothing to do meanwhile.
      this.#bootSpare();
      return;
    }
    let booting = carriers;
    const parked = () => {
      if (--booting === 0) this.#boot(MAIN_CARRIER);
    };
    for (let i = 0; i < carriers; i++) this.#bootSpare(parked);
  }

  #bootSpare(onReady?: () => void): void {
    const carrier = this.kernel.carrier_reserve(0);
    if (carrier >= 0) this.#boot(carrier, onReady);
    else onReady?.();
  }

  #boot(carrier: number, onReady?: () => void, mainThread = carrier === MAIN_CARRIER ? this.#mainThread : 0): void {
    const data = { ...this.#data, carrier, mainThread };
    const events: WorkerEvents = {
      message: (message) => this.#receive(message, carrier, onReady),
      ended: (error) => {
        const waitedFor = !this.#loaded.has(carrier);
        this.#ended(carrier, error);
        if (waitedFor) onReady?.();
      },
    };
    try {
      this.#workers.set(carrier, this.#installed.start(data, events));
    } catch (error) {
      if (carrier === MAIN_CARRIER) throw error;
      // The host has no room for another worker: who waits for it is told.
      events.ended(undefined);
    }
  }

  #receive(message: Message, carrier: number, onReady?: () => void): void {
    if (message.kind === "exit") {
      this.end(message.code);
      this.#workers.get(carrier)?.terminate(); // it is idle now
      return;
    }
    if (this.over) return;
    switch (message.kind) {
      case "boot":
        return this.#bootWanted(message.carrier, message.mainThread);
      case "end":
        return this.#endThread(message.thread, host.now() + host.endGrace, 1);
      case "kill":
        return this.#kill(message.process, host.now() + host.endGrace, 1);
      case "ready":
        this.#loaded.add(carrier);
        if (carrier === MAIN_CARRIER && !this.options.carriers) this.#bootSpares();
        return onReady?.();
      case "ask":
        return void this.#answer(message.thread, message.sequence, message.question);
      case "write":
        return this.write(message.fd, message.text);
      case "waits":
      case "waited":
        return this.heed(message);
      case "listen":
      case "alarm":
        this.#signals ??=
          services.SignalRelay &&
          new services.SignalRelay(this.kernel, this.#mainThread, host, (process) =>
            this.#kill(process, host.now() + host.endGrace, 1),
          );
        return this.#signals?.receive(message);
    }
  }

  /** A thread tells of its waits, which it does only where it was told to. */
  protected heed(_message: WaitMessage): void {}

  protected liveThreads(): number[] {
    const threads: number[] = [];
    for (const carrier of this.#workers.keys()) {
      const thread = this.kernel.carrier_thread(carrier) >>> 0;
      if (thread === 0) continue;
      threads.push(thread);
      this.kernel.object_release(thread);
    }
    return threads;
  }

  #bootSpares(): void {
    for (let i = 1; i < SPARE_CARRIERS; i++) this.#bootSpare();
  }

  /** A thread waits for this carrier. If another was wanted a moment ago, more will be: one is made ahead. */
  #bootWanted(carrier: number, mainThread?: number): void {
    this.#boot(carrier, undefined, mainThread);
    const now = host.now();
    if (now - this.#lastBoot < 250) this.#bootSpare();
    this.#lastBoot = now;
  }

  #retire(): void {
    const { idleCarriers = IDLE_CARRIERS } = this.options;
    while (this.kernel.carrier_retire(idleCarriers, host.now() - IDLE_MS));
  }

  #collect(): void {
    const { kernel } = this;
    const used = kernel.memory_used() >>> 0;
    const began = host.now();
    const last = this.#collected;
    // What becomes unreachable is in use as before: so one looks again, though ever less often.
    const isSame = used === last.used;
    if (used < COLLECT_FROM || began < (isSame ? last.nextIfSame : last.next)) return;
    kernel.cycles_collect();
    const ended = host.now();
    const inVain = isSame ? Math.min(last.inVain + 1, COLLECT_PATIENCE) : 0;
    const next = ended + COLLECT_PAUSE * (ended - began);
    const nextIfSame = Math.max(next, ended + COLLECT_EVERY * 2 ** inVain);
    this.#collected = { used: kernel.memory_used() >>> 0, inVain, next, nextIfSame };
  }

  #ended(carrier: number, error: Error | undefined): void {
    const loaded = this.#loaded.delete(carrier);
    this.#workers.delete(carrier);
    if (this.over) return void this.#checkGone();
    const { kernel } = this;
    const wanted = this.#terminated.delete(carrier);
    // A spare that cannot load is nobody's thread: what stops it is told when one is wanted.
    if (error && !wanted && kernel.carrier_state(carrier) !== CarrierState.Booting)
      this.write(2, `${carrier === MAIN_CARRIER ? "The main thread" : "A thread"} died: ${error.message}\n`);
    if (carrier === MAIN_CARRIER) return this.end(1);
    const ending = kernel.carrier_ending(carrier) >>> 0;
    if (ending !== 0) {
      kernel.thread_bury(ending);
      kernel.carrier_finish(carrier);
    }
    const state = kernel.carrier_state(carrier);
    if (state === CarrierState.Assigned && loaded && !this.#substitutes.delete(carrier)) {
      // It died parked, and was given a thread before that was seen: another worker takes its place.
      kernel.carrier_drop_holdings(carrier);
      this.#substitutes.add(carrier);
      return this.#boot(carrier);
    }
    this.#substitutes.delete(carrier);
    const thread = kernel.carrier_bury(carrier) >>> 0;
    if (thread !== 0) this.#buryThread(thread, state);
    // Last: nobody else may hold what the dead thread waited for.
    kernel.carrier_drop_holdings(carrier);
  }

  #buryThread(thread: number, state: CarrierState): void {
    const { kernel } = this;
    const process = kernel.thread_process(thread) >>> 0;
    kernel.thread_bury(thread);
    if (thread === this.#mainThreadOf(thread)) this.#crashed(process);
    kernel.thread_advance(thread, state === CarrierState.Running ? ThreadState.Stopped : ThreadState.Failed);
    kernel.process_leave(process);
    kernel.object_release(thread);
  }

  /** The carrier that runs a thread, or -1. */
  #carrierOf(thread: number): number {
    for (const carrier of this.#workers.keys()) {
      const running = this.kernel.carrier_thread(carrier) >>> 0;
      if (running === 0) continue;
      this.kernel.object_release(running);
      if (running === thread) return carrier;
    }
    return -1;
  }

  /** Orders a thread to end; if it has not at the deadline, its worker is terminated. Uses up a reference to its record. */
  #endThread(thread: number, deadline: number, pause: number): void {
    const { kernel } = this;
    const carrier = this.#carrierOf(thread);
    const worker = this.#workers.get(carrier);
    if (this.over || !worker || carrier === MAIN_CARRIER) {
      return kernel.object_release(thread);
    }
    kernel.thread_interrupt(thread, Interrupt.Exit);
    if (host.now() < deadline) {
      setTimeout(() => this.#endThread(thread, deadline, pause * 2), pause);
      return;
    }
    this.#terminated.add(carrier);
    worker.terminate();
    kernel.object_release(thread);
  }

  /** The main thread of a child process has died: so does the process. */
  #crashed(process: number): void {
    if (this.kernel.process_decide(process, CRASHED)) this.#kill(process, host.now() + host.endGrace, 1);
  }

  /** Orders the threads of a process to end, again and again; what has not ended at the deadline is terminated. */
  #kill(process: number, deadline: number, pause: number): void {
    const { kernel } = this;
    const late = host.now() >= deadline;
    let left = 0;
    for (const [carrier, worker] of this.#workers) {
      const thread = kernel.carrier_thread(carrier) >>> 0;
      if (thread === 0) continue;
      if (kernel.thread_process(thread) >>> 0 === process) {
        left++;
        if (late && kernel.carrier_state(carrier) === CarrierState.Running) {
          this.#terminated.add(carrier);
          worker.terminate();
        } else kernel.thread_interrupt(thread, Interrupt.Exit);
      }
      kernel.object_release(thread);
    }
    // One that another process starts at this moment counts already, and will be found in a carrier.
    const isGone = left === 0 && kernel.process_threads(process) === 0;
    if (isGone || this.over) return kernel.process_settle(process);
    setTimeout(() => this.#kill(process, deadline, Math.min(pause * 2, LONGEST_PAUSE)), pause);
  }

  async #answer(thread: number, sequence: number, question: Question): Promise<void> {
    const reply = (answer: Answer) => !this.over && this.#reply(thread, sequence, answer);
    switch (question.about) {
      case "frames":
        return void reply(await this.framesOf(question.stack));
      case "line": {
        const line = await this.#readLine();
        // If the thread was interrupted meanwhile, the line is for whoever asks next.
        if (!reply(line)) this.#unread.unshift(line);
        return;
      }
      case "fetch":
        this.#fetches ??= new services.Fetches!();
        if (reply(await this.#fetches.answer(question))) this.#fetches.done(question);
        return;
      default:
        return this.answerSocket(question, thread, reply);
    }
  }

  protected async answerSocket(_question: SocketQuestion, _thread: number, reply: Reply): Promise<void> {
    reply(JSON.stringify(NO_SOCKETS));
  }

  /** The port's frames of a stack, as JSON. */
  protected async framesOf(stack: string): Promise<string> {
    return this.program.frames(stack, this.#installed.file);
  }

  /** Answers a thread that waits. False if it does not wait any more, or there is no memory for the answer. */
  #reply(thread: number, sequence: number, answer: Answer): boolean {
    const posted = this.#post(answer);
    if (this.kernel.thread_reply(thread, sequence, this.self) === Status.Ok) return posted;
    if (typeof answer !== "number") this.kernel.word_release(this.self);
    return false;
  }

  async #readLine(): Promise<string | null> {
    const unread = this.#unread.shift();
    return unread !== undefined ? unread : (this.options.stdin ?? host.readLine)();
  }

  /**
   * Puts a string, None or the socket at an address into the supervisor's mailbox. False if memory is exhausted: then it is
   * a word that says so.
   */
  #post(answer: Answer): boolean {
    const mailbox = this.kernel.thread_mailbox(this.self) >>> 2;
    const low = typeof answer === "string" ? this.#newString(answer) : (answer ?? 0);
    const isLost = answer !== null && low === 0;
    const words = new Int32Array(bufferTo(this.memory, (mailbox + 2) * 4));
    if (isLost) words[mailbox + 1] = (Tag.Singleton << 16) | Singleton.Unset;
    else if (answer === null) words[mailbox + 1] = (Tag.Singleton << 16) | Singleton.None;
    else words[mailbox + 1] = typeof answer === "string" ? Tag.String << 16 : (Tag.Object << 16) | Kind.Socket;
    words[mailbox] = low;
    return !isLost;
  }

  /** As strings.ts does, but for this memory, and always wide: answers are short. 0 if memory is exhausted. */
  #newString(text: string): number {
    const address = this.kernel.value_new(Kind.String, 0, text.length * 2) >>> 0;
    if (address === 0) return 0;
    const buffer = bufferTo(this.memory, address + 24 + text.length * 2);
    new Int32Array(buffer)[(address + 20) >>> 2] = 1;
    const units = new Uint16Array(buffer, address + 24, text.length);
    for (let i = 0; i < text.length; i++) units[i] = text.charCodeAt(i);
    return address;
  }

  protected write(fd: 1 | 2, text: string): void {
    const sink = fd === 1 ? this.options.stdout : this.options.stderr;
    if (sink) sink(text);
    else host.write(fd, text);
  }

  protected end(code: number): void {
    if (this.over) return;
    this.over = true;
    if (this.#invitation) this.kernel.thread_interrupt(this.#invitation.thread, Interrupt.Exit);
    clearInterval(this.#retiring);
    clearInterval(this.#collecting);
    this.#signals?.close();
    if (host.grace === 0) this.#terminateAll();
    else this.#dismissAll(host.now() + host.grace, 1);
    this.#installed.remove();
    const closed = this.close();
    if (closed) void closed.then(() => this.#tell(code));
    else this.#tell(code);
  }

  /** The program is over. Gives a promise if something is still to be waited for. */
  protected close(): Promise<void> | undefined {
    return undefined;
  }

  #tell(code: number): void {
    this.#finish(code);
    this.options.onexit?.(code);
    this.#checkGone();
  }

  #terminateAll(): void {
    for (const worker of this.#workers.values()) worker.terminate();
  }

  /** Orders every worker to leave, again and again, since what a thread does meanwhile may swallow an order. */
  #dismissAll(deadline: number, pause: number): void {
    for (const carrier of this.#workers.keys()) this.#interruptThread(carrier);
    while (this.kernel.carrier_retire(0, Number.POSITIVE_INFINITY));
    if (this.#workers.size === 0) return;
    if (host.now() >= deadline) this.#terminateAll();
    else setTimeout(() => this.#dismissAll(deadline, pause * 2), pause);
  }

  #interruptThread(carrier: number): void {
    const { kernel } = this;
    const thread = kernel.carrier_thread(carrier) >>> 0;
    if (thread === 0) return;
    kernel.thread_interrupt(thread, Interrupt.Exit);
    kernel.object_release(thread);
  }

  async #checkGone(): Promise<void> {
    if (this.#workers.size > 0) return;
    await this.#installed.settled?.();
    this.#allGone();
  }
}

type ProgramClass<P extends Program> = new (...args: ConstructorParameters<typeof Program>) => P;

/** Starts a program on workers of its own. */
export async function startProgram<P extends Program>(
  Class: ProgramClass<P>,
  program: CompiledProgram,
  options: ProgramOptions = {},
): Promise<P> {
  const module = await host.loadKernel(program.kernel);
  const started = makeProgram(Class, program, options, module, host.install(program.code, program.isModule));
  started.begin();
  return started;
}

/** Makes the memory of a program and its supervisor. `on` is what its workers load. */
export function makeProgram<P extends Program>(
  Class: ProgramClass<P>,
  program: CompiledProgram,
  options: ProgramOptions,
  module: WebAssembly.Module,
  on: Installed,
): P {
  const wanted = options.memory === undefined ? MAXIMUM_PAGES : options.memory * PAGES_PER_MIB;
  const maximum = Math.min(MAXIMUM_PAGES, Math.max(INITIAL_PAGES, wanted));
  const memory = new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum, shared: true });
  const kernel = instantiateKernel(module, memory, { wait: () => 0, now: host.now });
  kernel.allocator_init();
  return new Class(program, options, kernel, memory, module, on);
}
