# What a spawned process cannot be given, as pickle refuses it; what it can be given arrives as a copy.
import contextvars
import io
import multiprocessing as mp
import queue
import random
import sys
import threading


def nothing(*args, **kwargs):
    pass


def numbers():
    yield 1


class Holder:
    def __init__(self, lock=None):
        self.lock = lock

    def method(self):
        print("method", self.lock)


class Careful:
    def __init__(self):
        self.lock = threading.Lock()
        self.name = "careful"

    def __getstate__(self):
        return {"name": self.name}

    def __setstate__(self, state):
        self.name = state["name"] + " again"
        self.lock = None


class Reduced:
    def __init__(self, n):
        self.n = n
        self.lock = threading.Lock()

    def __reduce__(self):
        return (Reduced, (self.n + 1,))


spawn = mp.get_context("spawn")


class Worker(spawn.Process):
    def __init__(self, lock=None):
        super().__init__(name="worker")
        self.items = [1, 2]
        self.lock = lock

    def run(self):
        print("run", self.name, self.items, self.lock, mp.current_process() is self)
        print(mp.parent_process().name)


def attempt(name, f):
    try:
        f()
        print(name, "is accepted")
    except Exception as e:
        print(name, type(e).__name__, e)


def show(careful, reduced, text, generator, pair):
    print(careful.name, careful.lock, reduced.n, text.read(), text.getvalue(), generator.random())
    print(pair[0] is pair[1], pair)


def main():
    started = spawn.Process(target=nothing)
    started.start()
    started.join()
    variable = contextvars.ContextVar("variable")
    refused = {
        "lock": threading.Lock(),
        "rlock": threading.RLock(),
        "condition": threading.Condition(),
        "condition of a lock": threading.Condition(threading.Lock()),
        "event": threading.Event(),
        "semaphore": threading.Semaphore(),
        "barrier": threading.Barrier(2),
        "thread": threading.Thread(target=nothing),
        "main thread": threading.current_thread(),
        "timer": threading.Timer(1, nothing),
        "local": threading.local(),
        "queue": queue.Queue(),
        "simple queue": queue.SimpleQueue(),
        "generator": numbers(),
        "stdout": sys.stdout,
        "module": sys,
        "memoryview": memoryview(b"ab"),
        "context": contextvars.copy_context(),
        "variable": variable,
        "token": variable.set(1),
        "attribute": Holder(threading.Lock()),
        "item": {"a": [1, threading.Lock()]},
        "tuple": (1, threading.RLock()),
        "bound method": Holder(threading.Lock()).method,
        "current process": mp.current_process(),
        "started process": started,
    }
    for method in ("spawn", "forkserver"):
        ctx = mp.get_context(method)
        for name, value in refused.items():
            attempt(name, ctx.Process(target=nothing, args=(value,)).start)
    attempt("target", spawn.Process(target=Holder(threading.Lock()).method).start)
    attempt("keyword", spawn.Process(target=nothing, kwargs={"a": threading.Lock()}).start)

    q = spawn.Queue()
    attempt("send a queue", lambda: spawn.Pipe()[0].send(q))
    for name in ("Lock", "RLock", "Condition", "Event", "Semaphore", "BoundedSemaphore", "JoinableQueue", "SimpleQueue"):
        attempt("send " + name, lambda: spawn.Pipe()[0].send(getattr(spawn, name)()))
    attempt("send a barrier", lambda: spawn.Pipe()[0].send(spawn.Barrier(2)))
    attempt("send a process", lambda: spawn.Pipe()[0].send(spawn.Process(target=nothing)))
    attempt("send a module", lambda: spawn.Pipe()[0].send(sys))

    with spawn.Pool(1) as pool:
        attempt("task", lambda: pool.apply(nothing, (threading.Lock(),)))
        attempt("tasks", lambda: pool.map(nothing, [1, threading.RLock()]))
        attempt("pool", lambda: pool.apply(nothing, (pool,)))
        attempt("bound task", lambda: pool.apply(Holder(threading.Lock()).method))

    p = Worker(threading.Lock())
    attempt("process", p.start)
    print(p.is_alive(), p.exitcode, p.pid, p in mp.active_children(), p.items)
    p.lock = None
    p.start()
    p.join()
    print(p.exitcode)

    text = io.StringIO("some text")
    text.read(5)
    pair = [[1], None]
    pair[1] = pair[0]
    p = spawn.Process(target=show, args=(Careful(), Reduced(1), text, random.Random(3), pair))
    p.start()
    p.join()
    p = spawn.Process(target=Holder("bound").method)
    p.start()
    p.join()
    print(p.exitcode)


if __name__ == "__main__":
    main()
