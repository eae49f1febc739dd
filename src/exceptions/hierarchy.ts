import { type AnyClass, typeName } from "../builtins/classes";
import { repr, reprItems, str } from "../builtins/repr";
import { tuple, tupleOf } from "../builtins/tuple";
import type { Callable } from "../callable";
import { builtinException, defineDefault, type ExceptionClass, isCause, plain, takeOptions } from "./define";
import { tracebackOf } from "./traceback_type";

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
    this.args = tupleOf(args);
    if ("cause" in options) this.__suppress_context__ = true;
  }

  /** The error it was raised `from`: `throw ValueError("m", { cause: e })`. JavaScript's `cause`, with null for none. */
  get __cause__(): Error | null {
    return (this.cause as Error | undefined) ?? null;
  }

  set __cause__(cause: Error | null) {
    if (!isCause(cause)) throw TypeError("exception cause must be None or derive from BaseException");
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
    if (typeof note !== "string") throw TypeError(`note must be a str, not '${typeName(note)}'`);
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
defineDefault(root, "__traceback__", tracebackOf);

/**
 * The root of Python's exceptions. Raise them with or without `new`: `throw ValueError("m")`; the last argument may
 * be `{ cause: e }` for Python's `raise … from e`, and `{ cause: null }` for `from None`.
 *
 * Fields are Python's (`args`, `__cause__`, `__context__`, `__notes__`, …); `message` is `str(e)` and `name` the class's
 * name until a program assigns them.
 */
export const BaseException = builtinException("BaseException", BaseExceptionClass);
export type BaseException = BaseExceptionClass;
export type { BaseExceptionClass };

export const Exception = plain("Exception", BaseException);
export type Exception = BaseException;

export const GeneratorExit = plain("GeneratorExit", BaseException);
export type GeneratorExit = BaseException;
export const KeyboardInterrupt = plain("KeyboardInterrupt", BaseException);
export type KeyboardInterrupt = BaseException;

export const ArithmeticError = plain("ArithmeticError", Exception);
export type ArithmeticError = BaseException;
export const FloatingPointError = plain("FloatingPointError", ArithmeticError);
export type FloatingPointError = BaseException;
export const OverflowError = plain("OverflowError", ArithmeticError);
export type OverflowError = BaseException;
export const ZeroDivisionError = plain("ZeroDivisionError", ArithmeticError);
export type ZeroDivisionError = BaseException;

export const AssertionError = plain("AssertionError", Exception);
export type AssertionError = BaseException;
export const BufferError = plain("BufferError", Exception);
export type BufferError = BaseException;
export const EOFError = plain("EOFError", Exception);
export type EOFError = BaseException;
export const MemoryError = plain("MemoryError", Exception);
export type MemoryError = BaseException;
export const ReferenceError = plain("ReferenceError", Exception);
export type ReferenceError = BaseException;
export const SystemError = plain("SystemError", Exception);
export type SystemError = BaseException;
export const TypeError = plain("TypeError", Exception);
export type TypeError = BaseException;
export const ValueError = plain("ValueError", Exception);
export type ValueError = BaseException;
export const StopAsyncIteration = plain("StopAsyncIteration", Exception);
export type StopAsyncIteration = BaseException;

export const RuntimeError = plain("RuntimeError", Exception);
export type RuntimeError = BaseException;
export const NotImplementedError = plain("NotImplementedError", RuntimeError);
export type NotImplementedError = BaseException;
export const RecursionError = plain("RecursionError", RuntimeError);
export type RecursionError = BaseException;

export const LookupError = plain("LookupError", Exception);
export type LookupError = BaseException;
export const IndexError = plain("IndexError", LookupError);
export type IndexError = BaseException;

/** Its text is the repr of the missing key. */
export const KeyError = builtinException(
  "KeyError",
  class extends LookupError {
    override __str__(): string {
      return this.args.length === 1 ? repr(this.args[0]) : super.__str__();
    }
  },
);
export type KeyError = BaseException;

class SystemExitClass extends BaseException {
  declare code: unknown;
}
defineDefault(SystemExitClass.prototype, "code", ({ args }) => (args.length > 1 ? args : (args[0] ?? null)));
/** Ends the program (in a thread: that thread) without a traceback; `code` is what `sys.exit` was given. */
export const SystemExit = builtinException("SystemExit", SystemExitClass);
export type SystemExit = SystemExitClass;

class StopIterationClass extends Exception {
  declare value: unknown;
}
defineDefault(StopIterationClass.prototype, "value", (error) => error.args[0] ?? null);
/** Raised by `next` at the end; `value` is what the iterator returned. */
export const StopIteration = builtinException("StopIteration", StopIterationClass);
export type StopIteration = StopIterationClass;

/**
 * Passes an exception's keywords to its fields, and the rest on to the base. A field that is not given is null, except that
 * `name` is then, as for every error of JavaScript, the class's name.
 */
function withFields<F extends string>(...fields: F[]) {
  class WithFields extends Exception {
    constructor(...args: any[]) {
      const { cause, ...given } = takeOptions(args, fields);
      super(...args, ...(cause === undefined ? [] : [{ cause }]));
      Object.assign(this, given);
    }
  }
  for (const field of fields) {
    if (!(field in WithFields.prototype)) defineDefault(WithFields.prototype as any, field, () => null);
  }
  return WithFields as unknown as Callable<new (...args: any[]) => BaseException & Record<F, any>> & ExceptionClass;
}

/** Takes Python's keywords: `AttributeError("m", { name: "x", obj })`. */
export const AttributeError = builtinException("AttributeError", withFields("name", "obj"));
export type AttributeError = InstanceType<typeof AttributeError>;

/** Takes Python's keyword `name`. */
export const NameError = builtinException("NameError", withFields("name"));
export type NameError = InstanceType<typeof NameError>;
export const UnboundLocalError = plain("UnboundLocalError", NameError);
export type UnboundLocalError = NameError;

/** Takes Python's keywords `name` and `path`. */
export const ImportError = builtinException("ImportError", withFields("name", "path"));
export type ImportError = InstanceType<typeof ImportError>;
export const ModuleNotFoundError = plain("ModuleNotFoundError", ImportError);
export type ModuleNotFoundError = ImportError;

export const Warning = plain("Warning", Exception);
export type Warning = BaseException;
export const BytesWarning = plain("BytesWarning", Warning);
export type BytesWarning = BaseException;
export const DeprecationWarning = plain("DeprecationWarning", Warning);
export type DeprecationWarning = BaseException;
export const EncodingWarning = plain("EncodingWarning", Warning);
export type EncodingWarning = BaseException;
export const FutureWarning = plain("FutureWarning", Warning);
export type FutureWarning = BaseException;
export const ImportWarning = plain("ImportWarning", Warning);
export type ImportWarning = BaseException;
export const PendingDeprecationWarning = plain("PendingDeprecationWarning", Warning);
export type PendingDeprecationWarning = BaseException;
export const ResourceWarning = plain("ResourceWarning", Warning);
export type ResourceWarning = BaseException;
export const RuntimeWarning = plain("RuntimeWarning", Warning);
export type RuntimeWarning = BaseException;
export const SyntaxWarning = plain("SyntaxWarning", Warning);
export type SyntaxWarning = BaseException;
export const UnicodeWarning = plain("UnicodeWarning", Warning);
export type UnicodeWarning = BaseException;
export const UserWarning = plain("UserWarning", Warning);
export type UserWarning = BaseException;

class SyntaxErrorClass extends Exception {
  declare msg: string | null;
  declare filename: string | null;
  declare lineno: number | null;
  declare offset: number | null;
  declare text: string | null;

  constructor(...args: any[]) {
    super(...args);
    const [msg = null, [filename = null, lineno = null, offset = null, text = null] = []] = this.args;
    Object.assign(this, { msg, filename, lineno, offset, text });
  }

  override __str__(): string {
    if (this.filename === null) return super.__str__();
    return `${this.msg} (${this.filename.split("/").at(-1)}, line ${repr(this.lineno)})`;
  }
}

/** `SyntaxError(msg, [filename, lineno, offset, text])`. */
export const SyntaxError = builtinException("SyntaxError", SyntaxErrorClass);
export type SyntaxError = SyntaxErrorClass;
export const IndentationError = plain("IndentationError", SyntaxError);
export type IndentationError = SyntaxError;
export const TabError = plain("TabError", IndentationError);
export type TabError = SyntaxError;
