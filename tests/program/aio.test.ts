// Threads that await beside threads that block.
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runPort } from "./run";

const HEAD = `import { _thread, queue, threading, time } from "pythreads";
import { list, print, with_, sorted } from "pythreads/builtins";
import { waiters } from "pythreads/internal/waiters";
const turn = () => new Promise((resolve) => setTimeout(resolve));
async function until(condition: () => boolean) {
  while (!condition()) await turn();
}
`;

/** In all workers too: they load what `--require` names. */
const WITHOUT = fileURLToPath(new URL("without_wait_async.cjs", import.meta.url));
const HOSTS: [string, string[]][] = [
  ["", []],
  [", without Atomics.waitAsync", ["--require", WITHOUT]],
];

async function output(flags: string[], port: string): Promise<string> {
  const shown = "print(typeof (Atomics as any).waitAsync);\n";
  const { stdout, stderr, code } = await runPort(HEAD + shown + port, { flags, timeout: 150_000 });
  expect([stderr, code]).toEqual(["", 0]);
  const [found, ...lines] = stdout.split("\n");
  expect(found).toBe(flags.length > 0 ? "undefined" : "function");
  return lines.join("\n");
}

test.each(HOSTS)("every primitive between the main thread's event loop and a blocked thread%s", async (_, flags) => {
  const stdout = await output(
    flags,
    `
const q = queue.Queue(1);
const pq = queue.PriorityQueue();
const sq = queue.SimpleQueue();
const lock = threading.Lock();
const rlock = threading.RLock();
const semaphore = threading.Semaphore(0);
const event = threading.Event();
const barrier = threading.Barrier(2);
const cond = threading.Condition(threading.Lock());
function worker() {
  for (let i = 0; i < 4; i++) q.put("item " + i);
  pq.put(1);
  pq.put(2);
  sq.put(null);
  with_(rlock, () => with_(lock, () => {
    event.set();
    while (waiters(lock) === 0 || waiters(rlock) === 0) time.sleep(0.001);
  }));
  while (waiters(cond) === 0) time.sleep(0.001);
  with_(cond, () => cond.notify());
  semaphore.release();
  print("barrier", barrier.wait() < 2);
  q.join();
  return "worker";
}
const t = threading.Thread({ target: worker });
await t.aio.start();
print(t.is_alive());
for (let i = 0; i < 4; i++) print(await q.aio.get());
await until(() => pq.qsize() === 2);
print(await pq.aio.get(), await pq.aio.get(), await sq.aio.get());
print(await event.aio.wait());
const [a, b] = [lock.aio.acquire(), rlock.aio.acquire()];
print(await a, await b, lock.locked(), rlock._is_owned());
lock.release();
rlock.release();
await with_(cond.aio, async () => print("notified", await cond.aio.wait({ timeout: 20 })));
print(await semaphore.aio.acquire());
print("barrier", (await barrier.aio.wait()) < 2);
await until(() => waiters(q) === 1);
for (let i = 0; i < 4; i++) q.task_done();
await q.aio.join();
await t.aio.join();
print(t.is_alive());
`,
  );
  expect(stdout.split("\n").sort()).toEqual(
    [
      "True",
      "item 0",
      "item 1",
      "item 2",
      "item 3",
      "1 2 None",
      "True",
      "True True True True",
      "notified True",
      "True",
      "barrier True",
      "barrier True",
      "False",
      "",
    ].sort(),
  );
});

test.each(HOSTS)(
  "threads that block and waits of an event loop are served in the order in which they came%s",
  async (_, flags) => {
    const stdout = await output(
      flags,
      `
const q = queue.Queue();
const semaphore = threading.Semaphore(0);
const served = list([]);
function getter(n: number) {
  served.append([n, q.get()]);
}
function taker(n: number) {
  semaphore.acquire();
  served.append(n);
}
for (let n = 0; n < 6; n++) {
  if (n % 2) q.aio.get().then((item) => served.append([n, item]));
  else threading.Thread({ target: getter, args: [n] }).start();
  await until(() => waiters(q) === n + 1);
}
for (let n = 0; n < 6; n++) {
  q.put(n * 10);
  await until(() => served.length === n + 1);
}
print(served);
served.clear();
for (let n = 0; n < 6; n++) {
  if (n % 2) semaphore.aio.acquire().then(() => served.append(n));
  else threading.Thread({ target: taker, args: [n] }).start();
  await until(() => waiters(semaphore) === n + 1);
}
for (let n = 0; n < 6; n++) {
  semaphore.release();
  await until(() => served.length === n + 1);
}
print(served);
`,
    );
    expect(stdout).toBe("[[0, 0], [1, 10], [2, 20], [3, 30], [4, 40], [5, 50]]\n[0, 1, 2, 3, 4, 5]\n");
  },
);

test.each(HOSTS)(
  "a lock that threads hammer on comes to an event loop too, and no increment is lost%s",
  async (_, flags) => {
    const stdout = await output(
      flags,
      `
const lock = threading.Lock();
let num = 0;
let mine = 0;
let running = true;
function hammer() {
  while (running) {
    lock.acquire();
    num += 1;
    lock.release();
  }
}
const threads = [0, 1].map(() => threading.Thread({ target: hammer }));
for (const t of threads) t.start();
for (let i = 0; i < 1000; i++) {
  await lock.aio.acquire();
  const before = num;
  if (i % 100 === 0) await turn();
  if (num !== before) print("somebody else had the lock");
  num += 1;
  mine += 1;
  lock.release();
}
running = false;
for (const t of threads) await t.aio.join();
print(mine, num > 1000);
`,
    );
    expect(stdout).toBe("1000 True\n");
  },
);

test.each(HOSTS)("aborted getters lose no item that threads put%s", async (_, flags) => {
  const stdout = await output(
    flags,
    `
const q = queue.Queue(5);
const N = 3000;
function producer() {
  for (let i = 0; i < N; i++) q.put(i);
}
const t = threading.Thread({ target: producer });
const got: number[] = [];
let aborted = 0;
const first = new AbortController();
const never = q.aio.get({ signal: first.signal });
first.abort();
await never.catch(() => aborted++);
t.start();
while (got.length < N) {
  const controller = new AbortController();
  if (got.length % 3 === 0) setTimeout(() => controller.abort());
  const waits = [0, 1, 2].map(() => q.aio.get({ signal: controller.signal, timeout: 20 }));
  setTimeout(() => controller.abort(), 5);
  for (const wait of waits) {
    try {
      got.push(await wait);
    } catch (e) {
      aborted++;
    }
  }
}
print(new Set(got).size === N, got.length === N, q.qsize(), aborted > 0);
`,
  );
  expect(stdout).toBe("True True 0 True\n");
});

test("a thread's async target keeps the thread until it is done, and what it raises is the thread's", async () => {
  const { stdout, stderr } = await runPort(`${HEAD}
const q = queue.Queue();
async function consumer() {
  print(await q.aio.get(), threading.current_thread().name);
  print(await q.aio.get(), threading.current_thread().name);
}
async function failing() {
  await q.aio.get();
  throw new Error("late");
}
function floating() {
  q.aio.get().then((item) => print("floating", item));
}
for (const target of [consumer, failing, floating]) {
  const t = threading.Thread({ target, name: target.name });
  t.start();
  while (waiters(q) === 0) time.sleep(0.001);
  print("alive", t.is_alive());
  q.put(1);
  q.put(2);
  t.join();
  while (q.qsize() > 0) q.get();
}
`);
  expect(stdout).toBe("alive True\n1 consumer\n2 consumer\nalive True\nalive True\nfloating 1\n");
  expect(stderr).toMatch(/^Exception in thread failing:\n(.*\n)*Error: late\n$/);
});

test.each(HOSTS)(
  "a script that does not await at top level lives until its async functions have nothing to wait for%s",
  async (_, flags) => {
    const stdout = await output(
      flags,
      `
const q = queue.Queue();
function producer() {
  for (let i = 0; i < 3; i++) {
    while (waiters(q) === 0) time.sleep(0.001);
    q.put(i);
  }
}
async function main() {
  for (let i = 0; i < 3; i++) print(await q.aio.get());
}
main();
threading.Thread({ target: producer }).start();
`,
    );
    expect(stdout).toBe("0\n1\n2\n");
  },
);

test.each(HOSTS)("Ctrl-C raises KeyboardInterrupt in what the main thread awaits%s", async (_, flags) => {
  const stdout = await output(
    flags,
    `
const q = queue.Queue();
function interrupter() {
  while (waiters(q) === 0) time.sleep(0.001);
  _thread.interrupt_main();
}
threading.Thread({ target: interrupter }).start();
try {
  await q.aio.get();
} catch (e) {
  print((e as Error).name);
}
`,
  );
  expect(stdout).toBe("KeyboardInterrupt\n");
});
