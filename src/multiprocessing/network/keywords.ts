// Which arguments of a remote call are keywords. Nothing is known here of the method but its name: so a trailing object
// literal is keywords, unless a method of Python's that has this name takes data in its place.
import { isMarked } from "../../arguments";
import { isPlainObject } from "../../builtins/classes";

/** How many data the methods of Python's containers and queues take. */
const DATA: Readonly<Record<string, number>> = {
  put: 1,
  put_nowait: 1,
  append: 1,
  extend: 1,
  insert: 2,
  remove: 1,
  index: 1,
  count: 1,
  add: 1,
  set: 2,
  setdefault: 2,
  pop: 2,
  update: 1,
  send: 1,
  __contains__: 1,
  __setitem__: 2,
  __setattr__: 2,
  __add__: 1,
};

/** The arguments by position, and those by name. */
export function keywordsOf(
  name: string,
  given: readonly unknown[],
): [args: readonly unknown[], keywords: Record<string, unknown>] {
  const last = given.at(-1);
  if (isMarked(last)) return [given.slice(0, -1), { ...last }];
  const data = Object.hasOwn(DATA, name) ? DATA[name]! : 0;
  if (!isPlainObject(last) || Object.keys(last).length === 0 || given.length <= data) return [given, {}];
  return [given.slice(0, -1), { ...last }];
}
