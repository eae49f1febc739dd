// A second thread's copy of the code: it finds the variables in place, and runs none of the body.
import { expect, test } from "vitest";
import { run } from "./harness";

test("an attached copy sees the variables and skips the body", async () => {
  const owner = await run(`
    let num = 1;
    const name = "shared", limit = 10;
    var counts = [num, limit];
    function add(n) { num += n; return num; }
    log("body", num);
    for (let i = 0; i < 2; i++) add(i);
    let alone = 5; log(alone);`);
  expect(owner.log).toEqual(["body", 1, 5]);
  const { modules, log } = owner.attach();
  expect(log).toEqual([]);
  expect(modules.main.num).toBe(2);
  expect(modules.main.add(10)).toBe(12);
  expect(owner.modules.main.num).toBe(12);
  owner.modules.main.num = "text";
  expect(modules.main.num).toBe("text");
});

test("functions, classes and constant arrows exist in every copy, each copy its own", async () => {
  const owner = await run(`
    let n = 1;
    function declared() { return n; }
    async function later() { return n; }
    function* items() { yield n; }
    const arrow = () => n, expression = function () { return n; };
    class Worker { value() { return n; } }
    const Anonymous = class extends Worker {};
    const plain = 1, mixed = () => plain + n;
    export const exported = () => n;
    export default class Main extends Worker {}
    enum Color { Red = 1 }
    log(Color.Red, mixed());`);
  const attached = owner.attach();
  const { main } = attached.modules;
  owner.modules.main.n = 7;
  expect([main.declared(), main.arrow(), main.expression(), main.exported(), ...main.items()]).toEqual([7, 7, 7, 7, 7]);
  expect(await main.later()).toBe(7);
  expect([new main.Worker().value(), new main.Anonymous().value(), new main.default().value()]).toEqual([7, 7, 7]);
  expect(main.declared).not.toBe(owner.modules.main.declared);
  expect(main.default.name).toBe("Main");
});

test("a function in a variable crosses by its name", async () => {
  const owner = await run(`
    class Kind {}
    let target = first, K = Kind;
    function first() { return "first"; }
    function second() { return "second"; }
    function change() { target = second; target2 = () => "not known elsewhere"; }
    function target2() { return "declared"; }
    function call() { return [target(), target2(), new K().constructor.name]; }`);
  const { main } = owner.attach().modules;
  expect(main.call()).toEqual(["first", "declared", "Kind"]);
  expect(main.target).toBe(main.first);
  main.change();
  expect(owner.modules.main.target).toBe(owner.modules.main.second);
  expect(owner.modules.main.call()).toEqual(["second", "not known elsewhere", "Kind"]);
});

test("only variables that functions use or that are exported take a slot", async () => {
  const { modules } = await run(`
    let used = 1, alone = 2, exported = 3, inClass = 4, inEnum = 5, inArrow = 6;
    export { exported as other };
    function f() { return used; }
    class K { static x = inClass; }
    enum E { A = inEnum }
    [1].map(() => inArrow);
    alone += 1; log(E.A, alone);`);
  const slots = Object.getOwnPropertyNames(Object.getPrototypeOf(modules.main)).filter(
    (name) => name !== "constructor",
  );
  expect(slots).toEqual(["used", "exported", "inClass", "inEnum", "inArrow"]);
});

test("a constant is read from memory once in each thread", async () => {
  const owner = await run(`const lock = { id: 1 }; function get() { return lock; }`);
  const { main } = owner.attach().modules;
  expect(main.get()).toBe(owner.modules.main.lock);
  owner.shared.side.clear();
  expect(main.get()).toEqual({ id: 1 });
});

test("a variable that is not set yet is a NameError, to all threads", async () => {
  await expect(run(`function early() { return num; } early(); let num = 1;`)).rejects.toThrow(
    "name 'num' is not defined",
  );
});

test("imported variables are live, in every thread", async () => {
  const owner = await run({
    "main.ts": `import { count, bump } from "./lib"; import * as lib from "./lib";
      export function read() { return count; } export function set(n) { lib.count = n; } bump();`,
    "lib.ts": `export let count = 0; export function bump() { count++; } log("lib");`,
  });
  const { main, lib } = owner.attach().modules;
  expect(main.read()).toBe(1);
  lib.bump();
  expect(owner.modules.main.read()).toBe(2);
  main.set(40);
  expect([owner.modules.lib.count, owner.modules.main.read()]).toEqual([40, 40]);
  expect(owner.log).toEqual(["lib"]);
});

test("in an import cycle the attached copy works too", async () => {
  const owner = await run({
    "main.ts": `import { Derived } from "./derived"; import { n } from "./derived";
      export class Unrelated {} export function fromMain() { return n; } log(new Derived().value());`,
    "derived.ts": `import { Unrelated, fromMain } from "./main"; export let n = 3;
      export class Derived { value() { return [fromMain(), typeof Unrelated]; } }`,
  });
  expect(owner.log).toEqual([[3, "function"]]);
  const { derived } = owner.attach().modules;
  expect(new derived.Derived().value()).toEqual([3, "function"]);
});

test("the entry alone is __main__", async () => {
  const { log } = await run({ "main.ts": `import "./lib"; log(__name__);`, "lib.ts": `log(__name__);` });
  expect(log).toEqual(["other", "__main__"]);
});

test("the names of functions survive an equal name in another file", async () => {
  const owner = await run({
    "main.ts": `import { add as other } from "./lib"; export function add() { return "main"; } log(add(), other());`,
    "lib.ts": `export function add() { return "lib"; }`,
  });
  const { main, lib } = owner.attach().modules;
  expect([main.add(), lib.add()]).toEqual(["main", "lib"]);
});

test("values under `using` are disposed of when the body ends or fails, by the owner alone", async () => {
  const resource = `class Res { constructor(public n) {} [Symbol.dispose]() { log("dispose " + this.n); } }`;
  const owner = await run(`${resource}
    using a = new Res("a");
    function peek() { return a.n; }
    const missing = null; { using inner = new Res("inner"); log(inner.n); }
    using b = new Res("b"), none = missing;
    log(peek());`);
  expect(owner.log).toEqual(["inner", "dispose inner", "a", "dispose b", "dispose a"]);
  expect(owner.attach().log).toEqual([]);

  const failing = `globalThis.disposed = []; class Res { [Symbol.dispose]() { globalThis.disposed.push("done"); } }
    using r = new Res(); function f() {} throw new Error("from the body");`;
  await expect(run(failing)).rejects.toThrow("from the body");
  expect((globalThis as any).disposed).toEqual(["done"]);
});

test("the names of a function's parameters are recorded, where names are all there is", async () => {
  const { modules } = await run(`
    function plain(a, b = 1, ...rest) {}
    const arrow = (x: number, y?: number) => x, none = function () {};
    function pattern(a, { loud = false } = {}) {}
    function typed(this: void, z: string) {}
    function replaced(n) {} replaced = null;
    class Kind { constructor(k) {} }
    export default (d) => d;`);
  expect(modules.main.$parameters).toEqual({
    plain: ["a", "b"],
    pattern: ["a", "*loud"],
    arrow: ["x", "y"],
    none: [],
    typed: ["z"],
    $replaced: ["n"],
    default: ["d"],
  });
});

test("files know where they are", async () => {
  const { log } = await run({
    "main.ts": `import { dir } from "./lib/inner"; log(import.meta.url, import.meta.filename === dir, dir);`,
    "lib/inner.ts": `export const dir = import.meta.dirname;`,
  });
  expect(log[0]).toMatch(/^file:\/\/\/.*\/main\.ts$/);
  expect(log[2]).toMatch(/\/lib$/);
});
