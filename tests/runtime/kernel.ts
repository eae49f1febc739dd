// A kernel of the test's own, in whose memory this very thread is one of the program's.
import { readFileSync } from "node:fs";
import { attachKernel, become, instantiateKernel, kernel } from "../../src/kernel/kernel";
import { attachProcess } from "../../src/runtime/process";
import { ProcessWord } from "../../src/runtime/process_words";

export function attachTestKernel(): void {
  const module = new WebAssembly.Module(readFileSync(new URL("../../build/kernel.wasm", import.meta.url)));
  const memory = new WebAssembly.Memory({ initial: 16, maximum: 65536, shared: true });
  attachKernel(instantiateKernel(module, memory, { wait: () => 0, now: () => performance.now() }), memory);
  kernel.allocator_init();
  const process = kernel.process_new(0) >>> 0;
  attachProcess(process);
  const words = new Int32Array(memory.buffer, kernel.process_words(process) >>> 0);
  words[ProcessWord.Names * 2] = kernel.list_new();
  words[ProcessWord.NamesLock * 2] = kernel.mutex_new();
  become(kernel.thread_new(0, process));
}

/** A source of the same numbers in [0, 1) for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
