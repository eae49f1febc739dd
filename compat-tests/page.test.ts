// What a page is promised: it can stop a program and answer it, nothing is left behind, and bad luck is an error.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import type { RunOptions } from "../src/web/run.js";
import { chromium, closeChromium, openChromium } from "./hosts/chromium.js";
import { compileForWeb } from "./hosts/package.js";
import { BARE, BUNDLED, PAGE } from "./hosts/site.js";
import { countWorkers } from "./hosts/workers.js";

type PageWindow = typeof globalThis & {
  pythreads: typeof import("../src/web/run.js");
  program: import("../src/web/run.js").Program;
  out: string;
  answer(line: string): void;
};
declare const window: PageWindow;

const folder = mkdtempSync(join(tmpdir(), "pythreads-page-"));
let page: Page;

beforeEach(async () => {
  const { browser, site } = await openChromium();
  page = await (await browser.newContext()).newPage();
  await page.goto(`${site.origin}${PAGE}`);
});
afterEach(() => page.context().close());
afterAll(async () => {
  await closeChromium();
  rmSync(folder, { recursive: true });
});

/** Compiles a port and serves it, with something before and after its code; gives back its URL. */
async function serve(source: string, { minify = false, before = "", after = "", ...options } = {}): Promise<string> {
  const file = join(folder, "port.ts");
  writeFileSync(file, source);
  const program = await compileForWeb(file, { minify });
  for (const item of program.files) {
    if (item.name === program.entry) item.contents = `${before}${item.contents}\n${after}`;
  }
  const cached = !(before || after); // names tell contents only where they are the compiler's
  return (await openChromium()).site.add(program, { cached, ...options });
}

/** Starts a port in the page; what it prints gathers in `window.out`. */
async function start(source: string, options = {}, given: RunOptions = {}): Promise<void> {
  const url = await serve(source, options);
  await page.evaluate(
    async ([url, given]) => {
      window.out = "";
      const print = (text: string) => {
        window.out += text;
      };
      const stdin = () =>
        new Promise<string>((resolve) => {
          window.answer = resolve;
        });
      window.program = await window.pythreads.run(url, { ...given, stdout: print, stderr: print, stdin });
    },
    [url, given] as const,
  );
}

const printed = (text: string) => page.waitForFunction((wanted) => window.out.includes(wanted), text);
const exitCode = () => page.evaluate(() => window.program.exitCode);
const out = () => page.evaluate(() => window.out);
const gone = () => page.evaluate(() => window.program.gone);

async function workers(count: number): Promise<void> {
  const { browser } = await openChromium();
  await expect.poll(() => countWorkers(browser), { timeout: 60_000 }).toBe(count);
}

const missing = chromium.unavailable();

describe.skipIf(missing !== null)("the page's own thread", () => {
  test.each([
    ["", true],
    [" without Atomics.waitAsync", false],
  ])("joins a program, awaits what its threads put, and never blocks%s", async (_, hasWaitAsync) => {
    if (!hasWaitAsync) {
      await page.addInitScript(() => Reflect.deleteProperty(Atomics, "waitAsync"));
      await page.reload();
      expect(await page.evaluate(() => "waitAsync" in Atomics)).toBe(false);
    }
    await page.addScriptTag({ url: BUNDLED, type: "module" });
    await page.waitForFunction(() => (window as { bundled?: boolean }).bundled);
    // Minified, its kernel has only what the program itself calls; the page gets the whole one.
    await start(
      `import { queue, threading } from "pythreads";
import { print } from "pythreads/builtins";
export const jobs = queue.Queue(2);
export const results = queue.PriorityQueue();
export const lock = threading.Lock();
export const done = threading.Event();
function worker() {
  for (let job = jobs.get(); job !== null; job = jobs.get()) {
    results.put(job * job);
    jobs.task_done();
  }
  lock.acquire();
  print("worker has the lock");
  done.set();
}
threading.Thread({ target: worker }).start();`,
      { minify: true },
    );
    const seen = await page.evaluate(async () => {
      const failure = (promise: Promise<unknown>) => promise.catch((error) => `${error.name}: ${error.message}`);
      const { jobs, results, lock, done } = await window.program.exports("jobs", "results", "lock", "done");
      const seen: unknown[] = [await lock.aio.acquire()];
      for (let i = 0; i < 5; i++) await jobs.aio.put(i);
      await jobs.aio.join();
      for (let i = 0; i < 5; i++) seen.push(await results.aio.get());
      try {
        results.get();
      } catch (error) {
        seen.push((error as Error).message);
      }
      const controller = new AbortController();
      const aborted = failure(results.aio.get({ signal: controller.signal }));
      controller.abort();
      seen.push(((await aborted) as string).replace(/:.*/, ""), await failure(results.aio.get({ timeout: 0.01 })));
      await jobs.aio.put(null);
      lock.release();
      seen.push(await done.aio.wait());
      seen.push(await window.program.exitCode, await failure(results.aio.get()));
      return seen;
    });
    const blocked = "get() would block this thread's event loop: await its .aio.get() instead";
    const ended = "RuntimeError: the program has ended";
    expect(seen).toEqual([true, 0, 1, 4, 9, 16, blocked, "AbortError", "Empty: ", true, 0, ended]);
    expect(await out()).toBe("worker has the lock\n");
    await gone();
    await workers(0);
  });
});

describe.skipIf(missing !== null)(`a program in a page${missing ? ` (skipped: ${missing})` : ""}`, () => {
  test("waits in input() for the page's answer, while the page is free", async () => {
    await start(`import { input, print } from "pythreads/builtins"; print("hello " + input("name? "));`);
    await printed("name? ");
    await page.evaluate(() => window.answer("page"));
    expect(await exitCode()).toBe(0);
    expect(await out()).toBe("name? hello page\n");
  });

  test.each([
    ["sleeps", "time.sleep(1000);"],
    ["waits for a lock", "const l = threading.Lock(); l.acquire(); l.acquire();"],
    ["waits for input", "input();"],
    [
      "joins a thread",
      "const t = threading.Thread({ target: time.sleep, args: [1000], daemon: true }); t.start(); t.join();",
    ],
  ])("gets KeyboardInterrupt from interrupt() while it %s", async (_, wait) => {
    await start(`import { threading, time } from "pythreads";
import { input, KeyboardInterrupt, print } from "pythreads/builtins";
print("begin");
try { ${wait} } catch (e) { print(e instanceof KeyboardInterrupt); }`);
    await printed("begin\n");
    await page.evaluate(() => window.program.interrupt());
    expect(await exitCode()).toBe(0);
    expect(await out()).toBe("begin\nTrue\n");
    await gone();
    await workers(0);
  });

  test("leaves no worker behind at its end, daemons and parked carriers included", async () => {
    await start(`import { threading, time } from "pythreads";
import { print, range } from "pythreads/builtins";
function forever() { while (true) time.sleep(0.01); }
for (const _ of range(3)) threading.Thread({ target: forever, daemon: true }).start();
const short = [...range(3)].map(() => threading.Thread({ target: time.sleep, args: [0.01] }));
for (const t of short) t.start();
for (const t of short) t.join();
print("end");`);
    expect(await exitCode()).toBe(0);
    await gone();
    await workers(0);
  });

  test.each([
    ["all of whose threads block", "const l = threading.Lock(); l.acquire(); l.acquire();"],
    ["whose threads compute", "let n = 0; while (true) n += 1;"],
    ["that catches everything", "while (true) { try { time.sleep(1000); } catch (e) {} }"],
  ])("is ended by terminate(), %s", async (_, body) => {
    await start(`import { threading, time } from "pythreads";
import { print, range } from "pythreads/builtins";
function work() { ${body} }
for (const _ of range(3)) threading.Thread({ target: work }).start();
print("begun");
work();`);
    await printed("begun");
    await page.evaluate(() => window.program.terminate());
    expect(await exitCode()).toBe(143);
    await gone();
    await workers(0);
  });

  test("prints the traceback of a thread by the port's lines, and ends with Python's exit code", async () => {
    await start(`import { threading, sys } from "pythreads";
function fail() {
  throw new Error("no luck");
}
const t = threading.Thread({ target: fail });
t.start();
t.join();
sys.exit(3);`);
    expect(await exitCode()).toBe(3);
    expect(await out()).toContain('File "port.ts", line 3, in fail\n    throw new Error("no luck");\n');
  });

  test("goes on in a page that is in the background", async () => {
    await start(`import { threading, time } from "pythreads";
import { print } from "pythreads/builtins";
const t = threading.Thread({ target: time.sleep, args: [0.2] });
print("begun");
t.start();
t.join();
threading.Timer(0.2, print, ["end"]).start();`);
    await printed("begun");
    const front = await page.context().newPage();
    await front.bringToFront();
    expect(await exitCode()).toBe(0);
    expect(await out()).toBe("begun\nend\n");
    await front.close();
  });

  test("keeps its names and its closures when it is minified", async () => {
    await start(
      `import { threading, time } from "pythreads";
import { dict, print, repr } from "pythreads/builtins";
function outer(step: number) {
  function inner() { return step; }
  return { inner, method() { print(step, inner.name); } };
}
class Account { deposit() { class Local {} return Local; } }
const t = threading.Thread({ target: outer(3).method });
t.start();
t.join();
print(t.name, time.sleep.name, repr(print), new Account().deposit().name, Account.name, dict({ a: 1 }).keys());
function fail() {
  throw new Error("no luck");
}
fail();`,
      { minify: true },
    );
    expect(await exitCode()).toBe(1);
    const text = await out();
    expect(text).toContain(
      "3 inner\nThread-1 (method) sleep <built-in function print> Local Account dict_keys(['a'])\n",
    );
    expect(text).toContain(
      'File "port.ts", line 15, in <module>\n    fail();\n  File "port.ts", line 13, in fail\n    throw new Error("no luck");\n',
    );
  });

  test("goes on when its page was frozen for a while", async () => {
    await start(`import { threading, time } from "pythreads";
import { input, print } from "pythreads/builtins";
const done = threading.Event();
threading.Thread({ target: () => { input(); done.set(); } }).start();
print("begun");
while (!done.wait(0.01)) time.sleep(0.01);
print("end");`);
    await printed("begun");
    const session = await page.context().newCDPSession(page);
    await session.send("Page.setWebLifecycleState", { state: "frozen" });
    await session.send("Page.setWebLifecycleState", { state: "active" });
    await page.evaluate(() => window.answer(""));
    expect(await exitCode()).toBe(0);
    expect(await out()).toBe("begun\nend\n");
  });

  test("awaits on any of its threads where the engine has no Atomics.waitAsync", async () => {
    await start(
      `import { queue, threading } from "pythreads";
import { print } from "pythreads/builtins";
const [jobs, results] = [queue.Queue(1), queue.Queue()];
async function worker() {
  for (let job = await jobs.aio.get(); job !== null; job = await jobs.aio.get()) results.put(job * job);
}
const threads = [1, 2].map(() => threading.Thread({ target: worker }));
for (const t of threads) t.start();
for (let i = 0; i < 6; i++) await jobs.aio.put(i);
for (const t of threads) await jobs.aio.put(null);
for (const t of threads) await t.aio.join();
let sum = 0;
for (let i = 0; i < 6; i++) sum += await results.aio.get();
print(typeof (Atomics as any).waitAsync, sum);`,
      { before: "delete Atomics.waitAsync;\n" },
    );
    expect(await exitCode()).toBe(0);
    expect(await out()).toBe("undefined 55\n");
  });

  test("has what it asks its supervisor for: an alarm", async () => {
    await start(
      `import { signal } from "pythreads";
import { print } from "pythreads/builtins";
signal.signal(signal.SIGALRM, (signum: number) => print("alarm", signum));
signal.alarm(1);
signal.pause();`,
      { minify: true },
    );
    expect(await exitCode()).toBe(0);
    expect(await out()).toBe("alarm 14\n");
  });

  test("holds no page up and is held up by none", async () => {
    await start(`import { time } from "pythreads";
import { print } from "pythreads/builtins";
print("begun");
time.sleep(0.3);
print(time.monotonic());`);
    await printed("begun");
    const [until, text] = await page.evaluate(async () => {
      const end = performance.now() + 1000;
      while (performance.now() < end);
      await window.program.exitCode;
      return [(performance.timeOrigin + end) / 1000, window.out] as const;
    });
    expect(Number(text.split("\n")[1])).toBeLessThan(until);
  });
});

describe.skipIf(missing !== null)("bad luck is an error, never a hang", () => {
  const outcome = (url: string) =>
    page.evaluate(
      (url) =>
        window.pythreads.run(url).then(
          ({ exitCode }) => exitCode,
          (error: Error) => error.message,
        ),
      url,
    );

  test("a program that is not there", async () => {
    expect(await outcome("/programs/none.js")).toMatch(/none\.js could not be loaded.*pythreads\/vite/);
  });

  test("a program that is no program", async () => {
    expect(await outcome("/page.js")).toMatch(/page\.js could not be loaded/);
  });

  test("a kernel that is not there", async () => {
    const url = await serve("0;");
    await page.route("**/kernel-*.wasm", (route) => route.fulfill({ status: 404 }));
    expect(await outcome(url)).toMatch(/kernel.*404/);
  });

  test("memory refused", async () => {
    const after =
      'WebAssembly.Memory = class { constructor() { throw new RangeError("could not allocate memory"); } };';
    expect(await outcome(await serve("0;", { after }))).toMatch(/could not allocate memory/);
  });

  test("a worker to which the memory cannot be given", async () => {
    const before = `Worker = class extends Worker {
  postMessage() { throw new DOMException("SharedArrayBuffer could not be cloned", "DataCloneError"); }
};\n`;
    expect(await outcome(await serve("0;", { before }))).toMatch(/could not be cloned/);
  });

  test("memory that runs out", async () => {
    await start(
      `import { MemoryError, list, print, range } from "pythreads/builtins";
import { queue } from "pythreads";
const q = queue.Queue();
try {
  for (const i of range(1e6)) q.put("x".repeat(10000) + i);
} catch (e) {
  print(e instanceof MemoryError);
}
print(q.get().length);`,
      {},
      { memory: 4 },
    );
    expect(await exitCode()).toBe(0);
    expect(await out()).toBe("True\n10001\n");
  });

  test("a main thread whose worker cannot load its script", async () => {
    const before = `Worker = class extends Worker {
  constructor(url, options) { super(url.replace(".js", "-nowhere.js"), options); }
};\n`;
    await start(`import { print } from "pythreads/builtins"; print("never");`, { before });
    expect(await exitCode()).toBe(1);
    expect(await out()).toMatch(/^The main thread died: the worker's script could not be loaded: .*\n$/);
    await gone();
  });

  test("a page that is not cross-origin isolated", async () => {
    const { site } = await openChromium();
    await page.goto(`${site.origin}${BARE}`);
    const message = await outcome("/programs/none.js");
    expect(message).toMatch(/crossOriginIsolated is false.*Cross-Origin-Opener-Policy: same-origin.*pythreads\/coi/);
  });

  test("a thread whose worker cannot be made", async () => {
    await start(
      `import { threading, time } from "pythreads";
import { input, print, RuntimeError, isinstance } from "pythreads/builtins";
print("begun");
input();
const threads = [1, 2, 3, 4, 5].map(() => threading.Thread({ target: time.sleep, args: [0.5] }));
try {
  for (const t of threads) t.start();
} catch (e) {
  print(isinstance(e, RuntimeError), e.message);
}`,
      { cached: false },
    );
    await printed("begun");
    (await openChromium()).site.remove();
    await page.evaluate(() => window.answer(""));
    expect(await exitCode()).toBe(0);
    expect(await out()).toContain("can't start new thread");
  });

  test.each([
    ["throws when it has loaded", "post.call(self, message); throw new Error('no luck');"],
    ["throws before", "throw new Error('no luck');"],
  ])("a thread whose worker %s", async (_, instead) => {
    const before = `if (self.name.startsWith("carrier")) {
  const post = self.postMessage;
  self.postMessage = (message) => {
    if (message.kind === "ready") { ${instead} }
    post.call(self, message);
  };
}
`;
    await start(
      `import { threading } from "pythreads";
import { print, repr } from "pythreads/builtins";
try {
  threading.Thread({ target: print }).start();
} catch (e) {
  print(repr(e));
}`,
      { before },
    );
    expect(await exitCode()).toBe(0);
    expect(await out()).toContain(`RuntimeError("can't start new thread")`);
    expect(await out()).toContain("A thread died: Uncaught Error: no luck");
  });
});
