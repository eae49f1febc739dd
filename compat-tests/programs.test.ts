// Programs of our own, each in both languages: the port prints what the original prints. Where there is no CPython,
// the recorded output stands in for it; where there is, the record is checked too.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { python } from "./hosts/python.js";
import { compareOutput, demand, judgeEnd, PROGRAMS, runPort, TEST_TIMEOUT } from "./run.js";

const names = readdirSync(PROGRAMS)
  .filter((file) => file.endsWith(".py"))
  .map((file) => file.slice(0, -".py".length));
const missing = python.unavailable();

async function check(name: string, extension: "ts" | "py") {
  const file = join(PROGRAMS, `${name}.${extension}`);
  const result = extension === "ts" ? await runPort(file) : await runPort(file, {}, python);
  const recorded = readFileSync(join(PROGRAMS, `${name}.out`), "utf8");
  demand([...judgeEnd(result), ...compareOutput("exact", recorded, result.stdout)], result);
}

test("there are programs, and each has its port and its record", () => {
  expect(names.length).toBeGreaterThan(0);
  const files = names.flatMap((name) => [`${name}.ts`, `${name}.out`]);
  expect(files.filter((file) => !existsSync(join(PROGRAMS, file)))).toEqual([]);
});

describe("the port prints the recorded output", () => {
  for (const name of names) test(name, { timeout: TEST_TIMEOUT }, () => check(name, "ts"));
});

describe(`CPython prints the recorded output${missing === null ? "" : ` (skipped: ${missing})`}`, () => {
  for (const name of names) {
    test.skipIf(missing !== null)(name, { timeout: TEST_TIMEOUT }, () => check(name, "py"));
  }
});
