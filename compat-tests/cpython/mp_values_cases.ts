// The cases of _test_multiprocessing.py for Value, Array and sharedctypes.
import { ctypes, multiprocessing as mp } from "pythreads";
import { AttributeError, bytes, hasattr, list, range, repr, slice } from "pythreads/builtins";
import { equal, no, ok, raises, test } from "./kit";

const at = (cls: string, name: string, body: () => void) => test(`_test_multiprocessing.${cls}.${name}`, body);

/** A typecode, the value at first, and the one that the child sets. */
const CODES: any = [
  ["i", 4343, 24234],
  ["d", 3.625, -4.25],
  ["h", -232, 234],
  ["q", 2 ** 33, 2 ** 34],
  ["c", bytes("x"), bytes("y")],
];

function setAll(values: any) {
  for (let i = 0; i < CODES.length; i++) values[i].value = CODES[i][2];
}
function run(target: any, args: any[]) {
  const p = mp.Process({ target, args });
  p.daemon = true;
  p.start();
  p.join();
  equal(p.exitcode, 0);
}

function valueCase(make: (code: string, value: unknown) => any) {
  const values: any = list();
  for (const [code, value, _] of CODES) values.append(make(code, value));
  for (let i = 0; i < CODES.length; i++) equal(repr(values[i].value), repr(CODES[i][1]));
  run(setAll, [values]);
  for (let i = 0; i < CODES.length; i++) equal(repr(values[i].value), repr(CODES[i][2]));
}

/** Locks of `make`'s objects: its own, one that is given, none. */
function lockCase(make: (options?: any) => any) {
  for (const made of [make(), make({ lock: null }), make({ lock: true })]) {
    made.get_lock().acquire();
    made.get_lock().release();
    ok(made.get_obj() !== null);
  }
  const lock = mp.Lock();
  const given = make({ lock });
  ok(given.get_lock() === lock);
  const bare = make({ lock: false });
  no(hasattr(bare, "get_lock"));
  no(hasattr(bare, "get_obj"));
  raises(AttributeError, () => make({ lock: "navalue" }), "'navalue' has no method 'acquire'");
}

function sums(seq: any) {
  for (let i = 1; i < 10; i++) seq[i] += seq[i - 1];
}
function arrayCase(make: (code: string, from: any) => any) {
  const seq: any = list([680, 626, 934, 821, 150, 233, 548, 982, 714, 831]);
  const arr = make("i", seq);
  equal(arr.length, seq.length);
  equal(arr[3], seq[3]);
  equal([...arr.__getitem__(slice(2, 7))], [...seq.__getitem__(slice(2, 7))]);
  arr.__setitem__(slice(4, 8), [1, 2, 3, 4]);
  seq.__setitem__(slice(4, 8), [1, 2, 3, 4]);
  equal([...arr.__getitem__(slice())], [...seq]);
  sums(seq);
  run(sums, [arr]);
  equal([...arr.__getitem__(slice())], [...seq]);
}

class Foo extends ctypes.Structure {
  static _fields_: any = [
    ["x", ctypes.c_int],
    ["y", ctypes.c_double],
    ["z", ctypes.c_longlong],
  ];
}
function double(x: any, y: any, z: any, foo: any, arr: any, string: any) {
  x.value *= 2;
  y.value *= 2;
  z.value *= 2;
  foo.x *= 2;
  foo.y *= 2;
  string.value = bytes([...string.value, ...string.value]);
  for (let i = 0; i < arr.length; i++) arr[i] *= 2;
}
function doubled(lock: boolean) {
  const x = mp.Value("i", 7, { lock });
  const y = mp.Value(ctypes.c_double, 1 / 3, { lock });
  const z = mp.Value(ctypes.c_longlong, 2 ** 33, { lock });
  const foo = mp.Value(Foo, 3, 2, { lock });
  const arr = mp.Array("d", range(10), { lock });
  const string = mp.Array("c", 20, { lock });
  string.value = bytes("hello");
  run(double, [x, y, z, foo, arr, string]);
  equal([x.value, z.value, foo.x, foo.y], [14, 2 ** 34, 6, 4]);
  ok(Math.abs(y.value - 2 / 3) < 1e-9);
  for (let i = 0; i < 10; i++) equal(arr[i], i * 2);
  equal([...string.value], [...bytes("hellohello")]);
}

if (__name__ === "__main__") {
  at("_TestValue", "test_value", () => valueCase((code, value) => mp.Value(code, value)));
  at("_TestValue", "test_rawvalue", () => valueCase((code, value) => mp.RawValue(code, value)));
  at("_TestValue", "test_getobj_getlock", () =>
    lockCase((options: any = null) => (options === null ? mp.Value("i", 5) : mp.Value("i", 5, options))),
  );
  at("_TestArray", "test_array", () => arrayCase((code, from) => mp.Array(code, from)));
  at("_TestArray", "test_rawarray", () => arrayCase((code, from) => mp.RawArray(code, from)));
  at("_TestArray", "test_array_from_size", () => {
    for (let i = 0; i < 3; i++) {
      const arr = mp.Array("i", 10);
      equal([...arr], [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
      arr.__setitem__(slice(), range(10));
      equal([...arr], [...range(10)]);
    }
  });
  at("_TestArray", "test_getobj_getlock_obj", () =>
    lockCase((options: any = null) =>
      options === null ? mp.Array("i", range(10)) : mp.Array("i", range(10), options),
    ),
  );
  at("_TestSharedCTypes", "test_sharedctypes", () => doubled(false));
  at("_TestSharedCTypes", "test_synchronize", () => doubled(true));
  at("_TestSharedCTypes", "test_copy", () => {
    const foo: any = new Foo(2, 5);
    const bar = mp.sharedctypes.copy(foo);
    foo.x = 0;
    foo.y = 0;
    equal([bar.x, bar.y], [2, 5]);
  });
}
