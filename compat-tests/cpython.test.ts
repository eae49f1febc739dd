// CPython's own tests, told anew as ports: each row of its list that applies here is a case that passes.
import { afterAll, describe, expect, test } from "vitest";
import { known } from "./cpython/reasons.js";
import { scripts } from "./cpython/scripts.js";
import { gaps, nameOf, type Outcome, programs, runCases, runScript, table } from "./cpython/table.js";
import { TEST_TIMEOUT } from "./run.js";

// The programs run before the tests are collected, since they alone know their cases.
const outcomes: Outcome[] = [];
for (const file of programs()) outcomes.push(...(await runCases(file)));
for (const script of scripts) outcomes.push(await runScript(script));

// What `npm run compat` is for.
afterAll(() => console.log(`\n${table(outcomes)}\n`));

describe("CPython's cases", () => {
  for (const outcome of outcomes) {
    const name = nameOf(outcome);
    const reason = known[name];
    test(reason ? `${name} (known to fail: ${reason})` : name, { timeout: TEST_TIMEOUT }, () => {
      if (reason) expect(outcome.error, `it passes now, so it is no known failure any more (${reason})`).toBeDefined();
      else expect(outcome.error ?? "").toBe("");
    });
  }
});

test("every row that applies has a case or a reason, and every case its row", () => {
  expect(gaps(outcomes)).toEqual([]);
});

test("no case is judged twice, and every known failure is a case", () => {
  const names = outcomes.map(nameOf);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  expect(Object.keys(known).filter((name) => !names.includes(name))).toEqual([]);
});
