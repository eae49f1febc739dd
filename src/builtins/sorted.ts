// Python's sorted. By itself, as every list has it in its sort: the other builtins that consume iterables need not come along.
import { signature } from "../arguments";
import { defineBuiltins } from "../registry";
import { less } from "./compare";
import type { AnyIterable } from "./iterate";
import { newList } from "./list";
import { iterate } from "./protocol";
import { truth } from "./truth";

const bindSorted = signature<[iterable: any, key: ((item: any) => any) | null, reverse: any]>(
  "sorted(iterable: data, /, *, key=None, reverse=False)",
);

/**
 * Python's `sorted(iterable, { key, reverse }?)`: a new list, equal items in their old order.
 *
 * @throws TypeError `'<' not supported between instances of 'str' and 'int'`
 */
export function sorted<T>(
  iterable: AnyIterable<T>,
  options?: { key?: ((item: any) => any) | null; reverse?: unknown },
): T[];
export function sorted(...args: any[]): any[] {
  const [iterable, key, reverse] = bindSorted(args);
  const sign = truth(reverse) ? -1 : 1;
  const ranked = Array.from(iterate(iterable), (item) => ({ item, rank: key ? key(item) : item }));
  const kind = typeof ranked[0]?.rank;
  const areAlike = (kind === "number" || kind === "string") && ranked.every(({ rank }) => typeof rank === kind);
  const isLess: (a: any, b: any) => boolean = areAlike ? (a, b) => a < b : less;
  ranked.sort((a, b) => (isLess(a.rank, b.rank) ? -sign : isLess(b.rank, a.rank) ? sign : 0));
  return newList(ranked.map(({ item }) => item));
}

defineBuiltins({ sorted });
