// run() from code, in the built package.
import { join } from "node:path";
import { queue, run, threading } from "pythreads";
import { describe, expect, test } from "vitest";
import { folderOf } from "./run";

/** Starts `source`; `out` collects what it prints. */
async function start(source: string, options: Parameters<typeof run>[1] = {}) {
  const out: string[] = [];
  const file = join(folderOf({ "port.ts": source }), "port.ts");
  const program = await run(file, { stdout: (text) => out.push(text), stderr: (text) => out.push(text), ...options });
  return { program, out };
}

/** Waits until the program has printed `text`. */
async function printed(out: string[], text: string): Promise<void> {
  while (!out.join("").includes(text)) await new Promise((resolve) => setTimeout(resolve, 5));
}

const HEAD = `import { queue, sys, threading, time } from "pythreads";
import { input, print, range } from "pythreads/builtins";
`;

describe("run()", () => {
  test("gives the output as it is printed, and the exit code", async () => {
    const { program, out } = await start(`${HEAD}print("hello", [...sys.argv].slice(1));\nsys.exit(5);`, {
      argv: ["x"],
    });
    expect(await program.exitCode).toBe(5);
    expect(out.join("")).toBe("hello ['x']\n");
  });

  test("answers input() from stdin, and the end of input with EOFError", async () => {
    const lines = ["one", "zwei ü", null];
    const { program, out } = await start(`${HEAD}print(input("? "), input());\ninput();`, {
      stdin: () => lines.shift() ?? null,
    });
    expect(await program.exitCode).toBe(1);
    expect(out.join("")).toMatch(/^\? one zwei ü\n(.*\n)*EOFError: EOF when reading a line\n$/);
  });

  test.each([
    ["sleep", "time.sleep(1000);"],
    ["lock", "const l = threading.Lock(); l.acquire(); l.acquire();"],
    [
      "rlock of another thread",
      "const r = threading.RLock();\nfunction hold() { r.acquire(); time.sleep(1000); }\nthreading.Thread({ target: hold, daemon: true }).start();\nwhile (r.acquire(false)) r.release();\nr.acquire();",
    ],
    ["queue.get", "queue.Queue().get();"],
    ["queue.put", "const q = queue.Queue(1); q.put(1); q.put({ a: [2] });"],
    ["queue.join", "const q = queue.Queue(); q.put(1); q.join();"],
    ["event.wait", "threading.Event().wait();"],
    ["semaphore", "threading.Semaphore(0).acquire();"],
    ["condition", "const c = threading.Condition(); c.acquire(); try { c.wait(); } finally { c.release(); }"],
    ["barrier", "threading.Barrier(2).wait();"],
    [
      "join",
      "function forever() { time.sleep(1000); }\nconst t = threading.Thread({ target: forever, daemon: true }); t.start(); t.join();",
    ],
    ["input", "input();"],
  ])("interrupt() raises KeyboardInterrupt in a main thread that waits: %s", async (_, statements) => {
    const { program, out } = await start(`${HEAD}print("waiting");\n${statements}\nprint("not reached");`, {
      stdin: () => new Promise(() => {}),
    });
    await printed(out, "waiting");
    program.interrupt();
    expect(await program.exitCode).toBe(130);
    expect(out.join("")).toMatch(/^waiting\n(.*\n)*KeyboardInterrupt\n$/);
  });

  test("what a handler's own wait raises ends the wait that the handler has interrupted", async () => {
    const { program, out } = await start(
      `${HEAD}import { signal } from "pythreads";
import { isinstance, KeyboardInterrupt, with_ } from "pythreads/builtins";
import { waiters } from "pythreads/internal/waiters";
const [c, d] = [threading.Condition(), threading.Condition()];
signal.signal(signal.SIGALRM, () => { print("inside"); with_(d, () => d.wait()); });
with_(c, () => {
  signal.setitimer(signal.ITIMER_REAL, 0.01);
  try {
    c.wait();
  } catch (e) {
    print(isinstance(e, KeyboardInterrupt), c._is_owned(), d._is_owned());
  }
  print(c.wait(0.01), waiters(c), waiters(d));
});`,
      {},
    );
    await printed(out, "inside");
    program.interrupt();
    expect(await program.exitCode).toBe(0);
    expect(out.join("")).toBe("inside\nTrue True False\nFalse 0 0\n");
  });

  test("a caught KeyboardInterrupt leaves everything usable", async () => {
    const { program, out } = await start(
      `${HEAD}import { isinstance, KeyboardInterrupt } from "pythreads/builtins";
const q = queue.Queue();
for (const i of range(2)) {
  try {
    print("waiting");
    q.get();
  } catch (e) {
    print(isinstance(e, KeyboardInterrupt));
  }
}
q.put("an item");
print(q.get(), input());`,
      { stdin: () => "a line" },
    );
    await printed(out, "waiting");
    program.interrupt();
    await printed(out, "True\nwaiting");
    program.interrupt();
    expect(await program.exitCode).toBe(0);
    expect(out.join("")).toBe("waiting\nTrue\nwaiting\nTrue\nan item a line\n");
  });

  test("terminate() ends a program that computes for ever", async () => {
    const { program, out } = await start(`${HEAD}function spin() { while (true) {} }
threading.Thread({ target: spin }).start();
print("spinning");
while (true) {}`);
    await printed(out, "spinning");
    program.terminate();
    expect(await program.exitCode).toBe(143);
  });

  test("several programs at once keep apart", async () => {
    const source = `${HEAD}let n = 0;
function add() { for (const i of range(1000)) n += 1; }
for (const i of range(3)) { const t = threading.Thread({ target: add }); t.start(); t.join(); }
print(n);`;
    const programs = await Promise.all([start(source), start(source), start(source)]);
    for (const { program, out } of programs) {
      expect(await program.exitCode).toBe(0);
      expect(out.join("")).toBe("3000\n");
    }
  });

  test("a port that does not compile is refused with its line", async () => {
    await expect(start("let x = ;")).rejects.toThrow(/port\.ts:1:\d+/);
  });

  test("beside the programs that it runs, a thread of Node has one of its own", () => {
    const lock = threading.Lock();
    expect(lock.acquire()).toBe(true);
    expect(() => lock.acquire()).toThrow("would block this thread's event loop");
    const q = queue.Queue();
    q.put(1);
    expect(q.get()).toBe(1);
  });
});
