// The cases of lock_tests.py for conditions.
import { threading, time } from "pythreads";
import { list, RuntimeError, with_ } from "pythreads/builtins";
import { waiters } from "pythreads/internal/waiters";
import { bunch, equal, no, ok, raises, test, tookAbout, until } from "./kit";

const N = 5;
let cond: any = null;
let ready: any = list();
let first: any = list();
let second: any = list();
let phase = 0;
let state = 0;

function waitTwice() {
  cond.acquire();
  ready.append(phase);
  let notified = cond.wait();
  cond.release();
  first.append([notified, phase]);
  cond.acquire();
  ready.append(phase);
  notified = cond.wait();
  cond.release();
  second.append([notified, phase]);
}
function waitHalfASecond() {
  cond.acquire();
  const begin = time.monotonic();
  first.append(cond.wait(0.5));
  second.append(time.monotonic() - begin);
  cond.release();
}
function waitForFour() {
  with_(cond, () => {
    ok(cond.wait_for(() => state === 4));
    equal(state, 4);
    first.append(1);
  });
}
function waitForFourInVain() {
  with_(cond, () => {
    const begin = time.monotonic();
    no(cond.wait_for(() => state === 4, { timeout: 0.1 }));
    tookAbout(time.monotonic() - begin, 0.1);
    first.append(1);
  });
}

function conditionTest(name: string, body: () => void) {
  test(
    `lock_tests.ConditionTests.${name}`,
    () => {
      cond = threading.Condition();
      state = 0;
      first = list();
      second = list();
      body();
    },
    "test_threading.ConditionTests",
  );
}

/** Notifies `n` threads, which find the phase when they go on. */
function notifyInPhase(number: number, notify: () => void) {
  cond.acquire();
  notify();
  phase = number;
  cond.release();
}

function checkNotify() {
  ready = list();
  first = list();
  second = list();
  phase = 0;
  bunch(waitTwice, N, () => {
    until(() => waiters(cond) === N);
    equal(first.length, 0);
    notifyInPhase(1, () => cond.notify(3));
    until(() => first.length === 3);
    equal([...first], Array(3).fill([true, 1]));
    equal(second.length, 0);
    // Those three are about to wait again: five wait then, two of them for the first time.
    until(() => waiters(cond) === N);
    notifyInPhase(2, () => cond.notify(5));
    until(() => first.length + second.length === N + 3);
    equal([...first], [...Array(3).fill([true, 1]), ...Array(2).fill([true, 2])]);
    equal([...second], Array(3).fill([true, 2]));
    until(() => waiters(cond) === 2);
    notifyInPhase(3, () => cond.notify_all());
    until(() => second.length === N);
    equal([...second], [...Array(3).fill([true, 2]), ...Array(2).fill([true, 3])]);
  });
}

function countTo(n: number) {
  for (let i = 0; i < n; i++) {
    until(() => waiters(cond) === 1 || first.length === 1);
    with_(cond, () => {
      state += 1;
      cond.notify();
    });
  }
}

conditionTest("test_acquire", () => {
  cond.acquire();
  cond.acquire();
  cond.release();
  cond.release();
  const lock = threading.Lock();
  cond = threading.Condition(lock);
  cond.acquire();
  no(lock.acquire(false));
  cond.release();
  ok(lock.acquire(false));
  no(cond.acquire(false));
  lock.release();
  with_(cond, () => no(lock.acquire(false)));
});
conditionTest("test_unacquired_wait", () => {
  raises(RuntimeError, () => cond.wait(), "cannot wait on un-acquired lock");
});
conditionTest("test_unacquired_notify", () => {
  raises(RuntimeError, () => cond.notify(), "cannot notify on un-acquired lock");
});
conditionTest("test_notify", () => {
  checkNotify();
  checkNotify();
});
conditionTest("test_timeout", () => {
  bunch(waitHalfASecond, N);
  equal(first, Array(N).fill(false));
  for (const seconds of second) tookAbout(seconds, 0.5);
});
conditionTest("test_waitfor", () => {
  bunch(waitForFour, 1, () => countTo(4));
  equal(first.length, 1);
});
conditionTest("test_waitfor_timeout", () => {
  bunch(waitForFourInVain, 1, () => countTo(3));
  equal(first.length, 1);
});
