// The exceptions of Python's pickle module.
import { callable } from "../callable";
import { Exception } from "../exceptions";
import { defineAll } from "../registry";

const from = (module: string) =>
  class extends Exception {
    static readonly __module__ = module;
  };

export const PickleError = callable(from("_pickle"), "PickleError");
export type PickleError = Exception;
/** Raised for what has no pickle. */
export const PicklingError = callable(class extends PickleError {}, "PicklingError");
export type PicklingError = Exception;
/** Raised for bytes that are no pickle, and for one that asks for more than data. */
export const UnpicklingError = callable(class extends PickleError {}, "UnpicklingError");
export type UnpicklingError = Exception;

defineAll("_pickle", { PickleError, PicklingError, UnpicklingError });
