// The bytes behind a view, whatever its own `buffer` says: that of an array in kernel memory speaks of the array's part alone.
// And how bytes are copied to and from kernel memory.
import { host } from "#platform";
import { bytes } from "../kernel/kernel";

/**
 * Bytes that are copied at once: from here on that is quicker than one by one. They begin and end at multiples of 8 bytes, since V8
 * copies from and to shared memory by words only where both sides are aligned alike.
 */
export const MANY = 48;
/** From here on a buffer that the host need not clear first is quicker. */
const BARE = 4096;

/** What reads `buffer` and `byteOffset` as JavaScript itself has them. */
function intrinsic(prototype: object, name: string): (view: object) => any {
  const { get } = Object.getOwnPropertyDescriptor(prototype, name)!;
  return (view) => get!.call(view);
}

const arrays = Object.getPrototypeOf(Uint8Array.prototype) as object;
const parts = (prototype: object) => [intrinsic(prototype, "buffer"), intrinsic(prototype, "byteOffset")] as const;
const ofArrays = parts(arrays);
const ofDataViews = parts(DataView.prototype);

/** Where a view's bytes are: the memory, the place of the first, how many. */
export function placeOf(view: ArrayBufferView): [buffer: ArrayBuffer, byteOffset: number, byteLength: number] {
  const [buffer, byteOffset] = view instanceof DataView ? ofDataViews : ofArrays;
  return [buffer(view), byteOffset(view), view.byteLength];
}

export function rawBytes(value: ArrayBuffer | ArrayBufferView): Uint8Array {
  if (value instanceof Uint8Array) return value;
  return ArrayBuffer.isView(value) ? new Uint8Array(...placeOf(value)) : new Uint8Array(value);
}

export function aligned(n: number): number {
  return (n + 7) & ~7;
}

/** Copies the bytes from `start` on, as many as end before `end`, to `at` in `to`. */
export function move(from: Uint8Array, start: number, end: number, to: Uint8Array, at: number): void {
  if (end - start >= MANY) to.set(from.subarray(start, end), at);
  else for (let i = start; i < end; i++) to[at + i - start] = from[i]!;
}

/** A copy of `size` bytes of kernel memory, from `start` on. */
export function copied(start: number, size: number): Uint8Array<ArrayBuffer> {
  if (size < BARE) return bytes.slice(start, start + size) as Uint8Array<ArrayBuffer>;
  const copy = new Uint8Array(host.allocate(size));
  copy.set(bytes.subarray(start, start + size));
  return copy;
}
