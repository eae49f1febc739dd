// What dict and set are made of: a table that is local until it is shared, behind a facade.
import type { Kind } from "../../assembly/status";
import { RuntimeError } from "../exceptions";
import { kernel } from "../kernel/kernel";
import { KIND, placeOf, Shared, tableAt, tableIn } from "../runtime/shared";
import { LocalTable } from "./dict_local";
import {
  newTable,
  sharedEntries,
  sharedGet,
  sharedHas,
  sharedKeys,
  sharedPopFirst,
  sharedPopLast,
  sharedRemove,
  sharedSet,
  sharedValue,
} from "./dict_shared";

/** The facade's base. What the functions below do with it is not part of Python's dict or set. */
export abstract class Table<V = unknown> extends Shared<LocalTable<V>> {
  abstract override get [KIND](): Kind;

  constructor() {
    super(new LocalTable<V>());
  }

  protected promote(local: LocalTable<V>): number {
    const address = newTable(this[KIND]);
    const place = placeOf(this);
    return Shared.fill(this, address, local, () => {
      for (const [key, value] of local.items) {
        const original = local.original(key);
        sharedSet(address, original, value, false, place);
      }
    });
  }
}

/** The value of a key; undefined if it is not there. */
export function lookUp<V>(table: Table<V>, key: unknown): V | undefined {
  const local = tableIn<LocalTable<V>>(table);
  return local ? local.get(key) : (sharedGet(tableAt(table), key) as V | undefined);
}

export function hasKey(table: Table, key: unknown): boolean {
  const local = tableIn(table);
  return local ? local.has(key) : sharedHas(tableAt(table), key);
}

/** Sets a key's value. None stands for undefined, which says that there is no such key. */
export function enterKey<V>(table: Table<V>, key: unknown, value: V): void {
  const local = tableIn<LocalTable<V>>(table);
  if (local) local.set(key, value ?? (null as V));
  else sharedSet(tableAt(table), key, value, false, table.constructor.name);
}

/** Sets a key's value if it has none. Gives back the one that it had; undefined if it had none. */
export function enterNewKey<V>(table: Table<V>, key: unknown, value: V): V | undefined {
  const local = tableIn<LocalTable<V>>(table);
  if (!local) return sharedSet(tableAt(table), key, value, true, table.constructor.name) as V | undefined;
  const known = local.get(key);
  if (known === undefined) local.set(key, value ?? (null as V));
  return known;
}

/** Removes a key and gives back its value; undefined if it was not there. */
export function removeKey<V>(table: Table<V>, key: unknown): V | undefined {
  const local = tableIn<LocalTable<V>>(table);
  return local ? local.remove(key) : (sharedRemove(tableAt(table), key) as V | undefined);
}

/** Removes the key that came first and gives it back; undefined if there is none. */
export function popFirst(table: Table): unknown {
  const local = tableIn(table);
  if (!local) return sharedPopFirst(tableAt(table));
  const { done, value } = local.items.keys().next();
  if (done) return undefined;
  const key = local.original(value);
  local.remove(value);
  return key;
}

/** Removes the entry that came last and gives it back; undefined if there is none. */
export function popLast<V>(table: Table<V>): [key: unknown, value: V] | undefined {
  const local = tableIn<LocalTable<V>>(table);
  if (!local) return sharedPopLast(tableAt(table)) as [unknown, V] | undefined;
  let last: unknown;
  for (last of local.items.keys());
  const value = local.items.get(last);
  if (value === undefined) return undefined;
  const key = local.original(last);
  local.remove(last);
  return [key, value];
}

export function sizeOf(table: Table): number {
  return tableIn(table)?.items.size ?? kernel.dict_length(tableAt(table));
}

export function wipe(table: Table): void {
  const local = tableIn(table);
  if (local) local.clear();
  else kernel.dict_clear(tableAt(table));
}

/** Keys and values as they are at one moment. */
export function entriesOf<V>(table: Table<V>): [key: unknown, value: V][] {
  const local = tableIn<LocalTable<V>>(table);
  if (!local) return sharedEntries(tableAt(table)) as [unknown, V][];
  return Array.from(local.items, ([key, value]) => [local.original(key), value]);
}

/** The keys as they are at one moment. */
export function keysOf(table: Table): unknown[] {
  const local = tableIn(table);
  return local
    ? Array.from(local.items.keys(), (key) => local.original(key))
    : sharedEntries(tableAt(table)).map(([key]) => key);
}

/**
 * Keys and values one by one, as Python's iterators give them.
 *
 * @throws RuntimeError `dictionary changed size during iteration`
 */
export function* walk<V>(table: Table<V>, what: string): Generator<[key: unknown, value: V]> {
  const size = sizeOf(table);
  const local = tableIn<LocalTable<V>>(table);
  const entries = local ? local.items : sharedWalk<V>(tableAt(table));
  const iterator = entries[Symbol.iterator]();
  while (true) {
    if (sizeOf(table) !== size) throw RuntimeError(`${what} changed size during iteration`);
    const { done, value } = iterator.next();
    if (done) return;
    yield local ? [local.original(value[0]), value[1]] : value;
  }
}

function* sharedWalk<V>(address: number): Generator<[key: unknown, value: V]> {
  for (const [key, number] of sharedKeys(address)) {
    const value = sharedValue(address, number);
    if (value !== undefined) yield [key, value as V];
  }
}
