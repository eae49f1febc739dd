// The library in a page's own modules, without a compiled port: the page's thread awaits what its threads do.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { chromium, closeChromium, openChromium } from "./hosts/chromium.js";

// Within the package, so that its modules are found by its own name.
const PLACE = fileURLToPath(new URL("../build/", import.meta.url));
const TEST_TIMEOUT = 150_000;
const PATIENCE = { timeout: TEST_TIMEOUT };

const TASKS = `import { targets, threading } from "pythreads";
import { object, print, ValueError } from "pythreads/builtins";
export class Job extends object {
  constructor(n) {
    super();
    this.n = n;
  }
}
export function double(jobs, results) {
  for (let job = jobs.get(); job !== null; job = jobs.get()) { // blocks
    job.n *= 2;
    results.put(job);
    jobs.task_done();
  }
  print("done in", threading.current_thread().name);
}
export function failing() {
  throw ValueError("oh");
}
targets(import.meta.url, { Job, double, failing });
`;

interface App {
  /** The modules that are entries of their own, main.js besides. */
  entries?: string[];
  files: Record<string, string>;
}

let page: Page;
let said: string[];

/** Opens a page with the app as esbuild bundles it; gives back what its `main()` gives. */
async function open({ entries = [], files }: App): Promise<unknown> {
  mkdirSync(PLACE, { recursive: true });
  const folder = mkdtempSync(join(PLACE, "page-"));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const { outputFiles } = await build({
      entryPoints: ["main.js", ...entries].map((name) => join(folder, name)),
      bundle: true,
      splitting: true,
      format: "esm",
      outdir: folder,
      write: false,
      minify: true,
      keepNames: true,
      tsconfigRaw: {}, // an app's, not this project's
    });
    const script = '<!doctype html><meta charset="utf-8"><script type="module" src="main.js"></script>';
    const { site } = await openChromium();
    const built = outputFiles.map(({ path, contents }) => ({ name: basename(path), contents }));
    const program = { entry: "app.html", files: [{ name: "app.html", contents: script }, ...built] };
    await page.goto(site.origin + site.add({ ...program, ports: [], warnings: [] }, { cached: false }));
  } finally {
    rmSync(folder, { recursive: true });
  }
  await page.waitForFunction(() => "main" in window);
  return page.evaluate(() => (window as unknown as { main(): unknown }).main());
}

const missing = chromium.unavailable();

describe.skipIf(missing !== null)(
  `the library in a page's own modules${missing ? ` (skipped: ${missing})` : ""}`,
  () => {
    beforeEach(async () => {
      page = await (await openChromium()).browser.newPage();
      page.setDefaultTimeout(TEST_TIMEOUT);
      said = [];
      page.on("console", (message) => said.push(message.text()));
    });
    afterEach(() => page.close());
    afterAll(closeChromium);

    test("runs targets on threads, shares instances with them, and awaits them", {
      timeout: TEST_TIMEOUT,
    }, async () => {
      const outcome = await open({
        entries: ["tasks.js"],
        files: {
          "tasks.js": TASKS,
          "main.js": `import { queue, ready, threading } from "pythreads";
import { double, failing, Job } from "./tasks.js";
document.title = "no thread comes by here";
window.main = async () => {
  await ready();
  const [jobs, results] = [queue.Queue(2), queue.Queue()];
  const threads = ["a", "b"].map((name) => threading.Thread({ target: double, args: [jobs, results], name }));
  for (const t of threads) t.start();
  const job = new Job(21);
  await jobs.aio.put(job);
  const back = await results.aio.get();
  const seen = [back === job, back.n];
  for (let i = 0; i < 4; i++) await jobs.aio.put(new Job(i));
  await jobs.aio.join();
  const numbers = [];
  for (let i = 0; i < 4; i++) numbers.push((await results.aio.get()).n);
  seen.push(numbers.sort().join());
  try {
    results.get();
  } catch (error) {
    seen.push(error.message);
  }
  for (const _ of threads) await jobs.aio.put(null);
  for (const t of threads) await t.aio.join();
  const t = threading.Thread({ target: failing, name: "t" });
  t.start();
  await t.aio.join();
  return [...seen, threads.map((t) => t.is_alive()).join(), threading.current_thread().name];
};`,
        },
      });
      const blocked = "get() would block this thread's event loop: await its .aio.get() instead";
      expect(outcome).toEqual([true, 42, "0,2,4,6", blocked, "false,false", "MainThread"]);
      const told = (begin: string) => expect.poll(() => said.filter((text) => text.startsWith(begin)).sort(), PATIENCE);
      await told("done").toEqual(["done in a", "done in b"]);
      const report = /^Exception in thread t:\nTraceback .*, in failing\n.*ValueError: oh$/s;
      await told("Exception").toEqual([expect.stringMatching(report)]);
    });

    test("needs one file where nothing of the page comes before targets()", { timeout: TEST_TIMEOUT }, async () => {
      const main = `import { Queue } from "pythreads/queue";
import { ready, targets, threading } from "pythreads";
function squares(q, results) {
  for (let n = q.get(); n !== null; n = q.get()) results.put(n * n);
}
targets(import.meta.url, { squares });
window.main = async () => {
  await ready();
  const [q, results] = [Queue(), Queue()];
  const t = threading.Thread({ target: squares, args: [q, results] });
  await t.aio.start();
  for (const n of [7, null]) q.put(n);
  await t.aio.join();
  return results.get();
};`;
      expect(await open({ files: { "main.js": main } })).toBe(49);
    });

    test("is not used before it is ready", { timeout: TEST_TIMEOUT }, async () => {
      const main = `import { ready, threading } from "pythreads";
window.main = async () => {
  const lock = threading.Lock();
  try {
    lock.acquire();
  } catch (error) {
    await ready();
    return [error.name, error.message, lock.acquire()];
  }
};`;
      const text = "no program runs here yet: `await ready()` of pythreads first";
      expect(await open({ files: { "main.js": main } })).toEqual(["RuntimeError", text, true]);
    });

    test("waits in a thread's copy of a module until the thread is one", { timeout: TEST_TIMEOUT }, async () => {
      const outcome = await open({
        entries: ["tasks.js"],
        files: {
          "tasks.js": `import { ready, targets, threading } from "pythreads";
await ready();
const lock = threading.Lock();
lock.acquire();
export function locked(results) {
  results.put(lock.locked());
}
targets(import.meta.url, { locked });`,
          "main.js": `import { queue, threading } from "pythreads";
import { locked } from "./tasks.js";
window.main = async () => {
  const results = queue.Queue();
  threading.Thread({ target: locked, args: [results] }).start();
  return results.aio.get();
};`,
        },
      });
      expect(outcome).toBe(true);
    });

    test("a module of targets that threads cannot load is an error", { timeout: TEST_TIMEOUT }, async () => {
      const outcome = await open({
        entries: ["tasks.js"],
        files: {
          "tasks.js": `import { targets } from "pythreads";
document.title = "only a page has one";
export function work() {}
targets(import.meta.url, { work });`,
          "main.js": `import { ready, threading } from "pythreads";
import { work } from "./tasks.js";
window.main = async () => {
  await ready();
  const t = threading.Thread({ target: work });
  return t.aio.start().catch((error) => [error.name, error.message]);
};`,
        },
      });
      expect(outcome).toEqual(["RuntimeError", "can't start new thread"]);
      await expect.poll(() => said.join("\n"), PATIENCE).toContain("document is not defined");
    });
  },
);
