import { expect, it } from "vitest";
import { bytes } from "../../src/builtins/bytes";
import { eq, in_, less } from "../../src/builtins/compare";
import { all, any, enumerate, filter, len, map, max, min, reversed, sum, zip } from "../../src/builtins/iterate";
import { iter, next } from "../../src/builtins/protocol";
import { range } from "../../src/builtins/range";
import { slice } from "../../src/builtins/slice";
import { sorted } from "../../src/builtins/sorted";
import { tuple } from "../../src/builtins/tuple";
import { StopIteration } from "../../src/exceptions";
import { agreesWithPython } from "./oracle";

const X = (x: unknown) => x as never;

agreesWithPython("iteration", [
  [
    "[*range(3)], [*range(2, 5)], [*range(9, 0, -4)]",
    () => tuple([[...range(3)], [...range(2, 5)], [...range(9, 0, -4)]]),
  ],
  ["range()", () => (range as any)()],
  ["range(1, 2, 3, 4)", () => (range as any)(1, 2, 3, 4)],
  ["range(1, 2, 0)", () => range(1, 2, 0)],
  ["range(1.5)", () => range(1.5)],
  ["range('a')", () => range(X("a"))],
  ["range(5)[7]", () => range(5).__getitem__(7)],
  ["range(5)[-1]", () => range(5).__getitem__(-1)],
  ["range(5)['a']", () => range(5).__getitem__(X("a"))],
  ["range(10)[2:8:3]", () => range(10).__getitem__(slice(2, 8, 3))],
  ["range(5)[::-1]", () => range(5).__getitem__(slice(null, null, -1))],
  ["range(5).index(9)", () => range(5).index(9)],
  ["range(0, 10, 3).index(6)", () => range(0, 10, 3).index(6)],
  ["range(0) == range(2, 2)", () => eq(range(0), range(2, 2))],
  ["4 in range(0, 10, 3), 6 in range(0, 10, 3)", () => tuple([in_(4, range(0, 10, 3)), in_(6, range(0, 10, 3))])],
  ["len(range(1, 10, 4))", () => len(range(1, 10, 4))],
  ["list(reversed(range(0, 10, 3)))", () => [...reversed(range(0, 10, 3))]],
  [
    "slice(None, None, -1).indices(5), slice(-3, None).indices(5)",
    () => tuple([tuple(slice(null, null, -1).indices(5)), tuple(slice(-3, null).indices(5))]),
  ],
  ["len('a😀')", () => len("a😀")],
  ["len({'a': 1}), len({1}), len(b'abc')", () => tuple([len({ a: 1 }), len(new Set([1])), len(bytes([1, 2, 3]))])],
  ["len(5)", () => len(5)],
  ["len(None)", () => len(null)],
  ["len()", () => (len as any)()],
  ["list(zip([1, 2, 3], 'ab'))", () => [...zip([1, 2, 3], "ab")]],
  ["list(zip())", () => [...zip()]],
  ["zip(1)", () => zip(1)],
  ["list(zip([1], [1, 2], strict=True))", () => [...zip([1], [1, 2], { strict: true })]],
  ["list(zip([1, 2], [1], strict=True))", () => [...zip([1, 2], [1], { strict: true })]],
  ["list(zip([1, 2], [1, 2], [1], strict=True))", () => [...zip([1, 2], [1, 2], [1], { strict: true })]],
  [
    "list(enumerate('ab', 5)), list(enumerate(['x'], start=1))",
    () => tuple([[...enumerate("ab", 5)], [...enumerate(["x"], { start: 1 })]]),
  ],
  ["enumerate(5)", () => enumerate(X(5))],
  ["list(map(lambda a, b: a + b, [1, 2], [10, 20, 30]))", () => [...map((a, b) => a + b, [1, 2], [10, 20, 30])]],
  ["list(map(1, [1]))", () => [...map(X(1), [1])]],
  ["map(len)", () => map(len)],
  ["list(filter(None, [0, 1, [], 'a']))", () => [...filter(null, [0, 1, [], "a"])]],
  ["list(filter(lambda x: [], [1]))", () => [...filter(() => [], [1])]],
  ["list(filter(5, [1]))", () => [...filter(X(5), [1])]],
  ["list(reversed('ab')), list(reversed([1, 2]))", () => tuple([[...reversed("ab")], [...reversed([1, 2])]])],
  ["reversed({1})", () => reversed(new Set([1]))],
  ["iter(5)", () => iter(5)],
  ["iter(5, 1)", () => iter(5, 1)],
  ["next(5)", () => next(5)],
  ["next([])", () => next([])],
  ["next(iter([]))", () => next(iter([]))],
  ["next(iter([]), 7), next(iter([3]), 7)", () => tuple([next(iter([]), 7), next(iter([3]), 7)])],
  ["sorted({'b': 1, 'a': 2})", () => sorted({ b: 1, a: 2 })],
  ["sorted([3, 10, 2], reverse=True)", () => sorted([3, 10, 2], { reverse: true })],
  ["sorted(['bb', 'a', 'cc'], key=len, reverse=True)", () => sorted(["bb", "a", "cc"], { key: len, reverse: true })],
  ["sorted([(2, 'a'), (1, 'b'), (1, 'a')])", () => sorted([tuple([2, "a"]), tuple([1, "b"]), tuple([1, "a"])])],
  ["sorted([1, 'a'])", () => sorted<unknown>([1, "a"])],
  ["sorted([{}, {}])", () => sorted([{}, {}])],
  ["sorted(5)", () => sorted(X(5))],
  [
    "sum([1, 2.5]), sum([[1], [2]], []), sum([1], start=5)",
    () => tuple([sum([1, 2.5]), sum([[1], [2]], []), sum([1], { start: 5 })]),
  ],
  ["sum([2**53 - 1, 2])", () => sum([2 ** 53 - 1, 2])],
  ["sum([1, 'a'])", () => sum([1, "a"])],
  ["sum(['a'], '')", () => sum(["a"], "")],
  ["sum(5)", () => sum(X(5))],
  [
    "min(3, 1, 2), max([3, 1]), max('ab', 'b'), max([], default=3)",
    () => tuple([min(3, 1, 2), max([3, 1]), max("ab", "b"), max([], { default: 3 })]),
  ],
  [
    "max(['a', 'ccc'], key=len), min('aaa', 'b', key=len)",
    () => tuple([max(["a", "ccc"], { key: len }), min("aaa", "b", { key: len } as never)]),
  ],
  ["min([])", () => min([])],
  ["max([])", () => max([])],
  ["min()", () => (min as any)()],
  ["min(5)", () => min(X(5))],
  ["max(1, 2, default=3)", () => (max as any)(1, 2, { default: 3 })],
  ["max(1, 'a')", () => max<unknown>(1, "a")],
  ["max([1, None])", () => max([1, null])],
  ["any([0, []]), all([1, 'a']), all([])", () => tuple([any([0, []]), all([1, "a"]), all([])])],
  ["all(5)", () => all(X(5))],
  ["1 in 5", () => in_(1, 5)],
  ["1 in 'a'", () => in_(1, "a")],
  ["'a' in b'a'", () => in_("a", bytes("a"))],
  [
    "'bc' in 'abcd', [1] in [[1]], 'a' in {'a': 1}, True in {1: 2}.keys()",
    () => tuple([in_("bc", "abcd"), in_([1], [[1]]), in_("a", { a: 1 }), in_(true, [1])]),
  ],
  [
    "[1, [2]] == [1, [2]], [1] == [1, 2], {'a': [1]} == {'a': [1]}, {1, 2} == {2, 1}, 1 == True, None == 0, '1' == 1",
    () =>
      tuple([
        eq([1, [2]], [1, [2]]),
        eq([1], [1, 2]),
        eq({ a: [1] }, new Map([["a", [1]]])),
        eq(new Set([1, 2]), new Set([2, 1])),
        eq(1, true),
        eq(null, 0),
        eq("1", 1),
      ]),
  ],
  [
    "[1, 2] < [1, 3], (1,) < (1, 0), 'a' < 'b', b'a' < b'b', {1} < {1, 2}",
    () =>
      tuple([
        less([1, 2], [1, 3]),
        less(tuple([1]), tuple([1, 0])),
        less("a", "b"),
        less(bytes("a"), bytes("b")),
        less(new Set([1]), new Set([1, 2])),
      ]),
  ],
  ["(1, 'a') < (1, 2)", () => less(tuple([1, "a"]), tuple([1, 2]))],
  ["(1, 2).index(3)", () => tuple([1, 2]).index(3)],
  ["(1, 2, 1).count(1)", () => tuple([1, 2, 1]).count(1)],
  ["(1, 2)[5]", () => tuple([1, 2]).__getitem__(5)],
  ["(1, 2, 3)[1:]", () => tuple([1, 2, 3]).__getitem__(slice(1, null))],
]);

it("next gives StopIteration the value that a generator returned", () => {
  const generator = (function* () {
    yield 1;
    return 5;
  })();
  expect(next(generator)).toBe(1);
  expect(() => next(generator)).toThrow(StopIteration);
  const again = (function* () {
    yield 1;
    return 5;
  })();
  next(again);
  try {
    next(again);
    expect.unreachable();
  } catch (error) {
    expect((error as StopIteration).value).toBe(5);
  }
});

it("objects with Python's protocols are iterated, compared and measured", () => {
  const counter = (n: number) => ({
    __iter__() {
      return this;
    },
    __next__() {
      if (n === 0) throw StopIteration();
      return n--;
    },
  });
  expect([...map((x: number) => x * 2, counter(3))]).toEqual([6, 4, 2]);
  expect([...sorted(counter(3))]).toEqual([1, 2, 3]);
  expect(next(iter(counter(3)))).toBe(3);
  const box = (x: number) => ({
    __lt__: (other: any) => x < other.x,
    __eq__: (other: any) => x === other.x,
    __len__: () => x,
    x,
  });
  expect(min(box(2), box(1)).x).toBe(1);
  expect(eq(box(1), box(1))).toBe(true);
  expect(len(box(4))).toBe(4);
});

it("iter with a sentinel calls until it comes", () => {
  const items = [1, 2, 0, 3];
  expect([...iter(() => items.shift(), 0)]).toEqual([1, 2]);
});

it("a tuple is a frozen array", () => {
  const t = tuple([1, 2]);
  expect(Array.isArray(t)).toBe(true);
  expect(t).toBeInstanceOf(tuple);
  expect(() => t.push(3)).toThrow(TypeError);
  expect(t.map((x) => x + 1)).toEqual([2, 3]);
  expect(`${t}`).toBe("(1, 2)");
  expect(tuple.of(1)).toEqual(tuple([1]));
});
