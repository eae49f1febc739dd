// Unpickling: a stack machine over data. It reads protocols 0 to 5; names are looked up on the list of known.ts, and what is not
// there is refused, so that nothing but data comes of it, whatever the bytes are. One file: a table of opcodes.
import { bytearray, bytes } from "../builtins/bytes";
import { isClass, typeName } from "../builtins/classes";
import { dict } from "../builtins/dict";
import { list } from "../builtins/list";
import { frozenset, set } from "../builtins/set";
import { decode } from "../builtins/text_codecs";
import { type tuple, tupleOf } from "../builtins/tuple";
import { AttributeError, TypeError, ValueError } from "../exceptions";
import { UnpicklingError } from "./errors";
import { Input, integerOf } from "./input";
import { find, knownOf } from "./known";
import { quoted, rawUnicode } from "./old_text";
import { HIGHEST_PROTOCOL, Op } from "./opcodes";
import { decodeText } from "./text";

/** Parts that a key may have. Tuples in tuples, each twice, are few bytes that take for ever to hash. */
const MAX_KEY = 1_000_000;
/** What calls may copy: so many times the pickle's size, and what is granted to the smallest. A list named twice is copied twice. */
const COPIES = 16;
const GRANTED = 1_000_000;

/**
 * The value that a pickle tells of.
 *
 * @throws UnpicklingError if the bytes are no pickle, are cut, or name what is not on the list of known names
 * @throws EOFError if there are none
 */
export function loads(data: Uint8Array): unknown {
  return new Reader(new Input(data), GRANTED + COPIES * data.length).value();
}

class Reader {
  /** What has been made since the last MARK, and before it, from the first MARK on. */
  #stack: unknown[] = [];
  readonly #below: unknown[][] = [];
  readonly #memo = new Map<number, unknown>();
  /** How many parts a tuple or frozenset has, all in all. */
  readonly #parts = new Map<unknown, number>();

  constructor(
    private readonly input: Input,
    private copies: number,
  ) {}

  value(): unknown {
    while (true) {
      const code = this.input.code();
      if (code === Op.STOP) return this.#pop();
      if (!this.#scalar(code) && !this.#container(code) && !this.#shuffle(code) && !this.#call(code)) {
        const shown = code > 0x20 && code < 0x7f && code !== 0x27 ? String.fromCharCode(code) : escaped(code);
        throw UnpicklingError(`invalid load key, '${shown}'.`);
      }
    }
  }

  #push(value: unknown): true {
    this.#stack.push(value);
    return true;
  }

  #pop(): unknown {
    if (this.#stack.length === 0) throw this.#underflow();
    return this.#stack.pop();
  }

  #underflow(): Error {
    return UnpicklingError(this.#below.length > 0 ? "unexpected MARK found" : "unpickling stack underflow");
  }

  #top(): unknown {
    if (this.#stack.length === 0) throw this.#underflow();
    return this.#stack.at(-1);
  }

  /** What has been made since the last MARK, which is taken away. */
  #sinceMark(): unknown[] {
    const made = this.#stack;
    const below = this.#below.pop();
    if (!below) throw UnpicklingError("could not find MARK");
    this.#stack = below;
    return made;
  }

  #scalar(code: Op): boolean {
    const { input } = this;
    switch (code) {
      case Op.NONE:
        return this.#push(null);
      case Op.NEWTRUE:
        return this.#push(true);
      case Op.NEWFALSE:
        return this.#push(false);
      case Op.INT:
        return this.#push(input.integer());
      case Op.BININT:
        return this.#push(input.int32());
      case Op.BININT1:
        return this.#push(input.uint8());
      case Op.BININT2:
        return this.#push(input.uint16());
      case Op.LONG:
        return this.#push(integerOf(input.ascii()));
      case Op.LONG1:
        return this.#push(input.long(input.uint8()));
      case Op.LONG4: {
        const size = input.int32();
        if (size < 0) throw UnpicklingError("LONG pickle has negative byte count");
        return this.#push(input.long(size));
      }
      case Op.FLOAT:
        return this.#push(input.float());
      case Op.BINFLOAT:
        return this.#push(input.float64());
      default:
        return this.#textOrBytes(code);
    }
  }

  #textOrBytes(code: Op): boolean {
    const { input } = this;
    switch (code) {
      case Op.STRING:
        return this.#push(quoted(input.line()));
      case Op.BINSTRING:
        return this.#push(decode(input.view(input.uint32()), "ascii"));
      case Op.SHORT_BINSTRING:
        return this.#push(decode(input.view(input.uint8()), "ascii"));
      case Op.UNICODE:
        return this.#push(rawUnicode(input.line()));
      case Op.BINUNICODE:
        return this.#push(decodeText(input.view(input.uint32())));
      case Op.SHORT_BINUNICODE:
        return this.#push(decodeText(input.view(input.uint8())));
      case Op.BINUNICODE8:
        return this.#push(decodeText(input.view(input.uint64())));
      case Op.BINBYTES:
        return this.#push(copied(input.view(input.uint32())));
      case Op.SHORT_BINBYTES:
        return this.#push(copied(input.view(input.uint8())));
      case Op.BINBYTES8:
        return this.#push(copied(input.view(input.uint64())));
      case Op.BYTEARRAY8:
        return this.#push(bytearray(input.view(input.uint64())));
      default:
        return false;
    }
  }

  #container(code: Op): boolean {
    switch (code) {
      case Op.EMPTY_TUPLE:
        return this.#push(tupleOf([]));
      case Op.TUPLE1:
      case Op.TUPLE2:
      case Op.TUPLE3:
        return this.#push(this.#tuple(this.#last(code - Op.TUPLE1 + 1)));
      case Op.TUPLE:
        return this.#push(this.#tuple(this.#sinceMark()));
      case Op.EMPTY_LIST:
        return this.#push(list([]));
      case Op.LIST:
        return this.#push(list(this.#sinceMark()));
      case Op.APPEND: {
        const item = this.#pop();
        return this.#extend(this.#top(), [item]);
      }
      case Op.APPENDS: {
        const items = this.#sinceMark();
        return this.#extend(this.#top(), items);
      }
      case Op.EMPTY_DICT:
        return this.#push(dict());
      case Op.DICT: {
        const made = dict();
        this.#enter(made, this.#sinceMark(), "DICT");
        return this.#push(made);
      }
      case Op.SETITEM: {
        const pair = this.#last(2);
        return this.#enter(this.#top(), pair, "SETITEM");
      }
      case Op.SETITEMS: {
        const pairs = this.#sinceMark();
        return this.#enter(this.#top(), pairs, "SETITEMS");
      }
      case Op.EMPTY_SET:
        return this.#push(set());
      case Op.ADDITEMS: {
        const items = this.#sinceMark();
        return this.#add(this.#top(), items);
      }
      case Op.FROZENSET: {
        const items = this.#sinceMark();
        for (const item of items) this.#checkKey(item);
        const made = frozenset(items);
        this.#parts.set(made, this.#partsOf(items));
        return this.#push(made);
      }
      default:
        return false;
    }
  }

  #last(n: number): unknown[] {
    if (this.#stack.length < n) throw this.#underflow();
    return this.#stack.splice(-n);
  }

  #tuple(items: unknown[]): tuple {
    const made = tupleOf(items);
    this.#parts.set(made, this.#partsOf(items));
    return made;
  }

  #partsOf(items: readonly unknown[]): number {
    return items.reduce<number>((sum, item) => sum + (this.#parts.get(item) ?? 1), 1);
  }

  #checkKey(key: unknown): void {
    if ((this.#parts.get(key) ?? 1) > MAX_KEY) throw UnpicklingError("a key has too many parts");
  }

  #extend(target: unknown, items: unknown[]): true {
    if (items.length === 0) return true;
    if (!(target instanceof list)) throw AttributeError(`'${typeName(target)}' object has no attribute 'append'`);
    if (items.length === 1) target.append(items[0]);
    else target.extend(items);
    return true;
  }

  #enter(target: unknown, pairs: unknown[], opcode: string): true {
    if (pairs.length === 0) return true;
    if (pairs.length % 2 !== 0) throw UnpicklingError(`odd number of items for ${opcode}`);
    if (!(target instanceof dict)) throw TypeError(`'${typeName(target)}' object does not support item assignment`);
    for (let i = 0; i < pairs.length; i += 2) {
      this.#checkKey(pairs[i]);
      target.set(pairs[i], pairs[i + 1]);
    }
    return true;
  }

  #add(target: unknown, items: unknown[]): true {
    if (items.length === 0) return true;
    if (!(target instanceof set)) throw AttributeError(`'${typeName(target)}' object has no attribute 'add'`);
    for (const item of items) {
      this.#checkKey(item);
      target.add(item);
    }
    return true;
  }

  #shuffle(code: Op): boolean {
    const { input } = this;
    switch (code) {
      case Op.PROTO: {
        const protocol = input.uint8();
        if (protocol > HIGHEST_PROTOCOL) throw ValueError(`unsupported pickle protocol: ${protocol}`);
        return true;
      }
      case Op.FRAME:
        input.frame();
        return true;
      case Op.MARK:
        this.#below.push(this.#stack);
        this.#stack = [];
        return true;
      case Op.POP:
        // Python's own pickles take a mark away like a value.
        if (this.#stack.length === 0 && this.#below.length > 0) this.#sinceMark();
        else this.#pop();
        return true;
      case Op.POP_MARK:
        this.#sinceMark();
        return true;
      case Op.DUP:
        return this.#push(this.#top());
      case Op.PUT:
        return this.#remember(Number(integerOf(input.ascii())));
      case Op.BINPUT:
        return this.#remember(input.uint8());
      case Op.LONG_BINPUT:
        return this.#remember(input.uint32());
      case Op.MEMOIZE:
        return this.#remember(this.#memo.size);
      case Op.GET:
        return this.#recall(Number(integerOf(input.ascii())));
      case Op.BINGET:
        return this.#recall(input.uint8());
      case Op.LONG_BINGET:
        return this.#recall(input.uint32());
      default:
        return false;
    }
  }

  #remember(index: number): true {
    this.#memo.set(index, this.#top());
    return true;
  }

  #recall(index: number): true {
    const value = this.#memo.get(index);
    if (value === undefined) throw UnpicklingError(`Memo value not found at index ${index}`);
    return this.#push(value);
  }

  #call(code: Op): boolean {
    const { input } = this;
    switch (code) {
      case Op.GLOBAL:
        return this.#push(find(decodeText(input.line()), decodeText(input.line())).value);
      case Op.STACK_GLOBAL: {
        const [module, name] = this.#last(2);
        if (typeof module !== "string" || typeof name !== "string") {
          throw UnpicklingError("STACK_GLOBAL requires str");
        }
        return this.#push(find(module, name).value);
      }
      case Op.REDUCE: {
        const [callable, args] = this.#last(2);
        return this.#push(this.#called(callable, args));
      }
      case Op.NEWOBJ: {
        const [cls, args] = this.#last(2);
        return this.#push(this.#made("NEWOBJ", cls, args));
      }
      case Op.NEWOBJ_EX: {
        const [cls, args, keywords] = this.#last(3);
        if (!(keywords instanceof dict) || keywords.length > 0) {
          throw UnpicklingError("NEWOBJ_EX with keyword arguments is forbidden: a pickle is read as data only");
        }
        return this.#push(this.#made("NEWOBJ_EX", cls, args));
      }
      case Op.OBJ: {
        const [cls, ...args] = this.#sinceMark();
        return this.#push(this.#called(cls, tupleOf(args)));
      }
      case Op.INST: {
        const { value } = find(decodeText(input.line()), decodeText(input.line()));
        return this.#push(this.#called(value, tupleOf(this.#sinceMark())));
      }
      case Op.BUILD: {
        const state = this.#pop();
        build(this.#top(), state);
        return true;
      }
      default:
        return this.#outside(code);
    }
  }

  #called(callable: unknown, args: unknown): unknown {
    if (!Array.isArray(args)) throw TypeError("argument list must be a tuple");
    const known = knownOf(callable);
    if (!known?.call) {
      throw UnpicklingError(`a call of '${typeName(callable)}' is forbidden: a pickle is read as data only`);
    }
    for (const arg of args) this.#charge(arg);
    return known.call(...args);
  }

  /** A call may copy its argument, and take its items for keys. */
  #charge(arg: unknown): void {
    const isItems = Array.isArray(arg) || arg instanceof list;
    if (!isItems && typeof arg !== "string" && !(arg instanceof Uint8Array)) return;
    this.copies -= arg.length;
    if (this.copies < 0) throw UnpicklingError("the pickle copies too much");
    if (isItems) for (const item of arg as Iterable<unknown>) this.#checkKey(item);
  }

  #made(opcode: string, cls: unknown, args: unknown): unknown {
    if (!isClass(cls)) throw UnpicklingError(`${opcode} class argument must be a type, not ${typeName(cls)}`);
    return this.#called(cls, args);
  }

  /** What asks for more than there is in the pickle. */
  #outside(code: Op): boolean {
    switch (code) {
      case Op.PERSID:
      case Op.BINPERSID:
        throw UnpicklingError(
          "A load persistent id instruction was encountered,\nbut no persistent_load function was specified.",
        );
      case Op.EXT1:
        throw ValueError(`unregistered extension code ${this.input.uint8()}`);
      case Op.EXT2:
        throw ValueError(`unregistered extension code ${this.input.uint16()}`);
      case Op.EXT4:
        throw ValueError(`unregistered extension code ${this.input.int32()}`);
      case Op.NEXT_BUFFER:
        throw UnpicklingError("pickle stream refers to out-of-band data but no *buffers* argument was given");
      case Op.READONLY_BUFFER: {
        const buffer = this.#top();
        if (buffer instanceof Uint8Array) return true;
        throw TypeError(`memoryview: a bytes-like object is required, not '${typeName(buffer)}'`);
      }
      default:
        return false;
    }
  }
}

function build(object: unknown, state: unknown): void {
  if (state === null) return;
  const known = typeof object === "object" && object !== null ? knownOf(object.constructor) : undefined;
  if (!known?.build) throw UnpicklingError(`'${typeName(object)}' object takes no state`);
  known.build(object, state);
}

/** Bytes of their own: the pickle's memory is not kept for them. */
function copied(view: Uint8Array): bytes {
  return bytes(view);
}

function escaped(code: number): string {
  return code === 0x27 ? "\\'" : code === 0x5c ? "\\\\" : `\\x${code.toString(16).padStart(2, "0")}`;
}
