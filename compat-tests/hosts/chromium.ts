// Headless Chromium: each program in a page of its own, which runs it as a user's page does.
import { existsSync } from "node:fs";
import type { Browser } from "playwright-core";
import type { Host, RunOptions, RunResult } from "./host.js";
import { pageOrder, runInPage } from "./in_page.js";
import { compileForWeb } from "./package.js";
import { PAGE, type SiteServer, serve } from "./site.js";

const EXECUTABLE = process.env.PYTHREADS_CHROMIUM ?? "/usr/bin/chromium";
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

let opened: Promise<{ browser: Browser; site: SiteServer }> | undefined;

/** The one browser of this suite, and the site its pages are on. */
export function openChromium() {
  opened ??= (async () => {
    const { chromium } = await import("playwright-core");
    const [browser, site] = await Promise.all([
      chromium.launch({ executablePath: EXECUTABLE, args: ARGUMENTS, headless: true }),
      serve(),
    ]);
    return { browser, site };
  })();
  return opened;
}

export async function closeChromium(): Promise<void> {
  const { browser, site } = (await opened) ?? {};
  await browser?.close();
  await site?.close();
}

async function run(file: string, options: RunOptions): Promise<RunResult> {
  const { browser, site } = await openChromium();
  let program: string;
  try {
    program = site.add(await compileForWeb(file, { minify: true }));
  } catch (error) {
    // As the command line does.
    return { stdout: "", stderr: `${(error as Error).message}\n`, code: 2, ms: 0, timedOut: false };
  }
  const page = await browser.newPage();
  try {
    await page.goto(`${site.origin}${PAGE}`);
    return await page.evaluate(runInPage, pageOrder(program, options));
  } finally {
    await page.close();
  }
}

export const chromium: Host = {
  name: "chromium",
  unavailable: () =>
    existsSync(EXECUTABLE) ? null : `${EXECUTABLE} is not there (PYTHREADS_CHROMIUM may name another)`,
  run,
};
