# connection.wait for connections over sockets, pipes and the ends of processes, side by side; and what they have in common.
import multiprocessing as mp
import threading
from multiprocessing import synchronize
from multiprocessing.connection import Client, Connection, Listener, _ConnectionBase, wait


def raised(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


def pair():
    with Listener(("127.0.0.1", 0)) as listener:
        client = Client(listener.address)
        return client, listener.accept()


def names(ready, **known):
    return sorted(name for name, object in known.items() if object in ready)


def child(gate):
    gate.recv()


def main():
    client, server = pair()
    a, b = mp.Pipe()
    for connection in (client, server, a, b):
        print(isinstance(connection, Connection), isinstance(connection, _ConnectionBase), type(connection).__name__)
    print(isinstance(a, synchronize.SemLock), issubclass(Connection, _ConnectionBase))
    for lock in (mp.Lock(), mp.RLock(), mp.Semaphore(), mp.BoundedSemaphore()):
        print(isinstance(lock, synchronize.SemLock))
    print(isinstance(mp.Event(), synchronize.SemLock), isinstance(mp.Condition(), synchronize.SemLock))

    gate, held = mp.Pipe()
    process = mp.Process(target=child, args=(held,))
    process.start()
    everything = [client, server, a, b, process.sentinel]
    known = {"client": client, "server": server, "a": a, "b": b, "process": process.sentinel}
    print(wait(everything, 0), wait([], 0))
    server.send("to the client")
    print(names(wait(everything), **known), client.recv())
    client.send_bytes(b"to the server")
    print(names(wait(everything), **known), server.recv_bytes())
    b.send("to a")
    server.send(1)
    print(names(wait([a, b]), **known), names(wait([client]), **known))
    print(names(wait(everything), a=a) or names(wait(everything), client=client))
    print(a.recv(), client.recv())

    # Those who wait are woken, whichever of them it is.
    woken = threading.Semaphore(0)
    found = []

    def waiter():
        found.append(names(wait(everything), **known))
        woken.release()

    for wake, take in (
        (lambda: server.send("late"), lambda: client.recv()),
        (lambda: b.send("late"), lambda: a.recv()),
        (lambda: gate.send("end"), lambda: process.join()),
    ):
        t = threading.Thread(target=waiter)
        t.start()
        wake()
        woken.acquire()
        t.join()
        take()
        print(found.pop())

    everything.remove(process.sentinel)
    everything.remove(server)
    t = threading.Thread(target=waiter)
    t.start()
    server.close()
    t.join()
    print(found.pop())
    raised(lambda: client.recv())
    print(wait([client]) == [client])
    raised(lambda: wait([server]))
    client.close()
    raised(lambda: wait([client, a]))
    raised(lambda: wait([object]))


if __name__ == "__main__":
    main()
