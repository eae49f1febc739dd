import { beforeEach, expect, it, vi } from "vitest";

const terminal = vi.hoisted(() => ({ written: [] as [number, string][], lines: [] as string[] }));
vi.mock("../../src/runtime/output", () => ({
  write: (fd: number, text: string) => terminal.written.push([fd, text]),
  readLine: (prompt: string) => {
    if (prompt) terminal.written.push([1, prompt]);
    return terminal.lines.shift() ?? null;
  },
  runner: () => "",
}));

const { input, print } = await import("../../src/builtins/print");
const sysModule = await import("../../src/sys");
const { tellArguments } = await import("../../src/runtime/command_line");
const { sys } = sysModule;
const { SystemExit, ValueError } = await import("../../src/exceptions");
const { try_ } = await import("../../src/builtins/try");
const { repr } = await import("../../src/builtins/repr");
const { kw } = await import("../../src/arguments");

beforeEach(() => {
  terminal.written.length = 0;
  terminal.lines.length = 0;
});

const textOf = (body: () => void) => {
  terminal.written.length = 0;
  body();
  return terminal.written;
};

it("print writes the values' text in one piece", () => {
  expect(textOf(() => print("a", 1, null, [true, "x"]))).toEqual([[1, "a 1 None [True, 'x']\n"]]);
  expect(textOf(() => print())).toEqual([[1, "\n"]]);
  expect(textOf(() => print(1, 2, { sep: "-", end: "!" }))).toEqual([[1, "1-2!"]]);
  expect(textOf(() => print(1, { sep: null, flush: true }))).toEqual([[1, "1\n"]]);
});

it("print takes an object for a value unless all its keys are its keywords", () => {
  expect(textOf(() => print({ a: 1 }))).toEqual([[1, "{'a': 1}\n"]]);
  expect(textOf(() => print({ sep: 1, a: 2 }))).toEqual([[1, "{'sep': 1, 'a': 2}\n"]]);
  expect(textOf(() => print({}))).toEqual([[1, "{}\n"]]);
  expect(textOf(() => print(1, kw({ end: "" })))).toEqual([[1, "1"]]);
});

it("print refuses separators that are not strings", () => {
  expect(() => print(1, { sep: 5 as never })).toThrow("sep must be None or a string, not int");
  expect(() => print(1, { end: 5 as never })).toThrow("end must be None or a string, not int");
});

it("print writes to file, or to what sys.stdout is assigned", () => {
  const tee = {
    text: "",
    flushed: 0,
    write(text: string) {
      this.text += text;
    },
    flush() {
      this.flushed++;
    },
  };
  print("a", { file: tee, flush: true });
  print("e", { file: sys.stderr });
  const old = sys.stdout;
  sys.stdout = tee;
  print("b");
  sys.stdout = old;
  expect([tee.text, tee.flushed, terminal.written]).toEqual(["a\nb\n", 1, [[2, "e\n"]]]);
});

it("input gives lines, and EOFError at the end", () => {
  terminal.lines.push("x");
  expect(input("name? ")).toBe("x");
  expect(terminal.written).toEqual([[1, "name? "]]);
  expect(() => input()).toThrow("EOF when reading a line");
});

it("sys.stdin is read by lines", () => {
  terminal.lines.push("a", "", "b");
  expect([...(sys.stdin as any)]).toEqual(["a\n", "\n", "b\n"]);
  expect(sys.stdin.readline()).toBe("");
});

it("sys.exit raises SystemExit with its code", () => {
  const codeOf = (body: () => never) => {
    try {
      return body();
    } catch (error) {
      expect(error).toBeInstanceOf(SystemExit);
      return (error as { code: unknown }).code;
    }
  };
  expect([
    codeOf(() => sys.exit()),
    codeOf(() => sys.exit(3)),
    codeOf(() => sys.exit("text")),
    codeOf(() => sys.exit({ code: 1 })),
  ]).toEqual([null, 3, "text", { code: 1 }]);
});

it("sys.exc_info tells of the error being handled", () => {
  const error = ValueError("v");
  const info = try_(() => {
    throw error;
  })
    .except(ValueError, () => sys.exc_info())
    .end();
  expect([...(info as Iterable<unknown>)]).toEqual([ValueError, error, error.__traceback__]);
  expect(repr(sys.exc_info())).toBe("(None, None, None)");
});

it("sys has its facts", () => {
  tellArguments(["port.ts", "a"]);
  expect([[...sys.argv], [...sysModule.argv]]).toEqual([
    ["port.ts", "a"],
    ["port.ts", "a"],
  ]);
  expect([sys.platform, repr(sys.maxsize), sys.getswitchinterval()]).toEqual(["linux", "9223372036854775807", 0.005]);
  sys.setswitchinterval(1);
  expect(sys.getswitchinterval()).toBe(1);
  expect(() => sys.setswitchinterval(0)).toThrow("switch interval must be strictly positive");
  sys.argv = [];
  expect(sys.argv).toEqual([]);
});
