// The pool cases of _test_multiprocessing.py, for each kind of pool under which CPython runs them.
import { threading, time } from "pythreads";
import {
  int,
  isinstance,
  KeyError,
  len,
  list,
  next,
  object,
  RuntimeError,
  range,
  StopIteration,
  sorted,
  str,
  TypeError,
  ValueError,
  with_,
} from "pythreads/builtins";
import { Manager, Pool as ProcessPool } from "pythreads/multiprocessing";
import { Pool as ThreadedPool } from "pythreads/multiprocessing/dummy";
import { RemoteError, SyncManager } from "pythreads/multiprocessing/managers";
import { MaybeEncodingError, RemoteTraceback, TimeoutError } from "pythreads/multiprocessing/pool";
import { equal, fail, ok, raises, test, tookAbout, until } from "./kit";

/** Seconds; CPython's are longer where they only keep a broken program from hanging. */
const SHORT = 0.2;
const LONG = 20;
const manager = Manager();
const kinds: any[] = [
  ["WithThreadsTestPool", ThreadedPool],
  ["WithProcessesTestPool", ProcessPool],
  ["WithManagerTestPool", pooled],
];

function pooled(...args: any[]) {
  return manager.Pool(...args);
}

class SayWhenError extends ValueError {}

function sqr(x: number, wait = 0) {
  time.sleep(wait);
  return x * x;
}
function mul(x: number, y: number) {
  return x * y;
}
function* throwing(total: number, when: number) {
  if (when === -1) throw new SayWhenError("Somebody said when");
  for (let i = 0; i < total; i++) {
    if (i === when) throw new SayWhenError("Somebody said when");
    yield i;
  }
}
class SpecialIterable extends object {
  __iter__() {
    return this;
  }
  __next__(): never {
    throw new SayWhenError();
  }
  __len__() {
    return 1;
  }
}
function raiseFoo() {
  throw RuntimeError("foo");
}
function failOrSleep(x: number) {
  if (x === 0) throw ValueError("x");
  time.sleep(0.5);
}
const squares = (n: number) => list([...range(n)].map((x: any) => x * x));

for (const [binding, Pool] of kinds) {
  const pool = Pool(4);
  const check = (name: string, body: () => void) => test(`_test_multiprocessing._TestPool.${name}`, body, binding);

  check("test_apply", () => {
    equal(pool.apply(sqr, [5]), 25);
    equal(pool.apply(sqr, [], { x: 3 }), 9);
  });
  check("test_map", () => {
    equal(pool.map(sqr, range(10)), squares(10));
    equal(pool.map(sqr, list(range(100)), { chunksize: 20 }), squares(100));
  });
  check("test_starmap", () => {
    const tuples = [...range(10)].map((x: any) => [x, 9 - x]);
    equal(
      pool.starmap(mul, tuples),
      [...range(10)].map((x: any) => x * (9 - x)),
    );
    equal(
      pool.starmap(mul, tuples, { chunksize: 20 }),
      [...range(10)].map((x: any) => x * (9 - x)),
    );
  });
  check("test_starmap_async", () => {
    const tuples = [...range(100)].map((x: any) => [x, x]);
    equal(pool.starmap_async(mul, tuples).get(), squares(100));
  });
  check("test_map_async", () => {
    equal(pool.map_async(sqr, range(10)).get(), squares(10));
  });
  check("test_map_async_callbacks", () => {
    const called: any = list();
    pool.map_async(int, ["1"], { callback: called.append }).wait();
    equal(len(called), 1);
    equal(called[0], [1]);
    pool.map_async(int, ["a"], { callback: called.append, error_callback: called.append }).wait();
    equal(len(called), 2);
    ok(isinstance(called[1], ValueError));
  });
  check("test_map_chunksize", () => {
    equal(pool.map_async(sqr, [], { chunksize: 1 }).get(LONG), []);
  });
  check("test_map_handle_iterable_exception", () => {
    raises(SayWhenError, () => pool.map(sqr, throwing(1, -1), 1));
    raises(SayWhenError, () => pool.map(sqr, throwing(10, 3), 1));
    raises(SayWhenError, () => pool.map(sqr, new SpecialIterable(), 1));
    equal(pool.map(sqr, [3]), [9]);
  });
  check("test_async", () => {
    const begin = time.monotonic();
    const result = pool.apply_async(sqr, [7, SHORT]);
    equal(result.get(), 49);
    tookAbout(time.monotonic() - begin, SHORT);
  });
  check("test_async_timeout", () => {
    const other = Pool(1);
    const result = other.apply_async(sqr, [6, LONG]);
    raises(TimeoutError, () => result.get({ timeout: SHORT }));
    other.terminate();
  });
  check("test_imap", () => {
    equal(list(pool.imap(sqr, range(10))), squares(10));
    const it = pool.imap(sqr, range(10));
    for (const i of range(10)) equal(next(it), i * i);
    raises(StopIteration, () => next(it));
    const chunked = pool.imap(sqr, range(1000), { chunksize: 100 });
    for (const i of range(1000)) equal(next(chunked), i * i);
    raises(StopIteration, () => next(chunked));
  });
  check("test_imap_handle_iterable_exception", () => {
    for (const [total, when, chunksize, good] of [
      [1, -1, 1, 0],
      [10, 3, 1, 3],
      [20, 7, 2, 6],
      [20, 7, 4, 4],
    ]) {
      const it = pool.imap(sqr, throwing(total!, when!), chunksize);
      for (const i of range(good)) equal(next(it), i * i);
      raises(SayWhenError, () => next(it));
    }
  });
  check("test_imap_unordered", () => {
    equal(sorted(pool.imap_unordered(sqr, range(10))), squares(10));
    equal(sorted(pool.imap_unordered(sqr, list(range(1000)), { chunksize: 100 })), squares(1000));
  });
  check("test_imap_unordered_handle_iterable_exception", () => {
    raises(SayWhenError, () => next(pool.imap_unordered(sqr, throwing(1, -1), 1)));
    for (const [when, chunksize] of [
      [3, 1],
      [7, 2],
    ]) {
      const it = pool.imap_unordered(sqr, throwing(10, when!), chunksize);
      raises(SayWhenError, () => {
        for (let n = 0; n < 10; n++) ok([...squares(10)].includes(next(it)));
      });
    }
  });
  check("test_make_pool", () => {
    const error = binding === "WithManagerTestPool" ? RemoteError : ValueError;
    ok(str(raises(error, () => Pool(0))).includes("Number of processes must be at least 1"));
    raises(error, () => Pool(-1));
    const p = Pool(3);
    p.close();
    p.join();
  });
  check("test_terminate", () => {
    const p = Pool(4);
    p.map_async(time.sleep, Array(10_000).fill(0.1), { chunksize: 1 });
    p.terminate();
    const begin = time.monotonic();
    p.join();
    // All of them would take minutes.
    ok(time.monotonic() - begin < 60);
  });
  check("test_empty_iterable", () => {
    const p = Pool(1);
    equal(p.map(sqr, []), []);
    equal(list(p.imap(sqr, [])), []);
    equal(list(p.imap_unordered(sqr, [])), []);
    equal(p.map_async(sqr, []).get(), []);
    equal(p.starmap(mul, []), []);
    p.close();
    p.join();
  });
  check("test_context", () => {
    const p = Pool(2);
    with_(p, (entered: any) => {
      ok(entered === p);
      equal(p.map_async(sqr, range(10)).get(), squares(10));
    });
    p.join();
    raises(ValueError, () => p.map_async(sqr, range(10)), "Pool not running");
  });
  check("test_wrapped_exception", () => {
    with_(Pool(1), (p: any) => raises(RuntimeError, () => p.apply(raiseFoo), "foo"));
  });
  check("test_map_no_failfast", () => {
    const begin = time.monotonic();
    with_(Pool(2), (p: any) => {
      raises(ValueError, () => p.map(failOrSleep, [0, 1]));
      p.close();
      p.join();
    });
    tookAbout(time.monotonic() - begin, 0.5);
  });
  // A manager's proxy of a pool can be entered at any time.
  const checkOwn = binding === "WithManagerTestPool" ? () => {} : check;
  checkOwn("test_enter", () => {
    const p = Pool(1);
    with_(p, () => {});
    raises(ValueError, () => with_(p, () => fail("it was entered")), "Pool not running");
    p.join();
  });
  pool.terminate();
  pool.join();
}

class Unpicklable extends object {
  __reduce__() {
    throw RuntimeError("cannot pickle");
  }
}
function raise123() {
  throw RuntimeError(123); // some comment
}
function wrapped() {
  try {
    throw KeyError("inner");
  } catch (e: any) {
    throw RuntimeError("outer", { cause: e });
  }
}
function raising() {
  throw KeyError("key");
}
function unsendable() {
  return threading.Lock();
}
function initializer(ns: any) {
  ns.test += 1;
}

const processes = (cls: string, name: string, body: () => void) =>
  test(`_test_multiprocessing.${cls}.${name}`, body, cls === "_TestPool" ? "WithProcessesTestPool" : "");

processes("_TestPool", "test_map_unplicklable", () => {
  const p = ProcessPool(4);
  raises(
    RuntimeError,
    () =>
      p.map(
        sqr,
        [...range(10)].map(() => new Unpicklable()),
      ),
    "cannot pickle",
  );
  equal(p.apply(sqr, [3]), 9);
  p.terminate();
  p.join();
});
processes("_TestPool", "test_traceback", () => {
  with_(ProcessPool(1), (p: any) => {
    const error: any = raises(RuntimeError, () => p.apply(raise123));
    equal(error.args, [123]);
    ok(isinstance(error.__cause__, RemoteTraceback));
    ok(error.__cause__.tb.includes("throw RuntimeError(123); // some comment"));
    const own: any = raises(SayWhenError, () => p.map(sqr, throwing(1, -1), 1));
    ok(own.__cause__ === null);
    const outer: any = raises(RuntimeError, () => p.apply(wrapped), "outer");
    ok(outer.__cause__.tb.includes("KeyError: 'inner'"));
  });
});
processes("_TestPoolWorkerErrors", "test_async_error_callback", () => {
  const p = ProcessPool(2);
  const seen: any = list();
  const result = p.apply_async(raising, { error_callback: seen.append });
  raises(KeyError, () => result.get());
  ok(isinstance(seen[0], KeyError));
  p.close();
  p.join();
});
processes("_TestPoolWorkerErrors", "test_unpickleable_result", () => {
  const p = ProcessPool(2);
  for (let turn = 0; turn < 20; turn++) {
    const seen: any = list();
    const result = p.apply_async(unsendable, { error_callback: seen.append });
    raises(MaybeEncodingError, () => result.get());
    ok(isinstance(seen[0], MaybeEncodingError));
    ok(seen[0].exc.includes("cannot pickle") && seen[0].value.includes("lock"));
  }
  p.close();
  p.join();
});
processes("_TestPoolWorkerLifetime", "test_pool_worker_lifetime", () => {
  const p = ProcessPool(3, { maxtasksperchild: 10 });
  equal(len(p._pool), 3);
  const before = [...p._pool].map((w: any) => w.pid);
  const results = [...range(100)].map((i: any) => p.apply_async(sqr, [i]));
  for (const [i, result] of results.entries()) equal(result.get(), sqr(i));
  until(() => [...p._pool].every((w: any) => w.is_alive()));
  const after = [...p._pool].map((w: any) => w.pid);
  ok(!after.includes(null));
  ok(before.every((pid) => !after.includes(pid)));
  p.close();
  p.join();
});
processes("_TestPoolWorkerLifetime", "test_pool_worker_lifetime_early_close", () => {
  const p = ProcessPool(3, { maxtasksperchild: 1 });
  const results = [...range(6)].map((i: any) => p.apply_async(sqr, [i, 0.05]));
  p.close();
  p.join();
  for (const [i, result] of results.entries()) equal(result.get(), sqr(i));
});
processes("_TestPoolWorkerLifetime", "test_pool_maxtasksperchild_invalid", () => {
  for (const value of [0, -1, 0.5, "12"] as any[]) {
    raises(
      ValueError,
      () => ProcessPool({ maxtasksperchild: value }),
      "maxtasksperchild must be a positive int or None",
    );
  }
});
processes("TestInitializers", "test_pool_initializer", () => {
  raises(TypeError, () => ProcessPool({ initializer: 1 as any }), "initializer must be a callable");
  const ns = Manager().Namespace();
  ns.test = 0;
  const p = ProcessPool(1, initializer, [ns]);
  p.close();
  p.join();
  equal(ns.test, 1);
});
processes("TestInitializers", "test_manager_initializer", () => {
  const other = SyncManager();
  raises(TypeError, () => other.start(1), "initializer must be a callable");
  const ns = Manager().Namespace();
  ns.test = 0;
  other.start(initializer, [ns]);
  equal(ns.test, 1);
  other.shutdown();
});
