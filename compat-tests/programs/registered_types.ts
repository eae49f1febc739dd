// Managers with types of the program's own: BaseManager and SyncManager, as CPython's documentation has it.
import { multiprocessing as mp, queue } from "pythreads";
import { bytes, dict, hasattr, in_, isinstance, len, list, object, print, range, repr, slice, sorted, str, tuple, type, with_ } from "pythreads/builtins";
import { BaseManager, BaseProxy, DictProxy, ListProxy, NamespaceProxy, RemoteError, SyncManager } from "pythreads/multiprocessing/managers";

class Foo extends object {
  f() {
    return "you called Foo.f()";
  }

  g() {
    return "you called Foo.g()";
  }

  _h() {
    return "you called Foo._h()";
  }

  me() {
    return this;
  }
}

class Maths extends object {
  add(x: number, y: number) {
    return x + y;
  }

  mul(x: number, y: number) {
    return x * y;
  }
}

class Point extends object {
  x: any;
  constructor(x: any) {
    super();
    this.x = x;
  }

  twice() {
    return this.x * 2;
  }
}

function* baz() {
  for (const i of range(10)) {
    yield i * i;
  }
}

class GeneratorProxy extends BaseProxy {
  static _exposed_ = ["__next__"];

  __iter__() {
    return this;
  }

  __next__() {
    return (this as any)._callmethod("__next__");
  }
}

class PointProxy extends NamespaceProxy {
  static _exposed_ = ["__getattribute__", "__setattr__", "__delattr__", "twice"];

  twice() {
    return this._callmethod("twice");
  }
}

class MathsManager extends BaseManager {}

class MyManager extends SyncManager {}

class Sub extends MyManager {}

MathsManager.register("Maths", Maths);
MyManager.register("Foo1", Foo);
MyManager.register("Foo2", Foo, { exposed: ["g", "_h"] });
MyManager.register("baz", baz, { proxytype: GeneratorProxy });
MyManager.register("PriorityQueue", queue.PriorityQueue);
MyManager.register("Child", { create_method: false });
MyManager.register("Foo3", Foo, { method_to_typeid: { me: "Child" } });
MyManager.register("Point", Point, PointProxy);
MyManager.register("table", dict, DictProxy);

function raised(f: any) {
  try {
    f();
  } catch (e: any) {
    print(type(e).__name__, str(e));
  }
}

function child(table: any, foo: any, q: any) {
  table["child"] = foo.f();
  q.put(tuple([0, "from the child"]));
}

function main() {
  with_(new MathsManager(), (manager: any) => {
    const maths = manager.Maths();
    print(maths.add(4, 3), maths.mul(7, 8));
  });

  const m: any = new MyManager();
  raised(() => m.Foo1());
  raised(() => m.list());
  print(isinstance(m, BaseManager), hasattr(SyncManager(), "Foo1"));
  m.start();
  const f1 = m.Foo1();
  print(f1.f(), f1.g(), hasattr(f1, "_h"), sorted(f1._exposed_));
  print(type(f1).__name__, f1._token.typeid, repr(f1).startsWith("<AutoProxy[Foo1] object, typeid 'Foo1' at 0x"));
  const f2 = m.Foo2();
  print(f2.g(), f2._h(), hasattr(f2, "f"), sorted(f2._exposed_));
  raised(() => f2.f());
  try {
    f2._callmethod("f");
  } catch (e: any) {
    if (!isinstance(e, RemoteError)) throw e;
    print(in_("AttributeError: method 'f' of ", str(e)));
  }
  print(list([...m.baz()]));
  const q = m.PriorityQueue();
  q.put(tuple([2, "b"]));
  q.put(tuple([1, "a"]));
  print(q.get(), q.qsize(), q.empty());
  const c = m.Foo3().me();
  print(type(c).__name__, c.f(), isinstance(c, BaseProxy));
  print(hasattr(m, "Child"));
  raised(() => m.Child());
  const p = m.Point(4);
  print(p.twice(), p.x);
  p.x = 5;
  print(p.twice(), p.x);
  delete p.x;
  raised(() => p.x);
  const d = m.table({ a: 1 });
  d["b"] = 2;
  print(d, type(d).__name__, len(d), in_("a", d), sorted(d.keys()), d["b"], sorted(d.items()));
  const l = m.list([1, 2]);
  l.append(3);
  print(l, type(l).__name__, isinstance(l, BaseProxy));

  const process = mp.Process({ target: child, args: [d, f1, q] });
  process.start();
  process.join();
  print(d["child"], q.get(), q.get(), q.empty());
  print(m._number_of_objects() > 0);
  m.shutdown();
  raised(() => m.start());

  with_(new Sub(), (s: any) => {
    print(s.Foo1().f(), s.list([5])[0]);
  });
}

function served() {
  mp.current_process().authkey = bytes("abc");
  const server: any = SyncManager({ address: tuple(["127.0.0.1", 0]) as never, authkey: bytes("abc") });
  server.start();
  const m: any = SyncManager({ address: server.address, authkey: bytes("abc") });
  raised(() => m.dict());
  m.connect();
  const d = m.dict({ a: 1 });
  d["b"] = 2;
  d.update({ c: 3 });
  print(d, repr(d).startsWith("<DictProxy object, typeid 'dict' at 0x"), len(d), in_("a", d), d["b"], d.get("z"), sorted(d.keys()));
  raised(() => d["z"]);
  const l = m.list([1, 2]);
  l.append(3);
  l.extend([4]);
  print(l, len(l), l[0], l[-1], l.__getitem__(slice(1, 3)), list([...l]), isinstance(l, ListProxy));
  const ns = m.Namespace({ x: 1 });
  ns.y = 2;
  print(ns, ns.x, ns.y);
  delete ns.x;
  raised(() => ns.x);
  const v = m.Value("i", 3);
  v.value += 1;
  print(v, v.value, v.get());
  const a = m.Array("i", [1, 2, 3]);
  a[0] = 9;
  print(a, len(a), list(a));
  const lock = m.Lock();
  print(lock.acquire(), lock.acquire(false));
  lock.release();
  with_(lock, () => {
    print("in");
  });
  const event = m.Event();
  event.set();
  print(event.is_set(), event.wait(1));
  const semaphore = m.Semaphore(2);
  print(semaphore.acquire(), semaphore.acquire(), semaphore.acquire(false));
  const barrier = m.Barrier(1);
  print(barrier.wait(), barrier.parties, barrier.n_waiting, barrier.broken);
  const condition = m.Condition();
  with_(condition, () => {
    condition.notify_all();
    print(condition.wait_for(() => 7), condition.wait(0.01));
  });
  const q = m.Queue(2);
  q.put(1);
  print(q.get(), q.full());
  const j = m.JoinableQueue();
  j.put(1);
  j.get();
  j.task_done();
  j.join();
  d["l"] = l;
  print(type(d["l"]).__name__, d["l"][0]);
  d["l"].append("nested");
  print(l);
  raised(() => m.shutdown());
  server.shutdown();
}

if (__name__ === "__main__") {
  main();
  served();
}
