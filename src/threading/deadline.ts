// The timeouts of threading's locks, as CPython's C locks take them.
import { signature } from "../arguments";
import { typeName } from "../builtins/classes";
import { TypeError, ValueError } from "../exceptions";
import type { Patience } from "../runtime/aio";
import { deadlineIn } from "../runtime/wait";

const bindAcquire = signature("acquire(blocking=True, timeout=-1)");
const bindAwaited = signature("acquire(blocking=True, timeout=-1, *, signal=None)");

/** The deadline that the arguments of Lock.acquire ask for; 0 polls. */
export function lockDeadline(args: readonly unknown[]): number {
  return deadlineOf(bindAcquire(args) as [boolean, number]);
}

/** How long the arguments of a lock's aio.acquire are ready to wait. */
export function lockPatience(args: readonly unknown[]): Patience {
  const [blocking, timeout, signal] = bindAwaited(args) as [boolean, number, AbortSignal | null];
  return { deadline: deadlineOf([blocking, timeout]), signal };
}

function deadlineOf([blocking, timeout]: [boolean, number]): number {
  if (typeof timeout !== "number") throw TypeError(`'${typeName(timeout)}' object cannot be interpreted as an integer`);
  if (!blocking) {
    if (timeout !== -1) throw ValueError("can't specify a timeout for a non-blocking call");
    return 0;
  }
  if (timeout === -1) return Number.POSITIVE_INFINITY;
  if (timeout < 0) throw ValueError("timeout value must be positive");
  return deadlineIn(timeout);
}
