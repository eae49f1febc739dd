// The cases of test_queue.py for SimpleQueue.
import { queue, random, time } from "pythreads";
import { IndexError, isinstance, list, sorted, ValueError } from "pythreads/builtins";
import { equal, no, ok, raises, test, together } from "./kit";

let q: any = null;
let inputs: any = list();
let results: any = list();

function feed() {
  while (true) {
    let value: any;
    try {
      value = inputs.pop(0);
    } catch (error) {
      if (!isinstance(error, IndexError)) throw error;
      q.put(null);
      return;
    }
    q.put(value);
    if (random.random() > 0.99) time.sleep(random.random() * 1e-3);
  }
}
function consume() {
  for (let value = q.get(); value !== null; value = q.get()) results.append(value);
}
function consumePolling() {
  while (true) {
    const value = take({ block: false });
    if (value === undefined) time.sleep(1e-5);
    else if (value === null) return;
    else results.append(value);
  }
}
function consumeTimed() {
  while (true) {
    const value = take({ timeout: 1e-5 });
    if (value === null) return;
    if (value !== undefined) results.append(value);
  }
}
function take(how: any): any {
  try {
    return q.get(how);
  } catch (error) {
    if (isinstance(error, queue.Empty)) return undefined;
    throw error;
  }
}

function simpleTest(name: string, body: () => void) {
  test(
    `test_queue.BaseSimpleQueueTest.${name}`,
    () => {
      q = queue.SimpleQueue();
      body();
    },
    "test_queue.CSimpleQueueTest",
  );
}

function run(n: number, count: number, consumer: () => void) {
  inputs = list([...Array(count).keys()]);
  results = list();
  together([...Array(n).fill(feed), ...Array(n).fill(consumer)]);
  ok(q.empty());
  equal(q.qsize(), 0);
  return [...results];
}

/** Threads on each side; CPython starts fifty, which here are fifty workers each. */
const MANY = 10;

simpleTest("test_basic", () => {
  ok(q.empty());
  equal(q.qsize(), 0);
  q.put(1);
  no(q.empty());
  equal(q.qsize(), 1);
  q.put(2);
  q.put_nowait(3);
  q.put(4);
  equal(q.qsize(), 4);
  equal(q.get(), 1);
  equal(q.get_nowait(), 2);
  equal(q.get({ block: false }), 3);
  equal(q.qsize(), 1);
  equal(q.get({ timeout: 0.1 }), 4);
  ok(q.empty());
  raises(queue.Empty, () => q.get({ block: false }));
  raises(queue.Empty, () => q.get({ timeout: 1e-3 }));
  raises(queue.Empty, () => q.get_nowait());
  ok(q.empty());
  equal(q.qsize(), 0);
});
simpleTest("test_negative_timeout_raises_exception", () => {
  q.put(1);
  raises(ValueError, () => q.get({ timeout: -1 }), "'timeout' must be a non-negative number");
});
simpleTest("test_order", () => equal(run(1, 100, consume), [...Array(100).keys()]));
simpleTest("test_many_threads", () => equal(sorted(run(MANY, 10000, consume)), [...Array(10000).keys()]));
simpleTest("test_many_threads_nonblock", () =>
  equal(sorted(run(MANY, 10000, consumePolling)), [...Array(10000).keys()]),
);
simpleTest("test_many_threads_timeout", () => equal(sorted(run(MANY, 1000, consumeTimed)), [...Array(1000).keys()]));
