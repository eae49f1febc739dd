// How multiprocessing's locks take their timeouts: a negative one is none at all, and one beside block=False is no error.
import { signature } from "../../arguments";
import { typeName } from "../../builtins/classes";
import { truth } from "../../builtins/truth";
import { TypeError } from "../../exceptions";
import { deadlineIn } from "../../runtime/wait";

const bindAcquire = signature<[block: unknown, timeout: unknown]>("acquire(block=True, timeout=None)");

export interface Acquiring {
  block?: boolean;
  timeout?: number | null;
}

/** The deadline that the arguments of acquire ask for; 0 polls. */
export function acquireDeadline(args: readonly unknown[]): number {
  const [block, timeout] = bindAcquire(args);
  if (timeout !== null && typeof timeout !== "number") {
    throw TypeError(`must be real number, not ${typeName(timeout)}`);
  }
  if (!truth(block)) return 0;
  return timeout === null ? Number.POSITIVE_INFINITY : deadlineIn(timeout);
}
