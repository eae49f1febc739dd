// Python's builtin exceptions, as real Errors. Stands only on callable, and on classes, repr and tuple of the builtins. Those
// that tuple needs raise in turn, as an exception's args are a tuple: they import exceptions/hierarchy, so that it is whole
// before the classes that stand on it, and need it only when they run.
export * from "./exceptions/classes";
export type { ExceptionClass } from "./exceptions/define";
export {
  type ClassInfo,
  chainContext,
  handled,
  hostClass,
  matches,
  setContext,
  whileHandling,
} from "./exceptions/host";
