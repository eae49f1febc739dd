// What variables of a module hold, seen from other threads.
import { expect, test } from "vitest";
import { runPort } from "../program/run";

const HEAD = `
import { threading } from "pythreads";
import { bytearray, bytes, print, range, repr, str, tuple, type, ValueError } from "pythreads/builtins";
function run(target: any, ...args: any[]) { const t = threading.Thread({ target, args }); t.start(); t.join(); }
const attempt = (f: any) => { try { print(f()); } catch (e: any) { print(type(e).__name__ + ": " + e); } };
`;

async function lines(source: string): Promise<string[]> {
  const { stdout, stderr } = await runPort(HEAD + source);
  expect(stderr).toBe("");
  return stdout.trimEnd().split("\n");
}

test("typed arrays bound at module level are the same numbers for all threads, wherever they go", async () => {
  expect(
    await lines(`
const doubles = new Float64Array(4), only_passed = new Int32Array(2);
let bytes8 = new Uint8Array([1, 2, 3]), big = new BigInt64Array(1), view = new DataView(new ArrayBuffer(8));
class C { static samples = new Float32Array(2); }
const held: any = [];
function work(given: any, alias: any) {
  doubles[1] = 2.5; bytes8[0] += 10; big[0] = 7n; view.setInt16(0, 513); C.samples[0] = 0.5;
  given[0] = 99; alias[3] = -1; held.append(doubles);
  print(alias === doubles, given === doubles, Atomics.add(given, 1, 5));
}
run(work, only_passed, doubles);
print([...doubles], [...bytes8], big[0], view.getInt8(1), C.samples[0], [...only_passed], held[0] === doubles);
bytes8 = new Uint8Array(2); run(() => { bytes8[1] = 4; }); print([...bytes8], bytes8.length, doubles instanceof Float64Array);
function local() { let own = new Float64Array(2); const set = () => { own[0] = 3; }; own = own; run(set); return own[0]; }
print(local());
const counters = new Int32Array(1);
const threads = [1, 2, 3].map(() => threading.Thread({ target: () => { for (const _ of range(1000)) Atomics.add(counters, 0, 1); } }));
for (const t of threads) t.start();
for (const t of threads) t.join();
print(counters[0]);`),
  ).toEqual(["True False 0", "[0, 2.5, 0, -1] [11, 2, 3] 7 1 0.5 [99, 5] True", "[0, 4] 2 True", "3", "3000"]);
});

test("an array of JavaScript's own that is bound to a variable leaves nothing to write to behind", async () => {
  expect(
    await lines(`
let shared: any = null;
function bind() { let own: any = new TextEncoder().encode("ab"); shared = own; attempt(() => { own[0] = 1; }); attempt(() => own[0]); return shared.length; }
print(bind());`),
  ).toEqual(["IndexError: list assignment index out of range", "IndexError: list index out of range", "2"]);
});

test("tuples, bytes, ranges and exceptions in variables are read by all threads, each as one object in a thread", async () => {
  expect(
    await lines(`
let t: any = tuple([1, [2]]), b: any = bytes("abc", "utf-8"), r: any = range(3), error: any = null, big = 10n ** 20n;
const frozen = Object.freeze([1, 2]);
function work() {
  print(t, b, r, big, frozen, t === t, b === b);
  t[1].append(3); r = range(5);
  try { throw ValueError("late"); } catch (e) { error = e; }
}
run(work);
print(t, r, repr(error), error === error, t === t, type(b).__name__);
t = tuple([9]); run(() => { print(t); t = bytes("z", "utf-8"); }); print(t); t = 5; run(() => print(t));`),
  ).toEqual([
    "(1, [2]) b'abc' range(0, 3) 100000000000000000000 [1, 2] True True",
    "(1, [2, 3]) range(0, 5) ValueError('late') True True bytes",
    "(9,)",
    "b'z'",
    "5",
  ]);
});

test("a Map, a Set and other objects of JavaScript's own are refused to other threads by the variable's name", async () => {
  const printed = await lines(`
let map = new Map(), set = new Set(), date: any = new Date(0), weak: any = new WeakMap(), mutable: any = bytearray(2);
function read() { for (const f of [() => map, () => set, () => date, () => weak, () => mutable]) attempt(f); }
run(read); map.set(1, 2); print(map.size, date.getTime(), mutable === mutable);`);
  expect(printed.map((line) => line.replace(/^RuntimeError: variable '(\w+)' holds .*/, "$1"))).toEqual([
    "map",
    "set",
    "date",
    "weak",
    "mutable",
    "1 0 True",
  ]);
});

test("a constant that is a number is not there before its line", async () => {
  expect(
    await lines(`
function next() { return LIMIT + 1; }
attempt(next);
const LIMIT = 5;
attempt(next);
run(() => print(next(), { LIMIT }, [LIMIT, -LIMIT], LIMIT.toFixed(1)));
`),
  ).toEqual(["NameError: name 'LIMIT' is not defined", "6", "6 {'LIMIT': 5} [5, -5] 5.0"]);
});
