# A signal's handler may wait, also for what the wait waits for that it interrupts; that one keeps its place meanwhile.
import queue
import signal
import threading

handle = None
signal.signal(signal.SIGUSR1, lambda signum, frame: handle())


def waiting(thing):
    condition = getattr(thing, "not_empty", None) or getattr(thing, "_cond", thing)
    with condition:
        return len(condition._waiters)


def until_waiting(thing, n=1):
    while waiting(thing) < n:
        pass


def interrupts(primitive, handler):
    """Has the main thread call the handler, once, when it waits for the primitive."""
    global handle
    calls = iter([handler])
    begun = threading.Event()

    def once():
        for call in calls:
            begun.set()
            call()

    handle = once
    until_waiting(primitive)
    # One that comes just before the thread sleeps is not heard by CPython.
    while not begun.is_set():
        signal.pthread_kill(threading.main_thread().ident, signal.SIGUSR1)
        begun.wait(0.01)


def interrupt(name, primitive, wait, inner, then):
    """While the main thread waits for the primitive, a signal's handler waits with `inner`; `then` ends both."""

    def work():
        interrupts(primitive, lambda: print(name, "- inside:", inner()))
        then()

    thread = threading.Thread(target=work)
    thread.start()
    print(name, "- outside:", wait())
    thread.join()


a, b = threading.Condition(), threading.Condition()


def waiter(condition, timeout=None):
    def wait():
        with condition:
            return condition.wait(timeout)

    return wait


def notify(condition, waiters=1, n=1):
    until_waiting(condition, waiters)
    with condition:
        condition.notify(n)


def each_alone():
    notify(a, 2)
    # It was for the wait outside, which began first.
    print("left:", waiting(a))
    notify(a)


interrupt("two conditions", a, waiter(a), waiter(b), lambda: (notify(a), notify(b)))
interrupt("two conditions, the inner first", a, waiter(a), waiter(b), lambda: (notify(b), notify(a)))
interrupt("one condition", a, waiter(a), waiter(a), each_alone)
interrupt("one condition, all notified", a, waiter(a), waiter(a), lambda: notify(a, 2, 2))
interrupt("the inner wait is late", a, waiter(a), waiter(b, 0.01), lambda: notify(a))

event, other = threading.Event(), threading.Event()


def flash():
    until_waiting(other)
    event.set()
    event.clear()
    other.set()


interrupt("an event that is set and cleared", event, event.wait, other.wait, flash)
interrupt("an event, and a condition inside", event, event.wait, waiter(a), lambda: (event.set(), notify(a)))
event.clear()
interrupt("a condition, and an event inside", a, waiter(a), event.wait, lambda: (notify(a), event.set()))

barrier = threading.Barrier(2)
other.clear()
interrupt("a barrier", barrier, lambda: barrier.wait() in (0, 1), other.wait, lambda: (barrier.wait(), other.set()))

q, lock, semaphore = queue.Queue(), threading.Lock(), threading.Semaphore(0)
lock.acquire()


def take_each():
    return lock.acquire(), semaphore.acquire(), q.get()


def give_each():
    lock.release()
    semaphore.release()
    q.put("first")
    q.put("second")


interrupt("a queue, and others inside", q, q.get, take_each, give_each)
interrupt("a semaphore", semaphore, semaphore.acquire, waiter(a), lambda: (semaphore.release(), notify(a)))


def nested():
    """A third wait within the second."""
    thread = threading.Thread(target=interrupts, args=(b, lambda: print("innermost:", waiter(a)())))
    thread.start()
    try:
        return waiter(b)()
    finally:
        thread.join()


interrupt("three waits", a, waiter(a), nested, lambda: (notify(a, 2), notify(a), notify(b)))
