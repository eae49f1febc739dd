# Iterators that are sent: those that pickle knows arrive, a generator does not.
from multiprocessing import Pipe, Pool, Process, Queue


def double(x):
    return x * 2


def generator():
    yield 1


def attempt(name, f):
    try:
        print(name, f())
    except Exception as e:
        print(name, type(e).__name__, e)


def pairs(n):
    return zip(range(n), map(double, range(n)))


def child(q, done):
    for x in q.get():
        done.put(x)
    done.put(None)


def main():
    a, b = Pipe()

    def sent(x):
        a.send(x)
        return list(b.recv())

    attempt("map", lambda: sent(map(double, [1, 2])))
    attempt("map of two", lambda: sent(map(pow, [2, 3], iter([4, 2]))))
    attempt("filter", lambda: sent(filter(None, [0, 1, 2])))
    attempt("filter", lambda: sent(filter(double, (0, 3))))
    attempt("zip", lambda: sent(zip([1, 2], "ab")))
    attempt("strict", lambda: sent(zip([1, 2], "abc", strict=True)))
    attempt("enumerate", lambda: sent(enumerate("ab", 5)))
    attempt("reversed", lambda: sent(reversed([1, 2, 3])))
    attempt("iter", lambda: sent(iter([1, 2])))
    attempt("text", lambda: sent(iter("ab")))
    attempt("nested", lambda: sent(enumerate(zip("ab", filter(None, [0, 7, 8])))))
    begun = zip([1, 2, 3], "abc")
    numbered = enumerate("abc")
    rest = iter([1, 2, 3])
    print(next(begun), next(numbered), next(rest))
    attempt("begun", lambda: sent(begun))
    attempt("numbered", lambda: sent(numbered))
    attempt("rest", lambda: sent(rest))
    attempt("generator", lambda: sent(generator()))
    attempt("map of a generator", lambda: sent(map(double, generator())))
    attempt("nested", lambda: sent([1, {"x": generator()}]))
    with Pool(2) as pool:
        attempt("result", lambda: list(pool.apply(pairs, (3,))))
        attempt("argument", lambda: pool.apply(sum, (map(double, [1, 2, 3]),)))
        attempt("map", lambda: pool.map(double, generator()))
    q, done = Queue(), Queue()
    p = Process(target=child, args=(q, done))
    p.start()
    q.put(map(double, [1, 2]))
    print(list(iter(done.get, None)))
    p.join()
    for name in ("pid", "exitcode", "sentinel", "ident"):
        attempt(name, lambda: setattr(p, name, 1))


if __name__ == "__main__":
    main()
