// Where a page's module names ports: `new URL("./port.ts", import.meta.url)`.
import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

export interface PortCall {
  /** Where the expression stands in the module. */
  start: number;
  end: number;
  /** Absolute path of the port. */
  file: string;
}

export type Include = (string | RegExp)[];

const URL_OF_FILE =
  /(\brun\(\s*)?new\s+URL\(\s*(["'`])(\.{1,2}\/[^"'`\n]+\.(?:[mc]?[jt]s|tsx))\2\s*,\s*import\.meta\.url\s*,?\s*\)/g;
const FROM_PYTHREADS = /\bfrom\s*["']pythreads["']|\bimport\(\s*["']pythreads["']\s*\)/;
const DIRECTIVE = /^(?:\s|\/\/.*|\/\*[\s\S]*?\*\/|#!.*)*["']use pythreads["']/;

/**
 * The ports that a module of a page names: the argument of `run(…)` where the module imports pythreads, and files that
 * begin with the directive `"use pythreads"` or are included.
 */
export function portCalls(code: string, module: string, include: Include): PortCall[] {
  const runs = FROM_PYTHREADS.test(code);
  const calls: PortCall[] = [];
  for (const { 0: text, 1: run = "", 3: specifier, index } of code.matchAll(URL_OF_FILE)) {
    const file = resolve(dirname(module), specifier!);
    if (!existsSync(file)) continue;
    if ((run && runs) || isIncluded(file, include) || DIRECTIVE.test(readFileSync(file, "utf8"))) {
      calls.push({ start: index + run.length, end: index + text.length, file });
    }
  }
  return calls;
}

function isIncluded(file: string, include: Include): boolean {
  const path = file.replaceAll("\\", "/");
  return include.some((pattern) => (typeof pattern === "string" ? path.endsWith(pattern) : pattern.test(path)));
}
