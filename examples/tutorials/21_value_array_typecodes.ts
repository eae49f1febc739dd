// added: document A, processes, section 1 (1): every typecode of its list, in Array and in Value, changed by a child
import { ctypes } from "pythreads";
import { Array, Process, Value } from "pythreads/multiprocessing";
import { bytes, hasattr, IndexError, isinstance, print, slice, str, type, TypeError } from "pythreads/builtins";
const NUMBERS: any = {
  b: [ctypes.c_byte, -128], B: [ctypes.c_ubyte, 255], h: [ctypes.c_short, -32768],
  H: [ctypes.c_ushort, 65535], i: [ctypes.c_int, -(2 ** 31)], I: [ctypes.c_uint, 2 ** 32 - 1],
  l: [ctypes.c_long, -(2 ** 31)], L: [ctypes.c_ulong, 2 ** 32 - 1], f: [ctypes.c_float, 0.5], d: [ctypes.c_double, 0.1],
};
function child(code, a, v) {
  a[1] = NUMBERS[code][1];
  v.value = NUMBERS[code][1];
}
function text(c, u, cv, uv) {
  c[0] = bytes("C");
  u[0] = "字";
  cv.value = bytes("v");
  uv.value = "值";
}
if (__name__ === "__main__") {
  for (const [code, [ctype, limit]] of NUMBERS.items()) {
    const a = Array(code, [1, 2, 3]);
    const v = Value(code, 7);
    const p = Process({ target: child, args: [code, a, v] });
    p.start();
    p.join();
    print(code, ctype.__name__, a.__getitem__(slice()), v.value, type(a.get_obj()) === ctype.__mul__(3));
  }
  const c = Array("c", bytes("abc"));
  const u = Array("u", "xyz");
  const cv = Value("c", bytes("-"));
  const uv = Value("u", "-");
  const p = Process({ target: text, args: [c, u, cv, uv] });
  p.start();
  p.join();
  print("c", c.__getitem__(slice()), c.value, cv.value);
  print("u", u.__getitem__(slice()), uv.value, "only an array of c has .value:", hasattr(u, "value"));
  const wrap = Array("B", 1);
  wrap[0] = 256;
  print("256 in an unsigned byte", wrap[0]);
  try {
    wrap[0] = 1.5;
  } catch (e) {
    if (isinstance(e, TypeError)) print("TypeError", e);
    else throw e;
  }
  try {
    wrap[1];
  } catch (e) {
    if (isinstance(e, IndexError)) print("IndexError", e);
    else throw e;
  }
}
