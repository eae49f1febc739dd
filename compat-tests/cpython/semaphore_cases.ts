// The cases of lock_tests.py for semaphores, bound to both kinds.
import { threading, time } from "pythreads";
import { list, repr, sorted, TypeError, ValueError, with_ } from "pythreads/builtins";
import { waiters } from "pythreads/internal/waiters";
import { bunch, ended, equal, matches, no, ok, raises, test, tookAbout, until } from "./kit";

const VALUE = 7;
let sem: any = null;
let taken: any = list();
let first: any = list();
let second: any = list();
let phase = 0;

function takeTwice() {
  taken.append(sem.acquire());
  first.append(phase);
  taken.append(sem.acquire());
  second.append(phase);
}
function tryTwice() {
  first.append(sem.acquire(false));
  first.append(sem.acquire(false));
}
function takeAndGiveBack() {
  sem.acquire();
  sem.release();
}

/** Ten threads take a unit twice each; six units are there, and more come phase by phase. */
function phases(semtype: (value: number) => any, giveBack: (n: number) => void) {
  sem = semtype(VALUE);
  sem.acquire();
  taken = list();
  first = list();
  second = list();
  phase = 0;
  const seen = () => first.length + second.length;
  const all = () => sorted([...first, ...second]);
  bunch(takeTwice, 10, () => {
    until(() => seen() === VALUE - 1 && waiters(sem) === 10 - ended());
    equal(all(), Array(VALUE - 1).fill(0));
    phase = 1;
    giveBack(VALUE);
    until(() => seen() === 2 * VALUE - 1);
    equal(all(), [...Array(VALUE - 1).fill(0), ...Array(VALUE).fill(1)]);
    phase = 2;
    giveBack(VALUE - 1);
    until(() => seen() === 3 * VALUE - 2);
    equal(all(), [...Array(VALUE - 1).fill(0), ...Array(VALUE).fill(1), ...Array(VALUE - 1).fill(2)]);
    no(sem.acquire(false));
    sem.release();
  });
  equal(taken, Array(3 * VALUE - 1).fill(true));
}

function baseSemaphoreTests(binding: string, semtype: any) {
  const semTest = (name: string, body: () => void) =>
    test(
      `lock_tests.BaseSemaphoreTests.${name}`,
      () => {
        first = list();
        body();
      },
      binding,
    );

  semTest("test_constructor", () => {
    raises(ValueError, () => semtype({ value: -1 }), "semaphore initial value must be >= 0");
    raises(ValueError, () => semtype({ value: -(2 ** 53) }));
  });
  semTest("test_acquire", () => {
    sem = semtype(1);
    sem.acquire();
    sem.release();
    sem = semtype(2);
    sem.acquire();
    sem.acquire();
    sem.release();
    sem.release();
  });
  semTest("test_acquire_destroy", () => {
    sem = semtype();
    sem.acquire();
    sem = null;
  });
  semTest("test_acquire_contended", () =>
    phases(semtype, (n) => {
      for (let i = 0; i < n; i++) sem.release();
    }),
  );
  semTest("test_multirelease", () => phases(semtype, (n) => sem.release(n)));
  semTest("test_try_acquire", () => {
    sem = semtype(2);
    ok(sem.acquire(false));
    ok(sem.acquire(false));
    no(sem.acquire(false));
    sem.release();
    ok(sem.acquire(false));
  });
  semTest("test_try_acquire_contended", () => {
    sem = semtype(4);
    sem.acquire();
    bunch(tryTwice, 5);
    equal(sorted([...first]), [...Array(7).fill(false), ...Array(3).fill(true)]);
  });
  semTest("test_acquire_timeout", () => {
    sem = semtype(2);
    raises(ValueError, () => sem.acquire(false, { timeout: 1.0 }), "can't specify timeout for non-blocking acquire");
    ok(sem.acquire({ timeout: 0.005 }));
    ok(sem.acquire({ timeout: 0.005 }));
    no(sem.acquire({ timeout: 0.005 }));
    sem.release();
    ok(sem.acquire({ timeout: 0.005 }));
    const begin = time.monotonic();
    no(sem.acquire({ timeout: 0.5 }));
    tookAbout(time.monotonic() - begin, 0.5);
  });
  semTest("test_default_value", () => {
    sem = semtype();
    sem.acquire();
    bunch(takeAndGiveBack, 1, () => {
      until(() => waiters(sem) === 1);
      equal(ended(), 0);
      sem.release();
    });
  });
  semTest("test_with", () => {
    sem = semtype(2);
    const inside = (error?: any) =>
      with_(sem, () => {
        ok(sem.acquire(false));
        sem.release();
        with_(sem, () => {
          no(sem.acquire(false));
          if (error) throw error;
        });
      });
    inside();
    ok(sem.acquire(false));
    sem.release();
    raises(TypeError, () => inside(TypeError()));
    ok(sem.acquire(false));
    sem.release();
  });
}

baseSemaphoreTests("test_threading.SemaphoreTests", threading.Semaphore);
test(
  "lock_tests.SemaphoreTests.test_release_unacquired",
  () => {
    sem = threading.Semaphore(1);
    sem.release();
    sem.acquire();
    sem.acquire();
    sem.release();
  },
  "test_threading.SemaphoreTests",
);
test(
  "lock_tests.SemaphoreTests.test_repr",
  () => {
    sem = threading.Semaphore(3);
    matches(repr(sem), /<\w+\.Semaphore at .*: value=3>/);
    sem.acquire();
    matches(repr(sem), /<\w+\.Semaphore at .*: value=2>/);
    sem.release();
    sem.release();
    matches(repr(sem), /<\w+\.Semaphore at .*: value=4>/);
  },
  "test_threading.SemaphoreTests",
);

baseSemaphoreTests("test_threading.BoundedSemaphoreTests", threading.BoundedSemaphore);
test(
  "lock_tests.BoundedSemaphoreTests.test_release_unacquired",
  () => {
    sem = threading.BoundedSemaphore();
    raises(ValueError, () => sem.release(), "Semaphore released too many times");
    sem.acquire();
    sem.release();
    raises(ValueError, () => sem.release());
  },
  "test_threading.BoundedSemaphoreTests",
);
test(
  "lock_tests.BoundedSemaphoreTests.test_repr",
  () => {
    sem = threading.BoundedSemaphore(3);
    matches(repr(sem), /<\w+\.BoundedSemaphore at .*: value=3\/3>/);
    sem.acquire();
    matches(repr(sem), /<\w+\.BoundedSemaphore at .*: value=2\/3>/);
  },
  "test_threading.BoundedSemaphoreTests",
);
