// Names and numbers of the signals, as Linux has them.
import { repr } from "../builtins/repr";
import { set } from "../builtins/set";
import { callable } from "../callable";
import { ValueError } from "../exceptions";
import { extendCodec } from "../registry";

/** Name, number and text. */
const SIGNALS: readonly (readonly [name: string, number: number, text: string])[] = [
  ["SIGHUP", 1, "Hangup"],
  ["SIGINT", 2, "Interrupt"],
  ["SIGQUIT", 3, "Quit"],
  ["SIGILL", 4, "Illegal instruction"],
  ["SIGTRAP", 5, "Trace/breakpoint trap"],
  ["SIGABRT", 6, "Aborted"],
  ["SIGBUS", 7, "Bus error"],
  ["SIGFPE", 8, "Floating point exception"],
  ["SIGKILL", 9, "Killed"],
  ["SIGUSR1", 10, "User defined signal 1"],
  ["SIGSEGV", 11, "Segmentation fault"],
  ["SIGUSR2", 12, "User defined signal 2"],
  ["SIGPIPE", 13, "Broken pipe"],
  ["SIGALRM", 14, "Alarm clock"],
  ["SIGTERM", 15, "Terminated"],
  ["SIGSTKFLT", 16, "Stack fault"],
  ["SIGCHLD", 17, "Child exited"],
  ["SIGCONT", 18, "Continued"],
  ["SIGSTOP", 19, "Stopped (signal)"],
  ["SIGTSTP", 20, "Stopped"],
  ["SIGTTIN", 21, "Stopped (tty input)"],
  ["SIGTTOU", 22, "Stopped (tty output)"],
  ["SIGURG", 23, "Urgent I/O condition"],
  ["SIGXCPU", 24, "CPU time limit exceeded"],
  ["SIGXFSZ", 25, "File size limit exceeded"],
  ["SIGVTALRM", 26, "Virtual timer expired"],
  ["SIGPROF", 27, "Profiling timer expired"],
  ["SIGWINCH", 28, "Window changed"],
  ["SIGIO", 29, "I/O possible"],
  ["SIGPWR", 30, "Power failure"],
  ["SIGSYS", 31, "Bad system call"],
  ["SIGRTMIN", 34, "Real-time signal 0"],
  ["SIGRTMAX", 64, "Real-time signal 30"],
];

/** One more than the highest number. */
export const NSIG = 65;

/** Raises ValueError for what is no signal's number. */
export function checkSignal(signum: number): void {
  if (!Number.isInteger(signum) || signum < 1 || signum >= NSIG) throw ValueError("signal number out of range");
}

/** A signal's number with its name. The constants of the module are the bare numbers, so that `===` compares them. */
class SignalsType {
  readonly name!: string;
  readonly value!: number;

  constructor(value: number) {
    const known = byNumber.get(Number(value));
    if (!known) throw ValueError(`${repr(value)} is not a valid Signals`);
    // biome-ignore lint/correctness/noConstructorReturn: there is one object for each
    return known;
  }

  valueOf(): number {
    return this.value;
  }

  __int__(): number {
    return this.value;
  }

  __eq__(other: unknown): boolean {
    return Number(other) === this.value;
  }

  __hash__(): number {
    return this.value;
  }

  __str__(): string {
    return String(this.value);
  }

  __repr__(): string {
    return `<Signals.${this.name}: ${this.value}>`;
  }

  toString(): string {
    return String(this.value);
  }
}

const byNumber = new Map<number, SignalsType>();
const byName: Record<string, SignalsType> = {};
for (const [name, value] of SIGNALS) {
  const made = Object.assign(Object.create(SignalsType.prototype), { name, value }) as SignalsType;
  byNumber.set(value, Object.freeze(made));
  byName[name] = made;
}

type Name = (typeof SIGNALS)[number][0];

/** The signals with their names: `Signals(15).name` is "SIGTERM", `Signals.SIGTERM` the same object. */
export const Signals = Object.assign(callable(SignalsType, "Signals"), byName, {
  __members__: byName,
}) as unknown as { (value: number): SignalsType; new (value: number): SignalsType } & Record<Name, SignalsType>;
export type Signals = SignalsType;

Object.defineProperty(Signals, "__module__", { value: "signal" });
Object.defineProperty(Signals, Symbol.iterator, { value: () => byNumber.values() });
extendCodec(SignalsType, { name: "signal.Signals", reduce: (s) => s.value, restore: (n: number) => byNumber.get(n)! });

/** What the system says of a signal; None if there is no such. */
export function strsignal(signum: number): string | null {
  checkSignal(signum);
  return SIGNALS.find(([, number]) => number === signum)?.[2] ?? null;
}

/** All that may be given to `signal`. */
export function valid_signals(): set<number> {
  return set([...byNumber.keys(), ...Array.from({ length: 29 }, (_, i) => 35 + i)]) as set<number>;
}
