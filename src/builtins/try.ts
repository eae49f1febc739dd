// Python's try statement as a chain of calls.
import {
  BaseException,
  BaseExceptionGroup,
  type ClassInfo,
  Exception,
  ExceptionGroup,
  handled,
  matches,
  setContext,
  TypeError,
} from "../exceptions";
import { drive } from "./maybe_async";
import { tuple } from "./tuple";

type Handler<R> = (error: any) => R;
interface Clause {
  cls: ClassInfo;
  handler: Handler<unknown>;
}

class Try<R> {
  readonly #body: () => R;
  readonly #clauses: Clause[] = [];
  readonly #starred: Clause[] = [];
  #else: (() => unknown) | undefined;
  #finally: (() => unknown) | undefined;

  constructor(body: () => R) {
    this.#body = body;
  }

  /** `except cls as e`; `cls` may be an array of classes, and without it every error is caught. */
  except<H>(handler: Handler<H>): Try<R | H>;
  except<H>(cls: ClassInfo, handler: Handler<H>): Try<R | H>;
  except(...args: [any, any?]): Try<any> {
    const [cls, handler] = args.length === 1 ? [[BaseException, Error], args[0]] : args;
    this.#clauses.push({ cls, handler });
    return this;
  }

  /** `except* cls as group`: the handler is given the part of the group that is of `cls`, as a group. */
  except_star<H>(cls: ClassInfo, handler: Handler<H>): Try<R | H> {
    this.#starred.push({ cls, handler });
    return this as Try<any>;
  }

  /** Runs after a body that raised nothing. */
  else<E>(body: () => E): Try<E | R> {
    this.#else = body;
    return this as Try<any>;
  }

  /** Runs at last, whatever happened. */
  finally(body: () => unknown): Try<R> {
    this.#finally = body;
    return this;
  }

  /** Runs the statement. Gives back the value of the body, handler or else part that ran last; to be awaited if one is async. */
  end(): R {
    return drive(this.#steps()) as R;
  }

  *#steps(): Generator<unknown, unknown, any> {
    try {
      let result: unknown;
      try {
        result = yield this.#body();
      } catch (error) {
        return this.#starred.length ? yield* this.#handleGroup(error) : yield* this.#handle(error);
      }
      return this.#else ? yield this.#else() : result;
    } finally {
      if (this.#finally) yield this.#finally();
    }
  }

  *#handle(error: unknown): Generator<unknown, unknown, any> {
    const clause = this.#clauses.find(({ cls }) => matches(error, cls));
    if (!clause) throw error;
    return yield* handling(error, clause.handler);
  }

  *#handleGroup(error: unknown): Generator<unknown, unknown, any> {
    const isGroup = error instanceof BaseExceptionGroup;
    const group = isGroup ? error : wrap(error);
    const raised: unknown[] = [];
    const passedOn: unknown[] = [];
    let rest = group;
    let result: unknown;
    for (const { cls, handler } of this.#starred) {
      if (rest === null) break;
      if ([cls].flat().some(isGroupClass)) {
        throw TypeError("catching ExceptionGroup with except* is not allowed. Use except instead.");
      }
      const [part, other] = isGroup ? rest.split(cls) : matches(error, cls) ? [group, null] : [null, group];
      if (part === null) continue;
      rest = other;
      try {
        result = yield* handling(part, handler);
      } catch (failure) {
        (failure === part ? passedOn : raised).push(failure);
      }
    }
    if (rest === group) throw error;
    const left = partWith(group, new Set([...passedOn, rest].flatMap(leavesOf)));
    if (raised.length === 0 && left === null) return result;
    if (raised.length === 0) throw left;
    throw raised.length === 1 && left === null ? raised[0] : BaseExceptionGroup("", left ? [...raised, left] : raised);
  }
}

function leavesOf(error: any): unknown[] {
  return error instanceof BaseExceptionGroup ? [...(error as any).exceptions].flatMap(leavesOf) : [error];
}

/** The part of a group that holds these errors, in the group's own shape; the group itself if it is all of them. */
function partWith(group: any, leaves: Set<unknown>): unknown {
  const isLeft = (error: unknown) => leaves.has(error);
  return leavesOf(group).every(isLeft) ? group : group.subgroup(isLeft);
}

function isGroupClass(cls: any): boolean {
  return cls === BaseExceptionGroup || cls === ExceptionGroup || cls.prototype instanceof BaseExceptionGroup;
}

/** A single error caught by `except*` comes as a group of one. */
function wrap(error: unknown): any {
  return matches(error, Exception) ? ExceptionGroup("", tuple([error])) : BaseExceptionGroup("", tuple([error]));
}

function* handling(error: unknown, handler: Handler<unknown>): Generator<unknown, unknown, any> {
  const outer = handled.error;
  handled.error = error;
  try {
    return yield handler(error);
  } catch (failure) {
    setContext(failure, error);
    throw failure;
  } finally {
    handled.error = outer;
  }
}

/**
 * Python's `try` statement, where `catch` with `isinstance` does not serve:
 *
 *     try_(() => work())
 *       .except(KeyError, (e) => …)
 *       .except([TypeError, ValueError], (e) => …)
 *       .else(() => …)
 *       .finally(() => …)
 *       .end();
 *
 * Nothing runs before `end()`. An error raised by a handler gets `__context__`. With async parts: `await try_(…)….end()`.
 */
export function try_<R>(body: () => R): Try<R> {
  return new Try(body);
}
