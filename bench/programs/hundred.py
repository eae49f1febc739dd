# What a hundred threads cost that live at once, the first of the program: seconds, and MiB of memory.
import threading
import time

gate = threading.Event()


def resident():
    """MiB of memory that the process has now; 0 where the system does not tell."""
    try:
        with open("/proc/self/status") as f:
            for line in f:
                if line.startswith("VmRSS:"):
                    return float(line.split()[1]) / 1024
    except OSError:
        pass
    return 0


if __name__ == "__main__":
    before = resident()
    begin = time.perf_counter()
    ts = [threading.Thread(target=gate.wait) for i in range(100)]
    for t in ts:
        t.start()
    print("hundred_threads_s", time.perf_counter() - begin)
    print("hundred_threads_mib", resident() - before)
    gate.set()
    for t in ts:
        t.join()
