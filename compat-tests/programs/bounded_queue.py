# A bounded queue: put waits for room, and gives up with Full when its time is over.
import queue
import threading
import time

q = queue.Queue(2)


def attempt(label, put, least=0):
    begin = time.monotonic()
    try:
        put()
        print(label, "put")
    except queue.Full as e:
        print(label, repr(e), "waited", time.monotonic() - begin >= least)
    except ValueError as e:
        print(label, repr(e))


attempt("first", lambda: q.put("a"))
attempt("second", lambda: q.put("b", timeout=0.1))
attempt("third, with a timeout", lambda: q.put("c", timeout=0.1), 0.1)
attempt("third, by position", lambda: q.put("c", True, 0.1), 0.1)
attempt("third, without blocking", lambda: q.put("c", block=False))
attempt("third, no wait", lambda: q.put_nowait("c"))
attempt("a negative timeout", lambda: q.put("c", timeout=-1))
print(q.qsize(), q.full(), q.maxsize)

def put_late(item, timeout):
    q.put(item, timeout=timeout)


late = threading.Thread(target=put_late, args=("late",), kwargs={"timeout": 10})
late.start()
print("a get makes room", q.get())
late.join()
print(q.qsize(), q.get(), q.get(), q.empty())

for put in range(3):
    q.task_done()
q.join()
print("all done")
