// What operators of a port become. What they then mean is compat-tests/programs/operators.
import { expect, test } from "vitest";
import { bytes, dict, list, range, set, tuple } from "../../src/builtins";
import { parsePort, transform } from "../../src/port";

/** A function's statements as they are compiled. */
function compiled(source: string): string {
  const { code } = transform(parsePort("/port.ts", source), { id: 0, isPort: () => false });
  return code.split("\n").find((line) => line.includes("/*here*/"))!;
}

const NUMBERS: Record<string, string> = {
  "numbers that are written down": "function f() { /*here*/ return 1 + 2 * -3 - 4 / 5; }",
  "types that are written down": "function f(a: number, b: number): number { /*here*/ return a * b - f(a, -b); }",
  "variables that are only ever numbers":
    "function f() { let i = 0, total = 0; while (i < 9) i++;\n/*here*/ total += i * 2; total = -total; return total < i; }",
  "module variables that are only ever numbers": "let num = 0;\nfunction f() { /*here*/ num += 1; return num > 2; }",
  "counted loops": `import { len, range } from "pythreads/builtins";
    function f(xs: any) { let n = 0; for (const i of range(9)) {
/*here*/ n += i % 2 + len(xs) + xs.length + Math.floor(n / 3); } return n; }`,
  "fields with a type": "class P { x: number = 0; step() { /*here*/ this.x = this.x + 1; } }",
  texts: "function f(name: string) { let s = ``; /*here*/ s += name + 1; return s < name; }",
};

for (const [name, source] of Object.entries(NUMBERS)) {
  test(`${name} are left to JavaScript`, () => {
    expect(compiled(source)).not.toMatch(/\$py\.i?(?:add|sub|mul|div|mod|lt|gt|neg)\(/);
  });
}

const OTHERS: Record<string, string> = {
  "a parameter": "function f(a) { /*here*/ return a + 1; }",
  "a variable that is given something else": "function f(x) { let a = 0; a = x; /*here*/ return a * 2; }",
  "a variable that a loop gives": "function f(xs) { let a = 0; for (a of xs); /*here*/ return a - 2; }",
  "a variable that depends on such": "function f(x) { let a = 0, b = 0; a += b; b = x; /*here*/ return a < 2; }",
  "a function without a type": "function f() { return 1; } function g() { /*here*/ return -f(); }",
};

for (const [name, source] of Object.entries(OTHERS)) {
  test(`${name} is asked what it is`, () => {
    expect(compiled(source)).toMatch(/\$py\.i?(?:add|sub|mul|lt|neg)\(/);
  });
}

test("without the compiler Python's objects refuse to be operands; texts, property keys and identity are there", () => {
  const objects: any[] = [list([1]), dict({ a: 1 }), set([1]), tuple([1]), bytes("a"), range(2), dict({ a: 1 }).keys()];
  for (const x of objects) {
    for (const use of [() => x + 1, () => x * 2, () => x | x, () => x < x, () => -x, () => Number(x)]) {
      expect(use).toThrow(/object is no operand of JavaScript's operators: write a\.__add__\(b\)/);
    }
    expect([`${x}`, String(x), x === x, { [x]: 1 }[String(x)]]).toEqual([x.toString(), x.toString(), true, 1]);
  }
  expect(JSON.stringify([list([1]), tuple([2])])).toBe("[[1],[2]]");
});
