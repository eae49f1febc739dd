// A thread that meets what another has put into memory which that one has just made grow.
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { bufferTo } from "../../src/kernel/memory";
import { compileKernel, type Patch } from "./compile";

const ASSEMBLY = fileURLToPath(new URL("../../assembly/", import.meta.url));
/** Where the address of the newest page is published, and where it is told that it has been met. */
const PUBLISHED = 64;
const MET = 128;
const GROWTHS = 500;
const ATTEMPTS = 100;

/** A thread spends most of its time in `meet`, between its entry and the operation: without a loop, or it would hear of the growth. */
const ENTRY = `
import * as bulk from "./bulk";
import { wake } from "./futex";
export function publish(): u32 {
  const page = <u32>memory.grow(1) << 16;
  atomic.store<u32>(${PUBLISHED}, page);
  return page;
}
export function meet(seen: u32): u32 {
  let page = atomic.load<u32>(${PUBLISHED});
${"  if (page == seen) page = atomic.load<u32>(64);\n".repeat(300)}
  if (page == seen) return 0;
  if (page >> 16 & 1) {
    store<u64>(page + 8, load<u64>(page));
    atomic.add<u64>(page + 16, 1);
    atomic.cmpxchg<i32>(page + 24, 0, 1);
    wake(page + 32);
  }
  bulk.fill(page, 1, 64);
  if (page >> 16 & 2) bulk.copy(page + 64, page, 64);
  return page;
}
`;

const READER = `
const { workerData: { module, memory } } = require("node:worker_threads");
const { meet } = new WebAssembly.Instance(module, { env: { memory } }).exports;
const ints = new Int32Array(memory.buffer);
let traps = 0;
let seen = 0;
while (Atomics.load(ints, ${MET / 4}) >= 0) {
  let page = 0;
  try {
    page = meet(seen);
  } catch {
    traps++;
    page = Atomics.load(ints, ${PUBLISHED / 4});
  }
  if (page === 0) continue;
  seen = page;
  Atomics.store(ints, ${MET / 4}, page);
  Atomics.notify(ints, ${MET / 4});
}
require("node:worker_threads").parentPort.postMessage(traps);
`;

async function moduleWith(patches: Patch[]): Promise<WebAssembly.Module> {
  const binary = await compileKernel({ files: { "index.ts": ENTRY }, patches });
  return new WebAssembly.Module(binary as BufferSource);
}

async function trapsOf(module: WebAssembly.Module): Promise<number> {
  const memory = new WebAssembly.Memory({ initial: 2, maximum: 65536, shared: true });
  const ints = new Int32Array(memory.buffer);
  const { publish } = new WebAssembly.Instance(module, { env: { memory } }).exports as { publish(): number };
  const reader = new Worker(READER, { eval: true, workerData: { module, memory } });
  const traps = new Promise<number>((resolve, reject) => reader.on("message", resolve).on("error", reject));
  for (let i = 0; i < GROWTHS; i++) {
    const page = publish();
    let met = Atomics.load(ints, MET / 4);
    while (met !== page) {
      Atomics.wait(ints, MET / 4, met);
      met = Atomics.load(ints, MET / 4);
    }
  }
  Atomics.store(ints, MET / 4, -1);
  return traps;
}

test("nothing traps there", async () => {
  expect(await trapsOf(await moduleWith([]))).toBe(0);
});

test("it would if the kernel did not look first", async () => {
  const patch = { file: "growth.ts", find: "if (<i32>(address >>> 16) >= memory.size()) memory.grow(0);", replace: "" };
  const module = await moduleWith([patch]);
  let traps = 0;
  // Whether the reader is there at the moment is up to the host's scheduler.
  for (let attempt = 0; attempt < ATTEMPTS && traps === 0; attempt++) traps = await trapsOf(module);
  expect(traps).toBeGreaterThan(0);
});

test("so one file alone fills and copies, and one notifies", () => {
  const files = readdirSync(ASSEMBLY).filter((file) => file.endsWith(".ts"));
  const using = (what: RegExp) => files.filter((file) => what.test(readFileSync(join(ASSEMBLY, file), "utf8")));
  expect(using(/memory\.(fill|copy)\(/)).toEqual(["bulk.ts"]);
  expect(using(/atomic\.notify\(/)).toEqual(["futex.ts"]);
});

const RECEIVER = `
const { parentPort, workerData: { flags } } = require("node:worker_threads");
const bufferTo = (memory, end) => { BUFFER_TO };
parentPort.on("message", (memory) => {
  Atomics.store(flags, 0, 1);
  Atomics.wait(flags, 1, 0);
  parentPort.postMessage(bufferTo(memory, flags[2]).byteLength);
});
`;

test("a thread that is given a memory while it grows sees as much of it as it asks for", async () => {
  const flags = new Int32Array(new SharedArrayBuffer(16));
  const body = bufferTo.toString().replace(/^[^{]*\{|\}\s*$/g, "");
  const source = RECEIVER.replace("BUFFER_TO", () => body);
  const worker = new Worker(source, { eval: true, workerData: { flags } });
  for (let run = 0; run < 300; run++) {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 2000, shared: true });
    flags.fill(0);
    const answered = once(worker, "message");
    worker.postMessage(memory);
    for (let pages = 1; pages < 1000 && Atomics.load(flags, 0) === 0; pages++) memory.grow(1);
    flags[2] = memory.buffer.byteLength;
    Atomics.store(flags, 1, 1);
    Atomics.notify(flags, 1);
    expect(await answered).toEqual([flags[2]]);
  }
  await worker.terminate();
});
