// What a process shuts down when it ends, before it waits for its children: the managers that it has started.
import { list } from "../builtins/list";
import { type tuple, tupleOf } from "../builtins/tuple";
import { assigned } from "../runtime/module_object";
import { processValue } from "../runtime/once";
import { pid } from "../runtime/process";

interface Finalized {
  shutdown(): void;
}

/** Each with the number of its process: a forked one has a copy of its parent's list. */
const PATH = "multiprocessing.$finalized";

/** Has an object shut down when this process ends. */
export function finalize(object: Finalized): void {
  processValue(PATH, () => list([]) as list<unknown>).append(tupleOf([pid(), object]));
}

export function runFinalizers(): void {
  const all = assigned<list<tuple<any>> | undefined>(PATH, undefined);
  if (all === undefined) return;
  for (const [owner, object] of [...all].reverse()) if (owner === pid()) object.shutdown();
}
