// What this process has opened or closed: the bits of assembly/handle.ts.
import { ints, kernel, reach } from "../kernel/kernel";

/** Number of bits of a handle; of processes that live at a time no two have the same. */
const PROCESSES = 1024;

const number = 0;

/** Index of this process's bit. */
export function processBit(): number {
  return number % PROCESSES;
}

/** Whether this process's bit is set. */
export function bitOf(handle: number): boolean {
  const bit = processBit();
  const at = (kernel.handle_bits(handle) >>> 0) + (bit >>> 5) * 4;
  reach(at + 4);
  return (Atomics.load(ints, at >>> 2) & (1 << (bit & 31))) !== 0;
}

export function setBit(handle: number): void {
  kernel.handle_set(handle, processBit());
}

export function clearBit(handle: number): void {
  kernel.handle_clear(handle, processBit());
}
