// What a port may not do is told with its place and a remedy.
import { expect, test } from "vitest";
import { bundlePort, PortError } from "../../src/port";
import { bundle, type Sources } from "./harness";

async function failure(sources: Sources): Promise<PortError> {
  const error = await bundle(sources).then(
    () => undefined,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(PortError);
  return error;
}

test("a syntax error has its line, its column and a frame", async () => {
  const error = await failure("let a = 1;\nlet b = = 2;\nlet c = 3;");
  expect([error.line, error.column]).toEqual([2, 9]);
  expect(error.file).toMatch(/main\.ts$/);
  expect(error.frame).toBe("  1 | let a = 1;\n  2 | let b = = 2;\n    |         ^\n  3 | let c = 3;");
  expect(error.message).toContain(`${error.file}:2:9: ${error.problem}\n\n${error.frame}`);
});

test("columns count from the line's start, whatever comes before", async () => {
  const error = await failure("// ünïcode 😀\r\n\tconst x = 1;\r\n\tx = 2;");
  expect([error.line, error.column]).toEqual([3, 2]);
  expect(error.frame).toContain("  3 | \tx = 2;\n    | \t^");
});

test.each([
  ["const x = 1; x = 2;", "assignment to constant 'x'", "let x"],
  ["function f() { const x = 1; x++; }", "assignment to constant 'x'", "let x"],
  ["const { a } = {}; [a] = [1];", "assignment to constant 'a'", "let a"],
  ["for (const i of [1]) i += 1;", "assignment to constant 'i'", "let i"],
  ["const f = () => 1; f = 2;", "assignment to constant 'f'", "let f"],
  [
    `import { greeting } from "pythreads/greet"; greeting = 1;`,
    "assignment to imported name 'greeting'",
    "import * as",
  ],
  [`eval("1")`, "direct eval cannot be used in a port", "(0, eval)"],
  ["with (Math) { sin(1); }", "'with' statements are not allowed", ""],
  ["let a; let a;", "Identifier `a` has already been declared", ""],
  ["let $own = 1; function f() { return $own; }", "the name '$own' is taken by the port compiler", "another name"],
  [`import fs = require("fs"); fs.x;`, "CommonJS's import and export forms are not known to ports", "import … from"],
])("%s", async (source, problem, remedy) => {
  const error = await failure(source);
  expect(error.problem).toBe(problem);
  expect(error.remedy).toContain(remedy);
  expect(error.message.endsWith(error.remedy)).toBe(true);
});

test("what is allowed nevertheless", async () => {
  await bundle(
    `(0, eval)("1"); const o = { eval(x) { return x; } }; o.eval(1); { let x = 1; x = 2; } const x = 3; log(x);`,
  );
});

test("a name that the other port does not export", async () => {
  const error = await failure({
    "main.ts": `import { there, missing } from "./lib";\nlog(there, missing);`,
    "lib.ts": "export const there = 1; const missing = 2;",
  });
  expect(error.problem).toBe("cannot import name 'missing' from './lib'");
  expect([error.line, error.column]).toEqual([1, 17]);
});

test("a name that a package does not export, and a file that is not there", async () => {
  const missing = await failure(`// first\nimport { nothing } from "pythreads/greet"; log(nothing);`);
  expect(missing.problem).toContain(`No matching export`);
  expect([missing.line, missing.column]).toEqual([2, 10]);
  const absent = await failure(`// first\n  import { x } from "./absent"; log(x);`);
  expect(absent.problem).toContain(`Could not resolve "./absent"`);
  expect([absent.line, absent.column]).toEqual([2, 21]);
});

test("an error in an imported port names that port", async () => {
  const error = await failure({ "main.ts": `import "./lib";`, "lib.ts": "\n\nlet x = ;" });
  expect(error.file).toMatch(/lib\.ts$/);
  expect(error.line).toBe(3);
});

test("an entry that is not there", async () => {
  await expect(
    bundlePort("/nowhere/main.ts", { resolvePackage: () => "/x", platform: "node", bootstrap: "pythreads/b" }),
  ).rejects.toThrow("/nowhere/main.ts");
});
