// What we hold our ports against is held against CPython itself, where python3 and the originals are at hand:
// PYTHREADS_TUTORIALS names their folder.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, test } from "vitest";
import { python } from "./hosts/python.js";
import { demand, runPort, TEST_TIMEOUT } from "./run.js";
import { judge, runOptions, tutorials } from "./tutorials.js";

const ORIGINALS = process.env.PYTHREADS_TUTORIALS ?? fileURLToPath(new URL("../../shared/tutorials", import.meta.url));
const missing = python.unavailable() ?? (existsSync(ORIGINALS) ? null : "the originals are not there");

describe(`CPython agrees with our record${missing === null ? "" : ` (skipped: ${missing})`}`, () => {
  for (const name of Object.keys(tutorials)) {
    test.skipIf(missing !== null)(name, { timeout: TEST_TIMEOUT }, async () => {
      const { stdin } = runOptions(name);
      const result = await runPort(join(ORIGINALS, `${name}.py`), { stdin }, python);
      demand(judge(name, result), result);
    });
  }
});
