// The cases of lock_tests.py for locks, re-entrant or not, bound to each lock type as test_threading.py binds them.
import { _thread, threading, time } from "pythreads";
import { list, OverflowError, RuntimeError, repr, TypeError, ValueError, with_ } from "pythreads/builtins";
import { waiters } from "pythreads/internal/waiters";
import { bunch, ended, equal, fail, matches, no, ok, raises, test, tookAbout, until } from "./kit";

let lock: any = null;
let results: any = list();

function takeAndGiveBack() {
  lock.acquire();
  lock.release();
}
function tryToTake() {
  results.append(lock.acquire(false));
}
function release() {
  lock.release();
}
function takeForHalfASecond() {
  const begin = time.monotonic();
  results.append(lock.acquire({ timeout: 0.5 }));
  results.append(time.monotonic() - begin);
}
function takeTwice() {
  lock.acquire();
  results.append(1);
  lock.acquire();
  results.append(2);
}
function holdUntilTold() {
  lock.acquire();
  results.append("held");
  until(() => results.length === 2, "the main thread has looked");
  lock.release();
}
function isOwned() {
  results.append(lock._is_owned());
}
function depthUntilTold() {
  lock.acquire();
  results.append("held");
  until(() => results.length === 2, "the main thread has looked");
  lock.release();
}

function baseLockTests(binding: string, locktype: () => any) {
  const locked = (name: string, body: () => void) =>
    test(
      `lock_tests.BaseLockTests.${name}`,
      () => {
        lock = locktype();
        results = list();
        body();
      },
      binding,
    );

  locked("test_constructor", () => {});
  locked("test_repr", () => matches(repr(lock), /<unlocked .* object (.*)?at .*>/));
  locked("test_locked_repr", () => {
    lock.acquire();
    matches(repr(lock), /<locked .* object (.*)?at .*>/);
  });
  locked("test_acquire_destroy", () => {
    lock.acquire();
    lock = null;
  });
  locked("test_acquire_release", takeAndGiveBack);
  locked("test_try_acquire", () => {
    ok(lock.acquire(false));
    lock.release();
  });
  locked("test_try_acquire_contended", () => {
    lock.acquire();
    bunch(tryToTake, 1);
    equal(results, [false]);
    lock.release();
  });
  locked("test_acquire_contended", () => {
    lock.acquire();
    bunch(takeAndGiveBack, 5, () => {
      until(() => waiters(lock) === 5);
      equal(ended(), 0);
      lock.release();
    });
    equal(ended(), 5);
  });
  locked("test_with", () => {
    with_(lock, () => {});
    bunch(takeAndGiveBack, 1);
    raises(TypeError, () =>
      with_(lock, () => {
        throw TypeError();
      }),
    );
    bunch(takeAndGiveBack, 1);
  });
  locked("test_thread_leak", () => bunch(takeAndGiveBack, 15));
  locked("test_timeout", () => {
    raises(ValueError, () => lock.acquire(false, 1));
    raises(ValueError, () => lock.acquire({ timeout: -100 }));
    raises(OverflowError, () => lock.acquire({ timeout: 1e100 }));
    raises(OverflowError, () => lock.acquire({ timeout: threading.TIMEOUT_MAX + 1 }));
    lock.acquire({ timeout: threading.TIMEOUT_MAX });
    lock.release();
    const begin = time.monotonic();
    ok(lock.acquire({ timeout: 5 }));
    if (time.monotonic() - begin >= 5) fail("a free lock took as long as its timeout");
    bunch(takeForHalfASecond, 1);
    no(results.__getitem__(0));
    tookAbout(results.__getitem__(1), 0.5);
  });
}

function lockTests(binding: string, locktype: () => any) {
  baseLockTests(binding, locktype);
  const locked = (name: string, body: () => void) =>
    test(
      `lock_tests.LockTests.${name}`,
      () => {
        lock = locktype();
        results = list();
        body();
      },
      binding,
    );

  locked("test_reacquire", () => {
    _thread.start_new_thread(takeTwice, []);
    until(() => results.length === 1 && waiters(lock) === 1, "the thread waits for its own lock");
    lock.release();
    until(() => results.length === 2, "the thread has it a second time");
  });
  locked("test_different_thread", () => {
    lock.acquire();
    bunch(release, 1);
    lock.acquire();
    lock.release();
  });
  locked("test_state_after_timeout", () => {
    lock.acquire();
    no(lock.acquire({ timeout: 0.01 }));
    lock.release();
    no(lock.locked());
    ok(lock.acquire({ blocking: false }));
  });
}

function rlockTests(binding: string, locktype: () => any, isCondition = false) {
  baseLockTests(binding, locktype);
  const locked = (name: string, body: () => void) =>
    test(
      `lock_tests.RLockTests.${name}`,
      () => {
        lock = locktype();
        results = list();
        body();
      },
      binding,
    );
  const upAndDown = () => {
    lock.acquire();
    lock.acquire();
    lock.release();
    lock.acquire();
    lock.release();
    lock.release();
  };

  locked("test_reacquire", upAndDown);
  locked("test_release_unacquired", () => {
    raises(RuntimeError, () => lock.release());
    upAndDown();
    raises(RuntimeError, () => lock.release());
  });
  locked("test_release_save_unacquired", () => {
    raises(RuntimeError, () => lock._release_save());
    upAndDown();
    raises(RuntimeError, () => lock._release_save());
  });
  if (!isCondition) {
    locked("test_recursion_count", () => {
      equal(lock._recursion_count(), 0);
      lock.acquire();
      equal(lock._recursion_count(), 1);
      lock.acquire();
      lock.acquire();
      equal(lock._recursion_count(), 3);
      lock.release();
      equal(lock._recursion_count(), 2);
      lock.release();
      lock.release();
      equal(lock._recursion_count(), 0);
      bunch(depthUntilTold, 1, () => {
        until(() => results.length === 1, "the thread holds the lock");
        equal(lock._recursion_count(), 0);
        results.append("seen");
      });
      equal(lock._recursion_count(), 0);
    });
  }
  locked("test_different_thread", () => {
    bunch(holdUntilTold, 1, () => {
      until(() => results.length === 1, "the thread holds the lock");
      raises(RuntimeError, () => lock.release());
      results.append("seen");
    });
  });
  locked("test__is_owned", () => {
    no(lock._is_owned());
    lock.acquire();
    ok(lock._is_owned());
    lock.acquire();
    ok(lock._is_owned());
    bunch(isOwned, 1);
    equal(results, [false]);
    lock.release();
    ok(lock._is_owned());
    lock.release();
    no(lock._is_owned());
  });
}

lockTests("test_threading.LockTests", () => threading.Lock());
rlockTests("test_threading.CRLockTests", () => threading.RLock());
rlockTests("test_threading.ConditionAsRLockTests", () => threading.Condition(), true);
lockTests("test_thread.LockTests", () => _thread.allocate_lock());
test("test_threading (3.13).ThreadTests.test_lock_no_args", () => {
  raises(TypeError, () => (threading.Lock as any)(1));
});
test("test_threading (3.13).ThreadTests.test_lock_no_subclass", () => {
  raises(TypeError, () => new (class extends threading.Lock {})());
});
