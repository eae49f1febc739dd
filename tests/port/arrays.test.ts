// A list that never leaves its function is an array in what the compiler writes, and nobody can tell.
import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { parsePort } from "../../src/port/port";
import { transform } from "../../src/port/transform";
import { runPort } from "../program/run";

const PYTHON = `
def attempt(f):
    try: print(f())
    except Exception as e: print(type(e).__name__ + ":", e)

def items():
    a = [3, 1, 2]
    a.append(5); a.append(None)
    print(a[0], a[-1], a[1:3], len(a), 5 in a, 7 in a)
    a[-1] = 9; a[0] += 4; a[-2] *= 2; a[1:2] = [8, 8]
    del a[0]; del a[-1]
    print(a, str(a), repr(a), f"{a}", sum(a), min(a), max(a), sorted(a))
    return a

def methods():
    a = [1]
    a.extend([4, 2]); a.insert(0, 7); a.insert(-1, 6)
    print(a.pop(), a.pop(0), a.index(4), a.count(4), a)
    a.sort(reverse=True); print(a)
    a.reverse(); a.remove(6); print(a, a.copy(), not a)
    a.clear(); print(a, not a)
    x = "full" if a else "empty"
    print(x)
    while a: a.pop()
    return a

def loops():
    a = []
    for i in range(3): a.append(i)
    for x in a:
        if x < 3: a.append(x + 3)
    for i, x in enumerate(a): print(i, x)
    for x, y in zip(a, reversed(a)): print(x, y)
    b, c, *d = a
    print(b, c, d, [*a, 7])
    return a

def wrong(n):
    a = [1, 2]
    if n == 0: return a[2]
    if n == 1: return a[-3]
    if n == 2: a[2] = 0
    if n == 3: del a[5]
    if n == 4: return a[1.5]
    if n == 5: a[0.5] = 1
    if n == 6: a.remove(9)
    if n == 7: a.pop(); a.pop(); a.pop()
    if n == 8: return a["x" if n else 0]
    if n == 9: a[4] += 1
    if n == 10: b, c, d = a
    if n == 11: a.index(9)
    return a

def shared():
    a = [[1], 2]
    a[0].append(5)
    return a

r = items(); r.append(1); print(r, type(r) is list)
print(methods(), loops())
for n in range(13): attempt(lambda: wrong(n))
s = shared(); t = shared(); print(s, s == t, s is t)
`;

const PORT = (keep: string) => `
import { Exception, dict, enumerate, eq, isinstance, len, list, max, min, print, range, repr, reversed, slice, sorted, str, sum, type, zip } from "pythreads/builtins";
function attempt(f: any) { try { print(f()); } catch (e: any) { print(type(e).__name__ + ":", e); } }
function keep(x: any) {}
function items() {
  const a: any = [3, 1, 2]; ${keep}
  a.append(5); a.append(undefined);
  print(a[0], a[-1], a[slice(1, 3)], len(a), 5 in a, 7 in a);
  a[-1] = 9; a[0] += 4; a[-2] *= 2; a[slice(1, 2)] = [8, 8];
  delete a[0]; delete a[-1];
  print(a, str(a), repr(a), \`\${a}\`, sum(a), min(a), max(a), sorted(a));
  return a;
}
function methods() {
  const a: any = [1]; ${keep}
  a.extend([4, 2]); a.insert(0, 7); a.insert(-1, 6);
  print(a.pop(), a.pop(0), a.index(4), a.count(4), a);
  a.sort({ reverse: true }); print(a);
  a.reverse(); a.remove(6); print(a, a.copy(), !a);
  a.clear(); print(a, !a);
  const x = a ? "full" : "empty";
  print(x);
  while (a) a.pop();
  return a;
}
function loops() {
  const a: any = []; ${keep}
  for (const i of range(3)) a.append(i);
  for (const x of a) if (x < 3) a.append(x + 3);
  for (const [i, x] of enumerate(a)) print(i, x);
  for (const [x, y] of zip(a, reversed(a))) print(x, y);
  const [b, c, ...d] = a;
  print(b, c, d, [...a, 7]);
  return a;
}
function wrong(n: number): any {
  const a: any = [1, 2]; ${keep}
  if (n === 0) return a[2];
  if (n === 1) return a[-3];
  if (n === 2) a[2] = 0;
  if (n === 3) delete a[5];
  if (n === 4) return a[1.5];
  if (n === 5) a[0.5] = 1;
  if (n === 6) a.remove(9);
  if (n === 7) { a.pop(); a.pop(); a.pop(); }
  if (n === 8) return a[(n ? "x" : 0) as any];
  if (n === 9) a[4] += 1;
  if (n === 10) { const [b, c, d] = a; }
  if (n === 11) a.index(9);
  return a;
}
function shared() {
  const a: any = [[1], 2]; ${keep}
  a[0].append(5);
  return a;
}
const r: any = items(); r.append(1); print(r, type(r) === list);
print(methods(), loops());
for (const n of range(13)) attempt(() => wrong(n));
const s = shared(), t = shared(); print(s, eq(s, t), s === t);
`;

const expected = execFileSync("python3", ["-c", PYTHON], { encoding: "utf8" });

test("what is done to it is what Python does", async () => {
  const { stdout, stderr } = await runPort(PORT(""));
  expect(stderr).toBe("");
  expect(stdout).toBe(expected);
});

test("a list that is given away does the same", async () => {
  const { stdout, stderr } = await runPort(PORT("keep(a);"));
  expect(stderr).toBe("");
  expect(stdout).toBe(expected);
});

test("what could be another's is a list from the beginning", async () => {
  const { stdout, stderr } = await runPort(`
import { threading } from "pythreads";
import { list, print, range, sorted, tuple, type } from "pythreads/builtins";
const seen: any = [];
function kept() { const a: any = [1]; seen.append(a); a.append(2); return a; }
function captured() { const a: any = [1]; const more = () => { a.append(2); }; more(); return a; }
function inside() { const a: any = [1]; return [a, a]; }
function assigned() { let a: any = [1]; const b = a; b.append(2); a = [0]; return b; }
function copied() { const a: any = [1]; const b: any = list(a); b.append(2); a.append(3); return [a, b, tuple(a)]; }
function* yielded(): any { const a: any = [1]; yield a; a.append(2); yield a; }
function thread() { const a: any = [1]; const t = threading.Thread({ target: () => a.append(2) }); t.start(); t.join(); return a; }
function later() { const a: any = [1]; try { return a; } finally { a.append(2); } }
const k = kept(); print(k, k === seen[0], captured(), assigned(), copied(), thread(), later());
const [x, y] = inside(); print(x === y, type(x) === list, [...yielded()]);
const bound = ((): any => { const a: any = [1]; const add = a.append; add(2); return a; })(); print(bound);
`);
  expect(stderr).toBe("");
  expect(stdout).toBe(
    "[1, 2] True [1, 2] [1, 2] [[1, 3], [1, 2], (1, 3)] [1, 2] [1, 2]\nTrue True [[1, 2], [1, 2]]\n[1, 2]\n",
  );
});

test("brackets with a number do not look behind what has no items in place", async () => {
  const { stdout, stderr } = await runPort(`
import { queue, threading } from "pythreads";
import { dict, list, object, print, type } from "pythreads/builtins";
class Tens extends object { __getitem__(i: number) { return i * 10; } }
function show(l: any, d: any, t: any) {
  for (const o of [l, d, t, queue.Queue(), null, undefined, 5]) {
    try { print((o as any)[1]); } catch (e: any) { print(type(e).__name__ + ":", e); }
    try { (o as any)[1] = 7; print(o === l || o === d ? o : "set"); } catch (e: any) { print(type(e).__name__ + ":", e); }
  }
}
const l = list([1, 2]), d = dict([[1, 2]]), t = new Tens();
show(list([1, 2]), dict([[1, 2]]), new Tens());
const thread = threading.Thread({ target: show, args: [l, d, t] }); thread.start(); thread.join();
print(l, d);
`);
  expect(stderr).toBe("");
  const shown = [
    "2",
    "[1, 7]",
    "2",
    "{1: 7}",
    "10",
    "TypeError: 'Tens' object does not support item assignment",
    "TypeError: 'Queue' object is not subscriptable",
    "TypeError: 'Queue' object does not support item assignment",
    "TypeError: 'NoneType' object is not subscriptable",
    "TypeError: 'NoneType' object does not support item assignment",
    "TypeError: 'NoneType' object is not subscriptable",
    "TypeError: 'NoneType' object does not support item assignment",
    "TypeError: 'int' object is not subscriptable",
    "TypeError: 'int' object does not support item assignment",
  ];
  expect(stdout.trimEnd().split("\n")).toEqual([...shown, ...shown, "[1, 7] {1: 7}"]);
});

/** What the compiler makes of a module, without its prologue. */
function compiled(source: string): string {
  return transform(parsePort("port.ts", source), { id: 0, isPort: () => false }).code;
}

test("it is written as the array that it is, and as a list where another could get hold of it", () => {
  const stays = compiled("export function f() { const a: any = [1]; a.append(2); a[0] = a[1]; return a; }");
  expect(stays).toContain("const a: any = [1]; a.push(2);");
  expect(stays).toContain("return $py.list(a)");
  expect(stays).not.toContain("$items");
  const leaves = compiled("export function f(g: any) { const a: any = [1]; g(a); return a; }");
  expect(leaves).toContain("const a: any = $py.list([1]);");
  expect(leaves).not.toContain("return $py.list(a)");
});

test("what the text shows to be a number is added without asking", () => {
  const source = (type: string) =>
    `export function f(a: ${type}) { let t = 0; for (let i = 0; i < 9; i++) t += a[i]! * 2; return t; }`;
  expect(compiled(source("number[]"))).not.toContain("$py.mul(");
  expect(compiled(source("any"))).toContain("$py.mul(");
});
