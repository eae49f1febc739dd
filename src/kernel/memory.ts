// A program's memory as JavaScript sees it, which may be less than there is.

/**
 * The buffer of a memory that some thread has made grow up to `end` at least. V8 tells a context of another's growth only when that
 * next enters a function, and not at all if the memory was on its way there meanwhile; growing by nothing makes it look.
 */
export function bufferTo(memory: WebAssembly.Memory, end: number): ArrayBuffer {
  if (memory.buffer.byteLength < end) memory.grow(0);
  return memory.buffer;
}
