# An exception raised in one thread, handed to another through a queue: class, args and own fields arrive.
import queue
import threading

results = queue.Queue()
lock = threading.Lock()


class Refused(Exception):
    def __init__(self, what, code):
        super().__init__(what, code)
        self.what = what
        self.code = code


class Teapot(Refused):
    def __str__(self):
        return f"{self.what} ({self.code})"


def ask(n):
    if n == 0:
        raise ValueError("no", 3)
    if n == 1:
        raise Refused("coffee", 403)
    if n == 2:
        raise Teapot("tea", 418)
    if n == 3:
        lock.release()
    if n == 4:
        queue.Queue().get_nowait()
    if n == 5:
        raise KeyError("cup")
    return "water"


def worker(n):
    try:
        results.put((n, ask(n)))
    except Exception as e:
        results.put((n, e))


for i in range(7):
    t = threading.Thread(target=worker, args=(i,))
    t.start()
    t.join()

while not results.empty():
    n, e = results.get()
    if isinstance(e, Refused):
        print(n, type(e).__name__, e.args, e.what, e.code, str(e))
    elif isinstance(e, Exception):
        print(n, type(e).__name__, e.args, repr(e), isinstance(e, LookupError))
    else:
        print(n, e)
