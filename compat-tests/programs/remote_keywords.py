# Keywords that a client of a manager gives to what the server makes and calls.
from multiprocessing.managers import BaseManager


class Thing(object):
    def __init__(self, a, b=5):
        super().__init__()
        self.a = a
        self.b = b

    def m(self, x, y=1):
        return [self.a, self.b, x, y]


def make(a, b=2, c=3):
    return Thing(a, b * 100 + c)


class Manager(BaseManager):
    pass


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, str(e).replace("Thing.", ""))


def main():
    m = Manager()
    m.start()
    x = m.Thing(1, b=7)
    attempt(lambda: x.m(2, y=9))
    attempt(lambda: x.m(y=4, x=3))
    attempt(lambda: x.m(2, 3))
    attempt(lambda: x.m(2, z=3))
    attempt(lambda: m.make(1, c=5).m(0))
    attempt(lambda: m.Thing(b=1, a=2).m(0))
    m.shutdown()


Manager.register("Thing", Thing)
Manager.register("make", make)
if __name__ == "__main__":
    main()
