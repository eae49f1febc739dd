// A Value block that holds bytes and nothing else: what programs send most, so without the codec's ways for all the rest.
//
//   0  LONE_VIEW   1  length of the class's name   2  the name, up to a multiple of 8; then the bytes, to the block's end
import { host } from "#platform";
import { Kind } from "../../assembly/status";
import { bytes, kernel, reach } from "../kernel/kernel";
import { extensionOf, setViewBlocks, type Views } from "../registry";
import { LONE_VIEW } from "./codec";
import { aligned, copied, MANY, move, rawBytes } from "./raw_bytes";
import { allocated } from "./wait";

/** Offset of a block's contents. */
const CONTENTS = 24;
/** Bytes that stand side by side in one buffer have at most this length, as with Node's Buffer: buffers are dear. */
const POOLED = 2048;
const POOL = 32768;

type Make = (buffer: ArrayBuffer, offset: number, length: number) => object;

/** How a class of plain bytes crosses: `make` makes one of bytes that are its own. */
export function viewsOf(name: string, make: Make): { name: string; views: Views } {
  setViewBlocks(valueOf);
  return {
    name,
    views: { block: (value) => blockOf(name, rawBytes(value)), copy: (...place) => copy(make, ...place) },
  };
}

function blockOf(name: string, raw: Uint8Array): number {
  const { length } = raw;
  const head = aligned(2 + name.length);
  const address = allocated(kernel.value_new(Kind.Value, 0, head + length));
  const start = address + CONTENTS;
  reach(start + head + length);
  bytes[start] = LONE_VIEW;
  bytes[start + 1] = name.length;
  for (let i = 0; i < name.length; i++) bytes[start + 2 + i] = name.charCodeAt(i);
  // Not by subarray, which would make one of the value's class.
  if (length >= MANY) bytes.set(raw, start + head);
  else move(raw, 0, length, bytes, start + head);
  return address;
}

/** The class met last, which is nearly always the next one. */
let recent: { name: string; views: Views } = { name: "", views: undefined! };

/** The value of the block whose contents are the `size` bytes from `start` on. */
function valueOf(start: number, size: number): object {
  const length = bytes[start + 1]!;
  if (!stands(recent.name, start + 2, length)) {
    const name = String.fromCharCode(...bytes.subarray(start + 2, start + 2 + length));
    recent = { name, views: extensionOf(name)!.views! };
  }
  const head = aligned(2 + length);
  return recent.views.copy(start + head, size - head);
}

/** Whether `name` stands at `start`, where a name of `length` stands. */
function stands(name: string, start: number, length: number): boolean {
  if (name.length !== length) return false;
  let i = 0;
  while (i < length && name.charCodeAt(i) === bytes[start + i]) i++;
  return i === length;
}

let pool = new ArrayBuffer(0);
let pooled = new Uint8Array(pool);
let used = 0;

/** What `make` makes of a copy of `size` bytes from `start` on: short ones stand side by side in one buffer. */
function copy(make: Make, start: number, size: number): object {
  if (size > POOLED) return make(copied(start, size).buffer, 0, size);
  if (used + size > pool.byteLength) {
    pool = host.allocate(POOL);
    pooled = new Uint8Array(pool);
    used = 0;
  }
  const offset = used;
  used += aligned(size);
  move(bytes, start, start + size, pooled, offset);
  return make(pool, offset, size);
}
