// Running a program and judging what it printed: shared by all suites here.

import { fileURLToPath } from "node:url";
import type { Host, RunOptions, RunResult } from "./hosts/host.js";
import { node } from "./hosts/node.js";

/** A program that takes longer hangs. */
export const PROGRAM_TIMEOUT = 150_000;
/** For the test around it: the program's timeout must strike first, since it alone can say what was printed. */
export const TEST_TIMEOUT = PROGRAM_TIMEOUT + 15_000;

export const EXAMPLES = fileURLToPath(new URL("../examples/tutorials/", import.meta.url));
export const PROGRAMS = fileURLToPath(new URL("./programs/", import.meta.url));

/** Runs a port. */
export function runPort(file: string, options: Partial<RunOptions> = {}, host: Host = node): Promise<RunResult> {
  const reason = host.unavailable();
  if (reason !== null) throw new Error(`${host.name}: ${reason}`);
  return host.run(file, { timeout: PROGRAM_TIMEOUT, ...options });
}

/** How two outputs are compared: line by line, or as bags of lines where scheduling decides the order. */
export type Order = "exact" | "sorted";

/** What is wrong with the output; empty when nothing is. */
export function compareOutput(order: Order, expected: string, got: string): string[] {
  const [want, have] = [expected, got].map((text) => {
    const lines = text.split("\n");
    const end = lines.pop()!; // a text without a last line end keeps its last piece
    return { lines: order === "sorted" ? lines.sort() : lines, end };
  }) as [Lines, Lines];
  const at = firstDifference(want.lines, have.lines);
  if (at === -1)
    return want.end === have.end ? [] : [`after the last line: expected ${show(want.end)}, got ${show(have.end)}`];
  const count = `${want.lines.length} lines expected, ${have.lines.length} printed`;
  return [`${order} line ${at + 1}: expected ${show(want.lines[at])}, got ${show(have.lines[at])} (${count})`];
}

interface Lines {
  lines: string[];
  end: string;
}

function firstDifference(a: readonly string[], b: readonly string[]): number {
  const length = Math.max(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return i;
  return -1;
}

function show(line: string | undefined): string {
  return line === undefined ? "nothing" : JSON.stringify(line);
}

/** What is wrong with how the program ended. */
export function judgeEnd(result: RunResult, exit = 0): string[] {
  if (result.timedOut) return ["the program hung and was killed"];
  return result.code === exit ? [] : [`exit status: expected ${exit}, got ${result.code}`];
}

/** Throws when there are problems, with all that was seen of the run. `known` says why there must be some today: then
 *  it throws when there are none. */
export function demand(problems: readonly string[], result: RunResult, known?: string): void {
  if (known !== undefined) {
    if (problems.length > 0) return;
    throw new Error(`it passes now, so it is no known failure any more (${known})`);
  }
  if (problems.length === 0) return;
  const { stdout, stderr, code, ms } = result;
  const parts = [
    ...problems,
    `(exit status ${code}, ${Math.round(ms)} ms)`,
    `--- stdout${result.timedOut ? " until it was killed" : ""}\n${tail(stdout)}`,
    `--- stderr\n${tail(stderr)}`,
  ];
  throw new Error(parts.join("\n"));
}

const TAIL = 4000;

function tail(text: string): string {
  return text.length <= TAIL ? text : `… ${text.length - TAIL} characters before\n${text.slice(-TAIL)}`;
}
