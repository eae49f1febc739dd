// CPython's own tests, told anew as ports, in a web page of any browser.
import { describe, expect, test } from "vitest";
import { known } from "./cpython/reasons.js";
import { scripts } from "./cpython/scripts.js";
import { nameOf, type Outcome, programs, runCases, runScript } from "./cpython/table.js";
import type { Host } from "./hosts/host.js";
import { limits } from "./hosts/limits.js";

/** What is run, if not all. */
interface Part {
  without?: readonly string[];
  scripts?: boolean;
}

/** Tests of a browser's: one for each case. The programs run before the tests are collected, since they alone know their cases. */
export async function describeCases(host: Host, browser: string, part: Part = {}): Promise<void> {
  const { without = [], scripts: withScripts = true } = part;
  const missing = host.unavailable();
  const outcomes: Outcome[] = [];
  if (missing === null) {
    for (const file of programs().filter((file) => !without.includes(file)))
      outcomes.push(...(await runCases(file, host)));
    for (const script of withScripts ? scripts : []) outcomes.push(await runScript(script, host));
  }

  describe(`CPython's cases in ${browser}`, () => {
    test.runIf(missing !== null)(`are skipped: ${missing}`, () => {});
    for (const outcome of outcomes) {
      const name = nameOf(outcome);
      const reason = known[name] ?? limits[host.name]![name];
      test(reason ? `${name} (known to fail: ${reason})` : name, () => {
        if (reason)
          expect(outcome.error, `it passes now, so it is no known failure any more (${reason})`).toBeDefined();
        else expect(outcome.error ?? "").toBe("");
      });
    }
  });
}
