// The supervisor's side on Node: it starts worker threads and reads standard input.
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { constants as vm } from "node:vm";
import { Worker } from "node:worker_threads";
import { LOADER, type Loaded, type Loading } from "./node-loader";
import { net } from "./node-net";
import type { BootData, Installed, Message, SupervisorHost, WorkerEvents, WorkerHandle } from "./types";

const readKernel = () => readFileSync(new URL("./kernel.wasm", import.meta.url));

function handleOf(worker: Worker, events: WorkerEvents): WorkerHandle {
  let failure: Error | undefined;
  worker.on("message", events.message);
  worker.on("error", (error: Error) => {
    failure = error;
  });
  worker.on("exit", (code) => {
    events.ended(failure ?? (code === 0 ? undefined : new Error(`the worker ended with code ${code}`)));
  });
  return { terminate: () => void worker.terminate() };
}

function workerOn(file: string, data: BootData, events: WorkerEvents): WorkerHandle {
  return handleOf(new Worker(file, { workerData: data, stdin: false }), events);
}

/** Whether this Node knows the option by which code that it is given as text can import: from 20.12 on. */
const canLoad = vm?.USE_MAIN_CONTEXT_DEFAULT_LOADER !== undefined;

/** How workers on a script start: see node-loader.ts. */
function loading(file: string, code: string): Installed["start"] {
  let compiled: Uint8Array | undefined;
  let asked = false;
  return (data, events) => {
    // Of a carrier: the main thread has better things to do.
    const gives = !asked && data.mainThread === 0;
    asked ||= gives;
    const workerData = { ...data, loading: { file, code, compiled, gives } satisfies Loading };
    const worker = new Worker(LOADER, { eval: true, workerData, stdin: false });
    return handleOf(worker, {
      ...events,
      message(message: Message | Loaded) {
        if ("compiled" in message) compiled = message.compiled;
        else events.message(message);
      },
    });
  };
}

const listeners = new Map<number, () => void>();
let lines: AsyncIterator<string> | undefined;

export const supervisorHost: SupervisorHost = {
  now() {
    const [seconds, nanoseconds] = process.hrtime();
    return seconds * 1e3 + nanoseconds / 1e6;
  },

  grace: 0,
  endGrace: 2,

  mayPause: true,
  loadKernel: () => WebAssembly.compile(readKernel()),
  kernelNow: () => new WebAssembly.Module(readKernel()),

  beforeExit: (callback) => void process.once("beforeExit", callback),

  mainModule() {
    const [, file] = process.argv;
    return file && existsSync(file) ? pathToFileURL(realpathSync(file)).href : undefined;
  },

  install(code, isModule) {
    const folder = mkdtempSync(join(tmpdir(), "pythreads-"));
    const file = join(folder, isModule ? "program.mjs" : "program.cjs");
    writeFileSync(file, code);
    return {
      file,
      start: isModule || !canLoad ? (data, events) => workerOn(file, data, events) : loading(file, code),
      remove: () => rmSync(folder, { recursive: true, force: true }),
    };
  },

  onModule: (url, main) => ({
    file: url,
    start(data, events) {
      const worker = new Worker(new URL(url), { workerData: { ...data, entry: url, library: { main } }, stdin: false });
      const handle = handleOf(worker, events);
      worker.unref(); // after it is listened to, which refers to it
      return handle;
    },
    remove() {},
  }),

  async readLine() {
    lines ??= createInterface({ input: process.stdin })[Symbol.asyncIterator]();
    const { done, value } = await lines.next();
    return done ? null : value;
  },

  listen(signum, received) {
    const name = Object.entries(constants.signals).find(([, number]) => number === signum)?.[0] as NodeJS.Signals;
    const before = listeners.get(signum);
    if (before) process.off(name, before);
    listeners.delete(signum);
    if (!received || !name) return;
    process.on(name, received);
    listeners.set(signum, received);
  },

  write: (fd, text) => void writeSync(fd, text),
  net,
};
