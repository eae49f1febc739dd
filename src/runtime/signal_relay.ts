// The supervisor's part in signals: it passes on to the main thread those that the host receives, and keeps its alarm.
import type { Kernel } from "../kernel/kernel";
import type { Message, SupervisorHost } from "../platform/types";

const SIGALRM = 14;

export class SignalRelay {
  readonly #kernel: Kernel;
  readonly #mainThread: number;
  readonly #host: SupervisorHost;
  /** The signals that are passed on. */
  readonly #wanted = new Set<number>();
  #alarm: ReturnType<typeof setTimeout> | undefined;

  constructor(kernel: Kernel, mainThread: number, host: SupervisorHost) {
    this.#kernel = kernel;
    this.#mainThread = mainThread;
    this.#host = host;
  }

  /** Whether the program has a handler of its own for a signal that would end it. */
  handles(signum: number): boolean {
    return this.#wanted.has(signum);
  }

  receive(message: Message & { kind: "listen" | "alarm" }): void {
    if (message.kind === "listen") this.#listen(message.signum, message.bit);
    else this.#setAlarm(message.after, message.every);
  }

  #listen(signum: number, bit: number): void {
    if (bit === 0) this.#wanted.delete(signum);
    else this.#wanted.add(signum);
    this.#host.listen(signum, bit === 0 ? undefined : () => this.#kernel.thread_interrupt(this.#mainThread, bit));
  }

  #setAlarm(after: number, every: number): void {
    clearTimeout(this.#alarm);
    if (after <= 0) return;
    this.#alarm = setTimeout(() => {
      this.#kernel.thread_interrupt(this.#mainThread, 1 << SIGALRM);
      this.#setAlarm(every, every);
    }, after * 1000);
  }

  /** The program is over. */
  close(): void {
    clearTimeout(this.#alarm);
    for (const signum of this.#wanted) this.#host.listen(signum, undefined);
    this.#wanted.clear();
  }
}
