// Objects that are one for all processes.
//
// A process that is forked gets copies of what its parent's variables and the target's arguments lead to. An object that
// is common is given to it as it is, and so is all that it holds: locks, queues and values of multiprocessing. A facade
// whose object is an instance is copied with its attributes, each of which may be common.
import { ints, kernel } from "../kernel/kernel";
import { type KeepsIdentity, reviveCommon } from "./shared";

/** On the prototype of facades whose objects are common from birth: the number of their class. */
export const COMMON = Symbol("common");

/** On the prototype of facades that may be sent between processes, as themselves. */
export const GOES_AS_ITSELF = Symbol("goes as itself");

/** Makes a class of facades for common objects known under a number that no other has. */
export function commonClass(constructor: Function, number: number, revive: (address: number) => KeepsIdentity): void {
  Object.defineProperty(constructor.prototype, COMMON, { value: number });
  reviveCommon(number, revive);
}

/**
 * Makes the object at `address` common to all processes. To be called where it is made, before others know it.
 *
 * @param facade number of the class that its facades have, if it is not that of its kind; see `commonClass`
 */
export function makeCommon(address: number, facade = 0): number {
  kernel.object_make_common(address, facade);
  return address;
}

export function isCommon(address: number): boolean {
  return address !== 0 && kernel.object_is_common(address) !== 0;
}

/** The program's one object whose address stands at `word` of the kernel's header; made by the first who asks. */
export function onlyOne(word: number, make: () => number): number {
  const known = ints[word >>> 2]!;
  if (known !== 0) return known >>> 0;
  const made = make();
  const first = Atomics.compareExchange(ints, word >>> 2, 0, made);
  if (first === 0) return made;
  kernel.object_release(made);
  return first >>> 0;
}
