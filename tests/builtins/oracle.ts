// Compares what our builtins say with what python3 says, in one run of python3 for a whole table.
import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { repr } from "../../src/builtins/repr";

/** A Python expression, and the same in TypeScript. */
export type Row = readonly [python: string, ours: () => unknown];

const SCRIPT = `
import io, json, os, random, sys, threading, time, urllib.parse
def f(a, b, c=1, *, d, e=2): pass
def g(a, /, b): pass
def h(): pass
def k(x, y=1): pass
def va(a, *r, **kw): return (a, r, kw)
class C:
    def m(self, x): pass
class E(Exception): pass
def run(call):
    try: return call()
    except BaseException as e: return f"{type(e).__name__}: {e}"
def text(source):
    try: return repr(eval(source))
    except BaseException as e: return f"{type(e).__name__}: {e}"
json.dump([text(s) for s in json.load(sys.stdin)], sys.stdout)
`;

function askPython(sources: string[]): string[] | undefined {
  const { status, stdout } = spawnSync("python3", ["-W", "ignore", "-c", SCRIPT], {
    input: JSON.stringify(sources),
    encoding: "utf8",
  });
  return status === 0 ? JSON.parse(stdout) : undefined;
}

function outcome(ours: () => unknown): string {
  try {
    return repr(ours());
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
}

/** One test for each row: ours must give python3's repr, or raise the same exception with the same text. */
export function agreesWithPython(title: string, rows: readonly Row[]): void {
  const answers = askPython(rows.map(([source]) => source));
  describe.skipIf(!answers)(title, () => {
    rows.forEach(([source, ours], i) => {
      it(source, () => expect(outcome(ours)).toBe(answers![i]));
    });
  });
}
