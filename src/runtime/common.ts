// Objects that are one for all processes.
//
// A process that is forked gets copies of what its parent's variables and the target's arguments lead to. An object that
// is common is given to it as it is, and so is all that it holds: locks, queues and values of multiprocessing. A facade
// whose object is an instance is copied with its attributes, each of which may be common.
import { kernel } from "../kernel/kernel";

/** Makes the object at `address` common to all processes. To be called where it is made, before others know it. */
export function makeCommon(address: number): number {
  kernel.object_make_common(address);
  return address;
}

export function isCommon(address: number): boolean {
  return kernel.object_is_common(address) !== 0;
}
