// What tracebacks call the functions of a port.
import { expect, test } from "vitest";
import { functionNames } from "../../src/port/function_names";
import { parsePort } from "../../src/port/port";

test("functions are named after themselves or what they are bound to, with where they begin and end", async () => {
  const source = `function outer() {
  const inner = () => 1; return inner;
}
class A {
  constructor() {}
  method() { return function () {}; }
  field = async () => {};
  static #own() {}
}
const table = { short() {}, "quoted name": () => 2, [outer.name]: () => 3, named: function real() {} };
let late: unknown;
late = function* () {};
run(() => 4);
`;
  const found = functionNames(parsePort("port.ts", source));
  expect(found.map(([line, , , , name]) => `${line} ${name}`)).toEqual([
    "1 outer",
    "2 inner",
    "5 __init__",
    "6 method",
    "6 <lambda>",
    "7 field",
    "8 #own",
    "10 short",
    "10 quoted name",
    "10 <lambda>",
    "10 real",
    "12 late",
    "13 <lambda>",
  ]);
  expect(found.slice(0, 2)).toEqual([
    [1, 0, 3, 1, "outer"],
    [2, 16, 2, 23, "inner"],
  ]);
});
