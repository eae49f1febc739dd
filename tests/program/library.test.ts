// The library in plain Node, without the port compiler.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { runChild } from "../../compat-tests/hosts/child";

// Within the package, so that Node finds it by its own name.
const PLACE = new URL("../../build/", import.meta.url).pathname;

async function run(files: Record<string, string>, timeout = 30_000) {
  mkdirSync(PLACE, { recursive: true });
  const folder = mkdtempSync(join(PLACE, "library-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return runChild(process.execPath, [join(folder, "app.mjs")], { stdin: "", timeout });
}

async function output(files: Record<string, string>): Promise<string> {
  const { stdout, stderr, code } = await run(files);
  expect([stderr, code]).toEqual(["", 0]);
  return stdout;
}

const TASKS = `import { targets, threading } from "pythreads";
import { object, print } from "pythreads/builtins";
export class Job extends object {
  constructor(n) {
    super();
    this.n = n;
  }
}
export function double(q, out) {
  for (let job = q.get(); job !== null; job = q.get()) {
    job.n *= 2;
    out.put(job);
    q.task_done();
  }
}
export function late(event, text) {
  event.wait();
  print(text, threading.current_thread().name);
}
targets(import.meta.url, { Job, double, late });
`;

describe("a program in plain Node", () => {
  test("in one file: the threads run what targets() names, and the main thread alone what follows", async () => {
    const stdout = await output({
      "app.mjs": `import { targets, threading } from "pythreads";
import { print } from "pythreads/builtins";
import { Queue } from "pythreads/queue";
function producer(q, n) {
  for (let i = 0; i < n; i++) q.put(i);
}
function consumer(q, results) {
  for (let item = q.get(); item !== null; item = q.get()) results.put(item * item);
  print("consumer done");
}
print(targets(import.meta.url, { producer, consumer }));
const q = Queue(2);
const results = Queue();
const threads = [
  threading.Thread({ target: producer, args: [q, 5] }),
  threading.Thread({ target: consumer, args: [q, results] }),
];
for (const t of threads) t.start();
for (let i = 0; i < 5; i++) print(await results.aio.get());
await q.aio.put(null);
for (const t of threads) await t.aio.join();
print(threads.map((t) => t.is_alive()), threading.active_count(), threading.current_thread().name);
`,
    });
    expect(stdout).toBe("__main__\n0\n1\n4\n9\n16\nconsumer done\n[False, False] 1 MainThread\n");
  });

  test("with the targets in a module of their own, whose instances are one object for all threads", async () => {
    const stdout = await output({
      "tasks.mjs": TASKS,
      "app.mjs": `import { queue, threading } from "pythreads";
import { print } from "pythreads/builtins";
import { double, Job } from "./tasks.mjs";
const [q, out] = [queue.Queue(), queue.Queue()];
const t = threading.Thread({ target: double, args: [q, out] });
await t.aio.start();
const job = new Job(21);
await q.aio.put(job);
const back = await out.aio.get();
print(back === job, job.n);
await q.aio.join();
await q.aio.put(null);
await t.aio.join();
`,
    });
    expect(stdout).toBe("True 42\n");
  });

  test("whose threads meet a module that was imported after they were made", async () => {
    const stdout = await output({
      "tasks.mjs": TASKS,
      "more.mjs": `import { targets } from "pythreads";
import { print } from "pythreads/builtins";
export function other(x) {
  print("other", x);
}
targets(import.meta.url, { other });
`,
      "app.mjs": `import { threading } from "pythreads";
import { late } from "./tasks.mjs";
const event = threading.Event();
event.set();
const first = threading.Thread({ target: late, args: [event, "first"], name: "t" });
first.start();
await first.aio.join();
const { other } = await import("./more.mjs");
const second = threading.Thread({ target: other, args: [5] });
second.start();
await second.aio.join();
`,
    });
    expect(stdout).toBe("first t\nother 5\n");
  });

  test("lives until its threads have ended, and runs what atexit has registered", async () => {
    const stdout = await output({
      "tasks.mjs": TASKS,
      "app.mjs": `import { atexit, threading } from "pythreads";
import { print } from "pythreads/builtins";
import { late } from "./tasks.mjs";
const event = threading.Event();
threading.Thread({ target: late, args: [event, "late"], name: "t" }).start();
threading.Thread({ target: late, args: [threading.Event(), "never"], daemon: true }).start();
atexit.register(() => print("at exit"));
setTimeout(() => event.set(), 50);
print("end of main");
`,
    });
    expect(stdout).toBe("end of main\nlate t\nat exit\n");
  });

  test("reports what a thread has raised, and goes on", async () => {
    const { stdout, stderr, code } = await run({
      "app.mjs": `import { targets, threading } from "pythreads";
import { print, ValueError } from "pythreads/builtins";
function failing() {
  throw ValueError("oh");
}
targets(import.meta.url, { failing });
const t = threading.Thread({ target: failing, name: "t" });
t.start();
await t.aio.join();
print("went on");
`,
    });
    expect([stdout, code]).toEqual(["went on\n", 0]);
    expect(stderr).toMatch(
      /^Exception in thread t:\nTraceback \(most recent call last\):\n {2}File ".*app.mjs", line 4, in failing\nValueError: oh\n$/,
    );
  });

  test("needs nothing but a queue", async () => {
    const stdout = await output({
      "app.mjs": `import { Queue } from "pythreads/queue";
const q = Queue();
q.put("x");
console.log(q.get(), await q.aio.get({ timeout: 0.01 }).catch((e) => e.name));
`,
    });
    expect(stdout).toBe("x Empty\n");
  });
});

describe("on its event loop", () => {
  test("what would have to wait raises RuntimeError at once and names the way; what need not wait succeeds", async () => {
    const stdout = await output({
      "tasks.mjs": TASKS,
      "app.mjs": `import { queue, threading, time } from "pythreads";
import { input, print, with_ } from "pythreads/builtins";
import { late } from "./tasks.mjs";
const tried = (call) => {
  try {
    print(call());
  } catch (e) {
    print(e.name + ": " + e.message);
  }
};
const lock = threading.Lock();
const [event, semaphore, barrier] = [threading.Event(), threading.Semaphore(1), threading.Barrier(2)];
const condition = threading.Condition();
const [q, lifo] = [queue.Queue(1), queue.LifoQueue(1)];
for (const primitive of [lock, semaphore]) {
  tried(() => primitive.acquire());
  tried(() => primitive.acquire());
  tried(() => primitive.acquire({ timeout: 5 }));
  tried(() => primitive.acquire(false));
}
for (const waiting of [q, lifo]) {
  tried(() => waiting.put("an item"));
  tried(() => waiting.put("another item"));
  tried(() => waiting.get());
  tried(() => waiting.get());
  tried(() => waiting.get_nowait());
  tried(() => waiting.join());
}
tried(() => event.wait());
event.set();
tried(() => event.wait());
tried(() => barrier.wait());
tried(() => with_(condition, () => condition.wait()));
const t = threading.Thread({ target: late, args: [threading.Event(), ""], daemon: true });
await t.aio.start();
tried(() => t.join());
tried(() => t.join(0));
tried(() => time.sleep(1));
tried(() => input());
`,
    });
    const error = (name: string) =>
      `RuntimeError: ${name}() would block this thread's event loop: await its .aio.${name}() instead`;
    const lock = ["True", error("acquire"), error("acquire"), "False"];
    const queue = (empty: string) => ["None", error("put"), "an item", error("get"), empty, error("join")];
    expect(stdout.trimEnd().split("\n")).toEqual([
      ...lock,
      ...lock,
      ...queue("Empty: "),
      ...queue("Empty: "),
      error("wait"),
      "True",
      error("wait"),
      error("wait"),
      error("join"),
      "None",
      "RuntimeError: sleep() would block this thread's event loop: await a timer instead",
      "RuntimeError: input() would block this thread's event loop: let a thread call it",
    ]);
  });

  test("a target that nobody has named is refused, with the way", async () => {
    const stdout = await output({
      "app.mjs": `import { threading } from "pythreads";
import { print } from "pythreads/builtins";
function worker() {}
for (const target of [worker, () => {}]) {
  try {
    threading.Thread({ target }).start();
  } catch (e) {
    print(e.name + ": " + e.message);
  }
}
`,
    });
    const text = (name: string, key = name) =>
      `TypeError: Thread.target: cannot share function '${name}' with another thread: only what a module names can: ` +
      `write targets(import.meta.url, { ${key} }) where it is defined\n`;
    expect(stdout).toBe(text("worker") + text("<lambda>", "f"));
  });

  test("a module's body that starts threads in the threads' copies is told what to do", async () => {
    const { stderr } = await run({
      "tasks.mjs": `import { targets, threading } from "pythreads";
export function work() {}
targets(import.meta.url, { work });
export function begin() {
  threading.Thread({ target: work }).start();
}
begin();
`,
      "app.mjs": 'import "./tasks.mjs";\n',
    });
    expect(stderr).toContain('if (targets(import.meta.url, { … }) === "__main__")');
  });
});

test("an array that Node's own thread puts is one for all threads of the port that binds it", async () => {
  const stdout = await output({
    "port.ts": `import { queue, threading } from "pythreads";
import { list, print } from "pythreads/builtins";
export const given = queue.Queue();
const numbers = given.get();
function count() { numbers[0] += 1; }
const t = threading.Thread({ target: count });
t.start();
t.join();
print(list(numbers));
`,
    "app.mjs": `import { run } from "pythreads";
const program = await run(new URL("./port.ts", import.meta.url));
const { given } = await program.exports("given");
await given.aio.put(Int32Array.of(1, 2));
console.log(await program.exitCode);
`,
  });
  expect(stdout).toBe("[2, 2]\n0\n");
});

test("Node's own thread joins a program that it runs, and awaits what that exports", async () => {
  const stdout = await output({
    "port.ts": `import { queue, threading } from "pythreads";
import { print } from "pythreads/builtins";
export const jobs = queue.Queue(2);
export const results = queue.Queue();
export const lock = threading.Lock();
function worker() {
  for (let job = jobs.get(); job !== null; job = jobs.get()) {
    results.put(job * job);
    jobs.task_done();
  }
}
threading.Thread({ target: worker }).start();
`,
    "app.mjs": `import { run, threading } from "pythreads";
const port = new URL("./port.ts", import.meta.url);
const program = await run(port);
const failure = (promise) => promise.catch((e) => e.name + ": " + e.message);
const { jobs, results, lock } = await program.exports("jobs", "results", "lock");
console.log(threading.current_thread().name, await lock.aio.acquire(), lock.locked());
for (let i = 0; i < 5; i++) await jobs.aio.put(i);
await jobs.aio.join();
const got = [];
for (let i = 0; i < 5; i++) got.push(await results.aio.get());
console.log(got.join());
console.log(await failure(program.exports("nothing")));
const other = await run(port);
console.log(await failure(other.exports("jobs")));
other.terminate();
const waiting = failure(results.aio.get());
await jobs.aio.put(null);
console.log(await program.exitCode);
console.log(await waiting);
console.log(await failure(results.aio.get()));
`,
  });
  expect(stdout).toBe(`EventLoop true true
0,1,4,9,16
AttributeError: the program's main module exports no variable 'nothing'
RuntimeError: this thread belongs to a program already, its own or another: a thread has one for good
0
RuntimeError: the program has ended
RuntimeError: the program has ended
`);
});

test("a pool's results are awaited in Node's own thread, which must not block", async () => {
  const stdout = await output({
    "app.mjs": `import { targets } from "pythreads";
import { print, repr } from "pythreads/builtins";
import { ThreadPool } from "pythreads/multiprocessing/pool";
const double = (x) => x * 2;
function bad() {
  throw new RangeError("no");
}
if (targets(import.meta.url, { double, bad }) === "__main__") {
  const pool = ThreadPool(2);
  print(await pool.apply_async(double, [2]), await pool.map_async(double, [1, 2, 3]));
  print(await pool.apply_async(bad).then(repr, repr));
  print(await Promise.all([1, 2, 3].map((i) => pool.apply_async(double, [i]))));
  try {
    for (let i = 0; i < 1000; i++) pool.apply(double, [i]);
  } catch (e) {
    print(repr(e));
  }
  pool.terminate();
}
`,
  });
  expect(stdout).toBe(`4 [2, 4, 6]
ValueError('no')
[2, 4, 6]
RuntimeError("get() would block this thread's event loop: await its .aio.get() instead")
`);
});

test("the example's server computes on threads and answers meanwhile", async () => {
  const file = new URL("../../examples/server.mjs", import.meta.url).pathname;
  const server = spawn(process.execPath, [file], { env: { ...process.env, PORT: "0" } });
  onTestFinished(() => void server.kill());
  let printed = "";
  for await (const chunk of server.stdout) {
    printed += chunk;
    if (printed.includes("\n")) break;
  }
  const get = async (path: string) => (await fetch(printed.trim() + path)).text();
  expect(await Promise.all(["20", "10", "25", "1", "x"].map(get))).toEqual([
    "6765\n",
    "55\n",
    "75025\n",
    "1\n",
    "a number from 0 to 40, please\n",
  ]);
});
