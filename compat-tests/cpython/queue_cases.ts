// The cases of test_queue.py for Queue, LifoQueue and PriorityQueue, and for a queue whose storage fails.
import { queue, threading } from "pythreads";
import { ValueError, with_ } from "pythreads/builtins";
import { waiters } from "pythreads/internal/waiters";
import { equal, fail, no, ok, raises, test, until } from "./kit";

const SIZE = 5;
let q: any = null;
let sum = 0;
let guard: any = null;

class FailingQueueException extends Error {}

/** A queue that fails when it is told to. */
class FailingQueue extends queue.Queue {
  fail_next_put = false;
  fail_next_get = false;
  _put(item: any) {
    if (this.fail_next_put) {
      this.fail_next_put = false;
      throw new FailingQueueException("You Lose");
    }
    super._put(item);
  }
  _get() {
    if (this.fail_next_get) {
      this.fail_next_get = false;
      throw new FailingQueueException("You Lose");
    }
    return super._get();
  }
}

function getWhenBlocked() {
  until(() => waiters(q) === 1, "the main thread waits");
  q.get();
}
function putWhenBlocked() {
  until(() => waiters(q) === 1, "the main thread waits");
  q.put("empty");
}
function worker() {
  while (true) {
    const x = q.get();
    if (x >= 0) {
      with_(guard, () => {
        sum += x;
      });
    }
    q.task_done();
    if (x < 0) return;
  }
}

/** Makes a call that blocks until the other thread has done its part. */
function blocking(call: () => any, other: () => void) {
  const t = threading.Thread({ target: other });
  t.start();
  try {
    return call();
  } finally {
    t.join(20);
    if (t.is_alive()) fail("the call did not block");
  }
}

function basic(order: any[]) {
  equal(q.qsize(), 0);
  ok(q.empty());
  no(q.full());
  q.put(111);
  q.put(333);
  q.put(222);
  equal([q.get(), q.get(), q.get()], order);
  for (let i = 0; i < SIZE - 1; i++) {
    q.put(i);
    ok(q.qsize() > 0);
  }
  no(q.full());
  q.put(2 * SIZE);
  ok(q.full());
  no(q.empty());
  raises(queue.Full, () => q.put(99, { block: false }));
  raises(queue.Full, () => q.put(99, { timeout: 0.01 }));
  blocking(() => q.put(99), getWhenBlocked);
  blocking(() => q.put(99, true, 10), getWhenBlocked);
  for (let i = 0; i < SIZE; i++) q.get();
  equal(q.qsize(), 0);
  raises(queue.Empty, () => q.get({ block: false }));
  raises(queue.Empty, () => q.get({ timeout: 0.01 }));
  equal(
    blocking(() => q.get(), putWhenBlocked),
    "empty",
  );
  equal(
    blocking(() => q.get(true, 10), putWhenBlocked),
    "empty",
  );
}

function joinTwice() {
  sum = 0;
  const threads = [0, 1].map(() => threading.Thread({ target: worker }));
  for (const t of threads) t.start();
  for (let i = 0; i < 100; i++) q.put(i);
  q.join();
  equal(sum, 4950);
  for (const _ of threads) q.put(-1);
  q.join();
  for (const t of threads) t.join();
}

function baseQueueTests(binding: string, type: any, order: number[]) {
  const queueTest = (name: string, body: () => void) =>
    test(
      `test_queue.BaseQueueTestMixin.${name}`,
      () => {
        guard = threading.Lock();
        body();
      },
      binding,
    );

  queueTest("test_queue_task_done", () => {
    raises(ValueError, () => type().task_done(), "task_done() called too many times");
  });
  queueTest("test_queue_join", () => {
    q = type();
    joinTwice();
    joinTwice();
    raises(ValueError, () => q.task_done());
  });
  queueTest("test_basic", () => {
    q = type(SIZE);
    basic(order);
    basic(order);
  });
  queueTest("test_negative_timeout_raises_exception", () => {
    q = type(SIZE);
    raises(ValueError, () => q.put(1, { timeout: -1 }), "'timeout' must be a non-negative number");
    raises(ValueError, () => q.get(1, { timeout: -1 }), "'timeout' must be a non-negative number");
  });
  queueTest("test_nowait", () => {
    q = type(SIZE);
    for (let i = 0; i < SIZE; i++) q.put_nowait(1);
    raises(queue.Full, () => q.put_nowait(1));
    for (let i = 0; i < SIZE; i++) q.get_nowait();
    raises(queue.Empty, () => q.get_nowait());
  });
  queueTest("test_shrinking_queue", () => {
    q = type(3);
    for (const i of [1, 2, 3]) q.put(i);
    raises(queue.Full, () => q.put_nowait(4));
    equal(q.qsize(), 3);
    q.maxsize = 2;
    raises(queue.Full, () => q.put_nowait(4));
  });
}

function fails(call: () => any) {
  try {
    call();
  } catch (error) {
    if (error instanceof FailingQueueException) return;
    throw error;
  }
  fail("the queue did not fail");
}

function failing() {
  equal(q.qsize(), 0);
  for (let i = 0; i < SIZE - 1; i++) q.put(i);
  q.fail_next_put = true;
  fails(() => q.put("oops", { block: false }));
  q.fail_next_put = true;
  fails(() => q.put("oops", { timeout: 0.1 }));
  q.put("last");
  ok(q.full());
  // The put that waited for room fails; the get that made room does not.
  q.fail_next_put = true;
  fails(() => blocking(() => q.put("full"), getWhenBlocked));
  q.put("last");
  q.fail_next_put = true;
  fails(() => blocking(() => q.put("full", true, 10), getWhenBlocked));
  q.put("last");
  ok(q.full());
  q.get();
  no(q.full());
  q.put("last");
  ok(q.full());
  blocking(() => q.put("full"), getWhenBlocked);
  for (let i = 0; i < SIZE; i++) q.get();
  equal(q.qsize(), 0);
  q.put("first");
  q.fail_next_get = true;
  fails(() => q.get());
  equal(q.qsize(), 1);
  q.fail_next_get = true;
  fails(() => q.get({ timeout: 0.1 }));
  equal(q.qsize(), 1);
  q.get();
  equal(q.qsize(), 0);
  q.fail_next_get = true;
  fails(() => blocking(() => q.get(), putWhenBlocked));
  equal(q.qsize(), 1);
  q.get();
  equal(q.qsize(), 0);
}

baseQueueTests("test_queue.QueueTest", queue.Queue, [111, 333, 222]);
baseQueueTests("test_queue.LifoQueueTest", queue.LifoQueue, [222, 333, 111]);
baseQueueTests("test_queue.PriorityQueueTest", queue.PriorityQueue, [111, 222, 333]);
test("test_queue.FailingQueueTest.test_failing_queue", () => {
  q = new FailingQueue(SIZE);
  failing();
  failing();
});
