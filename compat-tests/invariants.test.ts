// Each rule accepts what CPython may print, and rejects what it may not.

import { describe, expect, test } from "vitest";
import { invariants } from "./invariants.js";

type Run = Parameters<(typeof invariants)[string]>[0];

/** A good run of the tutorial, and runs that are bad in one point each. */
function rule(name: string, good: Partial<Run>, bad: Record<string, Partial<Run>>) {
  const judge = (run: Partial<Run>) =>
    invariants[name]!({ stdout: "", stderr: "", code: 0, ms: 5000, ...good, ...run });
  tested.add(name);
  describe(name, () => {
    test("accepts a good run", () => expect(judge({})).toEqual([]));
    test.each(Object.entries(bad))("rejects %s", (_what, run) => expect(judge(run)).not.toEqual([]));
  });
  return judge;
}
const tested = new Set<string>();

const text = (...lines: string[]) => lines.map((line) => `${line}\n`).join("");
const times = (count: number, ...lines: string[]) => Array.from({ length: count }, () => lines).flat();

{
  const stdout = text(...times(9, "start")) + text("input:start", ...times(10, "execute"));
  rule(
    "09_event_input",
    { stdout },
    {
      "a thread that executes before the prompt": { stdout: text("execute") + stdout.replace("execute\n", "") },
      "no prompt": { stdout: stdout.replace("input:", "") },
      "two prompts": { stdout: `${stdout}input:` },
      "a thread that never executed": { stdout: stdout.replace("execute\n", "") },
      "a thread that never started": { stdout: stdout.replace("start\n", "") },
      "glued lines": { stdout: stdout.replace("start\nstart\n", "startstart\n\n") },
    },
  );
}

{
  const items = Array.from({ length: 11 }, (_, n) => `${n}`);
  const stdout = text("3.333333333333333", ...items);
  const judge = rule(
    "20_value_array",
    { stdout },
    {
      "another value": { stdout: stdout.replace("3.333333333333333", "3.3333333") },
      "an item too few": { stdout: stdout.replace("10\n", "") },
      "another item": { stdout: stdout.replace("\n7\n", "\n8\n") },
      "glued lines": { stdout: stdout.replace("1\n2\n", "12\n") },
    },
  );
  test("20_value_array lets an update be lost", () => {
    expect(judge({ stdout: stdout.replace("\n7\n", "\n-7\n") })).toEqual([]);
  });
}

{
  const of = (process: number, ...values: number[]) => values.map((value) => `${process} -----> ${value}`);
  const stdout = text(...of(0, 100, 22, 33, 44), ...of(1, 11, 101, 33, 44));
  const judge = rule(
    "72_process_array",
    { stdout },
    {
      "a line too few": { stdout: stdout.replace("1 -----> 44\n", "") },
      "a line too many": { stdout: `${stdout}1 -----> 44\n` },
      "a process that does not see its own item": { stdout: stdout.replace("0 -----> 100", "0 -----> 11") },
      "items in another order": { stdout: text(...of(0, 22, 100, 33, 44), ...of(1, 11, 101, 33, 44)) },
    },
  );
  test("72_process_array lets each process see the other's item, and lines mix", () => {
    const [a, b] = [of(0, 100, 101, 33, 44), of(1, 100, 101, 33, 44)];
    expect(judge({ stdout: text(...a.flatMap((line, n) => [line, b[n]!])) })).toEqual([]);
  });
}

{
  const stderr = text(
    "Traceback (most recent call last):",
    '  File "43_int_jack_uncaught.ts", line 5, in <module>',
    "    const number = int(str_input);",
    "ValueError: invalid literal for int() with base 10: 'jack'",
  );
  rule(
    "43_int_jack_uncaught",
    { stderr, code: 1 },
    {
      silence: { stderr: "" },
      "another line number": { stderr: stderr.replace("line 5", "line 55") },
      "no source line": { stderr: stderr.replace("int(str_input)", "") },
      "another error": { stderr: stderr.replace("ValueError", "TypeError") },
      "something after the error": { stderr: `${stderr}\n    at Module._compile\n` },
      "no traceback": { stderr: stderr.replace("Traceback", "Trace") },
    },
  );
}

rule(
  "49_system_exit",
  { stdout: text("before", "finally runs"), code: 3 },
  {
    "a traceback": { stderr: "Traceback (most recent call last):\n" },
  },
);

for (const name of ["63_add_num_without_lock", "64_add_num_with_lock"]) {
  const lines = times(100, "--get num: 100");
  const stdout = text(...lines, "final num: 0");
  const judge = rule(
    name,
    { stdout },
    {
      "a thread that did not run": { stdout: text(...lines.slice(1), "final num: 0") },
      "a thread too many": { stdout: text(...lines, ...lines.slice(99), "final num: 0") },
      "a thread that printed after the end": { stdout: text(...lines.slice(1), "final num: 0", lines[0]!) },
      "a number above 100": { stdout: stdout.replace("num: 100", "num: 101") },
      "a number that no thread can have seen": { stdout: stdout.replace("num: 100", "num: 0") },
      "something that is no number": { stdout: stdout.replace("num: 100", "num: None") },
      "a result below 0": { stdout: stdout.replace("final num: 0", "final num: -1") },
      "a result of 100": { stdout: stdout.replace("final num: 0", "final num: 100") },
      "no result": { stdout: text(...lines) },
      "glued lines": { stdout: stdout.replace("100\n--get", "100--get").replace("final", "\nfinal") },
    },
  );
  test(`${name} ${name.startsWith("63") ? "allows" : "rejects"} a lost update`, () => {
    const problems = judge({ stdout: stdout.replace("final num: 0", "final num: 44") });
    expect(problems.length).toBe(name.startsWith("63") ? 0 : 1);
  });
}

{
  const round = ["grab the first part data", "--------between run1 and run2-----", "grab the second part data"];
  const lines = Array.from({ length: 10 }, (_, i) => [...round, `${i + 1} ${i + 1}`, "3"]).flat();
  const end = ["----all threads done---", "10 10"];
  const stdout = text(...lines, ...end);
  const swapped = [...lines];
  swapped.splice(1, 2, lines[2]!, lines[1]!);
  rule(
    "66_rlock_run123",
    { stdout },
    {
      "another thread's lines in between": { stdout: text(...swapped, ...end) },
      "a round too few": { stdout: text(...lines.slice(0, -5), "10 10", ...end) },
      "a result before its round": { stdout: text("1 1", ...lines.filter((line) => line !== "1 1"), ...end) },
      "a lost update": { stdout: stdout.replace("2 2", "1 1") },
      "a torn result": { stdout: stdout.replace("2 2", "2 1") },
      "another end": { stdout: text(...lines, end[0]!, "9 10") },
      "a line after the end": { stdout: `${stdout}3\n` },
      "more threads alive than there are": { stdout: stdout.replace("\n3\n", "\n12\n") },
      "no thread alive": { stdout: stdout.replace("\n3\n", "\n0\n") },
      "glued lines": { stdout: stdout.replace("1 1\n3\n", "1 13\n\n") },
      "a deadlock, cut off": { stdout: text(...round, "10", "10") },
    },
  );
}

{
  const lines = Array.from({ length: 20 }, (_, i) => [`run the thread: ${i}`, ""]).flat();
  const end = ["----all threads done---", "0"];
  const stdout = text(...lines, ...end);
  rule(
    "67_semaphore_run",
    { stdout, ms: 2100 },
    {
      "three threads inside at once": { ms: 1400 },
      "a thread that outlives the end": { stdout: text(...lines.slice(2), ...end, ...lines.slice(0, 2)) },
      "a print torn in two": { stdout: stdout.replace("0\n\nrun the thread: 1\n\n", "0\nrun the thread: 1\n\n\n") },
    },
  );
}

{
  const light = {
    g: "\x1b[42;1m=====绿灯=====\x1b[0m",
    y: "\x1b[43;1m======黄灯======\x1b[0m",
    r: "\x1b[44;0m=======红灯=====\x1b[0m",
  };
  /** g y r: the light's line; 0 1 2: that car runs; a b c: that car waits. */
  const play = (script: string) =>
    text(
      ...[...script.replaceAll(" ", "")].map((c) => {
        if (c === "g" || c === "y" || c === "r") return light[c];
        const waits = "abc".indexOf(c);
        return waits < 0 ? `car ${c} is runing` : `car ${waits} is wating for the red light`;
      }),
    );
  const good = "ggg012ggggggg y0y1y rarbrrcrrr 12 ggg01ggg2ggg yyy rrarbrrrr 000112222";
  const judge = rule(
    "69_traffic_light",
    { stdout: play(good) },
    {
      "a green light too few": { stdout: play(good.replace("ggg", "gg")) },
      "lights in another order": { stdout: play(good.replace("y rarb", "r yarb")) },
      "a car's line too few": { stdout: play(good.replace("012", "01")) },
      "one car's line in place of another's": { stdout: play(good.replace("012", "011")) },
      "a red light that stops nobody": { stdout: play(good.replace("rarbrrcrrr", "r0r1rr2rrr")) },
      "a green light that everybody waits at": { stdout: play(good.replace("ggg012ggg", "gggabcggg")) },
      "a line of neither light nor car": { stdout: `${play(good)}None\n` },
      "glued lines": { stdout: play(good).replace("runing\ncar", "runingcar") },
    },
  );
  test("69_traffic_light lets one car be caught by each change of light", () => {
    expect(judge({ stdout: play(good.replace("y0y1y ra", "y0yby r0").replace("yyy rrar", "yyy rr0r")) })).toEqual([]);
  });
}

test("every rule is tested", () => {
  expect([...tested].sort()).toEqual(Object.keys(invariants).sort());
});
