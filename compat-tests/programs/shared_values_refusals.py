# What values and memory that processes share refuse, and what they show.
import ctypes
from multiprocessing import Array, Value
from multiprocessing.shared_memory import SharedMemory
from multiprocessing.sharedctypes import RawArray, RawValue, copy, synchronized


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, str(e))


def set_value(x, value):
    x.value = value
    return x.value


real = RawValue("d")
attempt(lambda: set_value(real, 10**400))
attempt(lambda: set_value(RawValue("f"), -(10**400)))
attempt(lambda: len(RawArray("i", True)))

a = RawArray("i", 4)
attempt(lambda: a["a"])
attempt(lambda: a.__setitem__("a", 1))
attempt(lambda: a[2**70])
attempt(lambda: a.__setitem__(slice(0, 2), 5))
attempt(lambda: a.__setitem__(slice(2, 0), 5))
attempt(lambda: a.__setitem__(slice(0, 2), [1]))
attempt(lambda: a[slice("a", None)])
attempt(lambda: a.__delitem__(0))
a[:] = range(4)
print(list(reversed(a)), list(reversed(Array("h", [1, 2]))))

c = RawArray("c", 4)
attempt(lambda: set_value(c, bytearray(b"ab")))
attempt(lambda: set_value(c, memoryview(b"ab")))
attempt(lambda: set_value(c, b"ab"))

attempt(lambda: copy(3))
attempt(lambda: copy(Array("i", [4, 5])))
attempt(lambda: synchronized(3))
attempt(lambda: synchronized(Value("i", 3)))
print(Value(ctypes.c_longlong, 3), Value(ctypes.c_uint8, 300))

attempt(lambda: SharedMemory(3))
attempt(lambda: SharedMemory("a/b", create=True, size=3))
attempt(lambda: SharedMemory("", create=True, size=3))

m = SharedMemory(create=True, size=8)
b = m.buf
print(type(b).__name__, b.readonly, b.format, b.itemsize, b.ndim)
attempt(lambda: b.__setitem__(0, "a"))
attempt(lambda: b.__setitem__(0, 256))
attempt(lambda: b.__setitem__(100000, 1))
attempt(lambda: b[-100000])
attempt(lambda: b.__setitem__(slice(0, 3), "abc"))
attempt(lambda: b.__setitem__(slice(0, 3), b"abcd"))
b[0:3] = bytearray(b"xyz")
print(b[0:3] == b"xyz", 120 in b[0:3], b[0:3].hex(), b[0:3].shape)
attempt(lambda: memoryview(b"abc").__setitem__(0, 1))
del b
m.close()
m.unlink()
