// Every ported tutorial prints what CPython prints.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { demand, EXAMPLES, runPort, TEST_TIMEOUT } from "./run.js";
import { judge, runOptions, tutorials } from "./tutorials.js";

test("the table lists every port, and nothing else", () => {
  const ports = readdirSync(EXAMPLES).filter((file) => file.endsWith(".ts"));
  expect(Object.keys(tutorials)).toEqual(ports.map((file) => file.slice(0, -".ts".length)).sort());
});

describe("a ported tutorial prints what CPython prints", () => {
  for (const [name, { known }] of Object.entries(tutorials)) {
    test(known === undefined ? name : `${name} (known to fail: ${known})`, { timeout: TEST_TIMEOUT }, async () => {
      const result = await runPort(join(EXAMPLES, `${name}.ts`), runOptions(name));
      demand(judge(name, result), result, known);
    });
  }
});
