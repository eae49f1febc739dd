// Python calls its classes: `Lock()`, not `new Lock()`. A leaf.
import { giveName } from "./builtins/classes";

type Constructor = new (...args: any[]) => any;

/** A class that may also be called without `new`. */
export type Callable<C extends Constructor> = C & ((...args: ConstructorParameters<C>) => InstanceType<C>);

const classBehind = new WeakMap<object, Constructor>();

/**
 * Makes an ES class callable without `new`; it stays constructible with `new` and subclassable by `extends`.
 * Used for every public class of the library: `export const Lock = callable(LockType, "Lock")`.
 *
 * `Class.prototype` is shared, so `instanceof` and `constructor` agree for both; statics are inherited.
 * A call costs a few nanoseconds, but constructing a plain subclass about 1 µs: the wrapper's own `this`, which V8 makes and
 * nobody sees, spoils the shape that it remembers for the subclass. A subclass that is made callable itself escapes
 * this, as it is tied to the class behind the wrapper.
 *
 * @param name Python's name of the class: what the ES class is called a page's bundle does not keep
 */
export function callable<C extends Constructor>(Class: C, name: string): Callable<C> {
  const base = classBehind.get(Object.getPrototypeOf(Class));
  if (base) Object.setPrototypeOf(Class, base);
  const isError = Class.prototype instanceof Error;

  function wrapper(...args: unknown[]): unknown {
    // V8 leaves out of an error's stack everything down to the frame of new.target, so errors must see the wrapper
    // there; for all others `new Class` is far faster.
    if (!isError && (new.target === undefined || new.target === wrapper)) return new Class(...args);
    return Reflect.construct(Class, args, new.target ?? wrapper);
  }

  Object.setPrototypeOf(wrapper, Class);
  Object.defineProperty(wrapper, "name", { value: name, configurable: true });
  Object.defineProperty(wrapper, "prototype", { value: Class.prototype, writable: false });
  Object.defineProperty(Class.prototype, "constructor", { value: wrapper, writable: true, configurable: true });
  const module = Object.getOwnPropertyDescriptor(Class, "__module__");
  if (module) Object.defineProperty(wrapper, "__module__", module);
  classBehind.set(wrapper, Class);
  return giveName(wrapper) as unknown as Callable<C>;
}
