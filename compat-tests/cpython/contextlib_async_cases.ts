// The cases of test_contextlib_async.py.
import { contextlib } from "pythreads";
import {
  AttributeError,
  Exception,
  IndexError,
  isinstance,
  KeyError,
  len,
  NameError,
  object,
  RuntimeError,
  repr,
  StopAsyncIteration,
  StopIteration,
  SyntaxError,
  TypeError,
  type,
  ValueError,
  with_,
  ZeroDivisionError,
} from "pythreads/builtins";
import { AsyncExitStack, aclosing, asynccontextmanager, contextmanager } from "pythreads/contextlib";
import { equal, fail, no, ok, raises, raisesAsync, testAsync } from "./kit";

function manager(name: string, body: () => Promise<unknown>) {
  return testAsync(`test_contextlib_async.AsyncContextManagerTestCase.${name}`, body);
}

function divide(..._: unknown[]): never {
  throw ZeroDivisionError("division by zero");
}

async function caught(body: () => Promise<unknown>): Promise<any> {
  try {
    await body();
  } catch (error) {
    return error;
  }
  return fail("nothing was raised");
}

function chain(error: any): string[] {
  const names: string[] = [];
  for (let e = error; e !== null; e = e.__context__) names.push(type(e).__name__);
  return names;
}

// AbstractAsyncContextManager

class DefaultEnter extends contextlib.AbstractAsyncContextManager {
  async __aexit__(...details: unknown[]) {
    await super.__aexit__(...details);
  }
}
class MissingAexit extends contextlib.AbstractAsyncContextManager {}

await testAsync("test_contextlib_async.TestAbstractAsyncContextManager.test_enter", async () => {
  const made = new DefaultEnter();
  ok((await made.__aenter__()) === made);
  await with_(made, async (entered) => ok(entered === made));
});
await testAsync(
  "test_contextlib_async.TestAbstractAsyncContextManager.test_async_gen_propagates_generator_exit",
  async () => {
    const ctx = asynccontextmanager(async function* () {
      yield;
    });
    async function* gen() {
      const entered = ctx();
      await entered.__aenter__();
      try {
        yield 11;
      } finally {
        await entered.__aexit__(null, null, null);
      }
    }
    const g = gen();
    for await (const value of g) {
      equal(value, 11);
      break;
    }
    await g.return();
  },
);
await testAsync("test_contextlib_async.TestAbstractAsyncContextManager.test_exit_is_abstract", async () => {
  raises(TypeError, () => new MissingAexit());
});

// asynccontextmanager

await manager("test_contextmanager_plain", async () => {
  const state: number[] = [];
  const woohoo = asynccontextmanager(async function* () {
    state.push(1);
    yield 42;
    state.push(999);
  });
  await with_(woohoo(), async (x) => {
    equal(state, [1]);
    equal(x, 42);
    state.push(x);
  });
  equal(state, [1, 42, 999]);
});
await manager("test_contextmanager_finally", async () => {
  const state: number[] = [];
  const woohoo = asynccontextmanager(async function* () {
    state.push(1);
    try {
      yield 42;
    } finally {
      state.push(999);
    }
  });
  await raisesAsync(ZeroDivisionError, async () =>
    with_(woohoo(), async (x) => {
      state.push(x);
      divide();
    }),
  );
  equal(state, [1, 42, 999]);
});
await manager("test_contextmanager_no_reraise", async () => {
  const whee = asynccontextmanager(async function* () {
    yield;
  });
  const entered = whee();
  await entered.__aenter__();
  no(await entered.__aexit__(TypeError, TypeError("foo"), null));
});
await manager("test_contextmanager_trap_yield_after_throw", async () => {
  const whoo = asynccontextmanager(async function* () {
    try {
      yield;
    } catch {
      yield;
    }
  });
  const entered = whoo();
  await entered.__aenter__();
  await raisesAsync(
    RuntimeError,
    async () => entered.__aexit__(TypeError, TypeError("foo"), null),
    "generator didn't stop after athrow()",
  );
});
await manager("test_contextmanager_trap_no_yield", async () => {
  const whoo = asynccontextmanager(async function* () {
    if (len([]) === 1) yield;
  });
  await raisesAsync(RuntimeError, async () => whoo().__aenter__(), "generator didn't yield");
});
await manager("test_contextmanager_trap_second_yield", async () => {
  const whoo = asynccontextmanager(async function* () {
    yield;
    yield;
  });
  const entered = whoo();
  await entered.__aenter__();
  await raisesAsync(RuntimeError, async () => entered.__aexit__(null, null, null), "generator didn't stop");
});
await manager("test_contextmanager_non_normalised", async () => {
  const whoo = asynccontextmanager(async function* () {
    try {
      yield;
    } catch (error) {
      if (isinstance(error, RuntimeError)) throw SyntaxError();
      throw error;
    }
  });
  const entered = whoo();
  await entered.__aenter__();
  await raisesAsync(SyntaxError, async () => entered.__aexit__(RuntimeError, null, null));
});
await manager("test_contextmanager_except", async () => {
  const state: number[] = [];
  const woohoo = asynccontextmanager(async function* () {
    state.push(1);
    try {
      yield 42;
    } catch (error: any) {
      if (!isinstance(error, ZeroDivisionError)) throw error;
      state.push(error.args[0]);
    }
  });
  await with_(woohoo(), async (x) => {
    state.push(x);
    throw ZeroDivisionError(999);
  });
  equal(state, [1, 42, 999]);
});
class StopIterationSubclass extends StopIteration {}
class StopAsyncIterationSubclass extends StopAsyncIteration {}
await manager("test_contextmanager_except_stopiter", async () => {
  const woohoo = asynccontextmanager(async function* () {
    yield;
  });
  for (const cls of [StopIteration, StopAsyncIteration, StopIterationSubclass, StopAsyncIterationSubclass] as any[]) {
    const stop = new cls("spam");
    const raised = await caught(async () =>
      with_(woohoo(), async () => {
        throw stop;
      }),
    );
    ok(raised === stop);
  }
});
await manager("test_contextmanager_wrap_runtimeerror", async () => {
  const woohoo = asynccontextmanager(async function* () {
    try {
      yield;
    } catch (error) {
      throw RuntimeError("caught it", { cause: error as Error });
    }
  });
  await raisesAsync(RuntimeError, async () => with_(woohoo(), async () => divide()));
  await raisesAsync(StopAsyncIteration, async () =>
    with_(woohoo(), async () => {
      throw StopAsyncIteration();
    }),
  );
});
await manager("test_keywords", async () => {
  const woohoo = asynccontextmanager(async function* ({ self, func, args, kwds }: any) {
    yield [self, func, args, kwds];
  });
  await with_(woohoo({ self: 11, func: 22, args: 33, kwds: 44 }), async (target) => equal(target, [11, 22, 33, 44]));
});
await manager("test_recursive", async () => {
  let depth = 0;
  let entered = 0;
  const woohoo = asynccontextmanager(async function* () {
    entered += 1;
    const before = depth;
    depth += 1;
    yield;
    depth -= 1;
    equal(depth, before);
  });
  const recursive: () => Promise<void> = woohoo()(async () => {
    if (depth < 10) await recursive();
  });
  await recursive();
  equal(entered, 10);
  equal(depth, 0);
});
await manager("test_decorator", async () => {
  let entered = false;
  const context = asynccontextmanager(async function* () {
    entered = true;
    yield;
    entered = false;
  });
  const decorated = context()(async () => ok(entered));
  no(entered);
  await decorated();
  no(entered);
});
await manager("test_decorator_with_exception", async () => {
  let entered = false;
  const context = asynccontextmanager(async function* () {
    try {
      entered = true;
      yield;
    } finally {
      entered = false;
    }
  });
  const decorated = context()(async () => {
    ok(entered);
    throw NameError("foo");
  });
  await raisesAsync(NameError, decorated, "foo");
  no(entered);
});
await manager("test_decorating_method", async () => {
  const context = asynccontextmanager(async function* () {
    yield;
  });
  class Decorated {
    declare a: unknown;
    declare b: unknown;
    declare c: unknown;
    @context()
    async method(a: unknown, b: unknown, c: unknown = null) {
      this.a = a;
      this.b = b;
      this.c = c;
    }
  }
  let x = new Decorated();
  await x.method(1, 2);
  equal([x.a, x.b, x.c], [1, 2, null]);
  x = new Decorated();
  await x.method("a", "b", "c");
  equal([x.a, x.b, x.c], ["a", "b", "c"]);
});

// aclosing, nullcontext

class Closable {
  declare closed: number;
  constructor() {
    this.closed = 0;
  }
  async aclose() {
    this.closed += 1;
  }
}
await testAsync("test_contextlib_async.AclosingTestCase.test_aclosing", async () => {
  const x = new Closable();
  await with_(aclosing(x), async (y) => ok(x === y));
  equal(x.closed, 1);
});
await testAsync("test_contextlib_async.AclosingTestCase.test_aclosing_error", async () => {
  const x = new Closable();
  await raisesAsync(ZeroDivisionError, async () => with_(aclosing(x), async () => divide()));
  equal(x.closed, 1);
});
await testAsync("test_contextlib_async.AclosingTestCase.test_aclosing_bpo41229", async () => {
  const state: number[] = [];
  const resource = contextmanager(function* () {
    try {
      yield;
    } finally {
      state.push(1);
    }
  });
  async function* generate() {
    const entered = resource();
    entered.__enter__();
    try {
      yield -1;
      yield -2;
    } finally {
      entered.__exit__(null, null, null);
    }
  }
  const x = generate();
  await raisesAsync(ZeroDivisionError, async () =>
    with_(aclosing(x), async (y: any) => {
      ok(x === y);
      equal((await x.next()).value, -1);
      divide();
    }),
  );
  equal(state, [1]);
});
await testAsync("test_contextlib_async.TestAsyncNullcontext.test_async_nullcontext", async () => {
  const c = new Closable();
  await with_(contextlib.nullcontext(c), async (inner) => ok(inner === c));
});

// AsyncExitStack

function stackTest(name: string, body: () => Promise<unknown>) {
  return testAsync(`test_contextlib_async.TestAsyncExitStack.${name}`, body);
}

const raiseIt = async (error: any) => {
  throw error;
};
const suppressAll = async () => true;
const lastCallback = (stack: any) => stack._exit_callbacks[-1][1];

await stackTest("test_async_callback", async () => {
  const expected: any[] = [[], [1], [1, 2], [{ example: 1 }], [1, { example: 1 }], [1, 2, { example: 1 }]];
  const result: any[] = [];
  const exit = async (...args: any[]) => void result.push(repr(args));
  await with_(AsyncExitStack(), async (stack) => {
    for (const args of [...expected].reverse()) ok(stack.push_async_callback(exit, ...args) === exit);
    for (const [isSync, callback] of stack._exit_callbacks) {
      no(isSync);
      ok(callback.__wrapped__ === exit);
    }
  });
  equal(
    result,
    expected.map((args) => repr(args)),
  );
  await with_(AsyncExitStack(), async (stack: any) => {
    raises(TypeError, () => stack.push_async_callback({ arg: 1 }));
    raises(TypeError, () => stack.push_async_callback({ callback: exit, arg: 3 }));
  });
});
class ExitOnly {
  declare check: any;
  constructor(check: any) {
    this.check = check;
  }
  async __aenter__() {
    fail("entered");
  }
  async __aexit__(...details: unknown[]) {
    await this.check(...details);
  }
}
await stackTest("test_async_push", async () => {
  const seen: string[] = [];
  const expectError = async (kind: any) => {
    seen.push("error");
    ok(kind === ZeroDivisionError);
  };
  const expectNone = async (...details: any[]) => {
    seen.push("none");
    equal(details, [null, null, null]);
  };
  await with_(AsyncExitStack(), async (stack) => {
    stack.push_async_exit(expectNone);
    ok(lastCallback(stack) === expectNone);
    let cm = new ExitOnly(expectNone);
    stack.push_async_exit(cm);
    ok(lastCallback(stack).__self__ === cm);
    stack.push_async_exit(suppressAll);
    cm = new ExitOnly(expectError);
    stack.push_async_exit(cm);
    ok(lastCallback(stack).__self__ === cm);
    stack.push_async_exit(expectError);
    divide();
  });
  equal(seen, ["error", "error", "none", "none"]);
});
await stackTest("test_enter_async_context", async () => {
  const result: number[] = [];
  class Noting {
    async __aenter__() {
      result.push(1);
    }
    async __aexit__(..._: unknown[]) {
      result.push(3);
    }
  }
  const cm = new Noting();
  await with_(AsyncExitStack(), async (stack) => {
    stack.push_async_callback(async () => void result.push(4));
    await stack.enter_async_context(cm);
    ok(lastCallback(stack).__self__ === cm);
    result.push(2);
  });
  equal(result, [1, 2, 3, 4]);
});
class LacksBoth {}
class LacksEnter {
  async __aexit__() {}
}
class LacksExit {
  async __aenter__() {}
}
await stackTest("test_enter_async_context_errors", async () => {
  await with_(AsyncExitStack(), async (stack) => {
    for (const cls of [LacksBoth, LacksEnter, LacksExit]) {
      await raisesAsync(
        TypeError,
        async () => stack.enter_async_context(new cls() as any),
        `'__main__.${cls.name}' object does not support the asynchronous context manager protocol`,
      );
    }
    equal(len(stack._exit_callbacks), 0);
  });
});
await stackTest("test_async_exit_exception_chaining", async () => {
  let saved: any = null;
  const error = await caught(async () =>
    with_(AsyncExitStack(), async (stack) => {
      for (const cls of [IndexError, KeyError, AttributeError]) stack.push_async_callback(raiseIt, cls());
      stack.push_async_exit(async (_type: any, inner: any) => {
        saved = inner;
        return true;
      });
      stack.push_async_callback(raiseIt, ValueError());
      divide();
    }),
  );
  equal(chain(error), ["IndexError", "KeyError", "AttributeError"]);
  equal(chain(saved), ["ValueError", "ZeroDivisionError"]);
});
class MyException extends Exception {}
const withoutContext = asynccontextmanager(async function* () {
  try {
    yield;
  } catch {
    const error = new MyException();
    try {
      throw error;
    } finally {
      error.__context__ = null;
    }
  }
});
const withoutContextInStack = asynccontextmanager(async function* () {
  const stack = AsyncExitStack();
  await stack.enter_async_context(withoutContext() as any);
  try {
    yield stack;
  } catch (error) {
    await stack.__aexit__(type(error), error, null);
  }
});
await stackTest("test_async_exit_exception_explicit_none_context", async () => {
  for (const cm of [withoutContext, withoutContextInStack] as any[]) {
    const error = await caught(async () =>
      with_(cm(), async () => {
        throw IndexError();
      }),
    );
    equal(chain(error), ["MyException"]);
  }
});
class Example {}
await stackTest("test_instance_bypass_async", async () => {
  const cm: any = new Example();
  cm.__aenter__ = object();
  cm.__aexit__ = object();
  const stack = AsyncExitStack();
  await raisesAsync(TypeError, async () => stack.enter_async_context(cm));
  stack.push_async_exit(cm);
  ok(lastCallback(stack) === cm);
});
