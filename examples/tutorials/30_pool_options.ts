// processes=None, initializer, maxtasksperchild, context, callback, error_callback, result timeouts, close, terminate, join.
import { multiprocessing, os, time } from "pythreads";
import { Pool, TimeoutError } from "pythreads/multiprocessing";
import { abs, divmod, isinstance, len, list, print, range, repr, set, tuple, ValueError, with_, ZeroDivisionError } from "pythreads/builtins";
let word: any;
function init(greeting: string, lock_made_before: any) {
  word = greeting;
}
function use() {
  return word;
}
function pid(x: number) {
  time.sleep(0.01);
  return os.getpid();
}
function fail(x: number) {
  return divmod(1, x)[0];
}
function kw(a: any, b: any = 0, { c = 0 } = {}) {
  return tuple([a, b, c]);
}
function slow() {
  time.sleep(0.5);
  return "slow result";
}
if (__name__ === "__main__") {
  with_(Pool(), (pool) => {
    print("processes=None takes os.cpu_count()", pool._processes === os.cpu_count());
  });
  with_(Pool(2, { initializer: init, initargs: ["hello", null] }), (pool) => {
    print("initializer", list([...range(3)].map(() => pool.apply(use))));
    print("args and keywords", pool.apply(kw, [1], { b: 2, c: 3 }));
  });
  with_(Pool(1, { maxtasksperchild: 2 }), (pool) => {
    const pids = pool.map(pid, range(6), 1);
    print("maxtasksperchild=2: workers for 6 tasks", len(set(pids)));
  });
  with_(Pool(1), (pool) => {
    print("without: workers for 6 tasks", len(set(pool.map(pid, range(6), 1))));
  });
  with_(multiprocessing.get_context("spawn").Pool(1), (pool) => {
    print("context", pool.apply(abs, [-5]));
  });
  let pool = Pool(2);
  const good = list<any>([]);
  const bad = list<any>([]);
  pool.apply_async(fail, [1], { callback: good.append, error_callback: bad.append });
  let r = pool.apply_async(fail, [0], { callback: good.append, error_callback: bad.append });
  try {
    r.get(10);
  } catch (e: any) {
    if (!isinstance(e, ZeroDivisionError)) throw e;
    print("get raises", repr(e), r.successful());
  }
  r = pool.apply_async(slow);
  try {
    print(r.ready());
    r.get({ timeout: 0.05 });
  } catch (e: any) {
    if (!isinstance(e, TimeoutError)) throw e;
    print("TimeoutError");
  }
  try {
    r.successful();
  } catch (e: any) {
    if (!isinstance(e, ValueError)) throw e;
    print("successful() before the end: ValueError");
  }
  print(r.get());
  try {
    pool.join();
  } catch (e: any) {
    if (!isinstance(e, ValueError)) throw e;
    print("join before close: ValueError", e);
  }
  pool.close();
  try {
    pool.apply(abs, [1]);
  } catch (e: any) {
    if (!isinstance(e, ValueError)) throw e;
    print("apply after close: ValueError", e);
  }
  pool.join();
  print("callback", good, "error_callback", list([...bad].map((e: any) => repr(e))));
  pool = Pool(2);
  const begin = time.time();
  pool.apply_async(time.sleep, [60]);
  pool.terminate();
  pool.join();
  print("terminate did not wait", time.time() - begin < 10);
}
