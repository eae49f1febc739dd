// CPython's own tests, told anew as ports, in a page.
import { afterAll, describe, expect, test } from "vitest";
import { known } from "./cpython/reasons.js";
import { scripts } from "./cpython/scripts.js";
import { nameOf, type Outcome, programs, runCases, runScript } from "./cpython/table.js";
import { chromium, closeChromium } from "./hosts/chromium.js";
import { limits } from "./hosts/limits.js";

afterAll(closeChromium);

const missing = chromium.unavailable();

// The programs run before the tests are collected, since they alone know their cases.
const outcomes: Outcome[] = [];
if (missing === null) {
  for (const file of programs()) outcomes.push(...(await runCases(file, chromium)));
  for (const script of scripts) outcomes.push(await runScript(script, chromium));
}

describe("CPython's cases in Chromium", () => {
  test.runIf(missing !== null)(`are skipped: ${missing}`, () => {});
  for (const outcome of outcomes) {
    const name = nameOf(outcome);
    const reason = known[name] ?? limits.chromium![name];
    test(reason ? `${name} (known to fail: ${reason})` : name, () => {
      if (reason) expect(outcome.error, `it passes now, so it is no known failure any more (${reason})`).toBeDefined();
      else expect(outcome.error ?? "").toBe("");
    });
  }
});
