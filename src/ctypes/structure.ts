// ctypes' Structure: a class with named fields, at the offsets that C would give them.

import { isPlainObject } from "../builtins/classes";
import { callable } from "../callable";
import { AttributeError, TypeError } from "../exceptions";
import { kernel } from "../kernel/kernel";
import { defineAll } from "../registry";
import { classSlot } from "../runtime/attributes";
import { takesAttributes } from "../runtime/facade_attributes";
import { read } from "../runtime/words";
import { times } from "./array";
import { bytesOf, CData, type CType, defineFormat, STRUCTURE } from "./data";
import { fieldAt, storeField } from "./items";

interface Layout {
  fields: ReadonlySet<string>;
  size: number;
  alignment: number;
}

const layouts = new WeakMap<StructureClass, Layout>();

/** Where the fields of a class stand, after its base's; found out at its first use, when accessors are made for them too. */
function layoutOf(cls: StructureClass): Layout {
  const known = layouts.get(cls);
  if (known) return known;
  const base = baseOf(cls);
  const given = cls._fields_;
  if (!given) throw AttributeError(`type object '${cls.name}' has no attribute '_fields_'`);
  const fields = new Set(base?.fields);
  let end = base?.size ?? 0;
  let alignment = base?.alignment ?? 1;
  for (const [name, type] of given === base?.given ? [] : given) {
    const offset = rounded(end, type.alignment);
    fields.add(name);
    end = offset + type.size;
    alignment = Math.max(alignment, type.alignment);
    Object.defineProperty(cls.prototype, name, {
      get(this: StructureType) {
        return fieldAt(this, type, bytesOf(this) + offset);
      },
      set(this: StructureType, value: unknown) {
        storeField(type, bytesOf(this) + offset, value);
      },
      configurable: true,
    });
  }
  const layout = { fields, size: rounded(end, alignment), alignment };
  layouts.set(cls, layout);
  return layout;
}

/** The layout of the class that a program's class extends, if that is a program's, too. */
function baseOf(cls: StructureClass): (Layout & { given: StructureClass["_fields_"] }) | undefined {
  const base = (Object.getPrototypeOf(cls.prototype) as object).constructor as unknown as StructureClass;
  if (!(base.prototype instanceof StructureType) || base.prototype === StructureType.prototype) return undefined;
  return { ...layoutOf(base), given: base._fields_ };
}

function rounded(size: number, alignment: number): number {
  return Math.ceil(size / alignment) * alignment;
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

  static get alignment(): number {
    // biome-ignore lint/complexity/noThisInStatic: the program's class, and not this one
    return layoutOf(this as never).alignment;
  }

  /** An array type with so many of these structures: `Point * 3` in Python. */
  static __mul__(length: number): Function {
    // biome-ignore lint/complexity/noThisInStatic: the program's class, and not this one
    return times(this as never, length);
  }

  /** Values of the fields in their order, then fields by name. */
  constructor(...args: any[]) {
    super();
    const { fields } = layoutOf(new.target as never);
    const names = [...fields];
    const last = args.at(-1);
    const keywords = isPlainObject(last) ? (args.pop() as Record<string, unknown>) : {};
    if (args.length > names.length) throw TypeError("too many initializers");
    args.forEach((value, i) => {
      (this as any)[names[i]!] = value;
    });
    for (const [name, value] of Object.entries(keywords)) {
      if (names.slice(0, args.length).includes(name)) {
        throw TypeError(`duplicate values for field '${name}'`);
      }
      (this as any)[name] = value;
    }
  }
}

/** Names of the fields of a structure's class. */
export function fieldsOf(cls: StructureClass): ReadonlySet<string> {
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
defineAll("ctypes", { Structure });
