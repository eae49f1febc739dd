import { describe, expect, test } from "vitest";
import { Machine } from "./harness";

describe("the kernel under contention", () => {
  test("a mutex loses no increment of a plain counter", async () => {
    const m = new Machine();
    const mutex = m.k.mutex_new!();
    const counter = m.k.value_new!(2, 0, 16) + 32;
    const n = 100_000;
    await m.runAll(
      4,
      `const [mutex, at, n] = args; const c = env.ints;
      for (let i = 0; i < n; i++) { k.mutex_acquire(mutex, me, Infinity); c[at >> 2] = c[at >> 2] + 1; k.mutex_release(mutex); }`,
      [mutex, counter, n],
    );
    expect(new Int32Array(m.memory.buffer)[counter >> 2]).toBe(4 * n);
    expect(m.k.mutex_owner!(mutex)).toBe(0);
  });

  test("a re-entrant lock keeps its depth", async () => {
    const m = new Machine();
    const lock = m.k.rlock_new!();
    const results = await m.runAll<number>(
      3,
      `const [lock] = args; let bad = 0;
      for (let i = 0; i < 30000; i++) {
        for (let d = 0; d < 3; d++) k.rlock_acquire(lock, me, Infinity);
        if (k.rlock_depth(lock) !== 3) bad++;
        for (let d = 0; d < 3; d++) if (k.rlock_release(lock, me) !== 0) bad++;
      }
      return bad + (k.rlock_release(lock, me) === 0 ? 1 : 0);`,
      [lock],
    );
    expect(results).toEqual([0, 0, 0]);
  });

  test("a semaphore never lets more in than it has places", async () => {
    const m = new Machine();
    const semaphore = m.k.semaphore_new!(2, 2);
    const at = m.k.value_new!(2, 0, 16) + 32;
    const most = await m.runAll<number>(
      4,
      `const [s, at] = args; let most = 0;
      for (let i = 0; i < 20000; i++) {
        k.semaphore_acquire(s, me, Infinity);
        most = Math.max(most, Atomics.add(env.ints, at >> 2, 1) + 1);
        Atomics.sub(env.ints, at >> 2, 1);
        k.semaphore_release(s, 1);
      }
      return most;`,
      [semaphore, at],
    );
    expect(Math.max(...most)).toBeLessThanOrEqual(2);
    expect(m.k.semaphore_value!(semaphore)).toBe(2);
  });

  test.each([0, 1, 7, 100])("a queue of bound %i delivers every item once, each producer's in order", async (bound) => {
    const m = new Machine();
    const queue = m.k.queue_new!(bound);
    const n = 30_000;
    const producers = m.runAll(2, `const [q, n, id] = args; for (let i = 0; i < n; i++) env.put(q, id * n + i);`, [
      queue,
      n,
    ]);
    const consumers = m.runAll<number[]>(
      2,
      `const [q, n] = args; const got = []; for (let i = 0; i < n; i++) got.push(env.get(q)); return got;`,
      [queue, n],
    );
    await producers;
    const got = await consumers;
    for (const items of got) {
      for (const id of [0, 1]) {
        const mine = items.filter((item) => Math.floor(item / n) === id);
        expect(mine).toEqual([...mine].sort((a, b) => a - b));
      }
    }
    expect(new Set(got.flat()).size).toBe(2 * n);
    expect(m.k.queue_size!(queue)).toBe(0);
  });

  test("an event that is set and cleared at once still releases those who waited", async () => {
    const m = new Machine();
    const event = m.k.event_new!();
    const waiters = m.runAll<number>(
      3,
      `k.event_attempt(args[0], k.thread_place(me), 1); return k.place_wait(args[0], me, Infinity);`,
      [event],
    );
    await m.until(() => m.k.event_waiters!(event) === 3);
    m.k.event_set!(event);
    m.k.event_clear!(event);
    expect(await waiters).toEqual([0, 0, 0]);
  });

  test("a condition wakes in the order of waiting, and hands a turn to and fro", async () => {
    const m = new Machine();
    const [mutex, condition] = [m.k.mutex_new!(), m.k.condition_new!()];
    const at = m.k.value_new!(2, 0, 16) + 32;
    const rounds = 20_000;
    const body = `const [mutex, condition, at, rounds, id] = args; const turn = env.ints;
      for (let i = 0; i < rounds; i++) {
        k.mutex_acquire(mutex, me, Infinity);
        while (turn[at >> 2] !== id) {
          k.condition_attempt(condition, k.thread_place(me)); k.mutex_release(mutex);
          k.place_wait(condition, me, Infinity);
          k.mutex_acquire(mutex, me, Infinity);
        }
        turn[at >> 2] = 1 - id;
        k.condition_notify(condition, 1);
        k.mutex_release(mutex);
      }
      return rounds;`;
    expect(await m.runAll(2, body, [mutex, condition, at, rounds])).toEqual([rounds, rounds]);
  });

  test("timeouts and wake-ups that cross lose neither an item nor a waiter", async () => {
    const m = new Machine();
    const queue = m.k.queue_new!(1);
    const n = 3000;
    const producer = m.run<number>(
      `const [q, n] = args; let sent = 0;
      while (sent < n) if (env.put(q, sent, env.now() + 0.02) === 0) sent++;
      return sent;`,
      [queue, n],
    );
    const consumer = m.run<number[]>(
      `const [q, n] = args; const got = [];
      while (got.length < n) { const v = env.get(q, env.now() + 0.02); if (v !== undefined) got.push(v); }
      return got;`,
      [queue, n],
    );
    await producer;
    expect(await consumer).toEqual(Array.from({ length: n }, (_, i) => i));
  });

  test("memory comes back: what was allocated and released in parallel is all free again", async () => {
    const m = new Machine();
    const before = m.k.memory_used!();
    await m.runAll(
      3,
      `for (let i = 0; i < 50000; i++) { const a = k.value_new(1, 0, i % 700), b = k.list_new();
      env.view[env.mailbox] = i; k.list_insert(b, 0, me); k.object_release(a); k.object_release(b); }`,
    );
    // Three thread records of 224 bytes are left.
    expect(m.k.memory_used!() - before).toBeLessThan(3 * 512);
  });
});
