# CPython's print() writes a text and its line end in two steps, so the lines of two threads may be glued together.
# This one writes once. Lines leave at once, as on a terminal, so that a program that hangs still shows what it printed.
import builtins
import sys


def print(*values, sep=' ', end='\n', file=None, flush=False):
    file = sys.stdout if file is None else file
    file.write((' ' if sep is None else sep).join(map(str, values)) + ('\n' if end is None else end))
    if flush:
        file.flush()


builtins.print = print
sys.stdout.reconfigure(line_buffering=True)
