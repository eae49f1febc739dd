// The supervisor of a program on the host's own thread. Besides what every supervisor does it has the host's sockets, looks for
// threads that wait for each other, and lets its thread take part. A page's, which is a worker, can do without.
import { supervisorHost as host } from "#platform/supervisor";
import type { SocketQuestion } from "../platform/types";
import { DeadlockWatch } from "./deadlock";
import { Fetches } from "./fetches";
import { services } from "./services";
import { SignalRelay } from "./signal_relay";
import type { Sockets } from "./sockets";
import { Program, type Reply, type WaitMessage } from "./supervisor";

/** Milliseconds between two looks for threads that wait for each other. */
const LOOK_EVERY = 500;
/** Exit code of a program that is ended for a deadlock. */
const DEADLOCK = 70;
/** How long the program's end waits for what is still to be sent. */
const LINGER_MS = 2000;

export { startProgram } from "./supervisor";

Object.assign(services, { Fetches, SignalRelay });

export class HostProgram extends Program {
  /** Made when a thread first asks for one. */
  #sockets: Promise<Sockets> | undefined;
  readonly #deadlocks = new DeadlockWatch(
    this.kernel,
    () => this.liveThreads(),
    (stack) => this.framesOf(stack),
  );
  readonly #looking = this.options.deadlock && setInterval(() => this.#lookForDeadlocks(), LOOK_EVERY);

  /**
   * The values of variables that the main module exports, as soon as they have one: `const { jobs } = await
   * program.exports("jobs")`. From then on the calling thread belongs to the program, and awaits its objects:
   * `await jobs.aio.put(1)`. A thread can belong to one program only.
   *
   * @throws AttributeError if the port exports no variable of that name
   * @throws RuntimeError if this thread belongs to another program, or the program has ended
   */
  async exports(...names: string[]): Promise<Record<string, any>> {
    const { exportsOf } = await import("./guest");
    return exportsOf(
      this.invitation,
      (message) => this.receive(message),
      names,
      () => this.over,
    );
  }

  protected override heed(message: WaitMessage): void {
    if (message.kind === "waits") this.#deadlocks.begin(message);
    else this.#deadlocks.end(message.thread);
  }

  async #lookForDeadlocks(): Promise<void> {
    const report = await this.#deadlocks.look(host.now());
    if (report === undefined || this.over) return;
    this.write(2, report);
    if (this.options.deadlock === "exit") this.end(DEADLOCK);
  }

  protected override async answerSocket(question: SocketQuestion, thread: number, reply: Reply): Promise<void> {
    const { net } = host;
    if (!net) return super.answerSocket(question, thread, reply);
    this.#sockets ??= import("./sockets").then(({ Sockets }) => new Sockets(this.kernel, this.memory, this.self, net));
    return (await this.#sockets).answer(question, thread, reply);
  }

  protected override close(): Promise<void> | undefined {
    clearInterval(this.#looking);
    return this.#sockets?.then(sendRest);
  }
}

/** What was written is sent, if the other end takes it; an operating system does so when a process has ended. */
async function sendRest(sockets: Sockets): Promise<void> {
  const enough = new Promise((resolve) => setTimeout(resolve, LINGER_MS));
  await Promise.race([sockets.end(), enough]);
  sockets.abort();
}
