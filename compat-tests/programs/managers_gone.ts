// Managers that have not begun, have ended, or end while somebody waits for their objects.
import { sys, threading, time } from "pythreads";
import { EOFError, enumerate, isinstance, kw, len, list, OSError, object, print, repr, str, tuple, type, with_ } from "pythreads/builtins";
import { current_process, Manager, Process } from "pythreads/multiprocessing";
import { BaseManager, SyncManager as Sync } from "pythreads/multiprocessing/managers";

const SyncManager: any = Sync;

function attempt(name: string, f: any) {
  try {
    print(name, str(f()).replace(/0x[0-9a-f]+/g, "0x"));
  } catch (e: any) {
    print(name, type(e).__name__, e);
  }
}

function init(a: any, b: any) {
  print("init", a, b, current_process().name);
}

function wait(name: any, f: any, begun: any, ends: any) {
  begun.release();
  try {
    f();
  } catch (e: any) {
    ends.append(tuple([name, type(e).__name__, str(e)]));
  }
}

function held(c: any) {
  c.acquire();
  c.wait();
}

class Counter extends object {
  [name: string]: any;
  constructor(n: any) {
    super();
    this.n = n;
  }
  add(k = 1) {
    this.n += k;
    return this.n;
  }
}

class Counters extends BaseManager {
  [name: string]: any;
}

Counters.register("Counter", Counter);

function leave(q: any) {
  try {
    q.get();
  } catch (e) {
    if (isinstance(e, [EOFError, OSError])) sys.exit(7);
    throw e;
  }
}

function main() {
  let m: any = SyncManager();
  attempt("address", () => m.address);
  attempt("list", () => m.list());
  attempt("shutdown", () => m.shutdown());
  attempt("join", () => m.join());
  m.start(init, tuple(["x", 2]));
  attempt("start", () => m.start());
  attempt("enter", () => m.__enter__() === m);
  let l = m.list([1, 2]);
  const d = m.dict();
  m.shutdown();
  m.shutdown();
  attempt("str", () => l);
  attempt("repr", () => repr(l));
  attempt("append", () => l.append(1));
  attempt("len", () => len(d));
  attempt("list", () => m.list());
  attempt("start", () => m.start());
  attempt("enter", () => m.__enter__());
  attempt("join", () => m.join());
  m = Manager();
  with_(m, () => {
    l = m.list([5]);
  });
  attempt("get", () => l[0]);
  attempt("initializer", () => SyncManager().start(5));
  attempt("arguments", () => SyncManager(1, 2, 3, 4, 5));
  with_(new Counters(), (counters: any) => {
    const c = counters.Counter({ n: 2 });
    attempt("add", () => tuple([c.add(), c.add(5), c.add(kw({ k: 2 }))]));
    attempt("nope", () => c.nope());
    attempt("add", () => c.add(1, 2, 3));
  });

  m = Manager();
  const begun = threading.Semaphore(0);
  const ends: any = list();
  const [q, e, b, s, c, j] = [m.Queue(), m.Event(), m.Barrier(2), m.Semaphore(0), m.Condition(), m.JoinableQueue()];
  j.put(1);
  const waits = [q.get, e.wait, b.wait, s.acquire, () => held(c), j.join];
  const threads: any[] = [];
  for (const [i, f] of enumerate(waits)) threads.push(threading.Thread({ target: wait, args: [i, f, begun, ends] }));
  for (const t of threads) t.start();
  for (const _ of threads) begun.acquire();
  while (b.n_waiting === 0) time.sleep(0.01);
  const p = Process({ target: leave, args: [q] });
  p.start();
  m.shutdown();
  for (const t of threads) t.join();
  p.join();
  print(p.exitcode, len(ends));
  m = Manager();
  Process({ target: leave, args: [m.Queue()] }).start();
  print("the end");
}

if (__name__ === "__main__") main();
