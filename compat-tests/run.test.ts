// The harness itself: what it must notice.

import { describe, expect, test } from "vitest";
import { runChild } from "./hosts/child.js";
import { compareOutput, demand, judgeEnd } from "./run.js";

describe("compareOutput", () => {
  test("takes equal texts for equal", () => {
    expect(compareOutput("exact", "a\nb\n", "a\nb\n")).toEqual([]);
    expect(compareOutput("exact", "", "")).toEqual([]);
    expect(compareOutput("sorted", "a\nb\n", "b\na\n")).toEqual([]);
  });

  test.each([
    ["exact", "another line", "a\nx\n"],
    ["exact", "lines in another order", "b\na\n"],
    ["exact", "a line too few", "a\n"],
    ["exact", "a line too many", "a\nb\nc\n"],
    ["exact", "an empty line more", "a\nb\n\n"],
    ["exact", "no end of the last line", "a\nb"],
    ["sorted", "another line", "x\na\n"],
    ["sorted", "a line twice", "b\na\na\n"],
    ["sorted", "two lines glued", "ba\n\n"],
    ["sorted", "no end of the last line", "b\na"],
  ] as const)("%s: sees %s", (order, _what, got) => {
    expect(compareOutput(order, "a\nb\n", got)).not.toEqual([]);
  });
});

describe("a run", () => {
  const run = (code: string, timeout = 20_000, stdin?: string) =>
    runChild(process.execPath, ["-e", code], { timeout, stdin });

  test("gives back output, errors and exit status", async () => {
    const result = await run("console.log('out'); console.error('err'); process.exitCode = 3");
    expect(result).toMatchObject({ stdout: "out\n", stderr: "err\n", code: 3, timedOut: false });
    expect(judgeEnd(result, 3)).toEqual([]);
    expect(judgeEnd(result)).toEqual(["exit status: expected 0, got 3"]);
  });

  test("passes without problems, or where problems are known; a known failure that passes is one", async () => {
    const result = await run("");
    expect(() => demand([], result)).not.toThrow();
    expect(() => demand(["a problem"], result)).toThrow("a problem");
    expect(() => demand(["a problem"], result, "a reason")).not.toThrow();
    expect(() => demand([], result, "a reason")).toThrow(/passes now.*a reason/);
  });

  test("hands stdin on", async () => {
    const result = await run("process.stdin.pipe(process.stdout)", undefined, "typed\n");
    expect(result.stdout).toBe("typed\n");
  });

  test("that hangs is killed, and reported with its output so far", async () => {
    const result = await run("process.stdout.write('so far\\n', () => { for (;;); })", 2000);
    expect(result).toMatchObject({ stdout: "so far\n", code: null, timedOut: true });
    const problems = judgeEnd(result);
    expect(problems).not.toEqual([]);
    expect(() => demand(problems, result)).toThrow(/hung[\s\S]*so far/);
  });
});
