// Threads that use the kernel directly: each a worker with an instance of its own over one memory, and no runtime.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";

/** What a worker of the harness runs: the body of `(k, me, env, args) => result`. */
export type Body = string;

const WASM = fileURLToPath(new URL("../../build/kernel.wasm", import.meta.url));

/** Source of each worker, and of the main instance: how the kernel is instantiated. */
const PRELUDE = `
const [s, ns] = process.hrtime();
const offset = s * 1e3 + ns / 1e6 - performance.now();
function attach(module, memory) {
  const ints = new Int32Array(memory.buffer);
  const codes = { ok: 0, "not-equal": 1, "timed-out": 2 };
  const wait = (address, expected, ms) => codes[Atomics.wait(ints, address >>> 2, expected, ms)];
  const now = () => performance.now() + offset;
  return { k: new WebAssembly.Instance(module, { env: { memory, wait, now } }).exports, now, ints, view: new Float64Array(memory.buffer) };
}
`;

const WORKER = `${PRELUDE}
const { workerData, parentPort } = require("node:worker_threads");
const { module, memory, me, body, args } = workerData;
const { k, now, ints, view } = attach(module, memory);
const mailbox = k.thread_mailbox(me) >>> 3;
const put = (q, v, deadline = Infinity) => { view[mailbox] = v; return k.queue_put(q, me, deadline); };
const get = (q, deadline = Infinity) => (k.queue_get(q, me, deadline) === 0 ? view[mailbox] : undefined);
parentPort.postMessage(new Function("k", "me", "env", "args", body)(k, me, { now, ints, view, put, get, mailbox }, args));
`;

export class Machine {
  readonly module = new WebAssembly.Module(readFileSync(WASM));
  readonly memory: WebAssembly.Memory;
  readonly k: Record<string, (...args: any[]) => number>;
  readonly now: () => number;
  readonly me: number;

  constructor(initial = 512, maximum = 65536) {
    this.memory = new WebAssembly.Memory({ initial, maximum, shared: true });
    const attached = new Function(`${PRELUDE} return attach;`)()(this.module, this.memory);
    this.k = attached.k;
    this.now = attached.now;
    this.k.allocator_init!();
    this.me = this.k.thread_new!(0);
  }

  /** Starts a worker that runs `body` as thread `thread`. */
  spawn(body: Body, args: unknown[], thread: number): Worker {
    const workerData = { module: this.module, memory: this.memory, me: thread, body, args };
    return new Worker(WORKER, { eval: true, workerData, execArgv: [] });
  }

  /** Runs `body` in a worker, as thread `thread` if given. */
  run<T>(body: Body, args: unknown[] = [], thread = this.k.thread_new!(0)): Promise<T> {
    const worker = this.spawn(body, args, thread);
    return new Promise((resolve, reject) => {
      let result: T;
      worker.on("message", (message) => {
        result = message;
      });
      worker.on("error", reject);
      worker.on("exit", () => resolve(result));
    });
  }

  /** Runs `body` in `n` workers at once; each finds its number as last argument. */
  runAll<T>(n: number, body: Body, args: unknown[] = []): Promise<T[]> {
    return Promise.all(Array.from({ length: n }, (_, i) => this.run<T>(body, [...args, i])));
  }

  /** Waits until `condition` holds, letting the event loop turn. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Walks over all blocks, and over the free lists: each free block is one of its class, and stands in one place only. */
export function expectSoundHeap(m: Machine): void {
  const ints = new Int32Array(m.memory.buffer);
  const HEAP = 66688;
  const end = ints[68 >> 2]! >>> 0;
  const sizeOf = (c: number) => (2 + (c & 1)) * 2 ** (4 + (c >> 1));
  const classes = new Map<number, number>();
  let block = HEAP;
  while (block < end) {
    classes.set(block, ints[block >> 2]!);
    block += sizeOf(ints[block >> 2]!);
  }
  if (block !== end) throw new Error(`the last block ends at ${block}, not at ${end}`);
  const free = new Set<number>();
  for (let c = 0; c < 60; c++) {
    if (ints[(128 + c * 8) >> 2] !== 0) throw new Error(`the lock of class ${c} is held`);
    for (let at = ints[(132 + c * 8) >> 2]! >>> 0; at !== 0; at = ints[(at + 8) >> 2]! >>> 0) {
      if (classes.get(at) !== c || free.has(at)) throw new Error(`the free list of class ${c} is damaged at ${at}`);
      free.add(at);
    }
  }
}
