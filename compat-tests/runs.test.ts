// A page that runs programs all day: nothing of them is left behind.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { chromium, closeChromium, openChromium } from "./hosts/chromium.js";
import { compileForWeb } from "./hosts/package.js";
import { PAGE } from "./hosts/site.js";
import { countWorkers, rendererMemory } from "./hosts/workers.js";

declare const window: typeof globalThis & { pythreads: typeof import("../src/web/run.js") };

const RUNS = 1000;
/** So many at a time, each lane one after the other: a program alone leaves most of a processor idle. */
const LANES = 4;
/** MiB: a program's memory alone has 4, its four workers some 10, so that one in a hundred kept would show. */
const SLACK = 60;
const PORT = `import { threading } from "pythreads";
import { print } from "pythreads/builtins";
function work() { print("done"); }
const t = threading.Thread({ target: work });
t.start();
t.join();`;

const folder = mkdtempSync(join(tmpdir(), "pythreads-runs-"));
const missing = chromium.unavailable();

afterAll(async () => {
  await closeChromium();
  rmSync(folder, { recursive: true });
});

/** Runs in the page. Gives back how many runs printed what they should and ended with 0. */
async function runMany({ url, runs, lanes }: { url: string; runs: number; lanes: number }): Promise<number> {
  let good = 0;
  let left = runs;
  async function lane() {
    while (left-- > 0) {
      let text = "";
      const print = (more: string) => {
        text += more;
      };
      const program = await window.pythreads.run(url, { stdout: print, stderr: print });
      if ((await program.exitCode) === 0 && text === "done\n") good++;
      await program.gone;
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane));
  return good;
}

describe.skipIf(missing !== null)(`${RUNS} programs in a page${missing ? ` (skipped: ${missing})` : ""}`, () => {
  test("leave no worker and no memory behind", { timeout: 1_200_000 }, async () => {
    const file = join(folder, "port.ts");
    writeFileSync(file, PORT);
    const { browser, site } = await openChromium();
    const url = site.add(await compileForWeb(file, { minify: true }));
    const page = await browser.newPage();
    await page.goto(`${site.origin}${PAGE}`);
    const settle = () => expect.poll(() => countWorkers(browser), { timeout: 120_000 }).toBe(0);
    const warm = RUNS / 10;
    expect(await page.evaluate(runMany, { url, runs: warm, lanes: LANES })).toBe(warm);
    await settle();
    const before = await rendererMemory(browser);
    expect(await page.evaluate(runMany, { url, runs: RUNS - warm, lanes: LANES })).toBe(RUNS - warm);
    await settle();
    const after = await rendererMemory(browser);
    console.log(`${RUNS} runs: renderer ${Math.round(before)} MiB after ${warm}, ${Math.round(after)} MiB after all`);
    expect(after - before).toBeLessThan(SLACK);
  });
});
