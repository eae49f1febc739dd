// The error that a catch block of a port handles, while it does, and causes.
import { isClass } from "../../builtins/classes";
import { BaseException, handled, setContext, TypeError } from "../../exceptions";

interface Handling {
  error: unknown;
  outer: unknown;
}

/** Called where a catch block begins. */
export function handle(error: unknown): Handling {
  const outer = handled.error;
  handled.error = error;
  return { error, outer };
}

/** Called with what leaves the block as an error; gives it back. */
export function raised(error: unknown, handling: Handling | undefined): unknown {
  if (handling) setContext(error, handling.error);
  return error;
}

/** Called where the block ends. */
export function endHandling(handling: Handling | undefined): void {
  if (handling) handled.error = handling.outer;
}

/** Called where a finally block begins, with the error because of which it does: undefined for none. */
export function leaving(error: unknown): Handling | undefined {
  return error === undefined ? undefined : handle(error);
}

/** `raise value`: of a class an exception is made. JavaScript's own values are thrown as they are. */
export function exception(value: unknown): unknown {
  if (typeof value !== "function") return value;
  const isException = isClass(value) && value.prototype instanceof Error;
  return isException ? Reflect.construct(value, []) : TypeError("exceptions must derive from BaseException");
}

/** `raise error from cause`. */
export function from<E>(error: E, cause: unknown): E {
  if (error instanceof BaseException) error.__cause__ = cause as Error | null;
  else if (error instanceof Error) error.cause = cause;
  return error;
}
