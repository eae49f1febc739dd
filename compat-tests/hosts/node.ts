// Node: `pythreads run` of the built package, as a user starts it.

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runChild } from "./child.js";
import type { Host } from "./host.js";

const CLI = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

export const node: Host = {
  name: "node",
  unavailable: () => (existsSync(CLI) ? null : "dist/cli.js is not there: build the package first"),
  run: (file, { options = [], args = [], ...rest }) =>
    runChild(process.execPath, [CLI, "run", ...options, file, ...args], rest),
};
