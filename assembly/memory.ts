// Memory: bytes that any thread may read and write, such as numbers of C's types. Who must not be disturbed takes a lock.
//
// Invariant: its size and format never change, and it never moves. So views of it may be kept as long as it is held.
import { HEADER_SIZE } from "./layout";
import { allocate } from "./object";
import { Kind } from "./status";

const SIZE: usize = HEADER_SIZE;
/** What the bytes mean; their facade knows. */
const FORMAT: usize = HEADER_SIZE + 4;
const BYTES: usize = HEADER_SIZE + 8;

/** `size` zero bytes; 0 if there is no memory. */
export function memory_new(size: i32, format: i32): usize {
  const object = allocate(Kind.Memory, BYTES + <usize>(<u32>size));
  if (object == 0) return 0;
  store<i32>(object + SIZE, size);
  store<i32>(object + FORMAT, format);
  return object;
}

export function memory_size(object: usize): i32 {
  return load<i32>(object + SIZE);
}

export function memory_format(object: usize): i32 {
  return load<i32>(object + FORMAT);
}

/** Address of the first byte, aligned to 8. */
export function memory_bytes(object: usize): usize {
  return object + BYTES;
}
