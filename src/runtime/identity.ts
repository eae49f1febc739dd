// What goes to other threads as itself. A class of a port that extends nothing extends object, as in Python: its instances
// are found out here, at the moment when they cross, so that they cost nothing before.
import { isClass } from "../builtins/classes";
import { referenceTo } from "../registry";
import { standIns } from "./functions";
import { isFacade, KeepsIdentity, tableOf } from "./shared";

const verdicts = new WeakMap<Function, boolean>();

/** Whether an object is one for all threads, and no data that is copied. */
export function hasIdentity(value: object): value is KeepsIdentity {
  if (isFacade(value) || tableOf(value) !== 0 || value instanceof KeepsIdentity) return true;
  const { constructor } = value;
  return typeof constructor === "function" && isPortClass(constructor);
}

/** Whether a class and all above it are a port's own: what extends an Array or Error is one in its own way. */
function isPortClass(cls: Function): boolean {
  const known = verdicts.get(cls);
  if (known !== undefined) return known;
  const base = Object.getPrototypeOf(cls);
  // What stands behind all classes is no class.
  const verdict = isClass(cls) && (!Object.hasOwn(base, "prototype") || isPortClass(base)) && isOfPort(cls);
  verdicts.set(cls, verdict);
  return verdict;
}

/** Whether a class is written out in a port. */
export function isOfPort(cls: Function): boolean {
  const reference = referenceTo(cls);
  return reference ? typeof reference.module === "number" : standIns?.of(cls) !== undefined;
}
