# Each line printed: a name, and operations per second.
import queue
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


lock = threading.Lock()
rlock = threading.RLock()
event = threading.Event()
q = queue.Queue()
num = 0


def lock_pairs(n):
    for i in range(n):
        lock.acquire()
        lock.release()


def rlock_pairs(n):
    for i in range(n):
        rlock.acquire()
        rlock.release()


def queue_pairs(n):
    for i in range(n):
        q.put(i)
        q.get()


def global_increments(n):
    global num
    for i in range(n):
        num += 1


def nothing():
    pass


def start_join(n):
    for i in range(n):
        t = threading.Thread(target=nothing)
        t.start()
        t.join()


def put_all(n):
    for i in range(n):
        q.put(i)


def one_to_one(n):
    t = threading.Thread(target=put_all, args=(n,))
    t.start()
    for i in range(n):
        q.get()
    t.join()


condition = threading.Condition()
turn = 0


def play(me, n):
    global turn
    for i in range(n):
        with condition:
            while turn != me:
                condition.wait()
            turn = 1 - me
            condition.notify()


def ping_pong(n):
    t = threading.Thread(target=play, args=(1, n))
    t.start()
    play(0, n)
    t.join()


events = [threading.Event(), threading.Event()]


def toss(me, n):
    for i in range(n):
        events[me].wait()
        events[me].clear()
        events[1 - me].set()


def event_ping_pong(n):
    events[0].set()
    t = threading.Thread(target=toss, args=(1, n))
    t.start()
    toss(0, n)
    t.join()
    events[0].clear()


narrow = queue.Queue(4)


def put_bytes(n):
    data = bytes(1 << 20)
    for i in range(n):
        narrow.put(data)


def one_mib(n):
    t = threading.Thread(target=put_bytes, args=(n,))
    t.start()
    for i in range(n):
        narrow.get()
    t.join()


def contended(n):
    ts = [threading.Thread(target=lock_pairs, args=(n // 2,)) for i in range(2)]
    for t in ts:
        t.start()
    for t in ts:
        t.join()


if __name__ == "__main__":
    scale = float(sys.argv[1]) if len(sys.argv) > 1 else 1
    start_join(100)
    rate("thread_start_join", int(3000 * scale), start_join)
    rate("lock_pair", int(1000000 * scale), lock_pairs)
    rate("lock_pair_two_threads", int(1000000 * scale), contended)
    rate("rlock_pair", int(1000000 * scale), rlock_pairs)
    rate("queue_put_get", int(100000 * scale), queue_pairs)
    rate("queue_one_to_one", int(100000 * scale), one_to_one)
    rate("condition_ping_pong", int(20000 * scale), ping_pong)
    rate("event_ping_pong", int(20000 * scale), event_ping_pong)
    rate("queue_bytes_1m", int(20000 * scale), one_mib)
    rate("global_increment", int(2000000 * scale), global_increments)
