# What processes cost: as processes.ts, line for line.
import sys
import time
from multiprocessing import Manager, Pool, Process, Queue, Value

scale = float(sys.argv[1]) if len(sys.argv) > 1 else 1


def times(n):
    return max(1, int(n * scale))


def report(name, n, start):
    print(name, n / (time.perf_counter() - start), flush=True)


def nothing(x=None):
    return x


def take(q, n):
    for _ in range(n):
        q.get()


def increment(v, n):
    for _ in range(n):
        with v.get_lock():
            v.value += 1


def one_to_one(name, item, n):
    q = Queue()
    p = Process(target=take, args=(q, n))
    p.start()
    start = time.perf_counter()
    for _ in range(n):
        q.put(item)
    p.join()
    report(name, n, start)


if __name__ == "__main__":
    for round in range(3):
        n = times(50)
        start = time.perf_counter()
        for _ in range(n):
            p = Process(target=nothing)
            p.start()
            p.join()
    report("process_start_join", n, start)
    one_to_one("mp_queue_int", 7, times(100000))
    one_to_one("mp_queue_1k", b"x" * 1024, times(50000))
    one_to_one("mp_queue_1m", b"x" * 1048576, times(300))
    v = Value("i", 0)
    n = times(200000)
    ps = [Process(target=increment, args=(v, n)) for _ in range(2)]
    start = time.perf_counter()
    for p in ps:
        p.start()
    for p in ps:
        p.join()
    report("value_two_processes", 2 * n, start)
    with Pool(2) as pool:
        pool.map(nothing, range(100))
        n = times(10000)
        start = time.perf_counter()
        for i in range(n):
            pool.apply(nothing, (i,))
        report("pool_apply", n, start)
        n = times(100000)
        start = time.perf_counter()
        pool.map(nothing, range(n), 1)
        report("pool_map_1", n, start)
        n = times(1000000)
        start = time.perf_counter()
        pool.map(nothing, range(n))
        report("pool_map", n, start)
    with Manager() as manager:
        d = manager.dict()
        n = times(20000)
        start = time.perf_counter()
        for i in range(n):
            d["k"] = i
            d["k"]
        report("manager_dict", 2 * n, start)
