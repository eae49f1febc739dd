# A semaphore of three: the fourth waits outside until one of the three has left.
import threading
import time

rooms = threading.Semaphore(3)
gate = threading.Event()
guard = threading.Lock()
inside = 0
most = 0
served = 0


def guest():
    global inside, most, served
    with rooms:
        with guard:
            inside += 1
            most = max(most, inside)
        gate.wait()
        with guard:
            inside -= 1
            served += 1


guests = [threading.Thread(target=guest) for n in range(8)]
for t in guests:
    t.start()
while inside < 3:
    time.sleep(0.001)
print("inside", inside, "room for one more", rooms.acquire(blocking=False), rooms.acquire(timeout=0.05))
gate.set()
for t in guests:
    t.join()
print("served", served, "inside", inside, "most at once", most)

rooms.release(2)
print("five free", [rooms.acquire(False) for n in range(6)])
bounded = threading.BoundedSemaphore(2)
bounded.acquire()
bounded.release()
for wrong in (lambda: bounded.release(), lambda: threading.Semaphore(-1), lambda: rooms.release(0),
              lambda: rooms.acquire(False, 1)):
    try:
        wrong()
    except ValueError as e:
        print(repr(e))
