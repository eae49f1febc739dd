import { describe, expect, it } from "vitest";
import { kw, signature } from "../../src/arguments";
import { tuple } from "../../src/builtins/tuple";
import { agreesWithPython } from "./oracle";

/** What `f(…)` gives in Python: None, or the error. */
const call = (text: string) => {
  const bind = signature(text);
  return (...args: unknown[]) =>
    () => {
      bind(args);
      return null;
    };
};

const f = call("f(a, b, c=1, *, d, e=2)");
const g = call("g(a, /, b)");
const h = call("h()");
const k = call("k(x, y=1)");
const m = call("C.m(x)");

agreesWithPython("signatures", [
  ["f()", f()],
  ["f(1)", f(1)],
  ["f(1, 2)", f(1, 2)],
  ["f(1, 2, d=1)", f(1, 2, { d: 1 })],
  ["f(a=1, b=2, d=1)", f({ a: 1, b: 2, d: 1 })],
  ["f(1, 2, 3, 4)", f(1, 2, 3, 4)],
  ["f(1, 2, 3, 4, d=1)", f(1, 2, 3, 4, { d: 1 })],
  ["f(1, 2, 3, 4, d=1, e=2)", f(1, 2, 3, 4, { d: 1, e: 2 })],
  ["f(1, 2, d=1, q=1)", f(1, 2, { d: 1, q: 1 })],
  ["f(1, 2, a=1, d=1)", f(1, 2, { a: 1, d: 1 })],
  ["f(b=1)", f({ b: 1 })],
  ["g(a=1, b=2)", g(kw({ a: 1, b: 2 }))],
  ["g(1)", g(1)],
  ["h(1)", h(1)],
  ["h(1, 2)", h(1, 2)],
  ["h(x=1)", h({ x: 1 })],
  ["k(1, 2, 3)", k(1, 2, 3)],
  ["k()", k()],
  ["k(y=2)", k({ y: 2 })],
  ["k(1, x=2)", k(1, { x: 2 })],
  ["k(1, z=2)", k(1, { z: 2 })],
  ["C().m()", m()],
  ["C().m(1, 2)", m(1, 2)],
  ["C().m(y=1)", m(kw({ y: 1 }))],
  ["(lambda a, b, c: 0)()", call("<lambda>(a, b, c)")()],
  ["(lambda *, a, b, c: 0)()", call("<lambda>(*, a, b, c)")()],
  [
    "threading.Thread(tarqet=1)",
    call("Thread.__init__(group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None)")({ tarqet: 1 }),
  ],
  ["threading.Barrier(1, parties=2)", call("Barrier.__init__(parties, action=None, timeout=None)")(1, { parties: 2 })],
  ["threading.Barrier(1, 2, 3, 4)", call("Barrier.__init__(parties, action=None, timeout=None)")(1, 2, 3, 4)],
  [
    "va(1, 2, 3, x=4)",
    () => tuple(signature("va(a, *r, **kw)")([1, 2, 3, kw({ x: 4 })]).map((v) => (Array.isArray(v) ? tuple(v) : v))),
  ],
  ["va()", () => signature("va(a, *r, **kw)")([])],
]);

describe("bind", () => {
  it("gives the values in the order of the parameters, with literal defaults", () => {
    const bind = signature("f(a, b=-1.5, c='x, \\n(', d=None, e=True, f=(), g=SENTINEL)");
    expect(bind([1])).toEqual([1, -1.5, "x, \n(", null, true, [], undefined]);
    expect(bind([1, { g: 2, b: 3 }])).toEqual([1, 3, "x, \n(", null, true, [], 2]);
  });

  it("takes undefined for the default where there is one", () => {
    const bind = signature("acquire(blocking=True, timeout=-1)");
    expect(bind([undefined, { timeout: undefined }])).toEqual([true, -1]);
    expect(signature("f(x)")([undefined])).toEqual([undefined]);
  });

  it("never takes an object given for a data parameter for keywords", () => {
    const put = signature("Queue.put(item: data, block=True, timeout=None)");
    expect(put([{ timeout: 1 }])).toEqual([{ timeout: 1 }, true, null]);
    expect(put([{}])).toEqual([{}, true, null]);
    expect(put([{ a: 1 }, { block: false }])).toEqual([{ a: 1 }, false, null]);
    expect(put([kw({ item: 5, timeout: 1 })])).toEqual([5, true, 1]);
    expect(signature("Thread.__init__(target=None, kwargs: data=None)")([1, { n: 2 }])).toEqual([1, { n: 2 }]);
  });

  it("takes an object that is not keywords for what a required or positional-only parameter takes", () => {
    const bind = signature("f(x, y=None)");
    expect(bind([{ a: 1 }])).toEqual([{ a: 1 }, null]);
    expect(bind([{}])).toEqual([{}, null]);
    expect(bind([{ x: 1 }])).toEqual([1, null]);
    expect(bind([1, {}])).toEqual([1, null]);
    expect(signature("get(key, default=None, /)")(["k", { a: 1 }])).toEqual(["k", { a: 1 }]);
  });

  it("leaves an object in *args unless all its keys are parameters", () => {
    const bind = signature("print(*values, sep=' ', end='\\n')");
    expect(bind([1, { a: 1 }])).toEqual([[1, { a: 1 }], " ", "\n"]);
    expect(bind([1, {}])).toEqual([[1, {}], " ", "\n"]);
    expect(bind([1, { sep: "" }])).toEqual([[1], "", "\n"]);
    const submit = signature("submit(fn, /, *args, **kwargs)");
    expect(submit([f, { n: 1 }])).toEqual([f, [{ n: 1 }], {}]);
    expect(submit([f, kw({ n: 1, fn: 2 })])).toEqual([f, [], { n: 1, fn: 2 }]);
  });

  it("takes instances, arrays and Maps for values", () => {
    class Options {
      x = 1;
    }
    const bind = signature("f(a=None)");
    for (const value of [new Options(), [], new Map()]) expect(bind([value])).toEqual([value]);
  });
});
