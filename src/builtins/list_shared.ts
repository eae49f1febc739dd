// The items of a list that threads share: what assembly/list.ts does, for values.
import { Status, Tag } from "../../assembly/status";
import { ints, kernel, mailbox, me } from "../kernel/kernel";
import { adopt } from "../runtime/adopt";
import { allocated, statusError } from "../runtime/wait";
import { post, take, unpost } from "../runtime/words";

/** An index that stands for the end. */
export const END = 0x7fffffff;

/** Inserts an item before `index`, which is clamped. */
export function insertItem(address: number, item: unknown, where: string, index: number): void {
  if (typeof item === "number") post(item);
  else post(adopt(item), where);
  const status = kernel.list_insert(address, index, me);
  if (status === Status.Ok) return;
  unpost();
  throw statusError(status);
}

/** The item at an index ≥ 0; undefined past the end. */
export function itemAt(address: number, index: number): unknown {
  return kernel.list_get(address, index, me) === Status.Ok ? take() : undefined;
}

/** Replaces the item at an index ≥ 0. False past the end. */
export function setItem(address: number, index: number, item: unknown): boolean {
  if (typeof item === "number") post(item);
  else post(adopt(item), `list[${index}]`);
  if (kernel.list_set(address, index, me) === Status.Ok) return true;
  unpost();
  return false;
}

/** Removes the item at `index`, from the end if negative, and gives it back; undefined if there is none. */
export function popItem(address: number, index: number): unknown {
  return kernel.list_pop(address, index, me) === Status.Ok ? take() : undefined;
}

/** How often a search or a reading of all items begins anew because others moved items meanwhile. */
const ATTEMPTS = 64;

/** Gives back what `read` finds in the list while no items get other indices; -1 is "nothing", and is looked for again. */
function whileStill(address: number, read: () => number): number {
  for (let attempt = 1; ; attempt++) {
    const moves = kernel.list_moves(address);
    const found = read();
    if (found >= 0 || kernel.list_moves(address) === moves || attempt === ATTEMPTS) return found;
  }
}

/** Index of the first item between two indices for which `isIt`, or -1. */
export function findItem(address: number, isIt: (item: unknown) => boolean, from: number, to: number): number {
  return whileStill(address, () => {
    for (let index = from; index < to && kernel.list_get(address, index, me) === Status.Ok; index++) {
      if (isIt(take())) return index;
    }
    return -1;
  });
}

/** Removes the first item for which `isIt`, and no other, whatever threads do meanwhile. False if there is none. */
export function removeItem(address: number, isIt: (item: unknown) => boolean): boolean {
  return whileStill(address, () => (removeOnce(address, isIt) ? 0 : -1)) === 0;
}

function removeOnce(address: number, isIt: (item: unknown) => boolean): boolean {
  for (let index = 0; kernel.list_get(address, index, me) === Status.Ok; index++) {
    const low = ints[mailbox * 2]!;
    const high = ints[mailbox * 2 + 1]!;
    const isPointer = high >>> 16 >= Tag.FirstPointer;
    // Held until it is removed, so that no other object takes its place.
    if (isPointer) kernel.object_retain(low >>> 0);
    try {
      if (!isIt(take())) continue;
      if (kernel.list_pop_if(address, index, low, high, me) === Status.Ok) return true;
      index = -1;
    } finally {
      if (isPointer) kernel.object_release(low >>> 0);
    }
  }
  return false;
}

/** The items as they are at one moment; if others move them all the time, as they are while they are read. */
export function readItems(address: number): unknown[] {
  let items: unknown[] = [];
  whileStill(address, () => {
    items = [];
    while (kernel.list_get(address, items.length, me) === Status.Ok) items.push(take());
    return -1;
  });
  return items;
}

/** Replaces `count` items from `start` on by others, at once, and gives back those removed. */
export function spliceItems(address: number, start: number, count: number, more: readonly unknown[]): unknown[] {
  const source = privateList(more);
  const sink = allocated(kernel.list_new());
  try {
    const status = kernel.list_splice(address, start, count, source, sink);
    if (status !== Status.Ok) throw statusError(status);
    const removed: unknown[] = [];
    while (kernel.list_pop(sink, -1, me) === Status.Ok) removed.push(take());
    return removed.reverse();
  } finally {
    kernel.object_release(source);
    kernel.object_release(sink);
  }
}

/** A list in kernel memory that only this thread knows. */
function privateList(items: readonly unknown[]): number {
  const list = allocated(kernel.list_new());
  try {
    items.forEach((item, index) => insertItem(list, item, `item ${index}`, END));
  } catch (error) {
    kernel.object_release(list);
    throw error;
  }
  return list;
}
