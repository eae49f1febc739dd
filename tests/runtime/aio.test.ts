// Waits on an event loop: in one thread, where their order can be told exactly.
import { beforeAll, describe, expect, test } from "vitest";
import { kernel, me } from "../../src/kernel/kernel";
import { Empty, Full, LifoQueue, PriorityQueue, Queue, ShutDown, SimpleQueue } from "../../src/queue";
import { addressOf } from "../../src/runtime/shared";
import { Barrier, BrokenBarrierError, Condition, Event, Lock, RLock, Semaphore, Thread } from "../../src/threading";
import { attachTestKernel, seeded } from "./kernel";

beforeAll(attachTestKernel);

const turn = () => new Promise((resolve) => setTimeout(resolve));
const until = async (condition: () => boolean) => {
  while (!condition()) await turn();
};
const KINDS = { Queue, LifoQueue, PriorityQueue, SimpleQueue } as unknown as Record<string, typeof Queue>;

/** Calls `call` and tells what it raised. */
const failure = (call: () => Promise<unknown>) =>
  call().then(
    () => undefined,
    (error) => error as Error,
  );

describe("what can be had at once is had at once", () => {
  test("by every primitive", async () => {
    const [lock, rlock, semaphore, event, q] = [Lock(), RLock(), Semaphore(1), Event(), Queue()];
    expect(await lock.aio.acquire()).toBe(true);
    expect(await rlock.aio.acquire()).toBe(true);
    expect(await rlock.aio.acquire()).toBe(true);
    expect(await semaphore.aio.acquire()).toBe(true);
    event.set();
    expect(await event.aio.wait()).toBe(true);
    await q.aio.put("x");
    expect(await q.aio.get()).toBe("x");
    q.task_done();
    await q.aio.join();
    expect(await Barrier(1).aio.wait()).toBe(0);
    expect([lock.locked(), rlock._recursion_count(), semaphore._value]).toEqual([true, 2, 0]);
  });

  test("and else a poll gives up", async () => {
    const lock = Lock();
    lock.acquire();
    expect(await lock.aio.acquire(false)).toBe(false);
    expect(await lock.aio.acquire({ blocking: false })).toBe(false);
    expect(await Semaphore(0).aio.acquire(false)).toBe(false);
    expect(await Event().aio.wait(0)).toBe(false);
    for (const Kind of Object.values(KINDS)) {
      expect(await failure(() => Kind().aio.get(false))).toBeInstanceOf(Empty);
      expect(await failure(() => Kind().aio.get({ block: false }))).toBeInstanceOf(Empty);
    }
    const full = Queue(1);
    full.put(1);
    expect(await failure(() => full.aio.put(2, false))).toBeInstanceOf(Full);
  });
});

describe("who waits is served in his turn", () => {
  test("by a lock, which two tasks of one loop hold in turns", async () => {
    const lock = Lock();
    const order: number[] = [];
    await lock.aio.acquire();
    const tasks = [1, 2, 3].map(async (n) => {
      await lock.aio.acquire();
      order.push(n);
      await turn();
      order.push(n);
      lock.release();
    });
    expect(kernel.mutex_waiters(addressOf(lock))).toBe(3);
    lock.release();
    await Promise.all(tasks);
    expect(order).toEqual([1, 1, 2, 2, 3, 3]);
    expect(lock.locked()).toBe(false);
  });

  test.each(Object.keys(KINDS))("by a %s, whose getters get the items in their order", async (name) => {
    const q = KINDS[name]!();
    const gets = [1, 2, 3].map((n) => q.aio.get().then((item) => [n, item]));
    for (const item of [10, 20, 30]) {
      q.put(item);
      await turn();
    }
    expect(await Promise.all(gets)).toEqual([
      [1, 10],
      [2, 20],
      [3, 30],
    ]);
  });

  test.each(["Queue", "LifoQueue"])("by a full %s, whose putters come in in their order", async (name) => {
    const q = KINDS[name]!(1);
    q.put(0);
    const puts = [1, 2].map((n) => q.aio.put(n));
    const items = [];
    for (let i = 0; i < 3; i++) {
      items.push(await q.aio.get());
      await turn();
    }
    await Promise.all(puts);
    expect(items).toEqual([0, 1, 2]);
  });

  test("by a condition", async () => {
    const condition = Condition(Lock());
    const heard: string[] = [];
    const waiter = async (name: string) => {
      await condition.aio.acquire();
      expect(await condition.aio.wait()).toBe(true);
      heard.push(name);
      condition.release();
    };
    const tasks = ["a", "b", "c"].map(waiter);
    await until(() => kernel.condition_waiters(addressOf(condition)) === 3);
    for (const n of [1, 2]) {
      await condition.aio.acquire();
      condition.notify(n);
      condition.release();
    }
    await Promise.all(tasks);
    expect(heard).toEqual(["a", "b", "c"]);
    expect(condition._lock.acquire(false)).toBe(true);
  });

  test("by a condition on a re-entrant lock, which is released wholly and has all its levels back", async () => {
    const lock = RLock();
    const condition = Condition(lock);
    for (let level = 0; level < 3; level++) await condition.aio.acquire();
    const waiting = condition.aio.wait();
    expect(lock._recursion_count()).toBe(0);
    lock.acquire();
    condition.notify();
    lock.release();
    expect(await waiting).toBe(true);
    expect(lock._recursion_count()).toBe(3);
  });

  test("by a condition's wait_for", async () => {
    const condition = Condition(Lock());
    let n = 0;
    await condition.aio.acquire();
    const waiting = condition.aio.wait_for(() => n > 1 && "enough", { timeout: 60 });
    for (n = 1; n < 3; n++) {
      await condition.aio.acquire();
      condition.notify();
      condition.release();
    }
    expect(await waiting).toBe("enough");
    expect(await condition.aio.wait_for(() => [], { timeout: 0.01 })).toEqual([]);
    condition.release();
  });

  test("by an event that is cleared at once, and by a barrier, round after round", async () => {
    const [event, barrier] = [Event(), Barrier(3)];
    const waiting = event.aio.wait();
    event.set();
    event.clear();
    expect(await waiting).toBe(true);
    for (let round = 0; round < 3; round++) {
      const places = await Promise.all([barrier.aio.wait(), barrier.aio.wait(), barrier.aio.wait()]);
      expect(places.sort()).toEqual([0, 1, 2]);
    }
    const [first, second] = [failure(() => barrier.aio.wait()), failure(() => barrier.aio.wait({ timeout: 0.01 }))];
    expect(await second).toBeInstanceOf(BrokenBarrierError);
    expect(await first).toBeInstanceOf(BrokenBarrierError);
  });
});

describe("a wait ends", () => {
  test("when its time is up", async () => {
    const [lock, q] = [Lock(), Queue()];
    lock.acquire();
    expect(await lock.aio.acquire({ timeout: 0.01 })).toBe(false);
    expect(await lock.aio.acquire(true, 0.01)).toBe(false);
    expect(await Event().aio.wait({ timeout: 0.01 })).toBe(false);
    expect(await Semaphore(0).aio.acquire({ timeout: 0.01 })).toBe(false);
    expect(await failure(() => q.aio.get({ timeout: 0.01 }))).toBeInstanceOf(Empty);
    expect(await failure(() => q.aio.get(true, 0.01))).toBeInstanceOf(Empty);
    const condition = Condition(Lock());
    await condition.aio.acquire();
    expect(await condition.aio.wait({ timeout: 0.01 })).toBe(false);
    expect(condition._is_owned()).toBe(true);
  });

  test("when its signal is aborted, with the signal's reason", async () => {
    const reason = new Error("no more");
    const lock = Lock();
    lock.acquire();
    const full = Queue(1);
    full.put(0);
    const undone = Queue();
    undone.put(0);
    const condition = Condition(Lock());
    await condition.aio.acquire();
    const calls: ((signal: AbortSignal) => Promise<unknown>)[] = [
      (signal) => lock.aio.acquire({ signal }),
      (signal) => lock.aio.acquire(true, -1, { signal }),
      (signal) => Semaphore(0).aio.acquire({ signal }),
      (signal) => Event().aio.wait({ signal }),
      (signal) => Event().aio.wait(60, { signal }),
      (signal) => Queue().aio.get({ signal }),
      (signal) => PriorityQueue().aio.get({ signal }),
      (signal) => full.aio.put("data", { signal }),
      (signal) => undone.aio.join({ signal }),
      (signal) => Barrier(2).aio.wait({ signal }),
      (signal) => condition.aio.wait({ signal }),
    ];
    for (const call of calls) {
      const controller = new AbortController();
      const failed = failure(() => call(controller.signal));
      await turn();
      controller.abort(reason);
      expect(await failed, String(call)).toBe(reason);
      expect(await failure(() => call(controller.signal)), String(call)).toBe(reason);
    }
    expect(condition._is_owned()).toBe(true);
    expect(kernel.mutex_waiters(addressOf(lock)) + kernel.queue_waiters(addressOf(full))).toBe(0);
  });

  test("when its queue is shut down", async () => {
    for (const Kind of [Queue, LifoQueue]) {
      const [empty, full] = [Kind(), Kind(1)];
      full.put(1);
      const failures = [failure(() => empty.aio.get()), failure(() => full.aio.put("a longer item"))];
      await turn();
      for (const q of [empty, full]) q.shutdown();
      for (const failed of failures) expect(await failed).toBeInstanceOf(ShutDown);
    }
  });

  test("when its thread is interrupted", async () => {
    const [q, event] = [Queue(), Event()];
    const failed = failure(() => q.aio.get());
    const other = event.aio.wait();
    await turn();
    kernel.thread_interrupt(me, 2);
    expect((await failed)?.name).toBe("KeyboardInterrupt");
    event.set();
    expect(await other).toBe(true);
  });

  test("at once for arguments that Python would refuse", async () => {
    const names = async (...calls: (() => Promise<unknown>)[]) =>
      Promise.all(calls.map(async (call) => `${(await failure(call))?.name}: ${(await failure(call))?.message}`));
    expect(
      await names(
        () => Lock().aio.acquire(false, 1),
        () => Lock().aio.acquire({ timeout: -5 }),
        () => Semaphore().aio.acquire(false, 1),
        () => Queue().aio.get({ timeout: -1 }),
        () => Queue().aio.get({ tiemout: 1 } as never),
        () => Condition(Lock()).aio.wait(),
        () => Thread().aio.join(),
      ),
    ).toEqual([
      "ValueError: can't specify a timeout for a non-blocking call",
      "ValueError: timeout value must be positive",
      "ValueError: can't specify timeout for non-blocking acquire",
      "ValueError: 'timeout' must be a non-negative number",
      "TypeError: Queue.get() got an unexpected keyword argument 'tiemout'",
      "RuntimeError: cannot wait on un-acquired lock",
      "RuntimeError: cannot join thread before it is started",
    ]);
  });
});

describe("nothing is lost, nothing is left", () => {
  test("an item goes to a wait that lives, whenever others are given up", async () => {
    const random = seeded(7);
    const q = Queue(3);
    const got: unknown[] = [];
    const waiting: Promise<unknown>[] = [];
    let puts = 0;
    for (let i = 0; i < 2000; i++) {
      const controller = new AbortController();
      const { signal } = controller;
      waiting.push(
        q.aio.get({ signal }).then(
          (item) => got.push(item),
          () => {},
        ),
      );
      if (random() < 0.5) waiting.push(q.aio.put(`item number ${puts++}`));
      const fate = random();
      if (fate < 0.5) controller.abort();
      else if (fate < 0.75) waiting.push(turn().then(() => controller.abort()));
      if (random() < 0.1) await turn();
    }
    await until(() => {
      while (q.qsize() > 0) got.push(q.get());
      return got.length === puts;
    });
    expect(new Set(got).size).toBe(puts);
    expect(q.unfinished_tasks).toBe(puts);
    while (kernel.queue_waiters(addressOf(q)) > 0) q.put(null);
    await Promise.all(waiting);
  });

  test("a lock goes to a wait that lives", async () => {
    const lock = Lock();
    let held = 0;
    const tasks = Array.from({ length: 300 }, async (_, i) => {
      const controller = new AbortController();
      if (i % 3 === 0) turn().then(() => controller.abort());
      try {
        await lock.aio.acquire({ signal: controller.signal });
      } catch {
        return;
      }
      expect(++held).toBe(1);
      if (i % 5 === 0) await turn();
      held--;
      lock.release();
    });
    await Promise.all(tasks);
    expect(lock.locked()).toBe(false);
  });

  test("10,000 waits, served, late or aborted, leave the kernel's memory as it was", async () => {
    const [q, full, lock] = [Queue(), Queue(1), Lock()];
    full.put(0);
    lock.acquire();
    const round = async (n: number) => {
      for (let i = 0; i < n; i += 4) {
        const controller = new AbortController();
        const { signal } = controller;
        const waits = [
          q.aio.get(),
          failure(() => q.aio.get({ signal })),
          failure(() => full.aio.put("an item of more than five letters", { signal })),
          failure(() => lock.aio.acquire({ timeout: 0.0001 })),
        ];
        q.put("another item of some length");
        controller.abort();
        await Promise.all(waits);
      }
    };
    await round(100);
    const before = kernel.memory_used();
    await round(10_000);
    // Facades of earlier tests may go meanwhile.
    expect(kernel.memory_used()).toBeLessThanOrEqual(before);
  }, 180_000);
});
