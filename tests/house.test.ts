// The house's own rules, shown to bite.
import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";

const ROOT = new URL("..", import.meta.url).pathname;

/** Lints the files in a house of the same rules; gives back the paths that break an arrow. */
function lint(files: Record<string, string>): string[] {
  const house = mkdtempSync(join(tmpdir(), "house-"));
  onTestFinished(() => rmSync(house, { recursive: true }));
  copyFileSync(join(ROOT, "biome.json"), join(house, "biome.json"));
  for (const [path, source] of Object.entries(files)) {
    mkdirSync(join(house, dirname(path)), { recursive: true });
    writeFileSync(join(house, path), source);
  }
  const biome = join(ROOT, "node_modules/.bin/biome");
  const { stdout } = spawnSync(biome, ["lint", "--reporter=json", "."], { cwd: house, encoding: "utf8" });
  const found: { category: string; location: { path: string | { file: string } } }[] = JSON.parse(stdout).diagnostics;
  return found
    .filter(({ category }) => category === "lint/style/noRestrictedImports")
    .map(({ location: { path } }) => (typeof path === "string" ? path : path.file))
    .sort();
}

test("the linter keeps the arrows between the rooms", () => {
  const forbidden: Record<string, string> = {
    "src/exceptions/bad.ts": "../runtime/wait",
    "src/kernel/bad.ts": "../runtime/words",
    "src/platform/bad.ts": "../kernel/kernel",
    "src/port/bad.ts": "../builtins/repr",
    "src/runtime/bad.ts": "../threading/lock",
    "src/threading/bad.ts": "../platform/node",
    "src/time_bad.ts": "#platform",
  };
  const files: Record<string, string> = {};
  for (const [path, target] of Object.entries(forbidden)) {
    files[path] = `import { x } from "${target}";\nx();\n`;
    files[path.replace("bad", "good")] = 'import { x } from "./neighbour";\nx();\n';
  }
  expect(lint(files)).toEqual(Object.keys(forbidden));
});

const kernel = readFileSync(join(ROOT, "build/kernel.wasm"));

test("the kernel is at most 40 kB", () => {
  expect(kernel.length).toBeLessThanOrEqual(40_000);
});

test("the kernel asks its host for memory, wait and now only", () => {
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(kernel));
  expect(imports.map(({ name }) => name).sort()).toEqual(["memory", "now", "wait"]);
});

test("nothing that is committed names an address that packages came from", () => {
  const lock = execFileSync("git", ["show", "HEAD:package-lock.json"], { cwd: ROOT, encoding: "utf8", maxBuffer: 1e8 });
  expect(lock).not.toMatch(/"resolved": *"http/);
});
