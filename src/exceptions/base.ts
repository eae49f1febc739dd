import { type AnyClass, typeName } from "../builtins/classes";
import { reprItems, str } from "../builtins/repr";
import { tuple, tupleOf } from "../builtins/tuple";
import { builtinException, builtinExceptions, defineDefault, isCause, takeOptions } from "./define";

// All state is in own properties, not enumerable ones, which the codec carries to other threads; the prototype has the
// defaults. So an instance is whole even if it was made without its constructor.
export class BaseExceptionClass extends Error {
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
    this.args = tupleOf(args);
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
    if (this.args.length === 0) return "";
    return this.args.length === 1 ? str(this.args[0]) : `(${reprItems(this.args)})`;
  }

  __repr__(): string {
    return `${this.constructor.name}(${reprItems(this.args)})`;
  }

  /** `str(e)`, so that a template literal gives what an f-string gives. */
  override toString(): string {
    return str(this);
  }
}

function typeError(message: string): Error {
  return builtinExceptions.TypeError!(message);
}

/** The engine asks for it while the error is being made, when a `__str__` may find attributes missing. */
function messageOf(error: BaseExceptionClass): string {
  try {
    return str(error);
  } catch {
    return "";
  }
}

const root = BaseExceptionClass.prototype;
defineDefault(root, "args", () => tuple());
defineDefault(root, "name", (error) => error.constructor.name);
defineDefault(root, "message", messageOf);
defineDefault(root, "__context__", () => null);
defineDefault(root, "__suppress_context__", () => false);
defineDefault(root, "__traceback__", () => null);

/**
 * The root of Python's exceptions. Raise them with or without `new`: `throw ValueError("m")`; the last argument may
 * be `{ cause: e }` for Python's `raise … from e`, and `{ cause: null }` for `from None`.
 *
 * Fields are Python's (`args`, `__cause__`, `__context__`, `__notes__`, …); `message` is `str(e)` and `name` the class's
 * name until a program assigns them.
 */
export const BaseException = builtinException("BaseException", BaseExceptionClass);
export type BaseException = BaseExceptionClass;
