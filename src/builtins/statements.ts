// Python's with and assert.
import { AssertionError, chainContext, TypeError, whileHandling } from "../exceptions";
import { method, typeName } from "./classes";
import { drive, isPending } from "./maybe_async";
import { truth } from "./truth";
import { type } from "./types";

type Exit = (type: unknown, error: unknown, traceback: unknown) => unknown;

/** What `with` may hold: a context manager of either kind. */
export type Manager =
  | { __enter__(): unknown; __exit__(type?: any, error?: any, traceback?: any): unknown }
  | { __aenter__(): unknown; __aexit__(type?: any, error?: any, traceback?: any): unknown };

/** What `as x` is bound to. */
export type Entered<M> = M extends { __enter__(): infer E }
  ? E
  : M extends { __aenter__(): infer E }
    ? Awaited<E>
    : never;

function protocol(
  manager: unknown,
  enterName: string,
  exitName: string,
  kind: string,
): { enter: () => unknown; exit: Exit } {
  const [enter, exit] = [method(manager, enterName), method(manager, exitName)];
  const text = `'${typeName(manager)}' object does not support the ${kind} protocol`;
  if (!enter) throw TypeError(text);
  if (!exit) throw TypeError(`${text} (missed ${exitName} method)`);
  return { enter, exit };
}

/** Tells the manager of the body's error. True if the manager suppresses it. */
function leave(exit: Exit, error: any): unknown {
  return whileHandling(error, () => exit(type(error), error, error?.__traceback__ ?? null));
}

function* awaitBody(exit: Exit, body: () => unknown): Generator<unknown, unknown, any> {
  let result: unknown;
  try {
    result = yield body();
  } catch (error) {
    let isSuppressed: unknown;
    try {
      isSuppressed = yield leave(exit, error);
    } catch (failure) {
      chainContext(failure, error);
      throw failure;
    }
    if (truth(isSuppressed)) return undefined;
    throw error;
  }
  yield exit(null, null, null);
  return result;
}

function* asyncWith(manager: unknown, body: (value: unknown) => unknown): Generator<unknown, unknown, any> {
  const { enter, exit } = protocol(manager, "__aenter__", "__aexit__", "asynchronous context manager");
  const value = yield enter();
  return yield* awaitBody(exit, () => body(value));
}

/** A manager with plain methods; most bodies are plain as well, and then this is all that runs. */
function syncWith(manager: any, body: (value: unknown) => unknown): unknown {
  const value = manager.__enter__();
  let result: unknown;
  try {
    result = body(value);
  } catch (error) {
    if (truth(leave(manager.__exit__.bind(manager), error))) return undefined;
    throw error;
  }
  if (isPending(result)) return drive(awaitBody(manager.__exit__.bind(manager), () => result));
  manager.__exit__(null, null, null);
  return result;
}

const AsyncFunction = (async () => {}).constructor;

/** A manager of both kinds is entered as the body is: plainly by a plain one. */
function withOne(manager: any, body: (value: any) => unknown, isAsync: boolean): unknown {
  const isEnteredAsync =
    (isAsync || typeof manager?.__enter__ !== "function") && typeof manager?.__aenter__ === "function";
  if (isEnteredAsync) return drive(asyncWith(manager, body));
  if (typeof manager?.__enter__ !== "function" || typeof manager.__exit__ !== "function") {
    protocol(manager, "__enter__", "__exit__", "context manager");
  }
  return syncWith(manager, body);
}

/**
 * Python's `with`: `with_(lock, () => { … })`, `with_(open(f), (file) => …)`, `with_(a, b, (x, y) => …)`.
 *
 * Enters the managers in order, calls the body with what they gave, and leaves them in reverse order, telling them of the
 * body's error, which they may suppress. Gives back the body's value, undefined after a suppressed error. With an async
 * body or an asynchronous manager (`__aenter__`) it is awaited: `await with_(…)`.
 *
 * @throws TypeError `'int' object does not support the context manager protocol`
 */
export function with_<M extends Manager, R>(manager: M, body: (value: Entered<M>) => R): R;
export function with_<A extends Manager, B extends Manager, R>(
  a: A,
  b: B,
  body: (x: Entered<A>, y: Entered<B>) => R,
): R;
export function with_<A extends Manager, B extends Manager, C extends Manager, R>(
  a: A,
  b: B,
  c: C,
  body: (x: Entered<A>, y: Entered<B>, z: Entered<C>) => R,
): R;
export function with_(...args: any[]): unknown {
  const body: (...values: unknown[]) => unknown = args.pop();
  const isAsync = body instanceof AsyncFunction;
  const enterFrom = (i: number, values: unknown[]): unknown =>
    i === args.length ? body(...values) : withOne(args[i], (value) => enterFrom(i + 1, [...values, value]), isAsync);
  return args.length === 1 ? withOne(args[0], body, isAsync) : enterFrom(0, []);
}

const dispose: typeof Symbol.dispose = Symbol.dispose ?? Symbol.for("Symbol.dispose");

/**
 * Enters a context manager, a lock most often, and gives back what leaves it at the end of the block:
 * `using _ = holding(lock);`. Unlike `with_` it tells the manager of no error.
 */
export function holding(manager: Manager): Disposable {
  const { enter, exit } = protocol(manager, "__enter__", "__exit__", "context manager");
  enter();
  return {
    [dispose]() {
      exit(null, null, null);
    },
  };
}

/**
 * Python's `assert condition, message`, by Python's truth.
 *
 * @throws AssertionError
 */
export function assert_(condition: unknown, ...message: [unknown?]): asserts condition {
  if (!truth(condition)) throw AssertionError(...message);
}
