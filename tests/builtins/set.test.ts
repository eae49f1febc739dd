// Python's set and frozenset, local and shared, against python3. Items come in ascending order, in which CPython shows small ints.
import { describe, expect, it } from "vitest";
import {
  dict,
  eq,
  frozenset,
  hash,
  in_,
  isinstance,
  len,
  list,
  max,
  repr,
  set,
  sorted,
  str,
  tuple,
  type,
} from "../../src/builtins";
import { less } from "../../src/builtins/compare";
import { attachTestKernel, seeded } from "../runtime/kernel";
import { agreesInBothStorages, type Own, type StorageRow, shared } from "./storages";

const s = (own: Own, ...items: any[]) => own(set<any>(items));
const f = (own: Own, ...items: unknown[]) => own(frozenset(items));
function left<T>(x: T, step: (x: T) => unknown): T {
  step(x);
  return x;
}

const rows: StorageRow[] = [
  ["set()", (own) => own(set())],
  ["{1, 2}", (own) => s(own, 1, 2)],
  ["set([1, 1.0, True, 2])", (own) => s(own, 1, 1.0, true, 2)],
  ["set(5)", (own) => own(set(5 as never))],
  ["set('a')", (own) => own(set("a"))],
  ["{[]}", (own) => s(own, list())],
  ["{(1, [])}", (own) => s(own, tuple([1, list()]))],
  ["{()}", (own) => s(own, tuple())],
  ["frozenset()", (own) => own(frozenset())],
  ["frozenset([1, 2])", (own) => f(own, 1, 2)],
  ["{frozenset([1])}", (own) => s(own, f(own, 1))],
  ["frozenset([1]) in {frozenset([1])}", (own) => in_(f(own, 1), s(own, f(own, 1)))],
  ["frozenset([1]) == {1}", (own) => eq(f(own, 1), s(own, 1))],
  ["{1, 2} == {2, 1}", (own) => eq(s(own, 1, 2), s(own, 2, 1))],
  ["{1, 2} == [1, 2]", (own) => eq(s(own, 1, 2), list([1, 2]))],
  ["{1, 2} < {1, 2, 3}", (own) => less(s(own, 1, 2), s(own, 1, 2, 3))],
  ["{1, 2} < {1, 3}", (own) => less(s(own, 1, 2), s(own, 1, 3))],
  ["{1, 2} > {1}", (own) => less(s(own, 1, 2), s(own, 1), ">")],
  ["{1} < [1]", (own) => less(s(own, 1), list([1]))],
  ["{1}.union({2}, [3])", (own) => s(own, 1).union(s(own, 2), [3])],
  ["{1, 2, 3}.intersection({2, 3}, [3, 4])", (own) => s(own, 1, 2, 3).intersection(s(own, 2, 3), [3, 4])],
  ["{1, 2, 3}.difference({2}, [3])", (own) => s(own, 1, 2, 3).difference(s(own, 2), [3])],
  ["{1, 2}.symmetric_difference([2, 3])", (own) => s(own, 1, 2).symmetric_difference([2, 3])],
  ["{1} | {2}", (own) => s(own, 1).__or__(s(own, 2))],
  ["{1, 2} & {2}", (own) => s(own, 1, 2).__and__(s(own, 2))],
  ["{1, 2} - {2}", (own) => s(own, 1, 2).__sub__(s(own, 2))],
  ["{1, 2} ^ {2, 3}", (own) => s(own, 1, 2).__xor__(s(own, 2, 3))],
  ["{1} | [2]", (own) => s(own, 1).__or__([2])],
  ["{1} & {1: 2}.keys()", (own) => s(own, 1).__and__(own(dict([[1, 2]])).keys())],
  ["frozenset([1]) | {2}", (own) => f(own, 1).__or__(s(own, 2))],
  ["{1} | frozenset([2])", (own) => s(own, 1).__or__(f(own, 2))],
  ["{1, 2}.issubset([1, 2, 3])", (own) => s(own, 1, 2).issubset([1, 2, 3])],
  ["{1, 2}.issuperset([1])", (own) => s(own, 1, 2).issuperset([1])],
  ["{1, 2}.isdisjoint([3])", (own) => s(own, 1, 2).isdisjoint([3])],
  ["{1, 2}.pop()", (own) => s(own, 1, 2).pop()],
  ["set().pop()", (own) => s(own).pop()],
  ["{1}.remove(2)", (own) => s(own, 1).remove(2)],
  ["{1}.remove('x')", (own) => s(own, 1).remove("x")],
  ["{1}.discard(2)", (own) => s(own, 1).discard(2) ?? null],
  ["2 in {1}", (own) => in_(2, s(own, 1))],
  ["[] in {1}", (own) => in_(list(), s(own, 1))],
  ["len({1, 2})", (own) => len(s(own, 1, 2))],
  ["sorted({3, 1, 2})", (own) => sorted(s(own, 3, 1, 2))],
  ["max({3, 1, 2})", (own) => max(s(own, 3, 1, 2))],
  ["hash({1})", (own) => hash(s(own, 1))],
  ["hash(frozenset([1, 2])) == hash(frozenset([2, 1]))", (own) => hash(f(own, 1, 2)) === hash(f(own, 2, 1))],
  ["type({1}), type(frozenset())", (own) => tuple<unknown>([type(s(own, 1)), type(f(own))])],
  [
    "isinstance({1}, set), isinstance(frozenset(), set)",
    (own) => tuple([isinstance(s(own), set as never), isinstance(f(own), set as never)]),
  ],
  ["str({'a'})", (own) => str(s(own, "a"))],
  ["bool(set())", (own) => len(s(own)) !== 0],
];

agreesInBothStorages("set", rows);

describe.each(["local", "shared"])("a %s set", (storage) => {
  attachTestKernel();
  const own: Own = storage === "shared" ? shared : (x) => x;

  it("updates in place", () => {
    expect(repr(left(s(own, 1, 2), (x) => x.update([2, 3], set([4]))))).toBe("{1, 2, 3, 4}");
    expect(repr(left(s(own, 1, 2, 3), (x) => x.intersection_update([2, 3], [3])))).toBe("{3}");
    expect(repr(left(s(own, 1, 2, 3), (x) => x.difference_update([2], [3])))).toBe("{1}");
    expect(repr(left(s(own, 1, 2), (x) => x.symmetric_difference_update([2, 3])))).toBe("{1, 3}");
    const x = s(own, 1);
    expect(
      x
        .__ior__(set([2]))
        .__isub__(set([1]))
        .__ixor__(set([3]))
        .__iand__(set([3])),
    ).toBe(x);
    expect(repr(x)).toBe("{3}");
    expect(() => x.__ior__([1])).toThrow("unsupported operand type(s) for |=: 'set' and 'list'");
  });

  it("tells a change of size during iteration", () => {
    const x = s(own, 1, 2);
    expect(() => {
      for (const item of x) x.add(item + 10);
    }).toThrow("Set changed size during iteration");
  });

  it("agrees with a Set through 10,000 random steps", () => {
    const random = seeded(3);
    const x = own(set<number | string>());
    const model = new Set<number | string>();
    for (let step = 0; step < 10000; step++) {
      const n = Math.floor(random() * 50);
      const item = n % 2 ? n : `item number ${n}`;
      if (random() < 0.5) {
        x.add(item);
        model.add(item);
      } else {
        x.discard(item);
        model.delete(item);
      }
      if (random() < 0.05 && model.size > 0) model.delete(x.pop());
      expect(len(x)).toBe(model.size);
    }
    expect(new Set(x)).toEqual(model);
  });
});
