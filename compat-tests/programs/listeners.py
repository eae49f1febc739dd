# Listeners and clients: addresses, families, keys, what is refused, and waiting for connections of all kinds.
import os
import re
import threading
import time
from multiprocessing import Pipe, Process
from multiprocessing.connection import Client, Connection, Listener, wait


def attempt(name, f):
    try:
        print(name, re.sub(r"\b\d{4,5}\b", "N", re.sub("0x[0-9a-f]+", "0x", repr(f()))))
    except Exception as e:
        print(name, type(e).__name__, e)


def served(listener, ends):
    try:
        ends.append(listener.accept().recv())
    except Exception as e:
        ends.append((type(e).__name__, str(e)))


def meet(ours, theirs):
    ends = []
    with Listener(("127.0.0.1", 0), authkey=ours) as listener:
        t = threading.Thread(target=served, args=(listener, ends))
        t.start()
        attempt("client", lambda: Client(listener.address, authkey=theirs).send(5))
        t.join()
    print("server", ends[0])


def main():
    l = Listener(("127.0.0.1", 0))
    attempt("address", lambda: l.address)
    attempt("last accepted", lambda: l.last_accepted)
    t = threading.Thread(target=lambda: l.accept().close())
    t.start()
    c = Client(l.address)
    t.join()
    attempt("last accepted", lambda: l.last_accepted)
    attempt("client", lambda: c)
    attempt("client", lambda: (type(c).__name__, isinstance(c, Connection), c.readable, c.writable, c.closed))
    attempt("end", lambda: c.recv())
    c.close()
    attempt("closed", lambda: c.closed)
    attempt("send", lambda: c.send(1))
    attempt("poll", lambda: c.poll())
    attempt("fileno", lambda: c.fileno())
    l.close()
    l.close()
    attempt("accept", lambda: l.accept())
    attempt("address", lambda: l.address)
    attempt("last accepted", lambda: l.last_accepted)
    attempt("refused", lambda: Client(("127.0.0.1", 1)))
    attempt("missing", lambda: Client("/tmp/no/such"))
    attempt("family", lambda: Client(("127.0.0.1", 1), family="AF_FOO"))
    attempt("family", lambda: Listener(family="AF_FOO"))
    attempt("pipe", lambda: Listener(family="AF_PIPE"))
    attempt("pipe", lambda: Client(("127.0.0.1", 1), family="AF_PIPE"))
    attempt("number", lambda: Listener(5))
    attempt("key", lambda: Listener(authkey="abc"))
    attempt("key", lambda: Client(("127.0.0.1", 1), authkey="abc"))
    with Listener(family="AF_UNIX") as u:
        path = u.address
        attempt("path", lambda: (type(path).__name__, os.path.exists(path)))
    attempt("path", lambda: os.path.exists(path))
    with Listener(family="AF_INET") as u:
        attempt("inet", lambda: u.address)
        attempt("in use", lambda: Listener(u.address))
    with Listener() as u:
        attempt("default", lambda: type(u.address).__name__)
    meet(b"k", b"k")
    meet(b"k", b"wrong")
    a, b = Pipe()
    with Listener(("127.0.0.1", 0)) as l:
        ends = []
        t = threading.Thread(target=lambda: ends.append(l.accept()))
        t.start()
        c = Client(l.address)
        t.join()
        s = ends[0]
        p = Process(target=time.sleep, args=(1000,))
        p.start()
        attempt("nothing", lambda: wait([b, s, p.sentinel], 0.01))
        c.send("x")
        attempt("socket", lambda: [r is s for r in wait([b, s, p.sentinel])])
        a.send("y")
        attempt("both", lambda: len(wait([b, s, p.sentinel])))
        attempt("received", lambda: (b.recv(), s.recv()))
        p.kill()
        attempt("process", lambda: [r == p.sentinel for r in wait([b, s, p.sentinel])])
        c.close()
        attempt("end", lambda: [r is s for r in wait([b, s])])
        attempt("end", lambda: s.recv())
        attempt("none", lambda: wait([], 0.01))
        attempt("float", lambda: wait([5.5], 0))
        attempt("text", lambda: wait(["x"], 0))
        p.join()


if __name__ == "__main__":
    main()
