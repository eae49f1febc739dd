// Rules for tutorials whose output varies from run to run, or where more than stdout is checked. Pure functions of one
// run; they say what is wrong, in words.

import type { RunResult } from "./hosts/host.js";

export type Invariant = (run: Pick<RunResult, "stdout" | "stderr" | "code" | "ms">) => string[];

/** Ten threads start, and execute only after the prompt, whose line has no end. */
const eventInput: Invariant = ({ stdout }) => {
  const pieces = stdout.split("input:");
  if (pieces.length !== 2) return [`the prompt: expected once, got ${pieces.length - 1} times`];
  const lines = wholeLines(pieces.join(""));
  return [
    ...expectCount(lines, "start", 10),
    ...expectCount(lines, "execute", 10),
    ...unless(lines.length === 20, `20 lines expected, ${lines.length} printed`),
    ...unless(!pieces[0]!.includes("execute"), "a thread executed before the prompt"),
  ];
};

const uncaughtValueError: Invariant = ({ stderr }) => {
  const lines = wholeLines(stderr);
  const last = "ValueError: invalid literal for int() with base 10: 'jack'";
  return [
    ...unless(lines.at(-1) === last, `the last line of stderr: expected ${last}, got ${lines.at(-1)}`),
    ...unless(lines.includes("Traceback (most recent call last):"), "no traceback"),
    ...unless(/\bline 5\b/.test(stderr), "the traceback does not name line 5"),
    ...unless(stderr.includes("number = int(str_input)"), "the traceback does not show `number = int(str_input)`"),
  ];
};

const systemExit: Invariant = ({ stderr }) => unless(stderr === "", `stderr: expected nothing, got ${stderr}`);

/** A hundred numbers, then the final one. Each thread prints before its own subtraction, so no number is below 1. */
function addNum(finalLow: number, finalHigh: number): Invariant {
  return ({ stdout }) => {
    const lines = wholeLines(stdout);
    const final = numberIn(/^final num: (-?\d+)$/, lines.pop());
    const numbers = lines.map((line) => numberIn(/^--get num: (-?\d+)$/, line));
    return [
      ...unless(lines.length === 100, `100 lines expected before the last, ${lines.length} printed`),
      ...lines.filter((_, i) => !within(numbers[i]!, 1, 100)).map((line) => `not a number from 1 to 100: ${line}`),
      ...unless(within(final, finalLow, finalHigh), `final num: expected ${finalLow} to ${finalHigh}, got ${final}`),
    ];
  };
}

/** One thread's three lines stay together under the lock; its results come later, in any order. */
const rlockRuns: Invariant = ({ stdout }) => {
  const lines = wholeLines(stdout);
  const problems = unless(
    lines.splice(-2).join("|") === "----all threads done---|10 10",
    "the last two lines: expected ----all threads done--- and 10 10",
  );
  const group = ["grab the first part data", "--------between run1 and run2-----", "grab the second part data"];
  const grabbed: string[] = [];
  const results: string[] = [];
  for (const line of lines) {
    if (group.includes(line)) {
      if (line !== group[grabbed.length % 3]) problems.push(`out of order: ${line}`);
      grabbed.push(line);
    } else if (/^\d+ \d+$/.test(line)) {
      results.push(line);
      const done = Math.floor(grabbed.length / 3);
      if (Number.parseInt(line, 10) > done) problems.push(`${line} came after ${done} rounds`);
    } else if (!within(numberIn(/^(\d+)$/, line), 1, 11)) {
      problems.push(`not a number of threads alive: ${line}`);
    }
  }
  if (grabbed.length !== 30) problems.push(`30 lines under the lock expected, ${grabbed.length} printed`);
  for (let i = 1; i <= 10; i++) problems.push(...expectCount(results, `${i} ${i}`, 1));
  if (results.length !== 10) problems.push(`10 results expected, ${results.length} printed`);
  return problems;
};

/** Two at a time means ten rounds of 0.2 s; each print is one text with an empty line behind it. */
const semaphoreRuns: Invariant = ({ stdout, ms }) => {
  const lines = wholeLines(stdout);
  const torn = lines.filter((line, i) => line.startsWith("run the thread") && lines[i + 1] !== "");
  return [
    ...unless(ms >= 2000, `more than two threads were inside at once: all done after ${Math.round(ms)} ms, not 2000`),
    ...torn.map((line) => `no empty line after: ${line}`),
    ...unless(
      lines.slice(-2).join("|") === "----all threads done---|0",
      "the last two lines: expected ----all threads done--- and 0",
    ),
  ];
};

const GREEN = "\x1b[42;1m=====绿灯=====\x1b[0m";
const YELLOW = "\x1b[43;1m======黄灯======\x1b[0m";
const RED = "\x1b[44;0m=======红灯=====\x1b[0m";
const LIGHTS = [GREEN, YELLOW, RED];
const CYCLES = [
  { light: GREEN, count: 10 },
  { light: YELLOW, count: 3 },
  { light: RED, count: 7 },
  { light: GREEN, count: 9 },
  { light: YELLOW, count: 3 },
  { light: RED, count: 7 },
];

/** The lights are always the same; cars go by them, where one car may be caught by each change of light. */
const trafficLight: Invariant = ({ stdout }) => {
  const lines = wholeLines(stdout);
  const lights = lines.filter((line) => LIGHTS.includes(line));
  const problems = unless(
    lights.join() === CYCLES.flatMap(({ light, count }) => Array(count).fill(light)).join(),
    "the lights: expected 10 green, 3 yellow, 7 red, 9 green, 3 yellow, 7 red",
  );
  const cars = lines.filter((line) => /^car [012] is (runing|wating for the red light)$/.test(line));
  for (const n of [0, 1, 2]) {
    const own = cars.filter((line) => line.startsWith(`car ${n} `)).length;
    if (own !== 8) problems.push(`car ${n}: 8 lines expected, ${own} printed`);
  }
  const strange = lines.length - lights.length - cars.length;
  if (strange !== 0) problems.push(`${strange} lines of neither light nor car`);
  return [...problems, ...carsAgainstTheLight(lines)];
};

/** The car lines that disagree with the light, less the one that each change of light may cause. */
function carsAgainstTheLight(lines: readonly string[]): string[] {
  const problems: string[] = [];
  let light = GREEN;
  let reds = 0;
  let before = 1; // excuses left: for the change of light before these lines (at first, from no light to green) …
  let after = 1; // … and for the one after them
  for (const line of lines) {
    if (LIGHTS.includes(line)) {
      if (line !== light) {
        before = after;
        after = 1;
        reds = 0;
      }
      light = line;
      if (light === RED) reds++;
      continue;
    }
    const runs = line.endsWith("runing");
    // After its seventh line the red light turns green without a line of its own.
    if (runs ? light !== RED || reds === 7 : light === RED) continue;
    if (before > 0) before--;
    else if (after > 0) after--;
    else problems.push(`against the light: ${line}`);
  }
  return problems;
}

/** Each item is turned twice, or once where one of two processes has not seen the other's turn. */
const valueArray: Invariant = ({ stdout }) => {
  const [first, ...rest] = wholeLines(stdout);
  const items = rest.map(Number);
  return unless(
    first === "3.333333333333333" && items.length === 11 && items.every((item, n) => Math.abs(item) === n),
    "3.333333333333333, then 0 to 10, each perhaps negative",
  );
};

/** Either process prints the whole array, in which the other may have changed its item already. */
const processArray: Invariant = ({ stdout }) => {
  const lines = wholeLines(stdout);
  const wanted = [
    ["100", "(22|101)", "33", "44"],
    ["(11|100)", "101", "33", "44"],
  ];
  const problems = unless(lines.length === 8, "8 lines expected");
  wanted.forEach((values, n) => {
    const own = lines.filter((line) => line.startsWith(`${n} -----> `)).map((line) => line.slice(9));
    const all = new RegExp(`^${values.join(",")}$`);
    problems.push(...unless(all.test(own.join()), `process ${n}: expected ${values}, got ${own}`));
  });
  return problems;
};

export const invariants: Readonly<Record<string, Invariant>> = {
  "09_event_input": eventInput,
  "20_value_array": valueArray,
  "72_process_array": processArray,
  "43_int_jack_uncaught": uncaughtValueError,
  "49_system_exit": systemExit,
  "63_add_num_without_lock": addNum(0, 99),
  "64_add_num_with_lock": addNum(0, 0),
  "66_rlock_run123": rlockRuns,
  "67_semaphore_run": semaphoreRuns,
  "69_traffic_light": trafficLight,
};

function wholeLines(text: string): string[] {
  const lines = text.split("\n");
  const rest = lines.pop();
  if (rest) lines.push(`${rest}<no line end>`); // which no rule takes for a line
  return lines;
}

/** NaN where the line is not of that form. */
function numberIn(form: RegExp, line = ""): number {
  return Number(form.exec(line)?.[1] ?? Number.NaN);
}

function within(n: number, low: number, high: number): boolean {
  return n >= low && n <= high;
}

function unless(good: boolean, problem: string): string[] {
  return good ? [] : [problem];
}

function expectCount(lines: readonly string[], line: string, count: number): string[] {
  const got = lines.filter((l) => l === line).length;
  return unless(got === count, `${JSON.stringify(line)}: expected ${count} times, got ${got}`);
}
