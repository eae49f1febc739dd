import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { bytes } from "../../src/builtins/bytes";
import { repr, str } from "../../src/builtins/repr";
import { tuple } from "../../src/builtins/tuple";
import { isinstance, issubclass } from "../../src/builtins/types";
import { type ExceptionClass, matches, setContext } from "../../src/exceptions";
import * as exceptions from "../../src/exceptions/classes";
import { resolve } from "../../src/registry";
import { agreesWithPython } from "./oracle";

const {
  AttributeError,
  BaseException,
  BaseExceptionGroup,
  BlockingIOError,
  ConnectionError,
  ConnectionRefusedError,
  Exception,
  ExceptionGroup,
  FileNotFoundError,
  ImportError,
  IOError,
  KeyboardInterrupt,
  KeyError,
  LookupError,
  NameError,
  OSError,
  RecursionError,
  StopIteration,
  SyntaxError,
  SystemExit,
  TypeError,
  UnicodeDecodeError,
  UnicodeEncodeError,
  UnicodeTranslateError,
  ValueError,
} = exceptions;

agreesWithPython("exceptions", [
  [
    "str(ValueError()), str(ValueError('a')), str(ValueError('a', 1)), str(ValueError(None))",
    () => tuple([str(ValueError()), str(ValueError("a")), str(ValueError("a", 1)), str(ValueError(null))]),
  ],
  [
    "repr(ValueError()), repr(ValueError('a', 1)), repr(ValueError([1]))",
    () => tuple([repr(ValueError()), repr(ValueError("a", 1)), repr(ValueError([1]))]),
  ],
  ["ValueError('a', 1).args, ValueError().args", () => tuple([ValueError("a", 1).args, ValueError().args])],
  [
    "str(KeyError('a')), str(KeyError('a', 'b')), str(KeyError())",
    () => tuple([str(KeyError("a")), str(KeyError("a", "b")), str(KeyError())]),
  ],
  [
    "SystemExit().code, SystemExit(3).code, SystemExit(1, 2).code",
    () => tuple([SystemExit().code, SystemExit(3).code, SystemExit(1, 2).code]),
  ],
  ["StopIteration(5).value, StopIteration().value", () => tuple([StopIteration(5).value, StopIteration().value])],
  [
    "ImportError('m', name='x', path='y').path, AttributeError('m', name='n', obj=5).obj",
    () => tuple([ImportError("m", { name: "x", path: "y" }).path, AttributeError("m", { name: "n", obj: 5 }).obj]),
  ],
  [
    "ImportError('m', name='x').args, str(ImportError('m'))",
    () => tuple([ImportError("m", { name: "x" }).args, str(ImportError("m"))]),
  ],
  [
    "OSError(2, 'x'), OSError(111, 'x'), OSError(11, 'x'), OSError(99999, 'x'), OSError('m')",
    () => tuple([OSError(2, "x"), OSError(111, "x"), OSError(11, "x"), OSError(99999, "x"), OSError("m")]),
  ],
  [
    "str(OSError(2, 'x')), str(OSError(2, 'x', 'f')), str(OSError(2, 'x', 'f', None, 'g')), str(OSError('m')), str(OSError())",
    () =>
      tuple([
        str(OSError(2, "x")),
        str(OSError(2, "x", "f")),
        str(OSError(2, "x", "f", null, "g")),
        str(OSError("m")),
        str(OSError()),
      ]),
  ],
  [
    "OSError(2, 'x', 'f').args, OSError(2, 'x', 'f').filename, OSError(1, 2, 3, 4, 5, 6).errno",
    () => tuple([OSError(2, "x", "f").args, OSError(2, "x", "f").filename, OSError(1, 2, 3, 4, 5, 6).errno]),
  ],
  [
    "FileNotFoundError(111, 'q'), ConnectionError(111, 'q')",
    () => tuple([FileNotFoundError(111, "q"), ConnectionError(111, "q")]),
  ],
  [
    "str(UnicodeDecodeError('utf-8', b'\\xff\\xfe', 0, 2, 'bad'))",
    () => str(UnicodeDecodeError("utf-8", bytes([255, 254]), 0, 2, "bad")),
  ],
  [
    "str(UnicodeDecodeError('utf-8', b'\\xff\\xfe', 0, 1, 'bad'))",
    () => str(UnicodeDecodeError("utf-8", bytes([255, 254]), 0, 1, "bad")),
  ],
  [
    "str(UnicodeEncodeError('ascii', 'a\\u20ac', 1, 2, 'bad'))",
    () => str(UnicodeEncodeError("ascii", "a\u20ac", 1, 2, "bad")),
  ],
  ["str(UnicodeTranslateError('\\u20ac', 0, 1, 'bad'))", () => str(UnicodeTranslateError("\u20ac", 0, 1, "bad"))],
  ["UnicodeDecodeError('a')", () => UnicodeDecodeError("a")],
  [
    "str(SyntaxError('m', ('d/f', 1, 2, 't'))), str(SyntaxError('m'))",
    () => tuple([str(SyntaxError("m", tuple(["d/f", 1, 2, "t"]))), str(SyntaxError("m"))]),
  ],
  ["ValueError().add_note(5)", () => ValueError().add_note(5 as never)],
  [
    "str(ExceptionGroup('m', [ValueError(1), KeyError(2)])), str(ExceptionGroup('m', [ValueError(1)]))",
    () => tuple([str(ExceptionGroup("m", [ValueError(1), KeyError(2)])), str(ExceptionGroup("m", [ValueError(1)]))]),
  ],
  [
    "ExceptionGroup('m', [ValueError(1)]), ExceptionGroup('m', (ValueError(1),))",
    () => tuple([ExceptionGroup("m", [ValueError(1)]), ExceptionGroup("m", tuple([ValueError(1)]))]),
  ],
  [
    "ExceptionGroup('m', [ValueError(1)]).exceptions, ExceptionGroup('m', [ValueError(1)]).message",
    () => tuple([ExceptionGroup("m", [ValueError(1)]).exceptions, ExceptionGroup("m", [ValueError(1)]).message]),
  ],
  [
    "BaseExceptionGroup('a', [ValueError()]), BaseExceptionGroup('a', [KeyboardInterrupt()])",
    () => tuple([BaseExceptionGroup("a", [ValueError()]), BaseExceptionGroup("a", [KeyboardInterrupt()])]),
  ],
  ["BaseExceptionGroup('a', [])", () => BaseExceptionGroup("a", [])],
  ["ExceptionGroup('a', [ValueError(), 1])", () => ExceptionGroup("a", [ValueError(), 1])],
  ["ExceptionGroup('a', 5)", () => ExceptionGroup("a", 5)],
  ["ExceptionGroup(1, [ValueError()])", () => ExceptionGroup(1, [ValueError()])],
  ["ExceptionGroup('a', [KeyboardInterrupt()])", () => ExceptionGroup("a", [KeyboardInterrupt()])],
  ["ExceptionGroup('a')", () => ExceptionGroup("a")],
  [
    "ExceptionGroup('m', [ValueError(1), ExceptionGroup('n', [KeyError(2), ValueError(3)])]).split(ValueError)",
    () => ExceptionGroup("m", [ValueError(1), ExceptionGroup("n", [KeyError(2), ValueError(3)])]).split(ValueError),
  ],
  ["ExceptionGroup('m', [ValueError(1)]).split(KeyError)", () => ExceptionGroup("m", [ValueError(1)]).split(KeyError)],
  [
    "ExceptionGroup('m', [ValueError(1), KeyError(2)]).subgroup((KeyError, OSError))",
    () => ExceptionGroup("m", [ValueError(1), KeyError(2)]).subgroup([KeyError, OSError]),
  ],
  [
    "ExceptionGroup('m', [ValueError(1), KeyError(2)]).subgroup(lambda e: e.args == (2,))",
    () => ExceptionGroup("m", [ValueError(1), KeyError(2)]).subgroup((e: any) => e.args[0] === 2),
  ],
  [
    "ExceptionGroup('m', [ValueError(1)]).subgroup(KeyError)",
    () => ExceptionGroup("m", [ValueError(1)]).subgroup(KeyError),
  ],
  ["ExceptionGroup('m', [ValueError(1)]).split(5)", () => ExceptionGroup("m", [ValueError(1)]).split(5 as never)],
  [
    "issubclass(ExceptionGroup, BaseExceptionGroup), issubclass(ExceptionGroup, Exception), issubclass(BaseExceptionGroup, Exception)",
    () =>
      tuple([
        issubclass(ExceptionGroup, BaseExceptionGroup),
        issubclass(ExceptionGroup, Exception),
        issubclass(BaseExceptionGroup, Exception),
      ]),
  ],
]);

/** `Name base base …` of every builtin exception, nearest base first. */
const MRO = `
import builtins
for name, c in sorted(vars(builtins).items()):
    if isinstance(c, type) and issubclass(c, BaseException) and c.__name__ == name:
        print(name, *(b.__name__ for b in c.__mro__[1:] if issubclass(b, BaseException)))
`;
const mro = spawnSync("python3", ["-c", MRO], { encoding: "utf8" });

it.skipIf(mro.status !== 0)("every builtin exception of python3 is there, with its bases", () => {
  const lines = mro.stdout
    .trim()
    .split("\n")
    .map((line) => line.split(" "));
  // IOError and EnvironmentError are other names of OSError.
  const classes = Object.entries<ExceptionClass>(exceptions as never).filter(([name, cls]) => cls.name === name);
  expect(classes.map(([name]) => name).sort()).toEqual(lines.map(([name]) => name));
  for (const [name, ...bases] of lines) {
    const cls = Object.fromEntries(classes)[name!]!;
    expect(resolve({ module: "builtins", name: name! })).toBe(cls);
    const ours = classes
      .map(([, base]) => base)
      .filter((base) => issubclass(cls, base))
      .map((cls) => cls.name);
    expect(ours.sort(), name).toEqual([name, ...bases].sort());
  }
});

describe("classes", () => {
  it("are made with and without new, and are Errors", () => {
    for (const error of [ValueError("m"), new ValueError("m")]) {
      expect(error).toBeInstanceOf(ValueError);
      expect(error).toBeInstanceOf(Exception);
      expect(error).toBeInstanceOf(Error);
      expect(error.constructor).toBe(ValueError);
      expect([error.name, error.message, `${error}`]).toEqual(["ValueError", "m", "m"]);
    }
    expect(IOError).toBe(OSError);
  });

  it("are subclassed by extends, with their own constructor and text", () => {
    class Broke extends LookupError {
      readonly amount: number;
      constructor(amount: number) {
        super("broke", amount);
        this.amount = amount;
      }
      override __str__() {
        return `short of ${this.amount}`;
      }
    }
    const error = new Broke(5);
    expect(error).toBeInstanceOf(Exception);
    expect([error.name, error.message, repr(error)]).toEqual(["Broke", "short of 5", "Broke('broke', 5)"]);
    expect((Broke as unknown as { __name__: string }).__name__).toBe("Broke");
  });

  it("let a program assign message and name as it may in Python", () => {
    class Failure extends Exception {
      constructor(message: string) {
        super("text");
        this.message = message;
      }
    }
    const error = new Failure("mine");
    expect([error.message, str(error)]).toEqual(["mine", "text"]);
  });

  it("have stacks that begin where they are made", () => {
    function culprit() {
      return ValueError("m");
    }
    class Own extends KeyError {}
    function culprits() {
      return new Own("m");
    }
    expect(culprit().stack).toMatch(/^ValueError: m\n +at culprit /);
    expect(culprits().stack).toMatch(/^Own: 'm'\n +at culprits /);
  });

  it("are whole when made without their constructor, as the codec makes them", () => {
    const error = Reflect.construct(Error, [], ValueError) as InstanceType<typeof ValueError>;
    expect([error.name, error.message, error.args.length, error.__cause__, error.__context__]).toEqual([
      "ValueError",
      "",
      0,
      null,
      null,
    ]);
    Object.defineProperty(error, "args", { value: ["m"] });
    expect([error.message, repr(error)]).toEqual(["m", "ValueError('m')"]);
    expect(Object.keys(ValueError("m"))).toEqual([]);
  });
});

describe("causes", () => {
  it("a trailing options object sets the cause, null for none", () => {
    const cause = KeyError("k");
    const error = ValueError("m", { cause });
    expect(error.args).toEqual(tuple(["m"]));
    expect([error.__cause__, error.cause, error.__suppress_context__]).toEqual([cause, cause, true]);
    const none = ValueError("m", { cause: null });
    expect([none.__cause__, none.__suppress_context__]).toEqual([null, true]);
    const plain = ValueError("m");
    expect([plain.__cause__, plain.__suppress_context__]).toEqual([null, false]);
    expect(ImportError("m", { name: "x", cause }).__cause__).toBe(cause);
  });

  it("any other object is an argument", () => {
    expect(ValueError({ a: 1 }).args).toEqual(tuple([{ a: 1 }]));
    expect(ValueError("m", { cause: "rain" }).args).toHaveLength(2);
    expect(ValueError({}).args).toHaveLength(1);
  });

  it("assigning __cause__ suppresses the context", () => {
    const error = ValueError();
    error.__cause__ = KeyError("k");
    expect(error.__suppress_context__).toBe(true);
    expect(() => {
      error.__cause__ = 5 as never;
    }).toThrow("exception cause must be None or derive from BaseException");
  });

  it("a context is set once, and never in a circle", () => {
    const [inner, outer] = [KeyError("k"), ValueError("v")];
    setContext(outer, inner);
    setContext(outer, KeyError("later"));
    expect(outer.__context__).toBe(inner);
    setContext(inner, outer);
    expect(inner.__context__).toBe(null);
  });

  it("notes are kept in order", () => {
    const error = ValueError();
    expect(error.__notes__).toBe(undefined);
    error.add_note("a");
    error.add_note("b");
    expect(error.__notes__).toEqual(["a", "b"]);
  });
});

describe("groups", () => {
  it("keep their history when they are split, and their class where derive says so", () => {
    class Mine extends ExceptionGroup {
      override derive(errors: Iterable<unknown>) {
        return new Mine(this.message, [...errors]);
      }
    }
    const cause = KeyError("c");
    const group = new Mine("m", [ValueError(1), KeyError(2)], { cause });
    group.add_note("n");
    const part = group.subgroup(ValueError)!;
    expect(part).toBeInstanceOf(Mine);
    expect([part.__cause__, part.__notes__]).toEqual([cause, ["n"]]);
    expect(group.subgroup((e: any) => e instanceof Exception)).toBe(group);
    expect(group).toBeInstanceOf(BaseExceptionGroup);
    expect(group.exceptions).toBe(group.exceptions);
  });
});

describe("errors of JavaScript's own", () => {
  const overflow = () => {
    const recurse = (): number => 1 + recurse();
    try {
      return recurse();
    } catch (error) {
      return error;
    }
  };

  it.each([
    [new globalThis.TypeError("m"), TypeError],
    [new RangeError("m"), ValueError],
    [overflow(), RecursionError],
    [new ReferenceError("m"), NameError],
    [new globalThis.SyntaxError("m"), SyntaxError],
    [new Error("m"), Exception],
    [new (class Odd extends Error {})("m"), Exception],
  ])("%s counts as a Python error", (error, cls) => {
    expect(matches(error, cls)).toBe(true);
    expect(isinstance(error, [KeyError, [cls]])).toBe(true);
    expect(matches(error, Exception)).toBe(true);
    expect(matches(error, KeyError)).toBe(false);
    expect(matches(error, KeyboardInterrupt)).toBe(false);
  });

  it("do not make our errors count as theirs", () => {
    expect(matches(ValueError(), RangeError)).toBe(false);
    expect(matches(BlockingIOError(), OSError)).toBe(true);
    expect(matches(ConnectionRefusedError(), [KeyError, ConnectionError])).toBe(true);
    expect(matches(5, BaseException)).toBe(false);
  });
});
