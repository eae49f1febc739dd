# Classes as what a thread, a process or a pool's worker calls, also with keywords.
import multiprocessing as mp
import threading
from multiprocessing.pool import ThreadPool


class Point(object):
    def __init__(self, x, y=5):
        super().__init__()
        self.x = x
        self.y = y

    def show(self, before="(", after=")"):
        return f"{before}{self.x} {self.y}{after}"


class Sub(Point):
    pass


class Loud(Point):
    def __init__(self, *args):
        super().__init__(*args)
        print(self.show())


def attempt(f):
    try:
        print(f())
    except TypeError as e:
        print(e)


def main():
    for cls in (mp.Pool, ThreadPool):
        with cls(1) as pool:
            print([p.show() for p in pool.map(Point, [1, 2])])
            print([p.show() for p in pool.starmap(Sub, [(1, 2), (3,)])])
            print([p.show() for p in pool.imap(Point, [1, 2])])
            print(pool.apply(Point, (3,)).show(), pool.apply(Sub, (3,), {"y": 9}).show())
            print(pool.apply_async(Point, kwds={"y": 1, "x": 2}).get().show(after="!"))
            print(pool.apply(Point(1).show, ("<",), {"after": ">"}))
            attempt(lambda: pool.apply(Point, (3,), {"z": 9}))
            attempt(lambda: pool.apply(Point, (3,), {"x": 9}))
    for start in (threading.Thread, mp.Process):
        t = start(target=Loud, args=(1, 2))
        t.start()
        t.join()
    print([p.show() for p in map(Point, [7, 8])])


if __name__ == "__main__":
    main()
