# A manager's initializer runs in the manager's process, which takes a number as all processes do.
import multiprocessing as mp
from multiprocessing.managers import SharedMemoryManager, SyncManager

seen = [0]


def init(x):
    seen[0] = x
    print("init", mp.current_process().name, mp.parent_process().name)


def bad():
    raise ValueError("bad")


def main():
    with mp.Manager():
        print(mp.Process().name)
    with SharedMemoryManager():
        print(mp.Process().name)
    m = SyncManager()
    m.start(init, (5,))
    print(seen, m.list([1]))
    m.shutdown()
    for initializer in (bad, 3):
        try:
            SyncManager().start(initializer)
        except Exception as e:
            print(type(e).__name__, e)
    print(mp.Process().name)


if __name__ == "__main__":
    main()
