# Each line printed: a name, and operations per second. What is shared here is what another thread has been given.
import sys
import threading
import time


def rate(name, n, work):
    best = 0.0
    for round in range(3):
        begin = time.perf_counter()
        work(n)
        best = max(best, n / (time.perf_counter() - begin))
    print(name, best)


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def step(self):
        self.x = self.x + 1
        self.y = self.y - self.x
        return self.y


def nothing(*args):
    pass


def share(*args):
    t = threading.Thread(target=nothing, args=args)
    t.start()
    t.join()


class Bench:
    def __init__(self):
        self.list = list(range(1000))
        self.dict = {f"key{i}": i for i in range(1000)}
        self.numbers = {i: i for i in range(1000)}
        self.point = Point(0, 0)

    def list_get(self, n):
        l = self.list
        total = 0
        for i in range(n):
            total += l[i % 1000]

    def list_set(self, n):
        l = self.list
        for i in range(n):
            l[i % 1000] = i

    def list_append_pop(self, n):
        l = self.list
        for i in range(n):
            l.append(i)
            l.pop()

    def dict_get(self, n):
        d = self.dict
        total = 0
        for i in range(n):
            total += d["key7"]

    def dict_get_number(self, n):
        d = self.numbers
        total = 0
        for i in range(n):
            total += d[i % 1000]

    def dict_set(self, n):
        d = self.dict
        for i in range(n):
            d["key7"] = i

    def method(self, n):
        p = self.point
        for i in range(n):
            p.step()

    def run(self, storage):
        scale = float(sys.argv[1]) if len(sys.argv) > 1 else 1
        for name in ("list_get", "list_set", "list_append_pop", "dict_get", "dict_get_number", "dict_set", "method"):
            rate(f"{name}_{storage}", int(1000000 * scale), getattr(self, name))


def make(n):
    for i in range(n):
        Point(i, i)


if __name__ == "__main__":
    scale = float(sys.argv[1]) if len(sys.argv) > 1 else 1
    rate("instance_new", int(1000000 * scale), make)
    bench = Bench()
    bench.run("local")
    share(bench.list, bench.dict, bench.numbers, bench.point)
    bench.run("shared")
