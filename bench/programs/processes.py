# What processes cost: as processes.ts, line for line, but for time limits.
import sys
import time
from multiprocessing import Manager, Pool, Process, Queue, Value

scale = float(sys.argv[1]) if len(sys.argv) > 1 else 1


def times(n):
    return max(1, int(n * scale))


def best(name, n, work):
    most = 0
    for _ in range(3):
        start = time.perf_counter()
        work(n)
        most = max(most, n / (time.perf_counter() - start))
    print(name, most, flush=True)


def nothing(x=None):
    return x


def burn(n):
    """Work that keeps one core busy: a hundredth of what it is in processes.ts."""
    x = 0
    for i in range(n // 100):
        x = (x * 31 + i) % 1000003
    return x


def start_join(n):
    for _ in range(n):
        p = Process(target=nothing)
        p.start()
        p.join()


def take(q, n):
    for _ in range(n):
        q.get()


def one_to_one(name, item, n):
    most = 0
    for _ in range(3):
        q = Queue()
        p = Process(target=take, args=(q, n))
        p.start()
        start = time.perf_counter()
        for _ in range(n):
            q.put(item)
        p.join()
        most = max(most, n / (time.perf_counter() - start))
    print(name, most, flush=True)


def increment(v, n):
    for _ in range(n):
        with v.get_lock():
            v.value += 1


def increments(n):
    v = Value("i", 0)
    ps = [Process(target=increment, args=(v, n // 2)) for _ in range(2)]
    for p in ps:
        p.start()
    for p in ps:
        p.join()


def speedup(pool, n):
    """How many times as fast two processes are as one, with work that is as long for all."""
    pool.map(burn, [n, n], 1)
    most = 0
    for _ in range(3):
        start = time.perf_counter()
        pool.apply(burn, (n,))
        pool.apply(burn, (n,))
        serial = time.perf_counter() - start
        start = time.perf_counter()
        pool.map(burn, [n, n], 1)
        most = max(most, serial / (time.perf_counter() - start))
    print("pool_speedup", most, flush=True)


if __name__ == "__main__":
    begin = time.perf_counter()
    with Pool(2) as pool:
        pool.apply(nothing, (1,))
        print("pool_first_result_ms", (time.perf_counter() - begin) * 1000, flush=True)

        def applies(n):
            for i in range(n):
                pool.apply(nothing, (i,))

        best("pool_apply", times(20000) // 2, applies)
        best("pool_map_1", times(100000), lambda n: pool.map(nothing, range(n), 1))
        best("pool_map", times(1000000), lambda n: pool.map(nothing, range(n)))
        speedup(pool, times(30000000))
    best("process_start_join", times(50), start_join)
    one_to_one("mp_queue_int", 7, times(200000) // 2)
    one_to_one("mp_queue_1k", b"x" * 1024, times(50000))
    one_to_one("mp_queue_1m", b"x" * 1048576, times(300))
    best("value_two_processes", times(400000), increments)
    with Manager() as manager:
        d = manager.dict()

        def accesses(n):
            for i in range(n // 2):
                d["k"] = i
                d["k"]

        best("manager_dict", times(20000), accesses)
