// Literals, tests, calls and catch blocks of ports mean what they mean in Python.
import { expect, test } from "vitest";
import { runPort } from "../program/run";

const PROLOGUE = `import { queue, threading } from "pythreads";
import { bool, Exception, KeyError, len, list, print, range, repr, try_, tuple, type, ValueError } from "pythreads/builtins";
const attempt = (f: any) => { try { print(f()); } catch (e: any) { print(e.constructor.name + ": " + e); } };
`;

async function printed(source: string): Promise<string[]> {
  const { stdout, stderr } = await runPort(PROLOGUE + source);
  expect(stderr).toBe("");
  return stdout.trimEnd().split("\n");
}

test("array literals are lists from birth, but where they are consumed at once", async () => {
  const source = `
    const xs = [1, 2], nested = [[1], [2, [3]]];
    xs.append(3); nested[1][1].append(4); print(xs, nested, type(xs) === list);
    function f(a: any, b: any = []) { b.append(a); return [a, b]; }
    print(f(1), f(2, [9].map((x) => x)), type(f(1)) === list);
    print("a,b".split(",").pop(0), [...range(3)].map((x) => x * 2), type([...range(3)].map((x) => [x])) === list);
    const [p, q] = [1, [2]]; let a = 1, b = 2; [a, b] = [b, a]; print(p, type(q) === list, a, b);
    for (const x of [[1, 2]]) x.append(3);
    print(Array.isArray([1, 2].concat([3])), Math.max(...[1, 5, 2]), new Map([["k", [1]]]).get("k"), Object.fromEntries([["k", 1]]).k);
    const t = threading.Thread({ target: () => xs.append(5), args: [] }); t.start(); t.join(); print(xs);
    const r = tuple([1, [2]]); print(r, 2 in [1, 2], [1, 2][1]);`;
  expect(await printed(source)).toEqual([
    "[1, 2, 3] [[1], [2, [3, 4]]] True",
    "[1, [1]] [2, [9, 2]] True",
    "a [0, 2, 4] True",
    "1 True 2 1",
    "True 5 [1] 1",
    "[1, 2, 3, 5]",
    "(1, [2]) True 2",
  ]);
});

test("tests are Python's truth", async () => {
  const source = `
    const empty = [], full = [0], q = queue.Queue(), nothing: any = null;
    const say = (...x: any[]) => print(...x.map((y) => (y ? "yes" : "no")));
    say(empty, full, tuple([]), "", "0", 0, -1, nothing, true, q, 0n);
    print(empty || "or", full && "and", nothing && nothing.x, !empty, !full, (empty && 1) || (full && 2));
    const work = [1, 2, 3]; let sum = 0;
    while (work) sum += work.pop();
    do { sum += 1; } while (empty);
    for (let i = [1]; i; i.pop()) sum += 100;
    if (!empty && (full || nothing)) print("sum", sum);
    let calls = 0; const count = (x: any) => { calls++; return x; };
    print(count([]) || count([1]), count(0) && count(1), calls)
    empty || print("statement")
    full && print("other")`;
  expect(await printed(source)).toEqual([
    "no yes no no yes no yes no yes yes no",
    "or and None True False 2",
    "sum 107",
    "[1] 0 3",
    "statement",
    "other",
  ]);
});

test("declared functions and methods check their arguments, arrow functions do not", async () => {
  const source = `
    function none() {} function one(x: any) {} function two(a: any, b = 1) {} function three(a: any, b: any, c: any) {} function rest(a: any, ...more: any[]) { return len(more); }
    function options(a: any, { loud = false } = {}) { return loud; }
    class C { constructor(x: any) {} m(a: any) {} static s(a: any) {} get g() { return 1; } }
    function outer() { function inner(x: any) {} return (inner as any)(); }
    const any = none as any, any1 = one as any, any2 = two as any, any3 = three as any, anyC = C as any;
    attempt(() => any(1)); attempt(() => any1()); attempt(() => any1(1, 2)); attempt(() => any2()); attempt(() => any2(1, 2, 3));
    attempt(() => any3(1)); attempt(() => any3()); attempt(() => (rest as any)()); attempt(() => rest(1, 2, 3));
    attempt(() => (options as any)(1, {}, 3)); attempt(() => options(1, { loud: true })); attempt(() => new anyC()); attempt(() => new anyC(1).m());
    attempt(() => new anyC(1).m(1, 2)); attempt(() => anyC.s()); attempt(() => new anyC(1).g); attempt(outer);
    attempt(() => ((x: any) => x)(...([1, 2] as [any])));`;
  expect(await printed(source)).toEqual([
    "TypeError: none() takes 0 positional arguments but 1 was given",
    "TypeError: one() missing 1 required positional argument: 'x'",
    "TypeError: one() takes 1 positional argument but 2 were given",
    "TypeError: two() missing 1 required positional argument: 'a'",
    "TypeError: two() takes from 1 to 2 positional arguments but 3 were given",
    "TypeError: three() missing 2 required positional arguments: 'b' and 'c'",
    "TypeError: three() missing 3 required positional arguments: 'a', 'b', and 'c'",
    "TypeError: rest() missing 1 required positional argument: 'a'",
    "2",
    "TypeError: options() takes 1 positional argument but 3 were given",
    "True",
    "TypeError: C.__init__() missing 1 required positional argument: 'x'",
    "TypeError: C.m() missing 1 required positional argument: 'a'",
    "TypeError: C.m() takes 2 positional arguments but 3 were given",
    "TypeError: C.s() missing 1 required positional argument: 'a'",
    "1",
    "TypeError: outer.<locals>.inner() missing 1 required positional argument: 'x'",
    "1",
  ]);
});

test("what is raised in a catch block has its error as context", async () => {
  const source = `
    function fail() { throw KeyError("called"); }
    const context = (f: any) => { try { f(); } catch (e: any) { print(repr(e), repr(e.__context__)); } };
    context(() => { try { throw ValueError("first"); } catch (e) { throw KeyError("second"); } });
    context(() => { try { throw ValueError("first"); } catch (e) { fail(); } });
    context(() => { try { throw ValueError("first"); } catch { fail(); } });
    context(() => { try { throw ValueError("first"); } catch (e) { throw e; } });
    context(() => { try { throw ValueError("first"); } catch (e: any) { const later = () => { e = null; }; later(); fail(); } });
    context(() => { try { throw ValueError("first"); } catch (e) { try { throw KeyError("in"); } catch (e) { } throw KeyError("out"); } });
    class Own extends Exception { constructor(readonly n: number) { super(n); } }
    const cause = (f: any) => { try { f(); } catch (e: any) { print(repr(e), repr(e.__cause__), repr(e.__context__), e.__suppress_context__); } };
    cause(() => { try { throw ValueError("first"); } catch (e) { throw new Own(1, { cause: e }); } });
    cause(() => { try { throw ValueError("first"); } catch (e) { throw Own.name && KeyError("k", { cause: null }); } });
    cause(() => { throw ValueError({ cause: KeyError("x") }); });
    const value = () => { for (const x of range(3)) { try { throw ValueError(x); } catch (e) { if (x < 1) continue; return x; } finally { print("finally"); } } };
    print(value());
    fail();`;
  const { stdout, stderr } = await runPort(PROLOGUE + source);
  expect(stdout.trimEnd().split("\n")).toEqual([
    "KeyError('second') ValueError('first')",
    "KeyError('called') ValueError('first')",
    "KeyError('called') ValueError('first')",
    "ValueError('first') None",
    "KeyError('called') ValueError('first')",
    "KeyError('out') ValueError('first')",
    "Own(1) ValueError('first') ValueError('first') True",
    "KeyError('k') None ValueError('first') True",
    "ValueError() KeyError('x') None True",
    "finally",
    "finally",
    "1",
  ]);
  expect(stderr).toMatch(/KeyError: 'called'\n$/);
  expect(stderr).not.toContain("During handling");
});
