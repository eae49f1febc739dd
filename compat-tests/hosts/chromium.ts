// Headless Chromium: each program in a page of its own, which runs it as a user's page does.
import { existsSync } from "node:fs";
import type { Browser } from "playwright-core";
import type { Host, RunOptions, RunResult } from "./host.js";
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

async function run(file: string, { options = [], args = [], stdin = "", timeout }: RunOptions): Promise<RunResult> {
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
    const carriers = Number(options[options.indexOf("--carriers") + 1] ?? 0) || 0;
    return await page.evaluate(runInPage, { program, argv: [...args], carriers, stdin, timeout });
  } finally {
    await page.close();
  }
}

interface PageOrder {
  program: string;
  argv: string[];
  carriers: number;
  stdin: string;
  timeout: number;
}

/** Runs in the page. */
async function runInPage({ program, argv, carriers, stdin, timeout }: PageOrder): Promise<RunResult> {
  const { run } = (globalThis as unknown as { pythreads: typeof import("../../src/web/run.js") }).pythreads;
  const result = { stdout: "", stderr: "", code: null as number | null, ms: 0, timedOut: false };
  const lines = stdin.split("\n");
  if (lines.at(-1) === "") lines.pop();
  const begin = performance.now();
  const running = await run(program, {
    argv,
    carriers,
    stdin: () => lines.shift() ?? null,
    stdout: (text) => {
      result.stdout += text;
    },
    stderr: (text) => {
      result.stderr += text;
    },
  });
  const hung = new Promise<null>((resolve) => setTimeout(resolve, timeout, null));
  result.code = await Promise.race([running.exitCode, hung]);
  result.timedOut = result.code === null;
  result.ms = performance.now() - begin;
  return result;
}

export const chromium: Host = {
  name: "chromium",
  unavailable: () =>
    existsSync(EXECUTABLE) ? null : `${EXECUTABLE} is not there (PYTHREADS_CHROMIUM may name another)`,
  run,
};
