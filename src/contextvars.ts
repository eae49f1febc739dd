// Python's contextvars module: variables that have a value in each context. Each thread begins with an empty one.
import { signature } from "./arguments";
import { isPlainObject } from "./builtins/classes";
import { eq } from "./builtins/compare";
import { dict } from "./builtins/dict";
import { object } from "./builtins/object";
import { repr, reprAddress, reprGuarded } from "./builtins/repr";
import type { tuple } from "./builtins/tuple";
import { callable } from "./callable";
import { AttributeError, KeyError, LookupError, RuntimeError, TypeError, ValueError } from "./exceptions";
import { kernel, me } from "./kernel/kernel";
import { defineAll, extendCodec } from "./registry";
import { refuseCopies } from "./runtime/copies";
import { callWithKeywords } from "./runtime/functions";
import { isAttached } from "./runtime/process";

type Values = dict<ContextVarType<any>, any>;

/** Counts the arguments of what CPython writes in C: its own text for each. */
function variableOf(key: unknown): ContextVarType<any> {
  if (key instanceof ContextVarType) return key;
  throw TypeError(`a ContextVar key was expected, got ${repr(key)}`);
}

const bindRun = signature<[f: (...args: any[]) => unknown, args: unknown[], kwargs: Record<string, unknown>]>(
  "Context.run(callable, /, *args, **kwargs)",
);

/** The values are replaced, never changed, so that a copy costs nothing. */
class ContextType extends object {
  static readonly __module__ = "_contextvars";
  declare readonly __hash__: null;
  declare _values: Values;
  declare _entered: boolean;

  constructor(...args: unknown[]) {
    super();
    if (args.length > 0) throw TypeError("Context() does not accept any arguments");
    this._values = dict() as Values;
    this._entered = false;
  }

  /**
   * Calls a function in this context, which keeps what that sets.
   *
   * @throws RuntimeError if somebody is in it already
   */
  run<A extends unknown[], R>(f: (...args: A) => R, ...args: A): R;
  run(...given: unknown[]): unknown {
    if (given.length === 0) throw TypeError("run() missing 1 required positional argument");
    const [f, args, kwargs] = bindRun(given);
    const outer = currentContext();
    enterContext(this);
    try {
      return callWithKeywords(f, args, kwargs);
    } finally {
      leaveContext(this, outer);
    }
  }

  copy(): Context {
    const made = new ContextType();
    made._values = this._values;
    return made;
  }

  get(key: ContextVar<any>, otherwise: unknown = null): any {
    return this._values.get(variableOf(key), otherwise);
  }

  keys(): Iterable<ContextVar<any>> {
    return this._values.keys();
  }

  values(): Iterable<any> {
    return this._values.values();
  }

  items(): Iterable<tuple<any>> {
    return this._values.items() as never;
  }

  __getitem__(key: ContextVar<any>): any {
    if (!this._values.has(variableOf(key))) throw KeyError(key);
    return this._values.get(key);
  }

  __contains__(key: unknown): boolean {
    return this._values.has(variableOf(key));
  }

  __len__(): number {
    return this._values.__len__();
  }

  __eq__(other: unknown): boolean {
    return other instanceof ContextType && eq(this._values, other._values);
  }

  [Symbol.iterator](): Iterator<ContextVar<any>> {
    return this._values.keys()[Symbol.iterator]() as never;
  }
}

Object.defineProperty(ContextType.prototype, "__hash__", { value: null });

/** What context variables hold, for one thread or task. */
export const Context = callable(ContextType, "Context");
export type Context = ContextType;

/** The context of the thread that this worker ran last. */
let current: { thread: number; context: Context } | undefined;

/** The context in which the calling thread is. */
export function currentContext(): Context {
  const thread = isAttached() && me !== 0 ? kernel.thread_id(me) : 0;
  if (current?.thread !== thread) {
    const context = new ContextType();
    context._entered = true;
    current = { thread, context };
  }
  return current.context;
}

/** Makes a context the calling thread's, until it is left. */
export function enterContext(context: Context): void {
  if (context._entered) throw RuntimeError(`cannot enter context: ${repr(context)} is already entered`);
  context._entered = true;
  currentContext();
  current!.context = context;
}

export function leaveContext(context: Context, outer: Context): void {
  context._entered = false;
  current!.context = outer;
}

/** A copy of the present context. */
export function copy_context(): Context {
  return currentContext().copy();
}

/** Stands for no value. */
class MissingType {
  static readonly __module__ = "Token";

  __repr__(): string {
    return "<Token.MISSING>";
  }
}

Object.defineProperty(MissingType, "name", { value: "MISSING" });
const MISSING = Object.freeze(new MissingType());
extendCodec(MissingType, { name: "contextvars.MISSING", reduce: () => null, restore: () => MISSING });

let makesToken = false;

class TokenType extends object {
  static readonly __module__ = "_contextvars";
  static readonly MISSING = MISSING;
  declare _var: ContextVarType<any>;
  declare _old: unknown;
  declare _context: Context;
  declare _used: boolean;

  constructor() {
    super();
    if (!makesToken) throw RuntimeError("Tokens can only be created by ContextVars");
  }

  /** The variable that was set. */
  get var(): ContextVar<any> {
    return this._var;
  }

  /** What it held before, or MISSING. */
  get old_value(): any {
    return this._old;
  }

  get MISSING(): typeof MISSING {
    return MISSING;
  }

  __repr__(): string {
    return `<Token${this._used ? " used" : ""} var=${repr(this._var)} at ${reprAddress(this)}>`;
  }
}

/** What `ContextVar.set` gives, and `reset` takes. */
export const Token = callable(TokenType, "Token");
export type Token = TokenType;

function newToken(variable: ContextVarType<any>, old: unknown, context: Context): Token {
  makesToken = true;
  try {
    return Object.assign(new TokenType(), { _var: variable, _old: old, _context: context, _used: false });
  } finally {
    makesToken = false;
  }
}

function checkCount(name: string, given: unknown[], most: number): void {
  if (given.length > most)
    throw TypeError(`${name} expected at most ${most} argument${most === 1 ? "" : "s"}, got ${given.length}`);
}

class ContextVarType<T> extends object {
  static readonly __module__ = "_contextvars";
  declare _name: string;
  declare _default: unknown;

  constructor(name: string, keywords?: { default: T });
  constructor(...args: unknown[]) {
    super();
    const last = args.at(-1);
    const keywords = isPlainObject(last) ? (args.pop() as { default?: T }) : {};
    for (const key of Object.keys(keywords)) {
      if (key !== "default") throw TypeError(`'${key}' is an invalid keyword argument for ContextVar()`);
    }
    if (args.length === 0) throw TypeError("ContextVar() takes exactly 1 positional argument (0 given)");
    if (args.length > 1) throw TypeError(`ContextVar() takes at most 1 positional argument (${args.length} given)`);
    if (typeof args[0] !== "string") throw TypeError("context variable name must be a str");
    this._name = args[0];
    this._default = "default" in keywords ? keywords.default : MISSING;
  }

  get name(): string {
    return this._name;
  }

  set name(_: string) {
    throw AttributeError("readonly attribute");
  }

  /**
   * Its value in this context, or else `otherwise`, or else its default.
   *
   * @throws LookupError if there is none of these
   */
  get(): T;
  get<D>(otherwise: D): T | D;
  get(...otherwise: unknown[]): unknown {
    checkCount("get", otherwise, 1);
    const found = currentContext()._values.get(this, MISSING);
    if (found !== MISSING) return found;
    if (otherwise.length > 0) return otherwise[0];
    if (this._default === MISSING) throw LookupError(this);
    return this._default;
  }

  /** Sets its value in this context. Gives a token, with which `reset` makes it what it was. */
  set(value: T): Token;
  set(...args: unknown[]): Token {
    if (args.length !== 1) throw TypeError(`ContextVar.set() takes exactly one argument (${args.length} given)`);
    const context = currentContext();
    const before = context._values;
    const values = before.copy() as Values;
    values.set(this, args[0]);
    context._values = values;
    return newToken(this, before.get(this, MISSING), context);
  }

  /**
   * Takes back a `set`.
   *
   * @throws RuntimeError if that was done before
   * @throws ValueError if the token is another variable's or another context's
   */
  reset(token: Token): void {
    if (!(token instanceof TokenType)) throw TypeError(`expected an instance of Token, got ${repr(token)}`);
    if (token._used) throw RuntimeError(`${repr(token)} has already been used once`);
    if (token._var !== this) throw ValueError(`${repr(token)} was created by a different ContextVar`);
    const context = currentContext();
    if (token._context !== context) throw ValueError(`${repr(token)} was created in a different Context`);
    const values = context._values.copy() as Values;
    if (token._old === MISSING) values.pop(this);
    else values.set(this, token._old);
    context._values = values;
    token._used = true;
  }

  __repr__(): string {
    return reprGuarded(this, "...", () => {
      const otherwise = this._default === MISSING ? "" : ` default=${repr(this._default)}`;
      return `<ContextVar name=${repr(this._name)}${otherwise} at ${reprAddress(this)}>`;
    });
  }
}

/** A variable that has a value in each context: `ContextVar("name", { default: 0 })`. */
export const ContextVar = callable(ContextVarType, "ContextVar") as unknown as {
  <T = any>(name: string, keywords?: { default: T }): ContextVarType<T>;
  new <T = any>(name: string, keywords?: { default: T }): ContextVarType<T>;
  readonly prototype: ContextVarType<any>;
};
export type ContextVar<T = any> = ContextVarType<T>;

for (const cls of [Context, Token, ContextVar]) refuseCopies(cls as unknown as Function);
defineAll("contextvars", { ContextVar: ContextVar as never, Context, Token, copy_context });
