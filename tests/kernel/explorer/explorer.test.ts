import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import type { Patch } from "../compile";
import { compileForExplorer } from "./build";
import { Explorer, Failure } from "./explorer";
import { DEATHS, SCENARIOS } from "./scenarios";

const WASM = new URL("../../../build/kernel.wasm", import.meta.url);
const STRESS = process.env.PYTHREADS_STRESS ? 50 : 1;
const SCHEDULES = 400 * STRESS;
const ENUMERATED = 1500 * STRESS;

async function explorer(patches: Patch[] = [], plain = false): Promise<Explorer> {
  return new Explorer({
    traced: await compileForExplorer(patches, plain),
    plain: new WebAssembly.Module(readFileSync(WASM)),
  });
}

describe("every schedule drawn", () => {
  let atomics: Explorer;
  let accesses: Explorer;
  beforeAll(async () => {
    atomics = await explorer();
    accesses = await explorer([], true);
  }, 180_000);

  test.each(SCENARIOS)("$name", (scenario) => {
    atomics.draw(scenario, SCHEDULES);
    accesses.draw(scenario, SCHEDULES / 4);
    atomics.enumerate(scenario, 2, ENUMERATED);
  });

  test.each(DEATHS)("$name", (scenario) => {
    expect(atomics.draw(scenario, SCHEDULES * 2)).toBeGreaterThan(SCHEDULES / 4);
    accesses.draw(scenario, SCHEDULES / 2);
  });
});

interface Planted extends Patch {
  bug: string;
  /** Beginning of the name of the scenario that finds it. */
  in: string;
}

const SCHEDULES_TO_FIND = 20_000;

const PLANTED: Planted[] = [
  {
    bug: "a waker forgets to notify",
    in: "a mutex, three threads",
    file: "waitqueue.ts",
    find: "  if (before == ASLEEP) wake(node + PARK_WORD);",
    replace: "",
  },
  {
    bug: "a locker forgets the PARKED mark",
    in: "a mutex, three threads",
    file: "mutex.ts",
    find: "atomic.or<i32>(mutex + STATE, PARKED)",
    replace: "atomic.load<i32>(mutex + STATE)",
  },
  {
    bug: "a wake-up is lost to a waiter that gives up",
    in: "a mutex, one of whose waiters gives up",
    file: "mutex.ts",
    find: "if (word == queue.WOKEN && mutex_attempt(mutex, node, id, false) == Status.Ok) break;",
    replace: "",
  },
  {
    bug: "a word is stored after its receiver has been told",
    in: "an unbounded queue",
    file: "queue.ts",
    find: `      store<u64>(getter + queue.PAYLOAD, word);
      const before = queue.dequeue(getter, queue.GRANTED);
      addUnfinished(q, 1);
      spin.release(q + LOCK);`,
    replace: `      const before = queue.dequeue(getter, queue.GRANTED);
      addUnfinished(q, 1);
      spin.release(q + LOCK);
      store<u64>(getter + queue.PAYLOAD, word);`,
  },
  {
    bug: "a sleeper overwrites what it was granted",
    in: "an event that is set and cleared",
    file: "waitqueue.ts",
    find: "atomic.cmpxchg<i32>(word, WAITING, ASLEEP);\n  while",
    replace: "atomic.store<i32>(word, ASLEEP);\n  while",
  },
  {
    bug: "who keeps its place is put behind those who came later",
    in: "a place is kept while its thread waits for another condition",
    file: "place.ts",
    find: "  bulk.copy(to, from, queue.OWNER);\n  queue.relink(from, to);",
    replace: "  queue.unlink(from);\n  queue.enqueue(object, <usize>load<u32>(from + 44), to);",
  },
  {
    bug: "what is told while another keeps the place is not taken along",
    in: "a place is kept while its thread waits for another event",
    file: "place.ts",
    find: "  bulk.copy(to, from, queue.OWNER);",
    replace: "  bulk.copy(to, from, queue.OWNER);\n  atomic.store<i32>(to + queue.PARK_WORD, queue.WAITING);",
  },
  {
    bug: "a neighbour keeps the link to where the place was",
    in: "a place is kept while its thread waits for another condition",
    file: "waitqueue.ts",
    find: "previous == 0 ? queue + HEAD : previous + NEXT, <u32>to",
    replace: "previous == 0 ? queue + HEAD : previous + NEXT, <u32>from",
  },
  {
    bug: "a dead thread's place stays in the queue where a waiter kept it",
    in: "a place is kept for another event, and its thread dies",
    file: "burial.ts",
    find: "      if (load<i32>(object + HEADER_SIZE + OWNER) == id) buryNode(object + HEADER_SIZE);",
    replace: "",
  },
  {
    bug: "a spinlock is given back too early",
    in: "a queue of one place",
    file: "queue.ts",
    find: "    if (hasRoom(q)) {\n      append(q, word);",
    replace: "    if (hasRoom(q)) {\n      spin.release(q + LOCK);\n      append(q, word);",
  },
  {
    bug: "who comes to a barrier does not let those before go first",
    in: "a barrier of two to which four come",
    file: "barrier.ts",
    find: "    if (state == DRAINING || state == RESETTING) {\n      spin.release(barrier + LOCK);\n      settleBarrier",
    replace: "    if (state == RESETTING) {\n      spin.release(barrier + LOCK);\n      settleBarrier",
  },
  {
    bug: "who came while another acted goes with that one's round",
    in: "a barrier of two to which four come",
    file: "barrier.ts",
    find: "passes && queue.ticket(node) >= load<u64>(barrier + LIMIT)",
    replace: "false",
  },
  {
    bug: "a late one breaks the barrier, and tells nobody",
    in: "a barrier for which one is late",
    file: "barrier.ts",
    find: "    settleBarrier(barrier);\n    if (leaves) return queue.KICKED;",
    replace: "    if (leaves) return queue.KICKED;\n    settleBarrier(barrier);",
  },
  {
    bug: "nobody hears that the one who acted has died",
    in: "a barrier, one of three dies",
    file: "burial.ts",
    find: "return buryActor(object, id);",
    replace: "return;",
  },
  {
    bug: "a carrier is reserved without looking again",
    in: "no two threads",
    file: "carrier.ts",
    find: "const won = atomic.load<i32>(carrier + STATE) == from;",
    replace: "const won = true;",
  },
  {
    bug: "an attribute's cell is taken without looking again",
    in: "an attribute",
    file: "attributes.ts",
    find: "const won = load<i32>(cell) == 0;",
    replace: "const won = true;",
  },
  {
    bug: "a key is inserted although others have been since the search",
    in: "a dict",
    file: "dict.ts",
    find: "if (load<i32>(dict + STAMP) != stamp || <usize>load",
    replace: "if (<usize>load",
  },
  {
    bug: "dead entries are left out although somebody has written meanwhile",
    in: "a dict",
    file: "dict.ts",
    find: "if (unchanged && (!compacting || load<i32>(dict + VERSION) == version)) {",
    replace: "if (unchanged) {",
  },
  {
    bug: "a new epoch is seen before the block whose numbers it stands for",
    in: "a dict",
    file: "dict.ts",
    find: "      atomic.store<u32>(dict + DATA, <u32>data);\n      if (compacting) {\n        rise(dict, EPOCH);",
    replace:
      "      if (compacting) rise(dict, EPOCH);\n      atomic.store<u32>(dict + DATA, <u32>data);\n      if (compacting) {",
  },
  {
    bug: "a value counts that was read of a block that is the table's no more",
    in: "a dict",
    file: "dict.ts",
    find: "return atomic.load<u64>(dict + PLACE) == place ? found : CHANGED;",
    replace: "return found;",
  },
  {
    bug: "an item is read while items move",
    in: "a list's numbers",
    file: "list.ts",
    find: "if ((moves & 1) != 0 || <u32>i",
    replace: "if (<u32>i",
  },
  {
    bug: "an item is read where another list has its own by now",
    in: "a list's numbers",
    file: "list.ts",
    find: " && atomic.load<i32>(list + MOVES) == moves",
    replace: "",
  },
  {
    bug: "a task is put, and the worker that is idle sleeps on",
    in: "a pool of two workers",
    file: "pool.ts",
    find: "  releaseAndWake(pool, queue.last(pool + IDLE));\n  return Status.Ok;",
    replace: "  releaseAndWake(pool, 0);\n  return Status.Ok;",
  },
  {
    bug: "a dead worker keeps its place",
    in: "a pool, a worker dies",
    file: "pool.ts",
    find: "if (load<i32>(placeAt(pool, index)) == id) pool_leave(pool, index);",
    replace: "",
  },
  {
    bug: "a call for help is missed by who is about to wait",
    in: "a pool, its only worker dies",
    file: "batch.ts",
    find: " || (wait && load<i32>(pool + CALLS) != calls)",
    replace: "",
  },
  {
    bug: "those who wait for a batch hear nothing, since who was to tell them has died",
    in: "a pool, a worker dies",
    file: "burial.ts",
    find: "      return isBatchUnsettled(object);",
    replace: "      return false;",
  },
  {
    bug: "a cycle is freed on suspicion",
    in: "a cycle",
    file: "cycles.ts",
    find: "prove(table, end) ?",
    replace: "nextSuspect(table, end) < end ?",
  },
  {
    bug: "a free block is taken without the lock",
    in: "blocks are given",
    file: "allocator.ts",
    find: "  acquire(list);\n  const block = <usize>load<u32>(list + 4);",
    replace: "  const block = <usize>atomic.load<u32>(list + 4);\n  acquire(list);",
  },
  {
    bug: "a dead taker's item is not given back",
    in: "an unbounded queue, a consumer dies",
    file: "burial.ts",
    find: "if (owed == Owed.Grant) giveBack(object, node);",
    replace: "",
  },
  {
    bug: "a dead taker's notification is not passed on",
    in: "a condition, who was notified dies",
    file: "burial.ts",
    find: "passNotification(object);",
    replace: "return;",
  },
  {
    bug: "a unit is given back twice, since who gave it back died then",
    in: "a semaphore, a thread dies as it buries itself",
    file: "semaphore.ts",
    find: "+ 1);\n  queue.taken(node);",
    replace: "+ 1);",
  },
  {
    bug: "a dead holder's mutex stays locked",
    in: "a mutex, one of three dies",
    file: "mutex.ts",
    find: "if (owner == id) releaseSlow(mutex);",
    replace: "if (owner == id) return;",
  },
  {
    bug: "a dead waker's wake-up is not passed on",
    in: "a mutex, one of three dies",
    file: "mutex.ts",
    find: "else if (owner == 0) queue.wakeFirst(mutex, mutex + WAITERS, queue.WOKEN);",
    replace: "",
  },
  {
    bug: "half of an event's waiters are never told",
    in: "an event, who sets it dies",
    file: "event.ts",
    find: "export function settleEvent(event: usize): void {\n  queue.settle(event, event + WAITERS);",
    replace:
      "export function settleEvent(event: usize): void {\n  queue.wakeFirst(event, event + WAITERS, queue.GRANTED);",
  },
];

test.each(PLANTED)("a planted bug is found: $bug", async (planted) => {
  const scenario = [...SCENARIOS, ...DEATHS].find(({ name }) => name.startsWith(planted.in))!;
  const broken = await explorer([planted]);
  let failure: Failure | undefined;
  try {
    broken.draw(scenario, SCHEDULES_TO_FIND);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    failure = error;
  }
  expect(failure?.message).toBeDefined();
  // The seed that the message names replays it.
  const seed = Number(failure!.message.match(/seed (\d+)/)![1]);
  expect(() => broken.draw(scenario, 1, seed)).toThrow(failure!.message);
});
