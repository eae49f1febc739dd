// The os module's processes and machine.
import { signature } from "../arguments";
import { bytes } from "../builtins/bytes";
import { set } from "../builtins/set";
import { strerror } from "../errno/table";
import { OSError, ValueError } from "../exceptions";
import { defineAll } from "../registry";
import { isAttached, parentPid, pid as processId } from "../runtime/process";
import { signalProcess } from "../runtime/processes";
import { exitNow, sendSignal } from "../runtime/signals";
import { calling, system } from "../runtime/system";
import { structSequence } from "../structseq";

export { strerror };

export function getpid(): number {
  return isAttached() ? processId() : system.pid;
}

export function getppid(): number {
  return isAttached() && parentPid() !== 0 ? parentPid() : system.ppid;
}

/** How many processors the machine has. */
export function cpu_count(): number {
  return system.cpus();
}

/** The processors that this process may use. */
export function sched_getaffinity(_pid: number): set<number> {
  return set(Array.from({ length: system.cpus() }, (_, i) => i)) as set<number>;
}

export function sched_yield(): void {}

export function getlogin(): string {
  return (system.environ().USER ?? "") as string;
}

const uname_result = structSequence("posix.uname_result", ["sysname", "nodename", "release", "version", "machine"]);

export function uname() {
  return uname_result.make(["Linux", system.hostname(), "", "", ""]);
}

const terminal_size = structSequence("os.terminal_size", ["columns", "lines"]);

export function get_terminal_size(_fd = 1) {
  return terminal_size.make(system.terminalSize());
}

/** Bytes that nobody can foretell. */
export function urandom(size: number): bytes {
  if (size < 0) throw ValueError("negative argument not allowed");
  const made = new Uint8Array(size);
  for (let at = 0; at < size; at += 65536) system.random(made.subarray(at, at + 65536));
  return bytes(made);
}

const bindExit = signature<[status: number]>("_exit(status)");

/** Ends the process at once: no `finally`, no atexit, no waiting for threads. */
export function _exit(status: number): never;
export function _exit(...args: unknown[]): never {
  exitNow(bindExit(args)[0] & 0xff);
}

/** Ends the process as a failed assertion of the system's would. */
export function abort(): never {
  exitNow(134);
}

const bindKill = signature<[pid: number, sig: number]>("kill(pid, signal, /)");

/**
 * Sends a signal to a process. A handler of the program is called in the process's main thread, at once if that is the caller,
 * else where it waits next.
 *
 * @throws ProcessLookupError if there is no such process
 */
export function kill(pid: number, sig: number): void;
export function kill(...args: unknown[]): void {
  const [pid, sig] = bindKill(args);
  if (sig < 0 || sig > 64) throw OSError(22, strerror(22));
  if (pid === getpid()) {
    if (sig !== 0) sendSignal(sig);
  } else if (!isAttached() || !signalProcess(pid, sig)) calling(() => system.kill(pid, sig));
}

defineAll("os", {
  getpid,
  getppid,
  cpu_count,
  sched_getaffinity,
  sched_yield,
  getlogin,
  uname,
  get_terminal_size,
  urandom,
  _exit,
  abort,
  kill,
});
