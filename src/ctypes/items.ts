// What stands in the memory of an array or a structure: values of simple types, and objects of other types, which lie there.
import { bytes } from "../builtins/bytes";
import { errorTypeName, typeName } from "../builtins/classes";
import { list } from "../builtins/list";
import { str } from "../builtins/repr";
import { RuntimeError, TypeError, ValueError } from "../exceptions";
import { bytes as memory, reach } from "../kernel/kernel";
import { ARRAY, bytesOf, CData, type CType, isSimple, partOf } from "./data";
import { Format, readAt, writeAt } from "./formats";

/** The item of a type at an address in `whole`: a value, or where the type is not simple an object that lies there. */
export function itemAt(whole: CData, type: CType, place: number): unknown {
  return isSimple(type) ? readAt(type.format, place) : partOf(whole, type, place);
}

/** Stores a value of a type, or a tuple of what one is made of. */
export function storeAt(type: CType, place: number, value: unknown): void {
  if (isSimple(type)) return writeAt(type.format, place, value);
  const item = Array.isArray(value) || value instanceof list ? madeOf(type, value as Iterable<unknown>) : value;
  if (!(item instanceof type)) {
    const { name } = type as unknown as Function;
    if (!(item instanceof CData)) throw TypeError(`expected ${name} instance, got ${typeName(item)}`);
    throw TypeError(`incompatible types, ${typeName(item)} instance instead of ${name} instance`);
  }
  const from = bytesOf(item);
  reach(place + type.size);
  memory.copyWithin(place, from, from + type.size);
}

function madeOf(type: CType, parts: Iterable<unknown>): CData {
  try {
    return new type(...parts);
  } catch (error) {
    throw RuntimeError(`(${(type as unknown as Function).name}) ${errorTypeName(error)}: ${str(error)}`);
  }
}

/** As itemAt, for a structure's field: there an array of characters is their bytes or string up to the first zero. */
export function fieldAt(whole: CData, type: CType, place: number): unknown {
  switch (type.format) {
    case Format.Char + ARRAY: {
      const raw = memory.slice(place, place + type.size);
      const end = raw.indexOf(0);
      return bytes(end < 0 ? raw : raw.subarray(0, end));
    }
    case Format.WChar + ARRAY: {
      let text = "";
      for (let at = place; at < place + type.size; at += 4) {
        const character = readAt(Format.WChar, at) as string;
        if (character === "\0") break;
        text += character;
      }
      return text;
    }
    default:
      return itemAt(whole, type, place);
  }
}

export function storeField(type: CType, place: number, value: unknown): void {
  const { format, size } = type;
  if (value instanceof type) return storeAt(type, place, value);
  if (format === Format.Char + ARRAY) {
    if (!(value instanceof bytes)) throw TypeError(`expected bytes, ${typeName(value)} found`);
    if (value.length > size) throw ValueError(`bytes too long (${value.length}, maximum length ${size})`);
    memory.set(value, place);
    if (value.length < size) memory[place + value.length] = 0;
  } else if (format === Format.WChar + ARRAY) {
    if (typeof value !== "string") throw TypeError(`unicode string expected instead of ${typeName(value)} instance`);
    const characters = [...value];
    const length = size / 4;
    if (characters.length > length) {
      throw ValueError(`string too long (${characters.length}, maximum length ${length})`);
    }
    if (characters.length < length) characters.push("\0");
    characters.forEach((character, i) => writeAt(Format.WChar, place + i * 4, character));
  } else storeAt(type, place, value);
}
