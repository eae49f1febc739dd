import { describe, expect, expectTypeOf, it, vi } from "vitest";
import * as builtins from "../../src/builtins";
import { containers } from "../../src/builtins/containers";
import { callable as callableClass } from "../../src/callable";
import { agreesWithPython } from "./oracle";

vi.mock("../../src/runtime/output", () => ({ write() {}, readLine: () => null, runner: () => "" }));

const {
  AttributeError,
  bool,
  bytes,
  callable,
  delattr,
  dir,
  float,
  getattr,
  hasattr,
  int,
  isinstance,
  issubclass,
  repr,
  setattr,
  str,
  tuple,
  type,
  vars,
  ValueError,
  Exception,
  KeyError,
} = builtins;
const X = (x: unknown) => x as never;

agreesWithPython("types", [
  [
    "type(1), type(1.5), type(10**30), type(True), type(''), type(None), type(b''), type(()), type([]), type({}), type({1}), type(print), type(lambda: 0), type(int)",
    () =>
      tuple(
        [1, 1.5, 10n ** 30n, true, "", null, bytes(), tuple(), [], {}, new Set([1]), builtins.print, () => 0, int].map(
          type,
        ),
      ),
  ],
  ["type(ValueError()), type(ValueError)", () => tuple([type(ValueError()), type(ValueError)])],
  [
    "isinstance(True, int), isinstance(1, bool), isinstance(1, float), isinstance(1.5, (int, float)), isinstance('', str)",
    () =>
      tuple([
        isinstance(true, int),
        isinstance(1, bool),
        isinstance(1, float),
        isinstance(1.5, [int, float]),
        isinstance("", str),
      ]),
  ],
  [
    "isinstance(int, type), isinstance(ValueError(), Exception), isinstance(b'', bytes), isinstance(bytearray(), bytes)",
    () =>
      tuple([
        isinstance(int, type),
        isinstance(ValueError(), Exception),
        isinstance(bytes(), bytes),
        isinstance(builtins.bytearray(), bytes),
      ]),
  ],
  ["isinstance(1, 5)", () => isinstance(1, X(5))],
  [
    "issubclass(bool, int), issubclass(KeyError, (OSError, LookupError)), issubclass(int, bool)",
    () =>
      tuple([
        issubclass(bool, int),
        issubclass(KeyError, [builtins.OSError, builtins.LookupError]),
        issubclass(int, bool),
      ]),
  ],
  ["issubclass(1, int)", () => issubclass(X(1), int)],
  ["issubclass(int, 5)", () => issubclass(int, X(5))],
  ["getattr(5, 'x')", () => getattr(5, "x")],
  ["getattr(5, 5)", () => getattr(5, X(5))],
  ["getattr(int, 'x')", () => getattr(int, "x")],
  ["getattr(lambda: 0, 'x')", () => getattr(() => 0, "x")],
  [
    "getattr(5, 'x', None), hasattr(5, 'x'), getattr(ValueError(1), 'args')",
    () => tuple([getattr(5, "x", null), hasattr(5, "x"), getattr(ValueError(1), "args")]),
  ],
  [
    "getattr(print, '__name__'), getattr(5, '__class__')",
    () => tuple([getattr(builtins.print, "__name__"), getattr(5, "__class__")]),
  ],
  ["setattr(5, 'x', 1)", () => setattr(5, "x", 1)],
  ["delattr(ValueError(), 'x')", () => delattr(ValueError(), "x")],
  ["vars(5)", () => vars(5)],
  ["callable(5), callable(len), callable(int)", () => tuple([callable(5), callable(builtins.len), callable(int)])],
  [
    "[bool(x) for x in (0, '', None, [], {}, set(), (), b'', 0.0, 'a', [0], float('nan'), -1)]",
    () => [0, "", null, [], {}, new Set(), tuple(), bytes(), 0, "a", [0], Number.NaN, -1].map(bool),
  ],
]);

it("classes of JavaScript's containers are the runtime's once it has entered them", () => {
  class list {}
  try {
    containers.list = list as never;
    expect(type([])).toBe(list);
    expect(isinstance([], list)).toBe(true);
  } finally {
    delete containers.list;
  }
});

it("type gives a program's class, with Python's name on it", () => {
  class Account {}
  class Savings extends Account {}
  expect(type(new Savings())).toBe(Savings);
  expect([type(new Savings()).__name__, type(new Account()).__name__]).toEqual(["Savings", "Account"]);
  expect(type(new RangeError("m"))).toBe(ValueError);
  expect(type(new TypeError("m")).__name__).toBe("TypeError");
});

it("attributes are found, bound, set and deleted", () => {
  class Account {
    balance = 1;
    get() {
      return this.balance;
    }
  }
  const account = new Account();
  expect(getattr(account, "get")()).toBe(1);
  setattr(account, "balance", 7);
  expect(vars(account)).toEqual({ balance: 7 });
  expect([...dir(account)]).toEqual(["balance", "constructor", "get"]);
  delattr(account, "balance");
  expect(hasattr(account, "balance")).toBe(false);
  try {
    getattr(account, "owner");
    expect.unreachable();
  } catch (error) {
    expect([repr(error), (error as InstanceType<typeof AttributeError>).obj]).toEqual([
      `AttributeError("'Account' object has no attribute 'owner'")`,
      account,
    ]);
  }
  expect(callable({ __call__: () => 1 })).toBe(true);
});

it("truth asks __bool__, then __len__", () => {
  expect([
    bool({ __bool__: () => false, __len__: () => 1 }),
    bool({ __len__: () => 0 }),
    bool({ __len__: () => 2 }),
  ]).toEqual([false, false, true]);
  expect([bool(0n), bool(new Map()), bool(() => 0), bool(new (class {})())]).toEqual([false, false, true, true]);
});

describe("callable classes", () => {
  class Base {
    static made = 0;
    readonly x: number;
    constructor(x: number) {
      this.x = x;
      Base.made++;
    }
    double() {
      return this.x * 2;
    }
  }
  const Point = callableClass(Base, "Point");

  it("are called, constructed and subclassed", () => {
    class Sub extends Point {
      override double() {
        return super.double() + 1;
      }
    }
    for (const point of [Point(2), new Point(2)]) {
      expect(point.double()).toBe(4);
      expect(point).toBeInstanceOf(Point);
      expect(point.constructor).toBe(Point);
    }
    const sub = new Sub(2);
    expect([sub.double(), sub instanceof Point, sub.constructor]).toEqual([5, true, Sub]);
    expect([Point.name, Sub.name, Point.made]).toEqual(["Point", "Sub", 3]);
    expect([(Point as any).__name__, (Sub as any).__name__]).toEqual(["Point", "Sub"]);
    expectTypeOf(Point(2)).toEqualTypeOf<Base>();
  });
});

describe("the module", () => {
  it("has every name it promises, and markers for builtin functions", () => {
    const promised =
      "with_ holding try_ kw slice eq in_ len sum sorted reversed zip enumerate map filter min max abs round divmod pow any all iter next isinstance issubclass type getattr setattr hasattr callable repr str int float bool ord chr hash id print input range tuple bytes bytearray memoryview assert_ BaseException ValueError";
    expect(promised.split(" ").filter((name) => !(name in builtins))).toEqual([]);
    expect([repr(builtins.len), repr(builtins.hex)]).toEqual(["<built-in function len>", "<built-in function hex>"]);
  });

  it("has no names of our own making besides", () => {
    expect(["takeOptions", "builtinException", "plain"].filter((name) => name in builtins)).toEqual([]);
  });
});
