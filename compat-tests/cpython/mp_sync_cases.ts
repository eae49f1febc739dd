// The cases of _test_multiprocessing.py for locks, semaphores, conditions, events and barriers: between processes, and the same
// between threads, by multiprocessing.dummy.
import { multiprocessing, threading, time } from "pythreads";
import { AssertionError, list, RuntimeError, repr, ValueError, with_ } from "pythreads/builtins";
import * as dummy from "pythreads/multiprocessing/dummy";
import { equal, matches, no, ok, raises, test, tookAbout, until } from "./kit";

/** How long waits last that are to end without success. */
const SHORT = 0.1;

function bind(mp: any, kind: string) {
  const isProcesses = kind === "Processes";
  const at = (cls: string, name: string, body: () => void) =>
    test(`_test_multiprocessing.${cls}.${name}`, body, `With${kind}${cls.slice(1)}`);

  at("_TestLock", "test_lock", () => {
    const lock = mp.Lock();
    ok(lock.acquire());
    no(lock.acquire(false));
    lock.release();
    raises(isProcesses ? ValueError : RuntimeError, () => lock.release());
  });
  at("_TestLock", "test_rlock", () => {
    const lock = mp.RLock();
    for (let i = 0; i < 3; i++) ok(lock.acquire());
    for (let i = 0; i < 3; i++) lock.release();
    raises(isProcesses ? AssertionError : RuntimeError, () => lock.release());
  });
  at("_TestLock", "test_lock_context", () => {
    let entered = false;
    with_(mp.Lock(), () => {
      entered = true;
    });
    ok(entered);
  });

  function semaphore(sem: any) {
    const value = (n: number) => isProcesses && equal(sem.get_value(), n);
    value(2);
    ok(sem.acquire());
    value(1);
    ok(sem.acquire());
    value(0);
    no(sem.acquire(false));
    value(0);
    sem.release();
    value(1);
    sem.release();
    value(2);
  }
  at("_TestSemaphore", "test_semaphore", () => {
    const sem = mp.Semaphore(2);
    semaphore(sem);
    sem.release();
    sem.release();
    if (isProcesses) equal(sem.get_value(), 4);
  });
  at("_TestSemaphore", "test_bounded_semaphore", () => semaphore(mp.BoundedSemaphore(2)));
  if (isProcesses) {
    at("_TestSemaphore", "test_timeout", () => {
      const sem = mp.Semaphore(0);
      const timed = (...args: any[]) => {
        const start = time.monotonic();
        no(sem.acquire(...args));
        return time.monotonic() - start;
      };
      ok(timed(false) < 1);
      ok(timed(false, null) < 1);
      ok(timed(false, SHORT) < 1);
      tookAbout(timed(true, SHORT), SHORT);
      tookAbout(timed({ timeout: SHORT }), SHORT);
      ok(timed(true, -5) < 1);
    });
  }

  /** Waiters that say that they sleep, and that they have woken. */
  function sleepers(cond: any, n: number, timeout: number | null = null) {
    const sleeping = mp.Semaphore(0);
    const woken = mp.Semaphore(0);
    const processes: any[] = [];
    for (let i = 0; i < n; i++) {
      const p =
        i % 2
          ? threading.Thread({ target: sleep, args: [cond, sleeping, woken, timeout] })
          : mp.Process({ target: sleep, args: [cond, sleeping, woken, timeout] });
      p.daemon = true;
      p.start();
      processes.push(p);
    }
    for (let i = 0; i < n; i++) sleeping.acquire();
    // The last of them waits as soon as its lock can be had.
    cond.acquire();
    cond.release();
    return [woken, processes];
  }
  const notify = (cond: any, n: number | null) =>
    with_(cond, () => {
      if (n === null) cond.notify_all();
      else cond.notify(n);
    });
  const wakes = (woken: any, n: number) => {
    for (let i = 0; i < n; i++) ok(woken.acquire({ timeout: 20 }));
    no(woken.acquire({ timeout: SHORT }));
  };
  at("_TestCondition", "test_notify", () => {
    const cond = mp.Condition();
    const [woken, processes] = sleepers(cond, 2);
    notify(cond, 1);
    wakes(woken, 1);
    notify(cond, 1);
    wakes(woken, 1);
    for (const p of processes) p.join();
  });
  at("_TestCondition", "test_notify_all", () => {
    const cond = mp.Condition();
    const [late] = sleepers(cond, 4, SHORT);
    wakes(late, 4);
    const [woken, processes] = sleepers(cond, 4);
    notify(cond, null);
    wakes(woken, 4);
    for (const p of processes) p.join();
  });
  at("_TestCondition", "test_notify_n", () => {
    const cond = mp.Condition();
    const [woken, processes] = sleepers(cond, 6);
    notify(cond, 4);
    wakes(woken, 4);
    notify(cond, 3);
    wakes(woken, 2);
    notify(cond, 3);
    wakes(woken, 0);
    for (const p of processes) p.join();
  });
  at("_TestCondition", "test_timeout", () => {
    const cond = mp.Condition();
    cond.acquire();
    const start = time.monotonic();
    no(cond.wait(SHORT));
    tookAbout(time.monotonic() - start, SHORT);
    cond.release();
  });
  at("_TestCondition", "test_waitfor", () => {
    const cond = mp.Condition();
    const state = mp.Value("i", -1);
    const p = mp.Process({ target: countTo4, args: [cond, state] });
    p.daemon = true;
    p.start();
    with_(cond, () => {
      ok(cond.wait_for(() => state.value === 0));
      equal(state.value, 0);
    });
    for (let i = 0; i < 4; i++) {
      with_(cond, () => {
        state.value += 1;
        cond.notify();
      });
    }
    p.join();
    if (isProcesses) equal(p.exitcode, 0);
  });
  at("_TestCondition", "test_waitfor_timeout", () => {
    const cond = mp.Condition();
    const success = mp.Value("i", 0);
    const p = mp.Process({ target: waitInVain, args: [cond, success] });
    p.daemon = true;
    p.start();
    p.join();
    equal(success.value, 1);
  });
  at("_TestCondition", "test_wait_result", () => {
    const cond = mp.Condition();
    with_(cond, () => {
      no(cond.wait(0));
      no(cond.wait(SHORT));
      const p = mp.Process({ target: notifyOne, args: [cond] });
      p.start();
      ok(cond.wait(20));
      cond.release();
      p.join();
      cond.acquire();
    });
  });

  at("_TestEvent", "test_event", () => {
    const event = mp.Event();
    no(event.is_set());
    no(event.wait(0));
    const start = time.monotonic();
    no(event.wait(SHORT));
    tookAbout(time.monotonic() - start, SHORT);
    event.set();
    ok(event.is_set());
    ok(event.wait());
    ok(event.wait(SHORT));
    event.clear();
    no(event.is_set());
    const p = mp.Process({ target: setLater, args: [event] });
    p.daemon = true;
    p.start();
    ok(event.wait());
    p.join();
  });
  at("_TestEvent", "test_repr", () => {
    const event = mp.Event();
    matches(repr(event), /unset/);
    event.set();
    matches(repr(event), / set|: set/);
    event.clear();
    matches(repr(event), /unset/);
  });

  /** N parties in processes and this one run `f` with a barrier; counts what each of them has added. */
  const N = 5;
  function parties(f: any, args: any[]) {
    const started: any[] = [];
    for (let i = 1; i < N; i++) {
      const p = mp.Process({ target: f, args });
      p.daemon = true;
      p.start();
      started.push(p);
    }
    f(...args);
    for (const p of started) {
      p.join();
      if (isProcesses) equal(p.exitcode, 0);
    }
  }
  /** What processes count in common: the places of an Array; `add` says which. */
  const counters = () => (isProcesses ? mp.Array("i", 8) : list([0, 0, 0, 0, 0, 0, 0, 0]));
  const rounds = (n: number) => {
    const counts = counters();
    const barrier = mp.Barrier(N, null, 60);
    parties(lockStep, [barrier, counts, mp.Lock(), n]);
    equal([counts[0], counts[1]], [N * n, N * n]);
  };
  at("_TestBarrier", "test_barrier", () => rounds(1));
  at("_TestBarrier", "test_barrier_10", () => rounds(10));
  at("_TestBarrier", "test_wait_return", () => {
    const counts = counters();
    parties(countZeros, [mp.Barrier(N), counts, mp.Lock()]);
    equal(counts[0], 1);
  });
  at("_TestBarrier", "test_action", () => {
    actions = counters();
    parties(waitTwice, [mp.Barrier(N, act)]);
    equal(actions[0], 2);
  });
  at("_TestBarrier", "test_abort", () => {
    const counts = counters();
    const barrier = mp.Barrier(N);
    parties(abortAt, [barrier, counts, mp.Lock()]);
    equal([counts[0], counts[1]], [0, N - 1]);
    ok(barrier.broken);
  });
  at("_TestBarrier", "test_reset", () => {
    const counts = counters();
    parties(resetAt, [mp.Barrier(N), counts, mp.Lock()]);
    equal([counts[0], counts[1], counts[2]], [0, N - 1, N]);
  });
  at("_TestBarrier", "test_abort_and_reset", () => {
    const counts = counters();
    parties(abortAndReset, [mp.Barrier(N), mp.Barrier(N), counts, mp.Lock()]);
    equal([counts[0], counts[1], counts[2]], [0, N - 1, N]);
  });
  at("_TestBarrier", "test_timeout", () => {
    const counts = counters();
    parties(lateOne, [mp.Barrier(N), counts, mp.Lock(), SHORT]);
    equal(counts[1], N);
  });
  at("_TestBarrier", "test_default_timeout", () => {
    const counts = counters();
    parties(lateOne, [mp.Barrier(N, { timeout: SHORT }), counts, mp.Lock(), null]);
    equal(counts[1], N);
  });
  at("_TestBarrier", "test_single_thread", () => {
    const barrier = mp.Barrier(1);
    equal(barrier.wait(), 0);
    equal(barrier.wait(), 0);
  });
  at("_TestBarrier", "test_thousand", () => {
    const counts = counters();
    parties(manyPasses, [mp.Barrier(N), counts, mp.Lock(), isProcesses ? 200 : 100]);
    equal(counts[3], 0);
  });
}

function sleep(cond: any, sleeping: any, woken: any, timeout: any) {
  cond.acquire();
  sleeping.release();
  cond.wait(timeout);
  woken.release();
  cond.release();
}
function countTo4(cond: any, state: any) {
  with_(cond, () => {
    state.value = 0;
    cond.notify();
    cond.wait_for(() => state.value === 4);
  });
}
function waitInVain(cond: any, success: any) {
  with_(cond, () => {
    const start = time.monotonic();
    const result = cond.wait_for(() => false, SHORT);
    if (!result && time.monotonic() - start >= SHORT * 0.6) success.value = 1;
  });
}
function notifyOne(cond: any) {
  with_(cond, () => cond.notify());
}
function setLater(event: any) {
  time.sleep(SHORT);
  event.set();
}

function add(counts: any, lock: any, place: number) {
  with_(lock, () => {
    counts[place] += 1;
  });
}
/** All have counted before one goes on. */
function lockStep(barrier: any, counts: any, lock: any, n: number) {
  for (let i = 0; i < n; i++) {
    add(counts, lock, 0);
    barrier.wait();
    if (counts[0] < 5 * (i + 1)) throw RuntimeError("somebody has not come");
    add(counts, lock, 1);
    barrier.wait();
    if (counts[1] < 5 * (i + 1)) throw RuntimeError("somebody has not gone");
  }
}
function countZeros(barrier: any, counts: any, lock: any) {
  if (barrier.wait() === 0) add(counts, lock, 0);
}
let actions: any = null;
function act() {
  actions[0] += 1;
}
function waitTwice(barrier: any) {
  barrier.wait();
  barrier.wait();
}
function abortAt(barrier: any, counts: any, lock: any) {
  try {
    if (barrier.wait() === 2) throw RuntimeError();
    barrier.wait();
    add(counts, lock, 0);
  } catch (e) {
    if (e instanceof threading.BrokenBarrierError) add(counts, lock, 1);
    else barrier.abort();
  }
}
function resetAt(barrier: any, counts: any, lock: any) {
  if (barrier.wait() === 2) {
    until(() => barrier.n_waiting === 4);
    barrier.reset();
  } else {
    try {
      barrier.wait();
      add(counts, lock, 0);
    } catch (e) {
      if (!(e instanceof threading.BrokenBarrierError)) throw e;
      add(counts, lock, 1);
    }
  }
  barrier.wait();
  add(counts, lock, 2);
}
function abortAndReset(barrier: any, second: any, counts: any, lock: any) {
  abortAt(barrier, counts, lock);
  if (second.wait() === 2) barrier.reset();
  second.wait();
  barrier.wait();
  add(counts, lock, 2);
}
/** One of them comes only when the others have given up. */
function lateOne(barrier: any, counts: any, lock: any, timeout: any) {
  if (barrier.wait({ timeout: 20 }) === 2) until(() => barrier.broken);
  try {
    barrier.wait(timeout);
  } catch (e) {
    if (e instanceof threading.BrokenBarrierError) add(counts, lock, 1);
  }
}
/** In each pass all see the same number of passes before. */
function manyPasses(barrier: any, counts: any, lock: any, passes: number) {
  for (let i = 0; i < passes; i++) {
    if (barrier.wait() === 0) counts[0] += 1;
    barrier.wait();
    if (counts[0] !== i + 1) add(counts, lock, 3);
    barrier.wait();
  }
}

if (__name__ === "__main__") {
  bind(multiprocessing, "Processes");
  bind(dummy, "Threads");
}
