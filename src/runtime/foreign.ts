// Attributes of shared instances whose values only the thread that set them can reach: JavaScript's own mutable objects,
// which copying would tear apart.
import { RuntimeError } from "../exceptions";
import { kernel, me } from "../kernel/kernel";
import { tableOf } from "./shared";
import { foreignOwner } from "./words";

const kept = new WeakMap<object, Map<string, { owner: number; value: unknown }>>();

/** Whether a copy of `value` would be another thing: what is written to the one would not be seen in the other. */
export function staysHome(value: unknown): boolean {
  if (typeof value !== "object" || value === null || tableOf(value) !== 0) return false;
  if (value instanceof Map || value instanceof Set || value instanceof ArrayBuffer) return true;
  // A subclass of a typed array is Python's bytes.
  return ArrayBuffer.isView(value) && Object.getPrototypeOf(value.constructor).name === "TypedArray";
}

export function keepForeign(instance: object, name: string, value: unknown): void {
  let own = kept.get(instance);
  if (!own) {
    own = new Map();
    kept.set(instance, own);
  }
  own.set(name, { owner: kernel.thread_id(me), value });
}

/** @throws RuntimeError if another thread has set it */
export function readForeign(instance: object, name: string): unknown {
  const own = kept.get(instance)?.get(name);
  if (own?.owner === foreignOwner && foreignOwner === kernel.thread_id(me)) return own.value;
  throw RuntimeError(
    `attribute '${name}' holds a JavaScript object of thread ${foreignOwner}, which no other thread can reach: ` +
      "hold shared state in list(), dict() or an instance of a class that extends object",
  );
}
