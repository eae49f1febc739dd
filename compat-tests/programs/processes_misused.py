# What processes and pools say to those who misuse them.
import multiprocessing as mp
from multiprocessing.pool import Pool, ThreadPool


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, str(e))


def f(x=1):
    return x


def set_attribute(name, value):
    setattr(p, name, value)
    return getattr(p, name)


p = mp.Process(target=f)
attempt(lambda: p.terminate())
attempt(lambda: p.kill())
attempt(lambda: set_attribute("authkey", "x"))
attempt(lambda: mp.Process(tarqet=f))
attempt(lambda: mp.Process(None, f, None, (), {}, 3))
attempt(lambda: mp.Process(target=f, args=3))
attempt(lambda: mp.Process(target=3).run())
attempt(lambda: mp.current_process().terminate())
print(str(mp.get_context("fork")).split(" at ")[0], str(mp.get_context("spawn")).split(" at ")[0])

for cls in (Pool, ThreadPool):
    attempt(lambda: cls("a"))
    attempt(lambda: cls(1.5))
    with cls(1) as pool:
        attempt(lambda: pool.apply(3))
        attempt(lambda: pool.apply_async(None).get())
        attempt(lambda: pool.apply(f, (1)))
        attempt(lambda: pool.apply(f, None))
        attempt(lambda: pool.apply(f, (1,), 3))
        attempt(lambda: pool.apply(f, "a"))
        attempt(lambda: pool.apply(str, 3))
        attempt(lambda: pool.starmap(f, [1, 2]))
        attempt(lambda: pool.map(3, [1]))
        attempt(lambda: pool.map(f, [1], "a"))
        attempt(lambda: pool.map(f, [1], 1.5))
        attempt(lambda: pool.imap(f, [1], "a"))
        told = []
        result = pool.apply_async(f, 3, error_callback=told.append)
        result.wait()
        attempt(lambda: result.successful())
    pool.join()
    print(told)
