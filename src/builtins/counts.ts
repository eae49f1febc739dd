// How many arguments the methods of Python's containers take, and the words in which CPython refuses others.
import { TypeError } from "../exceptions";

/** So many, told with the method's whole name; or at least and at most, told with the name alone. */
type Count = 0 | 1 | readonly [least: number, most: number];

const COUNTS: Record<string, Record<string, Count>> = {
  list: {
    clear: 0,
    copy: 0,
    append: 1,
    count: 1,
    extend: 1,
    remove: 1,
    reverse: 0,
    index: [1, 3],
    insert: [2, 2],
    pop: [0, 1],
  },
  dict: {
    clear: 0,
    copy: 0,
    items: 0,
    keys: 0,
    values: 0,
    popitem: 0,
    get: [1, 2],
    pop: [1, 2],
    setdefault: [1, 2],
    update: [0, 1],
  },
};

/** @throws TypeError if `type`'s method `name` cannot be given so many arguments */
export function checkCount(type: string, name: string, given: number): void {
  const count = COUNTS[type]?.[name];
  if (count === undefined) return;
  if (typeof count === "number") {
    if (given === count) return;
    throw TypeError(
      `${type}.${name}() takes ${count === 0 ? "no arguments" : "exactly one argument"} (${given} given)`,
    );
  }
  const [least, most] = count;
  if (given >= least && given <= most) return;
  const bound = least === most ? "" : given < least ? "at least " : "at most ";
  const wanted = given < least ? least : most;
  throw TypeError(`${name} expected ${bound}${wanted} argument${wanted === 1 ? "" : "s"}, got ${given}`);
}
