// The table of a dict or set that threads share: what assembly/dict.ts does, for Python's keys.
//
// Numbers, strings, None, and what goes by identity are compared by the kernel. Of compound keys it knows the hash only:
// the candidates are compared here, and what follows is done by the kernel if nobody has inserted a key meanwhile.
import { type Kind, Status, Tag } from "../../assembly/status";
import { ints, kernel, mailbox, me } from "../kernel/kernel";
import { adopt } from "../runtime/adopt";
import { hasIdentity } from "../runtime/identity";
import { addressOf } from "../runtime/shared";
import { allocated, statusError } from "../runtime/wait";
import { post, take, UNSET, unpost } from "../runtime/words";
import { eq } from "./compare";
import { isCompound, scalar, sharedHash } from "./dict_keys";

export function newTable(kind: Kind): number {
  return allocated(kernel.dict_new(kind));
}

/** The halves of the word of the key that was entered last, which is lent to the kernel, and whether it is to be dropped. */
let low = 0;
let high = 0;
let owned = false;

/** Makes the key's word. Gives back whether the kernel can compare it. */
function enter(key: unknown): boolean {
  if (typeof key === "number") {
    // -0 is 0.
    postKey(key + 0);
    return true;
  }
  if (typeof key === "string") {
    enterText(key);
    return true;
  }
  if (typeof key === "object" && key !== null) return enterObject(key);
  const isPlain = typeof key !== "function" && (typeof key !== "bigint" || Number.isSafeInteger(Number(key)));
  // The word of True is kept: the kernel knows that it is 1.
  postKey(isPlain && typeof key === "bigint" ? scalar(key) : key);
  return isPlain;
}

function enterObject(key: object): boolean {
  const compound = isCompound(key);
  if (hasIdentity(key)) {
    // Before the mailbox is used: sharing the key uses it too.
    addressOf(key);
    postKey(key);
    return !compound;
  }
  postKey(key);
  return false;
}

function postKey(key: unknown): void {
  post(key, "key");
  low = ints[mailbox * 2]!;
  high = ints[mailbox * 2 + 1]!;
  owned = high >>> 16 >= Tag.FirstPointer;
}

/** How many strings, and how long ones, this thread keeps as words, so as not to make them anew at each use. */
const KEPT_KEYS = 256;
const KEPT_LENGTH = 64;

class KeptKey {
  constructor(
    readonly text: string,
    readonly low: number,
    readonly high: number,
  ) {}
}

const kept = new Map<string, KeptKey>();
const EMPTY = new KeptKey("", 0, Tag.ShortString << 16);
/** The one used last, which is likely to be used next: `d["n"] += 1`. */
let recent = EMPTY;
/** The kernel in whose memory they are. */
let keptIn: unknown;

/** The word that this thread keeps for a string, if it keeps one. */
function keptKey(text: string): KeptKey | undefined {
  if (keptIn !== kernel) return undefined;
  if (text === recent.text) return recent;
  const known = kept.get(text);
  if (known !== undefined) recent = known;
  return known;
}

function enterText(text: string): void {
  const known = keptKey(text);
  if (known !== undefined) {
    low = known.low;
    high = known.high;
    owned = false;
  } else enterNewText(text);
}

function enterNewText(text: string): void {
  if (keptIn !== kernel) {
    kept.clear();
    recent = EMPTY;
    keptIn = kernel;
  }
  postKey(text);
  if (text.length > KEPT_LENGTH) return;
  if (kept.size === KEPT_KEYS) forgetKeys();
  recent = new KeptKey(text, low, high);
  kept.set(text, recent);
  owned = false;
}

/** Takes a reference to the entered key: what is shared with a value may have keys of its own, for which a kept one is given up. */
function ownKey(): void {
  if (owned || high >>> 16 < Tag.FirstPointer) return;
  kernel.object_retain(low >>> 0);
  owned = true;
}

/** Gives up the keys that this thread keeps. */
export function forgetKeys(): void {
  for (const { low, high } of kept.values()) if (high >>> 16 === Tag.String) kernel.object_release(low >>> 0);
  kept.clear();
  recent = EMPTY;
}

/** Drops the reference that the word of an entered key has. */
function drop(isOwned: boolean, low: number): void {
  if (isOwned) kernel.object_release(low >>> 0);
}

/** How messages name the item of a key. */
function itemName(place: string, key: unknown): string {
  return `${place}[${typeof key === "string" ? JSON.stringify(key) : String(key)}]`;
}

/** Puts a value's word into the mailbox. */
function postValue(value: unknown, place: string, key: unknown): void {
  if (typeof value === "object" || typeof value === "function") post(adopt(value), itemName(place, key));
  else post(value);
}

export function sharedGet(table: number, key: unknown): unknown {
  const known = typeof key === "string" ? keptKey(key) : undefined;
  if (known !== undefined) return found(kernel.dict_get(table, known.low, known.high, me));
  if (!enter(key)) return compoundGet(table, key);
  const number = kernel.dict_get(table, low, high, me);
  drop(owned, low);
  return found(number);
}

/** The value that `dict_get` has found; undefined if there is none. */
function found(number: number): unknown {
  if (number === number) return number;
  const value = take();
  return value === UNSET ? undefined : value;
}

export function sharedHas(table: number, key: unknown): boolean {
  if (!enter(key)) return compoundGet(table, key) !== undefined;
  const found = kernel.dict_has(table, low, high) === 1;
  drop(owned, low);
  return found;
}

/** Sets a key's value. With `keep`, a value that is there stays, and is given back. `place` names the table in messages. */
export function sharedSet(table: number, key: unknown, value: unknown, keep: boolean, place: string): unknown {
  if (!enter(key)) return compoundSet(table, key, value, keep, place);
  if (typeof value === "object" || typeof value === "function") ownKey();
  const keyLow = low;
  const keyHigh = high;
  const keyOwned = owned;
  try {
    postValue(value, place, key);
    const status = kernel.dict_set(table, keyLow, keyHigh, keep ? 1 : 0, me);
    if (status === Status.Invalid) return take();
    if (status === Status.Ok) return undefined;
    unpost();
    throw statusError(status);
  } finally {
    drop(keyOwned, keyLow);
  }
}

/** Removes a key and gives back its value; undefined if there is none. */
export function sharedRemove(table: number, key: unknown): unknown {
  if (!enter(key)) return compoundRemove(table, key);
  const status = kernel.dict_remove(table, low, high, me);
  drop(owned, low);
  return status === Status.Ok ? take() : undefined;
}

/** Number of the entry whose key equals a compound one, or -1. */
function locate(table: number, key: unknown, hash: number): number {
  let number = -1;
  do {
    number = kernel.dict_candidate(table, hash, number, me);
  } while (number >= 0 && !eq(take(), key));
  return number;
}

/** Tries `attempt` with the entry of a compound key (-1: none) until nobody interferes: it gives back undefined then. */
function settle<T>(table: number, key: unknown, attempt: (number: number, stamp: number, hash: number) => T): T {
  const hash = sharedHash(key);
  while (true) {
    const stamp = kernel.dict_stamp(table);
    const result = attempt(locate(table, key, hash), stamp, hash);
    if (result !== undefined) return result;
  }
}

const NOTHING = Symbol("nothing");

function something(value: unknown): unknown {
  return value === NOTHING ? undefined : value;
}

function compoundGet(table: number, key: unknown): unknown {
  drop(owned, low);
  const found = settle(table, key, (number, stamp) => {
    if (number < 0) return kernel.dict_stamp(table) === stamp ? NOTHING : undefined;
    return kernel.dict_get_at(table, number, stamp, me) === Status.Ok ? take() : undefined;
  });
  return something(found);
}

function compoundRemove(table: number, key: unknown): unknown {
  drop(owned, low);
  const removed = settle(table, key, (number, stamp) => {
    if (number < 0) return kernel.dict_stamp(table) === stamp ? NOTHING : undefined;
    return kernel.dict_remove_at(table, number, stamp, me) === Status.Ok ? take() : undefined;
  });
  return something(removed);
}

function compoundSet(table: number, key: unknown, value: unknown, keep: boolean, place: string): unknown {
  const keyLow = low;
  const keyHigh = high;
  const keyOwned = owned;
  try {
    const kept = settle(table, key, (number, stamp, hash) => {
      if (keep && number >= 0) {
        return kernel.dict_get_at(table, number, stamp, me) === Status.Ok ? take() : undefined;
      }
      postValue(value, place, key);
      const status =
        number < 0
          ? kernel.dict_insert(table, keyLow, keyHigh, hash, stamp, me)
          : kernel.dict_set_at(table, number, stamp, me);
      if (status === Status.Ok) return NOTHING;
      unpost();
      if (status !== Status.Invalid) throw statusError(status);
      return undefined;
    });
    return something(kept);
  } finally {
    drop(keyOwned, keyLow);
  }
}

/** Keys and values as they are at one moment; if others write all the time, as they are while they are read. */
export function sharedEntries(table: number): [unknown, unknown][] {
  for (let attempt = 0; ; attempt++) {
    const version = kernel.dict_version(table);
    const entries: [unknown, unknown][] = [];
    let number = kernel.dict_next(table, 0, me);
    while (number >= 0) {
      const key = take();
      if (kernel.dict_value(table, number, me) === Status.Ok) entries.push([key, take()]);
      number = kernel.dict_next(table, number + 1, me);
    }
    if (kernel.dict_version(table) === version || attempt === ATTEMPTS) return entries;
  }
}

const ATTEMPTS = 8;

/** Removes the entry that was inserted last and gives it back; undefined if there is none. */
export function sharedPopLast(table: number): [unknown, unknown] | undefined {
  while (true) {
    const stamp = kernel.dict_stamp(table);
    const number = kernel.dict_last(table, me);
    if (number < 0) return undefined;
    const key = take();
    if (kernel.dict_remove_at(table, number, stamp, me) === Status.Ok) return [key, take()];
  }
}

/** Removes the key that was inserted first and gives it back; undefined if there is none. */
export function sharedPopFirst(table: number): unknown {
  while (true) {
    const stamp = kernel.dict_stamp(table);
    const number = kernel.dict_next(table, 0, me);
    if (number < 0) return undefined;
    const key = take();
    if (kernel.dict_remove_at(table, number, stamp, me) === Status.Ok) {
      take();
      return key;
    }
  }
}

/** The keys one by one, each with its number. */
export function* sharedKeys(table: number): Generator<[key: unknown, number: number], undefined> {
  let number = kernel.dict_next(table, 0, me);
  while (number >= 0) {
    yield [take(), number];
    number = kernel.dict_next(table, number + 1, me);
  }
}

export function sharedValue(table: number, number: number): unknown {
  return kernel.dict_value(table, number, me) === Status.Ok ? take() : undefined;
}
