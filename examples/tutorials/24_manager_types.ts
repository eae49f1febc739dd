// Every type that the manager offers, used from a child process.
import * as queue from "pythreads/queue";
import { Manager, Process } from "pythreads/multiprocessing";
import { dict, in_, IndexError, isinstance, len, list, print, slice, tuple, ValueError, with_ } from "pythreads/builtins";
function in_child(f: any, ...args: any[]) {
  const p = Process({ target: f, args: args });
  p.start();
  p.join();
}
function containers(l: any, d: any, ns: any, v: any, a: any, q: any) {
  l.append(3);
  d["k"] = "v";
  ns.y = ns.x + 1;
  v.value += 0.5;
  a[0] = 9;
  q.put("from the child");
}
function locks(lock: any, rlock: any, sem: any, bounded: any, out: any) {
  out.append(tuple(["Lock", lock.acquire(false)]));
  out.append(tuple(["RLock", rlock.acquire(false)]));
  out.append(tuple(["Semaphore", sem.acquire(false)]));
  out.append(tuple(["BoundedSemaphore", bounded.acquire(false)]));
}
function wait_event(event: any, out: any) {
  out.append(tuple(["Event", event.wait(10)]));
}
function wait_condition(cond: any, ready: any, out: any) {
  with_(cond, () => {
    ready.set();
    out.append(tuple(["Condition", cond.wait(10)]));
  });
}
function wait_barrier(barrier: any, out: any) {
  out.append(tuple(["Barrier", in_(barrier.wait(10), [0, 1])]));
}
if (__name__ === "__main__") {
  with_(Manager(), (man) => {
    const [l, d, ns] = [man.list([1, 2]), man.dict(), man.Namespace()];
    ns.x = 1;
    const [v, a, q] = [man.Value("d", 1.0), man.Array("i", [1, 2, 3]), man.Queue(2)];
    in_child(containers, l, d, ns, v, a, q);
    print("list", l.__getitem__(slice(null)), len(l), in_(2, l));
    print("dict", dict(d), d.get("none"), d.items());
    print("Namespace", ns.x, ns.y);
    print("Value", v.value);
    print("Array", list(a));
    print("Queue", q.get(), q.empty());
    try {
      q.get_nowait();
    } catch (e) {
      if (!isinstance(e, queue.Empty)) throw e;
      print("Queue Empty");
    }
    let out = man.list();
    let [lock, rlock, sem, bounded] = [man.Lock(), man.RLock(), man.Semaphore(1), man.BoundedSemaphore(1)];
    in_child(locks, lock, rlock, sem, bounded, out);
    for (const line of out) {
      print("free in the child", ...line);
    }
    [lock, rlock, sem, bounded] = [man.Lock(), man.RLock(), man.Semaphore(1), man.BoundedSemaphore(1)];
    with_(lock, rlock, sem, bounded, () => {
      out = man.list();
      in_child(locks, lock, rlock, sem, bounded, out);
    });
    for (const line of out) {
      print("held by the parent", ...line);
    }
    try {
      bounded.release();
    } catch (e: any) {
      if (!isinstance(e, ValueError)) throw e;
      print("ValueError", e);
    }
    out = man.list();
    const event = man.Event();
    let p = Process({ target: wait_event, args: [event, out] });
    p.start();
    event.set();
    p.join();
    const [cond, ready] = [man.Condition(), man.Event()];
    p = Process({ target: wait_condition, args: [cond, ready, out] });
    p.start();
    ready.wait();
    with_(cond, () => {
      cond.notify();
    });
    p.join();
    const barrier = man.Barrier(2);
    p = Process({ target: wait_barrier, args: [barrier, out] });
    p.start();
    barrier.wait(10);
    p.join();
    for (const line of out) {
      print(...line);
    }
    try {
      l[99];
    } catch (e: any) {
      if (!isinstance(e, IndexError)) throw e;
      print("IndexError", e);
    }
  });
}
