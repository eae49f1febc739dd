// Loops, spread and unpacking go over what Python iterates, and count as Python does.
import { expect, test } from "vitest";
import { runPort } from "../program/run";

const PROLOGUE = `import { threading } from "pythreads";
import { AttributeError, dict, Exception, IndexError, KeyError, enumerate, in_, isinstance, iter, list, next, print, range, repr, set, StopIteration, str, sum, tuple, type, ValueError, zip } from "pythreads/builtins";
function attempt(f: any) { try { print(f()); } catch (e: any) { print(type(e).__name__ + ":", e); } }
`;

async function printed(source: string): Promise<string[]> {
  const { stdout, stderr } = await runPort(PROLOGUE + source);
  expect(stderr).toBe("");
  return stdout.trimEnd().split("\n");
}

test("objects with __iter__ or __getitem__ are iterated, in any thread", async () => {
  const source = `
    class Countdown {
      n: number;
      constructor(n: number) { this.n = n; }
      __iter__() { return this; }
      __next__() { if (this.n === 0) throw StopIteration(); this.n -= 1; return this.n; }
    }
    class Words { words = ["a", "b"]; __iter__() { return iter(this.words); } }
    class Tens { __getitem__(i: number) { if (i >= 3) throw IndexError(i); return i * 10; } }
    class Gen { *__iter__() { yield* range(2); } }
    class None_ {}
    const words: any = new Words(), tens: any = new Tens(), nothing: any = new None_();
    function show() {
      for (const x of words) for (const y of tens) print(x, y);
      const [a, b] = words, [first, ...others] = tens;
      print(a, b, first, others, [...(new Gen() as any), ...(new Countdown(2) as any)]);
      print(list(tens), sum(tens), in_(20, tens), 20 in tens, "b" in words);
    }
    const t = threading.Thread({ target: show }); t.start(); t.join();
    attempt(() => { for (const x of nothing) print(x); });
    attempt(() => [...nothing]);
    attempt(() => in_(1, nothing));
    attempt(() => { for (const x of 5 as any) print(x); });
    attempt(() => { for (const x of null as any) print(x); });`;
  expect(await printed(source)).toEqual([
    ...["a", "b"].flatMap((x) => [0, 10, 20].map((y) => `${x} ${y}`)),
    "a b 0 [10, 20] [0, 1, 1, 0]",
    "[0, 10, 20] 30 True True True",
    "TypeError: 'None_' object is not iterable",
    "TypeError: 'None_' object is not iterable",
    "TypeError: argument of type 'None_' is not iterable",
    "TypeError: 'int' object is not iterable",
    "TypeError: 'NoneType' object is not iterable",
  ]);
});

test("what is unpacked has as many items as there are names", async () => {
  const source = `
    let x: any, y: any, z: any;
    const d = { "a": 1, "b": 2 };
    attempt(() => { const [a, b] = "p:q".split(":"); return [a, b]; });
    attempt(() => { const [a, b] = "p:q:r".split(":"); return [a, b]; });
    attempt(() => { const [a, b] = "p".split(":"); return [a, b]; });
    attempt(() => { const [a, b, c] = range(2); return [a, b, c]; });
    attempt(() => { const [a, b, ...c] = [1] as any; return [a, b, c]; });
    attempt(() => { const [a, ...c] = range(3); return [a, c]; });
    attempt(() => { const [a, b] = 5 as any; return [a, b]; });
    attempt(() => { const [a, b] = null as any; return [a, b]; });
    attempt(() => { const [a, b] = d as any; return [a, b]; });
    attempt(() => { [x, y] = tuple([1, 2]); [x, y] = [y, x]; [z, ...y] = "pq"; return [x, y, z]; });
    attempt(() => { [x, y] = [1, 2, 3] as any; });
    attempt(() => { for (const [a, b] of [[1, 2], [3]] as any) print(a, b); });
    attempt(() => { for (const [a, b] of [[1, 2, 3]] as any) print(a, b); });
    attempt(() => { for ([x, y] of { "pq": 1 } as any) print(x, y); for (const [i, [a, b]] of enumerate([[1, 2]])) print(i, a, b); });
    attempt(() => { for (const [k, v] of d.items()) print(k, v); for (const [a, b] of zip([1], [2])) print(a, b); });
    const [first] = [1, 2, 3], [p, , q] = "xyz", [u, v = 9] = [8];
    print(first, p, q, u, v);`;
  expect(await printed(source)).toEqual([
    "['p', 'q']",
    "ValueError: too many values to unpack (expected 2)",
    "ValueError: not enough values to unpack (expected 2, got 1)",
    "ValueError: not enough values to unpack (expected 3, got 2)",
    "ValueError: not enough values to unpack (expected at least 2, got 1)",
    "[0, [1, 2]]",
    "TypeError: cannot unpack non-iterable int object",
    "TypeError: cannot unpack non-iterable NoneType object",
    "['a', 'b']",
    "[2, ['q'], 'p']",
    "ValueError: too many values to unpack (expected 2)",
    "1 2",
    "ValueError: not enough values to unpack (expected 2, got 1)",
    "ValueError: too many values to unpack (expected 2)",
    "p q",
    "0 1 2",
    "None",
    "a 1",
    "b 2",
    "1 2",
    "None",
    "1 x z 8 9",
  ]);
});

test("patterns within patterns and as parameters count too", async () => {
  const source = `
    attempt(() => { const [a, [b, c]] = [1, [2, 3]] as any; return [a, b, c]; });
    attempt(() => { const [a, [b, c]] = [1, [2, 3, 4]] as any; return [a, b, c]; });
    attempt(() => { const [a, [b, c]] = [1, 5] as any; return [a, b, c]; });
    attempt(() => { const [a, [b, c], ...more] = [1, [2, 3], 4, 5] as any; return [a, b, c, more]; });
    attempt(() => { const [[a, b], c = 3] = [[1, 2]] as any; return [a, b, c]; });
    attempt(() => { const [a, [b] = [7]] = [1] as any; return [a, b]; });
    attempt(() => { let a: any, o: any = {}; [a, [o["x"], o["y"]]] = [1, tuple([2, 3])] as any; return [a, o]; });
    attempt(() => { for (const [k, [a, b]] of [[1, [2, 3]], [4, [5]]] as any) print(k, a, b); });
    attempt(() => { for (const [i, [k, v]] of enumerate(dict({ p: 1 }).items())) print(i, k, v); });
    function f([a, b]: any, c = 1) { const g = () => a; a += 1; return [a, b, c, g()]; }
    const g = ([a, ...more]: any, [b, c]: any = [8, 9]) => [a, more, b, c];
    class C { m([a, b]: any) { return [this === c, a, b]; } }
    const c = new C();
    attempt(() => f([1, 2])); attempt(() => f([1])); attempt(() => f("pqr"));
    attempt(() => g(range(3))); attempt(() => g([1], [2])); attempt(() => g(5)); attempt(() => c.m([1, 2]));
    attempt(() => [...dict({ p: 1 }).items()].map(([k, v]) => [v, k]));
    const t = threading.Thread({ target: ([a, b]: any) => attempt(() => a + b), args: [tuple([1, 2])] }); t.start(); t.join();`;
  expect(await printed(source)).toEqual([
    "[1, 2, 3]",
    "ValueError: too many values to unpack (expected 2)",
    "TypeError: cannot unpack non-iterable int object",
    "[1, 2, 3, [4, 5]]",
    "[1, 2, 3]",
    "[1, 7]",
    "[1, {'x': 2, 'y': 3}]",
    "1 2 3",
    "ValueError: not enough values to unpack (expected 2, got 1)",
    "0 p 1",
    "None",
    "[2, 2, 1, 2]",
    "ValueError: not enough values to unpack (expected 2, got 1)",
    "ValueError: too many values to unpack (expected 2)",
    "[0, [1, 2], 8, 9]",
    "ValueError: not enough values to unpack (expected 2, got 1)",
    "TypeError: cannot unpack non-iterable int object",
    "[True, 1, 2]",
    "[[1, 'p']]",
    "3",
  ]);
});

test("a pattern of names takes a dict's items and an object's attributes", async () => {
  const source = `
    const d: any = { a: 1, b: [2, 3], "x y": 4 };
    class P { x = 1; get y() { return 2; } m() { return this.x; } }
    const p: any = new P();
    attempt(() => { const { a, b: [b, c], "x y": e } = d; return [a, b, c, e]; });
    attempt(() => { const { a, z } = d; return [a, z]; });
    attempt(() => { const { keys } = d; return keys; });
    attempt(() => { const { a, z = 5, q: [r] = [6] } = d; return [a, z, r]; });
    attempt(() => { const { a, ...more } = d; return [a, more]; });
    attempt(() => { const { ["a"]: a } = d; return a; });
    attempt(() => { let a: any; ({ a } = d); return a; });
    attempt(() => { for (const { a } of [d, {}] as any) print(a); });
    const f = ({ a, z }: any) => [a, z];
    function g({ a }: any, { loud = false } = {}) { return [a, loud]; }
    attempt(() => f(d)); attempt(() => g(d)); attempt(() => g(d, { loud: true })); attempt(() => f({ a: 1 }));
    function show() {
      attempt(() => { const { x, y, m } = p; return [x, y, m()]; });
      attempt(() => { const { nope } = p; return nope; });
      attempt(() => { const { nope = 3, ...more } = p; return [nope, more]; });
    }
    show();
    const t = threading.Thread({ target: show }); t.start(); t.join();
    attempt(() => { const { a } = null as any; return a; });
    const { length } = "four", { max } = Math, { a: own } = { a: 7 };
    print(length, max(1, 2), own);`;
  const ofInstance = ["[1, 2, 1]", "AttributeError: 'P' object has no attribute 'nope'", "[3, {'x': 1}]"];
  expect(await printed(source)).toEqual([
    "[1, 2, 3, 4]",
    "KeyError: 'z'",
    "KeyError: 'keys'",
    "[1, 5, 6]",
    "[1, {'b': [2, 3], 'x y': 4}]",
    "1",
    "1",
    "1",
    "KeyError: 'a'",
    "KeyError: 'z'",
    "[1, False]",
    "[1, True]",
    "[1, None]",
    ...ofInstance,
    ...ofInstance,
    "TypeError: 'NoneType' object is not subscriptable",
    "4 2 7",
  ]);
});

test("`async for` takes what has __aiter__", async () => {
  const source = `
    import { StopAsyncIteration } from "pythreads/builtins";
    class Ticks {
      n = 0;
      __aiter__() { return this; }
      async __anext__() { if (this.n === 2) throw StopAsyncIteration(); return this.n++; }
    }
    for await (const tick of new Ticks() as any) print(tick);
    for await (const x of [1]) print(x);
    try { for await (const x of 5 as any) print(x); } catch (e: any) { print(e); }`;
  expect(await printed(source)).toEqual([
    "0",
    "1",
    "1",
    "'async for' requires an object with __aiter__ method, got int",
  ]);
});

test("a class that is thrown is made an exception; a property without a setter and an object without items say so", async () => {
  const source = `
    class Broken extends Exception {}
    class Box { get size() { return 3; } [k: string]: any }
    class Small extends Box { get size() { return 1; } set size(n) { print("set", n); } }
    attempt(() => { throw Broken; });
    attempt(() => { throw KeyError; });
    attempt(() => { throw Box; });
    attempt(() => { try { throw ValueError; } catch (e) { if (!isinstance(e, ValueError)) throw e; return repr(e); } });
    const box = new Box();
    attempt(() => { (box as any).size = 4; });
    const t = threading.Thread({ target: () => attempt(() => { (box as any).size = 4; }) }); t.start(); t.join();
    (new Small() as any).size = 5;
    attempt(() => box[0]);
    attempt(() => { (box as any)[0] = 1; });`;
  expect(await printed(source)).toEqual([
    "Broken: ",
    "KeyError: ",
    "TypeError: exceptions must derive from BaseException",
    "ValueError()",
    "AttributeError: property 'size' of 'Box' object has no setter",
    "AttributeError: property 'size' of 'Box' object has no setter",
    "set 5",
    "TypeError: 'Box' object is not subscriptable",
    "TypeError: 'Box' object does not support item assignment",
  ]);
});

test("the methods of list, dict and tuple are there on literals too", async () => {
  const source = `
    const n: any = 2;
    print(({ "one": 1, "two": 2 } as any).get("two", n + 1), ({ "a": 1 } as any).items(), [1].__add__([2]), tuple([1]).__add__(tuple([2])), tuple([1]).__mul__(2));
    print(sum([[1], [2]], []), sum([tuple([1]), tuple([2])], tuple()), [3, 1, 2].sort((a, b) => a - b));`;
  expect(await printed(source)).toEqual(["2 dict_items([('a', 1)]) [1, 2] (1, 2) (1, 1)", "[1, 2] (1, 2) [1, 2, 3]"]);
});
