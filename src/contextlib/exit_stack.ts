// contextlib.ExitStack and AsyncExitStack: context managers entered one by one, and left together.
//
// Invariant: errors that are raised while the stack unwinds have the contexts that nested `with` statements would give them.
import { kw, signature } from "../arguments";
import { isPlainObject, qualifiedName } from "../builtins/classes";
import type { list } from "../builtins/list";
import { newList } from "../builtins/list";
import { object } from "../builtins/object";
import { truth } from "../builtins/truth";
import { tuple } from "../builtins/tuple";
import { type } from "../builtins/types";
import { callable } from "../callable";
import { BaseException, chainContext, TypeError, whileHandling } from "../exceptions";
import { defineAll } from "../registry";
import { bound } from "../runtime/bound";
import { callWithKeywords } from "../runtime/functions";
import { made } from "../runtime/made";

type AnyFunction = (...args: any[]) => any;
type Details = [type: unknown, error: any, traceback: unknown];

/** A special method, which is looked for in the class alone; an object literal is its own class. */
function classMethod(x: any, name: string): AnyFunction | undefined {
  if (x === null || x === undefined) return undefined;
  const found = (isPlainObject(x) ? x : x.constructor?.prototype)?.[name];
  return typeof found === "function" ? found : undefined;
}

/** The manager's method, with the manager in `__self__`. */
function boundExit(manager: object, name: string): AnyFunction {
  const method = bound(manager, name, classMethod(manager, name)) as AnyFunction;
  if (!Object.hasOwn(method, "__self__")) Object.defineProperty(method, "__self__", { value: manager });
  return method;
}

function wrapCallback(func: AnyFunction, args: unknown[], keywords: Record<string, unknown>): AnyFunction {
  // Its name is that of the key, which a minifier leaves.
  const { _exit_wrapper } = { _exit_wrapper: () => void callWithKeywords(func, args, keywords) };
  Object.defineProperty(_exit_wrapper, "__wrapped__", { value: func });
  return made(_exit_wrapper, wrapCallback, [func, args, keywords]);
}

function wrapAsyncCallback(func: AnyFunction, args: unknown[], keywords: Record<string, unknown>): AnyFunction {
  const { _exit_wrapper } = { _exit_wrapper: async () => void (await callWithKeywords(func, args, keywords)) };
  Object.defineProperty(_exit_wrapper, "__wrapped__", { value: func });
  return made(_exit_wrapper, wrapAsyncCallback, [func, args, keywords]);
}

function detailsOf(error: any): Details {
  return [type(error), error, error?.__traceback__ ?? null];
}

/** An error that leaves the stack has the context that it has: also none, where what it led back to was suppressed. */
function settleContext(error: unknown): void {
  const seen = new Set<unknown>();
  for (let last = error; last instanceof BaseException && !seen.has(last); last = last.__context__) {
    seen.add(last);
    if (last.__context__ === null) last.__context__ = null;
  }
}

abstract class BaseExitStack extends object {
  /** (is it called without being awaited, callback) */
  declare _exit_callbacks: list;

  constructor() {
    super();
    this._exit_callbacks = newList([]) as unknown as list;
  }

  /** Hands all that is registered over to a new stack, which it gives back. */
  pop_all(): this {
    const stack = new (this.constructor as new () => this)();
    stack._exit_callbacks = this._exit_callbacks;
    this._exit_callbacks = newList([]) as unknown as list;
    return stack;
  }

  /** Registers an object's `__exit__`, or a function that is called as one and may suppress an error. Gives it back. */
  push<E>(exit: E): E;
  push(...args: unknown[]): unknown {
    const [exit] = bindPush(args) as [any];
    this._push_exit_callback(classMethod(exit, "__exit__") ? boundExit(exit, "__exit__") : exit);
    return exit;
  }

  /**
   * Enters a manager and gives what that gives; the manager is left when the stack is.
   *
   * @throws TypeError if it is none
   */
  enter_context<R>(cm: { __enter__(): R; __exit__(...details: any[]): unknown }): R;
  enter_context(...args: unknown[]): unknown {
    const [cm] = bindEnter(args) as [any];
    const enter = classMethod(cm, "__enter__");
    if (!enter || !classMethod(cm, "__exit__")) throw noManager(cm, "context manager");
    const value = enter.call(cm);
    this._push_exit_callback(boundExit(cm, "__exit__"));
    return value;
  }

  /** Registers a call that is made when the stack is left. Gives the function back. */
  callback<F extends AnyFunction>(callback: F, ...args: any[]): F;
  callback(...given: unknown[]): unknown {
    const [callback, args, kwds] = bindCallback(onlyKeywords(given));
    this._push_exit_callback(wrapCallback(callback, args, kwds));
    return callback;
  }

  _push_exit_callback(callback: unknown, is_sync = true): void {
    this._exit_callbacks.append(tuple([is_sync, callback]));
  }

  _pop(): [boolean, AnyFunction] | undefined {
    return this._exit_callbacks.length > 0 ? (this._exit_callbacks.pop() as never) : undefined;
  }
}

const bindPush = signature("ExitStack.push(exit: data)");
const bindEnter = signature("ExitStack.enter_context(cm: data)");
const bindCallback = signature<[AnyFunction, unknown[], Record<string, unknown>]>(
  "ExitStack.callback(callback, /, *args, **kwds)",
);

/** A lone object literal is no function, so it is keywords. */
function onlyKeywords(given: unknown[]): unknown[] {
  return given.length === 1 && isPlainObject(given[0]) ? [kw(given[0])] : given;
}

function noManager(x: any, kind: string): Error {
  return TypeError(`'${qualifiedName(type(x) as never)}' object does not support the ${kind} protocol`);
}

class ExitStackType extends BaseExitStack {
  __enter__(): this {
    return this;
  }

  __exit__(...given: unknown[]): boolean {
    let details = [...given, null, null, null].slice(0, 3) as Details;
    const received = given.length > 0 && given[0] !== null && given[0] !== undefined;
    let isSuppressed = false;
    let isPending = false;
    for (let entry = this._pop(); entry; entry = this._pop()) {
      const [, callback] = entry;
      const [kind, error, traceback] = details;
      try {
        const suppresses = whileHandling(error, () => callback(kind, error, traceback));
        if (!truth(suppresses)) continue;
        isSuppressed = true;
        isPending = false;
        details = [null, null, null];
      } catch (failure) {
        isPending = true;
        details = detailsOf(failure);
      }
    }
    if (!isPending) return received && isSuppressed;
    settleContext(details[1]);
    throw details[1];
  }

  /** Leaves all that was entered, at once. */
  close(): void {
    this.__exit__(null, null, null);
  }
}

/**
 * A stack of context managers and callbacks, which are left in reverse order when `with` ends; for as many managers as the
 * program finds out while it runs.
 */
export const ExitStack = callable(ExitStackType, "ExitStack");
export type ExitStack = ExitStackType;

const bindEnterAsync = signature("AsyncExitStack.enter_async_context(cm: data)");
const bindPushAsync = signature("AsyncExitStack.push_async_exit(exit: data)");
const bindCallbackAsync = signature<[AnyFunction, unknown[], Record<string, unknown>]>(
  "AsyncExitStack.push_async_callback(callback, /, *args, **kwds)",
);

class AsyncExitStackType extends BaseExitStack {
  /** As enter_context, for an asynchronous manager. */
  async enter_async_context<R>(cm: {
    __aenter__(): PromiseLike<R> | R;
    __aexit__(...details: any[]): unknown;
  }): Promise<R>;
  async enter_async_context(...args: unknown[]): Promise<unknown> {
    const [cm] = bindEnterAsync(args) as [any];
    const enter = classMethod(cm, "__aenter__");
    if (!enter || !classMethod(cm, "__aexit__")) throw noManager(cm, "asynchronous context manager");
    const value = await enter.call(cm);
    this._push_exit_callback(boundExit(cm, "__aexit__"), false);
    return value;
  }

  /** As push, for an object's `__aexit__` or an async function. */
  push_async_exit<E>(exit: E): E;
  push_async_exit(...args: unknown[]): unknown {
    const [exit] = bindPushAsync(args) as [any];
    this._push_exit_callback(classMethod(exit, "__aexit__") ? boundExit(exit, "__aexit__") : exit, false);
    return exit;
  }

  /** As callback, for an async function. */
  push_async_callback<F extends AnyFunction>(callback: F, ...args: any[]): F;
  push_async_callback(...given: unknown[]): unknown {
    const [callback, args, kwds] = bindCallbackAsync(onlyKeywords(given));
    this._push_exit_callback(wrapAsyncCallback(callback, args, kwds), false);
    return callback;
  }

  async __aenter__(): Promise<this> {
    return this;
  }

  async __aexit__(...given: unknown[]): Promise<boolean> {
    let details = [...given, null, null, null].slice(0, 3) as Details;
    const received = given.length > 0 && given[0] !== null && given[0] !== undefined;
    let isSuppressed = false;
    let isPending = false;
    for (let entry = this._pop(); entry; entry = this._pop()) {
      const [isSync, callback] = entry;
      const [kind, error, traceback] = details;
      try {
        const answer = whileHandling(error, () => callback(kind, error, traceback));
        if (!truth(isSync ? answer : await answer)) continue;
        isSuppressed = true;
        isPending = false;
        details = [null, null, null];
      } catch (failure) {
        chainContext(failure, error);
        isPending = true;
        details = detailsOf(failure);
      }
    }
    if (!isPending) return received && isSuppressed;
    settleContext(details[1]);
    throw details[1];
  }

  /** Leaves all that was entered, at once. */
  async aclose(): Promise<void> {
    await this.__aexit__(null, null, null);
  }
}

/** As ExitStack, for `async with`: it takes managers and callbacks of both kinds. */
export const AsyncExitStack = callable(AsyncExitStackType, "AsyncExitStack");
export type AsyncExitStack = AsyncExitStackType;

defineAll("contextlib", { ExitStack, AsyncExitStack, wrapCallback, wrapAsyncCallback });
