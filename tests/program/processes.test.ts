// Processes: namespaces of their own, what is copied and what is not, ways to end.
import { expect, test } from "vitest";
import { runPort } from "./run";

const HEAD = `import { multiprocessing, threading, time, sys } from "pythreads";
import { print, tuple } from "pythreads/builtins";
`;

/** Runs a program that may fork; gives back what it printed. */
async function output(source: string): Promise<string> {
  const { stdout, stderr } = await runPort(HEAD + source);
  return stdout + stderr;
}

test("a forked process has copies of the variables as of its start, with identity and cycles kept", async () => {
  const source = `
let n = 1;
const items = [1];
const both = { items, cycle: [items] };
both["self"] = both;
class Account { constructor() { this.log = items; } }
const account = new Account();
const pairs = { };
pairs[account] = "mine";
function child(arg) {
  n += 1;
  items.append(n);
  print(n, items, arg === items, both["items"] === items, both["self"] === both, account.log === items, pairs[account]);
}
if (__name__ === "__main__") {
  n = 10;
  const p = multiprocessing.Process({ target: child, args: [items] });
  n = 20;
  p.start();
  p.join();
  print(n, items, p.exitcode);
}
`;
  expect(await output(source)).toBe("21 [1, 21] True True True True mine\n20 [1] 0\n");
});

test("a carrier that goes from one process to another sees that one's variables, constants too", async () => {
  const source = `
const list = [0];
let n = 0;
function child(by) { n += by; list.append(by); print(n, list); }
if (__name__ === "__main__") {
  for (const by of [1, 2, 3]) {
    n = by * 10;
    const p = multiprocessing.Process({ target: child, args: [by] });
    p.start();
    p.join();
    const t = threading.Thread({ target: child, args: [100 * by] });
    t.start();
    t.join();
  }
}
`;
  expect(await output(source)).toBe(
    "11 [0, 1]\n110 [0, 100]\n22 [0, 100, 2]\n220 [0, 100, 200]\n33 [0, 100, 200, 3]\n330 [0, 100, 200, 300]\n",
  );
});

test("locks that the forking thread holds are the child's main thread's; those of others stay held", async () => {
  const source = `
const mine = threading.RLock();
const others = threading.Lock();
function hold(held, done) { others.acquire(); held.set(); done.wait(); }
function child() {
  mine.release();
  print(mine.acquire(), others.acquire(false));
  print(threading.current_thread() === threading.main_thread(), threading.active_count());
}
if (__name__ === "__main__") {
  const held = threading.Event(), done = threading.Event();
  const t = threading.Thread({ target: hold, args: [held, done] });
  t.start();
  held.wait();
  mine.acquire();
  const p = multiprocessing.Process({ target: child });
  p.start();
  p.join();
  done.set();
}
`;
  expect(await output(source)).toBe("True False\nTrue 1\n");
});

test("a killed process does nothing any more, whether it waits or computes", async () => {
  const source = `
function waits(begun) { try { begun.set(); time.sleep(100); } finally { print("never"); } }
function computes(begun) { begun.set(); while (true); }
if (__name__ === "__main__") {
  for (const target of [waits, computes]) {
    const p = multiprocessing.Process({ target, args: [threading.Event()] });
    p.start();
    p.terminate();
    p.join();
    print(p.exitcode, p.is_alive(), multiprocessing.active_children());
  }
}
`;
  expect(await output(source)).toBe("-15 False []\n-15 False []\n");
});

test("a spawned process runs the modules anew, as __mp_main__", async () => {
  const source = `
print("body", __name__);
let n = 1;
function child(list) { list.append(n); print(list, n); }
if (__name__ === "__main__") {
  n = 2;
  const list = [0];
  const p = multiprocessing.get_context("spawn").Process({ target: child, args: [list] });
  p.start();
  p.join();
  print(list, p.exitcode);
}
`;
  expect(await output(source)).toBe("body __main__\nbody __mp_main__\n[0, 1] 1\n[0] 0\n");
});

test("an error ends the process with exit code 1 and its name, others go on", async () => {
  const source = `
function fails() { throw new Error("boom"); }
if (__name__ === "__main__") {
  const p = multiprocessing.Process({ target: fails });
  p.start();
  p.join();
  print(p.exitcode);
}
`;
  expect(await output(source)).toMatch(/^1\nProcess Process-1:\nTraceback .*\n(.*\n)+Error: boom\n$/);
});

test("a process waits for its threads, and for its children that are no daemons", async () => {
  const source = `
function late(text) { time.sleep(0.05); print(text); }
function child() {
  threading.Thread({ target: late, args: ["thread"] }).start();
  threading.Thread({ target: time.sleep, args: [100], daemon: true }).start();
  multiprocessing.Process({ target: late, args: ["grandchild"] }).start();
  multiprocessing.Process({ target: time.sleep, args: [100], daemon: true }).start();
}
if (__name__ === "__main__") multiprocessing.Process({ target: child }).start();
`;
  expect((await output(source)).trim().split("\n").sort()).toEqual(["grandchild", "thread"]);
});

test("os._exit and a signal without a handler end the process that they meet, and no other", async () => {
  const source = `
import { os, signal } from "pythreads";
function exits() { os._exit(3); }
function isKilled() { os.kill(os.getpid(), signal.SIGTERM); time.sleep(100); }
if (__name__ === "__main__") {
  for (const target of [exits, isKilled]) {
    const p = multiprocessing.Process({ target });
    p.start();
    p.join();
    print(p.exitcode, os.getpid() !== p.pid);
  }
}
`;
  expect(await output(source)).toBe("3 True\n-15 True\n");
});
