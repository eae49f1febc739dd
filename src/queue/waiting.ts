// The block and timeout parameters of queues.
import { ValueError } from "../exceptions";
import { deadlineIn } from "../runtime/wait";

export interface Waiting {
  block?: boolean;
  timeout?: number | null;
}

/** The deadline that `block` and `timeout` ask for; 0 polls. */
export function queueDeadline([block, timeout]: [block: unknown, timeout: number | null]): number {
  if (!block) return 0;
  if (timeout === null) return Number.POSITIVE_INFINITY;
  if (timeout < 0) throw ValueError("'timeout' must be a non-negative number");
  return deadlineIn(timeout);
}
