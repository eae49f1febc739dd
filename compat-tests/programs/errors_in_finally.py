def show(f):
    try: f()
    except BaseException as e:
        c = []
        while e is not None: c.append(repr(e)); e = e.__context__
        print(" < ".join(c))
def a():
    try: raise ValueError("first")
    finally: raise KeyError("second")
def b():
    try: raise ValueError("first")
    finally:
        try: raise KeyError("inner")
        except KeyError: pass
class M:
    def __enter__(self): return self
    def __exit__(self, *a): raise KeyError("exit")
def c():
    with M(): raise ValueError("body")
def d():
    try: raise ValueError("first")
    except ValueError: raise TypeError("caught")
    finally: raise KeyError("second")
def e():
    try: return 1
    finally: raise KeyError("only")
def helper(): raise RuntimeError("in helper")
def f():
    try: raise ValueError("first")
    finally: helper()
def g():
    for i in range(2):
        try:
            if i: raise ValueError("first")
            continue
        finally:
            if i: raise KeyError(i)
def h():
    try:
        try: raise ValueError("1")
        finally: raise KeyError("2")
    finally: raise TypeError("3")
def i():
    try: raise ValueError("first")
    finally: return 5
def j():
    with M(): pass
import sys
def k():
    try: raise ValueError("first")
    finally: print(sys.exc_info()[1])
def l():
    try: return 1
    finally: print(sys.exc_info()[1])
for fn in (a, b, c, d, e, f, g, h, i, j, k, l): show(fn)
