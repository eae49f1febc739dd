// The cases of lock_tests.py for barriers.
import { threading } from "pythreads";
import { isinstance, list, RuntimeError, repr, sorted, sum, ValueError } from "pythreads/builtins";
import { waiters } from "pythreads/internal/waiters";
import { bunch, equal, matches, no, ok, raises, test, until } from "./kit";

const N = 5;
const LONG = 20;
let barrier: any = null;
let other: any = null;
let first: any = list();
let second: any = list();
let third: any = list();

const BrokenBarrierError = threading.BrokenBarrierError;

function inStep(passes: number) {
  for (let i = 0; i < passes; i++) {
    first.append(true);
    equal(second.length, i * N);
    barrier.wait();
    second.append(true);
    equal(first.length, (i + 1) * N);
    barrier.wait();
  }
  equal(barrier.n_waiting, 0);
  no(barrier.broken);
}
function waitOnce() {
  first.append(barrier.wait());
}
function act() {
  first.append(true);
}
function waitForAction() {
  other.wait();
  equal(first.length, 1);
}
function abortInTheMiddle() {
  try {
    if (barrier.wait() === Math.floor(N / 2)) throw RuntimeError();
    barrier.wait();
    first.append(true);
  } catch (error) {
    if (isinstance(error, BrokenBarrierError)) second.append(true);
    else barrier.abort();
  }
}
function resetInTheMiddle() {
  const index = barrier.wait();
  if (index === Math.floor(N / 2)) {
    until(() => barrier.n_waiting === N - 1);
    barrier.reset();
  } else {
    try {
      barrier.wait();
      first.append(true);
    } catch (error) {
      if (!isinstance(error, BrokenBarrierError)) throw error;
      second.append(true);
    }
  }
  barrier.wait();
  third.append(true);
}
function abortAndReset() {
  try {
    if (barrier.wait() === Math.floor(N / 2)) throw RuntimeError();
    barrier.wait();
    first.append(true);
  } catch (error) {
    if (isinstance(error, BrokenBarrierError)) second.append(true);
    else barrier.abort();
  }
  // The other barrier tells that all are out, and one of them opens this one again.
  if (other.wait() === Math.floor(N / 2)) barrier.reset();
  other.wait();
  barrier.wait();
  third.append(true);
}
function comeLate() {
  const index = barrier.wait();
  if (index === Math.floor(N / 2)) {
    until(() => barrier.broken);
    raises(BrokenBarrierError, () => barrier.wait(0.1));
  } else {
    raises(BrokenBarrierError, () => barrier.wait(0.1));
  }
  first.append(true);
}
function comeLateByDefault() {
  const index = barrier.wait(LONG);
  if (index === Math.floor(N / 2)) until(() => barrier.broken);
  raises(BrokenBarrierError, () => barrier.wait());
  first.append(true);
}
function waitBroken() {
  raises(BrokenBarrierError, () => other.wait());
}

function barrierTest(name: string, body: () => void) {
  test(
    `lock_tests.BarrierTests.${name}`,
    () => {
      barrier = threading.Barrier(N, { timeout: LONG });
      first = list();
      second = list();
      third = list();
      body();
      barrier.abort();
    },
    "test_threading.BarrierTests",
  );
}

barrierTest("test_barrier", () => bunch(inStep, N, undefined, [1]));
barrierTest("test_barrier_10", () => bunch(inStep, N, undefined, [10]));
barrierTest("test_wait_return", () => {
  bunch(waitOnce, N);
  equal(sorted([...first]), [0, 1, 2, 3, 4]);
  equal(sum([...first]), 10);
});
barrierTest("test_action", () => {
  other = threading.Barrier(N, act);
  bunch(waitForAction, N);
  equal(first.length, 1);
});
barrierTest("test_abort", () => {
  bunch(abortInTheMiddle, N);
  equal(first.length, 0);
  equal(second.length, N - 1);
  ok(barrier.broken);
});
barrierTest("test_reset", () => {
  bunch(resetInTheMiddle, N);
  equal(first.length, 0);
  equal(second.length, N - 1);
  equal(third.length, N);
});
barrierTest("test_abort_and_reset", () => {
  other = threading.Barrier(N);
  bunch(abortAndReset, N);
  equal(first.length, 0);
  equal(second.length, N - 1);
  equal(third.length, N);
});
barrierTest("test_timeout", () => {
  bunch(comeLate, N);
  equal(first.length, N);
  ok(barrier.broken);
});
barrierTest("test_default_timeout", () => {
  barrier = threading.Barrier(N, { timeout: 0.3 });
  bunch(comeLateByDefault, N);
  equal(first.length, N);
  ok(barrier.broken);
});
barrierTest("test_single_thread", () => {
  const alone = threading.Barrier(1);
  equal(alone.wait(), 0);
  equal(alone.wait(), 0);
});
barrierTest("test_repr", () => {
  other = threading.Barrier(3);
  matches(repr(other), /<\w+\.Barrier at .*: waiters=0\/3>/);
  bunch(waitBroken, 2, () => {
    until(() => waiters(other) === 2 && other.n_waiting === 2);
    matches(repr(other), /<\w+\.Barrier at .*: waiters=2\/3>/);
    other.abort();
  });
  matches(repr(other), /<\w+\.Barrier at .*: broken>/);
});
test(
  "lock_tests (3.13).BarrierTests.test_constructor",
  () => {
    raises(ValueError, () => threading.Barrier({ parties: 0 }), "parties must be > 0");
    raises(ValueError, () => threading.Barrier({ parties: -1 }), "parties must be > 0");
  },
  "test_threading.BarrierTests",
);
