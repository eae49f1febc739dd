// How the builtins that are plain data cross to another thread.
import { extendCodec } from "../runtime/codec";
import { bytearray, bytes } from "./bytes";
import { range } from "./range";
import { tuple, tupleOf } from "./tuple";

extendCodec(tuple, { name: "tuple", reduce: (value) => [...value], restore: (items: unknown[]) => tupleOf(items) });
extendCodec(bytes, { name: "bytes", reduce: (value) => new Uint8Array(value), restore: (data) => bytes(data) });
extendCodec(bytearray, {
  name: "bytearray",
  isMutable: true,
  reduce: (value) => new Uint8Array(value),
  restore: (data) => bytearray(data),
});
extendCodec(range, {
  name: "range",
  reduce: ({ start, stop, step }) => [start, stop, step],
  restore: ([start, stop, step]: [number, number, number]) => range(start, stop, step),
});
