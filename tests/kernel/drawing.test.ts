// ARCHITECTURE.md draws the memory to the byte: what it says is compared with what the kernel's sources say.
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

/** The constants of assembly/, as `file.NAME`, computed. */
function constants(): Map<string, number> {
  const values = new Map<string, number>();
  const left: [string, string, string][] = [];
  for (const file of readdirSync(new URL("../../assembly/", import.meta.url))) {
    if (!file.endsWith(".ts")) continue;
    for (const [, name, text] of read(`assembly/${file}`).matchAll(
      /^(?:export )?const (\w+): (?:usize|i32) = ([^;]+);/gm,
    )) {
      left.push([file.slice(0, -3), name!, text!]);
    }
  }
  const valueOf = (file: string, name: string) =>
    values.get(`${file}.${name}`) ??
    values.get(`layout.${name}`) ??
    (name === "QUEUE_SIZE" || name === "NODE_SIZE" ? values.get(`waitqueue.${name}`) : values.get(`mutex.${name}`));
  for (let pass = 0; pass < 5; pass++) {
    for (const [file, name, text] of left) {
      const plain = text.replace(/queue\.|<\w+>/g, "").replace(/[A-Z]\w+/g, (word) => String(valueOf(file, word)));
      if (/^[\d\s()+\-*<x]+$/.test(plain)) values.set(`${file}.${name}`, Number(new Function(`return ${plain}`)()));
    }
  }
  return values;
}

const DRAWN: Record<string, number> = {
  "layout.MAGIC_AT": 64,
  "layout.BRK": 68,
  "layout.BRK_LOCK": 72,
  "layout.USED": 76,
  "layout.LAST_THREAD_ID": 80,
  "layout.PARKED_HEAD": 84,
  "layout.PARKED_LOCK": 88,
  "layout.ALIVE_THREADS": 92,
  "layout.PARKED_TAIL": 96,
  "layout.PARKED_COUNT": 100,
  "layout.PULSE": 112,
  "layout.HANDLE_COUNT": 116,
  "layout.SHARED_NAMES": 120,
  "layout.FREE_LISTS": 128,
  "layout.SLOT_LOCKS": 640,
  "layout.CARRIERS": 1024,
  "layout.PROCESS_BITS": 66560,
  "layout.HEAP": 66688,
  "layout.REFS": 0,
  "layout.ATTRIBUTES": 12,
  "layout.KIND_BEFORE": 4,
  "layout.FACADE_BEFORE": 3,
  "layout.LOCK": 8,
  "layout.RETAINS": 4,
  "allocator.BLOCK_HEADER": 8,
  "carrier.THREAD": 4,
  "carrier.BELOW": 8,
  "carrier.ABOVE": 12,
  "carrier.ASLEEP": 16,
  "carrier.ENDING": 20,
  "carrier.PARKED_AT": 24,
  "carrier.HOLDINGS": 32,
  "holdings.HOLDING_COUNT": 124,
  "waitqueue.QUEUE_SIZE": 32,
  "waitqueue.NEXT_TICKET": 16,
  "waitqueue.RELEASED": 24,
  "waitqueue.NODE_SIZE": 56,
  "waitqueue.PARK_WORD": 8,
  "waitqueue.LINKED": 12,
  "waitqueue.TICKET": 16,
  "waitqueue.SINCE": 24,
  "waitqueue.PAYLOAD": 32,
  "waitqueue.OBJECT": 40,
  "waitqueue.QUEUE": 44,
  "waitqueue.OWNER": 48,
  "thread.ID": 16,
  "thread.INTERRUPTS": 32,
  "thread.MAILBOX": 48,
  "thread.NATIVE_ID": 60,
  "thread.NODE": 64,
  "thread.PLACE": 120,
  "thread.WATCHERS": 176,
  "thread.WORDS": 208,
  "thread.THREAD_SIZE": 232,
  "mutex.STATE": 16,
  "mutex.WAITERS": 24,
  "mutex.MUTEX_SIZE": 56,
  "rlock.DEPTH": 20,
  "condition.LOCK_WORD": 16,
  "condition.WAITERS": 24,
  "semaphore.BOUND": 20,
  "semaphore.WAITERS": 24,
  "event.FLAG": 16,
  "event.WAITERS": 24,
  "barrier.STATE": 24,
  "barrier.PARTIES": 28,
  "barrier.RANK": 32,
  "barrier.ACTOR": 36,
  "barrier.LIMIT": 40,
  "barrier.WAITERS": 48,
  "queue.HEAD_INDEX": 24,
  "queue.SPARE": 32,
  "queue.COUNT": 36,
  "queue.BOUND": 40,
  "queue.UNFINISHED": 48,
  "queue.GETTERS": 56,
  "queue.PUTTERS": 88,
  "queue.JOINERS": 120,
  "queue.CLOSED": 152,
  "queue.WATCHED": 156,
  "queue.READ_ENDS": 160,
  "queue.WRITE_ENDS": 164,
  "queue.SEGMENT_WORDS": 62,
  "queue.SEGMENT_SIZE": 504,
  "handle.READS": 16,
  "handle.WRITES": 24,
  "handle.OPENS": 32,
  "handle.LET_GO": 36,
  "handle.IS_QUEUE": 40,
  "handle.BITS": 48,
  "memory.SIZE": 16,
  "memory.BYTES": 24,
  "pipe.LENGTH": 24,
  "pipe.DATA": 28,
  "pipe.READ_CLOSED": 32,
  "pipe.WRITE_CLOSED": 36,
  "pipe.READERS": 40,
  "pipe.WRITERS": 72,
  "pipe.ERROR": 104,
  "pipe.WATCHED": 108,
  "socket.WRITES": 20,
  "socket.NUMBER": 24,
  "socket.CLOSED": 28,
  "list.DATA": 24,
  "list.MOVES": 28,
  "attributes.CLASS": 16,
  "attributes.FIRST": 24,
  "dict.LIVE": 20,
  "dict.DATA": 24,
  "dict.STAMP": 32,
  "dict.EPOCH": 28,
  "dict.VERSION": 36,
  "dict.TAIL": 40,
  "dict.HEAD": 44,
  "namespace.SLOTS": 24,
  "record.WORDS": 24,
  "object.CONTENTS": 24,
  "pool.STATE": 16,
  "pool.PLACES": 20,
  "pool.FIRST": 24,
  "pool.LAST": 28,
  "pool.FIRST_OVER": 32,
  "pool.LAST_OVER": 36,
  "pool.COUNTS": 40,
  "pool.VACANCIES": 60,
  "pool.ENTERED": 64,
  "pool.KEEPER_UNTIL": 72,
  "pool.CURSOR": 80,
  "pool.KEEPER_HIRED": 84,
  "pool.IDLE": 112,
  "pool.KEEPER": 144,
  "pool.JOINERS": 176,
  "pool.POOL_WORDS": 208,
  "pool.TABLE": 240,
  "pool.PLACE_SIZE": 24,
  "batch.POOL": 16,
  "batch.CHUNKS": 28,
  "batch.SETTLED": 36,
  "batch.FLAGS": 44,
  "batch.NEXT": 48,
  "batch.OVER": 56,
  "batch.LIMIT": 64,
  "batch.READY": 72,
  "batch.END": 76,
  "batch.WAITERS": 80,
  "batch.WORK": 112,
  "batch.WORDS": 128,
  "process.STATE": 24,
  "process.EXIT_CODE": 28,
  "process.THREADS": 32,
  "process.COUNTERS": 40,
  "process.PROCESS_WORDS": 72,
  "layout.LAST_PID": 104,
  "layout.MODULE_CHANGES": 108,
};

test("the offsets drawn are those of the sources", () => {
  const found = constants();
  expect(Object.fromEntries(Object.keys(DRAWN).map((name) => [name, found.get(name)]))).toEqual(DRAWN);
});

test("each offset of this list stands in the drawing", () => {
  const text = read("ARCHITECTURE.md");
  const drawing = text.slice(text.indexOf("## The memory"), text.indexOf("## Waiting"));
  const missing = Object.entries(DRAWN).filter(([, offset]) => !new RegExp(`\\b${offset}\\b`).test(drawing));
  expect(missing).toEqual([]);
});

test("references are added where it is counted that they were, as the search for cycles wants it", () => {
  const files = readdirSync(new URL("../../assembly/", import.meta.url)).filter((file) => file.endsWith(".ts"));
  const adding = files.filter((file) => /atomic\.add<\w+>\([^;]*REFS/.test(read(`assembly/${file}`)));
  expect(adding).toEqual(["references.ts"]);
});
