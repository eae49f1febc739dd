import { describe, expect, test } from "vitest";
import { expectSoundHeap, Machine } from "./harness";

/** What consumers got of two producers, who put `n` numbers each: all of them, and each one's in the order in which it was put. */
function expectAllInOrder(got: number[][], n: number): void {
  for (const items of got) {
    for (const id of [0, 1]) {
      const mine = items.filter((item) => Math.floor(item / n) === id);
      expect(mine).toEqual([...mine].sort((a, b) => a - b));
    }
  }
  expect(new Set(got.flat()).size).toBe(2 * n);
}

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
    expectAllInOrder(got, n);
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

  test("a barrier keeps threads in step, and tells each another index", async () => {
    const m = new Machine();
    const barrier = m.k.barrier_new!(3);
    const [rounds, QUEUED] = [5000, 6];
    const told = await m.runAll<number[]>(
      3,
      `const [barrier, rounds] = args; const place = k.thread_place(me); const told = [];
      for (let round = 0; round < rounds; round++) {
        if (k.barrier_attempt(barrier, place) === ${QUEUED}) k.barrier_wait(barrier, place, me, Infinity);
        const index = env.ints[(place + 32) >> 2];
        if (index === 2 && k.barrier_pass(barrier, k.thread_id(me), 1) !== 0) told.push(-2);
        told.push(index);
      }
      return told;`,
      [barrier, rounds],
    );
    for (let round = 0; round < rounds; round++) {
      expect(told.map((indices) => indices[round]).sort()).toEqual([0, 1, 2]);
    }
    expect(m.k.barrier_waiting!(barrier)).toBe(0);
  });

  test("a pipe of seven bytes brings each byte in its turn, and then the end", async () => {
    const m = new Machine();
    const pipe = m.k.pipe_new!(7);
    const n = 60_000;
    const body = (loop: string) => `const [pipe, n] = args; const at = k.value_new(2, 0, 16) + 24;
      const bytes = new Uint8Array(env.ints.buffer, at, 16); ${loop}`;
    const writer = m.run(
      body(`for (let done = 0; done < n; ) {
        const some = Math.min(n - done, 1 + done % 11);
        for (let i = 0; i < some; i++) bytes[i] = (done + i) * 7;
        done += k.pipe_write(pipe, at, some, me, Infinity);
      }
      k.pipe_close(pipe, 0, 1);`),
      [pipe, n],
    );
    const reader = m.run<[number, number]>(
      body(`let done = 0, wrong = 0;
      for (let read = 1; read !== 0; done += read) {
        read = k.pipe_read(pipe, at, 1 + done % 13, me, Infinity);
        for (let i = 0; i < read; i++) if (bytes[i] !== (((done + i) * 7) & 255)) wrong++;
      }
      return [done, wrong];`),
      [pipe, n],
    );
    await writer;
    expect(await reader).toEqual([n, 0]);
  });

  test.each([0, 100])("put_many and get_many, bound %i: every item once, each producer's in order", async (bound) => {
    const m = new Machine();
    const queue = m.k.queue_new!(bound);
    const n = 30_000;
    const producers = m.runAll(
      2,
      `const [q, n, id] = args; const at = k.value_new(2, 0, 1024) + 24;
      for (let done = 0; done < n; ) {
        const some = Math.min(n - done, 1 + done % 90);
        for (let i = 0; i < some; i++) env.view[(at >> 3) + i] = id * n + done + i;
        const put = k.queue_put_many(q, at, some, me);
        done += put;
        // Waits for room with one of them.
        if (put === 0) { env.put(q, id * n + done); done++; }
      }`,
      [queue, n],
    );
    const consumers = m.runAll<number[]>(
      2,
      `const [q, n] = args; const at = k.value_new(2, 0, 1024) + 24; const got = [];
      while (got.length < n) {
        got.push(env.get(q));
        const some = k.queue_get_many(q, at, Math.min(n - got.length, 90), me);
        for (let i = 0; i < some; i++) got.push(env.view[(at >> 3) + i]);
      }
      return got;`,
      [queue, n],
    );
    await producers;
    const got = await consumers;
    expectAllInOrder(got, n);
    expect([m.k.queue_size!(queue), m.k.queue_unfinished!(queue)]).toEqual([0, 2 * n]);
  });

  test("lists, dicts and instances keep what each thread has put there, while they grow", async () => {
    const m = new Machine();
    const [list, dict, instance] = [m.k.list_new!(), m.k.dict_new!(20), m.k.attributes_new!(10, 1)];
    const n = 3000;
    const wrong = await m.runAll<number>(
      3,
      `const [list, dict, instance, n, id] = args; let wrong = 0;
      const mail = (value) => { env.view[env.mailbox] = value; };
      const halves = (key) => new Int32Array(new Float64Array([key]).buffer);
      const ok = (status) => { if (status !== 0) wrong++; };
      for (let i = 0; i < n; i++) {
        const key = id * n + i;
        mail(key); ok(k.list_insert(list, 0x7fffffff, me));
        mail(key); ok(k.dict_set(dict, ...halves(key), 0, me));
        mail(i); ok(k.dict_set(dict, ...halves(-1), 0, me));
        mail(key); ok(k.attributes_set(instance, 1 + id * 50 + i % 50, me));
        if (i % 3 === 0) continue;
        if (k.dict_get(dict, ...halves(key), me) !== key) wrong++;
        ok(k.dict_remove(dict, ...halves(key), me));
        ok(k.attributes_get(instance, 1 + id * 50 + i % 50, me));
        if (env.view[env.mailbox] !== key) wrong++;
      }
      return wrong;`,
      [list, dict, instance, n],
    );
    expect(wrong).toEqual([0, 0, 0]);
    expect([m.k.list_length!(list), m.k.dict_length!(dict)]).toEqual([3 * n, n + 1]);
    const mail = m.k.thread_mailbox!(m.me) >>> 3;
    const view = new Float64Array(m.memory.buffer);
    const items = Array.from({ length: 3 * n }, (_, i) => {
      m.k.list_get!(list, i, m.me);
      return view[mail]!;
    });
    for (const id of [0, 1, 2]) {
      expect(items.filter((item) => Math.floor(item / n) === id)).toEqual(
        Array.from({ length: n }, (_, i) => id * n + i),
      );
    }
    expectSoundHeap(m);
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
