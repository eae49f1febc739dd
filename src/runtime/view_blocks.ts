// A Value block that holds bytes and nothing else: what programs send most, so without the codec's ways for all the rest.
//
//   0  LONE_VIEW   1  length of the class's name   2  the name, up to a multiple of 8; then the bytes, to the block's end
import { host } from "#platform";
import { Kind } from "../../assembly/status";
import { bytes, kernel, reach } from "../kernel/kernel";
import { type Extension, extensionOf } from "../registry";
import { rawBytes } from "./raw_bytes";
import { allocated } from "./wait";

/** The first byte of such a block. No code of the codec's is as high. */
export const LONE_VIEW = 0xff;

/**
 * Bytes that are copied at once: from here on that is quicker than one by one. They begin and end at multiples of 8 bytes, since V8
 * copies from and to shared memory by words only where both sides are aligned alike.
 */
export const MANY = 48;
/** Offset of a block's contents. */
const CONTENTS = 24;
/** Bytes that stand side by side in one buffer have at most this length, as with Node's Buffer: buffers are dear. */
const POOLED = 2048;
const POOL = 32768;
/** From here on a buffer that the host need not clear first is quicker. */
const BARE = 4096;

type ViewExtension = Extension & { view: NonNullable<Extension["view"]> };

export function aligned(n: number): number {
  return (n + 7) & ~7;
}

/** How a value crosses if it is bytes of a class that the registry knows; undefined if it is anything else. */
export function viewExtension(value: unknown): ViewExtension | undefined {
  if (!ArrayBuffer.isView(value)) return undefined;
  const extension = extensionOf(value.constructor);
  return extension?.view && (extension as ViewExtension);
}

/** Copies bytes into a block, whose reference the caller owns. */
export function encodeView({ name }: ViewExtension, value: ArrayBufferView): number {
  const raw = rawBytes(value);
  const { length } = raw;
  const head = aligned(2 + name.length);
  const address = allocated(kernel.value_new(Kind.Value, 0, head + length));
  const start = address + CONTENTS;
  reach(start + head + length);
  bytes[start] = LONE_VIEW;
  bytes[start + 1] = name.length;
  for (let i = 0; i < name.length; i++) bytes[start + 2 + i] = name.charCodeAt(i);
  if (length >= MANY) bytes.set(raw, start + head);
  else for (let i = 0; i < length; i++) bytes[start + head + i] = raw[i]!;
  return address;
}

/** The value of the block whose contents are the `size` bytes from `start` on. */
export function decodeView(start: number, size: number): object {
  const name = start + 2;
  const length = bytes[start + 1]!;
  const head = aligned(2 + length);
  return madeAs(viewNamed(name, length), start + head, size - head);
}

/** The class met last, which is nearly always the next one. */
let recent: ViewExtension | undefined;

function viewNamed(start: number, length: number): ViewExtension["view"] {
  if (recent?.name.length === length) {
    let i = 0;
    while (i < length && recent.name.charCodeAt(i) === bytes[start + i]) i++;
    if (i === length) return recent.view;
  }
  const name = String.fromCharCode(...bytes.subarray(start, start + length));
  recent = extensionOf(name) as ViewExtension;
  return recent.view;
}

let pool = new ArrayBuffer(0);
let pooled = new Uint8Array(pool);
let used = 0;

/** A value of the class that `view` makes, with a copy of `size` bytes from `start` on: short ones side by side in one buffer. */
export function madeAs(view: ViewExtension["view"], start: number, size: number): object {
  if (size > POOLED) return view(copied(start, size).buffer, 0, size);
  if (used + size > pool.byteLength) {
    pool = host.allocate(POOL);
    pooled = new Uint8Array(pool);
    used = 0;
  }
  const offset = used;
  used += aligned(size);
  if (size >= MANY) pooled.set(bytes.subarray(start, start + size), offset);
  else for (let i = 0; i < size; i++) pooled[offset + i] = bytes[start + i]!;
  return view(pool, offset, size);
}

/** A copy of `size` bytes from `start` on. */
export function copied(start: number, size: number): Uint8Array<ArrayBuffer> {
  if (size < BARE) return bytes.slice(start, start + size) as Uint8Array<ArrayBuffer>;
  const copy = new Uint8Array(host.allocate(size));
  copy.set(bytes.subarray(start, start + size));
  return copy;
}
