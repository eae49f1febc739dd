// Slots that hold the values of variables: of a module, or captured. What is JavaScript's own stays with its thread.
import { NameError, RuntimeError } from "../../exceptions";
import { kernel, me } from "../../kernel/kernel";
import { hasIdentity } from "../identity";
import { FOREIGN, foreignOwner, read, UNSET, write, writeForeign } from "../words";

/** JavaScript's own objects that variables of this thread hold, by slot. */
const foreign = new Map<number, { owner: number; value: unknown }>();

/** The value of variable `name` in `slot`, where that is not a plain number. An optional one may be undefined. */
export function readVariable(slot: number, name: string, isOptional = false): unknown {
  const value = read(slot);
  if (value === UNSET) {
    if (isOptional) return undefined;
    throw NameError(`name '${name}' is not defined`);
  }
  return value === FOREIGN ? readForeign(slot, name) : value;
}

function readForeign(slot: number, name: string): unknown {
  const kept = foreign.get(slot);
  if (kept?.owner === foreignOwner && foreignOwner === kernel.thread_id(me)) return kept.value;
  throw RuntimeError(
    `variable '${name}' holds a JavaScript object of thread ${foreignOwner}, which no other thread can reach: ` +
      "hold shared state in list(), dict() or an instance of a class that extends object",
  );
}

export function writeVariable(slot: number, value: unknown, name: string): void {
  if (typeof value === "object" && value !== null && !hasIdentity(value)) keepForeign(slot, value);
  else if (typeof value === "function" || typeof value === "symbol") keepUnlessShared(slot, value, name);
  else write(slot, value, name);
}

function keepForeign(slot: number, value: unknown): void {
  foreign.set(slot, { owner: kernel.thread_id(me), value });
  writeForeign(slot);
}

/** Functions that can cross do; what cannot stays with the thread that made it. */
function keepUnlessShared(slot: number, value: unknown, name: string): void {
  try {
    write(slot, value, name);
  } catch {
    keepForeign(slot, value);
  }
}
