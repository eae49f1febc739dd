// What parallel threads promise, and single-threaded JavaScript cannot.
import { describe, expect, test } from "vitest";
import { runPort } from "./run";

/** Thread bodies must be hot to be miscompiled: each tier of V8 is tried. */
const TIERS = [[], ["--liftoff"], ["--no-liftoff"]];

describe("threads share the module's variables", () => {
  test.each([
    ["a boolean", "let flag = false;", "!flag", "flag = true;"],
    ["a number", "let flag = 0;", "flag === 0", "flag = 1;"],
    ["a string", 'let flag = "wait, please";', 'flag !== "go"', 'flag = "go";'],
  ])("a tight loop over %s sees another thread's write", async (_, declaration, condition, statement) => {
    const { stdout } = await runPort(`import { threading, time } from "pythreads";
import { print } from "pythreads/builtins";
${declaration}
let turns = 0;
function spin() {
  while (${condition}) turns++;
}
const t = threading.Thread({ target: spin });
t.start();
while (turns < 1000000 && t.is_alive()) time.sleep(0.01);
${statement}
t.join();
print("ended", turns >= 1000000);
`);
    expect(stdout).toBe("ended True\n");
  });

  test.each(TIERS)(
    "8 threads × 200,000 increments under a lock lose none in 20 runs %s",
    async (...flags) => {
      const { stdout, stderr } = await runPort(
        `import { threading } from "pythreads";
import { print, range } from "pythreads/builtins";
let num = 0;
const lock = threading.Lock();
function add() {
  for (let i = 0; i < 200000; i++) {
    lock.acquire();
    num += 1;
    lock.release();
  }
}
for (const run of range(20)) {
  num = 0;
  const threads = [...range(8)].map(() => threading.Thread({ target: add }));
  for (const t of threads) t.start();
  for (const t of threads) t.join();
  print(num);
}
`,
        { flags, timeout: 300_000 },
      );
      expect(stderr).toBe("");
      expect(stdout).toBe("1600000\n".repeat(20));
    },
    310_000,
  );

  test.each(TIERS)("without a lock updates are really lost %s", async (...flags) => {
    const { stdout } = await runPort(
      `import { threading } from "pythreads";
import { print, range } from "pythreads/builtins";
let num = 0;
function add() {
  for (let i = 0; i < 200000; i++) num += 1;
}
let least = 0, most = 0;
for (const run of range(20)) {
  num = 0;
  const threads = [...range(8)].map(() => threading.Thread({ target: add }));
  for (const t of threads) t.start();
  for (const t of threads) t.join();
  if (run === 0 || num < least) least = num;
  if (num > most) most = num;
}
print(least < 1600000, most <= 1600000, least > 0);
`,
      { flags },
    );
    expect(stdout).toBe("True True True\n");
  });
});

describe("values that cross", () => {
  test("objects with identity stay the same object, in every direction", async () => {
    const { stdout, stderr } = await runPort(`import { queue, threading } from "pythreads";
import { list, print } from "pythreads/builtins";
const q = queue.Queue();
const things = list([1, "two", null]);
const lock = threading.Lock();
function worker(l: unknown, items: unknown, c: unknown) {
  print(l === lock, items === things, q.get() === things);
  q.put(threading.current_thread());
  (items as list).append(things);
}
const t = threading.Thread({ target: worker, args: [lock, things, 3] });
q.put(things);
t.start();
t.join();
print(q.get() === t, things.length, things.__getitem__(3) === things, things);
`);
    expect(stderr).toBe("");
    expect(stdout).toBe("True True True\nTrue 4 True [1, 'two', None, [...]]\n");
  });

  test("an exception keeps class, arguments, fields, cause and the lines where it was raised", async () => {
    const { stdout, stderr } = await runPort(`import { queue, threading } from "pythreads";
import { isinstance, KeyError, print, repr, ValueError } from "pythreads/builtins";
const q = queue.Queue();
class Refused extends ValueError {
  code: number;
  constructor(what: string, code: number) {
    super(what, code);
    this.code = code;
  }
}
function raiser() {
  try {
    throw KeyError("k");
  } catch (e) {
    throw new Refused("tea", 418, { cause: e } as never);
  }
}
function worker() {
  try {
    raiser();
  } catch (e) {
    q.put(e);
  }
}
const t = threading.Thread({ target: worker });
t.start();
const e = q.get() as Refused;
print(e instanceof Refused, isinstance(e, ValueError), e.code, e.args, e.name);
throw e;
`);
    expect(stdout).toBe("True True 418 ('tea', 418) Refused\n");
    expect(stderr).toMatch(/line 20, in worker\n.*\n.*line 15, in raiser\n/);
    expect(stderr).toMatch(/Refused: \('tea', 418\)\n$/);
  });

  test("attributes of a started Thread subclass are shared", async () => {
    const { stdout, stderr } = await runPort(`import { threading } from "pythreads";
import { print } from "pythreads/builtins";
class Adder extends threading.Thread {
  a: number;
  b: number;
  result: unknown = null;
  constructor(a: number, b: number) {
    super();
    this.a = a;
    this.b = b;
  }
  run() {
    this.result = this.a + this.b;
    (this as any).late = "set in run";
    print(this === threading.current_thread(), this.helper());
  }
  helper() {
    return \`helped \${this.name}\`;
  }
}
const t = new Adder(40, 2);
t.start();
t.join();
print(t.result, (t as any).late, t instanceof Adder, t instanceof threading.Thread);
`);
    expect(stderr).toBe("");
    expect(stdout).toBe("True helped Thread-1\n42 set in run True True\n");
  });
});

describe("bad input", () => {
  /** Runs `statements` while another thread works on, and gives what was printed. */
  async function spoil(statements: string): Promise<string> {
    const { stdout, stderr } = await runPort(`import { queue, threading, time } from "pythreads";
import { print, list } from "pythreads/builtins";
const q = queue.Queue();
let running = true;
function other() {
  while (running) time.sleep(0.01);
  print("the other thread went on");
}
function f() {}
const t = threading.Thread({ target: other });
t.start();
try {
${statements}
} catch (e) {
  print((e as Error).name + ": " + (e as Error).message);
}
running = false;
t.join();
`);
    expect(stdout).toContain("the other thread went on\n");
    return stdout.replace("the other thread went on\n", "") + stderr;
  }

  test.each([
    [
      "an unknown keyword",
      "threading.Thread({ tarqet: f } as never)",
      "TypeError: Thread.__init__() got an unexpected keyword argument 'tarqet'\n",
    ],
    ["a group", "threading.Thread({ group: 5 } as never)", "AssertionError: group argument must be None for now\n"],
    [
      "a closure over what cannot be shared",
      "const y = new WeakMap(); const inner = () => y; threading.Thread({ target: inner }).start()",
      "TypeError: closure 'inner'.y: cannot share an instance of 'WeakMap' with another thread: only data and objects with identity can: let the class extend object, or pass the data it is made of\n",
    ],
    [
      "a WeakMap among the arguments",
      "threading.Thread({ target: f, args: [1, { a: new WeakMap() }] }).start()",
      "TypeError: Thread.args[1][\"a\"]: cannot share an instance of 'WeakMap' with another thread: only data and objects with identity can: let the class extend object, or pass the data it is made of\n",
    ],
    [
      "a Promise as item",
      "q.put(Promise.resolve())",
      "TypeError: item: cannot share an instance of 'Promise' with another thread: only data and objects with identity can: let the class extend object, or pass the data it is made of\n",
    ],
    [
      "a symbol in a shared list",
      "list([Symbol('s')]); q.put(list([Symbol('s')]))",
      "TypeError: item[0]: cannot share Symbol(s) with another thread: it has no meaning in another thread\n",
    ],
    [
      "a second start",
      "const u = threading.Thread({ target: f }); u.start(); u.start()",
      "RuntimeError: threads can only be started once\n",
    ],
    ["a negative sleep", "time.sleep(-1)", "ValueError: sleep length must be non-negative\n"],
  ])("%s raises at once, and the other threads go on", async (_, statements, expected) => {
    expect(await spoil(statements)).toBe(expected);
  });

  test("a target that is not callable is reported as Python does, when the thread runs", async () => {
    const printed = await spoil(
      "const u = threading.Thread({ target: 5 as never }); u.start(); u.join(); print('joined')",
    );
    expect(printed).toMatch(
      /^joined\nException in thread Thread-2:\n(.*\n)*TypeError: 'int' object is not callable\n$/,
    );
  });

  test("a JavaScript object in a module variable belongs to its thread, and says so", async () => {
    const { stdout, stderr } = await runPort(`import { threading } from "pythreads";
import { print } from "pythreads/builtins";
let cache = new Map([["a", 1]]);
function reader() {
  print(cache.size);
}
print(cache.get("a"));
const t = threading.Thread({ target: reader });
t.start();
t.join();
print("went on", cache.size);
`);
    expect(stdout).toBe("1\nwent on 1\n");
    expect(stderr).toContain("RuntimeError: variable 'cache' holds a JavaScript object of thread");
  });
});
