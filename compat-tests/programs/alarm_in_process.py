# An alarm rings in the process that has set it, and in no other.
import multiprocessing as mp
import signal
import threading
import time


def never(signum, frame):
    print("the wrong process")


def handled(ready, method):
    rung = threading.Event()
    signal.signal(signal.SIGALRM, lambda signum, frame: rung.set())
    print(method, signal.getitimer(signal.ITIMER_REAL))
    signal.setitimer(signal.ITIMER_REAL, 0.01)
    rung.wait()
    print(method, "rung", signal.getitimer(signal.ITIMER_REAL))
    rung.clear()
    signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)
    for _ in range(3):
        rung.wait()
        rung.clear()
    print(method, "rung again", signal.setitimer(signal.ITIMER_REAL, 0)[1])
    signal.alarm(1000)


def waits():
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, 0.01)
    time.sleep(1000)


def computes():
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, 0.01)
    while True:
        pass


def main():
    signal.signal(signal.SIGALRM, never)
    signal.alarm(1000)
    for method in ("fork", "spawn"):
        ctx = mp.get_context(method)
        process = ctx.Process(target=handled, args=(None, method))
        process.start()
        process.join()
        print(process.exitcode)
        for target in (waits, computes):
            process = ctx.Process(target=target)
            process.start()
            process.join()
            print(process.exitcode)
    print(signal.alarm(0) > 900)


if __name__ == "__main__":
    main()
