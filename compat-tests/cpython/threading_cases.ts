// The cases of test_threading.py that are about threads themselves.
import { _thread, signal, sys, threading, time, warnings } from "pythreads";
import {
  DeprecationWarning,
  isinstance,
  KeyboardInterrupt,
  list,
  RuntimeError,
  repr,
  str,
  TypeError,
  tuple,
  ValueError,
  with_,
  ZeroDivisionError,
} from "pythreads/builtins";
import { bunch, equal, fail, matches, no, ok, raises, test, until } from "./kit";

let results: any = list();
let sema: any = null;
let mutex: any = null;
let running = 0;
let gate: any = null;
let begun: any = null;
let flag = false;
let seen = false;
let cell: any = null;

function nothing() {}
function func() {}
function keep(x: any) {
  results.append(x);
}
function name_() {
  results.append(threading.current_thread().ident);
  begun.set();
}
function askForCurrent(m: any) {
  results.append(threading.current_thread());
  m.release();
  gate.wait();
}
function notMain() {
  results.append(threading.main_thread().ident !== threading.current_thread().ident);
}
function startThenFinish() {
  begun.release();
  gate.acquire();
}
function takeBounded() {
  sema.acquire();
}
function giveBounded() {
  sema.release();
}
/** Calls `old`, which is to warn with `text`. */
function warns(text: string, old: () => any): any {
  return with_(warnings.catch_warnings({ record: true }), (record: any) => {
    warnings.simplefilter("always");
    const result = old();
    equal(record.length, 1);
    ok(record[0].category === DeprecationWarning);
    equal(str(record[0].message), text);
    return result;
  });
}
function hold() {
  begun.set();
  gate.wait();
}
function joinHeld() {
  cell.join();
  results.append(cell.is_alive());
}
function interrupt() {
  _thread.interrupt_main();
}
function spin() {
  flag = true;
  let left = 2_000_000_000;
  while (flag && left > 0) left -= 1;
  seen = left > 0;
}
function spy(...args: any[]) {
  results.append([...args]);
  begun.set();
}
function falsy() {
  results.append("called");
}
function someTrace() {
  return null;
}

class TestThread extends threading.Thread {
  run() {
    with_(sema, () => {
      with_(mutex, () => {
        running += 1;
        if (running > 3) results.append(`${running} are in`);
      });
      time.sleep(0.0005);
      with_(mutex, () => {
        running -= 1;
        if (running < 0) results.append("fewer than none are in");
      });
    });
  }
}
class Fails extends threading.Thread {
  run() {
    throw ValueError("run failed");
  }
}
class RaisesNothing extends threading.Thread {
  exc: any = null;
  run() {
    try {
      throw sys.exc_info()[1] ?? RuntimeError("No active exception to reraise");
    } catch (error) {
      this.exc = str(error);
    }
  }
}

function threadTest(name: string, body: () => void, cls = "ThreadTests", module = "test_threading") {
  test(`${module}.${cls}.${name}`, () => {
    results = list();
    gate = threading.Event();
    begun = threading.Event();
    body();
  });
}

function run(target: any, args: any[] = []) {
  const t = threading.Thread({ target, args });
  t.start();
  t.join();
  return t;
}

threadTest("test_name", () => {
  equal(threading.Thread({ name: "myname1" }).name, "myname1");
  equal(threading.Thread({ name: 123 as any }).name, "123");
  equal(threading.Thread({ target: func, name: "myname2" }).name, "myname2");
  const number = Number(/^Thread-(\d+)$/.exec(threading.Thread().name)![1]);
  equal(threading.Thread({ name: "" }).name, `Thread-${number + 1}`);
  equal(threading.Thread({ target: func }).name, `Thread-${number + 2} (func)`);
});
threadTest("test_args_argument", () => {
  run(keep, [1]);
  run(keep, tuple([1]) as any);
  run(keep, ["str"]);
  run(keep, tuple(["str"]) as any);
  run(keep, tuple([list([1])]) as any);
  run(keep, [tuple([1])]);
  equal([...results].map(repr), ["1", "1", "'str'", "'str'", "[1]", "(1,)"]);
});

function variousOps() {
  sema = threading.BoundedSemaphore({ value: 3 });
  mutex = threading.RLock();
  running = 0;
  const threads = [...Array(10).keys()].map((i) => new TestThread({ name: `<thread ${i}>` }));
  for (const t of threads) {
    equal(t.ident, null);
    matches(repr(t), /^<TestThread\(.*, initial\)>$/);
    t.start();
  }
  const natives = new Set([...threads.map((t) => t.native_id), threading.get_native_id()]);
  no(natives.has(null));
  for (const t of threads) {
    t.join();
    no(t.is_alive());
    no(t.ident === 0 || t.ident === null);
    matches(repr(t), /^<TestThread\(.*, stopped -?\d+\)>$/);
  }
  equal(running, 0);
  equal([...results], []);
}
threadTest("test_various_ops", variousOps);
threadTest("test_various_ops_small_stack", () => {
  threading.stack_size(262144);
  variousOps();
  threading.stack_size(0);
});
threadTest("test_various_ops_large_stack", () => {
  threading.stack_size(0x100000);
  variousOps();
  threading.stack_size(0);
});
threadTest("test_ident_of_no_threading_threads", () => {
  no(threading.current_thread().ident === null);
  const ident = _thread.start_new_thread(name_, []);
  begun.wait();
  equal(results, [ident]);
});
threadTest("test_foreign_thread", () => {
  mutex = threading.Lock();
  mutex.acquire();
  const ident = _thread.start_new_thread(askForCurrent, [mutex]);
  mutex.acquire();
  const [dummy] = [...results] as any[];
  ok(isinstance(dummy, threading._DummyThread));
  equal(dummy.ident, ident);
  ok(dummy.is_alive());
  ok(dummy.daemon);
  matches(repr(dummy), /_DummyThread\(Dummy-\d+, started daemon \d+\)/);
  ok(threading.enumerate().includes(dummy));
  gate.set();
});
threadTest("test_limbo_cleanup", () => {
  const t = threading.Thread({ target: nothing, args: [new WeakMap()] });
  raises(TypeError, () => t.start());
  no(threading.enumerate().includes(t));
  no(t.is_alive());
});
threadTest("test_enumerate_after_join", () => {
  for (let i = 0; i < 99; i++) {
    const t = run(nothing);
    if (threading.enumerate().includes(t)) fail(`a joined thread is listed in round ${i}`);
  }
});
threadTest("test_old_threading_api", () => {
  const t = threading.Thread();
  const cond = threading.Condition();
  no(warns("isDaemon() is deprecated, get the daemon attribute instead", () => t.isDaemon()));
  warns("setDaemon() is deprecated, set the daemon attribute instead", () => t.setDaemon(true));
  ok(t.daemon);
  warns("setName() is deprecated, set the name attribute instead", () => t.setName("name"));
  equal(
    warns("getName() is deprecated, get the name attribute instead", () => t.getName()),
    "name",
  );
  no(warns("isSet() is deprecated, use is_set() instead", () => threading.Event().isSet()));
  with_(cond, () => warns("notifyAll() is deprecated, use notify_all() instead", () => cond.notifyAll()));
  const count = warns("activeCount() is deprecated, use active_count() instead", () => threading.activeCount());
  equal(count, threading.active_count());
  const current = warns("currentThread() is deprecated, use current_thread() instead", () => threading.currentThread());
  ok(current === threading.current_thread());
});
threadTest("test_repr_daemon", () => {
  const t = threading.Thread();
  no(repr(t).includes("daemon"));
  t.daemon = true;
  ok(repr(t).includes("daemon"));
});
threadTest("test_daemon_param", () => {
  no(threading.Thread().daemon);
  no(threading.Thread({ daemon: false }).daemon);
  ok(threading.Thread({ daemon: true }).daemon);
});
threadTest("test_main_thread", () => {
  const main = threading.main_thread();
  equal(main.name, "MainThread");
  equal(main.ident, threading.current_thread().ident);
  equal(main.ident, threading.get_ident());
  run(notMain);
  equal(results, [true]);
});
threadTest("test_repr_stopped", () => {
  begun = _thread.allocate_lock();
  gate = _thread.allocate_lock();
  begun.acquire();
  gate.acquire();
  const t = threading.Thread({ target: startThenFinish });
  t.start();
  begun.acquire();
  matches(repr(t), /started/);
  gate.release();
  until(() => repr(t).includes("stopped"));
  t.join();
});
threadTest("test_BoundedSemaphore_limit", () => {
  for (let limit = 1; limit < 10; limit++) {
    sema = threading.BoundedSemaphore(limit);
    bunch(takeBounded, limit);
    bunch(giveBounded, limit);
    raises(ValueError, () => sema.release());
  }
});
threadTest("test_gettrace", () => {
  const old = threading.gettrace();
  threading.settrace(someTrace);
  equal(threading.gettrace() === someTrace, true);
  threading.settrace(old);
});
threadTest("test_getprofile", () => {
  const old = threading.getprofile();
  threading.setprofile(someTrace);
  equal(threading.getprofile() === someTrace, true);
  threading.setprofile(old);
});
threadTest("test_leak_without_join", () => {
  threading.Thread({ target: nothing }).start();
});
threadTest(
  "test_join_from_multiple_threads",
  () => {
    cell = threading.Thread({ target: hold });
    cell.start();
    begun.wait();
    bunch(joinHeld, 4, () => gate.set());
    equal([...results], [false, false, false, false]);
  },
  "ThreadTests",
  "test_threading (3.13)",
);
threadTest(
  "test_join_with_timeout",
  () => {
    const t = threading.Thread({ target: hold });
    t.start();
    begun.wait();
    equal(t.join({ timeout: 0.01 }) ?? null, null);
    ok(t.is_alive());
    equal(t.join(0) ?? null, null);
    equal(t.join(-1) ?? null, null);
    ok(t.is_alive());
    gate.set();
    t.join();
    no(t.is_alive());
  },
  "ThreadTests",
  "test_threading (3.13)",
);

const ERRORS = "ThreadingExceptionTests";
threadTest(
  "test_start_thread_again",
  () => {
    const t = threading.Thread();
    t.start();
    raises(RuntimeError, () => t.start(), "threads can only be started once");
    t.join();
  },
  ERRORS,
);
threadTest(
  "test_joining_current_thread",
  () => {
    raises(RuntimeError, () => threading.current_thread().join(), "cannot join current thread");
  },
  ERRORS,
);
threadTest(
  "test_joining_inactive_thread",
  () => {
    raises(RuntimeError, () => threading.Thread().join(), "cannot join thread before it is started");
  },
  ERRORS,
);
threadTest(
  "test_daemonize_active_thread",
  () => {
    const t = threading.Thread();
    t.start();
    raises(
      RuntimeError,
      () => {
        t.daemon = true;
      },
      "cannot set daemon status of active thread",
    );
    t.join();
  },
  ERRORS,
);
threadTest(
  "test_releasing_unacquired_lock",
  () => {
    raises(RuntimeError, () => threading.Lock().release(), "release unlocked lock");
  },
  ERRORS,
);
threadTest(
  "test_bare_raise_in_brand_new_thread",
  () => {
    const t = new RaisesNothing();
    t.start();
    t.join();
    equal(t.exc, "No active exception to reraise");
  },
  ERRORS,
);

let hookArgs: any = null;
function keepingHook(args: any) {
  hookArgs = list([args.exc_type.__name__, str(args.exc_value), args.thread]);
}
threadTest(
  "test_custom_excepthook",
  () => {
    threading.excepthook = keepingHook;
    const t = new Fails();
    t.start();
    t.join();
    threading.excepthook = threading.__excepthook__;
    equal([...hookArgs].slice(0, 2), ["ValueError", "run failed"]);
    ok(hookArgs.__getitem__(2) === t);
  },
  "ExceptHookTests",
);

threadTest(
  "test_init_immutable_default_args",
  () => {
    const one: any = threading.Timer(0.01, spy);
    one.start();
    begun.wait();
    one.args.append?.("blah");
    one.kwargs.set("foo", "bar");
    begun.clear();
    const two = threading.Timer(0.01, spy);
    two.start();
    begun.wait();
    equal(
      [...results].map((args: any) => args.length),
      [0, 0],
    );
    one.join();
    two.join();
  },
  "TimerTests",
);

threadTest(
  "test__all__",
  () => {
    const names =
      "get_ident active_count Condition current_thread enumerate main_thread TIMEOUT_MAX Event Lock RLock Semaphore " +
      "BoundedSemaphore Thread Barrier BrokenBarrierError Timer ThreadError setprofile settrace local stack_size excepthook " +
      "ExceptHookArgs gettrace getprofile get_native_id";
    equal(
      names.split(" ").filter((name) => !(name in threading)),
      [],
    );
  },
  "MiscTestCase",
);

const INTERRUPT = "InterruptMainTests";
function withHandler(handler: any, body: () => void) {
  const before = signal.signal(signal.SIGINT, handler);
  try {
    body();
  } finally {
    signal.signal(signal.SIGINT, before);
  }
}
threadTest(
  "test_interrupt_main_with_signal_handler",
  () => {
    const handler = (_signum: any, _frame: any) => {
      throw ZeroDivisionError();
    };
    withHandler(handler, () => raises(ZeroDivisionError, () => _thread.interrupt_main()));
  },
  INTERRUPT,
);
threadTest(
  "test_interrupt_main_noerror",
  () => {
    for (const handler of [signal.SIG_IGN, signal.SIG_DFL]) withHandler(handler, () => _thread.interrupt_main());
  },
  INTERRUPT,
);
threadTest(
  "test_interrupt_main_subthread",
  () => {
    const t = threading.Thread({ target: interrupt });
    raises(KeyboardInterrupt, () => {
      t.start();
      t.join();
      time.sleep(5);
    });
    t.join();
  },
  INTERRUPT,
);
threadTest(
  "test_interrupt_main_mainthread",
  () => {
    raises(KeyboardInterrupt, () => _thread.interrupt_main());
  },
  INTERRUPT,
);
threadTest(
  "test_interrupt_main_invalid_signal",
  () => {
    raises(ValueError, () => _thread.interrupt_main(-1), "signal number out of range");
    raises(ValueError, () => _thread.interrupt_main(65));
    raises(ValueError, () => _thread.interrupt_main(1000000));
  },
  INTERRUPT,
);
threadTest(
  "test_can_interrupt_tight_loops",
  () => {
    flag = false;
    const t = threading.Thread({ target: spin });
    t.start();
    while (!flag);
    flag = false;
    t.join();
    ok(seen);
  },
  INTERRUPT,
);
threadTest("test_boolean_target", () => {
  (falsy as any).__bool__ = () => false;
  run(falsy);
  equal(results, ["called"]);
});
