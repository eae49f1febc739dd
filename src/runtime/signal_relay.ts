// The supervisor's part in signals: it passes on to the main thread those that the host receives, and keeps the alarms of processes.
import { ThreadState } from "../../assembly/status";
import type { Kernel } from "../kernel/kernel";
import type { Message, SupervisorHost } from "../platform/types";
import { Counter } from "./process_words";

const SIGALRM = 14;

export class SignalRelay {
  readonly #kernel: Kernel;
  readonly #mainThread: number;
  readonly #host: SupervisorHost;
  /** The signals that are passed on. */
  readonly #wanted = new Set<number>();
  /** By the main thread that an alarm is for, of whose record each holds a reference. */
  readonly #alarms = new Map<number, ReturnType<typeof setTimeout>>();
  readonly #kill: (process: number) => void;

  /** @param kill has the threads of a process end whose exit code is decided */
  constructor(kernel: Kernel, mainThread: number, host: SupervisorHost, kill: (process: number) => void) {
    this.#kernel = kernel;
    this.#kill = kill;
    this.#mainThread = mainThread;
    this.#host = host;
  }

  /** Whether the program has a handler of its own for a signal that would end it. */
  handles(signum: number): boolean {
    return this.#wanted.has(signum);
  }

  receive(message: Message & { kind: "listen" | "alarm" }): void {
    if (message.kind === "listen") this.#listen(message.signum, message.bit);
    else {
      this.#clearAlarm(message.thread);
      this.#setAlarm(message.thread, message.after, message.every);
    }
  }

  #listen(signum: number, bit: number): void {
    if (bit === 0) this.#wanted.delete(signum);
    else this.#wanted.add(signum);
    this.#host.listen(signum, bit === 0 ? undefined : () => this.#kernel.thread_interrupt(this.#mainThread, bit));
  }

  /** Takes over a reference to the thread's record. */
  #setAlarm(thread: number, after: number, every: number): void {
    if (after <= 0 || this.#kernel.thread_state(thread) >= ThreadState.Stopped) {
      this.#kernel.object_release(thread);
      return;
    }
    const alarm = setTimeout(() => {
      this.#alarms.delete(thread);
      this.#ring(thread);
      this.#setAlarm(thread, every, every);
    }, after * 1000);
    this.#alarms.set(thread, alarm);
  }

  /** A child process that has no handler ends, whatever it does; the first one looks for itself. */
  #ring(thread: number): void {
    const kernel = this.#kernel;
    const process = kernel.thread_process(thread) >>> 0;
    const isHandled = (kernel.process_counter(process, Counter.Signals) & (1 << SIGALRM)) !== 0;
    if (isHandled || thread === this.#mainThread) kernel.thread_interrupt(thread, 1 << SIGALRM);
    else if (kernel.process_decide(process, -SIGALRM)) this.#kill(process);
  }

  #clearAlarm(thread: number): void {
    if (!this.#alarms.has(thread)) return;
    clearTimeout(this.#alarms.get(thread));
    this.#alarms.delete(thread);
    this.#kernel.object_release(thread);
  }

  /** The program is over. */
  close(): void {
    for (const alarm of this.#alarms.values()) clearTimeout(alarm);
    this.#alarms.clear();
    for (const signum of this.#wanted) this.#host.listen(signum, undefined);
    this.#wanted.clear();
  }
}
