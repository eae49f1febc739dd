import { repr, str } from "../builtins/repr";
import { tuple } from "../builtins/tuple";
import { builtinException, type ExceptionClass, plain } from "./define";
import { Exception } from "./hierarchy";

/** The subclass that `OSError(errno, …)` becomes, by errno as Linux numbers them. */
const subclassByErrno = new Map<unknown, ExceptionClass>();

class OSErrorClass extends Exception {
  declare errno: number | null;
  declare strerror: string | null;
  declare filename: any;
  declare filename2: any;

  constructor(...args: any[]) {
    super(...args);
    const [errno = null, strerror = null, filename = null, , filename2 = null] = this.args;
    const isSystems = this.args.length >= 2 && this.args.length <= 5;
    Object.assign(this, isSystems ? { errno, strerror, filename, filename2 } : unknownToSystem);
    if (!isSystems) return;
    if (this.args.length > 2) this.args = tuple([errno, strerror]);
    const subclass = this.constructor === OSError && subclassByErrno.get(errno);
    if (subclass) Object.setPrototypeOf(this, subclass.prototype);
  }

  override __str__(): string {
    if (this.filename === null)
      return this.errno === null ? super.__str__() : `[Errno ${str(this.errno)}] ${str(this.strerror)}`;
    const files = this.filename2 === null ? repr(this.filename) : `${repr(this.filename)} -> ${repr(this.filename2)}`;
    return `[Errno ${str(this.errno)}] ${str(this.strerror)}: ${files}`;
  }
}

const unknownToSystem = { errno: null, strerror: null, filename: null, filename2: null };

/**
 * `OSError(errno, strerror, filename?)`. As in Python the errno chooses the subclass: `OSError(2, "x")` is a
 * FileNotFoundError.
 */
export const OSError = builtinException("OSError", OSErrorClass);
export type OSError = OSErrorClass;
export const EnvironmentError = OSError;
export const IOError = OSError;

function system<B extends ExceptionClass>(name: string, Base: B, ...errnos: number[]): B {
  const cls = plain(name, Base);
  for (const errno of errnos) subclassByErrno.set(errno, cls);
  return cls;
}

export const BlockingIOError = system("BlockingIOError", OSError, 11, 114, 115);
export type BlockingIOError = OSError;
export const ChildProcessError = system("ChildProcessError", OSError, 10);
export type ChildProcessError = OSError;
export const ConnectionError = system("ConnectionError", OSError);
export type ConnectionError = OSError;
export const BrokenPipeError = system("BrokenPipeError", ConnectionError, 32, 108);
export type BrokenPipeError = OSError;
export const ConnectionAbortedError = system("ConnectionAbortedError", ConnectionError, 103);
export type ConnectionAbortedError = OSError;
export const ConnectionRefusedError = system("ConnectionRefusedError", ConnectionError, 111);
export type ConnectionRefusedError = OSError;
export const ConnectionResetError = system("ConnectionResetError", ConnectionError, 104);
export type ConnectionResetError = OSError;
export const FileExistsError = system("FileExistsError", OSError, 17);
export type FileExistsError = OSError;
export const FileNotFoundError = system("FileNotFoundError", OSError, 2);
export type FileNotFoundError = OSError;
export const InterruptedError = system("InterruptedError", OSError, 4);
export type InterruptedError = OSError;
export const IsADirectoryError = system("IsADirectoryError", OSError, 21);
export type IsADirectoryError = OSError;
export const NotADirectoryError = system("NotADirectoryError", OSError, 20);
export type NotADirectoryError = OSError;
export const PermissionError = system("PermissionError", OSError, 1, 13);
export type PermissionError = OSError;
export const ProcessLookupError = system("ProcessLookupError", OSError, 3);
export type ProcessLookupError = OSError;
export const TimeoutError = system("TimeoutError", OSError, 110);
export type TimeoutError = OSError;
