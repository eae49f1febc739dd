// Promises that are rejected and that nobody awaits.
import { expect, test } from "vitest";
import { runPort } from "../program/run";

const PROLOGUE = `import { sys, threading } from "pythreads";
import { print, ValueError } from "pythreads/builtins";
async function bad(x: any) { throw ValueError(x); }
`;

test("an error that nobody awaits is told with its traceback, and the program's exit code is 1", async () => {
  const { stdout, stderr, code } = await runPort(`${PROLOGUE}bad("lost");
Promise.reject(new Error("the host's"));
Promise.reject(ValueError("caught")).catch((e: any) => print("caught", e));
print("end");`);
  expect(stdout).toBe("end\ncaught caught\n");
  expect(stderr).toMatch(
    /^Traceback \(most recent call last\):\n.*line 4, in <module>\n.*bad\("lost"\);\n.*line 3, in bad\n.*\nValueError: lost\nTraceback[\s\S]*\nError: the host's\n$/,
  );
  expect(code).toBe(1);
});

test("the main thread goes on where it awaits something, and hands on an exit code", async () => {
  const { stdout, stderr, code } = await runPort(`${PROLOGUE}const done = threading.Event();
async function leave() { sys.exit(3); }
leave();
threading.Thread({ target: () => done.set() }).start();
await done.aio.wait();
print("end");`);
  expect([stdout, stderr, code]).toEqual(["end\n", "", 3]);
});

test("a thread's is told before the thread ends, and the next thread is not harmed", async () => {
  const { stdout, stderr, code } = await runPort(`${PROLOGUE}function work(n: number) { bad(n); print("worked", n); }
for (const n of [1, 2]) {
  const t = threading.Thread({ target: work, args: [n] });
  t.start();
  t.join();
}
print("end");`);
  expect(stdout).toBe("worked 1\nworked 2\nend\n");
  expect(stderr.match(/^ValueError: \d$/gm)).toEqual(["ValueError: 1", "ValueError: 2"]);
  expect(code).toBe(0);
});
