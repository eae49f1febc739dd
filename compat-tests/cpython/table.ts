// Which of CPython's tests have a case here, and how the cases end: for the suite, and for `npm run compat`.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Host, RunResult } from "../hosts/host.js";
import { judgeEnd, runPort } from "../run.js";
import { known, left } from "./reasons.js";
import type { Script } from "./scripts.js";

const HERE = fileURLToPath(new URL("./", import.meta.url));

export interface Row {
  module: string;
  id: string;
  applicable: "yes" | "maybe" | "no";
}

/** How a case ended; `error` is absent where it passed. */
export interface Outcome {
  id: string;
  /** CPython's class that binds the case to a type; empty where there is but one. */
  binding: string;
  error?: string;
}

/** The rows of CPython's tests, `no` rows left out. */
export function rows(): Row[] {
  const [, ...lines] = readFileSync(join(HERE, "rows.tsv"), "utf8").trimEnd().split("\n");
  const all = lines.map((line) => {
    const [module, cls, name, applicable] = line.split("\t");
    return { module, id: `${module}.${cls}.${name}`, applicable } as Row;
  });
  return all.filter(({ applicable }) => applicable !== "no");
}

/** The programs whose cases print their outcomes. */
export function programs(): string[] {
  return readdirSync(HERE).filter((file) => file.endsWith("_cases.ts"));
}

/** Runs a program of cases. One more outcome, named after the file, tells of a program that did not end well. */
export async function runCases(file: string, host?: Host): Promise<Outcome[]> {
  const result = await runPort(join(HERE, file), { timeout: 120_000 }, host);
  const outcomes = result.stdout
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Outcome);
  const problems = judgeEnd(result);
  if (problems.length > 0) outcomes.push({ id: file, binding: "", error: `${problems.join("; ")}\n${result.stderr}` });
  return outcomes;
}

/** Runs a whole program that is a case. */
export async function runScript(script: Script, host?: Host): Promise<Outcome> {
  const result = await runPort(join(HERE, "scripts", `${script.file}.ts`), {}, host);
  const problems = judgeScript(script, result);
  return { id: script.id, binding: "", ...(problems.length > 0 ? { error: problems.join("\n") } : {}) };
}

function judgeScript({ stdout, stderr, not, code }: Script, result: RunResult): string[] {
  const problems = judgeEnd(result, code);
  const printed = typeof stdout === "string" ? result.stdout === stdout : stdout.test(result.stdout);
  if (!printed) problems.push(`stdout: ${JSON.stringify(result.stdout)}, expected ${stdout}`);
  const patterns = stderr === "" ? [/^$/] : (stderr ?? []);
  for (const pattern of patterns) {
    if (!pattern.test(result.stderr)) problems.push(`stderr: ${JSON.stringify(result.stderr)}, expected ${pattern}`);
  }
  if (not?.test(result.stderr)) problems.push(`stderr: ${JSON.stringify(result.stderr)}, not expected ${not}`);
  return problems;
}

/** The name under which a case is known: the binding stands for CPython's class. */
export function nameOf({ id, binding }: Outcome): string {
  return binding ? `${binding}.${id.slice(id.lastIndexOf(".") + 1)}` : id;
}

/** What is wrong with a list of outcomes as a whole: rows without a case, cases without a row. */
export function gaps(outcomes: readonly Outcome[]): string[] {
  const all = rows();
  const cases = new Set(outcomes.map(({ id }) => id));
  const wanted = all.filter(({ id, applicable }) => !cases.has(id) && !(applicable === "maybe" && left[id]));
  const ids = new Set(all.map(({ id }) => id));
  return [
    ...wanted.map(({ id }) => `no case for ${id}`),
    ...[...cases].filter((id) => !ids.has(id)).map((id) => `${id} is no row`),
    ...Object.keys(left)
      .filter((id) => cases.has(id))
      .map((id) => `${id} has a reason for having no case, and a case`),
    ...Object.keys(left)
      .filter((id) => !ids.has(id))
      .map((id) => `${id} has a reason, and is no row`),
  ];
}

/** Module by module: rows, how many pass, how many are left out for a reason or known to fail, how many fail. */
export function table(outcomes: readonly Outcome[]): string {
  const modules = new Map<string, [rows: number, passing: number, reason: number, failing: number]>();
  for (const { module, id } of rows()) {
    const line = modules.get(module) ?? [0, 0, 0, 0];
    modules.set(module, line);
    line[0]++;
    const mine = outcomes.filter((outcome) => outcome.id === id);
    const failed = mine.filter(({ error }) => error !== undefined);
    if (mine.length > 0 && failed.length === 0) line[1]++;
    else if (mine.length === 0 ? left[id] : failed.every((outcome) => known[nameOf(outcome)])) line[2]++;
    else line[3]++;
  }
  const total = [...modules.values()].reduce(
    (sum, line) => sum.map((n, i) => n + line[i]!) as typeof line,
    [0, 0, 0, 0],
  );
  const format = (cells: (string | number)[]) =>
    cells.map((cell, i) => (i === 0 ? String(cell).padEnd(22) : String(cell).padStart(12))).join("");
  const lines = [...modules, ["in all", total] as const].map(([module, line]) => format([module, ...line]));
  return [format(["module", "rows", "passing", "with reason", "failing"]), ...lines].join("\n");
}
