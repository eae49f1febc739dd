// What nobody can reach any more is given back, though a thread is one long job that never lets finalizers run.
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { run } from "pythreads";
import { expect, test } from "vitest";
import type { Kernel } from "../../src/kernel/kernel";
import { folderOf, runPort } from "./run";

test("a thread that makes and drops shared objects without a pause runs in little memory", async () => {
  const source = `
import { queue, threading } from "pythreads";
import { print, range } from "pythreads/builtins";
const q = queue.Queue();
function work(n: number) {
  for (const _ of range(n)) {
    const lock = threading.Lock();
    lock.acquire();
    q.put(lock);
    if (q.get() !== lock) print("another one");
  }
  print("done");
}
const t = threading.Thread({ target: work, args: [600_000] });
t.start();
t.join();
`;
  // Kept for ever, they would take some 250 MB.
  const { stdout, stderr, code } = await runPort(source, { flags: ["--max-old-space-size=96"] });
  expect({ stdout, stderr, code }).toEqual({ stdout: "done\n", stderr: "", code: 0 });
});

test("shared objects that hold each other in a circle are freed while the program goes on", async () => {
  setFlagsFromString("--expose-gc");
  const source = `
import { queue, threading } from "pythreads";
import { input, range } from "pythreads/builtins";
class Node { other: Node | null = null; text = "x".repeat(1000); }
const q = queue.Queue();
function put(circles: number) {
  for (const _ of range(circles)) {
    const [a, b] = [new Node(), new Node()];
    a.other = b;
    b.other = a;
    q.put(a);
  }
}
function work() {
  put(20_000);
  let answer = input("made ");
  while (answer === "more") {
    while (!q.empty()) q.get();
    (globalThis as any).gc();
    // It goes on: what is gone is noticed then.
    put(1000);
    answer = input();
  }
}
const t = threading.Thread({ target: work });
t.start();
t.join();
`;
  const port = join(folderOf({ "port.ts": source }), "port.ts");
  const used = () => (program as unknown as { kernel: Kernel }).kernel.memory_used() >>> 0;
  let most = 0;
  const stdin = async () => {
    most = Math.max(most, used());
    // Below that, cycles are left alone.
    return used() < 2 ** 24 ? "stop" : "more";
  };
  const program: Awaited<ReturnType<typeof run>> = await run(port, { stdin, stdout: () => {} });
  expect(await program.exitCode).toBe(0);
  expect(most).toBeGreaterThan(2 ** 25);
});
