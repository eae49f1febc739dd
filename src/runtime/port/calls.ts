// Errors of calls with too many or too few arguments, in CPython's words.
import { isPlainObject } from "../../builtins/classes";
import { TypeError } from "../../exceptions";

/**
 * @param given how many arguments there were
 * @param names of the required parameters
 * @param positional how many can be given by position, -1 for any number
 * @param self 1 for a method, whose object Python counts too
 */
export function arity(
  name: string,
  given: number,
  names: string[],
  required: number,
  positional: number,
  self: number,
): never {
  if (given < required) throw missing(name, names.slice(given));
  throw tooMany(name, given, required, positional, self);
}

/** Checks `last`, which is given for parameters that take keywords only. */
export function keywords(
  name: string,
  last: unknown,
  names: string[],
  required: number,
  positional: number,
  self: number,
): void {
  if (last === undefined) return;
  if (!isPlainObject(last)) throw tooMany(name, positional + 1, required, positional, self);
  const unknown = Object.keys(last).find((key) => !names.includes(key));
  if (unknown !== undefined) throw TypeError(`${name}() got an unexpected keyword argument '${unknown}'`);
}

function tooMany(name: string, given: number, required: number, positional: number, self: number): Error {
  const least = required + self;
  const most = positional + self;
  const takes = least === most ? `${most}` : `from ${least} to ${most}`;
  const counted = given + self;
  return TypeError(
    `${name}() takes ${takes} positional argument${most === 1 ? "" : "s"} but ${counted} ${counted === 1 ? "was" : "were"} given`,
  );
}

/** The error of a call that lacks arguments for the parameters `names`. */
export function missing(name: string, names: string[]): Error {
  const quoted = names.map((one) => `'${one}'`);
  const last = quoted.at(-1)!;
  const list = quoted.length < 3 ? quoted.join(" and ") : `${quoted.slice(0, -1).join(", ")}, and ${last}`;
  return TypeError(
    `${name}() missing ${names.length} required positional argument${names.length === 1 ? "" : "s"}: ${list}`,
  );
}
