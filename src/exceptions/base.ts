import { type AnyClass, isPlainObject, typeName } from "../builtins/classes";
import { reprItems, str } from "../builtins/repr";
import { tuple } from "../builtins/tuple";
import { type Callable, callable } from "../callable";

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

function isCause(x: unknown): boolean {
  return x === null || x instanceof Error;
}

// All state is in own properties, not enumerable ones, which the codec carries to other threads; the prototype has the
// defaults. So an instance is whole even if it was made without its constructor.
class BaseExceptionClass extends Error {
  /** The arguments it was made with. */
  declare args: tuple<any>;
  /** The error that was being handled when this one was raised. */
  declare __context__: Error | null;
  /** True where a traceback shall not show `__context__`: after `raise … from …`. */
  declare __suppress_context__: boolean;
  declare __traceback__: unknown;
  declare __notes__?: string[];

  constructor(...args: any[]) {
    const options = takeOptions(args);
    super(undefined, options.cause ? { cause: options.cause } : undefined);
    this.args = tuple(args);
    if ("cause" in options) this.__suppress_context__ = true;
  }

  /** The error it was raised `from`: `throw ValueError("m", { cause: e })`. JavaScript's `cause`, with null for none. */
  get __cause__(): Error | null {
    return (this.cause as Error | undefined) ?? null;
  }

  set __cause__(cause: Error | null) {
    if (!isCause(cause)) throw typeError("exception cause must be None or derive from BaseException");
    Object.defineProperty(this, "cause", { value: cause ?? undefined, writable: true, configurable: true });
    this.__suppress_context__ = true;
  }

  get __class__(): AnyClass {
    return this.constructor as unknown as AnyClass;
  }

  with_traceback(traceback: unknown): this {
    this.__traceback__ = traceback;
    return this;
  }

  /** Adds a line that a traceback shows under the error's text. */
  add_note(note: string): void {
    if (typeof note !== "string") throw typeError(`note must be a str, not '${typeName(note)}'`);
    const value = [...(this.__notes__ ?? []), note];
    Object.defineProperty(this, "__notes__", { value, writable: true, configurable: true });
  }

  __str__(): string {
    return this.args.length > 1 ? `(${reprItems(this.args)})` : str(this.args[0]);
  }

  __repr__(): string {
    return `${this.name}(${reprItems(this.args)})`;
  }

  /** `str(e)`, so that a template literal gives what an f-string gives. */
  override toString(): string {
    return str(this);
  }
}

function typeError(message: string): Error {
  return builtinExceptions.TypeError!(message);
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

const NO_ARGUMENTS = tuple<any>();
const root = BaseExceptionClass.prototype;
defineDefault(root, "args", () => NO_ARGUMENTS);
defineDefault(root, "name", (error) => error.constructor.name);
defineDefault(root, "message", str);
defineDefault(root, "__context__", () => null);
defineDefault(root, "__suppress_context__", () => false);
defineDefault(root, "__traceback__", () => null);

export type ExceptionClass = Callable<typeof BaseExceptionClass>;

/** Every builtin exception class by its name; errors that come from another thread are found here. */
export const builtinExceptions: Record<string, ExceptionClass> = {};

/** Enters a builtin exception class in `builtinExceptions`, and makes it callable. */
export function builtinException<C extends typeof BaseExceptionClass>(name: string, Class: C): Callable<C> {
  const cls = callable(Class, name);
  Object.defineProperty(cls, "__module__", { value: "builtins" });
  builtinExceptions[name] = cls;
  return cls;
}

/**
 * The root of Python's exceptions. Raise them with or without `new`: `throw ValueError("m")`; the last argument may
 * be `{ cause: e }` for Python's `raise … from e`, and `{ cause: null }` for `from None`.
 *
 * Fields are Python's (`args`, `__cause__`, `__context__`, `__notes__`, …); `message` is `str(e)` and `name` the class's
 * name until a program assigns them.
 */
export const BaseException = builtinException("BaseException", BaseExceptionClass);
export type BaseException = BaseExceptionClass;
