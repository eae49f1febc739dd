// Headless Firefox, as Debian has it: no driver speaks to it. It opens a page of ours that asks the site for programs,
// runs one after the other, and tells how each ended.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { Host, RunOptions, RunResult } from "./host.js";
import { type PageOrder, pageOrder, runInPage } from "./in_page.js";
import { compileForWeb } from "./package.js";
import { type SiteServer, serve } from "./site.js";

const EXECUTABLE = process.env.PYTHREADS_FIREFOX ?? "/usr/bin/firefox-esr";
const PREFERENCES: Record<string, string | number | boolean> = {
  "app.normandy.enabled": false,
  "browser.aboutwelcome.enabled": false,
  "browser.safebrowsing.update.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "extensions.update.enabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "toolkit.telemetry.enabled": false,
};
const HTML = '<!doctype html><meta charset="utf-8"><script type="module" src="/runner.js"></script>';
const SCRIPT = `import * as pythreads from "/dist/web/run.js";
globalThis.pythreads = pythreads;
${runInPage}
while (true) {
  const order = await (await fetch("/order")).json();
  const body = await runInPage(order).catch((error) => ({ failed: String(error) }));
  await fetch("/outcome", { method: "POST", body: JSON.stringify(body) });
}`;

type Outcome = RunResult | { failed: string };

/** Programs wait here for the page, or the page for programs. */
class Exchange {
  #waiting: ServerResponse | undefined;
  #order: PageOrder | undefined;
  #told: (outcome: Outcome) => void = () => {};

  /** Has the page run a program. One at a time. */
  give(order: PageOrder): Promise<Outcome> {
    return new Promise((told) => {
      this.#order = order;
      this.#told = told;
      this.#send();
    });
  }

  handle(path: string, request: IncomingMessage, response: ServerResponse): boolean {
    if (path === "/order") {
      this.#waiting = response;
      this.#send();
    } else if (path === "/outcome") {
      void text(request).then((body) => {
        response.end();
        this.#told(JSON.parse(body));
      });
    } else return false;
    return true;
  }

  #send(): void {
    if (!this.#waiting || !this.#order) return;
    this.#waiting.setHeader("Content-Type", "application/json");
    this.#waiting.end(JSON.stringify(this.#order));
    this.#waiting = undefined;
    this.#order = undefined;
  }
}

interface Opened {
  site: SiteServer;
  exchange: Exchange;
  browser: ChildProcess;
  profile: string;
}

let opened: Promise<Opened> | undefined;

function open(): Promise<Opened> {
  opened ??= (async () => {
    const exchange = new Exchange();
    const pages = { "/runner.html": HTML, "/runner.js": SCRIPT };
    const site = await serve(pages, (...given) => exchange.handle(...given));
    const profile = mkdtempSync(join(tmpdir(), "pythreads-firefox-"));
    const lines = Object.entries(PREFERENCES).map(
      ([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`,
    );
    writeFileSync(join(profile, "user.js"), lines.join(""));
    const page = `${site.origin}/runner.html`;
    const browser = spawn(EXECUTABLE, ["--headless", "--no-remote", "--profile", profile, page], { stdio: "ignore" });
    return { site, exchange, browser, profile };
  })();
  return opened;
}

export async function closeFirefox(): Promise<void> {
  if (!opened) return;
  const { browser, site, profile } = await opened;
  const ended = new Promise((resolve) => browser.once("exit", resolve));
  browser.kill();
  await ended;
  await site.close();
  rmSync(profile, { recursive: true, maxRetries: 5 });
}

async function run(file: string, options: RunOptions): Promise<RunResult> {
  const { site, exchange } = await open();
  let program: string;
  try {
    program = site.add(await compileForWeb(file, { minify: true }));
  } catch (error) {
    return { stdout: "", stderr: `${(error as Error).message}\n`, code: 2, ms: 0, timedOut: false };
  }
  const outcome = await exchange.give(pageOrder(program, options));
  if ("failed" in outcome) throw new Error(outcome.failed);
  return outcome;
}

export const firefox: Host = {
  name: "firefox",
  unavailable: () =>
    existsSync(EXECUTABLE) ? null : `${EXECUTABLE} is not there (PYTHREADS_FIREFOX may name another)`,
  run,
};
