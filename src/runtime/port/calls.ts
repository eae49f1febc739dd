// Errors of calls with too many or too few arguments, in CPython's words.
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
  const least = required + self;
  const most = positional + self;
  const takes = least === most ? `${most}` : `from ${least} to ${most}`;
  const counted = given + self;
  throw TypeError(
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
