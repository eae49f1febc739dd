// Typed arrays and ArrayBuffers of a port, seen from other threads: no write is ever lost.
import { expect, test } from "vitest";
import { parsePort } from "../../src/port/port";
import { transform } from "../../src/port/transform";
import { runPort } from "../program/run";

const HEAD = `
import { multiprocessing, queue, threading } from "pythreads";
import { memoryview, object, print, range, type } from "pythreads/builtins";
function run(target: any, ...args: any[]) { const t = threading.Thread({ target, args }); t.start(); t.join(); }
const attempt = (f: any) => { try { print(f()); } catch (e: any) { print(type(e).__name__ + ": " + e); } };
`;

async function lines(source: string): Promise<string[]> {
  const { stdout, stderr } = await runPort(HEAD + source);
  expect(stderr).toBe("");
  return stdout.trimEnd().split("\n");
}

test("a local array that is bound to a module variable, captured, passed, held or returned is the same for all", async () => {
  expect(
    await lines(`
let shared: any = null;
class Holder { data: any; }
const holder: any = new Holder(), items: any = [], q: any = queue.Queue();
function bind() { const own = new Float64Array(2); shared = own; own[0] = 1; run(() => { shared[1] = 2; }); return [...own, own === shared]; }
function capture() { const own = new Int32Array(2); run(() => { own[0] = 5; }); own[1] = 6; return [...own]; }
function pass() { const own = new Uint8Array([1, 2]); run((given: any) => { given[0] = 9; print(given === shared); }, own); return [...own]; }
function hold() {
  const own = new Float32Array(1);
  holder.data = own; items.append(own); q.put(own);
  run(() => { holder.data[0] += 1; items[0][0] += 1; q.get()[0] += 1; });
  return [own[0], holder.data === own, items[0] === own];
}
function make() { return new BigInt64Array(1); }
function returned() { const own = make(); run(() => { own[0] = 7n; }); return own[0]; }
function derived() {
  const own = new Float64Array([1, 2, 3]);
  const doubled = own.map((x) => x * 2), part = own.subarray(1), copy = own.slice(0, 1), filled = new Int8Array(2).fill(4);
  run(() => { doubled[0] = 10; part[0] = 20; copy[0] = 30; filled[1] = 5; });
  return [...doubled, ...own, ...part, ...copy, ...filled];
}
for (const f of [bind, capture, pass, hold, returned, derived]) print(f());`),
  ).toEqual([
    "[1, 2, True]",
    "[5, 6]",
    "False",
    "[9, 2]",
    "[3, True, True]",
    "7",
    "[10, 4, 6, 1, 20, 3, 20, 3, 30, 4, 5]",
  ]);
});

test("an ArrayBuffer is one for all threads, and so are all views of it", async () => {
  expect(
    await lines(`
let buffer = new ArrayBuffer(8);
const view = new DataView(buffer), octets = new Uint8Array(buffer, 2, 4);
run(() => { new Uint8Array(buffer)[0] = 1; octets[0] = 2; view.setInt16(4, 258); });
print([...new Uint8Array(buffer)], buffer.byteLength, octets.byteOffset, octets.buffer === buffer, view.buffer === buffer);
print(buffer instanceof ArrayBuffer, octets.length, view.byteLength, new Int16Array(buffer, 4).length);
const copy = buffer.slice(0, 3);
run(() => { new Uint8Array(copy)[1] = 9; });
print([...new Uint8Array(copy)], octets[-1 + 1], octets.subarray(1, -1).byteOffset);
const other = Uint8Array;
attempt(() => new other(buffer));
attempt(() => new Int16Array(buffer, 1));
attempt(() => new Uint8Array(buffer, 4, 5));
attempt(() => new ArrayBuffer(-1));
attempt(() => new Float64Array(-1));
const m: any = memoryview(octets);
m[0] = 77;
print(octets[0], m.obj === octets, buffer.byteLength);`),
  ).toEqual([
    "[1, 0, 2, 0, 1, 2, 0, 0] 8 2 True True",
    "True 4 8 2",
    "[1, 9, 2] 2 3",
    "TypeError: an ArrayBuffer that threads share can only be seen through arrays that the port makes: `new Uint8Array(buffer)`",
    "ValueError: a Int16Array of 3.5 items from byte 1 on is not a part of a buffer of 8 bytes, or not aligned",
    "ValueError: a Uint8Array of 5 items from byte 4 on is not a part of a buffer of 8 bytes, or not aligned",
    expect.stringMatching(/^ValueError: /),
    expect.stringMatching(/^ValueError: /),
    "77 True 8",
  ]);
});

test("another process has arrays of its own: of variables, of arguments and of what queues bring", async () => {
  expect(
    await lines(`
const doubles = new Float64Array([1, 2]), buffer = new ArrayBuffer(2), octets = new Uint8Array(buffer);
const q: any = multiprocessing.Queue(), back: any = multiprocessing.Queue();
function child(given: any) {
  doubles[0] = 10; given[1] = 20; octets[0] = 1;
  const brought: any = q.get();
  brought[0] += 100;
  back.put([doubles, given, brought, buffer.byteLength, new Uint8Array(buffer)]);
}
const p: any = multiprocessing.Process({ target: child, args: [doubles] });
p.start();
q.put(doubles);
print([...back.get()].map((x: any) => (typeof x === "number" ? x : [...x])));
p.join();
print([...doubles], [...octets], p.exitcode);`),
  ).toEqual(["[[10, 20], [10, 20], [101, 2], 2, [1, 0]]", "[1, 2] [0, 0] 0"]);
});

test("what nobody holds any more is given back, and a view keeps its buffer", async () => {
  expect(
    await lines(`
let kept: any = null;
function work() {
  const whole = new Uint8Array(1 << 20);
  whole[5] = 5;
  kept = whole.subarray(5, 6);
}
for (const _ of range(3000)) run.call(null, work);
print(kept[0], kept.buffer.byteLength);`),
  ).toEqual(["5 1048576"]);
}, 300_000);

test("what never leaves its function stays JavaScript's own", () => {
  const count = (source: string) =>
    transform(parsePort("port.ts", source), { id: 0, isPort: () => false }).code.split(".newArray(").length - 1;
  const body = (statements: string) => count(`function f(n: any, g: any) { ${statements} }\nf(1, 2);`);
  expect(body("const a = new Float64Array(n); for (let i = 0; i < a.length; i++) a[i] = i; return a[0];")).toBe(0);
  expect(
    body("let a = new Uint8Array(8); a = new Uint8Array(9); crypto.getRandomValues(a); return Math.max(...a);"),
  ).toBe(0);
  expect(body("const b = new ArrayBuffer(8), v = new DataView(b); v.setInt8(0, 1); return v.getInt8(0);")).toBe(0);
  expect(body("return new Int32Array([1, 2]).map((x) => x + 1).length;")).toBe(0);
  expect(body("return crypto.getRandomValues(new Uint8Array(8))[0];")).toBe(0);
  expect(body("return new Float64Array(n);")).toBe(1);
  expect(body("const a = new Float64Array(n); g(a);")).toBe(1);
  expect(body("const a = new Float64Array(n); const h = () => a[0]; return h;")).toBe(1);
  expect(body("const a = new Float64Array(n); const b = a; g(b);")).toBe(1);
  expect(body("const a = new Float64Array(n); return a.fill(1);")).toBe(1);
  expect(body("const a = new Float64Array(n); return a.subarray(1);")).toBe(1);
  expect(body("const b = new ArrayBuffer(8); return new Uint8Array(b);")).toBe(2);
  expect(count("const a = new Float64Array(8); for (let i = 0; i < 8; i++) a[i] = i;")).toBe(0);
  expect(count("const a = new Float64Array(8); function f() { return a[0]; } f();")).toBe(1);
  expect(count("class Float64Array {} new Float64Array();")).toBe(0);
});

test("a program has what makes them if they can be had in one of its ports, by whatever way", () => {
  const has = (source: string, isPort = (_: string) => false) =>
    transform(parsePort("port.ts", source), { id: 0, isPort }).code.includes(".useTypedArrays()");
  const library =
    'import { queue } from "pythreads"; const q = queue.Queue(); let x = q.get(); console.log([x, Math.PI]);';
  expect(has(library)).toBe(false);
  expect(has('import { f } from "./port"; let x = f();', () => true)).toBe(false);
  expect(has('import { f } from "./file"; let x = f();')).toBe(true);
  expect(has('import { f } from "package"; let x = f();')).toBe(true);
  expect(has('export { f } from "package";')).toBe(true);
  expect(has('export * from "package";')).toBe(true);
  expect(has('import("pack" + "age").then((m) => m.f());')).toBe(true);
  expect(has('const { f } = require("package");')).toBe(true);
  expect(has("let x = new Float64Array(2);")).toBe(true);
  expect(has("let x = structuredClone(0);")).toBe(true);
  expect(has('import { queue } from "pythreads"; export const q = queue.Queue();')).toBe(true);
});
