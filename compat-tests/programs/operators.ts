import { abs, bool, bytes, dict, frozenset, isinstance, list, max, NotImplemented, print, range, set, sorted, str, sum, tuple, type } from "pythreads/builtins";
function attempt(f: any) {
  try { print(f()); } catch (e: any) { print(type(e).__name__ + ":", e); }
}
function pair(a: any, b: any) {
  for (const f of [() => a + b, () => a - b, () => a * b, () => a / b, () => a ** b, () => a & b, () => a | b, () => a ^ b, () => a << b, () => a < b, () => a <= b, () => a > b, () => a >= b]) attempt(f);
}
function update(a: any, b: any) {
  const before = a;
  try {
    a += b;
    print(a, a === before);
  } catch (e: any) { print(type(e).__name__ + ":", e); }
}
const l: any = [1, 2], m: any = [3], s: any = set([1, 2]), t: any = set([2, 3]), d: any = { "a": 1 };
pair(l, m); pair(s, t); pair(d, { "b": 2 }); pair(tuple([1, 2]), tuple([1, 3])); pair(l, 2); pair(2, l); pair(null, 1); pair(bytes("ab"), bytes("c")); pair(bytes("ab"), 2); pair(l, tuple([1])); pair("a", l); pair(l, 1.5); pair(range(2), range(2)); pair(1, null);
update([1], [2]); update([1], "ab"); update(tuple([1]), tuple([2])); update("a", "b"); update(1, [2]); update([1], 5); update(set([1]), set([2]));
class Vec {
  x: any;
  constructor(x: any) { this.x = x; }
  __add__(o: any): any { return isinstance(o, Vec) ? new Vec(this.x + o.x) : NotImplemented; }
  __radd__(o: any): any { return new Vec(o + this.x); }
  __mul__(k: any) { return new Vec(this.x * k); }
  __rmul__(k: any) { return (this as any) * k; }
  __neg__() { return new Vec(-this.x); }
  __lt__(o: any) { return this.x < o.x; }
  __le__(o: any) { return this.x <= o.x; }
  __isub__(o: any) { this.x -= o; return this; }
  __repr__() { return `Vec(${this.x})`; }
  __truediv__(o: any) { return tuple(["div", o]); }
}
class Sub extends Vec {
  __radd__(o: any): any { return "Sub first"; }
}
class Plain {}
const v: any = new Vec(1), w: any = new Vec(2);
print(v + w, v * 3, 3 * v, -v, v < w, v > w, v <= w, v >= w, 5 + v, v / 2, v + (new Sub(1) as any), sum([v, w]), max([v, w]), sorted([w, v]));
let u = v; u -= 4; print(u, v === u);
const plain = () => new Plain() as any;
attempt(() => v + "x"); attempt(() => v - w); attempt(() => ([1] as any) + v); attempt(() => plain() + 1); attempt(() => plain() < plain()); attempt(() => -plain()); attempt(() => -l); attempt(() => ~("a" as any)); attempt(() => plain() < 1); attempt(() => -("a" as any));
class Box {
  static items: any = [0];
  items: any;
  n: any;
  constructor() { this.items = [1]; this.n = 0; }
}
const box: any = new Box(), own = box.items;
box.items += [2] as any; box.n += 1; box.items *= 2; print(box.items, own, box.n);
const grid: any = [[1], [2]]; grid[0] += [9] as any; d["l"] = [1]; d["l"] += [2] as any; grid[1] *= 2; print(grid, d);
const big: any = 2n ** 70n;
print(big + 1, 1 + big, big * 2, big < 5, big / 2);
let total = 0;
for (const x of [1, 2, 3]) total += x;
let names: any = [];
for (const c of "abc") names = names + [c];
print(total, names, ([0] as any) * 3, ("-" as any) * 5, 2 * ("ab" as any), [...range(2)].map((_) => ([0] as any) * 2));
let acc = "";
for (const x of ["a", "b"]) acc += x;
print(acc, -3, -total, [1, 2] < [1, 3], [2] > [1, 5], tuple([1, 2]) <= tuple([1, 2]), "a" < "b", set([1]) < set([1, 2]));
attempt(() => 1 < ("a" as any)); attempt(() => (null as any) < 1); attempt(() => [1] < (tuple([1]) as any)); attempt(() => ({}) < ({})); attempt(() => 3 >= (null as any));
const yes: any = true, no: any = false, ab: any = "ab";
attempt(() => ab * 2); attempt(() => ab - 2); attempt(() => ab * ("c" as any)); attempt(() => yes + yes); attempt(() => yes | no); attempt(() => yes & 3); attempt(() => ab < 2);
