// What all objects of C's types are: facades of bytes in kernel memory, which have a format beside them.
//
// The format of a simple type is its number, that of an array of such the number with ARRAY added. That of a structure is 0, and
// the object's class is known as that of any library object whose class a program has derived; of any other array it is ARRAY,
// and its items' class is known likewise.
import { Kind } from "../../assembly/status";
import { kernel, bytes as memory, reach } from "../kernel/kernel";
import { addressOf, KIND, reviveKind, Shared } from "../runtime/shared";
import { allocated } from "../runtime/wait";

export const ARRAY = 0x100;
export const STRUCTURE = 0;

const BYTES = Symbol("bytes");
const WITHIN = Symbol("within");

/** What a class of C's type tells of its objects. */
export interface CType<T extends CData = CData> {
  new (...args: any[]): T;
  readonly size: number;
  readonly format: number;
  /** Its objects begin at multiples of so many bytes. */
  readonly alignment: number;
}

export function isSimple({ format }: CType): boolean {
  return format !== STRUCTURE && format < ARRAY;
}

export abstract class CData extends Shared<true> {
  static readonly __module__: string = "ctypes";

  declare [BYTES]: number | undefined;
  /** The array or structure in whose memory an item lies, which lives as long. */
  declare [WITHIN]: CData | undefined;

  get [KIND](): Kind {
    return Kind.Memory;
  }

  constructor() {
    super(true);
  }

  protected promote(): number {
    const { size, format } = this.constructor as unknown as CType;
    const address = allocated(kernel.memory_new(size, format));
    const from = this[BYTES];
    if (from === undefined) return address;
    // An item of another object, which another thread or process gets as a copy.
    const to = kernel.memory_bytes(address) >>> 0;
    reach(to + size);
    memory.copyWithin(to, from, from + size);
    return address;
  }
}

/** Address of the object's first byte. */
export function bytesOf(data: CData): number {
  const known = data[BYTES];
  if (known !== undefined) return known;
  const address = addressOf(data);
  const first = kernel.memory_bytes(address) >>> 0;
  reach(first + kernel.memory_size(address));
  data[BYTES] = first;
  return first;
}

/** An object of a type that is part of another, at the address `first`. */
export function partOf<T extends CData>(whole: CData, type: CType<T>, first: number): T {
  const part = new type();
  part[BYTES] = first;
  part[WITHIN] = whole;
  return part;
}

type ClassOf = (size: number, address: number) => Function;

const classes = new Map<number, ClassOf>();

/** Tells which class objects of a format have, by their size in bytes, or else by the object at an address. */
export function defineFormat(format: number, classOf: ClassOf): void {
  classes.set(format, classOf);
}

reviveKind(Kind.Memory, (address) => {
  const classOf = classes.get(kernel.memory_format(address));
  return Shared.revive(classOf ? classOf(kernel.memory_size(address), address) : CData, address);
});
