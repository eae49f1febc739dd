// What a port takes from modules of the library and from other ports.
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderOf, runCli, runPort } from "../program/run";

test("a name that a module of the library does not have is AttributeError, and told of when the port is compiled", async () => {
  const { stdout, stderr, code } = await runPort(`import * as queue from "pythreads/queue";
import * as time from "pythreads/time";
import { print, type } from "pythreads/builtins";
function attempt(f: any) { try { print(f()); } catch (e: any) { print(type(e).__name__ + ":", e, e.name); } }
attempt(() => (queue as any).Queu(10));
attempt(() => (queue as any).Queu);
attempt(() => new (queue as any).Queu(1));
attempt(() => class Mine extends (queue as any).Queu {});
attempt(() => (time as any).nothing_like_it);
print(typeof (queue as any).Queu, queue.Queue(1).maxsize);
(time as any).slep(1);`);
  expect(stdout.trimEnd().split("\n")).toEqual([
    ...Array(4).fill("AttributeError: module 'queue' has no attribute 'Queu' Queu"),
    "AttributeError: module 'time' has no attribute 'nothing_like_it' nothing_like_it",
    "undefined 1",
  ]);
  const warnings = stderr.split("\n").filter((line) => /port\.ts:\d+: /.test(line));
  expect(warnings.map((line) => line.replace(/.*port\.ts/, "port.ts"))).toContain(
    "port.ts:11: module 'time' has no attribute 'slep'. Did you mean: 'sleep'?",
  );
  expect(stderr).toMatch(
    /line 11, in <module>\n.*slep\(1\);\nAttributeError: module 'time' has no attribute 'slep'\. Did you mean: 'sleep'\?\n$/,
  );
  expect(code).toBe(1);
});

test("what another port exports has Python's items and attributes", async () => {
  const folder = folderOf({
    "lib.ts": `export const xs: any = [1, 2, 3];
export const d: any = { a: 1 };
export class C { static n = 0; m() { return this; } }
export const c: any = new C();`,
    "port.ts": `import { print, type } from "pythreads/builtins";
import { c, C, d, xs } from "./lib";
import * as lib from "./lib";
function attempt(f: any) { try { print(f()); } catch (e: any) { print(type(e).__name__ + ":", e); } }
attempt(() => xs[-1]);
attempt(() => { xs[-1] = 9; return xs; });
attempt(() => { lib.xs[0] += 7; return (xs as any)[0]; });
attempt(() => d["b"]);
attempt(() => { delete d["a"]; return "a" in d; });
attempt(() => c.nope);
attempt(() => c.nope());
attempt(() => { const m = c.m; C.n += 1; return [m() === c, c.n]; });`,
  });
  const { stdout, stderr } = await runCli(["run", join(folder, "port.ts")]);
  expect(stderr).toBe("");
  expect(stdout.trimEnd().split("\n")).toEqual([
    "3",
    "[1, 2, 9]",
    "8",
    "KeyError: 'b'",
    "False",
    "AttributeError: 'C' object has no attribute 'nope'",
    "AttributeError: 'C' object has no attribute 'nope'",
    "[True, 1]",
  ]);
});

test("functions and classes within others keep their names, in any thread", async () => {
  const { stdout, stderr } = await runPort(`import { queue, threading, traceback } from "pythreads";
import { print, repr, type, ValueError } from "pythreads/builtins";
function helper() {}
class Inner {}
function work(): any {
  let n = 1;
  function helper() { n += 1; throw ValueError("x"); }
  class Inner { get n() { return n; } }
  if (n) { function run() {} print((run as any).__name__); }
  return [helper, new Inner(), function queue() { return n; }];
}
const [f, inner, g] = work();
function show() {
  print(f.__name__, type(inner).__name__, g.__name__, repr(f).slice(0, 17), helper.name, Inner.name);
  try { f(); } catch (e) { print(traceback.format_exc().includes("line 7, in helper")); }
}
show();
const t = threading.Thread({ target: () => show() }); t.start(); t.join();
print(queue.Queue(3).maxsize);`);
  expect(stderr).toBe("");
  const shown = ["helper Inner queue <function helper  helper Inner", "True"];
  expect(stdout.trimEnd().split("\n")).toEqual(["run", ...shown, ...shown, "3"]);
});

test("a new class is told to the class that it extends, and to its attributes", async () => {
  const folder = folderOf({
    "lib.ts": `export class Plugin {
  static registry: any = [];
  static __init_subclass__() { this.registry.append((this as any).__name__); }
}`,
    "port.ts": `import { threading } from "pythreads";
import { print } from "pythreads/builtins";
import { Plugin } from "./lib";
class A extends Plugin {}
class B extends A {}
class Field {
  name: any;
  __set_name__(owner: any, name: any) { this.name = name; print("set", owner.__name__, name); }
}
class M { static x: any = new Field(); static y: any = new Field(); static z: any = 5; }
function make() { class C extends Plugin { static q: any = new Field(); } return C; }
const C = make();
function show() { print(Plugin.registry, M.x.name, new (M as any)().y.name, C.q.name); }
show();
const t = threading.Thread({ target: show }); t.start(); t.join();`,
  });
  const { stdout, stderr } = await runCli(["run", join(folder, "port.ts")]);
  expect(stderr).toBe("");
  const shown = "['A', 'B', 'C'] x y q";
  expect(stdout.trimEnd().split("\n")).toEqual(["set M x", "set M y", "set C q", shown, shown]);
});
