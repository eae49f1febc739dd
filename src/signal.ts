// Python's signal module: what the main thread does when the process is sent a signal.
//
// Handlers are kept with what programs assign to modules, so that all threads know of them; the main thread alone calls them.
import { signature } from "./arguments";
import { markBuiltin, typeName } from "./builtins/classes";
import { callable } from "./builtins/objects";
import { tuple } from "./builtins/tuple";
import { KeyboardInterrupt, OSError, TypeError, ValueError } from "./exceptions";
import { me } from "./kernel/kernel";
import { defineAll } from "./registry";
import { assign, assigned } from "./runtime/module_object";
import { counterOf, mainThreadAddress, parentPid, pid, setCounter } from "./runtime/process";
import { Counter } from "./runtime/process_words";
import { defaultAction, listen, sendSignal, setAlarm, setSignals, untilSignal } from "./runtime/signals";
import { now } from "./runtime/wait";
import { checkSignal } from "./signal/numbers";

export { NSIG, Signals, strsignal, valid_signals } from "./signal/numbers";

export const SIGHUP = 1;
export const SIGINT = 2;
export const SIGQUIT = 3;
export const SIGILL = 4;
export const SIGTRAP = 5;
export const SIGABRT = 6;
export const SIGBUS = 7;
export const SIGFPE = 8;
export const SIGKILL = 9;
export const SIGUSR1 = 10;
export const SIGSEGV = 11;
export const SIGUSR2 = 12;
export const SIGPIPE = 13;
export const SIGALRM = 14;
export const SIGTERM = 15;
export const SIGSTKFLT = 16;
export const SIGCHLD = 17;
export const SIGCONT = 18;
export const SIGSTOP = 19;
export const SIGTSTP = 20;
export const SIGTTIN = 21;
export const SIGTTOU = 22;
export const SIGURG = 23;
export const SIGXCPU = 24;
export const SIGXFSZ = 25;
export const SIGVTALRM = 26;
export const SIGPROF = 27;
export const SIGWINCH = 28;
export const SIGIO = 29;
export const SIGPWR = 30;
export const SIGSYS = 31;
export const SIGRTMIN = 34;
export const SIGRTMAX = 64;
export const SIGCLD = 17;
export const SIGIOT = 6;
export const SIGPOLL = 29;
export const SIG_DFL = 0;
export const SIG_IGN = 1;
export const ITIMER_REAL = 0;

/** What is called for a signal, with its number and None for CPython's frame. */
export type Handler = (signum: number, frame: null) => unknown;

/** Raises KeyboardInterrupt: what Ctrl-C does unless another handler is set. */
export function default_int_handler(_signum?: number, _frame?: unknown): never {
  throw KeyboardInterrupt();
}

markBuiltin(default_int_handler);

/** A handler that cannot be shared is known to the main thread alone, which is enough. */
const perThread = Array.from({ length: 65 }, (_, signum) => `$${signum}`);

function handlerOf(signum: number): Handler | number {
  return assigned<Handler | number>(`signal.$${signum}`, signum === SIGINT ? default_int_handler : SIG_DFL);
}

const bindSignal = signature<[signalnum: number, handler: Handler | number]>("signal(signalnum, handler, /)");

/**
 * Sets what the main thread does when the process is sent a signal: a function, SIG_IGN or SIG_DFL. It is called where the main
 * thread waits or sends the signal itself, also in the middle of a wait, which goes on afterwards unless the handler raises.
 *
 * @returns the handler before
 * @throws ValueError in another thread than the main one
 */
export function signal(signalnum: number, handler: Handler | number): Handler | number;
export function signal(...args: unknown[]): Handler | number {
  const [signalnum, handler] = bindSignal(args);
  const signum = toNumber(signalnum);
  if (me !== mainThreadAddress()) throw ValueError("signal only works in main thread of the main interpreter");
  checkSignal(signum);
  if (handler !== SIG_DFL && handler !== SIG_IGN && !callable(handler)) {
    throw TypeError("signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object");
  }
  if (signum === SIGKILL || signum === SIGSTOP) throw OSError(22, "Invalid argument");
  const before = handlerOf(signum);
  assign(`signal.$${signum}`, handler, { perThread });
  if (signum === SIGINT) return before;
  const handled = counterOf(Counter.Signals);
  const bit = 1 << signum;
  setCounter(Counter.Signals, handler === SIG_DFL ? handled & ~bit : handled | bit);
  // The host has but one process.
  if (parentPid() === 0) listen(signum, handler !== SIG_DFL);
  return before;
}

/** The handler of a signal. */
export function getsignal(signalnum: number): Handler | number {
  const signum = toNumber(signalnum);
  checkSignal(signum);
  return handlerOf(signum);
}

function toNumber(signum: unknown): number {
  if (typeof signum !== "number" && typeof signum?.valueOf() !== "number") {
    throw TypeError(`'${typeName(signum)}' object cannot be interpreted as an integer`);
  }
  return Number(signum);
}

/** Sends the process a signal; its handler has run when this returns in the main thread. */
export function raise_signal(signalnum: number): void {
  const signum = toNumber(signalnum);
  if (!Number.isInteger(signum) || signum < 0 || signum > 64) throw OSError(22, "Invalid argument");
  if (signum !== 0) sendSignal(signum);
}

/** As raise_signal: handlers run in the main thread, whichever thread the signal is for. */
export function pthread_kill(_thread_id: number, signalnum: number): void {
  raise_signal(signalnum);
}

/** Sleeps until the process has been sent a signal and its handler has run. */
export function pause(): void {
  untilSignal();
}

/** Nothing to do: waits go on after a handler, as Python's do. */
export function siginterrupt(signalnum: number, _flag: boolean): void {
  checkSignal(toNumber(signalnum));
}

const ALARM = "signal.$alarm";

/** When the alarm will ring on the kernel's clock, and the seconds between its next rings. A parent's is not inherited. */
function alarmNow(): [at: number, every: number] {
  const [at, every, owner] = assigned<readonly [number, number, number]>(ALARM, [0, 0, pid()]);
  return owner === pid() ? [at, every] : [0, 0];
}

const bindTimer = signature<[which: number, seconds: number, interval: number]>(
  "setitimer(which, seconds, interval=0.0, /)",
);

/**
 * Has the process sent SIGALRM after some seconds, and then every `interval` seconds; 0 stops it.
 *
 * @returns the seconds that were left, and the interval
 */
export function setitimer(which: number, seconds: number, interval?: number): tuple<number>;
export function setitimer(...args: unknown[]): tuple<number> {
  const [which, seconds, interval] = bindTimer(args);
  const before = getitimer(which);
  assign(ALARM, tuple([seconds > 0 ? now() + seconds * 1000 : 0, interval, pid()]));
  setAlarm(seconds, interval);
  return before;
}

/** The seconds until the alarm rings, and its interval. */
export function getitimer(which: number): tuple<number> {
  if (which !== ITIMER_REAL) throw OSError(22, "Invalid argument");
  const [at, every] = alarmNow();
  const left = at - now();
  if (left > 0) return tuple([left / 1000, every]);
  return tuple(every > 0 && at > 0 ? [every - ((-left / 1000) % every), every] : [0, 0]);
}

/** Has the process sent SIGALRM after some seconds; 0 for never. Gives the seconds that were left of an alarm before. */
export function alarm(seconds: number): number {
  return Math.ceil(setitimer(ITIMER_REAL, seconds)[0]!);
}

setSignals(
  (signum) => handlerOf(signum) !== SIG_DFL,
  (signum) => {
    const handler = handlerOf(signum);
    if (typeof handler === "function") handler(signum, null);
    else if (handler === SIG_DFL) defaultAction(signum);
    else if (handler !== SIG_IGN) (handler as unknown as { __call__: Handler }).__call__(signum, null);
  },
);

defineAll("signal", {
  default_int_handler,
  signal,
  getsignal,
  raise_signal,
  pthread_kill,
  pause,
  siginterrupt,
  setitimer,
  getitimer,
  alarm,
});
