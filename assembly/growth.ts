// Memory that another thread has made grow.
//
// V8 holds some operations, unlike single loads, stores and exchanges, against the size of the memory that this instance knows:
// filling, copying and notifying. But an instance hears that another thread has made the memory grow only when it next
// enters a function or turns a loop. So it may meet the address of a new block before it knows that there is memory, and the
// operation would trap, with a lock in its hand perhaps. Growing by nothing makes it look; tests/kernel/growth.test.ts
// shows both.

/** Makes sure that this instance knows of the page in which `address` stands. */
// @ts-expect-error: decorator
@inline
export function know(address: usize): void {
  if (<i32>(address >>> 16) >= memory.size()) memory.grow(0);
}
