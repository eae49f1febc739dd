// Brackets are items and dots are attributes, on everything that has them.
import { expect, test } from "vitest";
import { runPort } from "../program/run";

test("items and attributes mean what they mean in Python", async () => {
  const { stdout, stderr } = await runPort(`
import { threading, queue } from "pythreads";
import { print, range, list, repr, eq, slice, bytes, tuple } from "pythreads/builtins";
const attempt = (f: any) => { try { print(f()); } catch (e: any) { print(e.constructor.name, String(e)); } };
class P { 
  x = 1; 
  static count = 5;
  cb: any = null;
  hi() { return "hi" + this.x; }
  later() { return this.hi; }
  get double() { return this.x * 2; }
}
const p = new P();
attempt(() => p.hi.name);
const h = p.hi;
attempt(() => h());
attempt(() => p.later()());
attempt(() => (p as any).nope);
attempt(() => (p as any).count);
attempt(() => (P as any).nope);
attempt(() => p.double);
attempt(() => eq(p.hi, p.hi));
p.cb = () => "cb"; attempt(() => p.cb());
const q = queue.Queue();
function run(target: any, ...args: any[]) { const t = threading.Thread({ target, args }); t.start(); t.join(); }
run(q.put, 5); attempt(() => q.get());
q.put(q.put); attempt(() => q.get() === q.put);
attempt(() => (q as any).nope);
const xs = list([1, 2, 3]);
attempt(() => xs[-1]); attempt(() => xs[3]); xs[0] = 10; xs[1] += 5; xs[2]++; attempt(() => repr(xs));
attempt(() => { xs[7] = 1; });
[xs[0], xs[1]] = [xs[1], xs[0]]; attempt(() => repr(xs));
delete xs[0]; attempt(() => repr(xs)); attempt(() => 10 in xs); 
const arr = new Int8Array([1, 2, 3]).slice() as any; attempt(() => arr[-1]); attempt(() => arr[3]); attempt(() => arr["length"]);
const o = JSON.parse('{"k": 1}'); attempt(() => o["k"]); attempt(() => { o["nobody"]; }); attempt(() => "k" in o); attempt(() => o?.["x"]?.y);
attempt(() => "abc"[-1]); attempt(() => range(10)[11]); attempt(() => bytes("abc")[0]); attempt(() => tuple([1, 2])[-1]);
attempt(() => process.env["HOME"] !== undefined); attempt(() => Math["max"](1, 2));
attempt(() => (5 as any)["a"]);
let n = 0; const fs = [() => 7]; attempt(() => fs[n]()); attempt(() => { fs[n++]; return n; });
const f64 = new Float64Array(3); f64[1] = 4; f64[1] += 2; attempt(() => f64[1]);`);
  expect(stderr).toBe("");
  expect(stdout.trimEnd().split("\n")).toEqual([
    "hi",
    "hi1",
    "hi1",
    "AttributeError 'P' object has no attribute 'nope'",
    "5",
    "AttributeError type object 'P' has no attribute 'nope'",
    "2",
    "True",
    "cb",
    "5",
    "True",
    "AttributeError 'Queue' object has no attribute 'nope'",
    "3",
    "IndexError list index out of range",
    "[10, 7, 4]",
    "IndexError list assignment index out of range",
    "[7, 10, 4]",
    "[10, 4]",
    "True",
    "3",
    "IndexError list index out of range",
    "3",
    "1",
    "KeyError 'nobody'",
    "True",
    "None",
    "c",
    "IndexError range object index out of range",
    "97",
    "2",
    "True",
    "2",
    "TypeError 'int' object is not subscriptable",
    "7",
    "1",
    "6",
  ]);
});

test("an index that is no integer is refused, in local and in shared lists", async () => {
  const { stdout, stderr } = await runPort(`
import { threading } from "pythreads";
import { print, str, type } from "pythreads/builtins";
const l: any = [1, 2, 3];
const attempt = (f: any) => { try { f(); print("no error"); } catch (e: any) { print(type(e).__name__ + ": " + str(e)); } };
function all() {
  attempt(() => { l[1.5] = 0; }); attempt(() => l[1.5]); attempt(() => { l[3] = 0; }); attempt(() => { l[-4] = 0; });
  l[-1] = undefined; l[0] = undefined; print(l); l[0] = 1; l[2] = 3;
}
(function () { const own: any = [1, 2]; attempt(() => { own[1.5] = 0; }); own[1] = undefined; print(own); })();
all();
const t = threading.Thread({ target: all }); t.start(); t.join();
`);
  expect(stderr).toBe("");
  const refusals = [
    "TypeError: list indices must be integers or slices, not float",
    "TypeError: list indices must be integers or slices, not float",
    "IndexError: list assignment index out of range",
    "IndexError: list assignment index out of range",
    "[None, 2, None]",
  ];
  expect(stdout.trimEnd().split("\n")).toEqual([refusals[0], "[1, None]", ...refusals, ...refusals]);
});
