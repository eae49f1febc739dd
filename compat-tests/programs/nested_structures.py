# Arrays of arrays, and structures that have arrays and other structures in them, shared with a process.
import re
from ctypes import Structure, c_char, c_double, c_int, c_short, c_wchar, sizeof
from multiprocessing import get_context
from multiprocessing.sharedctypes import Array, RawArray, RawValue, Value, copy

# Under these names CPython's spawn finds them.
Row = c_int_Array_3 = c_int * 3
c_short_Array_2 = c_short * 2
c_short_Array_2_Array_2 = c_short_Array_2 * 2


class Vec(Structure):
    _fields_ = [("x", c_double), ("y", c_double)]


class Deep(Vec):
    _fields_ = [("z", c_double)]


class Body(Structure):
    _fields_ = [("id", c_char), ("pos", Vec), ("hist", c_int * 3), ("name", c_char * 8), ("tag", c_wchar * 4)]


def attempt(name, f):
    try:
        print(name, re.sub("0x[0-9a-f]+", "0x", repr(f())))
    except Exception as e:
        print(name, type(e).__name__, e)


def rows(a):
    return [list(row) for row in a]


def shown(b):
    return (b.id, b.pos.x, b.pos.y, list(b.hist), b.name, b.tag)


def child(grid, bodies, v, cells):
    for row in grid:
        for i in range(len(row)):
            row[i] *= 2
    bodies[0].pos = Vec(3.5, 4.5)
    bodies[0].hist[2] = 9
    bodies[1].pos.x = 0.5
    bodies[1].pos.y += 1.5
    bodies[1].name = b"child"
    v.tag = "tag"
    v.pos.x = -0.5
    cells[1][1][0] = 8
    print(shown(bodies[0]), rows(grid))


def main():
    print(Row.__name__, (Row * 2).__name__, sizeof(Row), sizeof(Row * 2), sizeof(Vec), sizeof(Deep), sizeof(Body))
    for method in ("fork", "spawn"):
        grid = RawArray(Row, [(1, 2, 3), Row(4)])
        context = get_context(method)
        bodies = context.Array(Body, 2)
        v = context.Value(Body, b"v", (1.5, 2.5), (1, 2, 3), b"value")
        cells = RawArray(c_short * 2 * 2, 2)
        p = context.Process(target=child, args=(grid, bodies, v, cells))
        p.start()
        p.join()
        print(p.exitcode, rows(grid), shown(bodies[0]), shown(bodies[1]), shown(v), [rows(c) for c in cells])
    attempt("array", lambda: grid)
    attempt("row", lambda: grid[0])
    attempt("synchronized", lambda: Array(Row, 2))
    attempt("value", lambda: v)
    attempt("position", lambda: v.pos)
    attempt("history", lambda: v.hist)
    attempt("slice", lambda: rows(grid[::-1]))
    grid[0:2] = [(7, 8, 9), Row(1, 1)]
    twin = copy(grid)
    twin[0][0] = 100
    attempt("copy", lambda: (rows(grid), rows(twin)))
    attempt("int", lambda: grid.__setitem__(0, 5))
    attempt("too many", lambda: grid.__setitem__(0, (1, 2, 3, 4)))
    attempt("text", lambda: grid.__setitem__(0, ("x",)))
    attempt("other", lambda: grid.__setitem__(0, Vec(1)))
    b = RawValue(Body, b"b", (0.5, 0.25))
    attempt("empty", lambda: shown(b))
    b.hist = (4,)
    b.name = b"12345678"
    b.tag = "four"
    attempt("full", lambda: shown(b))
    b.name = b"al"
    b.pos = Deep(1.5, 2.5, 3.5)
    attempt("less", lambda: shown(b))
    attempt("hist", lambda: setattr(b, "hist", 3))
    attempt("hist", lambda: setattr(b, "hist", (1, 2, 3, 4)))
    attempt("pos", lambda: setattr(b, "pos", (1, 2, 3)))
    attempt("pos", lambda: setattr(b, "pos", Row()))
    attempt("name", lambda: setattr(b, "name", "x"))
    attempt("name", lambda: setattr(b, "name", b"123456789"))
    attempt("tag", lambda: setattr(b, "tag", "abcde"))
    attempt("tag", lambda: setattr(b, "tag", b"ab"))
    attempt("nested", lambda: Body(b"a", (1, "q")))
    attempt("twice", lambda: Vec(1, x=2))
    attempt("too many", lambda: Vec(1, 2, 3))
    deep = Deep(1.5, 2.5, 3.5)
    attempt("deep", lambda: (deep.x, deep.y, deep.z))
    triple = Value(c_int * 3, 1, 2)
    triple[2] = 5
    attempt("triple", lambda: (triple[:], len(triple)))
    attempt("names", lambda: [cell.value for cell in RawArray(c_char * 4, [(b"a", b"b"), (c_char * 4)(b"c")])])
    attempt("bytes", lambda: RawArray(c_char * 4, [b"ab"]))


if __name__ == "__main__":
    main()
