"""What bench/kernel.ts measures, in CPython. Prints a name and a rate per second on each line."""
import queue, sys, threading, time

SCALE = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0


def rate(name, count, work):
    begun = time.perf_counter()
    work()
    print(name, count / (time.perf_counter() - begun), flush=True)


def together(*targets):
    threads = [threading.Thread(target=t) for t in targets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


lock = threading.Lock()
n = int(1_000_000 * SCALE)


def pairs():
    acquire, release = lock.acquire, lock.release
    for _ in range(n):
        acquire()
        release()


rate("lock_pair", n, pairs)
rate("lock_pair_two_threads", 2 * n, lambda: together(pairs, pairs))

condition, turn = threading.Condition(threading.Lock()), 0
rounds = int(20_000 * SCALE)


def ping(mine):
    global turn
    for _ in range(rounds):
        with condition:
            while turn != mine:
                condition.wait()
            turn = 1 - mine
            condition.notify()


rate("condition_ping_pong", rounds, lambda: together(lambda: ping(0), lambda: ping(1)))

events = [threading.Event(), threading.Event()]
events[0].set()


def toss(mine):
    for _ in range(rounds):
        events[mine].wait()
        events[mine].clear()
        events[1 - mine].set()


rate("event_ping_pong", rounds, lambda: together(lambda: toss(0), lambda: toss(1)))

q = queue.Queue()
n = int(200_000 * SCALE)


def alone():
    for i in range(n):
        q.put(i)
        q.get()


def puts():
    for i in range(n):
        q.put(i)


def gets():
    for i in range(n):
        q.get()


rate("queue_put_get", n, alone)
rate("queue_1_to_1", n, lambda: together(puts, gets))
rate("queue_2_to_2", 2 * n, lambda: together(puts, puts, gets, gets))

small = queue.Queue(8)
megabyte, n_bytes = bytes(1 << 20), int(5_000 * SCALE)


def send():
    for _ in range(n_bytes):
        small.put(bytearray(megabyte))


def receive():
    for _ in range(n_bytes):
        small.get()


rate("queue_1_MiB", n_bytes, lambda: together(send, receive))

n_threads = int(5_000 * SCALE)


def starts():
    for _ in range(n_threads):
        thread = threading.Thread(target=int)
        thread.start()
        thread.join()


rate("thread_start_join", n_threads, starts)
