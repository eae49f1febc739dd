// Each construct of the language where another thread uses it: what it means in one thread it means in all.
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderOf, runCli, runPort } from "../program/run";

const HEAD = `
import { threading } from "pythreads";
import { print, range, str, type } from "pythreads/builtins";
function run(target: any, ...args: any[]) { const t = threading.Thread({ target, args }); t.start(); t.join(); }
const attempt = (f: any) => { try { print(f()); } catch (e: any) { print(type(e).__name__ + ": " + str(e)); } };
`;

const cases: Record<string, [source: string, printed: string[]]> = {
  "decorators of methods and classes": [
    `
const calls: any = [];
function logged(method: any, { name }: any) { return function (this: any, ...args: any[]) { calls.append(name); return method.call(this, ...args); }; }
function named(label: any) { return (cls: any, _: any) => { cls.label = label; }; }
@named("box") class Box { n = 1; @logged grow(by: any) { this.n += by; return this.n; } @logged static make() { return new Box(); } }
const box = new Box();
run(() => { print(box.grow(2), Box.make().n, (Box as any).label); });
print(box.n, calls);`,
    ["3 1 box", "3 ['grow', 'make']"],
  ],
  "loops over a range": [
    `
const shown: any = [], late: any = [];
for (const i of range(3)) { for (const j of range(i, -2, -2)) { if (j === 1) continue; shown.append([i, j]); } late.append(() => i); }
print(shown);
run(() => print(late.map((read: any) => read())));
function found(n: any) { outer: for (const i of range(n)) { for (let j of range(5, 9)) { j += i; if (j === 9) break outer; if (i * j === 6) return [i, j]; } } return null; }
run(() => print(found(9), found(0)));
let total: any = 0;
for (let i of range(3)) { const add = () => { i += 10; }; add(); total += i; }
for (const i of range(4)) total += i; for (const i of (range(2) as any)) { var last = i; }
print(total, last!);
function twice(range: any) { const got: any = []; for (const x of range(2)) got.append(x); return got; }
print(twice((n: any) => ["own", n]));
attempt(() => { for (const i of range("3" as any)) print(i); });
attempt(() => { for (const i of range(1, 2, 0)) print(i); });`,
    [
      "[[0, 0], [1, -1], [2, 2], [2, 0]]",
      "[0, 1, 2]",
      "[1, 6] None",
      "39 1",
      "['own', 2]",
      "TypeError: 'str' object cannot be interpreted as an integer",
      "ValueError: range() arg 3 must not be zero",
    ],
  ],
  "generators and iterators": [
    `
function* count(to: any): any { for (const i of range(to)) { const got = yield i * 2; if (got) print("got", got); } return "end"; }
const base = 10;
const shifted = function* () { for (const x of count(3)) yield x + base; };
run(() => { print([...shifted()]); const g = count(2); g.next(); print(g.next("hi").value, g.next().value); });
run((make: any) => print([...make()]), shifted);`,
    ["[10, 12, 14]", "got hi", "2 end", "[10, 12, 14]"],
  ],
  "a variable that is not set yet": [
    `
function early() { return late; }
run(() => attempt(early));
attempt(early);
let late = 5;
run(() => attempt(early));
function local() { const read = () => inner; run(() => attempt(() => read())); const inner = 6; return read(); }
attempt(() => { const reader = () => inner2; const t = threading.Thread({ target: reader }); t.start(); const inner2 = 1; });`,
    [
      "NameError: name 'late' is not defined",
      "NameError: name 'late' is not defined",
      "5",
      "NameError: cannot access free variable 'inner2' where it is not associated with a value in enclosing scope: closure 'reader' crosses to another thread before",
    ],
  ],
  "destructuring into variables of all threads": [
    `
let a: any = 1, b: any = 2, first: any, second: any = 0;
run(() => { [a, b] = [b, a]; ({ x: first, y: second = 7 } = { x: 5, z: 9 } as any); });
print(a, b, first, second);
const items: any = [0, 0], o: any = { k: 0 };
run(() => { [items[0], o["k"]] = [3, 4]; [items[1] = 8] = []; for ([a, b] of [[10, 20]]); });
print(items, o, a, b);
function swap([x, y = x]: any, { z = y } = {} as any) { return [y, x, z]; }
run(() => print(swap([1]), swap([1, 2], { z: 3 })));`,
    ["2 1 5 7", "[3, 8] {'k': 4} 10 20", "[1, 1, 1] [2, 1, 3]"],
  ],
  "each turn of a loop has its own binding": [
    `
const out: any = [];
const threads: any = [];
for (let i = 0; i < 3; i++) threads.append(threading.Thread({ target: () => { i += 10; out.append(i); } }));
for (const i of range(3, 5)) threads.append(threading.Thread({ target: () => out.append(i) }));
const keyed: any = { x: 1 };
for (const key in keyed) threads.append(threading.Thread({ target: () => out.append(key) }));
for (const key in { y: 2 }) threads.append(threading.Thread({ target: () => out.append(key) }));
let n = 0;
while (n < 2) { const mine = n++; threads.append(threading.Thread({ target: () => out.append([mine]) })); }
for (const t of threads) { t.start(); t.join(); }
print(out);`,
    ["[10, 11, 12, 3, 4, 'x', 'y', [0], [1]]"],
  ],
  "what a rest element collects is a list": [
    `
let first: any, rest: any, [one, ...others]: any = [1, 2, 3];
run(() => { [, ...rest] = [1, 2, 3]; rest.append(one); });
print(rest, others);
run(() => { others.append(4); [first, ...others[0]] = "ab"; });
print(others, first);
function local(items: any, [head, ...tail]: any) {
  const [a, ...b] = items;
  let [c, [d, ...e], ...f] = [1, [2, 3], 4], g;
  for (const [x, ...y] of [[1, 2]]) { y.append(x); print(y); }
  for (let [x, ...y] of [[5, 6]]) { y.append(x); print(y); }
  [g, ...f] = items;
  run(() => { b.append(a); tail.append(9); [, ...e] = "xyz"; });
  return [a, b, c, d, e, f, g, head, tail];
}
print(local([1, 2], [7, 8]));
function captured([x, ...kept]: any) { const t = () => { kept = kept.copy(); kept.append(x); }; run(t); return kept; }
print(captured([3]), ((...args: any) => args.length)(1, 2));`,
    [
      "[2, 3, 1] [2, 3]",
      "[['b'], 3, 4] a",
      "[2, 1]",
      "[6, 5]",
      "[1, [2, 1], 1, 2, ['y', 'z'], [2], 1, 7, [8, 9]]",
      "[3] 2",
    ],
  ],
  "recursion, this in arrows, accessors, private members, optional chains": [
    `
const fact = (n: any): any => (n < 2 ? 1 : n * fact(n - 1));
function outer() { const even: any = (n: any) => n === 0 || !even(n - 1); return even; }
class Tree { #depth = 2; kids: any = []; get depth() { return this.#depth; } each(f: any): any { return this.kids.map((k: any) => f(this.depth, k)); } }
const tree: any = new Tree();
tree.kids.append(1);
run((even: any) => { print(fact(5), even(4), even(3)); }, outer());
print(tree.depth, tree.each((d: any, k: any) => d + k), tree.nothing?.x, tree?.kids?.[0]);`,
    ["120 True False", "2 [3] None 1"],
  ],
};

test.each(Object.entries(cases))("%s", async (_, [source, printed]) => {
  const { stdout, stderr } = await runPort(HEAD + source);
  expect(stderr).toBe("");
  expect(stdout.trimEnd().split("\n")).toEqual(printed);
});

test("ports that import each other in a circle, used from a thread", async () => {
  const folder = folderOf({
    "port.ts": `${HEAD}import { ping, hits } from "./ping";\nexport let total = 1;\nexport function add(n: any) { total += n; return total; }\nrun(() => print(ping(3)));\nprint(total, hits);\n`,
    "ping.ts": `import { add, total } from "./port";\nimport { pong } from "./pong";\nexport let hits = 0;\nexport function ping(n: any): any { hits++; return n === 0 ? add(total) : pong(n - 1); }\n`,
    "pong.ts": `import * as other from "./ping";\nexport const pong = (n: any): any => (n === 0 ? other.ping(0) : other.ping(n - 1));\n`,
  });
  const { stdout, stderr } = await runCli(["run", join(folder, "port.ts")]);
  expect([stderr, stdout]).toEqual(["", "2\n2 3\n"]);
});
