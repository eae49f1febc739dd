// traceback and io in programs: the port's lines, and what threads print into one file.
import { expect, test } from "vitest";
import { runPort } from "./run";

async function run(source: string) {
  const { stdout, stderr, code } = await runPort(source);
  expect(code).toBe(0);
  return {
    stdout: stdout.replace(/File ".*port\.ts"/g, 'File "port.ts"'),
    stderr: stderr.replace(/File ".*port\.ts"/g, 'File "port.ts"'),
  };
}

const FAIL = `import { traceback, sys, io, threading } from "pythreads";
import { print, ValueError, KeyError, repr, len } from "pythreads/builtins";
function inner() { throw ValueError("deep"); }
function outer() {
  inner();
}
`;

const TRACE = `Traceback (most recent call last):
  File "port.ts", line 8, in <module>
    outer();
  File "port.ts", line 5, in outer
    inner();
  File "port.ts", line 3, in inner
    function inner() { throw ValueError("deep"); }
ValueError: deep
`;

test("print_exc, format_exc and print_exception print what Python prints", async () => {
  const { stdout, stderr } = await run(`${FAIL}try {
  outer();
} catch (e) {
  traceback.print_exc();
  print(traceback.format_exc(), { end: "" });
  traceback.print_exception(e, { file: sys.stdout });
  print(traceback.format_exception(e).join("") === traceback.format_exc(), len(traceback.format_exception(e)));
  print(traceback.format_exception_only(e), sys.exc_info()[2] === e.__traceback__);
  const [last] = traceback.extract_tb(e.__traceback__).slice(-1);
  print(last.name, last.lineno, last.line, repr(traceback.format_tb(e.__traceback__, 1)[0].slice(-13)));
}
print(traceback.format_exc(), { end: "" });`);
  expect(stderr).toBe(TRACE);
  expect(stdout).toBe(
    `${TRACE}${TRACE}True 5\n['ValueError: deep\\n'] True\n` +
      "inner 3 function inner() { throw ValueError(\"deep\"); } '    outer();\\n'\nNoneType: None\n",
  );
});

test("a chain is told, unless it is not wanted; a limit cuts the lines", async () => {
  const { stdout } = await run(`${FAIL}try {
  try { outer(); } catch (e) { throw KeyError("k", { cause: e }); }
} catch (e) {
  print(traceback.format_exc({ chain: false, limit: 0 }), { end: "" });
  print(traceback.format_exc({ limit: -1 }), { end: "" });
}`);
  expect(stdout).toMatch(
    /^KeyError: 'k'\nTraceback \(most recent call last\):\n {2}File "port.ts", line 3, in inner\n/,
  );
  expect(stdout).toContain(
    "ValueError: deep\n\nThe above exception was the direct cause of the following exception:\n",
  );
});

test("print_stack tells the calls that led there", async () => {
  const { stderr } = await run(`${FAIL}function where() { traceback.print_stack(); }
where();`);
  expect(stderr).toBe(`  File "port.ts", line 8, in <module>
    where();
  File "port.ts", line 7, in where
    function where() { traceback.print_stack(); }
`);
});

test("threads write into one StringIO, and nothing is lost", async () => {
  const { stdout } = await run(`${FAIL}const file = io.StringIO();
function work(n: number) { for (let i = 0; i < 50; i++) print(n, i, { file }); }
const threads = [1, 2, 3].map((n) => threading.Thread({ target: work, args: [n] }));
for (const t of threads) t.start();
for (const t of threads) t.join();
file.seek(0);
print(len(file.readlines()), len(file.getvalue().split("\\n")));`);
  expect(stdout).toBe("150 151\n");
});

test("a name that nobody declares is a NameError, with what it was probably meant to be where nobody catches it", async () => {
  const { stdout, stderr } = await run(`import { threading, traceback } from "pythreads";
import { NameError, UnboundLocalError, isinstance, print, repr, type } from "pythreads/builtins";
declare const totl: any, zorg: any, len: any, time: any, Zorg: any;
const attempt = (f: any) => { try { print(f()); } catch (e: any) { print(repr(e), e.name); } };
function f() {
  const total = 3;
  return totl;
}
function early() { print(x); let x = 1; }
try { f(); } catch (e) { traceback.print_exc(); print(isinstance(e, NameError), type(e) === NameError); }
try { early(); } catch (e) { print(repr(e), isinstance(e, UnboundLocalError), isinstance(e, NameError)); }
for (const g of [() => zorg(1), () => new Zorg(1), () => ({ zorg }), () => zorg.a[1], () => typeof zorg, () => zorg\`x\`]) attempt(g);
for (const target of [f, () => len([]), () => time.sleep(1), () => attempt(() => zorg)]) {
  const t = threading.Thread({ target, name: "T" });
  t.start();
  t.join();
}`);
  const nameless = "NameError(\"name 'zorg' is not defined\") zorg";
  expect(stdout.split("\n")).toEqual([
    "True True",
    "UnboundLocalError(\"cannot access local variable 'x' where it is not associated with a value\") True True",
    nameless,
    "NameError(\"name 'Zorg' is not defined\") Zorg",
    nameless,
    nameless,
    "undefined",
    nameless,
    nameless,
    "",
  ]);
  expect(stderr.match(/^\w+Error: .*/gm)).toEqual([
    "NameError: name 'totl' is not defined",
    "NameError: name 'totl' is not defined. Did you mean: 'total'?",
    "NameError: name 'len' is not defined. Did you forget to import 'len' from 'pythreads/builtins'?",
    "NameError: name 'time' is not defined. Did you forget to import 'time'?",
  ]);
  expect(stderr).toMatch(
    /^Traceback.*\n {2}File "port.ts", line 10, in <module>\n.*\n {2}File "port.ts", line 7, in f\n/,
  );
});

test("an exception group that nobody catches is drawn with its parts, as Python draws it", async () => {
  const source = `import { sys, traceback } from "pythreads";
import { ExceptionGroup, KeyError, print, range, ValueError } from "pythreads/builtins";
function failed(f: any): any { try { f(); } catch (e) { return e; } }
const first = failed(() => { throw ValueError("a"); });
const second = failed(() => { try { throw KeyError(1); } catch (e) { throw ValueError("b", { cause: e }); } });
const inner = ExceptionGroup("inner", [second]);
const many = ExceptionGroup("many", [...range(17)].map((i) => ValueError(i)));
inner.add_note("a note");
print(traceback.format_exception_only(inner).join(""), { end: "" });
traceback.print_exception(many, { limit: 0, file: sys.stdout });
throw ExceptionGroup("outer", [first, inner]);
`;
  const { stdout, stderr, code } = await runPort(source);
  const rules = [...Array(15).keys()].map((i) => [
    `  ${i ? "  " : "+-"}+---------------- ${i + 1} ----------------`,
    `    | ValueError: ${i}`,
  ]);
  expect(stdout.split("\n")).toEqual([
    "ExceptionGroup: inner (1 sub-exception)",
    "a note",
    "  | ExceptionGroup: many (17 sub-exceptions)",
    ...rules.flat(),
    "    +---------------- ... ----------------",
    "    | and 2 more exceptions",
    "    +------------------------------------",
    "",
  ]);
  expect(code).toBe(1);
  const drawn = stderr.replace(/File ".*port\.ts", line \d+, in .*/g, "File").replace(/^( *\|) {5}\S.*$/gm, "$1     …");
  expect(
    drawn.replace(/(\n *\| {3}File\n *\| {5}…)+/g, "$1"),
  ).toBe(`  + Exception Group Traceback (most recent call last):
  |   File
  |     …
  | ExceptionGroup: outer (2 sub-exceptions)
  +-+---------------- 1 ----------------
    | Traceback (most recent call last):
    |   File
    |     …
    | ValueError: a
    +---------------- 2 ----------------
    | Exception Group Traceback (most recent call last):
    |   File
    |     …
    | ExceptionGroup: inner (1 sub-exception)
    | a note
    +-+---------------- 1 ----------------
      | Traceback (most recent call last):
      |   File
      |     …
      | KeyError: 1
      | 
      | The above exception was the direct cause of the following exception:
      | 
      | Traceback (most recent call last):
      |   File
      |     …
      | ValueError: b
      +------------------------------------
`);
});
