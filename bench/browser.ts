// What a page waits for, in headless Chromium: `npm run bench:browser [name…]`. Each scenario says what it measures.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { closeChromium, openChromium } from "../compat-tests/hosts/chromium.js";
import { compileForWeb } from "../compat-tests/hosts/package.js";
import { PAGE } from "../compat-tests/hosts/site.js";
import { countWorkers, rendererMemory } from "../compat-tests/hosts/workers.js";

declare const pythreads: typeof import("../src/web/run.js");

const folder = mkdtempSync(join(tmpdir(), "pythreads-bench-"));

async function serve(source: string): Promise<string> {
  const file = join(folder, "port.ts");
  writeFileSync(file, source);
  return (await openChromium()).site.add(await compileForWeb(file, { minify: true }));
}

/** Runs a program to its end; gives back what it printed, and when its first text came. */
function runOnce(page: Page, url: string, carriers = 0) {
  return page.evaluate(
    async ([url, carriers]) => {
      const begin = performance.now();
      let first = Number.NaN;
      let out = "";
      const print = (text: string) => {
        if (out === "") first = performance.now() - begin;
        out += text;
      };
      const program = await pythreads.run(url, { carriers, stdout: print, stderr: print });
      await program.exitCode;
      return { first, out };
    },
    [url, carriers] as const,
  );
}

function quantiles(values: number[]): string {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (q: number) => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]!.toFixed(3);
  return `median ${at(0.5)}, p95 ${at(0.95)}, of ${values.length}`;
}

const HELLO = `import { print } from "pythreads/builtins"; print("hello");`;

const scenarios: Record<string, (page: Page) => Promise<string>> = {
  /** From run() to the first line that the page gets, script in the cache, each run with all workers new. */
  async "first line, ms"(page) {
    const url = await serve(HELLO);
    const values = [];
    for (let i = 0; i < 30; i++) values.push((await runOnce(page, url)).first);
    return `${quantiles(values)}; the very first ${values[0]!.toFixed(0)}`;
  },

  /** One thread after another that does nothing, with four parked carriers. */
  async "thread start + join, ms"(page) {
    const url = await serve(`import { threading, time } from "pythreads";
import { print } from "pythreads/builtins";
function nothing() {}
const times: number[] = [];
for (let i = 0; i < 3000; i++) {
  const begin = time.perf_counter();
  const t = threading.Thread({ target: nothing });
  t.start();
  t.join();
  times.push((time.perf_counter() - begin) * 1000);
}
print(JSON.stringify([...times]));`);
    return quantiles(JSON.parse((await runOnce(page, url, 4)).out).slice(500));
  },

  /** All started before the first ends. */
  async "200 threads alive"(page) {
    const url = await serve(`import { threading, time } from "pythreads";
import { print, range } from "pythreads/builtins";
const go = threading.Event();
function wait() {
  go.wait();
}
const begin = time.perf_counter();
const threads = [...range(200)].map(() => threading.Thread({ target: wait }));
for (const t of threads) t.start();
const alive = threading.active_count() - 1;
const seconds = time.perf_counter() - begin;
go.set();
for (const t of threads) t.join();
print(\`\${alive} threads within \${seconds.toFixed(1)} s\`);`);
    return (await runOnce(page, url)).out.trim();
  },

  /** A thousand programs of one thread each, one after the other, in one page. */
  async "1,000 runs"(page) {
    const { browser } = await openChromium();
    const url = await serve(`import { threading } from "pythreads";
const t = threading.Thread({ target: Math.random });
t.start();
t.join();`);
    const figures = [];
    for (let i = 0; i <= 10; i++) {
      for (let j = 0; j < 100 && i > 0; j++) await runOnce(page, url);
      if (i % 5 === 0 || i === 1) figures.push(`after ${i * 100}: ${(await rendererMemory(browser)).toFixed(0)} MiB`);
    }
    while ((await countWorkers(browser)) > 0);
    return `${figures.join(", ")}; no worker left`;
  },
};

const { browser, site } = await openChromium();
console.log(`Chromium ${browser.version()}, ${cpus().length} cores, ${cpus()[0]?.model}`);
const wanted = process.argv.slice(2);
try {
  for (const [name, measure] of Object.entries(scenarios)) {
    if (wanted.length > 0 && !wanted.some((part) => name.includes(part))) continue;
    const page = await browser.newPage();
    await page.goto(`${site.origin}${PAGE}`);
    console.log(`${name}: ${await measure(page)}`);
    await page.close();
  }
} finally {
  await closeChromium();
  rmSync(folder, { recursive: true });
}
