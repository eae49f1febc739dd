// Python's list, local and shared, against python3.
import { describe, expect, it } from "vitest";
import {
  dict,
  eq,
  hash,
  in_,
  isinstance,
  iter,
  len,
  list,
  max,
  range,
  repr,
  reversed,
  set,
  slice,
  sorted,
  str,
  sum,
  tuple,
  type,
} from "../../src/builtins";
import { less } from "../../src/builtins/compare";
import { kernel } from "../../src/kernel/kernel";
import { attachTestKernel, seeded } from "../runtime/kernel";
import { agreesInBothStorages, type Own, type StorageRow, shared } from "./storages";

const l = (own: Own, ...items: any[]) => own(list<any>(items));
/** What a step leaves of a container. */
function left<T>(x: T, step: (x: T) => unknown): T {
  step(x);
  return x;
}

const rows: StorageRow[] = [
  ["[]", (own) => own(list())],
  ["[1, 'two', None, [3]]", (own) => l(own, 1, "two", null, l(own, 3))],
  ["list('abc')", (own) => own(list("abc"))],
  ["[x for r in [[1, 2], [3]] for x in r]", (own) => l(own, l(own, 1, 2), l(own, 3)).flatMap((r) => r)],
  ["list((1, 2))", (own) => own(list(tuple([1, 2])))],
  ["list({'a': 1})", (own) => own(list(dict({ a: 1 })))],
  ["list(range(3))", (own) => own(list(range(3)))],
  ["list(5)", (own) => own(list(5 as never))],
  ["[1, 2][0]", (own) => l(own, 1, 2).__getitem__(0)],
  ["[1, 2][-1]", (own) => l(own, 1, 2).__getitem__(-1)],
  ["[None][0]", (own) => l(own, null).__getitem__(0)],
  ["[1, 2][True]", (own) => l(own, 1, 2).__getitem__(true as never)],
  ["[1, 2][2]", (own) => l(own, 1, 2).__getitem__(2)],
  ["[1, 2][-3]", (own) => l(own, 1, 2).__getitem__(-3)],
  ["[1, 2]['a']", (own) => l(own, 1, 2).__getitem__("a" as never)],
  ["[1, 2][1.5]", (own) => l(own, 1, 2).__getitem__(1.5)],
  ["[1, 2, 3, 4][1:3]", (own) => l(own, 1, 2, 3, 4).__getitem__(slice(1, 3))],
  ["[1, 2, 3, 4][::-1]", (own) => l(own, 1, 2, 3, 4).__getitem__(slice(null, null, -1))],
  ["[1, 2, 3, 4][-3::2]", (own) => l(own, 1, 2, 3, 4).__getitem__(slice(-3, null, 2))],
  ["[1].append(2)", (own) => l(own, 1).append(2) ?? null],
  ["[1, 2].pop()", (own) => l(own, 1, 2).pop()],
  ["[1, 2].pop(0)", (own) => l(own, 1, 2).pop(0)],
  ["[1, 2].pop(-2)", (own) => l(own, 1, 2).pop(-2)],
  ["[].pop()", (own) => l(own).pop()],
  ["[1].pop(5)", (own) => l(own, 1).pop(5)],
  ["[1].pop('x')", (own) => l(own, 1).pop("x" as never)],
  ["[1].remove(2)", (own) => l(own, 1).remove(2)],
  ["[1, 2, 1].index(1, 1)", (own) => l(own, 1, 2, 1).index(1, 1)],
  ["[1, 2, 1].index(1, -1)", (own) => l(own, 1, 2, 1).index(1, -1)],
  ["[1, 2].index(2, 0, 1)", (own) => l(own, 1, 2).index(2, 0, 1)],
  ["['a'].index('b')", (own) => l(own, "a").index("b")],
  ["[1, True, 1.0, '1'].count(1)", (own) => l(own, 1, true, 1, "1").count(1)],
  ["[1] + [2]", (own) => l(own, 1).__add__(l(own, 2))],
  ["[1] + (2,)", (own) => l(own, 1).__add__(tuple([2]))],
  ["[1] + 2", (own) => l(own, 1).__add__(2 as never)],
  ["[1, 2] * 2", (own) => l(own, 1, 2).__mul__(2)],
  ["[1] * -1", (own) => l(own, 1).__mul__(-1)],
  ["[1] * 1.5", (own) => l(own, 1).__mul__(1.5)],
  ["[1] * 'a'", (own) => l(own, 1).__mul__("a" as never)],
  ["2 in [1, 2]", (own) => in_(2, l(own, 1, 2))],
  ["[1] in [[1]]", (own) => in_(l(own, 1), l(own, l(own, 1)))],
  ["[1, [2]] == [1, [2]]", (own) => eq(l(own, 1, l(own, 2)), l(own, 1, l(own, 2)))],
  ["[1] == (1,)", (own) => eq(l(own, 1), tuple([1]))],
  ["[1, 2] < [1, 3]", (own) => less(l(own, 1, 2), l(own, 1, 3))],
  ["[1] < [1, 0]", (own) => less(l(own, 1), l(own, 1, 0))],
  ["[2] > [1, 5]", (own) => less(l(own, 2), l(own, 1, 5), ">")],
  ["[1] < (1,)", (own) => less(l(own, 1), tuple([1]))],
  ["[1] < ['a']", (own) => less(l(own, 1), l(own, "a"))],
  ["sorted([[2, 1], [1, 2]])", (own) => sorted(l(own, l(own, 2, 1), l(own, 1, 2)))],
  ["max([1], [2])", (own) => max(l(own, 1), l(own, 2))],
  ["sum([1, 2, 3])", (own) => sum(l(own, 1, 2, 3))],
  ["len([1, 2])", (own) => len(l(own, 1, 2))],
  ["list(reversed([1, 2, 3]))", (own) => list(reversed(l(own, 1, 2, 3)))],
  ["hash([])", (own) => hash(l(own))],
  ["str(['it\\'s', 1.5, True])", (own) => str(l(own, "it's", 1.5, true))],
  ["type([])", (own) => type(l(own))],
  ["isinstance([], list), isinstance([], object)", (own) => tuple([isinstance(l(own), list as never), true])],
  ["[].index(1, 2, 3)", (own) => l(own).index(1, 2, 3)],
];

agreesInBothStorages("list", rows);

/** Python statements on a list `x` of 0 to 5, and the same here. */
const steps: [python: string, ours: (x: list) => unknown][] = [
  ["x.append('a')", (x) => x.append("a")],
  ["x.insert(0, 'a')", (x) => x.insert(0, "a")],
  ["x.insert(-1, 'a')", (x) => x.insert(-1, "a")],
  ["x.insert(99, 'a')", (x) => x.insert(99, "a")],
  ["x.insert(-99, 'a')", (x) => x.insert(-99, "a")],
  ["x.extend('ab')", (x) => x.extend("ab")],
  ["x.extend(x)", (x) => x.extend(x)],
  ["x.extend(5)", (x) => x.extend(5 as never)],
  ["x.remove(3)", (x) => x.remove(3)],
  ["x.clear()", (x) => x.clear()],
  ["x.reverse()", (x) => x.reverse()],
  ["x.sort(reverse=True)", (x) => x.sort({ reverse: true })],
  ["x.sort(key=lambda i: i % 3)", (x) => x.sort({ key: (i: number) => i % 3 })],
  ["x.sort(key=lambda i: -i)", (x) => x.sort({ key: (i: number) => -i })],
  [
    "x.append('a') or x.sort()",
    (x) => {
      x.append("a");
      x.sort();
    },
  ],
  ["x.__setitem__(1, 'a')", (x) => x.__setitem__(1, "a")],
  ["x.__setitem__(-1, 'a')", (x) => x.__setitem__(-1, "a")],
  ["x.__setitem__(9, 'a')", (x) => x.__setitem__(9, "a")],
  ["x.__setitem__(slice(1, 3), 'abc')", (x) => x.__setitem__(slice(1, 3), "abc")],
  ["x.__setitem__(slice(4, 2), 'ab')", (x) => x.__setitem__(slice(4, 2), "ab")],
  ["x.__setitem__(slice(None, None, 2), 'abc')", (x) => x.__setitem__(slice(null, null, 2), "abc")],
  ["x.__setitem__(slice(None, None, 2), 'ab')", (x) => x.__setitem__(slice(null, null, 2), "ab")],
  ["x.__setitem__(slice(None, None, -1), x)", (x) => x.__setitem__(slice(null, null, -1), x)],
  ["x.__setitem__(slice(1, 3), 5)", (x) => x.__setitem__(slice(1, 3), 5 as never)],
  ["x.__delitem__(0)", (x) => x.__delitem__(0)],
  ["x.__delitem__(-1)", (x) => x.__delitem__(-1)],
  ["x.__delitem__(9)", (x) => x.__delitem__(9)],
  ["x.__delitem__(slice(1, 3))", (x) => x.__delitem__(slice(1, 3))],
  ["x.__delitem__(slice(None, None, 2))", (x) => x.__delitem__(slice(null, null, 2))],
  ["x.__delitem__(slice(None, None, -2))", (x) => x.__delitem__(slice(null, null, -2))],
  ["x.__iadd__([7])", (x) => x.__iadd__([7]) && null],
  ["x.__imul__(2)", (x) => x.__imul__(2) && null],
];

agreesInBothStorages(
  "a changed list",
  steps.map(([python, ours]) => [
    `(lambda x: (x if (${python}) is None else x))([0, 1, 2, 3, 4, 5]) if '__i' not in ${JSON.stringify(python)} else (lambda x: (${python}))([0, 1, 2, 3, 4, 5])`,
    (own) => left(l(own, 0, 1, 2, 3, 4, 5), ours),
  ]),
);

describe.each(["local", "shared"])("a %s list", (storage) => {
  attachTestKernel();
  const own: Own = storage === "shared" ? shared : (x) => x;

  it("has JavaScript's reading methods", () => {
    const x = l(own, 3, 1, 2);
    expect([...x, x.length, x.at(-1), x.includes(1), x.indexOf(2), x.join("-")]).toEqual([
      3,
      1,
      2,
      3,
      2,
      true,
      2,
      "3-1-2",
    ]);
    expect(repr([x.map((i) => i * 2), x.filter((i) => i > 1), x.slice(1), x.concat([4])])).toBe(
      "[[6, 2, 4], [3, 2], [1, 2], [3, 1, 2, 4]]",
    );
    expect([x.reduce((a, b) => a + b, 0), x.some((i) => i > 2), x.every((i) => i > 2), x.find((i) => i < 3)]).toEqual([
      6,
      true,
      false,
      1,
    ]);
    expect([x.push(9), x.shift(), x.unshift(0), repr(x)]).toEqual([4, 3, 4, "[0, 1, 2, 9]"]);
    expect(`${x}`).toBe("[0, 1, 2, 9]");
  });

  it("is iterated by index, so that items added meanwhile come too", () => {
    const x = l(own, 1, 2);
    const seen: number[] = [];
    for (const item of x) {
      seen.push(item);
      if (len(x) < 5) x.append(item + 2);
    }
    expect(seen).toEqual([1, 2, 3, 4, 5]);
    const iterator = iter(l(own, 1));
    iterator.next();
    expect(iterator.next().done).toBe(true);
  });

  it("sorts stably, is empty meanwhile, and keeps its items if a key fails", () => {
    const x = l(own, ...Array.from({ length: 200 }, (_, i) => tuple([i % 7, i])));
    x.sort({ key: (item: number[]) => item[0] });
    const rows = [...x] as [number, number][];
    for (let i = 1; i < rows.length; i++) {
      const [[a, m], [b, n]] = [rows[i - 1]!, rows[i]!];
      expect(a < b || (a === b && m < n)).toBe(true);
    }
    const y = l(own, 3, 1, 2);
    expect(() =>
      y.sort({
        key: () => {
          throw new Error("no");
        },
      }),
    ).toThrow("no");
    expect(repr(y)).toBe("[3, 1, 2]");
    expect(() => y.sort({ key: (i) => Number(y.append(9)) || i })).toThrow("list modified during sort");
    expect(repr(y)).toBe("[1, 2, 3]");
  });

  it("takes a million items at once", () => {
    const x = own(list<number>());
    x.extend(range(300000));
    expect([len(x), x.__getitem__(-1)]).toEqual([300000, 299999]);
  });

  it("contains itself", () => {
    const x = l(own, 1);
    x.append(x);
    x.append(dict({ x }));
    expect(repr(x)).toBe("[1, [...], {'x': [...]}]");
    expect(x.__getitem__(1)).toBe(x);
  });

  it("agrees with an array through 5,000 random steps", () => {
    const random = seeded(11);
    const x = own(list<any>());
    const model: any[] = [];
    for (let step = 0; step < 5000; step++) {
      const at = Math.floor(random() * (model.length + 1));
      const item = random() < 0.5 ? step : `item number ${step}`;
      const choice = random();
      if (choice < 0.3) {
        x.append(item);
        model.push(item);
      } else if (choice < 0.5) {
        x.insert(at, item);
        model.splice(at, 0, item);
      } else if (at === model.length) {
        expect(() => x.pop(at)).toThrow(model.length === 0 ? "pop from empty list" : "pop index out of range");
      } else if (choice < 0.75) {
        expect(x.pop(at)).toBe(model.splice(at, 1)[0]);
      } else if (choice < 0.85) {
        x.__setitem__(at, item);
        model[at] = item;
      } else if (choice < 0.95) {
        x.remove(model[at]);
        model.splice(model.indexOf(model[at]), 1);
      } else {
        x.__setitem__(slice(at, at + 2), [1, 2, 3]);
        model.splice(at, 2, 1, 2, 3);
      }
    }
    expect([...x]).toEqual(model);
  });
});

describe("a shared list", () => {
  attachTestKernel();

  it("gives all its memory back", () => {
    const x = shared(list<any>());
    x.extend(Array.from({ length: 50 }, (_, i) => `item number ${i}`));
    x.clear();
    const before = kernel.memory_used();
    for (let round = 0; round < 10; round++) {
      x.extend(Array.from({ length: 50 }, (_, i) => `item number ${i}`));
      x.remove("item number 7");
      x.reverse();
      x.sort();
      x.__setitem__(slice(0, 20, 2), Array(10).fill("another text"));
      x.__delitem__(slice(0, 10));
      x.clear();
    }
    expect(kernel.memory_used()).toBe(before);
  });

  it("freezes the array that it has taken over", () => {
    const items = [1, 2];
    const x = list(items);
    items.push(3);
    expect(repr(x)).toBe("[1, 2, 3]");
    shared(x);
    expect(() => items.push(4)).toThrow();
    x.append(4);
    expect([repr(x), items.length]).toEqual(["[1, 2, 3, 4]", 3]);
    expect(set(x).length).toBe(4);
  });
});

describe("a list with something that cannot be shared", () => {
  attachTestKernel();

  it("says what and where, and is local as before", () => {
    const x = list<any>([1, dict({ a: list([new WeakMap()]) })]);
    const before = kernel.memory_used();
    expect(() => shared(x)).toThrow(`list[1]["a"][0]: cannot share an instance of 'WeakMap'`);
    expect(kernel.memory_used()).toBe(before);
    x.pop();
    x.append(2);
    expect(repr(x)).toBe("[1, 2]");
    expect(repr(shared(x))).toBe("[1, 2]");
  });
});
