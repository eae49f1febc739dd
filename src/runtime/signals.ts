// Signals: bits of the main thread's interrupt word. Who has been sent some attends to them where it waits.
//
// Ctrl-C has a bit of its own, that of KeyboardInterrupt, until the signal module is loaded and knows better.
import { host } from "#platform";
import { Interrupt, Status } from "../../assembly/status";
import { KeyboardInterrupt } from "../exceptions";
import { kernel, me } from "../kernel/kernel";
import { currentRecord, mainThreadAddress, parentPid } from "./process";
import { services } from "./services";
import { SignalRelay } from "./signal_relay";
import { attend, setDelivery, sleep } from "./wait";

services.SignalRelay = SignalRelay;

export const SIGINT = 2;
const SIGHUP = 1;
const SIGKILL = 9;
/** Whose default is that nothing happens: SIGCHLD, SIGCONT, SIGURG, SIGWINCH. */
const IGNORED = [17, 18, 23, 28];
/** Highest signal that can have a handler. */
const HIGHEST = 31;

/** The bit of a signal: 1 << signum, but for SIGHUP, which has that of SIGKILL, as that can have no handler. */
export function bitOf(signum: number): number {
  if (signum === SIGINT) return Interrupt.Keyboard;
  return 1 << (signum === SIGHUP ? SIGKILL : signum);
}

/** What is to be done for a signal in the main thread. */
type Handle = (signum: number) => void;

/** Which signals have a handler: a function is asked, since other threads may have set one. */
let isHandled: Handle | ((signum: number) => boolean) = (signum) => signum === SIGINT;
let handle: Handle = () => {
  throw KeyboardInterrupt();
};

/** Given by the signal module. */
export function setSignals(handled: (signum: number) => boolean, call: Handle): void {
  isHandled = handled;
  handle = call;
}

setDelivery((interrupts) => {
  let rest = interrupts & ~Interrupt.Exit;
  for (let signum = 1; signum <= HIGHEST && rest !== 0; signum++) {
    const bit = bitOf(signum);
    if ((rest & bit) === 0 || signum === SIGKILL) continue;
    rest &= ~bit;
    try {
      handle(signum);
    } catch (error) {
      // What has not been attended to stays.
      if (rest !== 0) kernel.thread_interrupt(me, rest);
      throw error;
    }
  }
});

/** Sends a signal to this process, from whichever of its threads. */
export function sendSignal(signum: number): void {
  if (!simulateSignal(signum)) defaultAction(signum);
}

/** As sendSignal, but a signal without a handler does nothing: then it is false. */
export function simulateSignal(signum: number): boolean {
  if (!isHandled(signum)) return false;
  const main = mainThreadAddress();
  kernel.thread_interrupt(main, bitOf(signum));
  if (me === main) attend();
  return true;
}

/** Ends the process at once with this exit code, and the program if it is the first; nothing more of it runs. */
export function exitNow(code: number): never {
  if (parentPid() === 0) host.send({ kind: "exit", code });
  else if (kernel.process_decide(currentRecord(), code)) host.send({ kind: "kill", process: currentRecord() });
  while (true) sleep(1e6);
}

/** Whether nothing happens by a signal that has no handler. */
export function isIgnored(signum: number): boolean {
  return IGNORED.includes(signum);
}

/** What the system does with a signal that has no handler. */
export function defaultAction(signum: number): void {
  if (!isIgnored(signum)) exitNow(parentPid() === 0 ? 128 + signum : -signum);
}

/** Asks the supervisor to pass on a signal that the host receives, or to pass it on no longer. */
export function listen(signum: number, wanted: boolean): void {
  if (signum <= HIGHEST) host.send({ kind: "listen", signum, bit: wanted ? bitOf(signum) : 0 });
}

/** Sets this process's alarm: SIGALRM after some seconds, and then every so many. */
export function setAlarm(after: number, every: number): void {
  const thread = mainThreadAddress();
  kernel.object_retain(thread);
  host.send({ kind: "alarm", thread, after, every });
}

/** Sleeps until there was something to attend to. */
export function untilSignal(): void {
  while (kernel.thread_sleep(me, Number.POSITIVE_INFINITY) !== Status.Interrupted);
  attend();
}
