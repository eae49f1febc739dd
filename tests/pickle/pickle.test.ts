// Pickles, with CPython at the other end.
import { afterAll, describe, expect, test } from "vitest";
import { bytearray, bytes } from "../../src/builtins/bytes";
import { dict } from "../../src/builtins/dict";
import { list } from "../../src/builtins/list";
import { range } from "../../src/builtins/range";
import { frozenset, set } from "../../src/builtins/set";
import { slice } from "../../src/builtins/slice";
import { tuple } from "../../src/builtins/tuple";
import "../../src/builtins/index";
import {
  BaseException,
  ImportError,
  KeyError,
  OSError,
  SystemExit,
  UnicodeDecodeError,
  ValueError,
} from "../../src/exceptions";
import { dumps, loads } from "../../src/pickle";
import { canon, hasPython, Peer } from "./peer";

const notes = () => {
  const error = ValueError("m");
  error.add_note("a note");
  return error;
};

const values: Record<string, () => unknown> = {
  None: () => null,
  True: () => true,
  False: () => false,
  "0": () => 0,
  "255": () => 255,
  "256": () => 256,
  "65536": () => 65536,
  "-1": () => -1,
  "-2**31": () => -(2 ** 31),
  "2**31": () => 2 ** 31,
  "-2**31 - 1": () => -(2 ** 31) - 1,
  "2**53 - 1": () => 2 ** 53 - 1,
  "2**53": () => 2n ** 53n,
  "-2**63": () => -(2n ** 63n),
  "2**63 + 128": () => 2n ** 63n + 128n,
  "2**2040": () => 2n ** 2040n,
  "-2**2039": () => -(2n ** 2039n),
  "10**1000": () => 10n ** 1000n,
  "1.5": () => 1.5,
  "-0.0": () => -0,
  "1e300": () => 1e300,
  "float('inf')": () => Infinity,
  "float('nan')": () => Number.NaN,
  "''": () => "",
  "'abc'": () => "abc",
  "'é\\u4e2d\\U0001f600\\n\\\\u0041'": () => "é\u4e2d\u{1f600}\n\\u0041",
  "'a\\ud800b'": () => "a\ud800b",
  "'x' * 300": () => "x".repeat(300),
  "'\\ufeffbom'": () => "\ufeffbom",
  "b''": () => bytes(),
  "bytes(range(256))": () => bytes(range(256)),
  "b'ab' * 200": () => bytes("ab".repeat(200)),
  "bytearray(b'abc')": () => bytearray(bytes("abc")),
  "bytearray()": () => bytearray(),
  "[]": () => list(),
  "[1, 'a', None]": () => list([1, "a", null]),
  "list(range(2001))": () => list(range(2001)),
  "()": () => tuple(),
  "(1,)": () => tuple([1]),
  "(1, 2)": () => tuple([1, 2]),
  "(1, (2, 3), 4)": () => tuple([1, tuple([2, 3]), 4]),
  "(1, 2, 3, 4)": () => tuple([1, 2, 3, 4]),
  "{}": () => dict(),
  "{'a': 1, 2: 'b', (1, 2): None, True: 3}": () =>
    dict<any, any>([
      ["a", 1],
      [2, "b"],
      [tuple([1, 2]), null],
      [true, 3],
    ]),
  "dict.fromkeys(range(1500))": () => dict.fromkeys(range(1500)),
  "{1, 'b', (3,)}": () => set([1, "b", tuple([3])]),
  "set()": () => set(),
  "frozenset({1, frozenset()})": () => frozenset([1, frozenset()]),
  "range(1, 10, 3)": () => range(1, 10, 3),
  "slice(1, None)": () => slice(1, null),
  "ValueError('a', 1)": () => ValueError("a", 1),
  "KeyError((1, 2))": () => KeyError(tuple([1, 2])),
  "SystemExit(3)": () => SystemExit(3),
  "OSError(2, 'No such file')": () => OSError(2, "No such file"),
  "OSError(2, 'No such file', 'name')": () => OSError(2, "No such file", "name"),
  "OSError(17, 'File exists', 'a', None, 'b')": () => OSError(17, "File exists", "a", null, "b"),
  "UnicodeDecodeError('utf-8', b'\\xff', 0, 1, 'invalid start byte')": () =>
    UnicodeDecodeError("utf-8", bytes([255]), 0, 1, "invalid start byte"),
  "[ValueError, set]": () => list([ValueError, set]),
  "(lambda e: (e.add_note('a note'), e)[1])(ValueError('m'))": notes,
  "(lambda l: (l.append(l), l)[1])([1])": () => {
    const l = list<unknown>([1]);
    l.append(l);
    return l;
  },
  "(lambda l: (l.append((l,)), l[0])[1])([])": () => {
    const l = list<unknown>();
    l.append(tuple([l]));
    return l.__getitem__(0);
  },
  "(lambda l: (l.append((1, 2, 3, l)), l[0])[1])([])": () => {
    const l = list<unknown>();
    l.append(tuple([1, 2, 3, l]));
    return l.__getitem__(0);
  },
  "(lambda d: (d.__setitem__('d', d), d)[1])({})": () => {
    const d = dict<unknown>();
    d.set("d", d);
    return d;
  },
  "[['x']] * 3": () => {
    const inner = list(["x"]);
    return list([inner, inner, inner]);
  },
};

describe.skipIf(!hasPython)("pickles and CPython", () => {
  const python = new Peer();
  afterAll(() => python.end());

  for (const [expression, make] of Object.entries(values)) {
    test(`${expression} travels both ways, in every protocol`, async () => {
      const expected = await python.canon(expression);
      expect(canon(make())).toBe(expected);
      for (let protocol = 0; protocol <= 5; protocol++) {
        expect(canon(loads(await python.pickle(expression, protocol))), `read, protocol ${protocol}`).toBe(expected);
      }
      for (let protocol = 2; protocol <= 5; protocol++) {
        expect(await python.load(dumps(make(), protocol)), `written, protocol ${protocol}`).toEqual(["ok", expected]);
        expect(canon(loads(dumps(make(), protocol))), `both, protocol ${protocol}`).toBe(expected);
      }
    });
  }

  test("what JavaScript has for list, dict, set, bytes and None is written as those", async () => {
    const data = { a: [undefined, new Map([[1, 2]]), new Set(["x"])], b: Uint8Array.of(1), c: Buffer.from("b") };
    const expected = await python.canon("{'a': [None, {1: 2}, {'x'}], 'b': b'\\x01', 'c': b'b'}");
    expect(await python.load(dumps(data))).toEqual(["ok", expected]);
  });

  test("an error of JavaScript's own is written as the exception it counts as", async () => {
    expect(await python.load(dumps(new globalThis.TypeError("m")))).toEqual(["ok", 'TypeError(s"m")']);
  });
});

test("what was one object is one object again", () => {
  const inner = list(["x"]);
  const [first, second] = loads(dumps(tuple([inner, inner]))) as [unknown, unknown];
  expect(first).toBe(second);
});

test("what is no data is refused, and says so", () => {
  class Mine {}
  const refused = (value: unknown) => {
    try {
      return canon(dumps(value));
    } catch (error) {
      return String((error as Error).message);
    }
  };
  expect(refused(new Mine())).toContain("Can't pickle <class '__main__.Mine'>: only data");
  expect(refused([(x: number) => x])).toContain("Can't pickle <function <lambda>");
  expect(refused(new Date())).toContain("Can't pickle <class 'datetime'>".replace("datetime", "Date"));
  expect(refused(new Float64Array(1))).toContain("Can't pickle");
  class Own extends ValueError {}
  expect(refused(new Own("m"))).toContain("Can't pickle <class '__main__.Own'>");
});

test("nesting without end is a RecursionError", () => {
  let deep: unknown[] = [];
  for (let i = 0; i < 100_000; i++) deep = [deep];
  expect(() => dumps(deep)).toThrow("maximum recursion depth exceeded while pickling an object");
});

test("an exception keeps its class and fields", () => {
  const error = loads(dumps(OSError(2, "gone", "file"))) as BaseException & { filename: string };
  expect(error).toBeInstanceOf(BaseException);
  expect(error.constructor.name).toBe("FileNotFoundError");
  expect(error.filename).toBe("file");
  expect(error.message).toBe("[Errno 2] gone: 'file'");
  expect((loads(dumps(ImportError("no", { name: "x" }))) as any).message).toBe("no");
});
