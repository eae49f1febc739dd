// The kernel's barrier: the states that threads meet only by chance, one call after the other. The explorer has the schedules.
import { describe, expect, test } from "vitest";
import { expectSoundHeap, Machine } from "./harness";

const OK = 0;
const TIMEOUT = 1;
const INTERRUPTED = 2;
const CLOSED = 5;
const QUEUED = 6;
const ASLEEP = 1;
const WOKEN = 2;
const GRANTED = 3;
const KICKED = 4;
const NODE = 64;
const BROKE = -1;

/** A barrier, and threads that come to it as the test says. */
class Place extends Machine {
  readonly ints = new Int32Array(this.memory.buffer);
  readonly barrier: number;
  readonly threads = Array.from({ length: 5 }, () => this.k.thread_new!(0));

  constructor(parties: number) {
    super();
    this.barrier = this.k.barrier_new!(parties);
  }

  node(i: number): number {
    return this.threads[i]! + NODE;
  }

  come(...threads: number[]): number[] {
    return threads.map((i) => this.k.barrier_attempt!(this.barrier, this.node(i)));
  }

  wait(i: number, deadline = Number.POSITIVE_INFINITY): number {
    return this.k.barrier_wait!(this.barrier, this.node(i), this.threads[i]!, deadline);
  }

  leave(i: number, late = 0): number {
    return this.k.barrier_leave!(this.barrier, this.node(i), late);
  }

  pass(i: number, passes = 1): number {
    return this.k.barrier_pass!(this.barrier, this.k.thread_id!(this.threads[i]!), passes);
  }

  parkWord(i: number): number {
    return this.ints[(this.node(i) + 8) >> 2]!;
  }

  /** What thread `i` has been told. */
  index(i: number): number {
    return this.ints[(this.node(i) + 32) >> 2]!;
  }

  get waiting(): number {
    return this.k.barrier_waiting!(this.barrier);
  }
}

describe("a barrier", () => {
  test("tells each its index in the order in which they came, and can be used again", () => {
    const p = new Place(3);
    for (const round of [1, 2]) {
      expect(p.come(0, 1, 2)).toEqual([QUEUED, QUEUED, OK]);
      expect(p.waiting).toBe(3);
      expect([p.parkWord(0), p.parkWord(1)]).toEqual([0, 0]);
      expect(p.pass(2)).toBe(OK);
      expect([p.wait(0), p.wait(1), p.waiting]).toEqual([OK, OK, 0]);
      expect(
        [0, 1, 2].map((i) => p.index(i)),
        `round ${round}`,
      ).toEqual([0, 1, 2]);
    }
  });

  test("of one party lets it pass at once", () => {
    const p = new Place(1);
    for (let n = 0; n < 3; n++) expect([...p.come(0), p.index(0), p.pass(0), p.waiting]).toEqual([OK, 0, OK, 0]);
  });

  test("lets those who come while one acts meet in the round that follows", () => {
    const p = new Place(2);
    expect(p.come(0, 1, 2, 3)).toEqual([QUEUED, OK, QUEUED, QUEUED]);
    expect(p.pass(1)).toBe(OK);
    expect([p.parkWord(0), p.parkWord(2), p.parkWord(3)]).toEqual([GRANTED, WOKEN, WOKEN]);
    expect([...p.come(3), ...p.come(2)]).toEqual([QUEUED, OK]);
    expect(p.pass(2)).toBe(OK);
    expect([p.wait(0), p.index(0), p.wait(3), p.index(3)]).toEqual([OK, 0, OK, 0]);
  });

  test("is broken by who is late, and stays so until it is reset", () => {
    const p = new Place(3);
    p.come(0, 1);
    expect(p.wait(1, 0)).toBe(TIMEOUT);
    expect([p.waiting, p.wait(0), p.index(0)]).toEqual([-1, OK, BROKE]);
    expect(p.come(2)).toEqual([CLOSED]);
    p.k.barrier_abort!(p.barrier);
    expect(p.come(2)).toEqual([CLOSED]);
    p.k.barrier_reset!(p.barrier);
    expect([...p.come(0, 1, 2), p.pass(2)]).toEqual([QUEUED, QUEUED, OK, OK]);
  });

  test("has nobody late while another acts", () => {
    const p = new Place(2);
    p.come(0, 1);
    expect(p.leave(0, 1)).toBe(ASLEEP);
    expect(p.waiting).toBe(2);
    expect(p.pass(1)).toBe(OK);
    expect([p.wait(0, 0), p.index(0)]).toEqual([OK, 0]);
  });

  test("forgets who gives up, and tells the others other indices even so", () => {
    const p = new Place(3);
    p.come(0, 1);
    expect([p.leave(0), p.waiting]).toEqual([KICKED, 1]);
    expect(p.come(2, 3)).toEqual([QUEUED, OK]);
    p.pass(3);
    expect([p.wait(1), p.wait(2)]).toEqual([OK, OK]);
    expect([1, 2, 3].map((i) => p.index(i))).toEqual([0, 1, 2]);
  });

  test("keeps the place of who is interrupted", () => {
    const p = new Place(2);
    p.come(0);
    p.k.thread_interrupt!(p.threads[0]!, 2);
    expect(p.wait(0)).toBe(INTERRUPTED);
    expect([p.k.thread_take_interrupts!(p.threads[0]!), p.waiting]).toEqual([2, 1]);
    p.come(1);
    p.pass(1);
    expect([p.wait(0), p.index(0)]).toEqual([OK, 0]);
  });

  test("is broken by an action that fails, and tells who acted that others broke it", () => {
    const p = new Place(2);
    p.come(0, 1);
    expect(p.pass(1, 0)).toBe(OK);
    expect([p.wait(0), p.index(0), p.waiting]).toEqual([OK, BROKE, -1]);
    p.k.barrier_reset!(p.barrier);
    p.come(0, 1);
    p.k.barrier_reset!(p.barrier);
    expect(p.waiting, "a reset waits for those who pass, so there is nothing to reset").toBe(2);
    p.k.barrier_abort!(p.barrier);
    expect(p.pass(1)).toBe(CLOSED);
    expect([p.wait(0), p.index(0), p.waiting]).toEqual([OK, BROKE, -1]);
  });

  test("is whole when a waiter dies, and broken when the one who acts dies", () => {
    const p = new Place(2);
    p.come(0);
    p.k.thread_bury!(p.threads[0]!);
    expect(p.waiting).toBe(0);
    expect(p.come(1, 2)).toEqual([QUEUED, OK]);
    p.k.thread_bury!(p.threads[2]!);
    expect([p.wait(1), p.index(1), p.waiting]).toEqual([OK, BROKE, -1]);
  });

  test("keeps blocked threads in step, and leaves nothing behind", async () => {
    const m = new Machine();
    const [n, rounds] = [4, 500];
    const before = m.k.memory_used!();
    const barrier = m.k.barrier_new!(n);
    const counts = m.k.value_new!(2, 0, 64) + 32;
    const told = await m.runAll<number[]>(
      n,
      `const [barrier, counts, rounds] = args;
      const node = me + ${NODE};
      const told = [];
      for (let round = 1; round <= rounds; round++) {
        Atomics.add(env.ints, counts >> 2, 1);
        let status = k.barrier_attempt(barrier, node);
        if (status === ${QUEUED}) status = k.barrier_wait(barrier, node, me, Infinity);
        const index = env.ints[(node + 32) >> 2];
        if (index === ${n - 1}) k.barrier_pass(barrier, k.thread_id(me), 1);
        const came = Atomics.load(env.ints, counts >> 2);
        if (status !== 0 || came < round * ${n} || came > (round + 1) * ${n}) throw new Error([status, round, came].join());
        told.push(index);
      }
      return told;`,
      [barrier, counts, rounds],
    );
    for (let round = 0; round < rounds; round++) {
      expect(told.map((indices) => indices[round]!).sort()).toEqual([0, 1, 2, 3]);
    }
    expect(m.k.barrier_waiting!(barrier)).toBe(0);
    m.k.object_release!(barrier);
    m.k.object_release!(counts - 32);
    expectSoundHeap(m);
    expect(m.k.memory_used!()).toBeLessThanOrEqual(before + n * 512);
  });
});
