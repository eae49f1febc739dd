# Who a thread is, and what threads change together: names, current_thread, globals under a lock.
import threading

lock = threading.Lock()
total = 0
share = 1.5
last = None
me = None


def work(times):
    global total, share, last
    for i in range(times):
        with lock:
            total += 1
    with lock:
        share /= 2
        last = "done"


def who():
    global me
    me = threading.current_thread()
    print("in", me.name, me is threading.main_thread(), me.is_alive(), me.daemon, me.ident == threading.get_ident())
    me.name = "renamed by itself"


class Named(threading.Thread):
    def __init__(self, mark):
        super().__init__(name="named " + mark)
        self.mark = mark

    def run(self):
        print("in", self.name, self.mark, threading.current_thread() is self)


print("main", threading.current_thread().name, threading.current_thread() is threading.main_thread())
a = threading.Thread(target=who)
b = threading.Thread(target=work, args=(1,), name="b", daemon=True)
c = threading.Thread()
print(a.name, "|", b.name, b.daemon, "|", c.name, repr(c))
a.start()
a.join()
print("after", a.name, a is me, a.is_alive(), threading.active_count())
n = Named("by its class")
n.start()
n.join()

print("before", total, share, last)
workers = [threading.Thread(target=work, args=(500,)) for i in range(4)]
for t in workers:
    t.start()
for t in workers:
    t.join()
print("after", total, share, last, [t.name for t in threading.enumerate()])
