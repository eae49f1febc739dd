// Processes: namespaces of their own, what is copied and what is not, ways to end.
import { join } from "node:path";
import { run } from "pythreads";
import { expect, test } from "vitest";
import type { Kernel } from "../../src/kernel/kernel";
import type { BootData } from "../../src/platform/types";
import { COMMON_WORDS, OWN_WORDS } from "../../src/runtime/process";
import { folderOf, runPort } from "./run";

/** The kinds of a record's objects, by the numbers of its words. */
const EXPECTED: Record<string, number> = { ...OWN_WORDS, ...COMMON_WORDS };

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

test("a spawned process is given local functions and classes, with copies of what they capture", async () => {
  const source = `
import { object } from "pythreads/builtins";
function child(f, C) { print(f(), f(), new C().name()); }
function main() {
  let n = 0;
  const list = ["local"];
  class Local extends object { name() { return list[0]; } }
  const p = multiprocessing.get_context("spawn").Process({ target: (...all) => child(...all), args: [() => ++n, Local] });
  p.start();
  p.join();
  print(n, p.exitcode);
}
if (__name__ === "__main__") main();
`;
  expect(await output(source)).toBe("1 2 local\n0 0\n");
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

test("os.kill calls the handler of another process, parent or child; what is ignored does nothing", async () => {
  const source = `
import { os, signal } from "pythreads";
let seen = 0;
function handler(signum, frame) { seen += 1; print(multiprocessing.current_process().name, "got", signum); }
function child(begun) {
  signal.signal(signal.SIGUSR1, handler);
  signal.signal(signal.SIGTERM, signal.SIG_IGN);
  begun.set();
  while (seen < 1) time.sleep(0.01);
  os.kill(os.getppid(), signal.SIGUSR2);
  sys.exit(seen);
}
if (__name__ === "__main__") {
  signal.signal(signal.SIGUSR2, handler);
  const begun = multiprocessing.Event();
  const p = multiprocessing.Process({ target: child, args: [begun], name: "child" });
  p.start();
  begun.wait();
  os.kill(p.pid, signal.SIGTERM);
  os.kill(p.pid, signal.SIGUSR1);
  p.join();
  while (seen < 1) time.sleep(0.01);
  print(p.exitcode, seen);
  const q = multiprocessing.Process({ target: time.sleep, args: [1000] });
  q.start();
  os.kill(q.pid, signal.SIGUSR1);
  q.join();
  print(q.exitcode);
}
`;
  expect(await output(source)).toBe("child got 10\nMainProcess got 12\n1 1\n-10\n");
});

test("an inherited handler is the child's, too, and a spawned process begins without", async () => {
  const source = `
import { os, signal } from "pythreads";
let handled = false;
function handler(signum, frame) { handled = true; print("handled"); }
function child(begun) { begun.set(); while (!handled) time.sleep(0.01); }
if (__name__ === "__main__") {
  signal.signal(signal.SIGUSR1, handler);
  for (const method of ["fork", "spawn"]) {
    const begun = multiprocessing.Event();
    const p = multiprocessing.get_context(method).Process({ target: child, args: [begun] });
    p.start();
    begun.wait();
    os.kill(p.pid, signal.SIGUSR1);
    p.join();
    print(method, p.exitcode);
  }
}
`;
  expect(await output(source)).toBe("handled\nfork 0\nspawn -10\n");
});

test("Ctrl-C raises KeyboardInterrupt in the main thread of each process", async () => {
  const source = `
import { kill } from "node:process";
import { os } from "pythreads";
import { KeyboardInterrupt, isinstance } from "pythreads/builtins";
function waits(ready, name) {
  try { ready.release(); time.sleep(1000); }
  catch (e) { if (!isinstance(e, KeyboardInterrupt)) throw e; print(name, "interrupted"); }
}
if (__name__ === "__main__") {
  const ready = multiprocessing.Semaphore(0);
  const spawn = multiprocessing.get_context("spawn");
  const all = [
    multiprocessing.Process({ target: waits, args: [ready, "forked"] }),
    spawn.Process({ target: waits, args: [ready, "spawned"] }),
  ];
  for (const p of all) p.start();
  for (const p of all) ready.acquire();
  try { kill(os.getpid(), "SIGINT"); time.sleep(1000); }
  catch (e) { if (!isinstance(e, KeyboardInterrupt)) throw e; print("main interrupted"); }
  for (const p of all) p.join();
  print(all.map((p) => p.exitcode));
}
`;
  const lines = (await output(source)).split("\n").sort();
  expect(lines).toEqual(["", "[0, 0]", "forked interrupted", "main interrupted", "spawned interrupted"]);
});

test("a process that runs out of memory ends alone: the others and their queues are whole", async () => {
  const source = `
function devours(q) { q.put("begun"); const hog = []; while (true) hog.push(new Array(1e5).fill(hog.length)); }
function goes_on(q, done) { q.put(1); done.wait(); q.put(2); }
if (__name__ === "__main__") {
  const q = multiprocessing.Queue(), done = multiprocessing.Event();
  const other = multiprocessing.Process({ target: goes_on, args: [q, done] });
  other.start();
  print(q.get());
  const p = multiprocessing.Process({ target: devours, args: [q] });
  p.start();
  print(q.get());
  p.join();
  print(p.exitcode < 0, other.is_alive());
  done.set();
  other.join();
  print(q.get(), other.exitcode);
}
`;
  const { stdout } = await runPort(HEAD + source, { flags: ["--max-old-space-size=200"], timeout: 120_000 });
  expect(stdout).toBe("1\nbegun\nTrue True\n2 0\n");
}, 150_000);

test("the authentication key goes from parent to child, and can be changed for the children that follow", async () => {
  const source = `
import { bytes } from "pythreads/builtins";
function tell(q) { q.put(bytes(multiprocessing.current_process().authkey)); }
if (__name__ === "__main__") {
  multiprocessing.current_process().authkey = bytes("ours");
  for (const method of ["fork", "spawn", "forkserver"]) {
    const context = multiprocessing.get_context(method);
    const q = context.Queue();
    const p = context.Process({ target: tell, args: [q] });
    p.start();
    print(q.get(), p.authkey);
    p.join();
  }
}
`;
  expect(await output(source)).toBe("b'ours' b'ours'\n".repeat(3));
});

test("log_to_stderr tells of a process's life, however it was started, in CPython's words", async () => {
  const source = `
function work() { multiprocessing.get_logger().warning("%s has %d", "work", 3); }
if (__name__ === "__main__") {
  multiprocessing.log_to_stderr("DEBUG");
  for (const method of ["fork", "spawn"]) {
    const p = multiprocessing.get_context(method).Process({ target: work, name: "P" });
    p.start();
    p.join();
  }
}
`;
  const end = (name: string) => `[INFO/${name}] process shutting down
[DEBUG/${name}] running all "atexit" finalizers with priority >= 0
[DEBUG/${name}] running the remaining "atexit" finalizers
`;
  const child = `[INFO/P] child process calling self.run()
[WARNING/P] work has 3
${end("P")}[INFO/P] process exiting with exitcode 0
`;
  expect(await output(source)).toBe(child + child + end("MainProcess"));
});

test("the first process's record has all the objects that its threads ask for", async () => {
  const port = join(folderOf({ "port.ts": `import { input } from "pythreads/builtins";\ninput();` }), "port.ts");
  const found: Record<string, number> = {};
  const program: Awaited<ReturnType<typeof run>> = await run(port, {
    async stdin() {
      const { kernel, memory, here } = program as unknown as {
        kernel: Kernel;
        memory: WebAssembly.Memory;
        here: BootData;
      };
      const words = new Int32Array(memory.buffer, kernel.process_words(here.process) >>> 0);
      for (const word of Object.keys(EXPECTED)) {
        const address = words[Number(word) * 2]! >>> 0;
        found[word] = address === 0 ? 0 : kernel.object_kind(address);
      }
      return "";
    },
  });
  expect(await program.exitCode).toBe(0);
  expect(found).toEqual(EXPECTED);
});
