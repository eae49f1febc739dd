# Managers with types of the program's own: BaseManager and SyncManager, as CPython's documentation has it.
import multiprocessing as mp
import queue
from multiprocessing.managers import BaseManager, BaseProxy, DictProxy, ListProxy, NamespaceProxy, RemoteError, SyncManager


class Foo:
    def f(self):
        return "you called Foo.f()"

    def g(self):
        return "you called Foo.g()"

    def _h(self):
        return "you called Foo._h()"

    def me(self):
        return self


class Maths:
    def add(self, x, y):
        return x + y

    def mul(self, x, y):
        return x * y


class Point:
    def __init__(self, x):
        self.x = x

    def twice(self):
        return self.x * 2


def baz():
    for i in range(10):
        yield i * i


class GeneratorProxy(BaseProxy):
    _exposed_ = ["__next__"]

    def __iter__(self):
        return self

    def __next__(self):
        return self._callmethod("__next__")


class PointProxy(NamespaceProxy):
    _exposed_ = ("__getattribute__", "__setattr__", "__delattr__", "twice")

    def twice(self):
        return self._callmethod("twice")


class MathsManager(BaseManager):
    pass


class MyManager(SyncManager):
    pass


class Sub(MyManager):
    pass


MathsManager.register("Maths", Maths)
MyManager.register("Foo1", Foo)
MyManager.register("Foo2", Foo, exposed=("g", "_h"))
MyManager.register("baz", baz, proxytype=GeneratorProxy)
MyManager.register("PriorityQueue", queue.PriorityQueue)
MyManager.register("Child", create_method=False)
MyManager.register("Foo3", Foo, method_to_typeid={"me": "Child"})
MyManager.register("Point", Point, PointProxy)
MyManager.register("table", dict, DictProxy)


def raised(f):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)


def child(table, foo, q):
    table["child"] = foo.f()
    q.put((0, "from the child"))


def main():
    with MathsManager() as manager:
        maths = manager.Maths()
        print(maths.add(4, 3), maths.mul(7, 8))

    m = MyManager()
    raised(lambda: m.Foo1())
    raised(lambda: m.list())
    print(isinstance(m, BaseManager), hasattr(SyncManager(), "Foo1"))
    m.start()
    f1 = m.Foo1()
    print(f1.f(), f1.g(), hasattr(f1, "_h"), sorted(f1._exposed_))
    print(type(f1).__name__, f1._token.typeid, repr(f1).startswith("<AutoProxy[Foo1] object, typeid 'Foo1' at 0x"))
    f2 = m.Foo2()
    print(f2.g(), f2._h(), hasattr(f2, "f"), sorted(f2._exposed_))
    raised(lambda: f2.f())
    try:
        f2._callmethod("f")
    except RemoteError as e:
        print("AttributeError: method 'f' of " in str(e))
    print([i for i in m.baz()])
    q = m.PriorityQueue()
    q.put((2, "b"))
    q.put((1, "a"))
    print(q.get(), q.qsize(), q.empty())
    c = m.Foo3().me()
    print(type(c).__name__, c.f(), isinstance(c, BaseProxy))
    print(hasattr(m, "Child"))
    raised(lambda: m.Child())
    p = m.Point(4)
    print(p.twice(), p.x)
    p.x = 5
    print(p.twice(), p.x)
    del p.x
    raised(lambda: p.x)
    d = m.table({"a": 1})
    d["b"] = 2
    print(d, type(d).__name__, len(d), "a" in d, sorted(d.keys()), d["b"], sorted(d.items()))
    l = m.list([1, 2])
    l.append(3)
    print(l, type(l).__name__, isinstance(l, BaseProxy))

    process = mp.Process(target=child, args=(d, f1, q))
    process.start()
    process.join()
    print(d["child"], q.get(), q.get(), q.empty())
    print(m._number_of_objects() > 0)
    m.shutdown()
    raised(lambda: m.start())

    with Sub() as s:
        print(s.Foo1().f(), s.list([5])[0])


def served():
    mp.current_process().authkey = b"abc"
    server = SyncManager(address=("127.0.0.1", 0), authkey=b"abc")
    server.start()
    m = SyncManager(address=server.address, authkey=b"abc")
    raised(lambda: m.dict())
    m.connect()
    d = m.dict({"a": 1})
    d["b"] = 2
    d.update({"c": 3})
    print(d, repr(d).startswith("<DictProxy object, typeid 'dict' at 0x"), len(d), "a" in d, d["b"], d.get("z"), sorted(d.keys()))
    raised(lambda: d["z"])
    l = m.list([1, 2])
    l.append(3)
    l.extend([4])
    print(l, len(l), l[0], l[-1], l[1:3], [i for i in l], isinstance(l, ListProxy))
    ns = m.Namespace(x=1)
    ns.y = 2
    print(ns, ns.x, ns.y)
    del ns.x
    raised(lambda: ns.x)
    v = m.Value("i", 3)
    v.value += 1
    print(v, v.value, v.get())
    a = m.Array("i", [1, 2, 3])
    a[0] = 9
    print(a, len(a), list(a))
    lock = m.Lock()
    print(lock.acquire(), lock.acquire(False))
    lock.release()
    with lock:
        print("in")
    event = m.Event()
    event.set()
    print(event.is_set(), event.wait(1))
    semaphore = m.Semaphore(2)
    print(semaphore.acquire(), semaphore.acquire(), semaphore.acquire(False))
    barrier = m.Barrier(1)
    print(barrier.wait(), barrier.parties, barrier.n_waiting, barrier.broken)
    condition = m.Condition()
    with condition:
        condition.notify_all()
        print(condition.wait_for(lambda: 7), condition.wait(0.01))
    q = m.Queue(2)
    q.put(1)
    print(q.get(), q.full())
    j = m.JoinableQueue()
    j.put(1)
    j.get()
    j.task_done()
    j.join()
    d["l"] = l
    print(type(d["l"]).__name__, d["l"][0])
    d["l"].append("nested")
    print(l)
    raised(lambda: m.shutdown())
    server.shutdown()


if __name__ == "__main__":
    main()
    served()
