import { targets } from "pythreads";
import type { Queue } from "pythreads/queue";
import { split } from "./split";

/** Runs on a thread, which has a copy of this module; what it is given is shared. */
export function count(texts: Queue<string | null>, counts: Queue<number>): void {
  for (let text = texts.get(); text !== null; text = texts.get()) counts.put(split(text).length);
}

targets(import.meta.url, { count });
