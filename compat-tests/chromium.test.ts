// The same programs, in a web page.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, test } from "vitest";
import { chromium, closeChromium } from "./hosts/chromium.js";
import { limits } from "./hosts/limits.js";
import { compareOutput, demand, EXAMPLES, judgeEnd, PROGRAMS, runPort, TEST_TIMEOUT } from "./run.js";
import { judge, runOptions, tutorials } from "./tutorials.js";

const missing = chromium.unavailable();
const note = missing === null ? "" : ` (skipped: ${missing})`;
const cannot = limits.chromium!;

afterAll(closeChromium);

function title(name: string, known: string | undefined): string {
  return known === undefined ? name : `${name} (known to fail: ${known})`;
}

describe.skipIf(missing !== null)(`a ported tutorial prints in Chromium what CPython prints${note}`, () => {
  for (const [name, tutorial] of Object.entries(tutorials)) {
    const known = tutorial.known ?? cannot[name];
    test(title(name, known), { timeout: TEST_TIMEOUT }, async () => {
      const result = await runPort(join(EXAMPLES, `${name}.ts`), runOptions(name), chromium);
      demand(judge(name, result), result, known);
    });
  }
});

describe.skipIf(missing !== null)(`a program of our own prints in Chromium what CPython prints${note}`, () => {
  const names = readdirSync(PROGRAMS)
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.slice(0, -".ts".length))
    .filter((name) => existsSync(join(PROGRAMS, `${name}.out`)));
  for (const name of names) {
    test(title(name, cannot[name]), { timeout: TEST_TIMEOUT }, async () => {
      const result = await runPort(join(PROGRAMS, `${name}.ts`), {}, chromium);
      const recorded = readFileSync(join(PROGRAMS, `${name}.out`), "utf8");
      demand([...judgeEnd(result), ...compareOutput("exact", recorded, result.stdout)], result, cannot[name]);
    });
  }
});
