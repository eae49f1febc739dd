// Workers are terminated at random moments while they hammer locks, queues and containers. PYTHREADS_STRESS=1 for 10,000.
import { expect, test } from "vitest";
import { expectSoundHeap, Machine } from "./harness";

const KILLS = Number(process.env.PYTHREADS_DEATHS) || (process.env.PYTHREADS_STRESS ? 10_000 : 200);
/** Deaths after which everything is drained and counted. */
const ROUND = 200;
/** Longest that the survivors may stand still. */
const HANG_MS = 20_000;
const VICTIMS = 3;
const ITEMS = 1 << 22;

// What the threads note about each item, and about themselves. All of it lives beside the kernel, in a buffer of its own.
const PREPARE = `
const [o, notes, slot] = args;
const next = new Int32Array(notes, 0, 64);
const done = new Uint8Array(notes, 1024, ${ITEMS});
const taken = new Int32Array(notes, 1024 + ${ITEMS}, ${ITEMS});
const IDLE = 0, GETTING = 1, FAULTS = 2, STOP = 1, NEXT = 0, PROGRESS = 4;
const phase = 16 + slot, dead = new Int32Array(notes, 1024 + ${ITEMS} * 5, 1 << 16);
const id = k.thread_id(me);
const soon = () => env.now() + Math.random() * 0.3;
const random = (n) => Math.floor(Math.random() * n);
const fault = () => Atomics.add(next, FAULTS, 1);
function newItem() { const item = Atomics.add(next, NEXT, 1); return item < ${ITEMS} ? item : -1; }
function put(call, deadline) {
  const item = newItem();
  if (item < 0) return;
  env.view[env.mailbox] = item;
  if (call(deadline) === 0) done[item] = 1;
}
function take(call, deadline) {
  env.view[env.mailbox] = -1;
  Atomics.store(next, phase, GETTING);
  if (call(deadline) === 0) {
    const item = env.view[env.mailbox];
    if (item >= 0 && Atomics.exchange(taken, item, id) !== 0) fault();
    Atomics.store(next, phase, IDLE);
    return item;
  }
  Atomics.store(next, phase, IDLE);
  return undefined;
}
// A cell that only the holder of a lock may own; a dead holder's mark is as good as none.
function exclusive(cell) {
  const before = Atomics.exchange(next, cell, id);
  if (before !== 0 && !Atomics.load(dead, before)) fault();
  if (Math.random() < 0.1) for (let i = random(300); i > 0; i--) Atomics.load(next, cell);
  if (Atomics.exchange(next, cell, 0) !== id) fault();
}
const queues = [(d) => k.queue_get(o.queue, me, d), (d) => k.queue_get(o.bounded, me, d), (d) => k.queue_get(o.wide, me, d), (d) => k.list_pop(o.list, -1, me)];
const putters = [(d) => k.queue_put(o.queue, me, d), (d) => k.queue_put(o.bounded, me, d), (d) => k.queue_put(o.wide, me, d), (d) => k.list_insert(o.list, 0, me)];
`;

const VICTIM = `${PREPARE}
const deadline = () => (Math.random() < 0.1 ? Infinity : soon());
Atomics.add(next, 8 + slot, 1);
while (true) {
  const which = random(4);
  switch (random(8)) {
    case 0: case 1: put(putters[which], deadline()); break;
    case 2: case 3: take(queues[which], deadline()); break;
    case 4: if (k.mutex_acquire(o.mutex, me, deadline()) === 0) { exclusive(32); k.mutex_release(o.mutex); } break;
    case 5:
      if (k.rlock_acquire(o.rlock, me, deadline()) === 0) {
        k.rlock_acquire(o.rlock, me, Infinity);
        exclusive(33);
        k.rlock_release(o.rlock, me);
        k.rlock_release(o.rlock, me);
      }
      break;
    case 6:
      k.mutex_acquire(o.turn, me, Infinity);
      if (Math.random() < 0.5) k.condition_notify(o.condition, random(3));
      else {
        k.condition_attempt(o.condition, k.thread_place(me));
        k.mutex_release(o.turn);
        k.place_wait(o.condition, me, soon());
        k.mutex_acquire(o.turn, me, Infinity);
      }
      exclusive(34);
      k.mutex_release(o.turn);
      break;
    case 7:
      if (Math.random() < 0.5) k.event_set(o.event); else k.event_clear(o.event);
      if (k.event_attempt(o.event, k.thread_place(me), 1) === 6) k.place_wait(o.event, me, soon());
      k.semaphore_release(o.semaphore, 1 + random(3));
      for (let i = 0; i < 2; i++) k.semaphore_acquire(o.semaphore, me, soon());
      k.object_release(k.value_new(1, 0, random(5000)));
  }
}`;

// They wait for ever wherever they wait: if a death cost them a wake-up, they stand still.
const SURVIVOR = `${PREPARE}
const forever = Infinity;
while (!Atomics.load(next, STOP)) {
  if (slot === 6) { put(putters[0], forever); put(putters[1], forever); put(putters[2], forever); put(putters[3], forever); }
  else { take(queues[0], forever); take(queues[1], forever); take(queues[2], forever); take(queues[3], forever); }
  k.mutex_acquire(o.mutex, me, forever); exclusive(32); k.mutex_release(o.mutex);
  k.rlock_acquire(o.rlock, me, forever); exclusive(33); k.rlock_release(o.rlock, me);
  k.mutex_acquire(o.turn, me, forever); exclusive(34); k.condition_notify(o.condition, 1); k.mutex_release(o.turn);
  k.semaphore_release(o.semaphore, 1); k.semaphore_acquire(o.semaphore, me, forever);
  Atomics.add(next, PROGRESS + slot - 6, 1);
}`;

test(
  `${KILLS} threads die at random moments, and nobody else is hurt`,
  async () => {
    const m = new Machine();
    const { k } = m;
    const o = {
      queue: k.queue_new!(0),
      bounded: k.queue_new!(3),
      wide: k.queue_new!(200),
      list: k.list_new!(),
      mutex: k.mutex_new!(),
      rlock: k.rlock_new!(),
      turn: k.mutex_new!(),
      condition: k.condition_new!(),
      event: k.event_new!(),
      semaphore: k.semaphore_new!(0, 0x7fffffff),
    };
    const notes = new SharedArrayBuffer(1024 + ITEMS * 5 + (1 << 18));
    const next = new Int32Array(notes, 0, 64);
    const done = new Uint8Array(notes, 1024, ITEMS);
    const taken = new Int32Array(notes, 1024 + ITEMS, ITEMS);
    const deadThreads = new Int32Array(notes, 1024 + ITEMS * 5, 1 << 16);
    const view = new Float64Array(m.memory.buffer);
    const counts = { deaths: 0, items: 0, takenByDead: 0, left: 0, unfinishedPuts: 0, handsFull: 0 };

    const settleDead = (thread: number, slot: number) => {
      // What it had in its hands when it died has gone with it.
      const item = view[k.thread_mailbox!(thread) >>> 3]!;
      if (next[16 + slot] === 1 && item >= 0) {
        if (taken[item] === 0) counts.handsFull++;
        else if (taken[item] !== k.thread_id!(thread)) next[2]!++;
        taken[item] = k.thread_id!(thread);
      }
      next[16 + slot] = 0;
      deadThreads[k.thread_id!(thread)] = 1;
      k.thread_bury!(thread);
      k.thread_advance!(thread, 3);
      k.object_release!(thread);
      counts.deaths++;
    };

    const live = (slot: number, stop: () => boolean): Promise<void> =>
      new Promise((resolve, reject) => {
        const thread = k.thread_new!(0);
        const begun = next[8 + slot]!;
        const worker = m.spawn(VICTIM, [o, notes, slot], thread);
        const strike = () => {
          if (Atomics.load(next, 8 + slot) === begun) setTimeout(strike, 1);
          else setTimeout(() => void worker.terminate(), Math.random() * 6);
        };
        strike();
        worker.on("error", reject);
        worker.on("exit", () => {
          settleDead(thread, slot);
          resolve(stop() ? undefined : live(slot, stop));
        });
      });

    const fill = (size: () => number, put: () => number) => {
      view[k.thread_mailbox!(m.me) >>> 3] = -3;
      while (size() < 1) put();
    };

    const picture = () =>
      Object.entries(o)
        .map(([name, at]) => [name, ...new Int32Array(m.memory.buffer, at, 40)].join(" "))
        .join("\n");

    const round = async (until: number) => {
      next.fill(0);
      done.fill(0);
      taken.fill(0);
      const survivors = [6, 7].map((slot) => m.run(SURVIVOR, [o, notes, slot]));
      let [seen, since] = [0, Date.now()];
      let watch: NodeJS.Timeout | undefined;
      const hung = new Promise<never>((_, reject) => {
        watch = setInterval(() => {
          const progress = next[4]! + next[5]!;
          if (progress !== seen) [seen, since] = [progress, Date.now()];
          else if (Date.now() - since > HANG_MS) reject(new Error(`the survivors stand still: ${picture()}`));
        }, 500);
      });
      const victims = Array.from({ length: VICTIMS }, (_, slot) => live(slot, () => counts.deaths >= until));
      // A survivor ends here only by an error.
      await Promise.race([Promise.all(victims), hung, ...survivors]);
      clearInterval(watch);
      const note = (item: number) => {
        if (item < 0) return;
        counts.left++;
        if (taken[item] !== 0) next[2]!++;
        taken[item] = -1;
      };
      // The survivors end; those of them that wait are helped along.
      next[1] = 1;
      const help = setInterval(() => {
        fill(
          () => k.queue_size!(o.queue),
          () => k.queue_put!(o.queue, m.me, 0),
        );
        fill(
          () => k.queue_size!(o.bounded),
          () => k.queue_put!(o.bounded, m.me, 0),
        );
        fill(
          () => k.queue_size!(o.wide),
          () => k.queue_put!(o.wide, m.me, 0),
        );
      }, 1);
      const relief = setInterval(() => {
        for (const q of [o.bounded, o.wide]) {
          if (k.queue_size!(q) > 1 && k.queue_get!(q, m.me, 0) === 0) note(view[k.thread_mailbox!(m.me) >>> 3]!);
        }
      }, 1);
      await Promise.all(survivors);
      clearInterval(help);
      clearInterval(relief);
      for (const get of [
        () => k.queue_get!(o.queue, m.me, 0),
        () => k.queue_get!(o.bounded, m.me, 0),
        () => k.queue_get!(o.wide, m.me, 0),
        () => k.list_pop!(o.list, 0, m.me),
      ]) {
        while (get() === 0) note(view[k.thread_mailbox!(m.me) >>> 3]!);
      }
      let lost = 0;
      const made = Math.min(next[0]!, ITEMS);
      for (let item = 0; item < made; item++) {
        if (done[item] && taken[item] === 0) lost++;
        if (!done[item] && taken[item] !== 0) counts.unfinishedPuts++;
        if (deadThreads[taken[item]!]) counts.takenByDead++;
      }
      counts.items += made;
      expect({ lost, faults: next[2] }).toEqual({ lost: 0, faults: 0 });
      for (const q of [o.queue, o.bounded, o.wide]) expect(k.queue_waiters!(q)).toBe(0);
      for (const lock of [o.mutex, o.rlock, o.turn])
        expect([k.mutex_owner!(lock), k.mutex_waiters!(lock)]).toEqual([0, 0]);
      expect([k.condition_waiters!(o.condition), k.event_waiters!(o.event), k.semaphore_waiters!(o.semaphore)]).toEqual(
        [0, 0, 0],
      );
      expectSoundHeap(m);
    };

    while (counts.deaths < KILLS) await round(Math.min(KILLS, counts.deaths + ROUND));
    console.log(`deaths ${counts.deaths}: ${JSON.stringify(counts)}`);
  },
  150_000 + KILLS * 500,
);
