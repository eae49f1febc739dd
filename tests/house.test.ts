// The house's own rules, shown to bite.
import { execFileSync, spawnSync } from "node:child_process";
import { expect, test } from "vitest";

const ROOT = new URL("..", import.meta.url).pathname;

/** What the linter says of `source` as a file at `path`. */
function lint(path: string, source: string): string {
  const result = spawnSync("npx", ["biome", "lint", "--colors=off", `--stdin-file-path=${path}`], {
    cwd: ROOT,
    input: source,
    encoding: "utf8",
  });
  return result.stdout + result.stderr;
}

test.each([
  ["src/kernel/x.ts", "../runtime/words"],
  ["src/runtime/x.ts", "../threading/lock"],
  ["src/platform/x.ts", "../kernel/kernel"],
  ["src/threading/x.ts", "../platform/node"],
  ["src/exceptions/x.ts", "../runtime/wait"],
  ["src/port/x.ts", "../builtins/repr"],
])("%s may not import %s", (path, target) => {
  expect(lint(path, `import { x } from "${target}";\nx();\n`)).toContain("noRestrictedImports");
  expect(lint(path, 'import { x } from "./neighbour";\nx();\n')).not.toContain("noRestrictedImports");
});

test("nothing that is committed names an address that packages came from", () => {
  const lock = execFileSync("git", ["show", "HEAD:package-lock.json"], { cwd: ROOT, encoding: "utf8", maxBuffer: 1e8 });
  expect(lock).not.toMatch(/"resolved": *"http/);
});
