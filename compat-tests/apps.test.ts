// Apps as users have them: the package from `npm pack`, built by Vite, esbuild, Rollup and webpack, used in Chromium.

import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import type * as Vite from "vite";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { runChild } from "./hosts/child.js";
import { chromium, closeChromium, openChromium } from "./hosts/chromium.js";
import { type StaticServer, serveFolder } from "./hosts/site.js";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const missing = chromium.unavailable();
/** A bundler's time on a loaded machine. */
const TEST_TIMEOUT = 600_000;
const folder = mkdtempSync(join(tmpdir(), "pythreads-apps-"));
const app = (name: string) => join(folder, name);

let page: Page;

/** A command in an app's folder; its output is shown if it fails. */
async function command(name: string, file: string, ...args: string[]): Promise<void> {
  const { code, stdout, stderr } = await runChild(process.execPath, [file, ...args], { timeout: 150_000, cwd: name });
  expect({ code, output: code === 0 ? "" : stdout + stderr }).toEqual({ code: 0, output: "" });
}

/** The apps, with the package's own files and beside it what it depends on. */
async function install(): Promise<void> {
  cpSync(join(ROOT, "compat-tests/browser/apps"), folder, { recursive: true });
  const { stdout } = await runChild("npm", ["pack", "--silent", "--pack-destination", folder], {
    timeout: 150_000,
    cwd: ROOT,
  });
  const modules = join(folder, "node_modules");
  mkdirSync(join(modules, "pythreads"), { recursive: true });
  const tarball = join(folder, stdout.trim().split("\n").at(-1)!);
  await runChild("tar", ["-xzf", tarball, "--strip-components=1", "-C", join(modules, "pythreads")], {
    timeout: 150_000,
  });
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  for (const name of [...Object.keys(dependencies), "vite", "rollup", "@rollup/plugin-node-resolve", "webpack"]) {
    mkdirSync(join(modules, name, ".."), { recursive: true });
    symlinkSync(join(ROOT, "node_modules", name), join(modules, name));
  }
}

async function countPrimes(url: string): Promise<void> {
  await page.goto(url);
  await page.click("#start");
  await page.waitForFunction(() => document.getElementById("output")!.textContent!.includes("exit code"));
  expect(await page.textContent("#output")).toBe("2262 primes below 20000\n(exit code 0)\n");
}

async function words(url: string): Promise<void> {
  await page.goto(url);
  await page.waitForFunction(() => document.getElementById("output")!.textContent !== "");
  expect(await page.textContent("#output")).toBe("10 words\n(threads alive: 1)\n");
}

async function squares(url: string): Promise<void> {
  await page.goto(url);
  await page.waitForFunction(() => document.getElementById("output")!.textContent!.includes("exit code"));
  const text = await page.textContent("#output");
  expect(text).toContain(
    'squares.ts", line 11, in work\n    throw new Error("no more numbers");\nError: no more numbers\n',
  );
  expect(text).toMatch(/\n\[0, 1, 4, 9\]\n\(exit code 0\)\n$/);
}

async function guess(url: string): Promise<void> {
  await page.goto(url);
  for (const number of ["3", "9", "7"]) {
    await page.fill("#input:enabled", number);
    await page.press("#input", "Enter");
  }
  await page.waitForFunction(() => document.getElementById("output")!.textContent!.includes("exit code"));
  const lines = ["your guess: 3", "more", "your guess: 9", "less", "your guess: 7", "right", "(exit code 0)"];
  expect(await page.textContent("#output")).toBe(`${lines.join("\n")}\n`);
}

describe.skipIf(missing !== null)(`an app with the packed package${missing ? ` (skipped: ${missing})` : ""}`, () => {
  const vite = async (name = "vite") =>
    (await import(pathToFileURL(join(ROOT, `node_modules/${name}/dist/node/index.js`)).href)) as typeof Vite;

  beforeAll(install, 300_000);
  beforeEach(async () => {
    page = await (await openChromium()).browser.newPage();
    page.setDefaultTimeout(TEST_TIMEOUT / 2);
    return () => page.close();
  });
  afterAll(async () => {
    await closeChromium();
    rmSync(folder, { recursive: true });
  });

  test.each([
    ["runs", "vite", countPrimes],
    ["uses the library without a port", "library", words],
  ])("%s in Vite's dev server", async (_, name, use) => {
    const { createServer } = await vite();
    const server = await createServer({ root: app(name), server: { host: "127.0.0.1", port: 0 }, logLevel: "error" });
    await server.listen();
    try {
      await use(server.resolvedUrls!.local[0]!);
    } finally {
      await server.close();
    }
  });

  test.each([
    ["runs", "vite", "vite", countPrimes],
    ["runs", "vite7", "vite", countPrimes],
    ["runs", "vite6", "vite", countPrimes],
    ["runs", "vite5", "vite", countPrimes],
    ["uses the library without a port", "vite", "library", words],
    ["uses the library without a port", "vite5", "library", words],
  ])("%s in the preview of the app built by %s", { timeout: TEST_TIMEOUT }, async (_, version, name, use) => {
    const { build, preview } = await vite(version);
    await build({ root: app(name), logLevel: "error" });
    const server = await preview({ root: app(name), preview: { host: "127.0.0.1", port: 0 }, logLevel: "error" });
    try {
      await use(server.resolvedUrls!.local[0]!);
    } finally {
      await server.close();
    }
  });

  test.each(["rollup", "webpack"])("runs when built with %s", { timeout: TEST_TIMEOUT }, async (name) => {
    await command(app("squares"), `${name}.js`);
    const server = await serveFolder(join(app("squares"), "dist", name), true);
    try {
      await squares(`${server.origin}/index.html`);
    } finally {
      await server.close();
    }
  });

  describe("built with esbuild", () => {
    let server: StaticServer;
    beforeAll(() => command(app("esbuild"), "build.js"));

    test.each([
      ["runs where the server sets the headers", true],
      ["runs by pythreads/coi where it cannot", false],
    ])("%s", async (_, isolated) => {
      server = await serveFolder(join(app("esbuild"), "dist"), isolated);
      try {
        await guess(`${server.origin}/index.html`);
      } finally {
        await server.close();
      }
    });
  });
});
