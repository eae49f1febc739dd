// Values, strings and arrays of structures that a process modifies for its parent.
import { bytes, list, print, tuple, type } from "pythreads/builtins";
import { c_double, c_int, Structure } from "pythreads/ctypes";
import { get_context } from "pythreads/multiprocessing";
import { Array, RawArray, Value } from "pythreads/multiprocessing/sharedctypes";

class Point extends Structure {
  static _fields_ = [["x", c_double], ["y", c_int]];
}

function modify(n: any, x: any, s: any, A: any, raw: any) {
  n.value **= 2;
  x.value **= 2;
  s.value = s.value.concat(bytes("!"));
  for (const a of A) {
    a.x **= 2;
    a.y **= 2;
  }
  raw[0].y = 9;
  raw[1] = A[2];
}

function attempt(f: any) {
  try {
    print(f());
  } catch (e: any) {
    print(type(e).__name__, e);
  }
}

const pairs = (points: any) => list([...points].map((a: any) => tuple([a.x, a.y])));

function main() {
  let A: any;
  for (const method of ["fork", "spawn"] as const) {
    const context = get_context(method);
    const lock = context.Lock();
    const n = Value("i", 7, { lock });
    const x = Value(c_double, 1.5, { lock: false });
    const s = Array("c", 20, { lock });
    s.value = bytes("hello world");
    A = Array(Point, [tuple([1.5, -6]), tuple([-5.5, 2]), tuple([2.5, 9])], { lock });
    const raw = RawArray(Point, [tuple([0.5, 1]), tuple([0.5, 1])]);
    const p = context.Process({ target: modify, args: [n, x, s, A, raw] });
    p.start();
    p.join();
    print(p.exitcode, n.value, x.value, s.value);
    print(pairs(A), pairs(raw));
    print(A.length, type(A[0]).__name__, type(A).__name__, list([...A].slice(1).map((a: any) => a.y)));
  }
  const first = A[0];
  first.y = 5;
  A[1] = new Point(0.5, 3);
  A[2] = tuple([0.25, 4]);
  print(pairs(A));
  attempt(() => A.__setitem__(0, 3));
  attempt(() => A.__setitem__(0, c_int(3)));
  attempt(() => A[3]);
  attempt(() => A[0].z);
}

if (__name__ === "__main__") main();
