// What is to be done with a batch's words: most often to call a function that the last batch called too. So a function that has a
// name in all threads is encoded once by those who ask for it, and decoded once by each worker.
import { Kind } from "../../../assembly/status";
import { kernel, me } from "../../kernel/kernel";
import { referenceTo } from "../../registry";
import { decodeValue, encodeValue } from "../../runtime/codec";
import { addressOf, KIND, Shared } from "../../runtime/shared";
import { postValue, valueAt } from "../../runtime/words";
import { Mode, type Work, workSlot } from "./batches";
import type { Carry } from "./carry";
import { keywordsOf } from "./pool";

/** A value in kernel memory that this thread keeps: nothing else can come to stand at its address. */
class Kept extends Shared<never> {
  get [KIND](): Kind {
    return Kind.Value;
  }

  protected promote(): never {
    throw new Error("what is kept is in kernel memory from the beginning");
  }
}

const encoded = new WeakMap<Function, Kept>();

/** Whether `func` has a name in all threads. */
export function isNamed(func: unknown): func is Function {
  return typeof func === "function" && referenceTo(func) !== undefined;
}

/** Writes what is to be done with a batch's words. */
export function writeWork(batch: number, work: Work, carry: Carry): void {
  const slot = workSlot(batch);
  const [func, args] = work;
  if (args || !isNamed(func)) return carry.write(slot, work, "the task");
  let known = encoded.get(func);
  if (!known) {
    known = Shared.revive(Kept, encodeValue(func, "the task")) as Kept;
    encoded.set(func, known);
  }
  const address = addressOf(known);
  kernel.object_retain(address);
  postValue(address);
  kernel.slot_store(slot * 8, me);
}

/** What this worker has decoded last, and where it stands. */
let last: { work: Work; kept: Kept } | undefined;

/** Reads what `writeWork` has written. */
export function readWork(slot: number, mode: Mode): Work {
  const address = valueAt(slot);
  if (last && addressOf(last.kept) === address) return last.work;
  const value = decodeValue(address);
  if (typeof value !== "function") {
    const [func, args, kwds] = value as Iterable<any>;
    const work: Work = [func, args && [...args], keywordsOf(kwds)];
    // A call's arguments belong to that call.
    if (mode === Mode.Call || mode === Mode.Broadcast) return work;
    return remembered(work, address);
  }
  return remembered([value], address);
}

function remembered(work: Work, address: number): Work {
  const mine = encoded.get(work[0]);
  last = { work, kept: mine && addressOf(mine) === address ? mine : keep(address) };
  return work;
}

function keep(address: number): Kept {
  kernel.object_retain(address);
  return Shared.revive(Kept, address) as Kept;
}

/** To be called when a worker begins and when it ends: what this carrier knows is of another pool, and may be freed. */
export function forgetWork(): void {
  last = undefined;
}
