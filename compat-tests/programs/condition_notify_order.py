# A Condition wakes its waiters in the order in which they came.
import threading
import time

cond = threading.Condition()
waiting = []
woken = []


def waiter(n):
    with cond:
        waiting.append(n)
        cond.wait()
        woken.append(n)


def count(items):
    with cond:  # whoever has entered itself here has given the lock up by waiting
        return len(items)


threads = []
for i in range(6):
    t = threading.Thread(target=waiter, args=(i,))
    t.start()
    threads.append(t)
    while count(waiting) <= i:
        time.sleep(0.001)
print("waiting", waiting)

for i in range(3):
    with cond:
        cond.notify()
    while count(woken) <= i:
        time.sleep(0.001)
print("one by one", woken)

with cond:
    cond.notify(2)
while count(woken) < 5:
    time.sleep(0.001)
print("two at once", sorted(woken[3:]))

with cond:
    cond.notify_all()
for t in threads:
    t.join()
print("the rest", woken[5:])
with cond:
    cond.notify()
    print("nobody left", cond.wait(0.01))
