// The cases of test_sched.py.
import { queue, sched, threading, time } from "pythreads";
import { isinstance, list, object, range, ValueError } from "pythreads/builtins";
import { equal, ok, raises, test, until } from "./kit";

const TIMEOUT = 20;

/** A clock that others advance. */
class Timer extends object {
  declare cond: any;
  declare now: number;
  declare stop: number;
  constructor() {
    super();
    this.cond = threading.Condition();
    this.now = 0;
    this.stop = 0;
  }
  time() {
    return this.now;
  }
  sleep(t: number) {
    this.cond.acquire();
    const until = this.now + t;
    while (this.stop < until) {
      this.now = this.stop;
      this.cond.wait();
    }
    this.now = until;
    this.cond.release();
  }
  advance(t: number) {
    this.cond.acquire();
    this.stop += t;
    this.cond.notify_all();
    this.cond.release();
  }
}

function schedTest(name: string, body: () => void) {
  test(`test_sched.TestCase.${name}`, body);
}

const systemScheduler = () => sched.scheduler(time.time, time.sleep);

schedTest("test_enter", () => {
  const found: any = list();
  const scheduler = systemScheduler();
  for (const x of [0.5, 0.4, 0.3, 0.2, 0.1]) scheduler.enter(x, 1, (y: number) => found.append(y), [x]);
  scheduler.run();
  equal(found, [0.1, 0.2, 0.3, 0.4, 0.5]);
});
schedTest("test_enterabs", () => {
  const found: any = list();
  const scheduler = systemScheduler();
  for (const x of [0.05, 0.04, 0.03, 0.02, 0.01]) scheduler.enterabs(x, 1, (y: number) => found.append(y), [x]);
  scheduler.run();
  equal(found, [0.01, 0.02, 0.03, 0.04, 0.05]);
});
schedTest("test_enter_concurrent", () => {
  const q = queue.Queue();
  const timer = new Timer();
  const scheduler = sched.scheduler(timer.time, timer.sleep);
  scheduler.enter(1, 1, q.put, [1]);
  scheduler.enter(3, 1, q.put, [3]);
  const t = threading.Thread({ target: scheduler.run });
  t.start();
  timer.advance(1);
  equal(q.get({ timeout: TIMEOUT }), 1);
  ok(q.empty());
  // CPython's clock stands still as long as the scheduler waits: so does this one once it is seen to.
  until(() => timer.time() === 1);
  for (const x of [4, 5, 2]) scheduler.enter(x - 1, 1, q.put, [x]);
  timer.advance(2);
  equal(q.get({ timeout: TIMEOUT }), 2);
  equal(q.get({ timeout: TIMEOUT }), 3);
  ok(q.empty());
  timer.advance(1);
  equal(q.get({ timeout: TIMEOUT }), 4);
  ok(q.empty());
  timer.advance(1);
  equal(q.get({ timeout: TIMEOUT }), 5);
  ok(q.empty());
  timer.advance(1000);
  t.join(TIMEOUT);
  ok(!t.is_alive());
  ok(q.empty());
  equal(timer.time(), 5);
});
schedTest("test_priority", () => {
  const found: any = list();
  const scheduler = systemScheduler();
  for (const [priorities, expected] of [
    [
      [1, 2, 3, 4, 5],
      [1, 2, 3, 4, 5],
    ],
    [
      [5, 4, 3, 2, 1],
      [1, 2, 3, 4, 5],
    ],
    [
      [2, 5, 3, 1, 4],
      [1, 2, 3, 4, 5],
    ],
    [
      [1, 2, 3, 2, 1],
      [1, 1, 2, 2, 3],
    ],
  ] as number[][][]) {
    for (const priority of priorities!) scheduler.enterabs(0.01, priority, (p: number) => found.append(p), [priority]);
    scheduler.run();
    equal(found, expected);
    ok(scheduler.empty());
    found.clear();
  }
});
schedTest("test_cancel", () => {
  const found: any = list();
  const scheduler = systemScheduler();
  const now = time.time();
  const events = [1, 2, 3, 4, 5].map((n) => scheduler.enterabs(now + n / 100, 1, (x: number) => found.append(x), [n]));
  scheduler.cancel(events[0]!);
  scheduler.cancel(events[4]!);
  scheduler.run();
  equal(found, [2, 3, 4]);
  raises(ValueError, () => scheduler.cancel(events[0]!), "list.remove(x): x not in list");
});
schedTest("test_cancel_concurrent", () => {
  const q = queue.Queue();
  const timer = new Timer();
  const scheduler = sched.scheduler(timer.time, timer.sleep);
  const events: any = {};
  for (const n of [1, 2, 4, 5, 3]) events[n] = scheduler.enterabs(n, 1, q.put, [n]);
  const t = threading.Thread({ target: scheduler.run });
  t.start();
  timer.advance(1);
  equal(q.get({ timeout: TIMEOUT }), 1);
  ok(q.empty());
  scheduler.cancel(events[2]);
  scheduler.cancel(events[5]);
  timer.advance(1);
  ok(q.empty());
  timer.advance(1);
  equal(q.get({ timeout: TIMEOUT }), 3);
  ok(q.empty());
  timer.advance(1);
  equal(q.get({ timeout: TIMEOUT }), 4);
  ok(q.empty());
  timer.advance(1000);
  t.join(TIMEOUT);
  ok(!t.is_alive());
  ok(q.empty());
  equal(timer.time(), 4);
});
schedTest("test_cancel_correct_event", () => {
  const events: any = list();
  const scheduler = sched.scheduler();
  scheduler.enterabs(1, 1, events.append, ["a"]);
  const b = scheduler.enterabs(1, 1, events.append, ["b"]);
  scheduler.enterabs(1, 1, events.append, ["c"]);
  scheduler.cancel(b);
  scheduler.run();
  equal(events, ["a", "c"]);
});
schedTest("test_empty", () => {
  const scheduler = systemScheduler();
  ok(scheduler.empty());
  for (const x of range(5)) scheduler.enterabs(x / 100, 1, () => null);
  ok(!scheduler.empty());
  scheduler.run();
  ok(scheduler.empty());
});
schedTest("test_queue", () => {
  const scheduler = systemScheduler();
  const now = time.time();
  const events: any = {};
  for (const n of [5, 1, 2, 4, 3]) events[n] = scheduler.enterabs(now + n / 100, 1, () => null);
  const found = [...scheduler.queue];
  for (const [i, event] of found.entries()) ok(event === events[i + 1]);
  ok(isinstance(scheduler.queue, list));
});
schedTest("test_args_kwargs", () => {
  const found: any[] = [];
  const note = (...args: any[]) => void found.push(JSON.stringify(args));
  const named = ({ foo }: any) => void found.push(`foo ${foo}`);
  const now = time.time();
  const scheduler = systemScheduler();
  scheduler.enterabs(now, 1, note);
  scheduler.enterabs(now, 1, note, { argument: [1, 2] });
  scheduler.enterabs(now, 1, note, { argument: ["a", "b"] });
  scheduler.enterabs(now, 1, named, { kwargs: { foo: 3 } });
  scheduler.run();
  equal(found, ["[]", "[1,2]", '["a","b"]', "foo 3"]);
});
schedTest("test_run_non_blocking", () => {
  const found: any = list();
  const scheduler = systemScheduler();
  for (const x of [10, 9, 8, 7, 6]) scheduler.enter(x, 1, (y: number) => found.append(y), [x]);
  const left = scheduler.run({ blocking: false });
  equal(found, []);
  ok(left !== null && left > 5 && left <= 6);
});
