// Closures in other threads: what they have captured is shared, as Python's cells are.
import { expect, test } from "vitest";
import { runPort } from "../program/run";

const PROLOGUE = `import { queue, threading } from "pythreads";
import { print, range, with_ } from "pythreads/builtins";
function run(target: any, ...args: any[]) { const t = threading.Thread({ target, args }); t.start(); t.join(); }
const q = queue.Queue();
`;

/** Runs a port and gives back what it printed. */
async function printed(source: string): Promise<string[]> {
  const { stdout, stderr } = await runPort(PROLOGUE + source);
  expect(stderr).toBe("");
  return stdout.trimEnd().split("\n");
}

test("captured variables that are assigned are one for all threads", async () => {
  const source = `
    function counter() {
      let n = 0, untouched = "u"; var v = 1;
      const lock = threading.Lock();
      const add = (by: number) => { with_(lock, () => { n += by; v *= 2; }); return untouched; };
      for (const by of [1, 2, 3]) run(add, by);
      print(n, v);
      n = 100; run(() => print("seen", n)); run(() => { n = "text" as any; }); print(n);
    }
    counter();
    function param(x: number, { y = 2, z: [w] = [5] } = {}) {
      function grow() { x += y; y += 1; w = x * y; return x; }
      x += 1; run(grow); print(x, y, w);
    }
    param(1);
    function caught() { try { throw 1; } catch (e: any) { run(() => { e += 1; }); print(e); } }
    caught();
    function patterns() { let { a, b: [c] } = { a: 1, b: [2] }, d = 3; run(() => { [a, c] = [c, a]; ({ d } = { d: a + 10 }); }); print(a, c, d); }
    patterns();
    function vars() { run(() => { h = 7; }); print(h); for (var h of [8]) print(h); var h; print(h); { var { k } = { k: 1 }; } run(() => { k++; }); print(k); }
    vars();`;
  expect(await printed(source)).toEqual(["6 8", "seen 100", "text", "4 3 12", "2", "2 1 12", "7", "8", "8", "2"]);
});

test("each turn of a loop has variables of its own", async () => {
  const source = `
    for (let i = 0; i < 3; i++) { run(() => q.put(i * 10)); }
    print(q.get(), q.get(), q.get());
    function turns() {
      const fs: any[] = [];
      for (let i = 0, step = 1; i < 3; i += step) fs.append(() => { i += 10; return i; });
      for (let i = 0; i < 2; ) { fs.append(() => { i += 20; return i; }); i++; }
      for (let x of [1, 2]) { fs.append(() => { x += 30; return x; }); }
      for (const k of ["a"]) fs.append(() => k);
      for (const f of fs) run(() => q.put(f()));
      const got: any[] = []; while (!q.empty()) got.append(q.get());
      print(got.join(" "), fs.map((f) => f()).join(" "));
    }
    turns();`;
  const [first, second] = await printed(source);
  expect(first).toBe("0 10 20");
  expect(second).toBe("10 11 12 21 22 31 32 a 20 21 22 41 42 61 62 a");
});

test("every form of function can be a target", async () => {
  const source = `
    run(function named(a = 5, b = 6) { print("named", a, b); }, 7);
    run(({ a }: any) => print("pattern", a), { a: 1 });
    run((...rest: any[]) => print("rest", rest.length), 1, 2);
    run(() => print("no captures"));
    function* items(n: number) { yield n; yield n * 2; }
    function nested() {
      const base = 10;
      function* gen(n: number) { yield base + n; }
      run((g: any) => print("generator", ...g(1)), gen);
      async function later() { print("async", base); }
      run(later);
      const f = (n: number): number => (n < 2 ? 1 : n * f(n - 1)), even = (n: number): any => n === 0 || odd(n - 1), odd = (n: number) => n !== 0 && even(n - 1);
      run(() => print("recursive", f(5), even(10)));
      const deep = () => () => () => base;
      run((g: any) => print("deep", g()()()), deep);
      class Local { v = base; hi() { return this.v; } }
      class Sub extends Local { static made = 1; hi() { return super.hi() + Sub.made; } }
      run((K: any) => print("class", new K().hi(), K.name), Sub);
    }
    nested();
    const o = { run(a: number) { print("method", a); }, fn: (a: number) => print("property", a) };
    run(o.run, 4); run(o.fn, 5);
    (() => { "use strict"; const x = 1; run(() => { "use strict"; print("directive", x); }); })();`;
  expect(await printed(source)).toEqual([
    "named 7 6",
    "pattern 1",
    "rest 2",
    "no captures",
    "generator 11",
    "async 10",
    "recursive 120 True",
    "deep 10",
    "class 11 Sub",
    "method 4",
    "property 5",
    "directive 1",
  ]);
});

test("a closure is one object in each thread, with its name and its errors' lines", async () => {
  const source = `
    function identity() {
      const f = () => f;
      q.put(f); print(q.get() === f);
      run((g: any) => { q.put(g); print(g === q.get(), g() === g, g.name); q.put(g); }, f);
      print(q.get() === f);
    }
    identity();`;
  expect(await printed(source)).toEqual(["True", "True True f", "True"]);

  const failing = `${PROLOGUE}
function outer() {
  const x = 1;
  run(() => {
    if (x)
      throw new Error("here");
  });
}
outer();
`;
  const { stderr } = await runPort(failing);
  expect(stderr).toMatch(/line 10, in .*\n +throw new Error\("here"\);/);
});

test("what cannot cross is named, with the reason", async () => {
  const source = `
    const attempt = (f: any) => { try { run(f); } catch (e: any) { print(String(e)); } };
    function maps() { const m = new Map(); const look = () => m.get(1); attempt(look); }
    maps();
    class Base { hi() {} }
    class Secret extends Base { #x = 1; both() { attempt(() => this.#x); attempt(() => super.hi()); } }
    new Secret().both();
    function args() { attempt(() => arguments.length); }
    (args as any)(1, 2);
    function early() { attempt(() => late); const late = 1; }
    early();
    function weak() { const w = new WeakMap(); attempt(() => w); }
    weak();
    function numbers() { const n = new TextEncoder().encode("a"); const set = () => { n[0] = 1; }; attempt(set); }
    numbers();
    function record() { const o = JSON.parse('{"a": 1}'); const set = () => { try { o.a = 2; } catch { print("frozen", o.a); } }; run(set); set(); }
    record();`;
  const lines = await printed(source);
  expect(lines[0]).toBe(
    "closure 'look' cannot cross to another thread: its variable 'm' holds a Map, of which other threads would " +
      "have copies. Use dict(), set() or list(), or give it as an argument",
  );
  expect(lines[1]).toContain("it uses the private name '#x' of the class around it");
  expect(lines[2]).toContain("it uses `super`");
  expect(lines[3]).toContain("it uses `arguments` of the function around it");
  expect(lines[4]).toContain("cannot access free variable 'late'");
  expect(lines[5]).toContain("WeakMap");
  expect(lines[6]).toContain("its variable 'n' holds a Uint8Array, of which other threads would have copies");
  expect(lines.slice(7)).toEqual(["frozen 1", "frozen 1"]);
});
