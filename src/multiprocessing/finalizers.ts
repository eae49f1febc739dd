// What a process does when it ends, before it waits for its children: it shuts down the managers that it has started.
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

/** Takes back what `finalize` has been told of an object that is shut down. */
export function finalized(object: Finalized): void {
  const all = assigned<list<tuple<any>> | undefined>(PATH, undefined);
  const entry = tupleOf([pid(), object]);
  if (all?.__contains__(entry)) all.remove(entry as never);
}

const begins: (() => void)[] = [];
const ends: (() => void)[] = [];

/** Registers what a process does when it has been forked, and each before it waits for its children at its end. */
export function atProcess(begin: () => void, end: () => void): void {
  begins.push(begin);
  ends.push(end);
}

export function beginForked(): void {
  for (const begin of begins) begin();
}

export function runFinalizers(): void {
  const all = assigned<list<tuple<any>> | undefined>(PATH, undefined);
  for (const [owner, object] of all === undefined ? [] : [...all].reverse()) if (owner === pid()) object.shutdown();
  for (const end of ends) end();
}
