// Names that Python itself calls deprecated, and still has.
import { DeprecationWarning } from "../exceptions";
import { warn } from "../warnings/warn";

/** Warns at the line of the program that calls `name`, in CPython's words. */
export function deprecated(name: string, instead: string): void {
  warn(`${name}() is deprecated, ${instead} instead`, DeprecationWarning);
}
