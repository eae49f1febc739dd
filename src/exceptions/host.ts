import { type AnyClass, hostErrorName } from "../builtins/classes";
import { BaseException } from "./base";
import { builtinExceptions, type ExceptionClass } from "./define";

/** A class, or classes nested in arrays and tuples: what `except` and `isinstance` take. */
export type ClassInfo = AnyClass | ((...args: any[]) => unknown) | readonly ClassInfo[];

/** Our class for an error of JavaScript's own: TypeError for its TypeError, ValueError for a RangeError, … */
export function hostClass(error: Error): ExceptionClass {
  return builtinExceptions[hostErrorName(error)]!;
}

/**
 * Does `except cls:` catch `error`? JavaScript's own errors count as Python's: a TypeError as our TypeError, a RangeError
 * as ValueError or (stack overflow) RecursionError, a ReferenceError as NameError, and every Error as Exception.
 */
export function matches(error: unknown, cls: ClassInfo): boolean {
  if (Array.isArray(cls)) return cls.some((one) => matches(error, one));
  if (error instanceof (cls as AnyClass)) return true;
  if (!(error instanceof Error) || error instanceof BaseException) return false;
  const host = hostClass(error);
  return host === cls || host.prototype instanceof (cls as AnyClass);
}

/** Records that `error` was raised while `context` was handled, unless it has a context already or is one of its causes. */
export function setContext(error: unknown, context: unknown): void {
  if (!(error instanceof BaseException) || error === context || error.__context__ !== null) return;
  for (let e: unknown = context; e instanceof BaseException; e = e.__context__) if (e === error) return;
  if (context instanceof Error) error.__context__ = context;
}

/** The error that is being handled in this thread, null for none: entered by `try_` and by the catch blocks of ports. */
export const handled: { error: unknown } = { error: null };
