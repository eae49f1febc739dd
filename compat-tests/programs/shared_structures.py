# Values, strings and arrays of structures that a process modifies for its parent.
from ctypes import Structure, c_double, c_int
from multiprocessing import get_context
from multiprocessing.sharedctypes import Array, RawArray, Value


class Point(Structure):
    _fields_ = [("x", c_double), ("y", c_int)]


def modify(n, x, s, A, raw):
    n.value **= 2
    x.value **= 2
    s.value = s.value + b"!"
    for a in A:
        a.x **= 2
        a.y **= 2
    raw[0].y = 9
    raw[1] = A[2]


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


def main():
    for method in ("fork", "spawn"):
        context = get_context(method)
        lock = context.Lock()
        n = Value("i", 7, lock=lock)
        x = Value(c_double, 1.5, lock=False)
        s = Array("c", 20, lock=lock)
        s.value = b"hello world"
        A = Array(Point, [(1.5, -6), (-5.5, 2), (2.5, 9)], lock=lock)
        raw = RawArray(Point, [(0.5, 1), (0.5, 1)])
        p = context.Process(target=modify, args=(n, x, s, A, raw))
        p.start()
        p.join()
        print(p.exitcode, n.value, x.value, s.value)
        print([(a.x, a.y) for a in A], [(a.x, a.y) for a in raw])
        print(len(A), type(A[0]).__name__, type(A).__name__, [a.y for a in A[1:]])
    first = A[0]
    first.y = 5
    A[1] = Point(0.5, 3)
    A[2] = (0.25, 4)
    print([(a.x, a.y) for a in A])
    attempt(lambda: A.__setitem__(0, 3))
    attempt(lambda: A.__setitem__(0, c_int(3)))
    attempt(lambda: A[3])
    attempt(lambda: A[0].z)


if __name__ == "__main__":
    main()
