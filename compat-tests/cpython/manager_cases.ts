// The cases of _test_multiprocessing.py about managers and their proxies.
import {
  dict,
  IndexError,
  in_,
  isinstance,
  KeyError,
  len,
  list,
  RuntimeError,
  range,
  repr,
  slice,
  sorted,
  str,
  ValueError,
} from "pythreads/builtins";
import { Manager, Process } from "pythreads/multiprocessing";
import { AcquirerProxy, DictProxy, EventProxy, ListProxy, SyncManager } from "pythreads/multiprocessing/managers";
import { equal, no, ok, raises, test } from "./kit";

const manager = Manager();
const check = (name: string, body: () => void) =>
  test(`_test_multiprocessing._TestContainers.${name}`, body, "WithManagerTestContainers");
const all = (l: any) => l.__getitem__(slice(null));

check("test_list", () => {
  const a = manager.list(list(range(10)));
  equal(all(a), [...range(10)]);
  const b = manager.list();
  equal(all(b), []);
  b.extend(list(range(5)));
  equal(all(b), [...range(5)]);
  equal(b[2], 2);
  equal(b.__getitem__(slice(2, 10)), [2, 3, 4]);
  b.__imul__(2);
  equal(all(b), [0, 1, 2, 3, 4, 0, 1, 2, 3, 4]);
  equal(b.__add__([5, 6]), [0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 5, 6]);
  equal(all(a), [...range(10)]);
  const d = [a, b];
  const e = manager.list(d);
  equal(all(e[0]), all(a));
  equal(all(e[1]), all(b));
  const f = manager.list([a]);
  a.append("hello");
  equal(all(f[0]), [...range(10), "hello"]);
  ok(str(a) === "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 'hello']");
  ok(repr(a).startsWith("<ListProxy object, typeid 'list' at 0x"));
  equal([b.index(3), b.count(3), b.pop(), b.pop(0)], [3, 2, 4, 0]);
  const words = manager.list([[3], [1], [2]]);
  words.sort();
  equal(str(words), "[[1], [2], [3]]");
  ok(in_([2], words));
  equal(words.index([3]), 2);
  const copy = words[0];
  copy.append(5);
  equal(words[0], [1]);
  raises(IndexError, () => words[9], "list index out of range");
});
check("test_list_iter", () => {
  const a = manager.list(list(range(10)));
  const it = a[Symbol.iterator]();
  equal([...it], [...range(10)]);
  a.__setitem__(0, 100);
  equal([...a], [100, ...range(1, 10)]);
});
check("test_list_proxy_in_list", () => {
  const a = manager.list([...range(3)].map(() => manager.list(list(range(3)))));
  for (const inner of a) equal(all(inner), [...range(3)]);
  a[0].__setitem__(-1, 55);
  equal(all(a[0]), [0, 1, 55]);
  for (const i of [1, 2]) equal(all(a[i]), [...range(3)]);
  equal(a[1].pop(), 2);
  equal(len(a[1]), 2);
  const b = manager.list([manager.list([manager.list(list(range(3)))])]);
  b[0][0].append("x");
  equal(all(b[0][0]), [0, 1, 2, "x"]);
  const l = manager.list();
  l.append(l);
  ok(isinstance(l[0], ListProxy));
});
check("test_dict", () => {
  const d = manager.dict();
  const indices = list(range(65, 70));
  for (const i of indices) d.__setitem__(i, String.fromCharCode(i));
  equal(str(d.copy()), str(dict([...indices].map((i: any) => [i, String.fromCharCode(i)]))));
  equal(sorted(d.keys()), indices);
  equal(sorted(d.values()), ["A", "B", "C", "D", "E"]);
  equal(str(sorted(d.items())), "[(65, 'A'), (66, 'B'), (67, 'C'), (68, 'D'), (69, 'E')]");
  raises(KeyError, () => d["zz"]);
  equal([d.get(65), d.setdefault(70, "F"), d.pop(70), d.get("zz", "none")], ["A", "F", "F", "none"]);
  d.update({ x: [1] });
  equal(d["x"], [1]);
  d["x"].append(2);
  equal(d["x"], [1]);
  d.clear();
  equal(len(d), 0);
});
check("test_dict_iter", () => {
  const d = manager.dict();
  const indices = list(range(65, 70));
  for (const i of indices) d.__setitem__(i, String.fromCharCode(i));
  equal([...d], indices);
});
check("test_dict_proxy_nested", () => {
  const pets = manager.dict({ ferrets: 2, hamsters: 4 });
  const supplies = manager.dict({ water: 10, feed: 3 });
  const d = manager.dict({ pets: pets, supplies: supplies });
  equal(d["supplies"]["water"], 10);
  equal(str(d["supplies"]), "{'water': 10, 'feed': 3}");
  d["supplies"]["blankets"] = 5;
  equal(supplies["blankets"], 5);
  d["supplies"]["water"] = 7;
  equal(supplies["water"], 7);
  ok(isinstance(d["pets"], DictProxy));
  const outer = manager.list([pets, supplies]);
  outer[0]["feed"] = 17;
  equal(pets["feed"], 17);
});
check("test_nested_queue", () => {
  const a = manager.list();
  a.append(manager.Queue());
  a[0].put(123);
  equal(a[0].get(), 123);
  const b = manager.dict();
  b[0] = manager.Queue();
  b[0].put(456);
  equal(b[0].get(), 456);
});
check("test_namespace", () => {
  const n = manager.Namespace();
  n.name = "Bob";
  n.job = "Builder";
  n._hidden = "hidden";
  equal([n.name, n.job], ["Bob", "Builder"]);
  delete n.job;
  equal(str(n), "Namespace(name='Bob')");
});

function runWorker(worker: any, obj: any) {
  const p = Process({ target: worker, args: [obj] });
  p.start();
  p.join();
  equal(p.exitcode, 0);
}
const types = (name: string, worker: any, make: (m: any) => any, then: (obj: any) => void) =>
  test(`_test_multiprocessing.TestSyncManagerTypes.${name}`, () => {
    const m = SyncManager();
    m.start();
    const obj = make(m);
    runWorker(worker, obj);
    then(obj);
    m.shutdown();
  });

function setEvent(obj: any) {
  ok(obj.is_set());
  obj.wait();
  obj.clear();
  no(obj.wait(0.001));
}
function acquire(obj: any) {
  ok(obj.acquire());
}
function acquireTwice(obj: any) {
  ok(obj.acquire());
  ok(obj.acquire());
  obj.release();
  obj.release();
}
function notifyAll(obj: any) {
  obj.acquire();
  obj.notify();
  obj.notify_all();
  obj.release();
}
function useBarrier(obj: any) {
  equal([obj.parties, obj.n_waiting], [5, 0]);
  no(obj.broken);
  obj.abort();
  ok(obj.broken);
  obj.reset();
  no(obj.broken);
}
function square(x: number) {
  return x * x;
}
function usePool(obj: any) {
  equal(obj.apply(square, [3]), 9);
}
function drain(obj: any) {
  equal(obj.qsize(), 2);
  ok(obj.full());
  no(obj.empty());
  equal([obj.get(), obj.get_nowait()], [5, 6]);
  ok(obj.empty());
}
function drainAndTell(obj: any) {
  drain(obj);
  obj.task_done();
  obj.task_done();
}
function useList(obj: any) {
  equal(all(obj), [5]);
  equal([obj.count(5), obj.index(5)], [1, 0]);
  obj.sort();
  obj.reverse();
  for (const x of obj) equal(x, 5);
  equal([len(obj), obj.pop(0)], [1, 5]);
}
function useDict(obj: any) {
  equal([len(obj), obj["foo"], obj.get("foo")], [1, 5, 5]);
  equal(str(obj.items()), "[('foo', 5)]");
  equal([[...obj.keys()][0], [...obj.values()][0]], ["foo", 5]);
  equal(obj.pop("foo"), 5);
}
function useValue(obj: any) {
  equal([obj.value, obj.get()], [1, 1]);
  obj.set(2);
}
function useArray(obj: any) {
  equal([obj[0], obj[1], len(obj)], [0, 1, 2]);
  equal(list(obj), [0, 1]);
}
function useNamespace(obj: any) {
  equal([obj.x, obj.y], [0, 1]);
}

types(
  "test_event",
  setEvent,
  (m) => {
    const event = m.Event();
    event.set();
    return event;
  },
  (event) => {
    no(event.is_set());
    ok(isinstance(event, EventProxy));
  },
);
types(
  "test_lock",
  acquire,
  (m) => m.Lock(),
  (lock) => {
    ok(isinstance(lock, AcquirerProxy));
    lock.release();
    raises(RuntimeError, () => lock.release());
  },
);
types(
  "test_rlock",
  acquireTwice,
  (m) => m.RLock(),
  (lock) => raises(RuntimeError, () => lock.release()),
);
types(
  "test_semaphore",
  acquire,
  (m) => m.Semaphore(),
  (semaphore) => semaphore.release(),
);
types(
  "test_bounded_semaphore",
  acquire,
  (m) => m.BoundedSemaphore(),
  (semaphore) => {
    semaphore.release();
    raises(ValueError, () => semaphore.release());
  },
);
types(
  "test_condition",
  notifyAll,
  (m) => m.Condition(),
  (condition) => {
    condition.acquire();
    condition.release();
    raises(RuntimeError, () => condition.release());
  },
);
types(
  "test_barrier",
  useBarrier,
  (m) => m.Barrier(5),
  () => {},
);
types(
  "test_pool",
  usePool,
  (m) => m.Pool({ processes: 4 }),
  (pool) => {
    pool.close();
    pool.join();
  },
);
for (const [name, worker] of [
  ["test_queue", drain],
  ["test_joinable_queue", drainAndTell],
] as const) {
  types(
    name,
    worker,
    (m) => {
      const q = name === "test_queue" ? m.Queue(2) : m.JoinableQueue(2);
      q.put(5);
      q.put(6);
      return q;
    },
    (q) => {
      ok(q.empty());
      if (name !== "test_queue") q.join();
    },
  );
}
types(
  "test_list",
  useList,
  (m) => m.list([5]),
  (l) => equal(len(l), 0),
);
types(
  "test_dict",
  useDict,
  (m) => m.dict({ foo: 5 }),
  (d) => equal(len(d), 0),
);
types(
  "test_value",
  useValue,
  (m) => m.Value("i", 1),
  (v) => equal(v.value, 2),
);
types(
  "test_array",
  useArray,
  (m) => m.Array("i", [0, 1]),
  (a) => {
    a.__setitem__(0, 9);
    equal(list(a), [9, 1]);
  },
);
types(
  "test_namespace",
  useNamespace,
  (m) => {
    const ns = m.Namespace();
    ns.x = 0;
    ns.y = 1;
    return ns;
  },
  () => {},
);
manager.shutdown();
