// What a pool's calls refuse, in CPython's words.
import { qualifiedName, typeName } from "../../builtins/classes";
import { iterate } from "../../builtins/protocol";
import { TypeError, ValueError } from "../../exceptions";
import { system } from "../../runtime/system";

/** How many workers a pool has that is made with these arguments. @throws if it cannot be made */
export function checked(processes: number | null, initializer: unknown, maxtasks: unknown): number {
  const n = processes ?? system.cpus();
  if (typeof n !== "number") throw TypeError(`'<' not supported between instances of '${typeName(n)}' and 'int'`);
  if (n < 1) throw ValueError("Number of processes must be at least 1");
  if (maxtasks !== null && (!Number.isInteger(maxtasks) || (maxtasks as number) <= 0)) {
    throw ValueError("maxtasksperchild must be a positive int or None");
  }
  if (initializer !== null && typeof initializer !== "function") throw TypeError("initializer must be a callable");
  if (!Number.isInteger(n)) throw TypeError("'float' object cannot be interpreted as an integer");
  return n;
}

/** Why `func` cannot be called with what is given as its arguments; CPython's workers find that out. */
export function callError(func: unknown, args: unknown, kwds: unknown): Error | undefined {
  if (typeof func !== "function") return TypeError(`'${typeName(func)}' object is not callable`);
  const refused = (stars: string, what: string, x: unknown) =>
    TypeError(`${qualifiedName(func as never)}() argument after ${stars} must be ${what}, not ${typeName(x)}`);
  if (!isIterable(args)) return refused("*", "an iterable", args);
  if (kwds !== null && typeof kwds !== "object") return refused("**", "a mapping", kwds);
  return undefined;
}

function isIterable(x: unknown): boolean {
  if (Array.isArray(x)) return true;
  try {
    iterate(x);
    return true;
  } catch {
    return false;
  }
}

export function checkChunkSize(size: unknown, comparison: string): void {
  if (Number.isInteger(size) || typeof size === "boolean") return;
  if (typeof size !== "number") {
    throw TypeError(`'${comparison}' not supported between instances of '${typeName(size)}' and 'int'`);
  }
  throw ValueError("Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.");
}
