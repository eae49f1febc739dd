// The timeouts of threading's locks, as CPython's C locks take them.
import { signature } from "../arguments";
import { typeName } from "../builtins/classes";
import { TypeError, ValueError } from "../exceptions";
import { deadlineIn } from "../runtime/wait";

const bindAcquire = signature("acquire(blocking=True, timeout=-1)");

/** The deadline that the arguments of Lock.acquire ask for; 0 polls. */
export function lockDeadline(args: readonly unknown[]): number {
  const [blocking, timeout] = bindAcquire(args) as [boolean, number];
  if (typeof timeout !== "number") throw TypeError(`'${typeName(timeout)}' object cannot be interpreted as an integer`);
  if (!blocking) {
    if (timeout !== -1) throw ValueError("can't specify a timeout for a non-blocking call");
    return 0;
  }
  if (timeout === -1) return Number.POSITIVE_INFINITY;
  if (timeout < 0) throw ValueError("timeout value must be positive");
  return deadlineIn(timeout);
}
