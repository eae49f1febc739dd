// What a program sees when there is no more: of memory, and of workers.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderOf, runCli, runPort } from "./run";

const MINUTES = 180_000;

const EXHAUSTED = `import { queue, threading } from "pythreads";
import { MemoryError, bytes, dict, isinstance, list, print, range, type } from "pythreads/builtins";
const q = queue.Queue(), kept = list(), names = dict(), locks = list();
const text = "x".repeat(3000);
function fill(what: string, body: (n: number) => void): number {
  for (let n = 0; ; n++) {
    try {
      body(n);
    } catch (e) {
      if (!isinstance(e, MemoryError)) throw e;
      print(what, e);
      return n;
    }
  }
}
function run() {
  const big = fill("queue", (n) => q.put(\`\${n} \${text}\`));
  const small = fill("list", (n) => kept.append(n + 0.5));
  const keys = fill("dict", (n) => names.set(n, n));
  fill("lock", () => { const lock = threading.Lock(); lock.acquire(); locks.append(lock); });
  try { threading.Thread({ target: print, args: [text] }).start(); } catch (e) { print(type(e).__name__); }
  try { q.put(bytes(100_000)); } catch (e) { print(type(e).__name__); }
  print(q.qsize() === big, kept.length === small, names.length === keys);
  for (const n of range(big)) if (q.get() !== \`\${n} \${text}\`) print("item", n);
  for (const n of range(small)) if (kept[n] !== n + 0.5) print("number", n);
  for (const n of range(keys)) if (names.get(n) !== n) print("key", n);
  for (const lock of locks) lock.release();
  q.put(text);
  print(q.get() === text, threading.active_count());
  kept.clear(); names.clear(); locks.clear();
}
run();
const t = threading.Thread({ target: run });
t.start();
t.join();
print("over", threading.active_count());
`;
const FULL = "kernel memory is exhausted";
const ROUND = `queue ${FULL}\nlist ${FULL}\ndict ${FULL}\nlock ${FULL}\nMemoryError\nMemoryError\nTrue True True\n`;

test("memory: what finds none raises MemoryError, nothing is lost, and the program goes on", {
  timeout: MINUTES,
}, async () => {
  const { stdout, stderr, code } = await runPort(EXHAUSTED, { options: ["--memory", "8"], timeout: MINUTES });
  expect({ stdout, stderr, code }).toEqual({
    stdout: `${ROUND}True 1\n${ROUND}True 2\nover 1\n`,
    stderr: "",
    code: 0,
  });
});

test("memory: a thread that dies of it is reported even when none is left", { timeout: MINUTES }, async () => {
  const source = `import { queue, threading } from "pythreads";
import { list, print } from "pythreads/builtins";
const q = queue.Queue(), kept = list();
function work() { while (true) { q.put(threading.Lock()); kept.append("123456"); } }
const t = threading.Thread({ target: work, name: "T1" });
t.start();
t.join();
print("on", q.get().locked());
while (!q.empty()) q.get();
const u = threading.Thread({ target: print, args: ["again"] });
u.start();
u.join();
`;
  const { stdout, stderr, code } = await runPort(source, { options: ["--memory", "4"], timeout: MINUTES });
  expect({ stdout, code }).toEqual({ stdout: "on False\nagain\n", code: 0 });
  expect(stderr).toMatch(/^Exception in thread T1:\n[\s\S]*MemoryError: kernel memory is exhausted\n$/);
});

/** Lets those workers fail, by their number `made`, of which that is true: as for want of memory or threads. */
function fewWorkers(which: string, failure: string): string {
  const code = `import { createRequire, syncBuiltinESMExports } from "node:module";
const threads = createRequire("/")("node:worker_threads");
const { Worker } = threads;
let made = 0;
threads.Worker = class extends Worker {
  constructor(...args) {
    made++;
    if (${which}) { ${failure} }
    super(...args);
  }
};
syncBuiltinESMExports();
`;
  return join(folderOf({ "few.mjs": code }), "few.mjs");
}

const MANY = `import { threading } from "pythreads";
import { print, range, repr } from "pythreads/builtins";
const gate = threading.Event();
const threads: any[] = [];
let failed: any = null;
for (const i of range(20)) {
  const t = threading.Thread({ target: gate.wait, name: \`T\${i}\` });
  try { t.start(); } catch (e) { failed = t; print(repr(e)); break; }
  threads.push(t);
}
print(threads.length > 0, threads.length < 20, repr(failed).includes("initial"), failed.ident, failed.is_alive());
print(threading.active_count() === threads.length + 1, threading.enumerate().includes(failed));
gate.set();
for (const t of threads) t.join();
failed.start();
failed.join();
print("over", threading.active_count());
`;
const REFUSED = `RuntimeError("can't start new thread")
True True True None False
True False
over 1
`;

/** A worker that fails as `how` says when it has told that it is ready. */
function dying(how: string): string {
  const patch = `const { parentPort } = require("node:worker_threads");
const post = parentPort.postMessage;
parentPort.postMessage = function (message, ...rest) {
  post.call(this, message, ...rest);
  if (message.kind === "ready") { ${how} }
};
`;
  return `const [script, options] = args;
const code = options.eval ? script : "require(" + JSON.stringify(script) + ")";
const resourceLimits = { maxOldGenerationSizeMb: 32 };
super(${JSON.stringify(`{ ${patch} }`)} + code, { ...options, eval: true, resourceLimits });
return;`;
}

for (const [how, failure] of [
  ["refused", `throw new Error("no more workers");`],
  ["made and dies at once", `super("process.exit(1)", { eval: true }); return;`],
  ["made and throws whenever it loads", dying(`throw new Error("no");`)],
  ["made and runs out of memory whenever it loads", dying("for (const kept = []; ; ) kept.push([...kept]);")],
] as const) {
  test(`workers: when one is ${how}, start() raises RuntimeError, and may be called again`, {
    timeout: MINUTES,
  }, async () => {
    const flags = ["--import", fewWorkers("made > 5", failure)];
    const { stdout, code } = await runPort(MANY, { flags, timeout: MINUTES });
    expect({ stdout, code }).toEqual({ stdout: REFUSED, code: 0 });
  });

  test(`workers: when one is ${how}, a program that wanted some ahead begins even so`, {
    timeout: MINUTES,
  }, async () => {
    const source = `import { print } from "pythreads/builtins";\nprint("begun");\n`;
    const flags = ["--import", fewWorkers("made === 1", failure)];
    const { stdout, code } = await runPort(source, { flags, options: ["--carriers", "2"], timeout: MINUTES });
    expect({ stdout, code }).toEqual({ stdout: "begun\n", code: 0 });
  });
}

test.each([
  ["a script", ""],
  ["a module", "await null;"],
])(
  "workers: when a package throws in each that loads it, start() raises RuntimeError: %s",
  async (_, first) => {
    const folder = folderOf({
      "port.ts": `import mood from "grumpy";
import { threading } from "pythreads";
import { print, repr } from "pythreads/builtins";
${first}
for (let i = 0; i < 2; i++) {
  try { threading.Thread({ target: print, args: [mood] }).start(); } catch (e) { print(repr(e)); }
}
print(mood, threading.active_count());
`,
    });
    const place = join(folder, "node_modules/grumpy");
    mkdirSync(place, { recursive: true });
    writeFileSync(
      join(place, "index.js"),
      `if (!require("node:worker_threads").workerData.mainThread) throw new Error("not in threads");
module.exports = "well";`,
    );
    const { stdout, stderr, code } = await runCli(["run", join(folder, "port.ts")]);
    const refused = `RuntimeError("can't start new thread")\n`;
    expect({ stdout, code }).toEqual({ stdout: `${refused}${refused}well 1\n`, code: 0 });
    expect(stderr).toMatch(/^(A thread died: not in threads\n)+$/);
  },
  150_000,
);
