// Python calls its classes: `Lock()`, not `new Lock()`. A leaf.
import { giveName } from "./builtins/classes";

type Constructor = new (...args: any[]) => any;

/** A class that may also be called without `new`. */
export type Callable<C extends Constructor> = C & ((...args: ConstructorParameters<C>) => InstanceType<C>);

/**
 * Makes an ES class callable without `new`; it stays constructible with `new` and subclassable by `extends`.
 * Used for every public class of the library: `export const Lock = callable(class Lock { … })`.
 *
 * `Class.prototype` is shared, so `instanceof` and `constructor` agree for both; statics are inherited.
 * A call costs a few nanoseconds; constructing a *subclass* costs about 1 µs, since V8 then has to find the subclass's
 * shape anew. So let one public class of ours extend another's inner class, not its callable face.
 *
 * @param name Python's name of the class, where the ES class bears another
 */
export function callable<C extends Constructor>(Class: C, name: string = Class.name): Callable<C> {
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
  return giveName(wrapper) as unknown as Callable<C>;
}
