// What a process has but one of, and makes when it is first asked for.
import { kernel } from "../kernel/kernel";
import { assign, assigned } from "./module_object";
import { isAttached, processObject } from "./process";
import { ProcessWord } from "./process_words";
import { waitThrough } from "./wait";

/** The value under `path` in the process's table of assigned attributes; made by the first thread that asks. */
export function processValue<T>(path: string, make: () => T): T {
  const found = assigned<T | undefined>(path, undefined);
  if (found !== undefined) return found;
  // Numbering the name and writing the value use other locks than this one.
  const lock = isAttached() ? processObject(ProcessWord.Once) : 0;
  const made = make();
  if (lock !== 0) waitThrough(kernel.mutex_acquire, lock);
  try {
    const meanwhile = assigned<T | undefined>(path, undefined);
    if (meanwhile !== undefined) return meanwhile;
    assign(path, made);
    return made;
  } finally {
    if (lock !== 0) kernel.mutex_release(lock);
  }
}
