// What nobody can reach any more is given back, though a thread is one long job that never lets finalizers run.
import { expect, test } from "vitest";
import { runPort } from "./run";

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
