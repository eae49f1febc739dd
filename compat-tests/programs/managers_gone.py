# Managers that have not begun, have ended, or end while somebody waits for their objects.
import re
import sys
import threading
import time
from multiprocessing import Manager, Process, current_process
from multiprocessing.managers import BaseManager, SyncManager


def attempt(name, f):
    try:
        print(name, re.sub("0x[0-9a-f]+", "0x", str(f())))
    except Exception as e:
        print(name, type(e).__name__, e)


def init(a, b):
    print("init", a, b, current_process().name, flush=True)


def wait(name, f, begun, ends):
    begun.release()
    try:
        f()
    except Exception as e:
        ends.append((name, type(e).__name__, str(e)))


def held(c):
    c.acquire()
    c.wait()


class Counter:
    def __init__(self, n):
        self.n = n

    def add(self, k=1):
        self.n += k
        return self.n


class Counters(BaseManager):
    pass


Counters.register("Counter", Counter)


def leave(q):
    try:
        q.get()
    except (EOFError, OSError):
        sys.exit(7)


def main():
    m = SyncManager()
    attempt("address", lambda: m.address)
    attempt("list", lambda: m.list())
    attempt("shutdown", lambda: m.shutdown())
    attempt("join", lambda: m.join())
    m.start(init, ("x", 2))
    attempt("start", lambda: m.start())
    attempt("enter", lambda: m.__enter__() is m)
    l = m.list([1, 2])
    d = m.dict()
    m.shutdown()
    m.shutdown()
    attempt("str", lambda: l)
    attempt("repr", lambda: repr(l))
    attempt("append", lambda: l.append(1))
    attempt("len", lambda: len(d))
    attempt("list", lambda: m.list())
    attempt("start", lambda: m.start())
    attempt("enter", lambda: m.__enter__())
    attempt("join", lambda: m.join())
    with Manager() as m:
        l = m.list([5])
    attempt("get", lambda: l[0])
    attempt("initializer", lambda: SyncManager().start(5))
    attempt("arguments", lambda: SyncManager(1, 2, 3, 4, 5))
    with Counters() as counters:
        c = counters.Counter(n=2)
        attempt("add", lambda: (c.add(), c.add(5), c.add(k=2)))
        attempt("nope", lambda: c.nope())
        attempt("add", lambda: c.add(1, 2, 3))

    m = Manager()
    begun = threading.Semaphore(0)
    ends = []
    q, e, b, s, c, j = m.Queue(), m.Event(), m.Barrier(2), m.Semaphore(0), m.Condition(), m.JoinableQueue()
    j.put(1)
    waits = [q.get, e.wait, b.wait, s.acquire, lambda: held(c), j.join]
    threads = [threading.Thread(target=wait, args=(i, f, begun, ends)) for i, f in enumerate(waits)]
    for t in threads:
        t.start()
    for t in threads:
        begun.acquire()
    while b.n_waiting == 0:
        time.sleep(0.01)
    p = Process(target=leave, args=(q,))
    p.start()
    m.shutdown()
    for t in threads:
        t.join()
    p.join()
    print(p.exitcode, len(ends))
    m = Manager()
    Process(target=leave, args=(m.Queue(),)).start()
    print("the end")


if __name__ == "__main__":
    main()
