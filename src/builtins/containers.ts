// The builtin classes that not every program has, for what stands below them and only compares: each enters itself.

type Name = "list" | "dict" | "set" | "frozenset" | "object" | "int" | "float";

/** As far as the program has them. */
export const containers: { [name in Name]?: unknown } = {};

/** Method of list and dict: the item of a key, or undefined where only `__getitem__` can tell. */
export const GET_ITEM = Symbol("get item");
/** Method of list and dict: sets an item. False where only `__setitem__` can. */
export const SET_ITEM = Symbol("set item");

/** Whether something is a list or a dict, and of no class of its own, so that it has the methods above. */
export function isBuiltin(o: any): boolean {
  const cls = o?.constructor;
  return cls !== undefined && (cls === containers.list || cls === containers.dict);
}
