// Numbers for the names of attributes, the same in all threads of a process: from 1 on, the place in one shared list
// of strings.
import { ints, kernel, me } from "../kernel/kernel";
import { processObject } from "./process";
import { ProcessWord } from "./process_words";
import { waitThrough } from "./wait";
import { post, take } from "./words";

/** Offset of a list's length; see assembly/list.ts. */
const LIST_LENGTH = 16;

const numbers = new Map<string, number>();
const names: string[] = [];

/** The name's number if some thread has used the name for an attribute, else -1. */
export function knownNumber(name: string): number {
  const number = numbers.get(name);
  if (number !== undefined) return number;
  learn();
  return numbers.get(name) ?? -1;
}

/** The name's number, which it gets now if it has none. */
export function numberOf(name: string): number {
  const number = numbers.get(name);
  if (number !== undefined) return number;
  const lock = processObject(ProcessWord.NamesLock);
  waitThrough(kernel.mutex_acquire, lock);
  try {
    const known = knownNumber(name);
    if (known >= 0) return known;
    post(name);
    kernel.list_insert(processObject(ProcessWord.Names), names.length, me);
    learn();
    return numbers.get(name)!;
  } finally {
    kernel.mutex_release(lock);
  }
}

export function nameOf(number: number): string {
  if (number > names.length) learn();
  return names[number - 1]!;
}

/** Index in `ints` of the length of the list of names in `listOf`'s memory. */
let lengthAt = 0;
let listOf: unknown;

/** How many names there are by now, in all threads. */
export function countNames(): number {
  if (listOf !== kernel) {
    lengthAt = (processObject(ProcessWord.Names) + LIST_LENGTH) >>> 2;
    listOf = kernel;
  }
  return ints[lengthAt]!;
}

/** Reads the names that other threads have added. */
function learn(): void {
  if (countNames() === names.length) return;
  const list = processObject(ProcessWord.Names);
  while (kernel.list_get(list, names.length, me) === 0) {
    const name = take() as string;
    numbers.set(name, names.push(name));
  }
}
