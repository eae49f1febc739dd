import { spawn } from "node:child_process";
import { performance } from "node:perf_hooks";
import type { RunOptions, RunResult } from "./host.js";

type ChildOptions = Pick<RunOptions, "stdin" | "timeout"> & { env?: NodeJS.ProcessEnv; cwd?: string };

/** Runs a command to its end, or kills it after the timeout; either way gives back what it printed. */
export function runChild(command: string, args: readonly string[], options: ChildOptions): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const begin = performance.now();
    const child = spawn(command, args, { env: options.env ?? process.env, cwd: options.cwd });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    let timedOut = false;
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
    child.stdin.on("error", () => {}); // it may end without reading what it was given
    child.stdin.end(options.stdin ?? "");
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill("SIGKILL");
      // Its own children may hold the pipes open, and "close" would wait for them.
      child.stdout.destroy();
      child.stderr.destroy();
    }, options.timeout);
    child.on("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on("close", (code) => {
      clearTimeout(timer);
      const ms = performance.now() - begin;
      resolve({ stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString(), code, ms, timedOut });
    });
  });
}
