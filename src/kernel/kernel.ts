// This thread's instance of the kernel, and its views of kernel memory.
//
// `kernel`, `me` and the views are live bindings: a bundler turns them into plain variables, so that a facade's fast path
// is one call into WebAssembly. The views are taken anew when the memory has grown past them.
import type { instantiate } from "../../build/kernel.js";
import { RuntimeError } from "../exceptions";
import { bufferTo } from "./memory";

export type Kernel = Awaited<ReturnType<typeof instantiate>>;

/** What the kernel imports from its host. */
export interface KernelHost {
  /** Sleeps while the i32 at byte `address` is `expected`, for at most `milliseconds`. May return early. */
  wait(address: number, expected: number, milliseconds: number): number;
  /** Milliseconds on a monotonic clock that is the same in all threads of the program. */
  now(): number;
}

/** Instantiates the kernel over a program's memory. */
export function instantiateKernel(module: WebAssembly.Module, memory: WebAssembly.Memory, host: KernelHost): Kernel {
  const { wait, now } = host;
  return new WebAssembly.Instance(module, { env: { memory, wait, now } }).exports as unknown as Kernel;
}

let beginProgram = (): void => {
  throw RuntimeError(
    "no program runs here: start one with `pythreads run port.ts`, or with run() from code, or `await ready()` first",
  );
};

/** Tells how a context that belongs to no program becomes one of its own, at its first use of the kernel. */
export function setBeginning(begin: () => void): void {
  beginProgram = begin;
}

/** Before the context belongs to a program, any use of the kernel begins one, or says what is missing. */
const nowhere = new Proxy({} as Kernel, {
  get(_, name) {
    beginProgram();
    return kernel[name as keyof Kernel];
  },
});

export let kernel: Kernel = nowhere;
/** Address of the record of the thread that runs here; 0 while a carrier has none. */
export let me = 0;
/** Index of this thread's mailbox in `view`. */
export let mailbox = 0;

let memory: WebAssembly.Memory;
/** Kernel memory as doubles: words that are numbers are read and written here directly. */
export let view: Float64Array;
/** Kernel memory as 32-bit integers, for the halves of other words and for headers. */
export let ints: Int32Array;
export let bytes: Uint8Array;

/** Makes this JavaScript context a part of the program that lives in `memory`. */
export function attachKernel(ofProgram: Kernel, programMemory: WebAssembly.Memory): void {
  instance = ofProgram;
  kernel = instance;
  memory = programMemory;
  refreshViews(0);
}

let instance: Kernel;

/** From now on every use of the kernel throws, until `returnToKernel`. */
export function leaveKernel(reason: () => unknown): void {
  kernel = new Proxy({} as Kernel, {
    get() {
      throw reason();
    },
  });
}

export function returnToKernel(): void {
  kernel = instance;
}

function refreshViews(end: number): void {
  const buffer = bufferTo(memory, end);
  view = new Float64Array(buffer);
  ints = new Int32Array(buffer);
  bytes = new Uint8Array(buffer);
}

/** Makes sure that the views reach to `end`: another thread may have made the memory grow. */
export function reach(end: number): void {
  if (end > bytes.length) refreshViews(end);
}

/** Makes `thread` the current thread of this context. */
export function become(thread: number): void {
  me = thread;
  if (thread === 0) return;
  const box = kernel.thread_mailbox(thread) >>> 0;
  reach(box + 8);
  mailbox = box >>> 3;
}
