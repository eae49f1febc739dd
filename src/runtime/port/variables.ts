// Slots that hold the values of variables: of a module, or captured. What never changes crosses as a copy, typed arrays are
// moved to kernel memory, what else is JavaScript's own stays with its thread.
import { Tag } from "../../../assembly/status";
import { isPlainObject } from "../../builtins/classes";
import { NameError, RuntimeError, TypeError } from "../../exceptions";
import { hold, letGo } from "../../kernel/holdings";
import { ints, kernel, mailbox, me } from "../../kernel/kernel";
import { isMutableData } from "../codec";
import { hasIdentity } from "../identity";
import { onAttach } from "../process";
import {
  FOREIGN,
  foreignOwner,
  mailboxAddress,
  post,
  postHalves,
  read,
  take,
  UNSET,
  unpost,
  write,
  writeForeign,
} from "../words";

/** What moves typed arrays to kernel memory, in programs that can have some: gives back the view there, or the value itself. */
export let shareArray = (value: object): object => value;

export function setArraySharer(share: typeof shareArray): void {
  shareArray = share;
}

/** JavaScript's own objects that variables of this thread hold, by slot. */
const foreign = new Map<number, { owner: number; value: unknown }>();

// What a carrier kept for threads of another process is for nobody any more.
onAttach(() => foreign.clear());

/** The value of variable `name` in `slot`, where that is not a plain number. An optional one may be undefined. */
export function readVariable(slot: number, name: string, isOptional = false): unknown {
  const value = ints[slot * 2 + 1]! >>> 16 === Tag.Value ? readCopy(slot) : read(slot);
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
  if (typeof value === "object" && value !== null && !hasIdentity(value)) writeData(slot, value, name);
  else if (typeof value === "function" || typeof value === "symbol") keepUnlessShared(slot, value, name);
  else write(slot, value, name);
}

function writeData(slot: number, given: object, name: string): void {
  const value = ArrayBuffer.isView(given) ? shareArray(given) : given;
  if (value !== given) write(slot, value, name);
  else if (!isConstant(value)) keepForeign(slot, value);
  else {
    try {
      post(value, name);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      keepForeign(slot, value);
      return;
    }
    remember(slot, value);
    kernel.slot_store(slot * 8, me);
  }
}

const HOST_CLASSES = new Set<unknown>([Date, RegExp]);

/** Whether nobody writes to a value: tuples, bytes, ranges; and exceptions, which are read when they have been raised. */
function isConstant(value: object): boolean {
  if (Array.isArray(value)) return Object.isFrozen(value);
  const { constructor } = value;
  return !(isMutableData(value) || HOST_CLASSES.has(constructor) || isPlainObject(value));
}

/** What this thread has for the copied values that slots hold, by slot: so that it is one object as long as it is there. */
const copies = new Map<number, { address: number; value: unknown; place: number }>();

/** The mailbox holds the word of `value`. */
function remember(slot: number, value: unknown): void {
  const address = mailboxAddress();
  kernel.object_retain(address);
  const old = copies.get(slot);
  copies.set(slot, { address, value, place: hold(address) });
  if (old) kernel.object_release(letGo(old.place));
}

function readCopy(slot: number): unknown {
  kernel.slot_load(slot * 8, me);
  const isCopy = ints[mailbox * 2 + 1]! >>> 16 === Tag.Value;
  if (!isCopy) return take();
  const known = copies.get(slot);
  if (known?.address === mailboxAddress()) {
    unpost();
    return known.value;
  }
  // Decoding uses the mailbox.
  const address = mailboxAddress();
  kernel.object_retain(address);
  const value = take();
  postHalves((Tag.Value << 16) | 0, address);
  remember(slot, value);
  unpost();
  return value;
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
