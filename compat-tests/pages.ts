// The same programs, in a web page of any browser.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "vitest";
import type { Host } from "./hosts/host.js";
import { limits } from "./hosts/limits.js";
import { compareOutput, demand, EXAMPLES, judgeEnd, PROGRAMS, runPort, TEST_TIMEOUT } from "./run.js";
import { judge, runOptions, tutorials } from "./tutorials.js";

/** Tests of a browser's: each tutorial and each program of our own prints there what CPython prints. */
export function describePrograms(host: Host, browser: string): void {
  const missing = host.unavailable();
  const note = missing === null ? "" : ` (skipped: ${missing})`;
  const cannot = limits[host.name]!;

  describe.skipIf(missing !== null)(`a ported tutorial prints in ${browser} what CPython prints${note}`, () => {
    for (const [name, tutorial] of Object.entries(tutorials)) {
      const known = tutorial.known ?? cannot[name];
      test(title(name, known), { timeout: TEST_TIMEOUT }, async () => {
        const result = await runPort(join(EXAMPLES, `${name}.ts`), runOptions(name), host);
        demand(judge(name, result), result, known);
      });
    }
  });

  describe.skipIf(missing !== null)(`a program of our own prints in ${browser} what CPython prints${note}`, () => {
    const names = readdirSync(PROGRAMS)
      .filter((file) => file.endsWith(".ts"))
      .map((file) => file.slice(0, -".ts".length))
      .filter((name) => existsSync(join(PROGRAMS, `${name}.out`)));
    for (const name of names) {
      test(title(name, cannot[name]), { timeout: TEST_TIMEOUT }, async () => {
        const result = await runPort(join(PROGRAMS, `${name}.ts`), {}, host);
        const recorded = readFileSync(join(PROGRAMS, `${name}.out`), "utf8");
        demand([...judgeEnd(result), ...compareOutput("exact", recorded, result.stdout)], result, cannot[name]);
      });
    }
  });
}

function title(name: string, known: string | undefined): string {
  return known === undefined ? name : `${name} (known to fail: ${known})`;
}
