// The stress tests once more in each of V8's compilation tiers for WebAssembly; with PYTHREADS_NODES (paths, separated by
// commas) also under other Nodes. Each run is a Node of its own, since the tiers are chosen for a whole process.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const nodes = [process.execPath, ...(process.env.PYTHREADS_NODES?.split(",") ?? [])];
const FLAGS = ["--liftoff", "--liftoff-only", "--no-liftoff"];

test.each(nodes.flatMap((node) => FLAGS.map((flag) => ({ node, flag }))))(
  "$flag $node",
  ({ node, flag }) => {
    const vitest = [flag, "node_modules/vitest/vitest.mjs", "run", "--pool=threads", "tests/kernel/stress.test.ts"];
    const { status, stdout, stderr } = spawnSync(node, vitest, { cwd: ROOT, encoding: "utf8", timeout: 400_000 });
    expect(status, `${stdout}${stderr}`).toBe(0);
    expect(stdout).toMatch(/Tests .*1\d passed/);
  },
  420_000,
);
