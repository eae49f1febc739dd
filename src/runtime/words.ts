// Words and JavaScript's values: what a slot, a queue or a list holds for a value, and back. The layout of a word is told
// in assembly/word.ts.
//
// A word passes between JavaScript and the kernel in the thread's mailbox: `post` puts one there with a reference of its
// own, `take` decodes what a call has left there and drops the reference.
import { type Kind, Singleton, Tag } from "../../assembly/status";
import { ints, kernel, mailbox, me, reach, view } from "../kernel/kernel";
import { decodeValue, encodeValue } from "./codec";
import { hasIdentity } from "./identity";
import { addressAt, facade, type KeepsIdentity, kindOf, knownAddress } from "./shared";
import { newString, readString } from "./strings";

const NONE = (Tag.Singleton << 16) | Singleton.None;
const TRUE = (Tag.Singleton << 16) | Singleton.True;
const FALSE = (Tag.Singleton << 16) | Singleton.False;
const SHORT = 5;

/** What `take` and `read` give for a slot that nobody has set. */
export const UNSET = Symbol("unset");
/** What they give for a value that only another thread can read. */
export const FOREIGN = Symbol("foreign");
/** Id of the thread that can read the foreign value last met. */
export let foreignOwner = 0;

/** Puts a value's word into the mailbox. Raises TypeError for what cannot be shared, naming it as `where`. */
export function post(value: unknown, where = "the value"): void {
  if (postScalar(value)) return;
  if (typeof value === "object") {
    const known = knownAddress(value as KeepsIdentity);
    if (known !== 0) return postShared(value as KeepsIdentity, known);
    if (hasIdentity(value!)) return postShared(value, addressAt(value, where));
  }
  postHalves(Tag.Value << 16, encodeValue(value, where));
}

/** Puts the word of a number, string, None, True or False into the mailbox. False if the value is none of these. */
export function postScalar(value: unknown): boolean {
  switch (typeof value) {
    case "number":
      view[mailbox] = value === value ? value : Number.NaN;
      return true;
    case "boolean":
      postHalves(value ? TRUE : FALSE, 0);
      return true;
    case "undefined":
      postHalves(NONE, 0);
      return true;
    case "string":
      postString(value);
      return true;
    default:
      if (value === null) postHalves(NONE, 0);
      return value === null;
  }
}

export function postHalves(high: number, low: number): void {
  ints[mailbox * 2] = low;
  ints[mailbox * 2 + 1] = high;
}

/** Puts the word of a copied value into the mailbox, whose reference it takes over. */
export function postValue(address: number): void {
  postHalves(Tag.Value << 16, address);
}

/** Address of the copied value in the slot at index `slot` of the views, of which it is known that it holds one. */
export function valueAt(slot: number): number {
  return ints[slot * 2]! >>> 0;
}

/** The address in the mailbox's word, of which it is known that it points to an object. */
export function mailboxAddress(): number {
  return ints[mailbox * 2]! >>> 0;
}

/** The high half of the mailbox's word, where a call has left a number there. */
export function mailboxHigh(): number {
  return ints[mailbox * 2 + 1]!;
}

function postShared(shared: KeepsIdentity, address: number): void {
  kernel.object_retain(address);
  postHalves((Tag.Object << 16) | kindOf(shared), address);
}

function postString(text: string): void {
  const { length } = text;
  if (length <= SHORT) {
    let wide = 0;
    let low = 0;
    let first = 0;
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i);
      wide |= code & ~0xff;
      if (i === 0) first = code;
      else low |= code << ((i - 1) * 8);
    }
    if (wide === 0) {
      postHalves((Tag.ShortString << 16) | (length << 8) | first, low);
      return;
    }
  }
  postHalves(Tag.String << 16, newString(text));
}

/** The value of the mailbox's word, whose reference is used up. */
export function take(): unknown {
  const number = view[mailbox]!;
  return number === number ? number : taken(ints[mailbox * 2 + 1]!, ints[mailbox * 2]!);
}

function taken(high: number, low: number): unknown {
  const address = low >>> 0;
  switch (high >>> 16) {
    case Tag.Singleton:
      return singleton(high & 0xffff, low);
    case Tag.ShortString:
      return shortString((high >>> 8) & 0xff, high & 0xff, low);
    case Tag.String: {
      const text = readString(address);
      kernel.object_release(address);
      return text;
    }
    case Tag.Value: {
      const value = decodeValue(address);
      kernel.object_release(address);
      return value;
    }
    case Tag.Object:
      return facade((high & 0xffff) as Kind, address);
    default:
      return Number.NaN;
  }
}

function singleton(which: number, low: number): unknown {
  if (which === Singleton.True) return true;
  if (which === Singleton.False) return false;
  if (which === Singleton.None) return null;
  if (which === Singleton.Unset) return UNSET;
  foreignOwner = low;
  return FOREIGN;
}

function shortString(length: number, first: number, low: number): string {
  if (length === 0) return "";
  let text = String.fromCharCode(first);
  for (let i = 1; i < length; i++) text += String.fromCharCode((low >>> ((i - 1) * 8)) & 0xff);
  return text;
}

/** The value in the slot at index `slot` of the views. */
export function read(slot: number): unknown {
  while (true) {
    const number = view[slot]!;
    if (number === number) return number;
    // A singleton is told by its high half alone, so that the two halves need not be read as one.
    const high = ints[slot * 2 + 1]!;
    if (high >>> 16 === Tag.Singleton && (high & 0xffff) !== Singleton.Foreign) return singleton(high & 0xffff, 0);
    if (high >>> 16 >= Tag.Singleton) {
      kernel.slot_load(slot * 8, me);
      return take();
    }
    // Another thread has just stored a number; or this is a number that is not a number.
    if (Number.isNaN(view[slot])) return Number.NaN;
  }
}

/** Stores a value in the slot at index `slot` of the views. */
export function write(slot: number, value: unknown, where?: string): void {
  if (typeof value === "number" && view[slot] === view[slot] && value === value) {
    view[slot] = value;
    return;
  }
  post(value, where);
  kernel.slot_store(slot * 8, me);
}

/** Puts the word into the mailbox that stands for something that only this thread can read. */
export function postForeign(): void {
  postHalves((Tag.Singleton << 16) | Singleton.Foreign, kernel.thread_id(me));
}

/** Marks a slot as holding something that only this thread can read. */
export function writeForeign(slot: number): void {
  postForeign();
  kernel.slot_store(slot * 8, me);
}

/** Makes a slot what it was before anything was written to it. */
export function unset(slot: number): void {
  postHalves((Tag.Singleton << 16) | Singleton.Unset, 0);
  kernel.slot_store(slot * 8, me);
}

/** Drops the word in the mailbox after a call that did not take it. */
export function unpost(): void {
  kernel.word_release(me);
}

/** Copies the mailbox's word to the index `slot` of the views, bit by bit; both are this thread's own. */
export function mailTo(slot: number): void {
  ints[slot * 2] = ints[mailbox * 2]!;
  ints[slot * 2 + 1] = ints[mailbox * 2 + 1]!;
}

/** Copies the word at index `slot` to the mailbox. */
export function mailFrom(slot: number): void {
  ints[mailbox * 2] = ints[slot * 2]!;
  ints[mailbox * 2 + 1] = ints[slot * 2 + 1]!;
}

/** Index in the views of the word at `address`. */
export function slotAt(address: number): number {
  reach(address + 8);
  return address >>> 3;
}
