// Ctrl-C at a real terminal: KeyboardInterrupt in the main thread, also while it blocks.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runChild } from "../../compat-tests/hosts/child";
import { CLI, folderOf } from "./run";

const python = spawnSync("python3", ["-c", "import pty"]).status === 0;
const DRIVER = new URL("./terminal.py", import.meta.url).pathname;

async function atTerminal(source: string): Promise<{ output: string; code: number }> {
  const port = join(folderOf({ "port.ts": source }), "port.ts");
  const command = [DRIVER, process.execPath, CLI, "run", port];
  const { stdout, stderr } = await runChild("python3", command, { stdin: "", timeout: 150_000 });
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout);
}

const HEAD = `
import { queue, threading, time } from "pythreads";
import { isinstance, KeyboardInterrupt, print } from "pythreads/builtins";
const lock = threading.Lock();
const event = threading.Event();
const q = queue.Queue();
function work() { event.wait(); }
const t = threading.Thread({ target: work, daemon: true });
t.start();
lock.acquire();
`;

const BLOCKING = ["lock.acquire()", "q.get()", "event.wait()", "t.join()", "time.sleep(60)"];

describe.skipIf(!python)("Ctrl-C at a terminal", { timeout: 165_000 }, () => {
  for (const call of BLOCKING) {
    test(`interrupts ${call}`, async () => {
      const { output, code } = await atTerminal(`${HEAD}
try { print("ready"); ${call}; print("not interrupted"); }
catch (e) { if (!isinstance(e, KeyboardInterrupt)) throw e; print("interrupted"); }
event.set(); t.join(); print("others live on");`);
      expect(output.replace("^C", "")).toBe("ready\ninterrupted\nothers live on\n");
      expect(code).toBe(0);
    });
  }

  test("ends a program that does not catch it: a traceback, and exit code 130", async () => {
    const { output, code } = await atTerminal(`${HEAD}\nprint("ready");\nq.get();`);
    expect(output).toMatch(/Traceback \(most recent call last\):\n {2}File ".*port\.ts", line 13, in <module>/);
    expect(output).toMatch(/\nKeyboardInterrupt\n$/);
    expect(code).toBe(130);
  });

  test("interrupts again and again", async () => {
    const { output } = await atTerminal(`${HEAD}
for (let i = 0; i < 3; i++) {
  try { print("ready", i); event.wait(); } catch (e) { print("interrupted", i); }
}`);
    expect(output.replaceAll("^C", "")).toBe([0, 1, 2].map((i) => `ready ${i}\ninterrupted ${i}\n`).join(""));
  });
});
