// Proxies and managers that are called with what their objects do not take.
import { print, str, tuple, type } from "pythreads/builtins";
import { Manager } from "pythreads/multiprocessing";

function attempt(name: string, f: any) {
  try {
    print(name, f());
  } catch (e: any) {
    print(name, type(e).__name__, str(e).split("\n").filter((line: string) => line.replaceAll("-", "")).at(-1));
  }
}

function main() {
  const m: any = Manager();
  const l = m.list([1]);
  const d = m.dict();
  const ns = m.Namespace();
  const v = m.Value("i", 1);
  const a = m.Array("i", [1]);
  const q = m.Queue();
  const e = m.Event();
  const lk = m.Lock();
  const s = m.Semaphore();
  const b = m.Barrier(2);
  const c = m.Condition();
  attempt("l.append()", () => l.append());
  attempt("l.append(1, 2)", () => l.append(1, 2));
  attempt("l.insert(1)", () => l.insert(1));
  attempt("l.pop(1, 2)", () => l.pop(1, 2));
  attempt("l.foo()", () => l.foo());
  attempt("l.clear()", () => l.clear());
  attempt("d.get()", () => d.get());
  attempt("d.get(1,2,3)", () => d.get(1, 2, 3));
  attempt("d.setdefault()", () => d.setdefault());
  attempt("d.update(1,2)", () => d.update(1, 2));
  attempt("d.pop()", () => d.pop());
  attempt("d.popitem(1)", () => d.popitem(1));
  attempt("d.nope()", () => d.nope());
  attempt("d.items(1)", () => d.items(1));
  attempt("ns.x", () => ns.x);
  attempt("v.get(1)", () => v.get(1));
  attempt("v.set()", () => v.set());
  attempt("v.set(1,2)", () => v.set(1, 2));
  attempt("a.foo", () => a.foo);
  attempt("q.put()", () => q.put());
  attempt("q.put(1,2,3,4)", () => q.put(1, 2, 3,4));
  attempt("q.get(1,2,3)", () => q.get(1, 2, 3));
  attempt("q.nope()", () => q.nope());
  attempt("e.set(1)", () => e.set(1));
  attempt("e.wait(1,2)", () => e.wait(1, 2));
  attempt("e.is_set(1)", () => e.is_set(1));
  attempt("e.clear(2)", () => e.clear(2));
  attempt("lk.acquire(1,2,3)", () => lk.acquire(1, 2, 3));
  attempt("lk.release(1)", () => lk.release(1));
  attempt("s.release(2)", () => s.release(2));
  attempt("s.release(1,2)", () => s.release(1, 2));
  attempt("s.acquire(False)", () => s.acquire(false));
  attempt("b.wait(1,2)", () => b.wait(1, 2));
  attempt("b.abort(1)", () => b.abort(1));
  attempt("b.reset(1)", () => b.reset(1));
  attempt("c.wait(1,2)", () => c.wait(1, 2));
  attempt("c.notify(1,2)", () => c.notify(1, 2));
  attempt("c.notify_all(1)", () => c.notify_all(1));
  attempt("c.wait_for()", () => c.wait_for());
  attempt("l._callmethod(nope)", () => l._callmethod("nope"));
  attempt("l._callmethod(__iadd__, [[1]])", () => l._callmethod("__iadd__", [[1]]));
  attempt("d._callmethod(clear, [1])", () => d._callmethod("clear", [1]));
  attempt("l._getvalue(1)", () => l._getvalue(1));
  attempt("m.list(1)", () => m.list(1));
  attempt("m.list(1,2)", () => m.list(1, 2));
  attempt("m.dict(1)", () => m.dict(1));
  attempt("m.dict(1, 2)", () => m.dict(1, 2));
  attempt("m.Value()", () => m.Value());
  attempt("m.Value(i)", () => m.Value("i"));
  attempt("m.Array(i)", () => m.Array("i"));
  attempt("m.Array()", () => m.Array());
  attempt("m.Lock(1)", () => m.Lock(1));
  attempt("m.Event(1)", () => m.Event(1));
  attempt("m.Barrier()", () => m.Barrier());
  attempt("m.Namespace(1)", () => m.Namespace(1));
  attempt("m.Queue(1,2)", () => m.Queue(1, 2));
  attempt("m.nope()", () => m.nope());
  attempt("m.Semaphore(-1)", () => m.Semaphore(-1));
  attempt("m.Pool(0)", () => m.Pool(0));
  attempt("l.remove(99)", () => l.remove(99));
  attempt("l.index(99)", () => l.index(99));
  attempt("q.qsize(1)", () => q.qsize(1));
  attempt("q.full()", () => q.full());
  attempt("q.task_done()", () => q.task_done());
  attempt("q.close()", () => q.close());
  attempt("q.get_nowait(1)", () => q.get_nowait(1));
  attempt("d.keys(1)", () => d.keys(1));
  attempt("d.copy(1)", () => d.copy(1));
  attempt("l.reverse(1)", () => l.reverse(1));
  attempt("l.count()", () => l.count());
  attempt("l.extend()", () => l.extend());
  attempt("l.extend(1)", () => l.extend(1));
  attempt("l.index()", () => l.index());
  attempt("l.remove()", () => l.remove());
  attempt("left", () => tuple([l._getvalue(), d.copy(), q.qsize(), v.value]));
}

if (__name__ === "__main__") main();
