// The pulse: one condition for all who wait for several things at once, whichever these are.
//
//   waiter   marks what it waits for as watched → enqueues itself → looks at each of them → sleeps, and looks again
//   others   change the thing → if it is watched, pulse
//
// Everybody who waits so wakes at each pulse: there are few of them, and nobody else pays more than a look at a flag.
// Ordering: the change is stored before the flag is loaded, the flag and the queueing before the thing is looked at; so one of
// the two sees the other. A pulse too many does no harm.
import { condition_new, condition_notify } from "./condition";
import { PULSE } from "./layout";
import { release } from "./object";

/** Address of the condition to wait for, which is made if need be; 0 if memory is exhausted. */
export function pulse_condition(): usize {
  const known = <usize>atomic.load<u32>(PULSE);
  if (known != 0) return known;
  const made = condition_new();
  const first = <usize>atomic.cmpxchg<u32>(PULSE, 0, <u32>made);
  if (first == 0) return made;
  if (made != 0) release(made);
  return first;
}

/** Something has happened to what is watched. */
export function pulse(): void {
  const condition = <usize>atomic.load<u32>(PULSE);
  if (condition != 0) condition_notify(condition, i32.MAX_VALUE);
}
