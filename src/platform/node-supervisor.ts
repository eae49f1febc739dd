// The supervisor's side on Node: it starts worker threads and reads standard input.
import { mkdtempSync, readFileSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Worker } from "node:worker_threads";
import type { SupervisorHost } from "./types";

const listeners = new Map<number, () => void>();
let lines: AsyncIterator<string> | undefined;

export const supervisorHost: SupervisorHost = {
  now() {
    const [seconds, nanoseconds] = process.hrtime();
    return seconds * 1e3 + nanoseconds / 1e6;
  },

  grace: 0,
  endGrace: 2,

  loadKernel: () => WebAssembly.compile(readFileSync(new URL("./kernel.wasm", import.meta.url))),

  install(code, isModule) {
    const folder = mkdtempSync(join(tmpdir(), "pythreads-"));
    const file = join(folder, isModule ? "program.mjs" : "program.cjs");
    writeFileSync(file, code);
    return {
      file,
      start(data, events) {
        const worker = new Worker(file, { workerData: data, stdin: false });
        let failure: Error | undefined;
        worker.on("message", events.message);
        worker.on("error", (error: Error) => {
          failure = error;
        });
        worker.on("exit", (code) => {
          events.ended(failure ?? (code === 0 ? undefined : new Error(`the worker ended with code ${code}`)));
        });
        return { terminate: () => void worker.terminate() };
      },
      remove: () => rmSync(folder, { recursive: true, force: true }),
    };
  },

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
};
