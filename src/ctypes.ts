// What Python's ctypes has for shared values: C's simple types, arrays of them, structures.
import { CData } from "./ctypes/data";
import { c_byte, c_int, c_long, c_short, c_ubyte, c_uint, c_ulong, c_ushort } from "./ctypes/simple";
import { TypeError } from "./exceptions";
import { defineAll } from "./registry";

export {
  c_bool,
  c_byte,
  c_char,
  c_double,
  c_float,
  c_int,
  c_long,
  c_short,
  c_ubyte,
  c_uint,
  c_ulong,
  c_ushort,
  c_wchar,
} from "./ctypes/simple";
export { Structure } from "./ctypes/structure";

export const c_int8 = c_byte;
export const c_uint8 = c_ubyte;
export const c_int16 = c_short;
export const c_uint16 = c_ushort;
export const c_int32 = c_int;
export const c_uint32 = c_uint;
export const c_int64 = c_long;
export const c_uint64 = c_ulong;
export const c_longlong = c_long;
export const c_ulonglong = c_ulong;
export const c_size_t = c_ulong;
export const c_ssize_t = c_long;

/** Bytes of an object of a C type, or of those of a class. */
export function sizeof(obj_or_type: unknown): number {
  const type = obj_or_type instanceof CData ? obj_or_type.constructor : obj_or_type;
  const size = typeof type === "function" ? (type as { size?: unknown }).size : undefined;
  if (typeof size === "number") return size;
  throw TypeError("this type has no size");
}

defineAll("ctypes", { sizeof });
