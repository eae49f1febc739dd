// The kernel's primitives beside CPython's and beside what one would write with JavaScript's Atomics, in one run. What is
// quoted are ratios: the machine is shared. Run by bench/kernel.mjs.
//
// Options: a name filters the lines; --scale=0.1 makes all loops shorter.
import { execFileSync } from "node:child_process";
import { cpus } from "node:os";
import { Machine } from "../tests/kernel/harness";

const argument = (name: string) => process.argv.find((arg) => arg.startsWith(`--${name}=`))?.split("=")[1];
const scale = Number(argument("scale") ?? 1);
const python = argument("python") ?? "bench/kernel.py";
const filter = process.argv.slice(2).find((arg) => !arg.startsWith("--")) ?? "";
const times = (n: number) => Math.round(n * scale);

/** At least this many times CPython's rate. */
const GOALS: Record<string, number> = {
  lock_pair: 5,
  condition_ping_pong: 20,
  event_ping_pong: 20,
  queue_put_get: 10,
  queue_1_to_1: 10,
  queue_2_to_2: 10,
};

const rates = new Map<string, number>();
const notes = new Map<string, string>();

/** Bodies say how long they took in ms; those that run side by side begin together. */
const START = `
const begun = () => { const line = new Int32Array(env.ints.buffer), at = args[0] >> 2, n = args[1];
  Atomics.add(line, at, 1); Atomics.notify(line, at);
  for (let v; (v = Atomics.load(line, at)) < n; ) Atomics.wait(line, at, v, 100);
  return env.now(); };
const o = args.slice(2);
`;

async function measure(name: string, count: number, m: Machine, bodies: string[], args: unknown[]): Promise<number[]> {
  if (!name.includes(filter)) return [];
  const line = m.k.value_new!(2, 0, 16) + 32;
  new Int32Array(m.memory.buffer)[line >> 2] = 0;
  const spans = await Promise.all(
    bodies.map((body) =>
      m.run<number[]>(`${START}${body}`, [line, bodies.length, ...args]).then((span) => span as number[]),
    ),
  );
  const elapsed = Math.max(...spans.map((span) => span[1]!)) - Math.min(...spans.map((span) => span[0]!));
  rates.set(name, (count / elapsed) * 1000);
  return spans.map((span) => span[1]! - span[0]!);
}

async function locks(): Promise<void> {
  const m = new Machine();
  const mutex = m.k.mutex_new!();
  const n = times(5_000_000);
  const pair = (n: number) => `const t = begun(), [x] = o;
    for (let i = 0; i < ${n}; i++) { k.mutex_acquire(x, me, Infinity); k.mutex_release(x); } return [t, env.now()];`;
  const atomics = `const t = begun(), w = env.ints, i = o[0] >> 2;
    for (let n = 0; n < ${n}; n++) {
      if (Atomics.compareExchange(w, i, 0, 1) !== 0) while (Atomics.exchange(w, i, 2) !== 0) Atomics.wait(w, i, 2);
      if (Atomics.exchange(w, i, 0) === 2) Atomics.notify(w, i, 1);
    } return [t, env.now()];`;
  await measure("lock_pair", n, m, [pair(n)], [mutex]);
  await measure("lock_pair_atomics_js", n, m, [atomics], [m.k.value_new!(2, 0, 16) + 32]);
  // For a second each: how often did each get it?
  const contend = `const t = begun(), [x, ms] = o; let n = 0;
    for (let end = t + ms; ; n++) { k.mutex_acquire(x, me, Infinity); k.mutex_release(x); if ((n & 1023) === 0 && env.now() > end) break; }
    return [t, t + ms, n];`;
  if ("lock_pair_two_threads".includes(filter)) {
    const line = m.k.value_new!(2, 0, 16) + 32;
    const ms = times(1000);
    const runs = await Promise.all([0, 1].map(() => m.run<number[]>(START + contend, [line, 2, mutex, ms])));
    const counts = runs.map((run) => run[2]!);
    const total = counts[0]! + counts[1]!;
    rates.set("lock_pair_two_threads", (total / ms) * 1000);
    notes.set("lock_pair_two_threads", `least share ${Math.round((Math.min(...counts) / total) * 100)} %`);
  }
}

async function pingPong(): Promise<void> {
  const m = new Machine();
  const n = times(100_000);
  const [mutex, condition] = [m.k.mutex_new!(), m.k.condition_new!()];
  const at = m.k.value_new!(2, 0, 16) + 32;
  const turn = (id: number) => `const [mutex, c, at] = o, turn = env.ints, t = begun();
    for (let i = 0; i < ${n}; i++) {
      k.mutex_acquire(mutex, me, Infinity);
      while (Atomics.load(turn, at >> 2) !== ${id}) {
        k.condition_attempt(c, k.thread_place(me)); k.mutex_release(mutex); k.place_wait(c, me, Infinity); k.mutex_acquire(mutex, me, Infinity);
      }
      Atomics.store(turn, at >> 2, ${1 - id});
      k.condition_notify(c, 1);
      k.mutex_release(mutex);
    } return [t, env.now()];`;
  await measure("condition_ping_pong", n, m, [turn(0), turn(1)], [mutex, condition, at]);
  const events = [m.k.event_new!(), m.k.event_new!()];
  m.k.event_set!(events[0]!);
  const toss = (id: number) => `const e = o, t = begun();
    for (let i = 0; i < ${n}; i++) { if (k.event_attempt(e[${id}], k.thread_place(me), 1) === 6) k.place_wait(e[${id}], me, Infinity); k.event_clear(e[${id}]); k.event_set(e[${1 - id}]); }
    return [t, env.now()];`;
  await measure("event_ping_pong", n, m, [toss(0), toss(1)], events);
}

async function queues(): Promise<void> {
  const m = new Machine();
  const n = times(2_000_000);
  const alone = `const [q] = o, t = begun(); for (let i = 0; i < ${n}; i++) { env.put(q, i); env.get(q); } return [t, env.now()];`;
  const puts = `const [q] = o, t = begun(); for (let i = 0; i < ${n}; i++) env.put(q, i); return [t, env.now()];`;
  const gets = `const [q] = o, t = begun(); for (let i = 0; i < ${n}; i++) env.get(q); return [t, env.now()];`;
  await measure("queue_put_get", n, m, [alone], [m.k.queue_new!(0)]);
  await measure("queue_1_to_1", n, m, [puts, gets], [m.k.queue_new!(0)]);
  await measure("queue_2_to_2", 2 * n, m, [puts, puts, gets, gets], [m.k.queue_new!(0)]);
  const batch = 32;
  const many = (call: string) => `const [q, at] = o, t = begun(), block = k.value_new(2, ${batch}, 0) + 24;
    for (let done = 0; done < ${n}; ) { const d = k.${call}; if (d === 0) { ${call.startsWith("queue_get") ? "env.get(q); done++;" : ""} } else done += d; }
    return [t, env.now()];`;
  await measure(
    "queue_1_to_1_many",
    n,
    m,
    [
      many(`queue_put_many(q, block, Math.min(${batch}, ${n} - done), me)`),
      many(`queue_get_many(q, block, Math.min(${batch}, ${n} - done), me)`),
    ],
    [m.k.queue_new!(0)],
  );
  // A ring of 64-byte slots with one producer and one consumer, as one writes it by hand.
  const ring = m.k.value_new!(2, 0, 64 * 1024 + 128) + 64;
  const slots = 1024;
  const head = `const w = env.ints, head = o[0] >> 2, tail = head + 8, data = head + 16, t = begun();`;
  const write = `${head} for (let i = 0; i < ${n}; i++) {
      for (let h; i - (h = Atomics.load(w, head)) >= ${slots}; ) Atomics.wait(w, head, h, 1);
      w[data + (i % ${slots}) * 15] = i; Atomics.store(w, tail, i + 1); Atomics.notify(w, tail, 1); } return [t, env.now()];`;
  const read = `${head} let s = 0; for (let i = 0; i < ${n}; i++) {
      while (Atomics.load(w, tail) === i) Atomics.wait(w, tail, i, 1);
      s += w[data + (i % ${slots}) * 15]; Atomics.store(w, head, i + 1); Atomics.notify(w, head, 1); } return [t, env.now()];`;
  await measure("queue_1_to_1_ring_js", n, m, [write, read], [ring]);
  const blocks = times(10_000);
  const MIB = 1 << 20;
  const send = `const [q] = o, t = begun(), bytes = new Uint8Array(env.ints.buffer), mine = new Uint8Array(${MIB});
    for (let i = 0; i < ${blocks}; i++) {
      const v = k.value_new(2, 0, ${MIB}); bytes.set(mine, v + 24);
      env.ints[env.mailbox * 2] = v; env.ints[env.mailbox * 2 + 1] = 0xfffc0000 | 0; k.queue_put(q, me, Infinity);
    } return [t, env.now()];`;
  const receive = `const [q] = o, t = begun(), bytes = new Uint8Array(env.ints.buffer); const mine = new Uint8Array(${MIB});
    for (let i = 0; i < ${blocks}; i++) { k.queue_get(q, me, Infinity); const v = env.ints[env.mailbox * 2];
      mine.set(bytes.subarray(v + 24, v + 24 + ${MIB})); k.word_release(me); } return [t, env.now()];`;
  await measure("queue_1_MiB", blocks, m, [send, receive], [m.k.queue_new!(8)]);
}

async function threads(): Promise<void> {
  const m = new Machine();
  if (!"thread_start_join".includes(filter)) return;
  const index = m.k.carrier_reserve!(0);
  const carrier = `k.carrier_park(args[0]);
    while (true) { const t = k.carrier_await(args[0], Infinity); if (t === 1) return; k.thread_advance(t, 2); k.carrier_park(args[0]); k.carrier_finish(args[0]); }`;
  const served = m.run(carrier, [index]);
  const PARKED = 2;
  await m.until(() => m.k.carrier_state!(index) === PARKED);
  const n = times(50_000);
  await measure(
    "thread_start_join",
    n,
    m,
    [
      `const t = begun(); for (let i = 0; i < ${n}; i++) { const x = k.thread_new(0); k.thread_claim(x); k.carrier_assign(x);
        k.thread_await(x, 2, me, Infinity); k.thread_await(x, 3, me, Infinity); k.object_release(x); } return [t, env.now()];`,
    ],
    [],
  );
  m.k.carrier_retire!(0, m.now());
  await served;
}

await locks();
await pingPong();
await queues();
await threads();
const theirs = new Map(
  execFileSync("python3", [python, String(scale)], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map((line) => line.split(" "))
    .map(([name, rate]) => [name!, Number(rate)] as const),
);

const number = (n: number | undefined) =>
  n === undefined
    ? ""
    : n >= 1e6
      ? `${(n / 1e6).toFixed(1)} M/s`
      : n >= 1e4
        ? `${Math.round(n / 1e3)} k/s`
        : `${Math.round(n)} /s`;
const version = execFileSync("python3", ["--version"], { encoding: "utf8" }).trim();
console.log(`the kernel · node ${process.version}, ${version}, ${cpus().length} × ${cpus()[0]?.model}`);
console.log(["", "kernel", "CPython", "ratio", "at least"].map((text, i) => text.padEnd(i ? 12 : 26)).join(""));
for (const [name, rate] of rates) {
  const other = theirs.get(name);
  const ratio = other === undefined ? "" : (rate / other).toFixed(1);
  const columns = [name, number(rate), number(other), ratio, GOALS[name] ? String(GOALS[name]) : ""];
  console.log(columns.map((text, i) => text.padEnd(i ? 12 : 26)).join("") + (notes.get(name) ?? ""));
}
