// ctypes' simple types: c_int and its like.
import { typeName } from "../builtins/classes";
import { repr } from "../builtins/repr";
import { type Callable, callable } from "../callable";
import { TypeError } from "../exceptions";
import { ints, view } from "../kernel/kernel";
import { defineAll } from "../registry";
import { takesAttributes } from "../runtime/facade_attributes";
import { arrayOf, times } from "./array";
import { ARRAY, bytesOf, CData, defineFormat } from "./data";
import { FORMATS, Format, readAt, real, wrapped, writeAt } from "./formats";

export class SimpleType extends CData {
  static readonly size: number;
  static readonly alignment: number;
  static readonly format: Format;

  /** An array type with so many items: `c_int * 3` in Python. */
  static __mul__(length: number): Function {
    // biome-ignore lint/complexity/noThisInStatic: the class that is asked, and not this one
    return times(this as never, length);
  }

  constructor(...args: [value?: unknown]) {
    super();
    if (args.length > 1) throw TypeError(`__init__ expected at most 1 argument, got ${args.length}`);
    if (args.length > 0) this.value = args[0];
  }

  /**
   * Of a number's type a number, of c_char a byte, of c_wchar a character. An assignment of what is not of the type raises
   * TypeError; integers wrap around.
   */
  declare value: any;

  __repr__(): string {
    return `${typeName(this)}(${repr(this.value)})`;
  }
}

/** The property `value` of a type: those that programs count with have one made to measure. */
function valueOf(format: Format): PropertyDescriptor & ThisType<SimpleType> {
  if (format === Format.Int) {
    return {
      get() {
        return ints[bytesOf(this) >>> 2];
      },
      set(value: unknown) {
        ints[bytesOf(this) >>> 2] = typeof value === "number" && (value | 0) === value ? value : wrapped(value);
      },
    };
  }
  if (format === Format.Double) {
    return {
      get() {
        return view[bytesOf(this) >>> 3];
      },
      set(value: unknown) {
        view[bytesOf(this) >>> 3] = typeof value === "number" ? value : real(value);
      },
    };
  }
  return {
    get() {
      return readAt(format, bytesOf(this));
    },
    set(value: unknown) {
      writeAt(format, bytesOf(this), value);
    },
  };
}

export type SimpleClass = Callable<typeof SimpleType>;

/** The class of a simple type. */
function simple(format: Format): SimpleClass {
  const [size, name] = FORMATS[format];
  const cls = callable(
    class extends SimpleType {
      static override readonly __module__ = "ctypes";
      static override readonly size = size;
      static override readonly alignment = size;
      static override readonly format = format;
    },
    name,
  );
  Object.defineProperty(cls.prototype, "value", valueOf(format));
  defineFormat(format, () => cls);
  defineFormat(format + ARRAY, (bytes) => arrayOf(cls, bytes / size));
  takesAttributes(cls);
  return cls;
}

export const c_char = simple(Format.Char);
export const c_wchar = simple(Format.WChar);
export const c_byte = simple(Format.Byte);
export const c_ubyte = simple(Format.UByte);
export const c_short = simple(Format.Short);
export const c_ushort = simple(Format.UShort);
export const c_int = simple(Format.Int);
export const c_uint = simple(Format.UInt);
export const c_long = simple(Format.Long);
export const c_ulong = simple(Format.ULong);
export const c_float = simple(Format.Float);
export const c_double = simple(Format.Double);
export const c_bool = simple(Format.Bool);

/** The types that Python's array module knows by a letter. */
export const TYPECODES: Readonly<Record<string, SimpleClass>> = {
  c: c_char,
  u: c_wchar,
  b: c_byte,
  B: c_ubyte,
  h: c_short,
  H: c_ushort,
  i: c_int,
  I: c_uint,
  l: c_long,
  L: c_ulong,
  q: c_long,
  Q: c_ulong,
  f: c_float,
  d: c_double,
};

defineAll("ctypes", {
  c_char,
  c_wchar,
  c_byte,
  c_ubyte,
  c_short,
  c_ushort,
  c_int,
  c_uint,
  c_long,
  c_ulong,
  c_float,
  c_double,
  c_bool,
});
