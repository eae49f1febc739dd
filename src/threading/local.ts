// threading.local: attributes that each thread has for itself.
//
// The attributes of the thread that runs in this worker are own properties of the facade, as of any object: reading one
// costs nothing. When the thread ends they are removed, and the facade sleeps until the next thread uses it.
//
//   asleep   no own properties; the prototype's traps awaken it at its first use
//   awake    its class's constructor has run for this thread; the prototype's trap answers for what is not there
//
// Invariant: a facade with own properties is in `awake`, unless the thread is the first process's main thread, whose worker runs no other.
import { Kind } from "../../assembly/status";
import { callable } from "../callable";
import { AttributeError, TypeError } from "../exceptions";
import { kernel, me } from "../kernel/kernel";
import { defineAll } from "../registry";
import { mainThreadAddress, parentPid } from "../runtime/process";
import { addressOf, KIND, localOf, reviveKind, Shared } from "../runtime/shared";
import { allocated } from "../runtime/wait";
import { read, slotAt, write } from "../runtime/words";

/** Words of the record. */
const enum Word {
  Class,
  Args,
}

const awake = new Set<LocalType>();
/** The facade for which a constructor runs that makes no new object. */
let awakening: LocalType | undefined;

class LocalType extends Shared<unknown[]> {
  static readonly __module__ = "_thread";
  [name: string]: any;

  get [KIND](): Kind {
    return Kind.Local;
  }

  constructor(...args: unknown[]) {
    super(args);
    if (awakening) {
      const facade = awakening;
      awakening = undefined;
      // biome-ignore lint/correctness/noConstructorReturn: what follows in a subclass's constructor is done to that one
      return facade;
    }
    if (args.length > 0 && !hasOwnConstructor(new.target))
      throw TypeError("Initialization arguments are not supported");
    markAwake(this);
  }

  protected promote(args: unknown[]): number {
    const address = allocated(kernel.record_new(Kind.Local, 2));
    const words = slotAt(kernel.record_words(address) >>> 0);
    try {
      write(words + Word.Class, this.constructor, "local's class");
      write(words + Word.Args, args, "local");
    } catch (error) {
      kernel.object_release(address);
      throw error;
    }
    return address;
  }

  /** The calling thread's attributes, a copy. */
  get __dict__(): Record<string, unknown> {
    return { ...this };
  }

  set __dict__(_value: unknown) {
    throw AttributeError(`'${nameOf(this.constructor)}' object attribute '__dict__' is read-only`);
  }

  /** @throws AttributeError if the calling thread has no such attribute */
  __getattribute__(name: string): unknown {
    return this[name];
  }

  __setattr__(name: string, value: unknown): void {
    this[name] = value;
  }

  /** @throws AttributeError if the calling thread has no such attribute */
  __delattr__(name: string): void {
    if (!Object.hasOwn(this, name)) throw missing(this.constructor, name);
    delete this[name];
  }

  __repr__(): string {
    const at = addressOf(this as LocalType)
      .toString(16)
      .padStart(12, "0");
    return `<${nameOf(this.constructor)} object at 0x${at}>`;
  }
}

/**
 * An object whose attributes each thread has for itself: what one thread sets, no other sees. A subclass's constructor runs
 * in each thread at its first use of the object, with the same arguments, which it hands on to `super`. Behaves as
 * CPython's `threading.local`, except that `__dict__` is a copy.
 */
export const local = callable(LocalType, "local");
export type local = LocalType;

function nameOf(constructor: Function): string {
  return (constructor as unknown) === local ? "_thread._local" : constructor.name;
}

function missing(constructor: Function, name: string): Error {
  return AttributeError(`'${nameOf(constructor)}' object has no attribute '${name}'`, { name });
}

/** Python refuses arguments where no `__init__` takes them. */
function hasOwnConstructor(constructor: Function): boolean {
  for (
    let level = constructor;
    (level as unknown) !== local && level !== LocalType;
    level = Object.getPrototypeOf(level)
  ) {
    if (/\bconstructor\s*\(/.test(Function.prototype.toString.call(level))) return true;
  }
  return false;
}

/** Forgets the attributes of a thread that ends in this worker. */
export function forgetLocals(): void {
  for (const facade of awake) {
    for (const name of Object.keys(facade)) delete facade[name];
    Object.setPrototypeOf(facade, asleepPrototype(facade.constructor));
  }
  awake.clear();
}

function markAwake(facade: LocalType): void {
  Object.setPrototypeOf(facade, awakePrototype(facade.constructor));
  if (me !== mainThreadAddress() || parentPid() !== 0) awake.add(facade);
}

/** The calling thread uses a sleeping facade for the first time. */
function awaken(facade: LocalType): void {
  const { constructor } = facade;
  markAwake(facade);
  if ((constructor as unknown) === local) return;
  const address = addressOf(facade);
  const args = localOf<unknown[]>(facade) ?? read(slotAt(kernel.record_words(address) >>> 0) + Word.Args);
  awakening = facade;
  try {
    Reflect.construct(constructor, args as unknown[]);
  } finally {
    awakening = undefined;
  }
}

const awakePrototypes = new WeakMap<Function, object>();
const asleepPrototypes = new WeakMap<Function, object>();

function memo(made: WeakMap<Function, object>, constructor: Function, handler: ProxyHandler<any>): object {
  const known = made.get(constructor);
  if (known) return known;
  const prototype: object = new Proxy(Object.create(constructor.prototype), handler);
  made.set(constructor, prototype);
  return prototype;
}

/** Answers for what is neither an attribute of this thread nor in the class. */
function awakePrototype(constructor: Function): object {
  return memo(awakePrototypes, constructor, {
    get(target, key, receiver) {
      if (key in target || isProbe(key)) return Reflect.get(target, key, receiver);
      throw missing(constructor, key as string);
    },
  });
}

/** Awakens the facade at its first use. */
function asleepPrototype(constructor: Function): object {
  return memo(asleepPrototypes, constructor, {
    get(target, key, receiver) {
      if (isProbe(key) || key === "constructor") return Reflect.get(target, key, receiver);
      awaken(receiver);
      return receiver[key];
    },
    set(_target, key, value, receiver) {
      awaken(receiver);
      receiver[key] = value;
      return true;
    },
  });
}

/** What JavaScript and the builtins ask any object for. */
function isProbe(key: string | symbol): boolean {
  if (typeof key === "symbol" || key === "then" || key === "toJSON") return true;
  return key.startsWith("__") && key !== "__dict__" && !key.endsWith("attr__") && key !== "__getattribute__";
}

reviveKind(Kind.Local, (address) => {
  const constructor = read(slotAt(kernel.record_words(address) >>> 0) + Word.Class) as Function;
  const facade = Shared.revive(constructor, address);
  Object.setPrototypeOf(facade, asleepPrototype(constructor));
  return facade;
});

defineAll("threading", { local });
