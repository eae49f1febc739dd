// What array.array is to Python's managers: numbers of one type of C's.
import { signature } from "../../arguments";
import { typeName } from "../../builtins/classes";
import { list } from "../../builtins/list";
import { iterate } from "../../builtins/protocol";
import { repr } from "../../builtins/repr";
import { slice } from "../../builtins/slice";
import { callable } from "../../callable";
import { IndexError, OverflowError, TypeError, ValueError } from "../../exceptions";
import { defineAll } from "../../registry";
import { Instance } from "../../runtime/instance";

const bindInit = signature<[typecode: string, initializer: unknown]>("array.__init__(typecode, initializer: data=())");

/** Bytes of an integer type, and its name in messages. */
const INTEGERS: Record<string, [size: number, signed: boolean, name: string]> = {
  b: [1, true, "signed char"],
  B: [1, false, "unsigned byte integer"],
  h: [2, true, "signed short integer"],
  H: [2, false, "unsigned short"],
  i: [4, true, "signed integer"],
  I: [4, false, "unsigned int"],
  l: [8, true, ""],
  L: [8, false, ""],
  q: [8, true, ""],
  Q: [8, false, ""],
};

function integer(typecode: string, value: unknown): number | bigint {
  const [size, signed, name] = INTEGERS[typecode]!;
  if (typeof value === "boolean") return Number(value);
  if (typeof value !== "bigint" && !Number.isInteger(value)) {
    throw TypeError(`'${typeName(value)}' object cannot be interpreted as an integer`);
  }
  const n = BigInt(value as number | bigint);
  const bits = BigInt(size * 8);
  const [least, most] = signed ? [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n] : [0n, (1n << bits) - 1n];
  if (n < least) {
    if (signed) throw OverflowError(size < 8 ? `${name} is less than minimum` : "int too big to convert");
    if (size < 4) throw OverflowError(`${name} is less than minimum`);
    throw OverflowError(
      typecode === "Q" ? "can't convert negative int to unsigned" : "can't convert negative value to unsigned int",
    );
  }
  if (n > most) throw OverflowError(size < 8 ? `${name} is greater than maximum` : "int too big to convert");
  return value as number | bigint;
}

function coerced(typecode: string, value: unknown): unknown {
  if (typecode === "u") {
    if (typeof value === "string" && [...value].length === 1) return value;
    throw TypeError("array item must be unicode character");
  }
  if (typecode in INTEGERS) return integer(typecode, value);
  if (typeof value !== "number" && typeof value !== "bigint" && typeof value !== "boolean") {
    throw TypeError(`must be real number, not ${typeName(value)}`);
  }
  return typecode === "f" ? Math.fround(Number(value)) : Number(value);
}

class ArrayType extends Instance {
  static readonly __module__: string = "array";

  declare typecode: string;
  declare _items: list<any>;

  constructor(typecode: string, initializer?: Iterable<unknown>);
  constructor(...args: unknown[]) {
    const [typecode, initializer] = bindInit(args);
    if (!/^[bBuhHiIlLqQfd]$/.test(typecode)) {
      throw ValueError("bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)");
    }
    super();
    this.typecode = typecode;
    this._items = list([...iterate(initializer)].map((item) => coerced(typecode, item)));
  }

  __len__(): number {
    return this._items.length;
  }

  __getitem__(index: any): any {
    if (index instanceof slice) return new array(this.typecode, this._items.__getitem__(index) as never);
    const length = this._items.length;
    if (index < -length || index >= length) throw IndexError("array index out of range");
    return this._items.__getitem__(index);
  }

  __setitem__(index: any, value: unknown): void {
    if (index instanceof slice) {
      this._items.__setitem__(index, (value as ArrayType)._items as never);
      return;
    }
    const item = coerced(this.typecode, value);
    const length = this._items.length;
    if (index < -length || index >= length) throw IndexError("array assignment index out of range");
    this._items.__setitem__(index, item);
  }

  append(value: unknown): void {
    this._items.append(coerced(this.typecode, value));
  }

  tolist(): list<any> {
    return list([...this._items]);
  }

  *[Symbol.iterator](): Generator<any> {
    yield* this._items;
  }

  __repr__(): string {
    if (this._items.length === 0) return `array('${this.typecode}')`;
    const items =
      this.typecode === "u" ? repr([...this._items].join("")) : `[${[...this._items].map((x) => repr(x)).join(", ")}]`;
    return `array('${this.typecode}', ${items})`;
  }
}

/** Numbers of one type of C's, named by Python's typecode. */
export const array = callable(ArrayType, "array");
export type array = ArrayType;

defineAll("array", { array });
