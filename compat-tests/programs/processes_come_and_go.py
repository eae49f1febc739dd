# Processes that leave many objects behind, and what others keep meanwhile.
import multiprocessing as mp
import queue
import threading


def litter(ready):
    q = queue.Queue()
    for _ in range(4000):
        q.put(threading.Lock())
        q.get()
    ready.set()
    threading.Event().wait()


def carry(numbers, results):
    results.put([n * n for n in numbers])


if __name__ == "__main__":
    results = mp.Queue()
    kept = [list(range(i, i + 200)) for i in range(20)]
    good = 0
    for round in range(10):
        ready = mp.Event()
        p = mp.Process(target=litter, args=(ready,))
        p.start()
        ready.wait()
        p.terminate()
        p.join()
        c = mp.Process(target=carry, args=(range(2000), results))
        c.start()
        good += results.get() == [n * n for n in range(2000)]
        c.join()
        good += kept == [list(range(i, i + 200)) for i in range(20)]
    print(good, "of 20")
