// The host's system as the os module sees it: its errors are OSErrors, and the current directory is the program's own.
import { system } from "#platform/system";
import { numbers, strerror } from "../errno/table";
import { OSError } from "../exceptions";
import { assign, assigned } from "./module_object";

export { system };

const CWD = "os.$cwd";

/** The current directory of the process; a worker has none of its own that it could change. */
export function currentDirectory(): string {
  return assigned(CWD, undefined) ?? system.cwd();
}

export function setCurrentDirectory(path: string): void {
  assign(CWD, path);
}

/** The path for the host, which knows nothing of the program's current directory. */
export function absolute(path: string): string {
  if (path.startsWith("/") || /^[A-Za-z]:[\\/]/.test(path)) return path;
  const current = currentDirectory();
  return current.endsWith("/") ? current + path : `${current}/${path}`;
}

/** Makes a call to the host, whose errors are raised as OSError about `paths`. */
export function calling<R>(call: () => R, ...paths: unknown[]): R {
  try {
    return call();
  } catch (error) {
    throw osError(error, paths);
  }
}

function osError(error: any, paths: unknown[]): unknown {
  const number = numbers[error?.code];
  if (number === undefined) return error;
  const [path, second] = paths;
  const about = second !== undefined ? [path, null, second] : path !== undefined ? [path] : [];
  return OSError(number, error.reason ?? strerror(number), ...about);
}
