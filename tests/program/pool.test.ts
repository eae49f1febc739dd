// What pools offer besides CPython's: limits, giving up, broadcast, and news of workers that died.
import { expect, test } from "vitest";
import { runPort } from "./run";

const HEAD = `import { sys, threading, time } from "pythreads";
import { list, print, range, repr, sorted, str, type } from "pythreads/builtins";
import { Pool, ThreadPool } from "pythreads/multiprocessing/pool";
function loop(n: number) {
  while (n !== -1) n += 1;
}
function caught(body: any) {
  try {
    return body();
  } catch (e) {
    return type(e).__name__;
  }
}
`;

async function printed(body: string): Promise<string[]> {
  const { stdout, stderr, code } = await runPort(HEAD + body);
  expect(stderr).toBe("");
  expect(code).toBe(0);
  return stdout.trimEnd().split("\n");
}

test("a task that loops is ended at its limit, others go on, and its worker is replaced", async () => {
  const lines = await printed(`
const pool = ThreadPool(2);
pool.broadcast(str, ["warm"]);
const begin = time.monotonic();
const late = pool.apply_async({ func: loop, args: [0], time_limit: 0.1 });
const other = pool.apply_async(time.sleep, [0.3]);
print(caught(() => late.get()), time.monotonic() - begin >= 0.1);
print(repr(other.get()), other.successful());
print(sorted(pool.map(abs, [-1, -2, -3])));
const { late: n, lost } = pool.stats();
print(n, lost);
function abs(x: number) {
  return -x;
}
`);
  expect(lines).toEqual(["TimeLimitExceeded True", "None True", "[1, 2, 3]", "1 0"]);
});

test("an aborted task raises the signal's reason; what had not begun never begins", async () => {
  const lines = await printed(`
const ran = list();
const pool = ThreadPool(1);
const controller = new AbortController();
const begun = threading.Event();
function hold() {
  begun.set();
  loop(0);
}
const { signal } = controller;
const running = pool.apply_async({ func: hold, signal });
const waiting = pool.apply_async({ func: ran.append, args: [1], signal });
begun.wait();
controller.abort(new RangeError("enough"));
for (const result of [running, waiting]) print(caught(() => result.get()), result.ready(), result.successful());
print(pool.apply(str, [5]), ran);
`);
  expect(lines).toEqual(["ValueError True False", "ValueError True False", "5 []"]);
});

test("a signal that is aborted without a reason tells so, as JavaScript has it", async () => {
  const lines = await printed(`
const pool = ThreadPool(1);
const controller = new AbortController();
const result = pool.apply_async({ func: loop, args: [0], signal: controller.signal });
controller.abort();
try {
  result.get();
} catch (error: any) {
  print(error.name, error.message, str(error) === error.message);
}
`);
  expect(lines).toEqual(["AbortError This operation was aborted True"]);
});

test("broadcast runs once in each worker", async () => {
  const lines = await printed(`
const pool = ThreadPool(4);
function name() {
  return threading.current_thread().name;
}
print(sorted(pool.broadcast(name)));
`);
  expect(lines).toEqual(["['Thread-1 (worker)', 'Thread-2 (worker)', 'Thread-3 (worker)', 'Thread-4 (worker)']"]);
});

test("a task that waits for a worker whose initializer raises is told so, and workers do not replace each other for ever", async () => {
  const { stdout, code } = await runPort(`${HEAD}
import { ValueError, with_ } from "pythreads/builtins";
import { Value } from "pythreads/multiprocessing";
const starts = Value("i", 0);
function bad() {
  with_(starts.get_lock(), () => { starts.value += 1; });
  throw ValueError("no such host");
}
for (const cls of [Pool, ThreadPool]) {
  starts.value = 0;
  const pool = cls(1, bad);
  for (const n of range(3)) {
    try { print(pool.apply(repr, [n])); } catch (e: any) { print(type(e).__name__, e); }
  }
  print(caught(() => pool.map(repr, [1, 2], 1)));
  pool.close();
  pool.join();
  print(starts.value < 10);
}`);
  const told = "WorkerLostError the worker's initializer raised ValueError: no such host";
  const each = [told, told, told, "WorkerLostError", "True"];
  expect([code, stdout.trimEnd().split("\n")]).toEqual([0, [...each, ...each]]);
});

test("a task whose worker leaves is told to be lost, and those behind it are done by another", async () => {
  const lines = await printed(`
const pool = ThreadPool(1);
function leave(n: number) {
  sys.exit(n);
}
const results = [leave, str, str].map((f: any) => pool.apply_async(f, [3]));
for (const result of results) print(caught(() => result.get()));
const { lost, done, workers } = pool.stats();
print(lost, done, workers);
`);
  expect(lines).toEqual(["WorkerLostError", "3", "3", "1 2 1"]);
});

test("callbacks never run at the same time, and join waits for them", async () => {
  const lines = await printed(`
let inside = 0;
let most = 0;
let calls = 0;
function called(_: any) {
  inside += 1;
  if (inside > most) most = inside;
  time.sleep(0.001);
  inside -= 1;
  calls += 1;
}
const pool = ThreadPool(4);
for (const i of range(50)) pool.apply_async({ func: str, args: [i], callback: called });
pool.close();
pool.join();
print(most, calls);
`);
  expect(lines).toEqual(["1 50"]);
});

test("an input without an end is read as far as the results are", async () => {
  const lines = await printed(`
let read = 0;
function* all() {
  while (true) {
    read += 1;
    yield read;
  }
}
const pool = ThreadPool(2);
const it = pool.imap(str, all());
for (let i = 0; i < 100; i++) it.next();
print(it.next(), read < 200);
`);
  expect(lines).toEqual(["101 True"]);
});

test("a task whose process is killed is told to be lost, and another worker goes on", async () => {
  const lines = await printed(`
import { os, signal } from "pythreads";
const pool = Pool(1);
const first = pool.apply(os.getpid);
const cut = pool.apply_async(loop, [0]);
while (pool.stats().running === 0) time.sleep(0.001);
os.kill(first, signal.SIGKILL);
print(caught(() => cut.get()));
print(pool.apply(os.getpid) !== first, pool.stats().lost);
print(caught(() => os.kill(first, 0)));
pool.terminate();
pool.join();
`);
  expect(lines).toEqual(["WorkerLostError", "True 1", "ProcessLookupError"]);
});

test("a result is awaited while the event loop turns, with a timeout and a signal that give up the wait and not the task", async () => {
  const lines = await printed(`
function double(x: number) {
  return x * 2;
}
function bad() {
  throw new RangeError("no");
}
const named = (e: any) => type(e).__name__;
for (const pool of [ThreadPool(2), Pool(2)]) {
  const results = [1, 2, 3].map((i) => pool.apply_async(double, [i]));
  print(await results[0], await Promise.all(results), await pool.map_async(double, [4, 5]));
  print(await pool.apply_async(bad).then(() => "no error", named));
  const flag = pool.apply_async(loop, [0]);
  print(await flag.aio.get({ timeout: 0.01 }).catch(named), await flag.aio.wait(0), flag.ready());
  const controller = new AbortController();
  const given = flag.aio.get({ signal: controller.signal });
  let turned = false;
  setTimeout(() => {
    turned = true;
    controller.abort(new RangeError("enough"));
  });
  print(await given.catch(named), turned, flag.ready(), await pool.apply_async(double, [6]));
  pool.terminate();
  if (pool instanceof Pool) print(await flag.then(() => "no error", named));
}
`);
  const each = ["2 [2, 4, 6] [8, 10]", "ValueError", "TimeoutError None False", "ValueError True False 12"];
  expect(lines).toEqual([...each, ...each, "WorkerLostError"]);
});

test("whoever awaits a result starts another worker when one has died", async () => {
  const lines = await printed(`
import { os, signal } from "pythreads";
const pool = Pool(1);
const first = await pool.apply_async(os.getpid);
const results = [pool.apply_async(loop, [0]), pool.apply_async(os.getpid)];
while (pool.stats().running === 0) time.sleep(0.001);
os.kill(first, signal.SIGKILL);
const [lost, other] = await Promise.all(results.map((result) => result.then((pid) => pid !== first, (e) => type(e).__name__)));
print(lost, other);
`);
  expect(lines).toEqual(["WorkerLostError True"]);
});

test("limits, signals, broadcasts and statistics are the same with processes", async () => {
  const lines = await printed(`
import { os } from "pythreads";
import { set } from "pythreads/builtins";
const pool = Pool(2);
const pids = pool.broadcast(os.getpid);
print(pids.length, set(pids).length, pool.stats());
const late = pool.apply_async({ func: loop, args: [0], time_limit: 0.1 });
const other = pool.apply_async(time.sleep, [0.3]);
print(caught(() => late.get()), repr(other.get()));
const controller = new AbortController();
const given = pool.apply_async({ func: loop, args: [0], signal: controller.signal });
while (pool.stats().running === 0) time.sleep(0.001);
controller.abort(new RangeError("enough"));
print(caught(() => given.get()), pool.apply(str, [5]));
const { workers, done, late: ended, lost } = pool.stats();
print(workers, done, ended, lost);
`);
  expect(lines).toEqual([
    "2 2 {'workers': 2, 'running': 0, 'waiting': 0, 'done': 2, 'failed': 0, 'lost': 0, 'late': 0}",
    "TimeLimitExceeded None",
    "ValueError 5",
    "2 4 2 0",
  ]);
});

test("a pool that is closed at once loses no task while its workers replace each other", async () => {
  const lines = await printed(`
function slow(n: number) {
  time.sleep(0.02);
  return n;
}
for (const _ of range(8)) {
  const pool = Pool(3, { maxtasksperchild: 1 });
  const results = [...range(6)].map((n) => pool.apply_async(slow, [n]));
  pool.close();
  pool.join();
  print([...results].map((result) => result.get()).join(" "));
}
`);
  expect(lines).toEqual(new Array(8).fill("0 1 2 3 4 5"));
});
