// Classes of a port: their attributes are the process's, their fields are assignments.
import { expect, test } from "vitest";
import { folderOf, runCli, runPort } from "../program/run";

const HEAD = `
import { queue, threading } from "pythreads";
import { AttributeError, delattr, getattr, hasattr, isinstance, object, print, range, repr, setattr, type } from "pythreads/builtins";
function run(target: any, ...args: any[]) { const t = threading.Thread({ target, args }); t.start(); t.join(); }
const attempt = (f: any) => { try { print(f()); } catch (e: any) { print(type(e).__name__ + ": " + e); } };
`;

async function lines(source: string): Promise<string[]> {
  const { stdout, stderr } = await runPort(HEAD + source);
  expect(stderr).toBe("");
  return stdout.trimEnd().split("\n");
}

test("class attributes are one for all threads, and read through instances and subclasses", async () => {
  expect(
    await lines(`
class Base {
  static made = 0;
  static registry: any = [];
  static lock = threading.Lock();
  static label = "base";
  static make = (n: any) => n + 1;
  static none: any = null;
  label2: any;
  constructor() { Base.made += 1; this.label2 = "own"; }
  static create() { this.registry.append(this.name); return new this(); }
  count() { (this as any).made += 1; return (this as any).made; }
}
class Derived extends Base {
  static label = "derived";
}
const d: any = new Derived();
run(() => { Base.made += 10; Base.registry.append(d); Derived.label = "changed"; });
print(Base.made, Derived.made, d.made, Base.registry[0] === d, Base.label, Derived.label, d.label, Base.none);
run(() => print(Base.make(1), Base.lock === threading.main_thread().constructor, Base.lock.acquire(false)));
print(Base.lock.locked(), Base.make(2));
run(() => Derived.create());
print(Base.registry[1], Base.made);
print(d.count(), d.count(), Base.made);
run(() => { Derived.made = 100; });
print(Base.made, Derived.made, new Derived().count());
run(() => print(Base.made, Derived.made, (new Derived() as any).made));
`),
  ).toEqual([
    "11 11 11 True base changed changed None",
    "2 False True",
    "True 3",
    "Derived 12",
    "13 14 12",
    "12 100 101",
    "13 100 100",
  ]);
});

test("attributes that are assigned to a class later are one for all threads", async () => {
  expect(
    await lines(`
class Config {}
class Special extends Config {}
const C: any = Config;
const thread: any = class Worker extends threading.Thread {};
class Worker2 extends threading.Thread { run() { (this.constructor as any).ran = true; } }
print(hasattr(C, "level"));
run(() => { C.level = 3; setattr(Special, "mode", { a: 1 }); });
print(C.level, (Special as any).level, (new Special() as any).level, getattr(Special, "mode"), hasattr(C, "mode"));
run(() => { C.level += 1; (Special as any).mode["b"] = 2; });
print(C.level, (Special as any).mode);
attempt(() => C.nothing);
const w = new Worker2(); w.start(); w.join(); print((Worker2 as any).ran, (w as any).ran);
`),
  ).toEqual([
    "False",
    "3 3 3 {'a': 1} False",
    "4 {'a': 1, 'b': 2}",
    "AttributeError: type object 'Config' has no attribute 'nothing'",
    "True True",
  ]);
});

test("four threads that count in a class attribute under a lock lose nothing", async () => {
  expect(
    await lines(`
class Counter { static n = 0; static lock = threading.Lock(); static up() { Counter.lock.acquire(); Counter.n += 1; Counter.lock.release(); } }
function work() { for (const _ of range(2000)) Counter.up(); }
const threads = [0, 1, 2, 3].map(() => threading.Thread({ target: work }));
for (const t of threads) t.start();
for (const t of threads) t.join();
print(Counter.n);`),
  ).toEqual(["8000"]);
});

test("the attributes of a class made in a function cross with it", async () => {
  expect(
    await lines(`
function make(start: any) {
  class Local { static n = start; static seen: any = []; up() { Local.n += 1; Local.seen.append(this); return Local.n; } }
  return Local;
}
const A: any = make(1), B: any = make(10);
const a = new A(), b = new B();
run(() => { a.up(); a.up(); b.up(); });
print(A.n, B.n, A.seen[0] === a, a.up(), (a as any).n);
A.n = 0; run(() => print(A.n, type(a) === A));`),
  ).toEqual(["3 11 True 4 4", "0 True"]);
});

test("fields are assignments after super(): inherited setters are used, and a shared object's field is shared", async () => {
  const source = `
class Base {
  started;
  set size(v) { this.stored = v * 2; }
  get size() { return this.stored; }
  constructor() { run(() => { this.started = true; }); }
}
class Derived extends Base {
  size = 5;
  extra = 7;
  double = () => this.extra * 2;
  grow(by = 1) { this.extra += by; }
}
const d = new Derived();
run(() => { d.grow(3); print(d.size, d.extra, d.double(), d.started); });
print(d.size, d.extra, d.double(), Object.keys(d).length);`;
  const expected = ["10 10 20 True", "10 10 20 0"];
  expect(
    await lines(source.replace("class Base {", "class Base { stored: any;").replace("started;", "started: any;")),
  ).toEqual(expected);
  const head = HEAD.replace(/: any(\[\])?/g, "");
  const folder = folderOf({ "port.js": head + source });
  const { stdout, stderr } = await runCli(["run", `${folder}/port.js`]);
  expect([stderr, stdout.trimEnd().split("\n")]).toEqual(["", expected]);
});

test("`o.x += v` and `o.x++` read what is the class's, and raise AttributeError for what is nowhere", async () => {
  expect(
    await lines(`
class C { static n = 1; static big = 10n; static text = "a"; }
const c: any = new C(), list = [c];
c.n += 2; print(c.n, C.n); list[0].n++; print(c.n++, ++c.n, --list[0].n, C.n);
c.big++; c.text += "b"; print(c.big, c.text, C.text, C.big);
attempt(() => { c.nobody += 1; }); attempt(() => c.nobody++); attempt(() => { (c as any).nobody -= 1; });
const box = { get it() { return c; } };
box.it.n *= 2; print(c.n, [1, 2].map((x) => (c.n -= x)));
const plain: any = new Map(); plain.hits = 0; plain.hits++; plain.hits += 1; print(plain.hits);`),
  ).toEqual([
    "3 1",
    "4 6 5 1",
    "11 ab a 10",
    ...Array(3).fill("AttributeError: 'C' object has no attribute 'nobody'"),
    "10 [9, 7]",
    "2",
  ]);
});

const TELL = `
const attempt = (f: any) => { try { print(f()); } catch (e: any) { print(type(e).__name__ + ": " + e.message); } };
`;

test("a class attribute that is deleted is deleted for all threads, and its base's shows again", async () => {
  const { stdout, stderr } = await runPort(`import { threading } from "pythreads";
import { delattr, hasattr, print, type } from "pythreads/builtins";
function run(target: any) { const t = threading.Thread({ target }); t.start(); t.join(); }
${TELL}
class C { static x: any = 1; }
class D extends C {}
attempt(() => delete (D as any).x);
attempt(() => delete (C as any).nope);
run(() => { delete (C as any).x; });
for (const f of [() => C.x, () => D.x, () => (new C() as any).x, () => hasattr(C, "x"), () => delete (C as any).x]) attempt(f);
run(() => { C.x = 5; });
print(C.x, D.x, (new C() as any).x, hasattr(C, "x"));
class A { static y: any = 1; }
class B extends A { static y: any = 2; }
run(() => { delete (B as any).y; });
print(B.y, (new B() as any).y);
attempt(() => delattr(B, "y"));
(D as any).late = 1;
run(() => { print((D as any).late); delete (D as any).late; });
attempt(() => (D as any).late);`);
  expect(stderr).toBe("");
  expect(stdout.trimEnd().split("\n")).toEqual([
    "AttributeError: type object 'D' has no attribute 'x'",
    "AttributeError: type object 'C' has no attribute 'nope'",
    "AttributeError: type object 'C' has no attribute 'x'",
    "AttributeError: type object 'D' has no attribute 'x'",
    "AttributeError: 'C' object has no attribute 'x'",
    "False",
    "AttributeError: type object 'C' has no attribute 'x'",
    "5 5 5 True",
    "1 1",
    "AttributeError: type object 'B' has no attribute 'y'",
    "1",
    "AttributeError: type object 'D' has no attribute 'late'",
  ]);
});

test("what is assigned to an exception's class, or to a class of a function, is seen by all threads", async () => {
  const { stdout, stderr } = await runPort(`import { threading } from "pythreads";
import { Exception, isinstance, print, type } from "pythreads/builtins";
function run(target: any) { const t = threading.Thread({ target }); t.start(); t.join(); }
${TELL}
class Err extends Exception {}
class Sub extends Err {}
function fail() { (Err as any).count += 1; throw new Err("x"); }
attempt(() => (Err as any).count);
(Err as any).count = 0;
run(() => { try { fail(); } catch (e) { print(isinstance(e, Err), (e as any).count); } });
print((Err as any).count, (Sub as any).count);
function local() {
  class L { static made: any = 0; }
  const none = () => (L as any).later;
  run(() => attempt(none));
  (L as any).tag = "a";
  run(() => { (L as any).tag = "b"; (L as any).later = [1]; L.made += 1; print((new L() as any).tag, L.made); delete (L as any).made; });
  attempt(() => L.made);
  run(() => attempt(() => L.made));
  return [(L as any).tag, none()];
}
print(local());`);
  expect(stderr).toBe("");
  expect(stdout.trimEnd().split("\n")).toEqual([
    "AttributeError: type object 'Err' has no attribute 'count'",
    "True 1",
    "1 1",
    "AttributeError: type object 'L' has no attribute 'later'",
    "b 1",
    "AttributeError: type object 'L' has no attribute 'made'",
    "AttributeError: type object 'L' has no attribute 'made'",
    "['b', [1]]",
  ]);
});

test("a class whose base is the value of a variable is one in all threads", async () => {
  const { stdout, stderr } = await runPort(`import { threading } from "pythreads";
import { isinstance, issubclass, object, print, type } from "pythreads/builtins";
function run(target: any) { const t = threading.Thread({ target }); t.start(); t.join(); }
function make(name: string): any { return class extends object { hi() { return "hi " + name; } }; }
const { Base } = { Base: make("a") } as any;
const Other = make("b");
class D extends Base { static count = 0; constructor() { super(); D.count += 1; } me() { return D; } }
class E extends Other {}
export class F extends D { more() { return super.hi() + "!"; } }
run(() => { print(new D().hi(), new E().hi(), new F().more(), D.count); });
const d: any = new F();
d.x = 1;
run(() => { print(d.hi(), d.x, d.me() === D, isinstance(d, D), issubclass(F, Base), type(d).__name__, D.count, d.more()); });
print(D.count, new D().hi());`);
  expect(stderr).toBe("");
  expect(stdout.trimEnd().split("\n")).toEqual(["hi a hi b hi a! 2", "hi a 1 True True True F 3 hi a!", "3 hi a"]);
});
