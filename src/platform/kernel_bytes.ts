// The kernel as a module: a page that has the library in modules of its own loads it from wherever a bundler has put them.
// @ts-expect-error: tsup makes its bytes of it
import bytes from "../../build/kernel.wasm";

export const kernelBytes: Uint8Array<ArrayBuffer> = bytes;
