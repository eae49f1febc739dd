// Python's builtin exceptions, as real Errors. Stands only on callable, and on classes, repr and tuple of the builtins; those
// that raise import this file in turn (an exception's args are a tuple, and a tuple raises), but need it only when they run.
export * from "./exceptions/classes";
export { builtinExceptions, type ExceptionClass } from "./exceptions/define";
export {
  type ClassInfo,
  chainContext,
  handled,
  hostClass,
  matches,
  setContext,
  whileHandling,
} from "./exceptions/host";
