// Context managers that are generators.
//
// What Python raises at a generator's end JavaScript tells by `done`: a generator that swallows an error is done.
import { signature } from "../arguments";
import { isClass } from "../builtins/classes";
import { callable } from "../callable";
import { RuntimeError, StopAsyncIteration, StopIteration } from "../exceptions";
import { defineAll } from "../registry";
import { made } from "../runtime/made";
import { AsyncContextDecorator, ContextDecorator, decorated, wraps } from "./abstract";

type Make<G> = (...args: any[]) => G;

/** The error of the `with` body; Python may give its class alone. */
function instanceOf(type: unknown, error: unknown): unknown {
  return (error === null || error === undefined) && isClass(type) ? (type as unknown as () => Error)() : error;
}

/**
 * What `__exit__` does with an error that leaves the generator: false if that is the body's own, which `with` raises again.
 * The generator may have wrapped a StopIteration, as Python's own machinery would.
 */
function passedOn(raised: any, error: unknown, stops: any[]): false {
  const isWrapped = raised instanceof RuntimeError && (raised as any).__cause__ === error;
  if (raised === error || (isWrapped && stops.some((stop) => error instanceof stop))) return false;
  throw raised;
}

class GeneratorContextManager extends ContextDecorator {
  declare gen: Generator<unknown, unknown, unknown>;

  constructor(
    private readonly func: Make<Generator>,
    private readonly self: unknown,
    private readonly args: unknown[],
  ) {
    super();
    this.gen = func.apply(self, args);
  }

  override _recreate_cm(): unknown {
    return new GeneratorContextManager(this.func, this.self, this.args);
  }

  __enter__(): unknown {
    const { done, value } = this.gen.next();
    if (done) throw RuntimeError("generator didn't yield", { cause: null });
    return value;
  }

  __exit__(type: unknown = null, value: unknown = null, _traceback: unknown = null): boolean {
    const { gen } = this;
    if (type === null) {
      if (gen.next().done) return false;
      gen.return(undefined);
      throw RuntimeError("generator didn't stop");
    }
    const error = instanceOf(type, value);
    try {
      if (gen.throw(error).done) return true;
    } catch (raised) {
      return passedOn(raised, error, [StopIteration]);
    }
    gen.return(undefined);
    throw RuntimeError("generator didn't stop after throw()");
  }
}

class AsyncGeneratorContextManager extends AsyncContextDecorator {
  declare gen: AsyncGenerator<unknown, unknown, unknown>;

  constructor(
    private readonly func: Make<AsyncGenerator>,
    private readonly self: unknown,
    private readonly args: unknown[],
  ) {
    super();
    this.gen = func.apply(self, args);
  }

  override _recreate_cm(): unknown {
    return new AsyncGeneratorContextManager(this.func, this.self, this.args);
  }

  async __aenter__(): Promise<unknown> {
    const { done, value } = await this.gen.next();
    if (done) throw RuntimeError("generator didn't yield", { cause: null });
    return value;
  }

  async __aexit__(type: unknown = null, value: unknown = null, _traceback: unknown = null): Promise<boolean> {
    const { gen } = this;
    if (type === null) {
      if ((await gen.next()).done) return false;
      await gen.return(undefined);
      throw RuntimeError("generator didn't stop");
    }
    const error = instanceOf(type, value);
    try {
      if ((await gen.throw(error)).done) return true;
    } catch (raised) {
      return passedOn(raised, error, [StopIteration, StopAsyncIteration]);
    }
    await gen.return(undefined);
    throw RuntimeError("generator didn't stop after athrow()");
  }
}

export const _GeneratorContextManager = callable(GeneratorContextManager, "_GeneratorContextManager");
export const _AsyncGeneratorContextManager = callable(AsyncGeneratorContextManager, "_AsyncGeneratorContextManager");

/** A manager of `contextmanager` is itself a decorator. */
export interface GeneratorManager<Y> {
  __enter__(): Y;
  __exit__(type?: unknown, error?: unknown, traceback?: unknown): boolean;
  <F extends (...args: any[]) => any>(func: F, context?: object): F;
}

export interface AsyncGeneratorManager<Y> {
  __aenter__(): Promise<Y>;
  __aexit__(type?: unknown, error?: unknown, traceback?: unknown): Promise<boolean>;
  <F extends (...args: any[]) => any>(func: F, context?: object): F;
}

const bindPlain = signature<[func: Make<Generator>]>("contextmanager(func)");

/**
 * Makes context managers of a generator function: what stands before its `yield` runs when `with` begins, what stands after it
 * when it ends, and what it yields is what `with` gives. The body's error is raised at the `yield`. On a method: `@contextmanager`.
 *
 * @throws RuntimeError where it is used, if the generator yields not exactly once: "generator didn't yield", "generator didn't stop"
 */
export function contextmanager<A extends unknown[], Y>(
  func: (this: any, ...args: A) => Generator<Y, any, any>,
  context?: object,
): (...args: A) => GeneratorManager<Y>;
export function contextmanager(...given: unknown[]): unknown {
  const [func] = bindPlain(decorated(given));
  const helper = function (this: unknown, ...args: unknown[]): any {
    const manager = new GeneratorContextManager(func, this, args);
    return this === undefined ? made(manager as never, helper, args) : manager;
  };
  return made(wraps(helper, func), contextmanager as never, [func]);
}

const bindAsync = signature<[func: Make<AsyncGenerator>]>("asynccontextmanager(func)");

/** As contextmanager, for an async generator function and `await with_(…)`. */
export function asynccontextmanager<A extends unknown[], Y>(
  func: (this: any, ...args: A) => AsyncGenerator<Y, any, any>,
  context?: object,
): (...args: A) => AsyncGeneratorManager<Y>;
export function asynccontextmanager(...given: unknown[]): unknown {
  const [func] = bindAsync(decorated(given));
  const helper = function (this: unknown, ...args: unknown[]): any {
    const manager = new AsyncGeneratorContextManager(func, this, args);
    return this === undefined ? made(manager as never, helper, args) : manager;
  };
  return made(wraps(helper, func), asynccontextmanager as never, [func]);
}

defineAll("contextlib", {
  contextmanager,
  asynccontextmanager,
  _GeneratorContextManager,
  _AsyncGeneratorContextManager,
});
