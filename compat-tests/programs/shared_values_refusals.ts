// What values and memory that processes share refuse, and what they show.
import { ctypes } from "pythreads";
import { bytearray, bytes, eq, in_, len, list, memoryview, print, range, reversed, slice, str, type } from "pythreads/builtins";
import { Array, Value } from "pythreads/multiprocessing";
import { SharedMemory } from "pythreads/multiprocessing/shared_memory";
import { copy, RawArray, RawValue, synchronized } from "pythreads/multiprocessing/sharedctypes";

function attempt(f: any) {
  try {
    print(f());
  } catch (e: any) {
    print(type(e).__name__, str(e));
  }
}

function set_value(x: any, value: any) {
  x.value = value;
  return x.value;
}

const real = RawValue("d");
attempt(() => set_value(real, 10n ** 400n));
attempt(() => set_value(RawValue("f"), -(10n ** 400n)));
attempt(() => len(RawArray("i", true as never)));

const a = RawArray("i", 4);
attempt(() => a["a"]);
attempt(() => a.__setitem__("a", 1));
attempt(() => a.__getitem__(2n ** 70n));
attempt(() => a.__setitem__(slice(0, 2), 5));
attempt(() => a.__setitem__(slice(2, 0), 5));
attempt(() => a.__setitem__(slice(0, 2), [1]));
attempt(() => a.__getitem__(slice("a" as never, null)));
attempt(() => a.__delitem__(0));
a.__setitem__(slice(null), range(4));
print(list(reversed(a)), list(reversed(Array("h", [1, 2]))));

const c = RawArray("c", 4);
attempt(() => set_value(c, bytearray(bytes("ab"))));
attempt(() => set_value(c, memoryview(bytes("ab"))));
attempt(() => set_value(c, bytes("ab")));

attempt(() => copy(3 as never));
attempt(() => copy(Array("i", [4, 5])));
attempt(() => synchronized(3 as never));
attempt(() => synchronized(Value("i", 3)));
print(Value(ctypes.c_longlong, 3), Value(ctypes.c_uint8, 300));

attempt(() => SharedMemory(3 as never));
attempt(() => SharedMemory("a/b", { create: true, size: 3 }));
attempt(() => SharedMemory("", { create: true, size: 3 }));

const m = SharedMemory({ create: true, size: 8 });
const b = m.buf;
print(type(b).__name__, b.readonly, b.format, b.itemsize, b.ndim);
attempt(() => b.__setitem__(0, "a" as never));
attempt(() => b.__setitem__(0, 256));
attempt(() => b.__setitem__(100000, 1));
attempt(() => b[-100000]);
attempt(() => b.__setitem__(slice(0, 3), "abc" as never));
attempt(() => b.__setitem__(slice(0, 3), bytes("abcd")));
b.__setitem__(slice(0, 3), bytearray(bytes("xyz")));
const part = b.__getitem__(slice(0, 3));
print(eq(part, bytes("xyz")), in_(120, part), part.hex(), part.shape);
attempt(() => memoryview(bytes("abc")).__setitem__(0, 1));
m.close();
m.unlink();
