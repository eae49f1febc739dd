// Operations on many bytes at once, safe from another thread's having made the memory grow.
//
// V8 holds such an operation, unlike a single load or store, against the size that this instance knows; and an instance hears
// that another thread has made the memory grow only when it next enters a function or turns a loop. So it may meet the
// address of a new block before it knows that there is memory, and the operation would trap, with a lock in its hand
// perhaps. Growing by nothing makes it look; tests/kernel/growth.test.ts shows both.
// No other file has a bulk operation of its own (tests/kernel/growth.test.ts).

/** Not for sections: there it would be a call. */
export function fill(to: usize, value: u8, size: usize): void {
  know(<u64>to + size);
  memory.fill(to, value, size);
}

// @ts-expect-error: decorator
@inline
export function copy(to: usize, from: usize, size: usize): void {
  know(<u64>max(to, from) + size);
  memory.copy(to, from, size);
}

/** Makes sure that this instance knows of the memory up to `end`, which some thread has made grow that far. */
// @ts-expect-error: decorator
@inline
export function know(end: u64): void {
  if (end > <u64>memory.size() << 16) memory.grow(0);
}
