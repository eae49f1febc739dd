// ctypes' Structure: a class with named fields of simple types, at the offsets that C would give them.

import { isPlainObject } from "../builtins/classes";
import { callable } from "../callable";
import { AttributeError, TypeError } from "../exceptions";
import { kernel } from "../kernel/kernel";
import { defineAll } from "../registry";
import { classSlot } from "../runtime/attributes";
import { itemClassAt, takesAttributes } from "../runtime/facade_attributes";
import { read } from "../runtime/words";
import { arrayOf } from "./array";
import { ARRAY, bytesOf, CData, type CType, defineFormat, STRUCTURE } from "./data";
import { readAt, writeAt } from "./formats";

interface Field {
  format: number;
  offset: number;
}

interface Layout {
  fields: Map<string, Field>;
  size: number;
}

const layouts = new WeakMap<StructureClass, Layout>();

/** Where the fields of a class stand; found out at its first use, when accessors are made for them too. */
function layoutOf(cls: StructureClass): Layout {
  const known = layouts.get(cls);
  if (known) return known;
  const given = cls._fields_;
  if (!given) throw AttributeError(`type object '${cls.name}' has no attribute '_fields_'`);
  const fields = new Map<string, Field>();
  let end = 0;
  let alignment = 1;
  for (const [name, type] of given) {
    const { size, format } = type;
    const offset = Math.ceil(end / size) * size;
    fields.set(name, { format, offset });
    end = offset + size;
    alignment = Math.max(alignment, size);
    Object.defineProperty(cls.prototype, name, {
      get(this: StructureType) {
        return readAt(format, bytesOf(this) + offset);
      },
      set(this: StructureType, value: unknown) {
        writeAt(format, bytesOf(this) + offset, value);
      },
      configurable: true,
    });
  }
  const layout = { fields, size: Math.ceil(end / alignment) * alignment };
  layouts.set(cls, layout);
  return layout;
}

interface StructureClass {
  readonly name: string;
  readonly prototype: object;
  readonly _fields_?: Iterable<[name: string, type: CType]>;
}

class StructureType extends CData {
  static readonly format = STRUCTURE;
  /** Names and types of the fields. */
  static readonly _fields_?: Iterable<any>;

  static get size(): number {
    // biome-ignore lint/complexity/noThisInStatic: the program's class, and not this one
    return layoutOf(this as never).size;
  }

  /** Values of the fields in their order, then fields by name. */
  constructor(...args: any[]) {
    super();
    const { fields } = layoutOf(new.target as never);
    const names = [...fields.keys()];
    const last = args.at(-1);
    const keywords = isPlainObject(last) ? (args.pop() as Record<string, unknown>) : {};
    if (args.length > names.length) throw TypeError("too many initializers");
    args.forEach((value, i) => {
      (this as any)[names[i]!] = value;
    });
    for (const [name, value] of Object.entries(keywords)) (this as any)[name] = value;
  }
}

/** Names and places of the fields of a structure's class. */
export function fieldsOf(cls: StructureClass): Map<string, Field> {
  return layoutOf(cls).fields;
}

/** Base of classes with `static _fields_ = [["x", c_int], …]`. */
export const Structure = callable(StructureType, "Structure");
export type Structure = StructureType;

takesAttributes(Structure);
// The program's class, whose fields must have their accessors before there is an object of it.
defineFormat(STRUCTURE, (_, address) => {
  const cls = read(classSlot(kernel.object_attributes(address) >>> 0)) as StructureClass & Function;
  layoutOf(cls);
  return cls;
});
defineFormat(STRUCTURE + ARRAY, (bytes, address) => {
  const cls = itemClassAt(address) as unknown as CType;
  return arrayOf(cls, bytes / cls.size);
});
defineAll("ctypes", { Structure });
