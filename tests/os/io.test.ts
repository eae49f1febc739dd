// io and open against python3's own.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { bytes } from "../../src/builtins/bytes";
import { BytesIO, open, StringIO } from "../../src/io";
import { agreesWithPython, type Row } from "../builtins/oracle";

const folder = mkdtempSync(join(tmpdir(), "io-"));
afterAll(() => rmSync(folder, { recursive: true }));
const PYTHON = join(folder, "python");
const OURS = join(folder, "ours");

/** What a run of method calls gives: each a name and arguments. */
type Call = [name: string, ...args: unknown[]];

function literal(x: unknown): string {
  if (x instanceof Uint8Array) return `b'${Buffer.from(x).toString("latin1").replaceAll("\n", "\\n")}'`;
  if (Array.isArray(x)) return `[${x.map(literal).join(", ")}]`;
  return x === null ? "None" : JSON.stringify(x);
}

function outcomes(file: any, calls: Call[]): unknown[] {
  return calls.map(([name, ...args]) => {
    try {
      return file[name](...args) ?? null;
    } catch (error: any) {
      return `${error.name}: ${error.message}`;
    }
  });
}

function calls(python: string, make: () => unknown, ...list: Call[]): Row {
  const source = list.map(([name, ...args]) => `(lambda: f.${name}(${args.map(literal).join(", ")}))`);
  return [`(lambda f: [run(g) for g in [${source.join(", ")}]])(${python})`, () => outcomes(make(), list)];
}

const raw = (text: string) => bytes(text);

agreesWithPython("StringIO", [
  calls(
    "io.StringIO()",
    () => StringIO(),
    ["write", "one\ntwo"],
    ["tell"],
    ["getvalue"],
    ["read"],
    ["seek", 0],
    ["readline"],
    ["read", 2],
    ["tell"],
    ["read"],
    ["readline"],
  ),
  calls(
    "io.StringIO('a\\nb\\nc')",
    () => StringIO("a\nb\nc"),
    ["read", 1],
    ["write", "XY"],
    ["getvalue"],
    ["tell"],
    ["readlines"],
    ["seek", 0, 2],
    ["truncate", 2],
    ["getvalue"],
    ["tell"],
  ),
  calls(
    "io.StringIO('abc')",
    () => StringIO("abc"),
    ["seek", 5],
    ["write", "z"],
    ["getvalue"],
    ["seek", -1],
    ["seek", 1, 1],
    ["seek", 0, 7],
    ["write", 3],
    ["fileno"],
    ["isatty"],
    ["readable"],
  ),
  calls("io.StringIO('a')", () => StringIO("a"), ["close"], ["read"], ["getvalue"], ["write", "x"], ["__enter__"]),
  ["io.StringIO(3)", () => StringIO(3 as never)],
  ["list(io.StringIO('a\\nb'))", () => [...StringIO("a\nb")]],
]);

agreesWithPython("BytesIO", [
  calls(
    "io.BytesIO()",
    () => BytesIO(),
    ["write", raw("one\ntwo")],
    ["getvalue"],
    ["seek", 0],
    ["readline"],
    ["read", 2],
    ["read"],
    ["seek", -2, 2],
    ["read"],
  ),
  calls(
    "io.BytesIO(b'abc')",
    () => BytesIO(raw("abc")),
    ["seek", 5],
    ["write", raw("z")],
    ["getvalue"],
    ["write", "text"],
    ["truncate", 1],
    ["getvalue"],
  ),
]);

const file = (mode: string): [string, () => unknown] => [
  `open(${JSON.stringify(PYTHON)}, '${mode}', encoding=${mode.includes("b") ? "None" : "'utf-8'"})`,
  () => open(OURS, mode, mode.includes("b") ? {} : { encoding: "utf-8" }),
];

agreesWithPython("files", [
  calls(
    ...file("w"),
    ["write", "één\r\ntwo\nthree"],
    ["tell"],
    ["readable"],
    ["read"],
    ["close"],
    ["close"],
    ["write", "x"],
  ),
  calls(
    ...file("r"),
    ["read", 3],
    ["readline"],
    ["tell"],
    ["readline"],
    ["readline"],
    ["readline"],
    ["seek", 0],
    ["readlines"],
    ["write", "x"],
    ["seek", 1, 1],
    ["close"],
  ),
  calls(...file("a"), ["write", "end"], ["close"]),
  calls(...file("rb"), ["readline"], ["read", 2], ["seek", -3, 2], ["read"], ["read"], ["write", raw("x")], ["close"]),
  calls(...file("r+b"), ["write", raw("XX")], ["seek", 0], ["read"], ["truncate", 4], ["write", "no"], ["close"]),
  calls(...file("rb"), ["read"], ["close"], ["read"]),
  ["open('/no/such')", () => open("/no/such")],
  ["open('/tmp')", () => open("/tmp")],
  ["open('x', 'q')", () => open("x", "q")],
  ["open('x', 'rw')", () => open("x", "rw")],
  ["open('x', 'tb')", () => open("x", "tb" as never)],
  ["open('x', '')", () => open("x", "")],
  ["open('x', 'rb', encoding='utf-8')", () => open("x", "rb", { encoding: "utf-8" })],
  ["open('x', encoding='nope')", () => open("x", { encoding: "nope" })],
  ["open(1.5)", () => open(1.5 as never)],
]);
