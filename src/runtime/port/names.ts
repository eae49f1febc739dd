// Names that mean nothing.
import { AttributeError, NameError } from "../../exceptions";
import { setHint } from "../traceback";

/** @throws NameError for a name that neither the port nor the host declares; `hint` ends its last line where nobody catches it */
export function undefinedName(name: string, hint: string): never {
  const error = NameError(`name '${name}' is not defined`, { name });
  setHint(error, hint);
  throw error;
}

/** @throws AttributeError for a name that a module of the library does not have */
export function absentName(module: string, name: string, hint: string): never {
  const error = AttributeError(`module '${module}' has no attribute '${name}'`, { name });
  setHint(error, hint);
  throw error;
}

/** A function under the name that it has in the port. */
export function named<F extends Function>(value: F, name: string): F {
  return value.name === name ? value : Object.defineProperty(value, "name", { value: name, configurable: true });
}
