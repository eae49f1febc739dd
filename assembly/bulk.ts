// Operations on many bytes at once. Only here: the kernel's others know nothing of another thread's making the memory grow.
import { know } from "./growth";

/** Not for sections: there it would be a call. */
export function fill(to: usize, value: u8, size: usize): void {
  know(to + size - 1);
  memory.fill(to, value, size);
}

// @ts-expect-error: decorator
@inline
export function copy(to: usize, from: usize, size: usize): void {
  know(max(to, from) + size - 1);
  memory.copy(to, from, size);
}
