// The classes that context managers may extend.
import { isPlainObject, makeCallable, markCallable } from "../builtins/classes";
import { object } from "../builtins/object";
import { with_ } from "../builtins/statements";
import { callable } from "../callable";
import { TypeError } from "../exceptions";
import { defineAll } from "../registry";
import { made } from "../runtime/made";

type AnyFunction = (...args: any[]) => any;

/** Refuses to make an instance of a class that has not filled in the base's method. */
function demand(instance: object, base: object, name: string): void {
  if ((instance as any)[name] !== (base as any)[name]) return;
  throw TypeError(`Can't instantiate abstract class ${instance.constructor.name} with abstract method ${name}`);
}

class AbstractContextManagerType extends object {
  constructor() {
    super();
    demand(this, AbstractContextManagerType.prototype, "__exit__");
  }

  __enter__(): unknown {
    return this;
  }

  __exit__(_type?: unknown, _error?: unknown, _traceback?: unknown): unknown {
    return null;
  }
}

/** Base of context managers: `__enter__` gives the manager itself, `__exit__` is the subclass's. */
export const AbstractContextManager = callable(AbstractContextManagerType, "AbstractContextManager");
export type AbstractContextManager = AbstractContextManagerType;

class AbstractAsyncContextManagerType extends object {
  constructor() {
    super();
    demand(this, AbstractAsyncContextManagerType.prototype, "__aexit__");
  }

  async __aenter__(): Promise<unknown> {
    return this;
  }

  async __aexit__(_type?: unknown, _error?: unknown, _traceback?: unknown): Promise<unknown> {
    return null;
  }
}

/** As AbstractContextManager, for `async with`. */
export const AbstractAsyncContextManager = callable(AbstractAsyncContextManagerType, "AbstractAsyncContextManager");
export type AbstractAsyncContextManager = AbstractAsyncContextManagerType;

/** Gives a function that stands for another its name. */
export function wraps<F extends AnyFunction>(wrapper: F, wrapped: AnyFunction): F {
  Object.defineProperty(wrapper, "name", { value: wrapped.name, configurable: true });
  Object.defineProperty(wrapper, "__wrapped__", { value: wrapped, writable: true, configurable: true });
  return wrapper;
}

/** The arguments of a decorator without what JavaScript tells it beside the function. */
export function decorated(args: unknown[]): unknown[] {
  const context = args[1];
  return args.length === 2 && isPlainObject(context) && typeof context.kind === "string" ? [args[0]] : args;
}

/** The function that runs `func` with a manager around it. */
function decorate(manager: ContextDecorator, func: AnyFunction): AnyFunction {
  const inner = function (this: unknown, ...args: unknown[]): unknown {
    return with_(manager._recreate_cm() as any, () => func.apply(this, args));
  };
  return made(wraps(inner, func), decorate, [manager, func]);
}

function decorateAsync(manager: AsyncContextDecorator, func: AnyFunction): AnyFunction {
  const inner = async function (this: unknown, ...args: unknown[]): Promise<unknown> {
    return with_(manager._recreate_cm() as any, async () => func.apply(this, args));
  };
  return made(wraps(inner, func), decorateAsync, [manager, func]);
}

/** What instances that are functions have of them. */
type Decorator = <F extends AnyFunction>(func: F, context?: object) => F;

class ContextDecoratorType extends object {
  constructor() {
    super();
    // biome-ignore lint/correctness/noConstructorReturn: the instance is a function
    return makeCallable(this);
  }

  /** The manager for one call of a decorated function; this one itself, unless it serves but once. */
  _recreate_cm(): unknown {
    return this;
  }

  __call__<F extends AnyFunction>(func: F, ..._context: unknown[]): F {
    return decorate(this as never, func) as F;
  }
}

markCallable(ContextDecoratorType.prototype);

/**
 * Base of context managers that are decorators as well: `const f = manager(function f() { … })`, or `@manager` on a method. Each call
 * enters and leaves the manager. An instance is a function, and stays with the thread that made it.
 */
export const ContextDecorator = callable(ContextDecoratorType as { new (): ContextDecorator }, "ContextDecorator");
export type ContextDecorator = ContextDecoratorType & Decorator;

class AsyncContextDecoratorType extends object {
  constructor() {
    super();
    // biome-ignore lint/correctness/noConstructorReturn: the instance is a function
    return makeCallable(this);
  }

  _recreate_cm(): unknown {
    return this;
  }

  __call__<F extends AnyFunction>(func: F, ..._context: unknown[]): F {
    return decorateAsync(this as never, func) as F;
  }
}

markCallable(AsyncContextDecoratorType.prototype);

/** As ContextDecorator, for asynchronous managers and functions. */
export const AsyncContextDecorator = callable(
  AsyncContextDecoratorType as { new (): AsyncContextDecorator },
  "AsyncContextDecorator",
);
export type AsyncContextDecorator = AsyncContextDecoratorType & Decorator;

defineAll("contextlib", {
  AbstractContextManager,
  AbstractAsyncContextManager,
  ContextDecorator,
  AsyncContextDecorator,
  decorate,
  decorateAsync,
});
