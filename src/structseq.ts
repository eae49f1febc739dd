// Tuples whose items have names too, such as time.struct_time. A leaf beside the builtins.
import { repr } from "./builtins/repr";
import { tuple } from "./builtins/tuple";
import { extendCodec } from "./registry";

export type StructSequence<F extends string, T = any> = tuple<T> & { readonly [name in F]: T };

/**
 * Makes a class of named tuples: `make(items)`. Items beyond the visible ones have a name only.
 *
 * @param name Python's name of it, with its module
 * @param label how it prints; a named tuple without its module
 */
export function structSequence<F extends string>(
  name: string,
  fields: readonly F[],
  visible = fields.length,
  label = name,
): { make(items: readonly unknown[]): StructSequence<F>; type: Function } {
  const type = { [name.slice(name.lastIndexOf(".") + 1)]: class extends tuple {} }[
    name.slice(name.lastIndexOf(".") + 1)
  ]!;
  const { prototype } = type;
  Object.defineProperty(type, "__module__", { value: name.slice(0, name.lastIndexOf(".")), configurable: true });
  Object.defineProperty(prototype, "__repr__", {
    value(this: Record<string, unknown>) {
      return `${label}(${fields
        .slice(0, visible)
        .map((field) => `${field}=${repr(this[field])}`)
        .join(", ")})`;
    },
  });
  fields.slice(0, visible).forEach((field, i) => {
    Object.defineProperty(prototype, field, {
      get(this: unknown[]) {
        return this[i];
      },
    });
  });
  const make = (items: readonly unknown[]) => {
    const made = Object.setPrototypeOf(items.slice(0, visible), prototype);
    for (let i = visible; i < fields.length; i++) Object.defineProperty(made, fields[i]!, { value: items[i] ?? null });
    return Object.freeze(made) as StructSequence<F>;
  };
  extendCodec(type, {
    name,
    reduce: (value) => fields.map((field) => value[field]),
    restore: (items: Iterable<unknown>) => make([...items]),
  });
  return { make, type };
}
