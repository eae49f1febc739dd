// Calls of what is not there, and of what is not callable, in CPython's words.
import { expect, test } from "vitest";
import { runPort } from "../program/run";

const HEAD = `
import { threading } from "pythreads";
import { isinstance, print, repr, str, type, AttributeError } from "pythreads/builtins";
const attempt = (f: any) => { try { print(f()); } catch (e: any) { print(type(e).__name__ + ": " + str(e)); } };
class Dog { static kind = (n: any) => n + 1; static breed() { return "any"; } count = 5; helper: any = null; name() { return "dog"; } }
class Adder { __call__(a: any, b: any) { return a + b; } }
`;

async function lines(source: string): Promise<string[]> {
  const { stdout, stderr } = await runPort(HEAD + source);
  expect(stderr).toBe("");
  return stdout.trimEnd().split("\n");
}

test("a method that is not there raises AttributeError, on local and on shared objects", async () => {
  expect(
    await lines(`
const d: any = new Dog(), lock: any = threading.Lock(), l: any = [1], event: any = threading.Event();
function all() {
  for (const o of [d, lock, l, event, "text", 5, 1.5, null, true, undefined] as any) attempt(() => o.bark());
  attempt(() => (Dog as any).bark()); attempt(() => (threading as any).bark()); attempt(() => new Map<any, any>()["bark"]);
  attempt(() => d.count()); attempt(() => d.helper(1)); attempt(() => (d as any).bark(1)!);
}
all();
const t = threading.Thread({ target: all }); t.start(); t.join();
try { d.bark(); } catch (e) { print(isinstance(e, AttributeError), (e as any).name, (e as any).obj === d); }`),
  ).toEqual([
    ...[0, 1].flatMap(() => [
      ...["Dog", "_thread.lock", "list", "Event", "str", "int", "float", "NoneType", "bool", "NoneType"].map(
        (name) => `AttributeError: '${name}' object has no attribute 'bark'`,
      ),
      "AttributeError: type object 'Dog' has no attribute 'bark'",
      "AttributeError: module 'threading' has no attribute 'bark'",
      "None",
      "TypeError: 'int' object is not callable",
      "TypeError: 'NoneType' object is not callable",
      "AttributeError: 'Dog' object has no attribute 'bark'",
    ]),
    "True bark True",
  ]);
});

test("an attribute of None raises AttributeError", async () => {
  expect(
    await lines(`
const none: any = null; let slot: any = null;
function read() { return slot.x; }
attempt(() => none.x); attempt(read); attempt(() => none.x.y); attempt(() => none?.x); attempt(() => { none.x += 1; });`),
  ).toEqual([
    ...Array(3).fill("AttributeError: 'NoneType' object has no attribute 'x'"),
    "None",
    "AttributeError: 'NoneType' object has no attribute 'x'",
  ]);
});

test("a call of what is not callable raises TypeError; __call__ and functions of the class are called", async () => {
  expect(
    await lines(`
let slot: any = 5;
const add: any = new Adder(), d: any = new Dog();
function call(f: any, ...args: any[]) { return f(...args); }
function calls() { let cell: any = null; const set = (f: any) => { cell = f; }; set(add); return cell(3, 4); }
for (const x of [5, "s", null, [1], { a: 1 }, d, 1.5]) attempt(() => call(x));
attempt(() => slot()); slot = () => "called"; attempt(() => slot());
attempt(() => call(add, 1, 2)); attempt(calls); attempt(() => d.kind(1)); attempt(() => d.breed());
d.helper = add; attempt(() => d.helper(2, 3)); attempt(() => (d.helper as any)(2, 3)); attempt(() => d.name().toUpperCase());
const text = [1, 2].map((x) => x * 2).map(String).join("-"); print(text.padStart(4, "."), repr("a b".split(" ").pop()));
let order: any = []; const note = (x: any) => { order.append(x); return x; };
attempt(() => note(d).nothing(note("argument"))); print(order.length);`),
  ).toEqual([
    ...["int", "str", "NoneType", "list", "dict", "Dog", "float"].map(
      (name) => `TypeError: '${name}' object is not callable`,
    ),
    "TypeError: 'int' object is not callable",
    "called",
    "3",
    "7",
    "2",
    "any",
    "5",
    "5",
    "DOG",
    ".2-4 'b'",
    "AttributeError: 'Dog' object has no attribute 'nothing'",
    "1",
  ]);
});

test("generators have Python's send, throw and close", async () => {
  const source = `
    import { GeneratorExit, isinstance, next, print, StopIteration, type, ValueError } from "pythreads/builtins";
    const attempt = (f: any) => { try { print(f()); } catch (e: any) { print(type(e).__name__ + ":", e); } };
    function* count(to: number): any {
      let n = 0;
      try {
        while (n < to) {
          try { const step = yield n; n += step ?? 1; }
          catch (e) { if (!isinstance(e, ValueError)) throw e; print("caught", e); yield "handled"; }
        }
        return "end";
      } finally { print("finally"); }
    }
    const g: any = count(10);
    print(next(g), g.send(4), g.throw(ValueError("bad")), g.__next__(), g.send(null));
    const send = g.send;
    attempt(() => send(100));
    attempt(() => g.send(1));
    const h: any = count(10);
    print(next(h), h.close());
    attempt(() => next(h));
    attempt(() => count(2).throw(KeyboardInterrupt));
    print([...count(3)]);
    import { KeyboardInterrupt } from "pythreads/builtins";`;
  const { stdout, stderr } = await runPort(source);
  expect([stderr, stdout.trimEnd().split("\n")]).toEqual([
    "",
    [
      "caught bad",
      "0 4 handled 4 5",
      "finally",
      "StopIteration: end",
      "StopIteration: ",
      "finally",
      "0 None",
      "StopIteration: ",
      "KeyboardInterrupt: ",
      "finally",
      "[0, 1, 2]",
    ],
  ]);
});

test("keywords are bound to the parameters of closures, arrows and methods too", async () => {
  const source = `
    import { sched, threading, time } from "pythreads";
    import { list, print } from "pythreads/builtins";
    const seen = list();
    class Job {
      name: string;
      constructor(name: string) { this.name = name; }
      work(x = 1, y = 2) { seen.append([this.name, x, y]); }
      static all(x: any, { loud = false } = {}) { seen.append([x, loud]); }
    }
    class Big extends Job {}
    function main() {
      const extra = 3;
      function local(x = 1, y = 2) { seen.append([extra, x, y]); }
      const arrow = (x = 1, y = 2) => seen.append(["arrow", x, y]);
      for (const f of [local, arrow, new Job("a").work, new Big("b").work, (x: any, y: any) => seen.append([x, y])]) {
        const t = threading.Thread({ target: f, args: [0], kwargs: { y: 9 } }); t.start(); t.join();
      }
      const t = threading.Thread({ target: Job.all, kwargs: { loud: true, x: 5 } }); t.start(); t.join();
      const s = sched.scheduler(time.time, time.sleep);
      s.enter(0, 1, local, { kwargs: { y: 8 } });
      s.run();
      print(seen);
      const wrong = threading.Thread({ target: new Job("c").work, kwargs: { z: 1 } });
      threading.excepthook = ({ exc_value }: any) => print(exc_value);
      wrong.start(); wrong.join();
    }
    main();`;
  const { stdout, stderr } = await runPort(source);
  expect([stderr, stdout.trimEnd().split("\n")]).toEqual([
    "",
    [
      "[[3, 0, 9], ['arrow', 0, 9], ['a', 0, 9], ['b', 0, 9], [0, 9], [5, True], [3, 1, 8]]",
      "work() got an unexpected keyword argument 'z'",
    ],
  ]);
});

test("keyword-only parameters take nothing else; a Timer's kwargs are the function's; recursion without end is told in Python's words", async () => {
  const source = `
    import { threading } from "pythreads";
    import { print, tuple, type } from "pythreads/builtins";
    const attempt = (f: any) => { try { print(f()); } catch (e: any) { print(type(e).__name__ + ":", e); } };
    function f(a: any, b: any = 1, { c = 2, d = 3 } = {}) { return tuple([a, b, c, d]); }
    class K { m({ loud = false } = {}) { return loud; } static any(a: any, { ...rest } = {} as any) { return rest; } }
    const g: any = f, options = { c: 5 };
    attempt(() => g(1, 2, { c: 3 }));
    attempt(() => g(1, 2));
    attempt(() => g(1, 2, { ...options }));
    attempt(() => g(1, 2, 3));
    attempt(() => g(1, 2, { e: 3 }));
    attempt(() => g(1, 2, options));
    attempt(() => new K().m({ loud: true }));
    attempt(() => (new K() as any).m(1));
    attempt(() => K.any(1, { x: 2 }));
    function deep(): any { return deep(); }
    attempt(deep);
    const timer = threading.Timer(0, (a: any, b = 2) => print("timer", a, b), [1], { b: 5 }); timer.start(); timer.join();`;
  const { stdout, stderr } = await runPort(source);
  expect([stderr, stdout.trimEnd().split("\n")]).toEqual([
    "",
    [
      "(1, 2, 3, 3)",
      "(1, 2, 2, 3)",
      "(1, 2, 5, 3)",
      "TypeError: f() takes from 1 to 2 positional arguments but 3 were given",
      "TypeError: f() got an unexpected keyword argument 'e'",
      "TypeError: f() takes from 1 to 2 positional arguments but 3 were given",
      "True",
      "TypeError: K.m() takes 1 positional argument but 2 were given",
      "{'x': 2}",
      "RecursionError: maximum recursion depth exceeded",
      "timer 1 5",
    ],
  ]);
});
