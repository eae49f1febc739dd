// A thread of the program on Node: a worker thread.
import { createHmac } from "node:crypto";
import { writeSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { createContext, runInNewContext, Script } from "node:vm";
import { isMainThread, parentPort, threadId, workerData } from "node:worker_threads";
import type { ThreadHost } from "./types";

// performance.now() counts from the worker's own start, hrtime from the machine's: the difference puts all threads on one clock.
const [seconds, nanoseconds] = process.hrtime();
const offset = seconds * 1e3 + nanoseconds / 1e6 - performance.now();

const pause = new Int32Array(new SharedArrayBuffer(4));

/** Methods of Node's Buffer that its types do not tell of. */
type Slices = Record<"latin1Slice" | "ucs2Slice", (start: number, end: number) => string>;

/** The buffer as Node's own class, whose slice methods read shared memory directly. */
let buffer: Buffer<ArrayBufferLike> = Buffer.alloc(0);
function bufferOf(bytes: Uint8Array): Buffer<ArrayBufferLike> {
  if (buffer.buffer !== bytes.buffer) buffer = Buffer.from(bytes.buffer);
  return buffer;
}

/** A run of a script in a context with microtasks of its own ends with a checkpoint, where V8 forgets what it kept. */
let checkpoint = (): void => {
  const [script, context] = [new Script("0"), createContext({}, { microtaskMode: "afterEvaluate" })];
  checkpoint = () => void script.runInContext(context);
  checkpoint();
};

/**
 * glibc maps blocks from this size on one by one, and has the system take them back when they are freed; then each page of the next one
 * costs a fault, together more than its copy. When a block has been freed that was mapped, it keeps those that are not larger: so one
 * of the most that it goes by is allocated, never touched, and left to the collector. See mallopt(3), M_MMAP_THRESHOLD.
 */
const MAPPED = 1 << 17;
const MOST_MAPPED = 31 << 20;
let isRaised = false;

let collect = (): void => {
  setFlagsFromString("--expose-gc");
  collect = runInNewContext("gc") as () => void;
  setFlagsFromString("--no-expose-gc");
  collect();
};

/** Has `report` called with what a promise was rejected with that nobody awaits. */
export function onRejection(report: (error: unknown) => void): void {
  process.on("unhandledRejection", report);
}

export const host: ThreadHost = {
  library: !isMainThread && workerData?.library ? workerData.library : undefined,
  forgive(error) {
    process.on("uncaughtException", (other) => {
      if (other !== error) throw other;
    });
  },
  boot: (begin) => begin(workerData),
  send: (message) => parentPort?.postMessage(message),

  write(fd, text) {
    const data = Buffer.from(text);
    let written = 0;
    while (written < data.length) {
      try {
        written += writeSync(fd, data, written);
      } catch (error) {
        // A pipe that was made non-blocking is full: its reader is slower than we are.
        if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
        Atomics.wait(pause, 0, 0, 1);
      }
    }
  },

  wait(bufferTo) {
    let ints = new Int32Array(bufferTo(0));
    const codes = { ok: 0, "not-equal": 1, "timed-out": 2 };
    return (address, expected, milliseconds) => {
      const index = address >>> 2;
      if (index >= ints.length) ints = new Int32Array(bufferTo((address >>> 0) + 4));
      return codes[Atomics.wait(ints, index, expected, milliseconds)];
    };
  },

  now: () => performance.now() + offset,
  nativeId: () => threadId,
  afterTurn: (work) => void setImmediate(work),
  whileAlive: (work) => work(),
  leave: () => process.exit(0),
  executable: process.execPath,
  endsLate: false,
  forgetKept: () => checkpoint(),
  collect: () => collect(),
  allocate(size) {
    if (size >= MAPPED && !isRaised) {
      isRaised = true;
      Buffer.allocUnsafeSlow(MOST_MAPPED);
    }
    return Buffer.allocUnsafeSlow(size).buffer;
  },

  hmac: (digest, key, message) => createHmac(digest.replace("_", "-"), key).update(message).digest(),

  decode(bytes, start, end, latin1) {
    const from = bufferOf(bytes) as Buffer<ArrayBufferLike> & Slices;
    return latin1 ? from.latin1Slice(start, end) : from.ucs2Slice(start, end);
  },
  encode(text, bytes, start, latin1) {
    bufferOf(bytes).write(text, start, latin1 ? "latin1" : "utf16le");
  },
};
