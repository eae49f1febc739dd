// A worker's part in a program: what happens before the program's code is loaded, and the main thread's life.

import { host } from "#platform";
import { str } from "../builtins/repr";
import { KeyboardInterrupt, SystemExit } from "../exceptions";
import { holdAs } from "../kernel/holdings";
import { attachKernel, instantiateKernel, kernel } from "../kernel/kernel";
import { bufferTo } from "../kernel/memory";
import type { BootData } from "../platform/types";
import { untilIdle } from "./aio";
import { exitCallbacks, reportUncaught } from "./exit";
import { attachModules } from "./modules";
import { attachStreams, write } from "./output";
import { attachProcess } from "./process";
import { runChild } from "./processes";
import { begin, finish, runUntilIdle, serveAsCarrier } from "./threads";
import { ThreadExit } from "./wait";
import { watchWaits } from "./watch";

/** Exit code of a program that Ctrl-C has ended, as a shell gives it. */
const INTERRUPTED = 130;

/** Makes this context the one of a thread, or of a carrier, as `data` says. */
export function attach(data: BootData, wait = host.wait((end) => bufferTo(data.memory, end))): void {
  const isMain = data.mainThread !== 0;
  const kernelHost = { wait, now: host.now };
  attachKernel(instantiateKernel(data.module, data.memory, kernelHost), data.memory);
  holdAs(data.carrier);
  attachStreams(data.capture, data.argv);
  if (data.watch) watchWaits();
  attachModules(data.slots, isMain);
  if (isMain) begin(data.mainThread);
  else attachProcess(data.process);
}

/**
 * Runs the program if this worker is its main thread, else makes the worker a carrier. Called when the code is there.
 *
 * @param load evaluates the program's modules; gives a promise if one of them awaits at its top level
 */
export function start(load: () => unknown): void {
  Error.stackTraceLimit = 32;
  host.boot((data) => {
    attach(data);
    if (data.mainThread === 0) return after(load(), () => serveLoaded(data.carrier));
    host.send({ kind: "ready" });
    if (data.carrier === 0) runMain(load);
    else runSpawned(data, load);
  });
}

function serveLoaded(carrier: number): void {
  host.send({ kind: "ready" });
  serveAsCarrier(carrier);
}

function runMain(load: () => unknown): void {
  const end = (code: number) => {
    for (const callback of exitCallbacks()) code = attempt(callback) || code;
    host.send({ kind: "exit", code });
  };
  let loaded: unknown;
  const code = attempt(() => {
    loaded = load();
  });
  const failedLate = (error: unknown) => end(failed(error));
  if (loaded instanceof Promise) loaded.then(untilIdle).then(() => end(0), failedLate);
  // What the code has left waiting on its event loop is waited for.
  else {
    const rest = code === 0 ? untilIdle() : undefined;
    if (rest) rest.then(() => end(0));
    else end(code);
  }
}

/** The life of a spawned process's main thread; its worker then serves as a carrier. */
function runSpawned({ carrier, mainThread }: BootData, load: () => unknown): void {
  kernel.carrier_await(carrier, 0);
  const end = (failure?: number) => {
    void Promise.resolve(runUntilIdle(mainThread, () => runChild(failure))).then(() => {
      if (finish(carrier)) serveAsCarrier(carrier);
    });
  };
  const fail = (error: unknown) => end(failed(error));
  let loaded: unknown;
  try {
    loaded = load();
  } catch (error) {
    return fail(error);
  }
  if (loaded instanceof Promise) loaded.then(() => end(), fail);
  else end();
}

/** Goes on with `next` when `loaded` is done; at once if it is no promise. A worker that cannot load dies, and its host sees it. */
function after(loaded: unknown, next: () => void): void {
  if (loaded instanceof Promise) loaded.then(next, dieOf);
  else next();
}

function dieOf(error: unknown): void {
  host.afterTurn(() => {
    throw error;
  });
}

/** Runs a part of the main thread's life. Gives back the exit code it asks for. */
function attempt(part: () => void): number {
  try {
    part();
    return 0;
  } catch (error) {
    return failed(error);
  }
}

/** The exit code of a main thread that ended with `error`, which is printed if it is one. */
function failed(error: unknown): number {
  if (error instanceof ThreadExit) return 0;
  if (error instanceof SystemExit) return exitCode(error.code);
  reportUncaught(error);
  return error instanceof KeyboardInterrupt ? INTERRUPTED : 1;
}

/** Python's rule: None is 0, a number itself, anything else is printed and gives 1. */
function exitCode(code: unknown): number {
  if (code === null || code === undefined) return 0;
  if (typeof code === "number" || typeof code === "boolean") return Number(code) & 0xff;
  write(2, `${str(code)}\n`);
  return 1;
}
