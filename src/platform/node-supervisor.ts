// The supervisor's side on Node: it starts worker threads and reads standard input.
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { net } from "./node-net";
import type { SupervisorHost, WorkerEvents, WorkerHandle } from "./types";

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
      start: (data, events) => handleOf(new Worker(file, { workerData: data, stdin: false }), events),
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
