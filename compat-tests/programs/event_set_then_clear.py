# An Event that is set and cleared at once still releases everyone who waited, and nobody who comes later.
import threading
import time

event = threading.Event()
counter = threading.Lock()
about_to_wait = 0
released = 0


def waiter():
    global about_to_wait, released
    with counter:
        about_to_wait += 1
    got = event.wait(10)
    with counter:
        released += got


for turn in range(2):
    threads = [threading.Thread(target=waiter) for n in range(4)]
    for t in threads:
        t.start()
    while about_to_wait < 4 * (turn + 1):
        time.sleep(0.001)
    time.sleep(0.3)  # the last one still has to fall asleep; nothing of Python's tells when it has
    print("turn", turn, "released before", released)
    event.set()
    event.clear()
    for t in threads:
        t.join()
    print("turn", turn, "released", released, "is_set", event.is_set())

print("who comes later", event.wait(0.05), event.wait(timeout=0))
event.set()
print("set for good", event.wait(), event.wait(0), event.is_set())
