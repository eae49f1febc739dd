// Which variable a name means.
import { expect, test } from "vitest";
import { parsePort } from "../../src/port";
import { captures, type Scope } from "../../src/port/scope";

function scopes(source: string): Scope {
  return parsePort("/main.ts", source).scopes.module;
}

/** The function scope whose own or variable's name is given. */
function named(module: Scope, name: string): Scope {
  for (const scope of module.tree()) {
    if (scope.kind === "function" && "id" in scope.node && (scope.node.id as { name?: string })?.name === name)
      return scope;
  }
  throw new Error(`no function ${name}`);
}

test("captures are the variables of enclosing functions, not the module's", () => {
  const module = scopes(`
    let global = 1;
    function outer(param) {
      let local = 1, unused = 2;
      for (let i = 0; i < 2; i++) {
        function inner(own) { return () => [global, param, local, i, own]; }
      }
      return inner;
    }`);
  expect([...captures(named(module, "inner"))].map(({ name }) => name)).toEqual(["param", "local", "i"]);
  expect(captures(named(module, "outer")).size).toBe(0);
});

test("kinds of variables and where they are declared", () => {
  const module = scopes(`
    import a from "x"; var b; let c; const d = 1; function e() {} class F {} enum G {} namespace H { export const inH = 1; }
    if (b) { var hoisted; let block; function inBlock() {} }
    try {} catch ({ message }) { var fromCatch; }`);
  const kinds = Object.fromEntries([...module.variables.values()].map(({ name, kind }) => [name, kind]));
  expect(kinds).toEqual({
    a: "import",
    b: "var",
    c: "let",
    d: "const",
    e: "function",
    F: "class",
    G: "enum",
    H: "namespace",
    hoisted: "var",
    fromCatch: "var",
  });
});

test("reads, writes and updates are told apart", () => {
  const { variables } = scopes("let x = 0; x; x = 1; x += 1; x++; [x] = [1]; for (x of []); ({ a: x = x } = {});");
  expect(variables.get("x")!.references.map(({ access }) => access)).toEqual([
    "read",
    "write",
    "update",
    "update",
    "write",
    "write",
    "write",
    "read",
  ]);
});

test("types are no uses", () => {
  const port = parsePort(
    "/main.ts",
    `
    let x = 1; type T = typeof x; let y: typeof x; function f<x>(a: x): asserts a is x {} interface I { x: x }
    declare let free1: number; free1; class C implements I { declare x: number; [key: string]: any }`,
  );
  expect(port.scopes.module.variables.get("x")!.references).toHaveLength(0);
  expect(port.scopes.free.map(({ identifier }) => identifier.name)).toEqual(["free1"]);
});

test("parameters, self names and `var` in one function", () => {
  const module = scopes("const f = function me(a, b = a) { var a; return [me, a, b]; };");
  const scope = named(module, "me");
  expect([...scope.variables.values()].map(({ name, kind }) => `${kind} ${name}`)).toEqual([
    "self me",
    "param a",
    "param b",
  ]);
});

test("await outside of functions is found, inside it is not", () => {
  const awaits = (source: string) => parsePort("/main.ts", source).scopes.topLevelAwait !== undefined;
  expect(awaits("if (1) { await 1 }")).toBe(true);
  expect(awaits("for await (const x of []) {}")).toBe(true);
  expect(awaits("await using x = null;")).toBe(true);
  expect(
    awaits(
      "async function f() { await 1; for await (const x of []) {} await using y = null; } const g = async () => await 1",
    ),
  ).toBe(false);
});
