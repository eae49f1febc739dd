// Lists, dicts, sets and instances under real threads, run as programs.
import { expect, test } from "vitest";
import { runPort } from "./run";

const IMPORTS = `import { threading, queue } from "pythreads";
import { delattr, dict, eq, getattr, hasattr, isinstance, len, list, object, print, range, repr, set, sorted, sum, tuple, type } from "pythreads/builtins";
function parallel(n: number, target: (...args: any[]) => void, ...args: any[]) {
  const ts = [...range(n)].map((me) => threading.Thread({ target, args: [me, ...args] }));
  for (const t of ts) t.start();
  for (const t of ts) t.join();
}
`;

async function printed(source: string): Promise<string> {
  const { stdout, stderr } = await runPort(IMPORTS + source);
  expect(stderr).toBe("");
  return stdout;
}

test("four threads append to a list and pop from it: nothing is lost or doubled", async () => {
  const out = await printed(`
function work(me: number, l: list, popped: list) {
  for (const i of range(5000)) {
    l.append(me * 5000 + i);
    if (i % 5 === 4) popped.append(l.pop(i % 2 ? 0 : -1));
    if (i % 1000 === 0) l.insert(0, l.pop());
  }
}
const [l, popped] = [list<number>(), list<number>()];
parallel(4, work, l, popped);
const all = sorted([...l, ...popped]);
print(len(l), len(popped), len(set(all)), sum(all) === 19999 * 10000);
`);
  expect(out).toBe("16000 4000 20000 True\n");
});

test("a list's remove takes out what it found, once", async () => {
  const out = await printed(`
function work(me: number, l: list) {
  for (const i of range(500)) l.remove("item number " + (me * 500 + i));
}
const l = list(Array.from({ length: 2000 }, (_, i) => "item number " + i));
l.extend(["left"]);
parallel(4, work, l);
print(l);
`);
  expect(out).toBe("['left']\n");
});

test("four threads set, pop and iterate a dict that grows and shrinks", async () => {
  const out = await printed(`
function work(me: number, d: dict, sums: list) {
  let got = 0;
  for (const i of range(6000)) {
    d.set("key number " + (me * 6000 + i), i);
    d.set(tuple([me, i]), i);
    d.set(i, me);
    got += d.pop(tuple([me, i]));
    if (i >= 50) d.pop("key number " + (me * 6000 + i - 50));
    if (i % 500 === 0) d.copy();
  }
  sums.append(got);
}
const [d, sums] = [dict<any>(), list<number>()];
parallel(4, work, d, sums);
print(len(d), sums, sum([...d.keys()].filter((k) => typeof k === "number")));
`);
  expect(out).toBe("6200 [17997000, 17997000, 17997000, 17997000] 17997000\n");
});

test("setdefault makes one object for all, and popitem gives each item to one thread", async () => {
  const out = await printed(`
const groups = dict<any>();
const items = list<any>();
function fill(me: number, groups: dict) {
  for (const i of range(2000)) groups.setdefault(tuple(["group", i % 10]), list()).append(me);
}
parallel(4, fill, groups);
print(len(groups), sum([...groups.values()].map((l) => len(l))));
parallel(4, take, groups, items);
print(len(groups), len(items), len(set([...items].map((item) => item[0]))));
function take(me: number, groups: dict, items: list) {
  for (let i = 0; i < 10; i++) if (len(groups)) try { items.append(groups.popitem()); } catch { return; }
}
`);
  expect(out).toBe("10 8000\n0 10 10\n");
});

test("of four threads that discard the same items of a set, each item is removed by one", async () => {
  const out = await printed(`
function work(me: number, s: set, won: list) {
  for (const i of range(3000)) {
    try {
      s.remove(i % 2 ? i : "item number " + i);
      won.append(i);
    } catch {}
    s.add(me * 3000 + i + 0.5);
  }
}
const [s, won] = [set<any>(), list<number>()];
for (const i of range(3000)) s.add(i % 2 ? i : "item number " + i);
parallel(4, work, s, won);
print(len(s), len(won), len(set(won)));
`);
  expect(out).toBe("12000 3000 3000\n");
});

test("an instance is one object in all threads: attributes, methods, properties, class, identity", async () => {
  const out = await printed(`
class Base extends object {
  name: string;
  constructor(name: string) { super(); this.name = name; }
  greet() { return "hello " + this.name; }
}
class Account extends Base {
  balance: number;
  constructor(name: string, balance: number) { super(name); this.balance = balance; }
  get rich() { return this.balance > 100; }
  greet() { return super.greet() + "!"; }
  add(n: number) { this.balance += n; }
}
const account: any = new Account("Ann", 50);
const q = queue.Queue();
function work(me: number, a: any, q: any) {
  print(a.greet(), a.rich, a instanceof Base, isinstance(a, Account), type(a) === Account, a === q.get());
  a.add(100);
  a.friends = list([a]);
  a.greet = greeting;
  delattr(a, "name");
}
function greeting() { return "hidden"; }
q.put(account);
parallel(1, work, account, q);
print(account.balance, account.rich, account.friends[0] === account, account.greet(), hasattr(account, "name"));
class Job extends threading.Thread {
  result: any;
  constructor(n: number) { super(); this.n = n; this.result = null; }
  n: number;
  run() { this.result = list([this.n, this]); this.extra = this.n * 2; }
  extra: any;
}
const jobs = [new Job(1), new Job(2)];
for (const j of jobs) j.start();
for (const j of jobs) j.join();
print(jobs.map((j) => [j.result[0], j.result[1] === j, j.extra]));
`);
  expect(out).toBe("hello Ann! False True True True True\n150 True True hidden False\n[[1, True, 2], [2, True, 4]]\n");
});

test("a class that extends nothing extends object, also one made in a function", async () => {
  const out = await printed(`
class Pool {
  static made = 3;
  jobs: any;
  constructor() { this.jobs = [1]; }
  add(n: number) { this.jobs.append(n); return this; }
}
class Wide extends Pool { width = 2; }
function local_class() {
  class Local { n: number; constructor(n: number) { this.n = n; } }
  return new Local(7);
}
const pool = new Wide();
const local: any = local_class();
const items = [pool, { pool }, local];
function work(me: number, p: any, items: any) {
  print(p === pool, items[0] === p, items[1]["pool"] === p, p.width, p.made, type(p).__name__, p.__class__ === Wide);
  p.add(me).late = p;
  local.n += 1;
  print(isinstance(p, Pool), isinstance(p, object), items[2] === local);
}
parallel(1, work, pool, items);
print(pool.jobs, (pool as any).late === pool, local.n, sorted(pool.__dict__));
`);
  expect(out).toBe("True True True 2 3 Wide True\nTrue True True\n[1, 0] True 8 ['jobs', 'late', 'width']\n");
});

test("threads that add attributes at once add each", async () => {
  const out = await printed(`
class Bag extends object {}
function work(me: number, bag: any) {
  for (const i of range(200)) bag["attribute" + i % 100] = me;
  for (const i of range(100)) bag["own" + me + "_" + i] = i;
}
const bag: any = new Bag();
parallel(4, work, bag);
print(len(bag.__dict__), sum([...range(4)].map((me) => getattr(bag, "own" + me + "_99"))));
`);
  expect(out).toBe("500 396\n");
});

test("a class that no other thread can find, and a set as key, are refused in words that help", async () => {
  const { stderr } = await runPort(`${IMPORTS}
const d = dict<any>();
parallel(1, () => {}, d);
try { d.set(set([1]), 1); } catch (e: any) { print(e.message); }
for (const k of dict({ a: 1 })) print(k);
const grow = dict<any>({ a: 1 });
for (const k of grow) grow.set(k + "b", 1);
`);
  expect(stderr).toContain("RuntimeError: dictionary changed size during iteration");
});

test("`delete o.x` takes an attribute away from all threads, once", async () => {
  const out = await printed(`
class Account { owner = "ann"; limit = 5; }
const a = new Account();
function work(me: number, b: Account) {
  delete (b as any).owner;
  print(hasattr(b, "owner"), b.limit);
}
delete (a as any).limit;
print(hasattr(a, "limit"));
a.limit = 6;
parallel(1, work, a);
print(hasattr(a, "owner"), a.limit);
try {
  delete (a as any).owner;
} catch (e) {
  print((e as Error).name + ": " + (e as Error).message);
}
`);
  expect(out).toBe("False\nFalse 6\nFalse 6\nAttributeError: 'Account' object has no attribute 'owner'\n");
});
