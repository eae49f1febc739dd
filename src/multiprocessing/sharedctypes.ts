// Python's multiprocessing.sharedctypes.
export { copy, RawArray, RawValue } from "./sharedctypes/raw";
export {
  Synchronized,
  SynchronizedArray,
  SynchronizedBase,
  SynchronizedString,
  synchronized,
} from "./sharedctypes/synchronized";
export { Array, Value } from "./sharedctypes/values";
