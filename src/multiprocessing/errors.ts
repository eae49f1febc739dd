// The exceptions of Python's multiprocessing.
import { callable } from "../callable";
import { Exception } from "../exceptions";
import { defineAll } from "../registry";

/** Base of multiprocessing's own exceptions. */
export const ProcessError = callable(
  class extends Exception {
    static readonly __module__: string = "multiprocessing.context";
  },
  "ProcessError",
);
export type ProcessError = Exception;
/** Raised by recv_bytes_into when the buffer is too small; its argument is the message. */
export const BufferTooShort = callable(class extends ProcessError {}, "BufferTooShort");
export type BufferTooShort = ProcessError;
/** Raised by what waits with a timeout when the time is up. Not the builtin TimeoutError. */
export const TimeoutError = callable(class extends ProcessError {}, "TimeoutError");
export type TimeoutError = ProcessError;
/** Raised when the other end of a connection has another key. */
export const AuthenticationError = callable(class extends ProcessError {}, "AuthenticationError");
export type AuthenticationError = ProcessError;

defineAll("multiprocessing", { ProcessError, BufferTooShort, TimeoutError, AuthenticationError });
