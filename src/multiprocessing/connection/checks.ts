// What connections refuse of the arguments of their methods for bytes.
import { bytes } from "../../builtins/bytes";
import { typeName } from "../../builtins/classes";
import { TypeError, ValueError } from "../../exceptions";

/** Refuses what is no number, or below 0. */
export function checkNotNegative(x: unknown, text: string): void {
  if (typeof x !== "number" && typeof x !== "boolean") {
    throw TypeError(`'<' not supported between instances of '${typeName(x)}' and 'int'`);
  }
  if (Number(x) < 0) throw ValueError(text);
}

/** The bytes from `offset` on, or `size` of them, that send_bytes is to send: of no class, since a memoryview cannot be sent. */
export function partOf(data: Uint8Array, offset: number, size: number | null): Uint8Array {
  checkNotNegative(offset, "offset is negative");
  if (data.length < offset) throw ValueError("buffer length < offset");
  if (size !== null) checkNotNegative(size, "size is negative");
  if (size !== null && offset + size > data.length) throw ValueError("buffer length < offset + size");
  return new Uint8Array(data.buffer, data.byteOffset + offset, size ?? data.length - offset);
}

/** Refuses what recv_bytes_into cannot write to from `offset` on. */
export function checkTarget(buf: unknown, target: Uint8Array, offset: number): void {
  if (buf instanceof bytes) {
    throw TypeError("readinto() argument must be read-write bytes-like object, not memoryview");
  }
  checkNotNegative(offset, "negative offset");
  if (offset > target.length) throw ValueError("offset too large");
}
