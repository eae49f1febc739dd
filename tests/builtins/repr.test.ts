import { expect, it, vi } from "vitest";
import { print } from "../../src/builtins";
import { bytes } from "../../src/builtins/bytes";
import { ADDRESS } from "../../src/builtins/classes";
import { int } from "../../src/builtins/numbers";
import { range } from "../../src/builtins/range";
import { ascii, repr, str } from "../../src/builtins/repr";
import { slice } from "../../src/builtins/slice";
import { tuple } from "../../src/builtins/tuple";
import { type } from "../../src/builtins/types";
import { callable } from "../../src/callable";
import { KeyError, ValueError } from "../../src/exceptions";
import { agreesWithPython } from "./oracle";

vi.mock("../../src/runtime/output", () => ({ write() {}, readLine: () => null, runner: () => "" }));

const STRINGS = [
  "",
  "a",
  "it's",
  'say "x"',
  `both ' and "`,
  "\\ \n\r\t\0\x7f",
  "\x80\xa0\xad\u200b\u2028",
  "é😀",
  "\u{e0001}",
];
const FLOATS = [
  0.5,
  -1.5,
  1e16,
  123456789012345680,
  1e22,
  1e100,
  1.5e-7,
  1e-5,
  0.0001,
  123456789.123,
  0.1 + 0.2,
  5e-324,
  1e21 + 1,
];
/** A JavaScript string as Python's source has it. */
const source = (text: string) =>
  `"${text.replace(/[^ !#-[\]-~]/gu, (c) => `\\U${c.codePointAt(0)!.toString(16).padStart(8, "0")}`)}"`;

agreesWithPython("repr", [
  ...STRINGS.map((text) => [source(text), () => text] as const),
  ["'\\ud800'", () => "\ud800"],
  ...FLOATS.map((x) => [`float(${JSON.stringify(String(x))})`, () => x] as const),
  [
    "float('inf'), -float('inf'), float('nan')",
    () => tuple([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN]),
  ],
  ["10**30", () => 10n ** 30n],
  [
    "[None, True, 'a', (1,), (), {1, 2}, set(), {'a': 1}]",
    () => [null, true, "a", tuple([1]), tuple(), new Set([1, 2]), new Set(), { a: 1 }],
  ],
  [
    "{1: 'x', (2, 3): [4]}",
    () =>
      new Map<unknown, unknown>([
        [1, "x"],
        [tuple([2, 3]), [4]],
      ]),
  ],
  ["b\"it's\\t\\n\\r\\\\\\x00\\x7f\\xff'\"", () => bytes("it's\t\n\r\\\0\x7f\xff'")],
  ["b'\"' + b\"'\"", () => bytes(`"'`)],
  ["[ValueError('x'), KeyError('a', 1)]", () => [ValueError("x"), KeyError("a", 1)]],
  ["ValueError, int, type", () => tuple([ValueError, int, type])],
  ["print", () => print],
  ["slice(1, 2), slice(None)", () => tuple([slice(1, 2), slice(null)])],
  ["range(3), range(1, 9, 2)", () => tuple([range(3), range(1, 9, 2)])],
  [
    "(lambda l: (l.append(l), l)[1])([1])",
    () => {
      const list: unknown[] = [1];
      list.push(list);
      return list;
    },
  ],
  [
    "(lambda d: (d.update(d=d), d)[1])({})",
    () => {
      const dict: Record<string, unknown> = {};
      dict.d = dict;
      return dict;
    },
  ],
  [
    "(lambda l: (l.append((l,)), l)[1])([])",
    () => {
      const list: unknown[] = [];
      list.push(tuple([list]));
      return list;
    },
  ],
  ["ascii('é😀\\n')", () => ascii("é😀\n")],
  ["str(), str('a'), str(None), str([1, 'a'])", () => tuple([str(), str("a"), str(null), str([1, "a"])])],
]);

it("undefined is None, and -0 is 0", () => {
  expect(repr([undefined, -0])).toBe("[None, 0]");
  expect(str(undefined)).toBe("None");
});

it("functions, classes and instances show their names", () => {
  class Account {}
  function work() {}
  expect(repr(work)).toMatch(/^<function work at 0x7f[0-9a-f]{10}>$/);
  expect(
    repr(
      (
        () => () =>
          0
      )(),
    ),
  ).toMatch(/^<function <lambda> at 0x/);
  expect(repr(Account)).toBe("<class '__main__.Account'>");
  expect(repr(new Account())).toMatch(/^<__main__\.Account object at 0x/);
  const Lock = callable(
    class Lock {
      static __module__ = "threading";
      acquire() {}
    },
    "Lock",
  );
  expect(repr(Lock())).toMatch(/^<threading\.Lock object at 0x/);
  expect(repr(class Mine extends Lock {})).toBe("<class '__main__.Mine'>");
});

it("the address of an object stays, and may be its own", () => {
  const object = new (class Thing {})();
  expect(repr(object)).toBe(repr(object));
  expect(repr({ __proto__: { constructor: class Thing {} }, [ADDRESS]: 0xabc })).toBe(
    "<__main__.Thing object at 0xabc>",
  );
});

it("__repr__ and __str__ come first", () => {
  const point = { __repr__: () => "Point(1)", __str__: () => "1" };
  expect(repr([point])).toBe("[Point(1)]");
  expect(str(point)).toBe("1");
  expect(str({ __repr__: () => "R" })).toBe("R");
});

it("an error of JavaScript's shows as the Python error it counts as", () => {
  expect(repr(new RangeError("m"))).toBe("ValueError('m')");
  expect(str(new RangeError("m"))).toBe("m");
});
