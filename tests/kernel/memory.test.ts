// Kernel memory comes back, and running out of it hurts nobody. PYTHREADS_STRESS=1 for the full counts.
import { describe, expect, test } from "vitest";
import { expectSoundHeap, Machine } from "./harness";

const FULL = process.env.PYTHREADS_STRESS !== undefined;
const ITEMS = FULL ? 10_000_000 : 400_000;
const OBJECTS = FULL ? 1_000_000 : 100_000;
const THREADS = 10_000;
const NO_MEMORY = 4;
const OK = 0;
/** State of a carrier. */
const PARKED = 2;
/** The kind of a table of attributes; see assembly/status.ts. */
const ATTRIBUTES = 10;
const [STRING, VALUE, LIST] = [1, 2, 9];

/** What `work` leaves in use, as a part of what was in use before. */
async function growth(m: Machine, work: () => Promise<unknown> | unknown): Promise<number> {
  const before = m.k.memory_used!();
  await work();
  expectSoundHeap(m);
  return (m.k.memory_used!() - before) / before;
}

/** So that one percent means something: a program's usual furniture. */
function furnish(m: Machine): void {
  for (let i = 0; i < 200; i++) m.k.value_new!(STRING, 0, 900);
}

/** In a worker: words of all sorts, made by `i`, and how the taker drops them. */
const MIXED = `
const WORDS = 0xfffb0000 | 0, VALUES = 0xfffc0000 | 0, OBJECTS = 0xfffd0000 | 0;
const box = env.mailbox;
function post(i) {
  if (i % 4 === 0) { env.view[box] = i; return; }
  const made = i % 4 === 1 ? k.value_new(${STRING}, 0, i % 3000) : i % 4 === 2 ? k.value_new(${VALUE}, 1, i % 50) : k.list_new();
  if (i % 4 === 3) { env.view[box] = i; k.list_insert(made, 0, me); }
  env.ints[box * 2] = made;
  env.ints[box * 2 + 1] = i % 4 === 1 ? WORDS : i % 4 === 2 ? VALUES : OBJECTS | ${LIST};
}
const drop = () => k.word_release(me);
`;

describe("kernel memory returns to its level", () => {
  test(`after ${ITEMS} mixed values were put and got`, async () => {
    const m = new Machine();
    furnish(m);
    const queue = m.k.queue_new!(1000);
    const threads = Array.from({ length: 2 }, () => m.k.thread_new!(0));
    const grown = await growth(m, () =>
      Promise.all([
        m.run(
          `${MIXED} const [q, n] = args; for (let i = 0; i < n; i++) { post(i); k.queue_put(q, me, Infinity); }`,
          [queue, ITEMS],
          threads[0],
        ),
        m.run(
          `${MIXED} const [q, n] = args; for (let i = 0; i < n; i++) { k.queue_get(q, me, Infinity); drop(); }`,
          [queue, ITEMS],
          threads[1],
        ),
      ]),
    );
    expect(Math.abs(grown)).toBeLessThan(0.01);
  }, 300_000);

  test(`after ${OBJECTS} locks, conditions, queues and others were made and dropped`, async () => {
    const m = new Machine();
    furnish(m);
    const makers = [
      () => m.k.mutex_new!(),
      () => m.k.rlock_new!(),
      () => m.k.condition_new!(),
      () => m.k.semaphore_new!(1, 1),
      () => m.k.event_new!(),
      () => m.k.queue_new!(0),
      () => m.k.list_new!(),
      () => m.k.attributes_new!(ATTRIBUTES, 2),
    ];
    const box = m.k.thread_mailbox!(m.me) >>> 3;
    const view = new Float64Array(m.memory.buffer);
    const grown = await growth(m, () => {
      for (let i = 0; i < OBJECTS; i++) {
        const object = makers[i % makers.length]!();
        view[box] = i;
        if (i % makers.length === 5) m.k.queue_put!(object, m.me, 0);
        if (i % makers.length === 7) m.k.attributes_set!(object, 1 + (i & 7), m.me);
        m.k.object_release!(object);
      }
    });
    expect(Math.abs(grown)).toBeLessThan(0.01);
  }, 120_000);

  test(`after ${THREADS} threads were started and ended`, async () => {
    const m = new Machine();
    furnish(m);
    const CARRIERS = 2;
    const carrier = `const [index] = args;
      k.carrier_park(index);
      while (true) {
        const t = k.carrier_await(index, Infinity);
        if (t === 1) return;
        k.thread_advance(t, 2);
        k.carrier_park(index);
        k.carrier_finish(index);
      }`;
    const indices = Array.from({ length: CARRIERS }, () => m.k.carrier_reserve!(0));
    const served = indices.map((index) => m.run(carrier, [index]));
    await m.until(() => indices.every((index) => m.k.carrier_state!(index) === PARKED));
    const grown = await growth(m, () => {
      for (let i = 0; i < THREADS; i++) {
        const thread = m.k.thread_new!(0);
        expect(m.k.thread_claim!(thread)).toBe(OK);
        expect(m.k.carrier_assign!(thread)).toBeGreaterThanOrEqual(0);
        expect(m.k.thread_await!(thread, 3, m.me, m.now() + 10_000)).toBe(OK);
        m.k.object_release!(thread);
      }
    });
    expect(Math.abs(grown)).toBeLessThan(0.01);
    for (let i = 0; i < CARRIERS; i++) expect(m.k.carrier_retire!(0, m.now())).toBe(1);
    await Promise.all(served);
    expect(m.k.threads_alive!()).toBe(0);
  });
});

describe("when there is no more", () => {
  test("memory: every call says so, nothing is lost, and what comes back can be used", () => {
    const m = new Machine(4, 8);
    const box = m.k.thread_mailbox!(m.me) >>> 3;
    const view = new Float64Array(m.memory.buffer);
    const [queue, list, attributes] = [m.k.queue_new!(0), m.k.list_new!(), m.k.attributes_new!(ATTRIBUTES, 0)];
    const post = (i: number) => {
      view[box] = i;
    };
    /** Calls with 0, 1, … until the answer is NoMemory: how many there were. */
    const fill = (call: () => number) => {
      for (let i = 0; ; i++) {
        post(i);
        const status = call();
        if (status !== OK) {
          expect(status).toBe(NO_MEMORY);
          return i;
        }
      }
    };
    const kept = m.k.value_new!(STRING, 0, 60_000);
    const listed = fill(() => m.k.list_insert!(list, 0x7fffffff, m.me));
    const queued = fill(() => m.k.queue_put!(queue, m.me, 0));
    let name = 0;
    const named = fill(() => m.k.attributes_set!(attributes, ++name, m.me));
    const strings: number[] = [];
    for (let s = m.k.value_new!(STRING, 0, 8); s !== 0; s = m.k.value_new!(STRING, 0, 8)) strings.push(s);
    for (const make of ["mutex_new", "list_new", "event_new"]) expect(m.k[make]!()).toBe(0);
    expect(m.k.thread_new!(0)).toBe(0);
    expectSoundHeap(m);
    expect(Math.min(listed, queued, named, strings.length)).toBeGreaterThan(0);

    for (let i = 0; i < listed; i++) {
      expect(m.k.list_get!(list, i, m.me)).toBe(OK);
      expect(view[box]).toBe(i);
    }
    for (let i = 0; i < queued; i++) {
      expect(m.k.queue_get!(queue, m.me, 0)).toBe(OK);
      expect(view[box]).toBe(i);
    }
    for (let i = 0; i < named; i++) {
      expect(m.k.attributes_get!(attributes, i + 1, m.me)).toBe(OK);
      expect(view[box]).toBe(i);
    }
    m.k.object_release!(kept);
    for (const string of strings) m.k.object_release!(string);
    expect(m.k.value_new!(STRING, 0, 60_000)).not.toBe(0);
    expectSoundHeap(m);
  });

  test("memory: a small block is found among larger ones that are free", () => {
    const m = new Machine(4, 4);
    const large: number[] = [];
    for (let b = m.k.value_new!(STRING, 0, 5000); b !== 0; b = m.k.value_new!(STRING, 0, 5000)) large.push(b);
    while (m.k.value_new!(STRING, 0, 1) !== 0);
    m.k.object_release!(large.pop()!);
    expect(m.k.mutex_new!()).not.toBe(0);
    expect(m.k.mutex_new!()).toBe(0);
  });

  test("carriers: the one too many is refused", () => {
    const m = new Machine();
    const thread = m.k.thread_new!(0);
    const used = m.k.memory_used!();
    const carriers = new Set<number>();
    for (let i = m.k.carrier_reserve!(thread); i >= 0; i = m.k.carrier_reserve!(thread)) carriers.add(i);
    expect(carriers.size).toBe(1024);
    expect(m.k.threads_alive!()).toBe(1024);
    for (const index of carriers) m.k.object_release!(m.k.carrier_bury!(index));
    expect([m.k.threads_alive!(), m.k.memory_used!()]).toEqual([0, used]);
  });
});
