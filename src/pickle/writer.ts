// Pickling: data as Python's pickle module writes it, protocols 2 to 5.
import { bytearray, bytes } from "../builtins/bytes";
import { hostErrorName, isPlainObject, method, typeName } from "../builtins/classes";
import { dict } from "../builtins/dict";
import { dict_items, dict_keys, dict_values } from "../builtins/dict_views";
import { list } from "../builtins/list";
import { repr } from "../builtins/repr";
import { frozenset, set } from "../builtins/set";
import { tuple } from "../builtins/tuple";
import { BaseException, hostClass, RecursionError, TypeError, ValueError } from "../exceptions";
import { PicklingError } from "./errors";
import { encodeBytes, knownOf, nameOf, type Reduced } from "./known";
import { DEFAULT_PROTOCOL, HIGHEST_PROTOCOL, Op } from "./opcodes";
import { encodeText } from "./text";

/** Items that one opcode adds to a container. */
const BATCH = 1000;
/** Where the frame's length stands, after PROTO, and what comes first in it. */
const FRAME_AT = 2;
const FRAME_HEADER = 9;

/**
 * The pickle of `value`. A plain array goes as a list, an object literal or Map as a dict, a Set as a set.
 *
 * @param protocol 2 to 5; negative means the highest
 * @throws PicklingError for what Python could not make anything of
 */
export function dumps(value: unknown, protocol: number | null = DEFAULT_PROTOCOL): bytes {
  const chosen = protocol === null ? DEFAULT_PROTOCOL : protocol < 0 ? HIGHEST_PROTOCOL : protocol;
  if (chosen > HIGHEST_PROTOCOL) throw ValueError(`pickle protocol must be <= ${HIGHEST_PROTOCOL}`);
  if (chosen < 2) throw ValueError("pickle protocols 0 and 1 are read, but not written");
  try {
    return new Writer(chosen).pickle(value);
  } catch (error) {
    if (!(error instanceof RangeError) || hostErrorName(error) !== "RecursionError") throw error;
    throw RecursionError("maximum recursion depth exceeded while pickling an object");
  }
}

class Writer {
  #buffer = new Uint8Array(256);
  #view = new DataView(this.#buffer.buffer);
  #at = 0;
  /** Strings by value, all else by identity: whatever has been written once is then a number. */
  readonly #memo = new Map<unknown, number>();

  constructor(private readonly protocol: number) {}

  pickle(value: unknown): bytes {
    this.#code(Op.PROTO);
    this.#byte(this.protocol);
    const framed = this.protocol >= 4;
    if (framed) this.#at += FRAME_HEADER;
    this.#save(value);
    this.#code(Op.STOP);
    if (framed) {
      this.#buffer[FRAME_AT] = Op.FRAME;
      this.#view.setBigUint64(FRAME_AT + 1, BigInt(this.#at - FRAME_AT - FRAME_HEADER), true);
    }
    return bytes(this.#buffer.slice(0, this.#at));
  }

  #save(value: unknown): void {
    switch (typeof value) {
      case "undefined":
        return this.#code(Op.NONE);
      case "boolean":
        return this.#code(value ? Op.NEWTRUE : Op.NEWFALSE);
      case "number":
        return this.#number(value);
      case "bigint":
        return this.#long(value);
      case "string":
        return this.#text(value);
      case "function":
        return this.#global(value);
      case "object":
        return value === null ? this.#code(Op.NONE) : this.#object(value);
      default:
        throw TypeError(`cannot pickle '${typeName(value)}' object`);
    }
  }

  #object(value: object): void {
    if (this.#isKnownAs(value)) return;
    const { constructor } = value;
    switch (constructor) {
      case tuple:
        return this.#tuple(value as unknown[]);
      case list:
      case Array:
        return this.#list(value as unknown[]);
      case dict:
        return this.#dict(value, (value as dict).items());
      case Map:
        return this.#dict(value, value as Map<unknown, unknown>);
      case set:
      case Set:
        return this.#set(value as Iterable<unknown>);
      case frozenset:
        return this.#frozenset(value as Iterable<unknown>);
      case dict_keys:
      case dict_values:
      case dict_items:
        // As multiprocessing has it: a view travels as a list.
        return this.#reduced(value, { call: list, args: [[...(value as Iterable<unknown>)]] });
      case bytearray:
        return this.#bytearray(value as Uint8Array);
      case bytes:
      case Uint8Array:
      case globalThis.Buffer:
        return this.#bytes(value as Uint8Array);
    }
    if (isPlainObject(value)) return this.#dict(value, Object.entries(value));
    const known = knownOf(constructor);
    if (known?.reduce) return this.#reduced(value, known.reduce(value));
    const own = method(value, "__reduce__");
    if (own) return this.#reduced(value, own() as Reduced);
    if (value instanceof Error && !(value instanceof BaseException)) {
      return this.#reduced(value, { call: hostClass(value), args: [value.message] });
    }
    if (typeof constructor !== "function") throw TypeError(`cannot pickle '${typeName(value)}' object`);
    this.#refuse(constructor);
  }

  /** A name, as which a class or function goes. */
  #global(value: unknown): void {
    if (this.#isKnownAs(value)) return;
    const name = nameOf(value);
    if (!name) this.#refuse(value);
    if (this.protocol >= 4) {
      this.#text(name[0]);
      this.#text(name[1]);
      this.#code(Op.STACK_GLOBAL);
    } else {
      this.#code(Op.GLOBAL);
      this.#raw(encodeText(`${name[0]}\n${name[1]}\n`));
    }
    this.#memoize(value);
  }

  #refuse(value: unknown): never {
    throw PicklingError(`Can't pickle ${repr(value)}: only data, and classes that Python has too, can be sent to it`);
  }

  #reduced(value: object, { call, args, state }: Reduced): void {
    this.#global(call);
    this.#save(tuple(args));
    this.#code(Op.REDUCE);
    this.#memoize(value);
    if (state === undefined) return;
    this.#save(state);
    this.#code(Op.BUILD);
  }

  #number(value: number): void {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) {
      this.#code(Op.BINFLOAT);
      this.#room(8);
      this.#view.setFloat64(this.#at, value);
      this.#at += 8;
      return;
    }
    if (value >= 0 && value < 0x100) {
      this.#code(Op.BININT1);
      return this.#byte(value);
    }
    if (value >= 0 && value < 0x10000) {
      this.#code(Op.BININT2);
      this.#byte(value & 0xff);
      return this.#byte(value >> 8);
    }
    if ((value | 0) !== value) return this.#long(BigInt(value));
    this.#code(Op.BININT);
    this.#uint32(value);
  }

  /** Two's complement, the lowest byte first, with room for the sign. */
  #long(value: bigint): void {
    const digits = (value < 0n ? -value : value).toString(16);
    const size = value === 0n ? 0 : (digits.length >> 1) + 1;
    const octets = new Uint8Array(size);
    const hex = (value < 0n ? (1n << BigInt(size * 8)) + value : value).toString(16).padStart(size * 2, "0");
    for (let i = 0; i < size; i++) octets[size - 1 - i] = Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16);
    const used = lengthWithSign(octets);
    if (used < 0x100) {
      this.#code(Op.LONG1);
      this.#byte(used);
    } else {
      this.#code(Op.LONG4);
      this.#uint32(used);
    }
    this.#raw(octets.subarray(0, used));
  }

  #text(text: string): void {
    if (this.#isKnownAs(text)) return;
    const data = encodeText(text);
    if (this.protocol >= 4 && data.length < 0x100) {
      this.#code(Op.SHORT_BINUNICODE);
      this.#byte(data.length);
    } else this.#sized(Op.BINUNICODE, Op.BINUNICODE8, data.length);
    this.#raw(data);
    this.#memoize(text);
  }

  #bytes(value: Uint8Array): void {
    if (this.protocol < 3) return this.#reduced(value, latin1(value));
    if (value.length < 0x100) {
      this.#code(Op.SHORT_BINBYTES);
      this.#byte(value.length);
    } else this.#sized(Op.BINBYTES, Op.BINBYTES8, value.length);
    this.#raw(value);
    this.#memoize(value);
  }

  #bytearray(value: Uint8Array): void {
    if (this.protocol < 5) return this.#reduced(value, { call: bytearray, args: [bytes(value)] });
    this.#code(Op.BYTEARRAY8);
    this.#uint64(value.length);
    this.#raw(value);
    this.#memoize(value);
  }

  #list(value: Iterable<unknown>): void {
    this.#code(Op.EMPTY_LIST);
    this.#memoize(value);
    this.#batches([...value], Op.APPEND, Op.APPENDS);
  }

  #dict(value: object, pairs: Iterable<readonly [unknown, unknown]>): void {
    this.#code(Op.EMPTY_DICT);
    this.#memoize(value);
    this.#batches([...pairs], Op.SETITEM, Op.SETITEMS, ([key, item]) => {
      this.#save(key);
      this.#save(item);
    });
  }

  #set(value: Iterable<unknown>): void {
    if (this.protocol < 4) return this.#reduced(value, { call: set, args: [[...value]] });
    this.#code(Op.EMPTY_SET);
    this.#memoize(value);
    this.#batches([...value], undefined, Op.ADDITEMS);
  }

  #batches<T>(items: T[], one: Op | undefined, many: Op, save = (item: T) => this.#save(item)): void {
    for (let from = 0; from < items.length; from += BATCH) {
      const batch = items.slice(from, from + BATCH);
      const single = batch.length === 1 && one !== undefined;
      if (!single) this.#code(Op.MARK);
      batch.forEach(save);
      this.#code(single ? one : many);
    }
  }

  #frozenset(value: Iterable<unknown>): void {
    if (this.protocol < 4) return this.#reduced(value, { call: frozenset, args: [[...value]] });
    this.#code(Op.MARK);
    for (const item of value) this.#save(item);
    if (this.#isMemoizedMeanwhile(value, Op.POP_MARK)) return;
    this.#code(Op.FROZENSET);
    this.#memoize(value);
  }

  #tuple(value: readonly unknown[]): void {
    const { length } = value;
    if (length === 0) return this.#code(Op.EMPTY_TUPLE);
    if (length > 3) this.#code(Op.MARK);
    for (const item of value) this.#save(item);
    if (length > 3) {
      if (this.#isMemoizedMeanwhile(value, Op.POP_MARK)) return;
      this.#code(Op.TUPLE);
    } else {
      if (this.#isMemoizedMeanwhile(value, Op.POP, length)) return;
      this.#code(Op.TUPLE1 + length - 1);
    }
    this.#memoize(value);
  }

  /** A container that cannot be changed has been written while its items were, if one of them leads back to it. */
  #isMemoizedMeanwhile(value: unknown, pop: Op, times = 1): boolean {
    if (!this.#memo.has(value)) return false;
    for (let i = 0; i < times; i++) this.#code(pop);
    return this.#isKnownAs(value);
  }

  #isKnownAs(value: unknown): boolean {
    const index = this.#memo.get(value);
    if (index === undefined) return false;
    if (index < 0x100) {
      this.#code(Op.BINGET);
      this.#byte(index);
    } else {
      this.#code(Op.LONG_BINGET);
      this.#uint32(index);
    }
    return true;
  }

  #memoize(value: unknown): void {
    const index = this.#memo.size;
    this.#memo.set(value, index);
    if (this.protocol >= 4) return this.#code(Op.MEMOIZE);
    if (index < 0x100) {
      this.#code(Op.BINPUT);
      this.#byte(index);
    } else {
      this.#code(Op.LONG_BINPUT);
      this.#uint32(index);
    }
  }

  #sized(code: Op, long: Op, length: number): void {
    if (length <= 0xffffffff) {
      this.#code(code);
      this.#uint32(length);
    } else {
      this.#code(long);
      this.#uint64(length);
    }
  }

  #code(code: Op): void {
    this.#byte(code);
  }

  #byte(byte: number): void {
    this.#room(1);
    this.#buffer[this.#at++] = byte;
  }

  #uint32(value: number): void {
    this.#room(4);
    this.#view.setUint32(this.#at, value, true);
    this.#at += 4;
  }

  #uint64(value: number): void {
    this.#room(8);
    this.#view.setBigUint64(this.#at, BigInt(value), true);
    this.#at += 8;
  }

  #raw(data: Uint8Array): void {
    this.#room(data.length);
    this.#buffer.set(data, this.#at);
    this.#at += data.length;
  }

  #room(size: number): void {
    if (this.#at + size <= this.#buffer.length) return;
    const larger = new Uint8Array(Math.max(this.#buffer.length * 2, this.#at + size));
    larger.set(this.#buffer);
    this.#buffer = larger;
    this.#view = new DataView(larger.buffer);
  }
}

/** How many of these bytes say all, sign included. */
function lengthWithSign(octets: Uint8Array): number {
  let used = octets.length;
  while (used > 1) {
    const [sign, next] = [octets[used - 1]!, octets[used - 2]!];
    if (!((sign === 0 && next < 0x80) || (sign === 0xff && next >= 0x80))) break;
    used--;
  }
  return used;
}

/** Bytes for protocol 2, which has only text. */
function latin1(value: Uint8Array): Reduced {
  if (value.length === 0) return { call: bytes, args: [] };
  let text = "";
  for (let i = 0; i < value.length; i += 4096) text += String.fromCharCode(...value.subarray(i, i + 4096));
  return { call: encodeBytes, args: [text, "latin1"] };
}
