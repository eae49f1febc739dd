/// <reference types="pythreads/port" />
// A port as an editor sees it: what it takes and what it refuses. Compiled by tests/types.test.ts, never run.
import { queue, threading, time } from "pythreads";
import { dict, isinstance, list, print, range, slice, ValueError, with_ } from "pythreads/builtins";
import { LifoQueue, PriorityQueue, Queue, SimpleQueue } from "pythreads/queue";
import { Condition, current_thread, Event, Lock, local, Thread, Timer } from "pythreads/threading";

const main: string = __name__;

// Queues know what they hold.
const numbers = Queue<number>();
numbers.put(1);
numbers.put(2, { timeout: 0.5 });
numbers.put(3, false);
// @ts-expect-error: an item of another type
numbers.put("text");
const one: number = numbers.get();
const two: number = numbers.get({ block: false });
// @ts-expect-error: what comes out is a number
const text: string = numbers.get_nowait();
const jobs = new queue.Queue<{ name: string }>(10);
const name: string = jobs.get().name;
const any: string = Queue().get();
const simple: number = SimpleQueue<number>().get();
const last = new LifoQueue<string>();
const upper: string = last.get().toUpperCase();
const least = new PriorityQueue<[number, string]>(5);
const priority: number = least.get()[0];
// @ts-expect-error: no such keyword
numbers.get({ timeuot: 1 });

// Threads: keywords, attributes, subclasses.
function work(n: number, label: string) {
  return `${n}${label}`;
}
const t = Thread({ target: work, args: [1, "a"], name: "T", daemon: true });
t.start();
t.join({ timeout: 1 });
const ident: number | null = t.ident;
// @ts-expect-error: no such keyword
Thread({ tarqet: work });
class Worker extends threading.Thread {
  result: number | null = null;
  run() {
    this.result = 1;
  }
}
const worker = new Worker();
const result: number | null = worker.result;
const timer = new Timer(1, work, [1, "b"]);
timer.cancel();
// @ts-expect-error: a Thread has no such method
t.stop();

// Locks and their kin, with and without `new`.
const lock = Lock();
const got: boolean = lock.acquire({ timeout: 1 });
const inside: number = with_(lock, () => 5);
const event = new Event();
const set: boolean = event.wait(1);
const condition = Condition(lock);
const found: boolean = condition.wait_for(() => true, { timeout: 1 });
// @ts-expect-error: a lock is wanted
Condition(5);
const own = local();
own.anything = current_thread().name;

// Containers.
const items = list([1, 2]);
const item: number = items.pop();
items.append(3);
// @ts-expect-error: an item of another type
items.append("three");
const table = dict({ a: 1 });
const value: number | null = table.get("a");
const total = [...range(3)].reduce((sum, i) => sum + i, 0);
// With the reference above a literal has list's methods.
const literal = [1, 2];
literal.append(3);
const gone: number = literal.pop(0);
const first: number[] = literal.__getitem__(slice(0, 1));
literal.sort({ reverse: true });
// @ts-expect-error: an item of another type
literal.append("three");

try {
  throw ValueError("late");
} catch (e) {
  if (isinstance(e, ValueError)) print(e.args);
}
time.sleep(0.1);
print(
  main,
  one,
  two,
  text,
  name,
  any,
  simple,
  upper,
  priority,
  ident,
  result,
  got,
  inside,
  set,
  found,
  item,
  value,
  total,
  gone,
  first,
);
