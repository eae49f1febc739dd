// Instances of a port's classes are objects with identity, without `extends`; class attributes are the process's.
import { expect, test } from "vitest";
import { runPort } from "../program/run";

test("classes mean what they mean in Python", async () => {
  const { stdout, stderr } = await runPort(`
import { queue, threading } from "pythreads";
import { isinstance, object, print, repr, type } from "pythreads/builtins";
function run(target: any, ...args: any[]) { const t = threading.Thread({ target, args }); t.start(); t.join(); }
const attempt = (f: any) => { try { print(f()); } catch (e: any) { print(e.constructor.name + ": " + e); } };
class Base {
  static made = 0;
  static registry = [];
  items = [1];
  label: string;
  constructor(label: string) {
    this.label = label;
    Base.made += 1;
    run(this.begin);
  }
  begin() { this.items.append(2); }
}
class Derived extends Base {
  extra = 5;
  double = () => this.extra * 2;
  get text() { return this.label + this.extra; }
  grow(by = 1) { this.extra += by; return super.begin(); }
}
const d = new Derived("d");
print(d.items, d.extra, d.double(), d.text, Base.made, isinstance(d, object), type(d) === Derived);
run(() => { d.grow(2); (d as any).added = "new"; Base.made += 10; Base.registry.append(d); d.items.append("t"); });
print(d.extra, (d as any).added, Base.made, Derived.made, Base.registry[0] === d, d.items);
print((d as any).made, (Derived as any).made);
(Derived as any).made = "own"; print(Base.made, Derived.made, (d as any).made);
attempt(() => { (d as any).nobody += 1; });
const q = queue.Queue(); q.put(d); print(q.get() === d, d.grow === d.grow);
q.put(d.grow); q.get()(100); print(d.extra);
class Empty {}
const e = new Empty(); run((x: any) => { x.y = 1; }, e); print((e as any).y);
class Counter { n = 0; constructor(readonly step = 2) {} up() { for (let i = 0; i < 1000; i++) this.n += this.step; } }
const c = new Counter(); run(c.up); print(c.n, c.step);
function local() { const base = 3; class Inner { v = base; static s = 1; hi() { return this.v + base; } } const i = new Inner(); run(() => { i.v += 1; }); return i.hi(); }
print(local());
`);
  expect(stderr).toBe("");
  expect(stdout.trimEnd().split("\n")).toEqual([
    "[1, 2] 5 10 d5 1 True True",
    "7 new 11 11 True [1, 2, 2, 't']",
    "11 11",
    "11 own own",
    "AttributeError: 'Derived' object has no attribute 'nobody'",
    "True True",
    "107",
    "1",
    "2000 2",
    "7",
  ]);
});

test("object literals are dicts from birth", async () => {
  const { stdout, stderr } = await runPort(`
import { threading } from "pythreads";
import { dict, print, repr, type } from "pythreads/builtins";
const attempt = (f: any) => { try { print(f()); } catch (e: any) { print(e.constructor.name + ": " + e); } };
const d = { a: 1, copy: 2, nested: { list: [1] } } as any;
print(d, type(d) === dict, d["copy"], d.copy() === d, "a" in d);
attempt(() => { d["nobody"]; }); attempt(() => d.nobody);
d["b"] = 3; d["a"] += 1; delete d["copy"]; d["nested"]["list"].append(2); print(d, { ...d, c: 1 });
const t = threading.Thread({ target: (x: any, n = 0) => { d["t"] = x; d["n"] = n; }, args: [{ plain: [1] }], kwargs: {} }); t.start(); t.join();
print(d["t"]["plain"], d["n"], Object.keys(Object.assign({}, { k: 1 })).length, JSON.stringify({ j: [1] }));
const { a, ...rest } = { a: 1, z: 2 }; print(a, repr(rest));
const f = ({ loud = false } = {}) => loud; print(f(), f({ loud: true }));
const o = { m() { return 7; }, get g() { return 8; } }; print(o.m(), o.g);
if ({} as any) print("never"); else print("empty");
`);
  expect(stderr.replace(/.*list\(\).*\n/, "")).toBe("");
  expect(stdout.trimEnd().split("\n")).toEqual([
    "{'a': 1, 'copy': 2, 'nested': {'list': [1]}} True 2 False True",
    "KeyError: 'nobody'",
    "AttributeError: 'dict' object has no attribute 'nobody'",
    "{'a': 2, 'nested': {'list': [1, 2]}, 'b': 3} {'a': 2, 'nested': {'list': [1, 2]}, 'b': 3, 'c': 1}",
    `[1] 0 1 {"j":[1]}`,
    "1 {'z': 2}",
    "False True",
    "7 8",
    "empty",
  ]);
});
