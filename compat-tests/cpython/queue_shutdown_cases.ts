// The cases of Python 3.13's test_queue.py for shutdown, bound to each kind of queue.
import { queue, threading } from "pythreads";
import { isinstance, list, sorted, ValueError } from "pythreads/builtins";
import { waiters } from "pythreads/internal/waiters";
import { equal, no, ok, raises, test, together, until } from "./kit";

const MESSAGES = 4096;
let q: any = null;
let results: any = list();
let counts: any = list();
let barrier: any = null;
let isTime: any = null;
let isImmediate = false;

/** What a call raised: true for ShutDown. */
function isShutDown(call: () => void): boolean {
  try {
    call();
    return false;
  } catch (error) {
    if (isinstance(error, queue.ShutDown)) return true;
    throw error;
  }
}

function getter() {
  results.append(isShutDown(() => q.get()));
}
function putter() {
  results.append(isShutDown(() => q.put("E")));
}
function joiner() {
  q.join();
  results.append("joined");
}
function getterWhoIsDone() {
  q.get();
  q.task_done();
  results.append("done");
}
function writer() {
  for (let i = 0; i < MESSAGES / 2; i++) q.put(i);
  barrier.wait();
  for (let i = MESSAGES / 2; ; i++) {
    if (isShutDown(() => q.put(i))) break;
    if (i === MESSAGES / 2 + 100) isTime.set();
  }
  results.append("writer");
}
function reader() {
  q.get();
  q.task_done();
  barrier.wait();
  while (true) {
    try {
      q.get(false);
      q.task_done();
    } catch (error) {
      if (isinstance(error, queue.ShutDown)) break;
      if (!isinstance(error, queue.Empty)) throw error;
    }
  }
  results.append("reader");
}
function closer() {
  isTime.wait();
  q.shutdown(isImmediate);
  counts.append(q.qsize());
}
function lateJoiner() {
  barrier.wait();
  q.join();
  results.append("joined");
}

function shutdownTests(binding: string, type: any) {
  const shutTest = (name: string, body: () => void) =>
    test(
      `test_queue (3.13).BaseQueueTestMixin.${name}`,
      () => {
        results = list();
        counts = list();
        q = type(2);
        body();
      },
      binding,
    );
  const both = (name: string, body: (immediate: boolean) => void) => {
    shutTest(`test_shutdown_${name}`, () => body(false));
    shutTest(`test_shutdown_immediate_${name}`, () => body(true));
  };
  const refused = (call: () => void) => ok(isShutDown(call));

  shutTest("test_shutdown_empty", () => {
    q.shutdown();
    refused(() => q.put("data"));
    refused(() => q.get());
  });
  shutTest("test_shutdown_nonempty", () => {
    q.put("data");
    q.shutdown();
    equal(q.get(), "data");
    refused(() => q.get());
  });
  shutTest("test_shutdown_immediate", () => {
    q.put("data");
    q.shutdown({ immediate: true });
    refused(() => q.get());
  });
  shutTest("test_shutdown_allowed_transitions", () => {
    no(q.is_shutdown);
    q.shutdown();
    ok(q.is_shutdown);
    q.shutdown({ immediate: true });
    ok(q.is_shutdown);
    q.shutdown({ immediate: false });
    ok(q.is_shutdown);
  });
  both("all_methods_in_one_thread", (immediate) => {
    q.put("L");
    q.put_nowait("O");
    q.shutdown(immediate);
    refused(() => q.put("E"));
    refused(() => q.put_nowait("W"));
    if (immediate) {
      refused(() => q.get());
      refused(() => q.get_nowait());
      raises(ValueError, () => q.task_done());
      q.join();
    } else {
      equal(sorted([q.get(), q.get()]), ["L", "O"]);
      q.task_done();
      q.task_done();
      q.join();
      refused(() => q.get());
      refused(() => q.get_nowait());
      refused(() => q.get(true, 1.0));
    }
  });
  both("all_methods_in_many_threads", (immediate) => {
    q = type();
    isImmediate = immediate;
    isTime = threading.Event();
    const threads = [
      ...Array(4).fill(writer),
      ...Array(6).fill(reader),
      ...(immediate ? [lateJoiner, lateJoiner] : []),
    ];
    barrier = threading.Barrier(threads.length);
    together([...threads, closer]);
    equal([...results].filter((x) => x === "reader").length, 6);
    equal([...results].filter((x) => x === "writer").length, 4);
    if (immediate) equal([...counts], [0]);
    ok(q.empty());
  });
  shutTest("test_shutdown_get", () => {
    q.put("Y");
    q.put("D");
    together([getter, getter, getter], () => {
      until(() => waiters(q) === 1 && results.length === 2, "one of three waits");
      q.shutdown();
    });
    equal(sorted([...results]), [false, false, true]);
  });
  shutTest("test_shutdown_immediate_get", () => {
    q.put("Y");
    q.put("D");
    q.shutdown(true);
    together([getter, getter]);
    equal(results, [true, true]);
  });
  both("put", (immediate) => {
    q.put("Y");
    q.put("D");
    together([putter, putter], () => {
      until(() => waiters(q) === 2, "both wait for room");
      q.shutdown(immediate);
    });
    equal(results, [true, true]);
  });
  shutTest("test_shutdown_join", () => {
    q.put("Y");
    together([joiner, joiner], () => {
      until(() => waiters(q) === 2, "both wait");
      q.shutdown();
      equal(results.length, 0);
      equal(q.get(), "Y");
      q.task_done();
    });
    equal(results, ["joined", "joined"]);
  });
  shutTest("test_shutdown_immediate_join", () => {
    q.put("Y");
    together([joiner, joiner], () => {
      until(() => waiters(q) === 2, "both wait");
      q.shutdown(true);
    });
    equal(results, ["joined", "joined"]);
  });
  both("put_join", (immediate) => {
    q.put("Y");
    equal(q.unfinished_tasks, 1);
    together([joiner], () => {
      until(() => waiters(q) === 1, "the joiner waits");
      q.shutdown(immediate);
      refused(() => q.put("E"));
      if (immediate) refused(() => q.get_nowait());
      else {
        equal(q.get(), "Y");
        q.task_done();
      }
    });
    equal(results, ["joined"]);
  });
  shutTest("test_shutdown_get_task_done_join", () => {
    q.put("Y");
    q.put("D");
    equal(q.unfinished_tasks, q.qsize());
    together([joiner, joiner], () => {
      until(() => waiters(q) === 2, "both joiners wait");
      q.shutdown(false);
      getterWhoIsDone();
      getterWhoIsDone();
    });
    equal(sorted([...results]), ["done", "done", "joined", "joined"]);
  });
  shutTest("test_shutdown_pending_get", () => {
    together([getter], () => {
      until(() => waiters(q) === 1, "the getter waits");
      q.shutdown({ immediate: false });
    });
    equal(results, [true]);
  });
}

shutdownTests("test_queue.QueueTest", queue.Queue);
shutdownTests("test_queue.LifoQueueTest", queue.LifoQueue);
shutdownTests("test_queue.PriorityQueueTest", queue.PriorityQueue);
