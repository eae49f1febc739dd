// How a page under test runs a program. The function goes into the page as text: it knows nothing outside itself.
import type { RunOptions, RunResult } from "./host.js";

export interface PageOrder {
  program: string;
  argv: string[];
  carriers: number;
  stdin: string;
  timeout: number;
}

/** Runs in the page. */
export async function runInPage({ program, argv, carriers, stdin, timeout }: PageOrder): Promise<RunResult> {
  const { run } = (globalThis as unknown as { pythreads: typeof import("../../src/web/run.js") }).pythreads;
  const result = { stdout: "", stderr: "", code: null as number | null, ms: 0, timedOut: false };
  const lines = stdin.split("\n");
  if (lines.at(-1) === "") lines.pop();
  const begin = performance.now();
  const running = await run(program, {
    argv,
    carriers,
    stdin: () => lines.shift() ?? null,
    stdout: (text) => {
      result.stdout += text;
    },
    stderr: (text) => {
      result.stderr += text;
    },
  });
  const hung = new Promise<null>((resolve) => setTimeout(resolve, timeout, null));
  result.code = await Promise.race([running.exitCode, hung]);
  result.timedOut = result.code === null;
  result.ms = performance.now() - begin;
  if (result.timedOut) running.terminate();
  return result;
}

/** What a page is told to do, from what a host's caller asks for. */
export function pageOrder(program: string, { options = [], args = [], stdin = "", timeout }: RunOptions): PageOrder {
  const carriers = Number(options[options.indexOf("--carriers") + 1] ?? 0) || 0;
  return { program, argv: [...args], carriers, stdin, timeout };
}
