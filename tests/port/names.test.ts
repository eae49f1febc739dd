// Names that a port does not declare.
import { expect, test } from "vitest";
import * as builtins from "../../src/builtins";
import * as library from "../../src/library";
import { BUILTINS, MODULES } from "../../src/port/importable";
import { suggestion } from "../../src/port/suggestion";
import { bundle } from "./harness";

test("what a port can have forgotten to import is there to be imported", () => {
  expect([...BUILTINS].filter((name) => !(name in builtins))).toEqual([]);
  expect([...MODULES].filter((name) => !(name in library))).toEqual([]);
  const left = Object.keys(library).filter((name) => !MODULES.has(name));
  expect(left).toEqual([]);
  // JavaScript has these as well, so that nobody finds them missing.
  expect(Object.keys(builtins).filter((name) => !BUILTINS.has(name) && !(name in globalThis))).toEqual([]);
});

test("names are suggested as CPython suggests them", () => {
  expect(suggestion("totl", ["total", "title"])).toBe("total");
  expect(suggestion("pritn", ["range", "print"])).toBe("print");
  expect(suggestion("bluch", ["BLuch", "blech"])).toBe("BLuch");
  expect(suggestion("bluch", ["a", "b", "noise", "something"])).toBeUndefined();
  expect(suggestion("x", ["y"])).toBeUndefined();
  const long = "x".repeat(50);
  expect(suggestion(long, [`${long}y`])).toBe(`${long}y`);
  expect(suggestion(`a${long}`, [`${long}b`])).toBeUndefined();
});

test("a value for a name that is not declared is refused with the line and the remedy", async () => {
  await expect(bundle("function f() {\n  total = 1;\n}\nf();\n")).rejects.toThrow(
    /main\.ts:2:3: assignment to 'total', which is not declared\n[\s\S]*Declare it with `let total`/,
  );
});
