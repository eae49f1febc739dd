// Counting references. Beside the count, in one word with it, stands how often a reference was added: so who looks twice
// sees whether one has come and gone.
import { REFS } from "./layout";

const RETAINED: u64 = (<u64>1 << 32) | 1;

// @ts-expect-error: decorator
@inline
export function retain(object: usize): void {
  atomic.add<u64>(object + REFS, RETAINED);
}

/** The count in the low half, how often one was added in the high half. */
// @ts-expect-error: decorator
@inline
export function references(object: usize): u64 {
  return atomic.load<u64>(object + REFS);
}
