// How the builtin exceptions are defined.
import { isPlainObject } from "../builtins/classes";
import { type Callable, callable } from "../callable";
import { define } from "../registry";
import type { BaseExceptionClass } from "./hierarchy";

export type ExceptionClass = Callable<typeof BaseExceptionClass>;

/** Makes a builtin exception class callable, and known by its name. */
export function builtinException<C extends typeof BaseExceptionClass>(name: string, Class: C): Callable<C> {
  const cls = callable(Class, name);
  Object.defineProperty(cls, "__module__", { value: "builtins" });
  define("builtins", name, cls);
  return cls;
}

/** An exception class that adds nothing to its base but its name. */
export function plain<B extends ExceptionClass>(name: string, Base: B): B {
  return builtinException(name, class extends Base {}) as unknown as B;
}

/**
 * Takes a trailing options object off `args`: an object literal all of whose keys are `cause` or in `allowed`.
 * Any other object is data, an argument of the exception.
 */
export function takeOptions(args: unknown[], allowed: readonly string[] = []): Record<string, unknown> {
  const last = args.at(-1);
  if (!isPlainObject(last)) return {};
  const keys = Object.keys(last);
  const isOption = (key: string) => allowed.includes(key) || (key === "cause" && isCause(last.cause));
  return keys.length > 0 && keys.every(isOption) ? (args.pop() as Record<string, unknown>) : {};
}

/** May `x` stand after `raise … from`? */
export function isCause(x: unknown): boolean {
  return x === null || x instanceof Error;
}

/** Defines an attribute that is computed until a program assigns it. */
export function defineDefault<T extends object>(prototype: T, key: keyof T & string, get: (error: T) => unknown): void {
  Object.defineProperty(prototype, key, {
    get() {
      return get(this);
    },
    set(value: unknown) {
      Object.defineProperty(this, key, { value, writable: true, configurable: true });
    },
    configurable: true,
  });
}
