// The kernel as one program needs it: without what its code does not call, a third less for a page to load.
//
// Functions are called by their numbers. So one that nobody reaches keeps its place, with a body that traps.
import { type Decoded, decode, SECTION } from "../../scripts/guard/decode.mjs";

const FUNCTION = 0;
/** The body of a function: its size, no locals, `unreachable`, `end`. */
const TRAP = [3, 0, 0x00, 0x0b];

/** Names of what the kernel exports, all of them functions. */
export function kernelNames(kernel: Uint8Array): string[] {
  return decode(kernel).exports.map(({ name }) => name);
}

/**
 * The kernel without the exports that `code` never names, and without what only they call.
 *
 * @param shortNames what `code` calls them, where that is not their own name, and what the result does
 */
export function trimKernel(kernel: Uint8Array, code: string, shortNames: Record<string, string> = {}): Uint8Array {
  const decoded = decode(kernel);
  const words = new Set(code.match(/[\w$]+/g));
  const exports = decoded.exports
    .map(({ name, index }) => ({ name: shortNames[name] ?? name, index }))
    .filter(({ name }) => words.has(name));
  const reached = reachable(
    decoded,
    exports.map(({ index }) => index),
  );
  const bytes = ({ start, end }: { start: number; end: number }) => [...kernel.subarray(start, end)];
  const trimmed = [...kernel.subarray(0, 8)];
  for (const section of decoded.sections) {
    let contents: number[];
    if (section.id === SECTION.export) contents = [...leb(exports.length), ...exports.flatMap(entry)];
    else if (section.id === SECTION.code) {
      const bodies = decoded.functions.map((one) => (reached.has(one.index) ? bytes(one) : TRAP));
      contents = [...leb(bodies.length), ...bodies.flat()];
    } else contents = bytes(section);
    trimmed.push(section.id, ...leb(contents.length), ...contents);
  }
  return Uint8Array.from(trimmed);
}

/** The numbers of the functions that those in `from` call, and they themselves. */
function reachable({ functions, imports }: Decoded, from: number[]): Set<number> {
  const reached = new Set<number>();
  const waiting = [...from];
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    if (index < imports || reached.has(index)) continue;
    reached.add(index);
    for (const { name, value } of functions[index - imports]!.code) if (name === "call") waiting.push(value!);
  }
  return reached;
}

function entry({ name, index }: { name: string; index: number }): number[] {
  return [...leb(name.length), ...Buffer.from(name), FUNCTION, ...leb(index)];
}

function leb(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...leb(value >>> 7)];
}
