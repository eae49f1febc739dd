import multiprocessing as mp
import os


def nothing(*args):
    pass


if __name__ == "__main__":
    spawn = mp.get_context("spawn")
    for mode in ("r", "rb", "wb"):
        with open(os.devnull, mode) as file:
            try:
                spawn.Process(target=nothing, args=(file,)).start()
            except TypeError as e:
                print(mode, e)
