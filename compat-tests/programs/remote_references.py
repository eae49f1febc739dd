# What a manager's server counts: each process has references of its own, and gives them back when it ends.
import multiprocessing as mp
from multiprocessing.managers import BaseManager, SyncManager


class Foo:
    def f(self):
        return "f"

    def child(self):
        return Foo()


class MyManager(BaseManager):
    pass


MyManager.register("Foo", Foo, method_to_typeid={"child": "Child"})
MyManager.register("Child")


def counts(manager):
    lines = [line for line in manager._debug_info().splitlines() if "refcount=" in line]
    return manager._number_of_objects(), sorted(int(line.split("refcount=")[1]) for line in lines)


def connects(address):
    manager = MyManager(address, b"key")
    manager.connect()
    proxies = [manager.Foo() for _ in range(3)]
    print("in the child", counts(manager), [proxy.f() for proxy in proxies])


def inherits(proxy, gate):
    gate.send("here")
    gate.recv()
    print(proxy.f())


def receives(q, gate):
    proxy = q.get()
    gate.send("here")
    gate.recv()
    print(proxy.f())


def makes(address, q, gate):
    manager = SyncManager(address, b"key")
    manager.connect()
    table = manager.dict({"a": 1})
    q.put(table)
    gate.recv()
    print("in the child", len(table))


def main():
    mp.current_process().authkey = b"key"
    manager = MyManager(authkey=b"key")
    manager.start()
    print(counts(manager))
    foo = manager.Foo()
    child = foo.child()
    print(counts(manager))

    process = mp.Process(target=connects, args=(manager.address,))
    process.start()
    process.join()
    print("it has ended", counts(manager))

    here, there = mp.Pipe()
    for method, target in (("fork", inherits), ("spawn", inherits), ("spawn", receives)):
        ctx = mp.get_context(method)
        q = ctx.SimpleQueue()
        process = ctx.Process(target=target, args=(q if target is receives else foo, there))
        process.start()
        if target is receives:
            q.put(foo)
        here.recv()
        if target is inherits and method == "fork":
            print(method, counts(manager))
        if target is receives:
            print("received", counts(manager))
        here.send("go on")
        process.join()
        print("it has ended", process.exitcode, counts(manager))
    print(foo.f(), child.f())
    manager.shutdown()

    # What a process has made lives on with another that has it.
    server = SyncManager(("127.0.0.1", 0), b"key")
    server.start()
    q = mp.SimpleQueue()
    process = mp.Process(target=makes, args=(server.address, q, there))
    process.start()
    table = q.get()
    here.send("go on")
    process.join()
    table["b"] = 2
    print(table, counts(server))
    server.shutdown()


if __name__ == "__main__":
    main()
