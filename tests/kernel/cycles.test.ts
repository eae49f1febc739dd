// Cycles of objects are freed, and nothing else, while other threads go on.
import { expect, test } from "vitest";
import { expectSoundHeap, Machine } from "./harness";

const [NAMESPACE, INSTANCE, LIST, DICT] = [12, 15, 9, 20];

/** Puts a reference to an object into the thread's mailbox. */
function point(m: Machine, object: number, kind: number): void {
  const ints = new Int32Array(m.memory.buffer);
  const box = m.k.thread_mailbox!(m.me) >>> 2;
  ints[box] = object;
  ints[box + 1] = (0xfffd << 16) | kind;
  m.k.object_retain!(object);
}

/** A list, a dict, an instance with an attribute and a cell that hold each other in a circle; gives back the list. */
function circle(m: Machine): number {
  const { k, me } = m;
  const [list, dict, instance, cell] = [
    k.list_new!(),
    k.dict_new!(DICT),
    k.attributes_new!(INSTANCE, 1),
    k.namespace_new!(1),
  ];
  point(m, dict, DICT);
  k.list_insert!(list, 0, me);
  point(m, instance, INSTANCE);
  k.dict_set!(dict, 1, 0, 0, me);
  point(m, cell, NAMESPACE);
  k.attributes_set!(instance, 7, me);
  point(m, list, LIST);
  k.slot_store!(k.namespace_slots!(cell), me);
  for (const object of [dict, instance, cell]) k.object_release!(object);
  return list;
}

test("a circle is kept while somebody holds one of it, and freed when nobody does", () => {
  const m = new Machine();
  const before = m.k.memory_used!();
  const lists = Array.from({ length: 100 }, () => circle(m));
  for (const list of lists.slice(1)) m.k.object_release!(list);
  expect(m.k.cycles_collect!()).toBe(99 * 4);
  expect(m.k.cycles_collect!()).toBe(0);
  expect(m.k.list_length!(lists[0]!)).toBe(1);
  m.k.object_release!(lists[0]!);
  expect(m.k.cycles_collect!()).toBe(4);
  expect(m.k.memory_used!()).toBe(before);
  expectSoundHeap(m);
});

test("what hangs on a circle goes with it, and what else holds stays", () => {
  const m = new Machine();
  const { k, me } = m;
  const outer = k.list_new!();
  const list = circle(m);
  const [tail, shared] = [k.list_new!(), k.list_new!()];
  for (const object of [tail, shared]) {
    point(m, object, LIST);
    k.list_insert!(list, 0, me);
  }
  point(m, shared, LIST);
  k.list_insert!(outer, 0, me);
  for (const object of [tail, shared, list]) k.object_release!(object);
  // The circle itself; the tail goes by its count.
  expect(k.cycles_collect!()).toBe(4);
  expect(k.list_get!(outer, 0, me)).toBe(0);
  k.word_release!(me);
  k.object_release!(outer);
  expect(k.memory_used!()).toBe(new Machine().k.memory_used!());
});

test("threads that make, walk around and drop circles lose none that they hold", async () => {
  const m = new Machine();
  const before = m.k.memory_used!();
  let left = 3;
  const workers = Array.from({ length: left }, () => {
    const thread = m.k.thread_new!(0);
    return m
      .run<string>(
        `const [n] = args, box = env.mailbox * 2, LIST = (0xfffd << 16) | ${LIST};
         const point = (object) => { env.ints[box] = object; env.ints[box + 1] = LIST; k.object_retain(object); };
         for (let i = 0; i < n; i++) {
           const ring = [k.list_new(), k.list_new(), k.list_new()];
           ring.forEach((list, j) => { point(ring[(j + 1) % 3]); k.list_insert(list, 0, me); });
           k.object_release(ring[1]); k.object_release(ring[2]);
           let here = ring[0];
           for (let step = 0; step < 5; step++) {
             if (k.object_kind(here) !== ${LIST} || k.list_length(here) !== 1) return "circle " + i + " was freed";
             k.list_get(here, 0, me);
             const next = env.ints[box];
             k.object_release(here);
             here = next;
           }
           k.object_release(here);
         }
         return "";`,
        [8000],
        thread,
      )
      .finally(() => {
        left--;
        m.k.object_release!(thread);
      });
  });
  let freed = 0;
  await m.until(() => {
    freed += Math.max(0, m.k.cycles_collect!());
    return left === 0;
  });
  expect(await Promise.all(workers)).toEqual(["", "", ""]);
  freed += m.k.cycles_collect!();
  expect(freed).toBe(3 * 8000 * 3);
  expect(m.k.memory_used!()).toBe(before);
  expectSoundHeap(m);
}, 120_000);
