// `--deadlock`: threads that wait for each other for ever are told, and nobody else is.
import { expect, test } from "vitest";
import { runCli } from "./run";

const program = (name: string) => new URL(`./deadlocks/${name}.ts`, import.meta.url).pathname;
const run = (name: string, option = "--deadlock=exit") => runCli(["run", option, program(name)]);

test("two locks taken in opposite order: who holds what, waits for what, at which line; exit code 70", async () => {
  const { stderr, code } = await run("crossed");
  expect(code).toBe(70);
  const lock = "Lock at 0x[0-9a-f]+";
  const holds = `holds ${lock}, and has been waiting \\d+\\.\\d s for ${lock}, held by`;
  const file = `File "${program("crossed")}"`;
  const lines = [
    "^Deadlock: 2 threads wait for each other, for ever\\.",
    `  Thread-1 \\(first\\) ${holds} Thread-2 \\(second\\)`,
    `    ${file}, line 10, in .*`,
    "      b\\.acquire\\(\\);",
    `  Thread-2 \\(second\\) ${holds} Thread-1 \\(first\\)`,
    `    ${file}, line 16, in .*`,
    "      a\\.acquire\\(\\);",
    "$",
  ];
  expect(stderr).toMatch(new RegExp(lines.join("\n")));
});

test("threads that join each other", async () => {
  const { stderr, code } = await run("joins");
  expect(code).toBe(70);
  expect(stderr).toMatch(/ {2}one has been waiting \d+\.\d s for the end of two\n/);
  expect(stderr).toMatch(/ {2}two has been waiting \d+\.\d s for the end of one\n/);
});

test("re-entrant locks, of which nobody but the owner can free one, are told though another thread runs; once", async () => {
  const { stdout, stderr, code } = await run("rlocks_while_main_runs", "--deadlock");
  expect(stdout).toBe("main goes on\n");
  expect(stderr.match(/Deadlock/g)).toHaveLength(1);
  expect(code).toBe(0);
});

test("no false alarm: time-outs, locks that another thread releases, queues", async () => {
  const { stdout, stderr, code } = await run("none");
  expect([stdout, stderr, code]).toEqual(["done\n", "", 0]);
});

test("an unknown way to deal with it is a usage error", async () => {
  const { stderr, code } = await run("none", "--deadlock=pray");
  expect([stderr.split("\n")[0], code]).toEqual(["pythreads: --deadlock takes 'report' or 'exit', not 'pray'", 2]);
});
