// The bytes of a pickle, read from front to end. Every read is checked against what is there before anything is made of it.
import { EOFError, ValueError } from "../exceptions";
import { UnpicklingError } from "./errors";

/** Digits of an integer written in decimal, as CPython limits them. */
const MAX_DIGITS = 4300;

export class Input {
  #at = 0;
  readonly #view: DataView;

  constructor(private readonly bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The next opcode. */
  code(): number {
    if (this.#at === this.bytes.length) throw EOFError("Ran out of input");
    return this.bytes[this.#at++]!;
  }

  #take(size: number): number {
    const at = this.#at;
    if (size > this.bytes.length - at) throw UnpicklingError("pickle data was truncated");
    this.#at = at + size;
    return at;
  }

  uint8(): number {
    return this.bytes[this.#take(1)]!;
  }

  uint16(): number {
    return this.#view.getUint16(this.#take(2), true);
  }

  int32(): number {
    return this.#view.getInt32(this.#take(4), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  /** A length: more than there is, if it is more than a number can tell. */
  uint64(): number {
    return Number(this.#view.getBigUint64(this.#take(8), true));
  }

  float64(): number {
    return this.#view.getFloat64(this.#take(8));
  }

  /** A view of the next `size` bytes. */
  view(size: number): Uint8Array {
    const at = this.#take(size);
    return this.bytes.subarray(at, at + size);
  }

  /** What is said to be there must be there; the frame itself means nothing else. */
  frame(): void {
    const size = this.uint64();
    this.#at = this.#take(size);
  }

  /** A line, without its end. */
  line(): Uint8Array {
    const end = this.bytes.indexOf(0x0a, this.#at);
    if (end < 0) throw UnpicklingError("pickle data was truncated");
    const line = this.bytes.subarray(this.#at, end);
    this.#at = end + 1;
    return line;
  }

  ascii(): string {
    return String.fromCharCode(...this.line().subarray(0, 2 * MAX_DIGITS));
  }

  /** A line that is an integer; a true one is told from `01` and `00`, booleans of protocol 0. */
  integer(): number | bigint | boolean {
    const text = this.ascii();
    if (text === "00") return false;
    if (text === "01") return true;
    return integerOf(text);
  }

  float(): number {
    const text = this.ascii().trim();
    const special = { inf: Infinity, "-inf": -Infinity, nan: Number.NaN }[text];
    if (special !== undefined) return special;
    if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text)) throw ValueError("could not convert string to float");
    return Number(text);
  }

  /** Two's complement of `size` bytes, the lowest first. */
  long(size: number): number | bigint {
    const octets = this.view(size);
    if (size === 0) return 0;
    let hex = "";
    for (let i = size - 1; i >= 0; i--) hex += octets[i]!.toString(16).padStart(2, "0");
    return narrow(BigInt.asIntN(size * 8, BigInt(`0x${hex}`)));
  }
}

/** An int: a number up to 2**53, a bigint beyond. */
export function narrow(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** A decimal integer, with or without the L that Python 2 wrote. */
export function integerOf(text: string): number | bigint {
  const digits = /^\s*[+]?(-?\d+)L?\s*$/.exec(text)?.[1];
  if (digits === undefined || digits.length > MAX_DIGITS) throw ValueError("could not convert string to int");
  return narrow(BigInt(digits));
}
