// What Python calls the class of a value: names, modules and addresses. A leaf: everything may stand on it.

import { containers } from "./containers";

export type AnyClass = abstract new (...args: any[]) => unknown;
type AnyFunction = (...args: any[]) => unknown;

/** An object of any kind, seen as a bag of attributes. */
export type Attributes = Record<PropertyKey, unknown>;

/** Own number under this symbol: the address that `id` and `repr` show, the same in every thread. */
export const ADDRESS: unique symbol = Symbol.for("pythreads.address") as never;

/** Given back by `__eq__`, `__lt__`, … to say: ask the other operand. */
export const NotImplemented = Object.freeze({ __repr__: () => "NotImplemented" });

/** Is `x` an object literal, that is, what a port means by a dict or by keywords? */
export function isPlainObject(x: unknown): x is Record<string, unknown> {
  if (typeof x !== "object" || x === null) return false;
  const prototype = Object.getPrototypeOf(x);
  return prototype === Object.prototype || (prototype === null && !(Symbol.toStringTag in x));
}

/** Classes, ours and JavaScript's, are the functions whose `prototype` is fixed. */
export function isClass(x: unknown): x is AnyClass {
  return typeof x === "function" && Object.getOwnPropertyDescriptor(x, "prototype")?.writable === false;
}

const callees = new WeakMap<AnyFunction | AnyClass, AnyFunction>();

/** What calls a function, and makes an instance of a class: a program's own JavaScript does not let be called. */
export function callee(f: AnyFunction): AnyFunction {
  if (!isClass(f)) return f;
  let found = callees.get(f);
  if (!found) {
    const isOwn = Function.prototype.toString.call(f).startsWith("class");
    found = isOwn ? (...args) => Reflect.construct(f, args) : f;
    callees.set(f, found);
  }
  return found;
}

const INSTANCE: unique symbol = Symbol.for("pythreads.instance") as never;

/** Makes the instances of a class functions: what they do when called is `__call__`. */
export function makeCallable(instance: { __call__(...args: any[]): unknown }): never {
  const face = (...args: unknown[]) => (face as unknown as typeof instance).__call__(...args);
  for (const own of ["name", "length"]) delete (face as unknown as Attributes)[own];
  return Object.setPrototypeOf(face, Object.getPrototypeOf(instance)) as never;
}

/** Marks the prototype of a class whose instances are functions. */
export function markCallable(prototype: object): void {
  Object.defineProperty(prototype, INSTANCE, { value: true });
}

/** Is `x` a function to JavaScript, and an object with `__call__` to Python? */
export function isCallableInstance(x: unknown): boolean {
  return typeof x === "function" && (x as unknown as Attributes)[INSTANCE] === true;
}

/** The method `name` of an object, bound to it. A class is not asked: its methods are its instances'. */
export function method(x: unknown, name: string): AnyFunction | undefined {
  if (x === null || (typeof x !== "object" && !isCallableInstance(x))) return undefined;
  const found = (x as Attributes)[name];
  return typeof found === "function" ? found.bind(x) : undefined;
}

const pythonName: PropertyDescriptor & ThisType<{ name: string }> = {
  get() {
    return this.name;
  },
  set(name: string) {
    Object.defineProperty(this, "name", { value: name, configurable: true });
  },
  configurable: true,
};

let asTuple = (classes: unknown[]): readonly unknown[] => classes;

/** Tells how a tuple is made, which stands on this file. */
export function setTuple(make: typeof asTuple): void {
  asTuple = make;
}

/** A class and those above it, as far as Python knows them; `object` is at the end. */
function mroOf(cls: AnyClass): readonly unknown[] {
  const found: unknown[] = [];
  for (let level = cls.prototype as object | null; level; level = Object.getPrototypeOf(level)) {
    const { constructor } = level;
    if (Object.hasOwn(level, "constructor") && "__name__" in constructor) found.push(constructor);
  }
  const { object } = containers;
  return asTuple(object && !found.includes(object) ? [...found, object] : found);
}

const pythonMro: PropertyDescriptor & ThisType<AnyClass> = {
  get() {
    return mroOf(this);
  },
  configurable: true,
};

const pythonBases: PropertyDescriptor & ThisType<AnyClass> = {
  get() {
    return asTuple(mroOf(this).slice(1, 2));
  },
  configurable: true,
};

/** Gives a class (and through inheritance its subclasses) Python's `__name__`, `__mro__` and `__bases__`. */
export function giveName<C extends object>(cls: C): C {
  if ("__name__" in cls) return cls;
  // A program's classes without a base have it from none: the topmost gets it, for those between to have it too.
  let root: object = cls;
  let base: unknown = Object.getPrototypeOf(cls);
  while (isClass(base) && !isNative(base)) {
    root = base;
    base = Object.getPrototypeOf(base);
  }
  Object.defineProperties(root, { __name__: pythonName, __mro__: pythonMro, __bases__: pythonBases });
  return cls;
}

/** Makes a function such as `int` a class of Python: `isinstance(1, int)`, `type(1) === int`, `repr(int)`. */
export function builtinType<F extends AnyFunction>(make: F, base?: AnyFunction): F {
  const prototype = Object.create(base?.prototype ?? Object.prototype, { constructor: { value: make } });
  Object.defineProperty(make, "prototype", { value: prototype, writable: false });
  Object.defineProperty(make, "__module__", { value: "builtins", configurable: true });
  return giveName(make);
}

/** Marks functions that `repr` shows as `<built-in function name>`. */
export function markBuiltin(...functions: AnyFunction[]): void {
  for (const f of functions) Object.defineProperty(f, "__module__", { value: "builtins", configurable: true });
}

/** Whether a function or class is the host's own. Firefox shows its code in several lines. */
export function isNative(f: Function): boolean {
  return /\{\s*\[native code\]\s*\}$/.test(Function.prototype.toString.call(f)) && !f.name.startsWith("bound ");
}

/** `__module__`: the class's own, "builtins" for JavaScript's, else the program's. */
export function moduleOf(f: AnyFunction | AnyClass): string {
  if (Object.hasOwn(f, "__module__")) return String((f as unknown as Attributes).__module__);
  return isNative(f) ? "builtins" : "__main__";
}

/** The name that Python prints: `ValueError`, `queue.Empty`, `__main__.Account`. */
export function qualifiedName(f: AnyFunction | AnyClass): string {
  const module = moduleOf(f);
  return module === "builtins" ? f.name : `${module}.${f.name}`;
}

/** How engines tell of a name that is not declared, and of a variable that is read before its line. */
const UNDECLARED = /^(?:Can't find variable: )?(\S+?)(?: is not defined)?$/;
const UNBOUND = /^(?:Cannot access|can't access lexical declaration) '(.+)' before initialization$/;

const TOO_DEEP = /^(?:Maximum call stack|too much recursion)/;

/** The text of an error of JavaScript's own, Python's where it is about a name or the depth of recursion. */
export function hostErrorText({ message, constructor }: Error): string {
  if (TOO_DEEP.test(message)) return "maximum recursion depth exceeded";
  if (constructor !== ReferenceError) return message;
  const unbound = UNBOUND.exec(message)?.[1];
  if (unbound) return `cannot access local variable '${unbound}' where it is not associated with a value`;
  const undeclared = UNDECLARED.exec(message)?.[1];
  return undeclared ? `name '${undeclared}' is not defined` : message;
}

/** The Python exception as which an error of JavaScript's own counts. */
export function hostErrorName(
  error: Error,
): "Exception" | "NameError" | "RecursionError" | "SyntaxError" | "TypeError" | "UnboundLocalError" | "ValueError" {
  if (error instanceof TypeError) return "TypeError";
  if (error instanceof SyntaxError) return "SyntaxError";
  if (error instanceof ReferenceError) return UNBOUND.test(error.message) ? "UnboundLocalError" : "NameError";
  if (TOO_DEEP.test(error.message)) return "RecursionError";
  if (error instanceof RangeError || error instanceof URIError) return "ValueError";
  return "Exception";
}

/** The Python name of JavaScript's own containers. */
const containerNames = new Map<unknown, string>([
  [Array, "list"],
  [Map, "dict"],
  [Set, "set"],
  [Uint8Array, "bytes"],
  [globalThis.Buffer, "bytes"],
]);

/** `type(x).__name__`. One number type: an integral number below 2**53 is an int, any other a float. */
export function typeName(x: unknown): string {
  switch (typeof x) {
    case "undefined":
      return "NoneType";
    case "boolean":
      return "bool";
    case "bigint":
      return "int";
    case "number":
      return Number.isSafeInteger(x) ? "int" : "float";
    case "string":
      return "str";
    case "symbol":
      return "symbol";
    case "function":
      if (isCallableInstance(x)) return objectTypeName(x as object);
      if (isClass(x)) return "type";
      return moduleOf(x as AnyFunction) === "builtins" ? "builtin_function_or_method" : "function";
  }
  if (x === null) return "NoneType";
  return objectTypeName(x as object);
}

/** How errors call the class of a value: what CPython has in C bears its module's name, `_thread.lock`. */
export function errorTypeName(x: unknown): string {
  const name = typeName(x);
  if (typeof x !== "object" || x === null || typeof x.constructor !== "function") return name;
  const module = Object.getOwnPropertyDescriptor(x.constructor, "__module__")?.value;
  return /^_[a-z]/.test(module) ? `${module}.${name}` : name;
}

function objectTypeName(x: object): string {
  if (isPlainObject(x)) return "dict";
  const cls = x.constructor;
  if (x instanceof Error && isNative(cls)) return hostErrorName(x);
  // Generators, iterators and modules have no class of their own, but a tag: "Array Iterator", "Module".
  if (typeof cls !== "function" || cls === Object) {
    return String((x as Attributes)[Symbol.toStringTag] ?? "object")
      .toLowerCase()
      .replace(" ", "_");
  }
  return containerNames.get(cls) ?? cls.name;
}

let nextAddress = 0x7f0000000000;
const addresses = new WeakMap<WeakKey, number>();

/** A stable fake address for anything that has identity. */
export function address(x: object): number {
  const own = (x as Attributes)[ADDRESS];
  if (typeof own === "number") return own;
  let found = addresses.get(x);
  if (found === undefined) {
    found = nextAddress += 48;
    addresses.set(x, found);
  }
  return found;
}
