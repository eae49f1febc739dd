// The calls for event loops: this thread never blocks, it queues nodes and awaits their park words, while others block.
import { describe, expect, test } from "vitest";
import { Machine } from "./harness";

const OK = 0;
const TIMEOUT = 1;
const CLOSED = 5;
const QUEUED = 6;
const ASLEEP = 1;
const WOKEN = 2;
const GRANTED = 3;
const KICKED = 4;
const NODE = 16;
const PARK_WORD = 8;
const PAYLOAD = 32;
const STARTED = 2;

/** An event loop's waiters on a machine. */
class Loop extends Machine {
  readonly #ints = new Int32Array(this.memory.buffer);
  readonly #view = new Float64Array(this.memory.buffer);

  waiter(): { waiter: number; node: number } {
    const waiter = this.k.waiter_new!(this.me);
    expect(this.k.waiter_node!(waiter)).toBe(waiter + NODE);
    return { waiter, node: waiter + NODE };
  }

  /** The park word when it is no longer asleep. */
  async parked(node: number): Promise<number> {
    const index = this.k.waiter_sleep!(node) >>> 2;
    expect(index).toBe((node + PARK_WORD) >>> 2);
    while (this.#ints[index] === ASLEEP) await waitAsync(this.#ints, index, ASLEEP).value;
    return Atomics.load(this.#ints, index);
  }

  setPayload(node: number, value: number): void {
    this.#view[(node + PAYLOAD) >>> 3] = value;
  }

  payload(node: number): number {
    return this.#view[(node + PAYLOAD) >>> 3]!;
  }

  /** Ends a wait: nothing of it is left. */
  done({ waiter, node }: { waiter: number; node: number }): void {
    this.k.waiter_taken!(node);
    this.k.object_release!(waiter);
  }
}

const { waitAsync } = Atomics as unknown as {
  waitAsync(ints: Int32Array, index: number, value: number): { value: Promise<string> | string };
};

describe("an event loop's waiter", () => {
  test("is handed a dead thread's re-entrant lock at depth 1, however deep that one held it", () => {
    const m = new Loop();
    const [lock, dead, id] = [m.k.rlock_new!(), m.k.thread_new!(0), m.k.thread_id!(m.me)];
    for (let depth = 0; depth < 3; depth++) expect(m.k.rlock_acquire!(lock, dead, 0)).toBe(OK);
    const w = m.waiter();
    expect(m.k.rlock_attempt!(lock, w.node, id, 1)).toBe(QUEUED);
    m.k.thread_bury!(dead);
    expect(m.k.rlock_attempt!(lock, w.node, id, 1)).toBe(OK);
    expect(m.k.rlock_depth!(lock)).toBe(1);
    m.done(w);
    expect([m.k.rlock_release!(lock, m.me), m.k.mutex_owner!(lock)]).toEqual([OK, 0]);
  });

  test("is handed a mutex that a blocked thread releases, and becomes its owner", async () => {
    const m = new Loop();
    const mutex = m.k.mutex_new!();
    const id = m.k.thread_id!(m.me);
    const worker = m.run(
      `const [mutex] = args;
      k.mutex_acquire(mutex, me, Infinity);
      while (k.mutex_waiters(mutex) === 0) Atomics.wait(env.ints, 0, 0, 1);
      k.mutex_release(mutex);`,
      [mutex],
    );
    await m.until(() => m.k.mutex_owner!(mutex) !== 0);
    const w = m.waiter();
    expect(m.k.mutex_attempt!(mutex, w.node, id, 0)).toBe(TIMEOUT);
    expect(m.k.mutex_attempt!(mutex, w.node, id, 1)).toBe(QUEUED);
    expect(await m.parked(w.node)).toBe(GRANTED);
    expect(m.k.mutex_owner!(mutex)).toBe(id);
    m.done(w);
    await worker;
    expect(m.k.mutex_release!(mutex)).toBe(OK);
    expect(m.k.mutex_owner!(mutex)).toBe(0);
  });

  test("and blocked threads get a semaphore's units in the order in which they came", async () => {
    const m = new Loop();
    const semaphore = m.k.semaphore_new!(0, 100);
    const order = m.k.value_new!(2, 0, 16) + 32;
    const ints = new Int32Array(m.memory.buffer);
    const served: number[] = [];
    const body = `const [s, order] = args; k.semaphore_acquire(s, me, Infinity); return Atomics.add(env.ints, order >> 2, 1);`;
    const running: Promise<unknown>[] = [];
    for (let turn = 0; turn < 6; turn++) {
      if (turn % 2 === 0) running.push(m.run<number>(body, [semaphore, order]).then((place) => served.push(place)));
      else {
        const w = m.waiter();
        expect(m.k.semaphore_attempt!(semaphore, w.node, 1)).toBe(QUEUED);
        const got = m.parked(w.node).then((word) => {
          expect(word).toBe(GRANTED);
          served.push(Atomics.add(ints, order >> 2, 1));
          m.done(w);
        });
        running.push(got);
      }
      await m.until(() => m.k.semaphore_waiters!(semaphore) === turn + 1);
    }
    for (let turn = 0; turn < 6; turn++) {
      m.k.semaphore_release!(semaphore, 1);
      await m.until(() => served.length === turn + 1);
      expect(served[turn]).toBe(turn);
      expect(m.k.semaphore_waiters!(semaphore)).toBe(5 - turn);
    }
    await Promise.all(running);
  });

  test("hears of an event that was cleared at once", async () => {
    const m = new Loop();
    const event = m.k.event_new!();
    const w = m.waiter();
    expect(m.k.event_attempt!(event, w.node, 1)).toBe(QUEUED);
    await m.run("k.event_set(args[0]); k.event_clear(args[0]);", [event]);
    expect(await m.parked(w.node)).toBe(GRANTED);
    m.done(w);
  });

  test("gets the words of blocked putters, and gives its own to blocked getters", async () => {
    const m = new Loop();
    const q = m.k.queue_new!(1);
    const back = m.k.queue_new!(1);
    const n = 2000;
    const worker = m.run<number>(
      `const [q, back, n] = args; let sum = 0;
      for (let i = 0; i < n; i++) { env.put(q, i + 0.5); sum += env.get(back); k.queue_task_done(back); }
      return sum;`,
      [q, back, n],
    );
    for (let i = 0; i < n; i++) {
      const w = m.waiter();
      if (m.k.queue_attempt_get!(q, w.node, 1) === QUEUED) expect(await m.parked(w.node)).toBe(GRANTED);
      expect(m.payload(w.node)).toBe(i + 0.5);
      m.k.waiter_taken!(w.node);
      m.setPayload(w.node, i);
      if (m.k.queue_attempt_put!(back, w.node, 1) === QUEUED) expect(await m.parked(w.node)).toBe(GRANTED);
      m.done(w);
    }
    const joiner = m.waiter();
    if (m.k.queue_attempt_join!(back, joiner.node, 1) === QUEUED) expect(await m.parked(joiner.node)).toBe(GRANTED);
    m.done(joiner);
    expect(m.k.queue_unfinished!(back)).toBe(0);
    expect(await worker).toBe((n * (n - 1)) / 2);
  });

  test("is sent away from a queue that is closed, and finds it so", async () => {
    const m = new Loop();
    const q = m.k.queue_new!(0);
    const w = m.waiter();
    expect(m.k.queue_attempt_get!(q, w.node, 1)).toBe(QUEUED);
    await m.run("k.queue_close(args[0]);", [q]);
    expect(await m.parked(w.node)).toBe(WOKEN);
    expect(m.k.queue_attempt_get!(q, w.node, 1)).toBe(CLOSED);
    m.done(w);
  });

  test("moves bytes through a pipe", async () => {
    const m = new Loop();
    const pipe = m.k.pipe_new!(8);
    const buffer = m.k.value_new!(2, 0, 64) + 24;
    const bytes = new Uint8Array(m.memory.buffer, buffer, 64);
    const worker = m.run(
      `const [pipe] = args; const at = k.value_new(2, 0, 64) + 24;
      const bytes = new Uint8Array(env.ints.buffer, at, 26);
      for (let i = 0; i < 26; i++) bytes[i] = 97 + i;
      for (let done = 0; done < 26; ) done += k.pipe_write(pipe, at + done, 26 - done, me, Infinity);
      k.pipe_close(pipe, 0, 1);`,
      [pipe],
    );
    const w = m.waiter();
    let text = "";
    while (true) {
      const read = m.k.pipe_attempt_read!(pipe, buffer, 64, w.node, 1);
      if (read === 0) break;
      if (read > 0) text += String.fromCharCode(...bytes.subarray(0, read));
      else {
        expect(read).toBe(-QUEUED);
        expect(await m.parked(w.node)).toBe(GRANTED);
      }
    }
    expect(text).toBe("abcdefghijklmnopqrstuvwxyz");
    m.done(w);
    await worker;
  });

  test("is notified by a condition between blocked threads, in its turn", async () => {
    const m = new Loop();
    const condition = m.k.condition_new!();
    const w = m.waiter();
    expect(m.k.condition_attempt!(condition, w.node)).toBe(QUEUED);
    const blocked = m.run<number>(
      "k.condition_attempt(args[0], k.thread_place(me)); return k.place_wait(args[0], me, Infinity);",
      [condition],
    );
    await m.until(() => m.k.condition_waiters!(condition) === 2);
    m.k.condition_notify!(condition, 1);
    expect(await m.parked(w.node)).toBe(GRANTED);
    m.done(w);
    expect(m.k.condition_waiters!(condition)).toBe(1);
    m.k.condition_notify!(condition, 1);
    expect(await blocked).toBe(OK);
  });

  test("hears of each state that a thread reaches", async () => {
    const m = new Loop();
    const thread = m.k.thread_new!(0);
    const w = m.waiter();
    expect(m.k.thread_attempt_await!(thread, STARTED, w.node, 1)).toBe(QUEUED);
    await m.run("k.thread_advance(args[0], 1);", [thread]);
    expect(await m.parked(w.node)).toBe(GRANTED);
    expect(m.k.thread_attempt_await!(thread, STARTED, w.node, 1)).toBe(QUEUED);
    await m.run("k.thread_advance(args[0], 2);", [thread]);
    expect(await m.parked(w.node)).toBe(GRANTED);
    expect(m.k.thread_attempt_await!(thread, STARTED, w.node, 1)).toBe(OK);
    m.done(w);
  });

  test("that is kicked leaves its place to the next, and loses nothing that came before", async () => {
    const m = new Loop();
    const q = m.k.queue_new!(0);
    const [a, b] = [m.waiter(), m.waiter()];
    for (const { node } of [a, b]) expect(m.k.queue_attempt_get!(q, node, 1)).toBe(QUEUED);
    const waking = m.parked(a.node);
    m.k.kick!(a.node);
    expect(await waking).toBe(KICKED);
    expect(m.k.leave!(q, a.node)).toBe(KICKED);
    await m.run("env.put(args[0], 7);", [q]);
    expect(await m.parked(b.node)).toBe(GRANTED);
    expect(m.payload(b.node)).toBe(7);
    // The grant came before it could leave: it is told so.
    m.k.kick!(b.node);
    expect(m.k.leave!(q, b.node)).toBe(GRANTED);
    for (const w of [a, b]) m.done(w);
    expect(m.k.queue_waiters!(q)).toBe(0);
  });

  test("hears of an interrupt by the thread's interrupt word", async () => {
    const m = new Loop();
    const ints = new Int32Array(m.memory.buffer);
    const index = m.k.thread_interrupts!(m.me) >>> 2;
    const { value } = waitAsync(ints, index, 0);
    await m.run("k.thread_interrupt(args[0], 2);", [m.me]);
    expect(await value).toBe("ok");
    expect(m.k.thread_take_interrupts!(m.me)).toBe(2);
  });

  test("costs no memory when it is done", async () => {
    const m = new Loop();
    const event = m.k.event_new!();
    m.done(m.waiter());
    const before = m.k.memory_used!();
    for (let i = 0; i < 10_000; i++) {
      const w = m.waiter();
      m.k.event_attempt!(event, w.node, 1);
      m.k.leave!(event, w.node);
      m.done(w);
    }
    expect(m.k.memory_used!()).toBe(before);
    expect(m.k.event_waiters!(event)).toBe(0);
  });

  test("of a thread that dies gives back what it was granted", async () => {
    const m = new Loop();
    const dead = m.k.thread_new!(0);
    const semaphore = m.k.semaphore_new!(0, 5);
    const q = m.k.queue_new!(0);
    const [unit, word] = [m.k.waiter_new!(dead), m.k.waiter_new!(dead)];
    expect(m.k.semaphore_attempt!(semaphore, unit + NODE, 1)).toBe(QUEUED);
    expect(m.k.queue_attempt_get!(q, word + NODE, 1)).toBe(QUEUED);
    m.k.semaphore_release!(semaphore, 1);
    await m.run("env.put(args[0], 9);", [q]);
    expect([m.k.semaphore_value!(semaphore), m.k.queue_size!(q)]).toEqual([0, 0]);
    m.k.thread_bury!(dead);
    expect([m.k.semaphore_value!(semaphore), m.k.queue_size!(q)]).toEqual([1, 1]);
  });
});
