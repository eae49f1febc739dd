// A thread of the explorer: an instance of the kernel that asyncify can stop at each point and take up again.

/** What a thread stopped for. */
export type Stop =
  | { at: "point"; mortal: boolean; address: number }
  /** A spinlock is held by another. */
  | { at: "lock"; address: number }
  /** About to sleep, and asleep: `until` on the virtual clock. */
  | { at: "wait"; address: number; expected: number; until: number; asleep: boolean; woken: boolean };

/** What a program asks of its thread: a kernel call, a moment for others, or to wait for a condition. */
export type Step = [name: string, ...args: number[]] | "turn" | (() => boolean);
export type Program = Generator<Step, void, number>;

interface Host {
  memory: WebAssembly.Memory;
  now(): number;
  notify(address: number): number;
}

type Exports = Record<string, (...args: number[]) => number>;

const STACK = 8192;
const OK = 0;
const NOT_EQUAL = 1;
const TIMED_OUT = 2;

export class Fiber {
  readonly #exports: Exports;
  readonly #ints: Int32Array;
  #program: Program | undefined;
  #call: [string, ...number[]] | undefined;
  #condition: (() => boolean) | undefined;
  #answer = OK;
  stop: Stop | undefined;
  done = true;

  constructor(
    module: WebAssembly.Module,
    host: Host,
    private readonly stack: number,
  ) {
    this.#ints = new Int32Array(host.memory.buffer);
    const env = {
      memory: host.memory,
      now: () => host.now(),
      notify: (address: number) => host.notify(address >>> 0),
      point: (kind: number, address: number) => void this.#pause({ at: "point", mortal: kind === 2, address }),
      block: (address: number) => void this.#pause({ at: "lock", address }),
      wait: (address: number, expected: number, ms: number) =>
        this.#pause({
          at: "wait",
          address: address >>> 0,
          expected,
          until: host.now() + ms,
          asleep: false,
          woken: false,
        }),
    };
    this.#exports = new WebAssembly.Instance(module, { env }).exports as Exports;
  }

  begin(program: Program): void {
    this.#program = program;
    this.#call = this.#condition = this.stop = undefined;
    this.done = false;
    this.#next(0);
  }

  /** Ends the thread where it stands. */
  kill(): void {
    this.done = true;
    this.#program = this.#call = this.stop = undefined;
  }

  /** Whether it stands at a place where V8 may end a thread. */
  get isMortal(): boolean {
    return this.stop === undefined || (this.stop.at === "point" ? this.stop.mortal : this.stop.at === "wait");
  }

  get canRun(): boolean {
    if (this.done) return false;
    if (this.#condition && !this.stop) return this.#condition();
    if (this.stop?.at === "lock") return this.#ints[this.stop.address >>> 2] === 0;
    if (this.stop?.at === "wait" && this.stop.asleep) return this.stop.woken;
    return true;
  }

  /** When it would wake by itself, if it sleeps on a deadline. */
  get deadline(): number {
    return this.stop?.at === "wait" && this.stop.asleep ? this.stop.until : Number.POSITIVE_INFINITY;
  }

  wake(address: number): number {
    if (this.stop?.at !== "wait" || !this.stop.asleep || this.stop.woken || this.stop.address !== address) return 0;
    this.stop.woken = true;
    return 1;
  }

  timeOut(): void {
    this.#resume(TIMED_OUT);
  }

  /** Runs to the next point. */
  run(): void {
    const { stop } = this;
    if (stop?.at === "wait" && !stop.asleep) {
      if (this.#ints[stop.address >>> 2] !== stop.expected) return this.#resume(NOT_EQUAL);
      stop.asleep = true;
      return;
    }
    if (stop) return this.#resume(OK);
    if (this.#call) return this.#enter();
    this.#condition = undefined;
    this.#next(0);
  }

  #next(value: number): void {
    const { value: step, done } = this.#program!.next(value);
    this.#call = this.#condition = undefined;
    if (done) this.done = true;
    else if (typeof step === "function") this.#condition = step;
    else if (step !== "turn") this.#call = step as [string, ...number[]];
  }

  #pause(stop: Stop): number {
    if (this.stop) {
      // Taken up again where it stopped.
      this.stop = undefined;
      this.#exports.asyncify_stop_rewind!();
      return this.#answer;
    }
    this.stop = stop;
    this.#ints[this.stack >>> 2] = this.stack + 8;
    this.#ints[(this.stack + 4) >>> 2] = this.stack + STACK;
    this.#exports.asyncify_start_unwind!(this.stack);
    return 0;
  }

  #resume(answer: number): void {
    this.#answer = answer;
    this.#exports.asyncify_start_rewind!(this.stack);
    this.#enter();
  }

  #enter(): void {
    const [name, ...args] = this.#call!;
    const value = this.#exports[name]!(...args);
    if (this.stop) this.#exports.asyncify_stop_unwind!();
    else this.#next(value);
  }
}

export const STACK_SIZE = STACK;
