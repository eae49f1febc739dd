// What this process has opened or closed: its bits in the handles of assembly/handle.ts.
import { ints, kernel, reach } from "../kernel/kernel";
import { currentRecord } from "./process";

/** Whether this process's bit is set. */
export function bitOf(handle: number): boolean {
  const bit = kernel.process_bit(currentRecord());
  const at = (kernel.handle_bits(handle) >>> 0) + (bit >>> 5) * 4;
  reach(at + 4);
  return (Atomics.load(ints, at >>> 2) & (1 << (bit & 31))) !== 0;
}

export function setBit(handle: number): void {
  kernel.handle_set(handle, kernel.process_bit(currentRecord()));
}

export function clearBit(handle: number): void {
  kernel.handle_clear(handle, kernel.process_bit(currentRecord()));
}
