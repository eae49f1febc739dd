// Arrays of arrays, and structures that have arrays and other structures in them, shared with a process.
import { bytes, len, list, print, range, repr, setattr, slice, tuple, type } from "pythreads/builtins";
import { c_char, c_double, c_int, c_short, c_wchar, Structure, sizeof } from "pythreads/ctypes";
import { get_context } from "pythreads/multiprocessing";
import { Array, copy, RawArray, RawValue, Value } from "pythreads/multiprocessing/sharedctypes";

const Row: any = c_int.__mul__(3);

class Vec extends Structure {
  [name: string]: any;
  static _fields_ = [["x", c_double], ["y", c_double]];
}

class Deep extends Vec {
  static _fields_ = [["z", c_double]];
}

class Body extends Structure {
  [name: string]: any;
  static _fields_ = [["id", c_char], ["pos", Vec], ["hist", c_int.__mul__(3)], ["name", c_char.__mul__(8)], ["tag", c_wchar.__mul__(4)]];
}

function attempt(name: string, f: any) {
  try {
    print(name, repr(f()).replace(/0x[0-9a-f]+/g, "0x"));
  } catch (e: any) {
    print(name, type(e).__name__, e);
  }
}

const rows = (a: any) => list([...a].map((row: any) => list(row)));

const shown = (b: any) => tuple([b.id, b.pos.x, b.pos.y, list(b.hist), b.name, b.tag]);

function child(grid: any, bodies: any, v: any, cells: any) {
  for (const row of grid) {
    for (const i of range(len(row))) row[i] *= 2;
  }
  bodies[0].pos = new Vec(3.5, 4.5);
  bodies[0].hist[2] = 9;
  bodies[1].pos.x = 0.5;
  bodies[1].pos.y += 1.5;
  bodies[1].name = bytes("child");
  v.tag = "tag";
  v.pos.x = -0.5;
  cells[1][1][0] = 8;
  print(shown(bodies[0]), rows(grid));
}

function main() {
  let grid: any;
  let v: any;
  print(Row.__name__, Row.__mul__(2).__name__, sizeof(Row), sizeof(Row.__mul__(2)), sizeof(Vec), sizeof(Deep), sizeof(Body));
  for (const method of ["fork", "spawn"] as const) {
    grid = RawArray(Row, [tuple([1, 2, 3]), Row(4)]);
    const context = get_context(method);
    const bodies = context.Array(Body, 2);
    v = context.Value(Body, bytes("v"), tuple([1.5, 2.5]), tuple([1, 2, 3]), bytes("value"));
    const cells = RawArray((c_short.__mul__(2) as any).__mul__(2), 2);
    const p = context.Process({ target: child, args: [grid, bodies, v, cells] });
    p.start();
    p.join();
    print(p.exitcode, rows(grid), shown(bodies[0]), shown(bodies[1]), shown(v), list([...cells].map(rows)));
  }
  attempt("array", () => grid);
  attempt("row", () => grid[0]);
  attempt("synchronized", () => Array(Row, 2));
  attempt("value", () => v);
  attempt("position", () => v.pos);
  attempt("history", () => v.hist);
  attempt("slice", () => rows(grid.__getitem__(slice(null, null, -1))));
  grid.__setitem__(slice(0, 2), [tuple([7, 8, 9]), Row(1, 1)]);
  const twin = copy(grid) as any;
  twin[0][0] = 100;
  attempt("copy", () => tuple([rows(grid), rows(twin)]));
  attempt("int", () => grid.__setitem__(0, 5));
  attempt("too many", () => grid.__setitem__(0, tuple([1, 2, 3, 4])));
  attempt("text", () => grid.__setitem__(0, tuple(["x"])));
  attempt("other", () => grid.__setitem__(0, new Vec(1)));
  const b = RawValue(Body, bytes("b"), tuple([0.5, 0.25]));
  attempt("empty", () => shown(b));
  b.hist = tuple([4]);
  b.name = bytes("12345678");
  b.tag = "four";
  attempt("full", () => shown(b));
  b.name = bytes("al");
  b.pos = new Deep(1.5, 2.5, 3.5);
  attempt("less", () => shown(b));
  attempt("hist", () => setattr(b, "hist", 3));
  attempt("hist", () => setattr(b, "hist", tuple([1, 2, 3, 4])));
  attempt("pos", () => setattr(b, "pos", tuple([1, 2, 3])));
  attempt("pos", () => setattr(b, "pos", Row()));
  attempt("name", () => setattr(b, "name", "x"));
  attempt("name", () => setattr(b, "name", bytes("123456789")));
  attempt("tag", () => setattr(b, "tag", "abcde"));
  attempt("tag", () => setattr(b, "tag", bytes("ab")));
  attempt("nested", () => new Body(bytes("a"), tuple([1, "q"])));
  attempt("twice", () => new Vec(1, { x: 2 }));
  attempt("too many", () => new Vec(1, 2, 3));
  const deep = new Deep(1.5, 2.5, 3.5);
  attempt("deep", () => tuple([deep.x, deep.y, deep.z]));
  const triple = Value(c_int.__mul__(3), 1, 2);
  triple[2] = 5;
  attempt("triple", () => tuple([triple.__getitem__(slice(null)), len(triple)]));
  const Name: any = c_char.__mul__(4);
  attempt("names", () => list([...RawArray(Name, [tuple([bytes("a"), bytes("b")]), Name(bytes("c"))])].map((cell: any) => cell.value)));
  attempt("bytes", () => RawArray(Name, [bytes("ab")]));
}

if (__name__ === "__main__") main();
