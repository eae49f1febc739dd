// Threads that wait for each other in a circle: how the supervisor finds them, and what it says.
//
// A wait is an arrow from a thread to what it waits for: to the owner of a lock, to the thread that it joins. A circle of
// arrows is a deadlock if nobody outside can break it: an RLock is released by its owner alone and a thread ends by itself,
// but a plain Lock may be released by anyone. So a circle with a plain Lock counts only while every thread of the program
// waits without end. Who owns a lock is read from memory; a circle is told when it is still there at the next look.
import { Kind, ThreadState } from "../../assembly/status";
import type { Kernel } from "../kernel/kernel";
import type { Frame, Message } from "../platform/types";

export type Wait = Extract<Message, { kind: "waits" }>;

const NOUNS: Partial<Record<Kind, string>> = { [Kind.Mutex]: "Lock", [Kind.RLock]: "RLock" };

export class DeadlockWatch {
  /** By the address of the thread's record. */
  readonly #waits = new Map<number, Wait>();
  #suspects = "";
  #isTold = false;

  constructor(
    private readonly kernel: Kernel,
    private readonly liveThreads: () => number[],
    private readonly frames: (stack: string) => Promise<string>,
  ) {}

  begin(wait: Wait): void {
    this.#waits.set(wait.thread, wait);
  }

  end(thread: number): void {
    this.#waits.delete(thread);
  }

  /** Looks for a circle. Gives back what is to be said of it: once, and only of one that was there at the last look. */
  async look(now: number): Promise<string | undefined> {
    if (this.#isTold) return undefined;
    const circle = this.#circle();
    const suspects = circle.map(({ thread, since }) => `${thread}@${since}`).join();
    const isSame = suspects !== "" && suspects === this.#suspects;
    this.#suspects = suspects;
    if (!isSame) return undefined;
    this.#isTold = true;
    return this.#report(circle, now);
  }

  #circle(): Wait[] {
    for (const first of this.#waits.values()) {
      const path: Wait[] = [];
      let wait: Wait | undefined = first;
      while (wait && !path.includes(wait)) {
        path.push(wait);
        wait = this.#blocker(wait);
      }
      if (!wait) continue;
      const circle = path.slice(path.indexOf(wait));
      if (this.#isClosed(circle)) return fromFirst(circle);
    }
    return [];
  }

  /** The wait of the thread that `wait` is for, if that one waits too. */
  #blocker({ object }: Wait): Wait | undefined {
    const kind = this.#kindOf(object);
    if (kind === Kind.Thread) {
      return this.kernel.thread_state(object) < ThreadState.Stopped ? this.#waits.get(object) : undefined;
    }
    if (kind !== Kind.Mutex && kind !== Kind.RLock) return undefined;
    const owner = this.kernel.mutex_owner(object);
    return [...this.#waits.values()].find(({ id }) => id === owner);
  }

  #isClosed(circle: Wait[]): boolean {
    if (circle.every(({ object }) => this.#kindOf(object) !== Kind.Mutex)) return true;
    return this.liveThreads().every((thread) => this.#waits.has(thread));
  }

  #kindOf(object: number): Kind {
    return this.kernel.object_kind(object);
  }

  async #report(circle: Wait[], now: number): Promise<string> {
    const count = circle.length === 1 ? "A thread waits for itself" : `${circle.length} threads wait for each other`;
    const lines = [`Deadlock: ${count}, for ever.\n`];
    for (const wait of circle) {
      const seconds = ((now - wait.since) / 1000).toFixed(1);
      const held = circle.filter((other) => other !== wait && this.#blocker(other) === wait && this.#isLock(other));
      const holds = held.map((other) => this.#nameOf(other)).join(", ");
      lines.push(
        `  ${wait.name}${holds ? ` holds ${holds}, and` : ""} has been waiting ${seconds} s for ${this.#wanted(wait)}\n`,
      );
      const frame = (JSON.parse(await this.frames(wait.stack)) as Frame[]).at(-1);
      if (frame) lines.push(`    File "${frame.file}", line ${frame.line}, in ${frame.name}\n      ${frame.source}\n`);
    }
    return lines.join("");
  }

  #isLock({ object }: Wait): boolean {
    return this.#kindOf(object) !== Kind.Thread;
  }

  #nameOf({ object }: Wait): string {
    return `${NOUNS[this.#kindOf(object)]} at 0x${object.toString(16).padStart(12, "0")}`;
  }

  #wanted(wait: Wait): string {
    const blocker = this.#blocker(wait);
    if (!this.#isLock(wait)) return `the end of ${blocker?.name}`;
    return `${this.#nameOf(wait)}, held by ${blocker === wait ? "itself" : blocker?.name}`;
  }
}

/** The circle, told from the thread that was made first. */
function fromFirst(circle: Wait[]): Wait[] {
  const first = circle.reduce((least, { id }, i) => (id < circle[least]!.id ? i : least), 0);
  return [...circle.slice(first), ...circle.slice(0, first)];
}
