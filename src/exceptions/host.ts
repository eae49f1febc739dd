import { type AnyClass, hostErrorName } from "../builtins/classes";
import type { ExceptionClass } from "./define";
import {
  BaseException,
  Exception,
  NameError,
  RecursionError,
  SyntaxError,
  TypeError,
  UnboundLocalError,
  ValueError,
} from "./hierarchy";

/** A class, or classes nested in arrays and tuples: what `except` and `isinstance` take. */
export type ClassInfo = AnyClass | ((...args: any[]) => unknown) | readonly ClassInfo[];

const hostClasses = { Exception, NameError, RecursionError, SyntaxError, TypeError, UnboundLocalError, ValueError };

/** Our class for an error of JavaScript's own: TypeError for its TypeError, ValueError for a RangeError, … */
export function hostClass(error: Error): ExceptionClass {
  return hostClasses[hostErrorName(error)] as ExceptionClass;
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
  if (!(error instanceof BaseException) || error === context || hasContext(error)) return;
  for (let e: unknown = context; e instanceof BaseException; e = e.__context__) if (e === error) return;
  if (context instanceof Error) error.__context__ = context;
}

/** One that was set to None stays so. */
function hasContext(error: BaseException): boolean {
  return error.__context__ !== null || Object.hasOwn(error, "__context__");
}

/** As setContext, at the end of the error's own chain: what was raised while `context` was handled, and led to `error`. */
export function chainContext(error: unknown, context: unknown): void {
  const chain = new Set<unknown>();
  let last = error;
  while (last instanceof BaseException && last.__context__ !== null && last !== context) {
    if (chain.has(last)) return;
    chain.add(last);
    last = last.__context__;
  }
  if (last !== context) setContext(last, context);
}

/** Calls what runs while `error` is handled, and gives the errors that it raises their context. */
export function whileHandling<R>(error: unknown, call: () => R): R {
  const outer = handled.error;
  handled.error = error;
  try {
    return call();
  } catch (failure) {
    chainContext(failure, error);
    throw failure;
  } finally {
    handled.error = outer;
  }
}

/** The error that is being handled in this thread, null for none: entered by `try_` and by the catch blocks of ports. */
export const handled: { error: unknown } = { error: null };
