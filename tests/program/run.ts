// Runs ports that a test writes down as text.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { runChild } from "../../compat-tests/hosts/child";
import type { RunResult } from "../../compat-tests/hosts/host";

export const CLI = new URL("../../dist/cli.js", import.meta.url).pathname;

export interface Options {
  /** Flags of node itself. */
  flags?: string[];
  /** Options of `pythreads run`. */
  options?: string[];
  args?: string[];
  stdin?: string;
  timeout?: number;
}

/** Writes `files` into a folder of their own and gives back its path. */
export function folderOf(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), "port-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

export function runCli(args: string[], options: Options = {}): Promise<RunResult> {
  const { flags = [], stdin = "", timeout = 150_000 } = options;
  return runChild(process.execPath, [...flags, CLI, ...args], { stdin, timeout });
}

/** Runs `source` as a program; its file is called port.ts. */
export function runPort(source: string, options: Options = {}): Promise<RunResult> {
  const port = join(folderOf({ "port.ts": source }), "port.ts");
  return runCli(["run", ...(options.options ?? []), port, ...(options.args ?? [])], options);
}
