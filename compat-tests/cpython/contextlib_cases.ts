// The cases of test_contextlib.py.
import { contextlib, sys, threading } from "pythreads";
import {
  BaseException,
  Exception,
  ExceptionGroup,
  getattr,
  isinstance,
  KeyError,
  LookupError,
  len,
  list,
  NameError,
  object,
  print,
  RuntimeError,
  StopIteration,
  SyntaxError,
  TypeError,
  tuple,
  type,
  ValueError,
  with_,
  ZeroDivisionError,
} from "pythreads/builtins";
import { ContextDecorator, contextmanager, suppress } from "pythreads/contextlib";
import { equal, fail, no, ok, raises, test } from "./kit";

function manager(name: string, body: () => void) {
  test(`test_contextlib.ContextManagerTestCase.${name}`, body);
}

function divide(..._: unknown[]): never {
  throw ZeroDivisionError("division by zero");
}

/** The error that the body raises. */
function caught(body: () => unknown): any {
  try {
    body();
  } catch (error) {
    return error;
  }
  return fail("nothing was raised");
}

// AbstractContextManager

function abstract(name: string, body: () => void) {
  test(`test_contextlib.TestAbstractContextManager.${name}`, body);
}

class DefaultEnter extends contextlib.AbstractContextManager {
  __exit__(...details: unknown[]) {
    super.__exit__(...details);
  }
}
class MissingExit extends contextlib.AbstractContextManager {}

abstract("test_enter", () => {
  const made = new DefaultEnter();
  ok(made.__enter__() === made);
});
abstract("test_exit_is_abstract", () => {
  raises(
    TypeError,
    () => new MissingExit(),
    "Can't instantiate abstract class MissingExit with abstract method __exit__",
  );
});

// contextmanager

manager("test_contextmanager_plain", () => {
  const state: number[] = [];
  const woohoo = contextmanager(function* () {
    state.push(1);
    yield 42;
    state.push(999);
  });
  with_(woohoo(), (x) => {
    equal(state, [1]);
    equal(x, 42);
    state.push(x);
  });
  equal(state, [1, 42, 999]);
});
manager("test_contextmanager_finally", () => {
  const state: number[] = [];
  const woohoo = contextmanager(function* () {
    state.push(1);
    try {
      yield 42;
    } finally {
      state.push(999);
    }
  });
  raises(ZeroDivisionError, () =>
    with_(woohoo(), (x) => {
      state.push(x);
      divide();
    }),
  );
  equal(state, [1, 42, 999]);
});
manager("test_contextmanager_no_reraise", () => {
  const whee = contextmanager(function* () {
    yield;
  });
  const entered = whee();
  entered.__enter__();
  no(entered.__exit__(TypeError, TypeError("foo"), null));
});
manager("test_contextmanager_trap_yield_after_throw", () => {
  const whoo = contextmanager(function* () {
    try {
      yield;
    } catch {
      yield;
    }
  });
  const entered = whoo();
  entered.__enter__();
  raises(
    RuntimeError,
    () => entered.__exit__(TypeError, TypeError("foo"), null),
    "generator didn't stop after throw()",
  );
  ok((entered as any).gen.next().done);
});
manager("test_contextmanager_trap_no_yield", () => {
  const whoo = contextmanager(function* () {
    if (len([]) === 1) yield;
  });
  raises(RuntimeError, () => whoo().__enter__(), "generator didn't yield");
});
manager("test_contextmanager_trap_second_yield", () => {
  const whoo = contextmanager(function* () {
    yield;
    yield;
  });
  const entered = whoo();
  entered.__enter__();
  raises(RuntimeError, () => entered.__exit__(null, null, null), "generator didn't stop");
  ok((entered as any).gen.next().done);
});
manager("test_contextmanager_non_normalised", () => {
  const whoo = contextmanager(function* () {
    try {
      yield;
    } catch (error) {
      if (isinstance(error, RuntimeError)) throw SyntaxError();
      throw error;
    }
  });
  const entered = whoo();
  entered.__enter__();
  raises(SyntaxError, () => entered.__exit__(RuntimeError, null, null));
});
manager("test_contextmanager_except", () => {
  const state: number[] = [];
  const woohoo = contextmanager(function* () {
    state.push(1);
    try {
      yield 42;
    } catch (error: any) {
      if (!isinstance(error, ZeroDivisionError)) throw error;
      state.push(error.args[0]);
    }
  });
  with_(woohoo(), (x) => {
    state.push(x);
    throw ZeroDivisionError(999);
  });
  equal(state, [1, 42, 999]);
});
class StopIterationSubclass extends StopIteration {}
manager("test_contextmanager_except_stopiter", () => {
  const woohoo = contextmanager(function* () {
    yield;
  });
  for (const stop of [StopIteration("spam"), new StopIterationSubclass("spam")]) {
    const raised = caught(() =>
      with_(woohoo(), () => {
        throw stop;
      }),
    );
    ok(raised === stop);
  }
});
const chained = contextmanager(function* () {
  try {
    yield;
  } catch (error) {
    if (!isinstance(error, Exception)) throw error;
    throw RuntimeError("Chained", { cause: error });
  }
});
manager("test_contextmanager_do_not_unchain_non_stopiteration_exceptions", () => {
  const wrapped = caught(() => with_(chained(), divide));
  ok(type(wrapped) === RuntimeError);
  equal(wrapped.args[0], "Chained");
  ok(isinstance(wrapped.__cause__, ZeroDivisionError));
  const unwrapped = caught(() =>
    with_(chained(), () => {
      throw StopIteration("Unchained");
    }),
  );
  ok(type(unwrapped) === StopIteration);
  equal(unwrapped.args[0], "Unchained");
  ok(unwrapped.__cause__ === null);
});
manager("test_contextmanager_wrap_runtimeerror", () => {
  raises(RuntimeError, () => with_(chained(), divide));
  raises(StopIteration, () =>
    with_(chained(), () => {
      throw StopIteration();
    }),
  );
});
manager("test_keywords", () => {
  const woohoo = contextmanager(function* ({ self, func, args, kwds }: any) {
    yield [self, func, args, kwds];
  });
  with_(woohoo({ self: 11, func: 22, args: 33, kwds: 44 }), (target) => equal(target, [11, 22, 33, 44]));
});
function* needsArguments(a: any, { b }: any) {
  yield [a, b];
}
manager("test_param_errors", () => {
  const woohoo: any = contextmanager(needsArguments);
  raises(TypeError, () => woohoo());
  raises(TypeError, () => woohoo(3, 5, 7));
});
manager("test_recursive", () => {
  let depth = 0;
  let entered = 0;
  const woohoo = contextmanager(function* () {
    entered += 1;
    const before = depth;
    depth += 1;
    yield;
    depth -= 1;
    equal(depth, before);
  });
  const recursive = woohoo()(function recursive() {
    if (depth < 10) again();
  });
  const again = recursive;
  recursive();
  equal(entered, 10);
  equal(depth, 0);
});

// closing, nullcontext, locks

class Closable extends object {
  declare closed: number;
  constructor() {
    super();
    this.closed = 0;
  }
  close() {
    this.closed += 1;
  }
}
test("test_contextlib.ClosingTestCase.test_closing", () => {
  const x = new Closable();
  with_(contextlib.closing(x), (y) => ok(x === y));
  equal(x.closed, 1);
});
test("test_contextlib.ClosingTestCase.test_closing_error", () => {
  const x = new Closable();
  raises(ZeroDivisionError, () => with_(contextlib.closing(x), divide));
  equal(x.closed, 1);
});
test("test_contextlib.NullcontextTestCase.test_nullcontext", () => {
  const c = new Closable();
  with_(contextlib.nullcontext(c), (inner) => ok(inner === c));
});

function lockTest(name: string, make: () => any, isLocked: (lock: any) => boolean) {
  test(`test_contextlib.LockContextTestCase.${name}`, () => {
    const lock = make();
    no(isLocked(lock));
    with_(lock, () => ok(isLocked(lock)));
    no(isLocked(lock));
    raises(ZeroDivisionError, () =>
      with_(lock, () => {
        ok(isLocked(lock));
        divide();
      }),
    );
    no(isLocked(lock));
  });
}
function cannotAcquire(lock: any): boolean {
  if (!lock.acquire(false)) return true;
  lock.release();
  return false;
}
const isOwned = (lock: any) => lock._is_owned();
lockTest("testWithLock", threading.Lock, (lock) => lock.locked());
lockTest("testWithRLock", threading.RLock, isOwned);
lockTest("testWithCondition", threading.Condition, isOwned);
lockTest("testWithSemaphore", threading.Semaphore, cannotAcquire);
lockTest("testWithBoundedSemaphore", threading.BoundedSemaphore, cannotAcquire);

// ContextDecorator

class MyContext extends ContextDecorator {
  declare started: boolean;
  declare exc: unknown[] | null;
  declare catch_: boolean;
  constructor() {
    super();
    this.started = false;
    this.exc = null;
    this.catch_ = false;
  }
  __enter__() {
    this.started = true;
    return this;
  }
  __exit__(...exc: unknown[]) {
    this.exc = exc;
    return this.catch_;
  }
}

function decorator(name: string, body: () => void) {
  test(`test_contextlib.TestContextDecorator.${name}`, body);
}

function raiseName(..._: unknown[]): never {
  throw NameError("foo");
}

decorator("test_contextdecorator", () => {
  const context = new MyContext();
  with_(context, (result) => {
    ok(result === context);
    ok(context.started);
  });
  equal(context.exc, [null, null, null]);
});
decorator("test_contextdecorator_with_exception", () => {
  let context = new MyContext();
  raises(NameError, () => with_(context, raiseName), "foo");
  ok(context.exc![0] === NameError);
  context = new MyContext();
  context.catch_ = true;
  with_(context, raiseName);
  ok(context.exc![0] === NameError);
});
decorator("test_decorator", () => {
  const context = new MyContext();
  const decorated = context(() => {
    ok(context.exc === null);
    ok(context.started);
  });
  decorated();
  equal(context.exc, [null, null, null]);
});
decorator("test_decorator_with_exception", () => {
  const context = new MyContext();
  const decorated = context(() => {
    ok(context.started);
    raiseName();
  });
  raises(NameError, decorated, "foo");
  ok(context.exc![0] === NameError);
});
decorator("test_decorating_method", () => {
  const context = new MyContext();
  class Decorated {
    declare a: unknown;
    declare b: unknown;
    declare c: unknown;
    @context
    method(a: unknown, b: unknown, c: unknown = null) {
      this.a = a;
      this.b = b;
      this.c = c;
    }
  }
  let x = new Decorated();
  x.method(1, 2);
  equal([x.a, x.b, x.c], [1, 2, null]);
  x = new Decorated();
  x.method("a", "b", "c");
  equal([x.a, x.b, x.c], ["a", "b", "c"]);
});
class TypoEnter extends ContextDecorator {
  __unter__() {}
  __exit__() {}
}
class TypoExit extends ContextDecorator {
  __enter__() {}
  __uxit__() {}
}
decorator("test_typo_enter", () => {
  raises(
    TypeError,
    () => with_(new TypoEnter() as any, () => {}),
    "'TypoEnter' object does not support the context manager protocol",
  );
});
decorator("test_typo_exit", () => {
  raises(
    TypeError,
    () => with_(new TypoExit() as any, () => {}),
    "'TypoExit' object does not support the context manager protocol (missed __exit__ method)",
  );
});
/** There is one base here: a mixin is a function that makes a class of a class. */
function mixed(Base: any): any {
  return class extends Base {
    __enter__() {
      this.started = true;
      return this;
    }
    __exit__(...exc: unknown[]) {
      this.exc = exc;
    }
  };
}
decorator("test_contextdecorator_as_mixin", () => {
  const context = new (mixed(ContextDecorator))();
  const decorated = context(() => ok(context.started));
  decorated();
  equal(context.exc, [null, null, null]);
});
decorator("test_contextmanager_as_decorator", () => {
  let state: any[] = [];
  const woohoo = contextmanager(function* (y: any) {
    state.push(y);
    yield;
    state.push(999);
  });
  const decorated = woohoo(1)((x: any) => {
    equal(state, [1]);
    state.push(x);
  });
  decorated("something");
  equal(state, [1, "something", 999]);
  state = [];
  decorated("something else");
  equal(state, [1, "something else", 999]);
});

// redirect_stdout, redirect_stderr

class Collected extends object {
  declare text: string;
  constructor() {
    super();
    this.text = "";
  }
  write(text: string) {
    this.text += text;
  }
}

for (const [cls, redirect, stream] of [
  ["TestRedirectStdout", contextlib.redirect_stdout, "stdout"],
  ["TestRedirectStderr", contextlib.redirect_stderr, "stderr"],
] as [string, any, string][]) {
  const redirectTest = (name: string, body: () => void) =>
    test(`test_contextlib.TestRedirectStream.${name}`, body, `test_contextlib.${cls}`);
  const current = (): any => getattr(sys, stream);

  redirectTest("test_no_redirect_in_init", () => {
    const original = current();
    redirect(null);
    ok(current() === original);
  });
  redirectTest("test_redirect_to_string_io", () => {
    const file = new Collected();
    const original = current();
    with_(redirect(file), () => print("printed to wherever it goes", { file: current() }));
    ok(current() === original);
    equal(file.text, "printed to wherever it goes\n");
  });
  redirectTest("test_enter_result_is_target", () => {
    const file = new Collected();
    with_(redirect(file), (entered) => ok(entered === file));
  });
  redirectTest("test_cm_is_reusable", () => {
    const file = new Collected();
    const toFile = redirect(file);
    const original = current();
    with_(toFile, () => print("Hello", { end: " ", file: current() }));
    with_(toFile, () => print("World!", { file: current() }));
    ok(current() === original);
    equal(file.text, "Hello World!\n");
  });
  redirectTest("test_cm_is_reentrant", () => {
    const file = new Collected();
    const toFile = redirect(file);
    const original = current();
    with_(toFile, () => {
      print("Hello", { end: " ", file: current() });
      with_(toFile, () => print("World!", { file: current() }));
    });
    ok(current() === original);
    equal(file.text, "Hello World!\n");
  });
}

// suppress

const raiseIt = (error: any) => {
  throw error;
};

function suppressTest(name: string, body: () => void, module = "test_contextlib") {
  test(`${module}.TestSuppress.${name}`, body);
}

suppressTest("test_no_result_from_enter", () => with_(suppress(ValueError), (entered) => ok(entered === null)));
suppressTest("test_no_exception", () => with_(suppress(ValueError), () => equal(2 ** 5, 32)));
suppressTest("test_exact_exception", () => with_(suppress(TypeError), () => len(5 as any)));
suppressTest("test_exception_hierarchy", () => with_(suppress(LookupError), () => list("Hello")[50]));
suppressTest("test_other_exception", () => raises(ZeroDivisionError, () => with_(suppress(TypeError), divide)));
suppressTest("test_no_args", () => raises(ZeroDivisionError, () => with_(suppress(), divide)));
suppressTest("test_multiple_exception_args", () => {
  with_(suppress(ZeroDivisionError, TypeError), divide);
  with_(suppress(ZeroDivisionError, TypeError), () => len(5 as any));
});
suppressTest("test_cm_is_reentrant", () => {
  const ignore = suppress(Exception);
  let continued = false;
  with_(ignore, () => {});
  with_(ignore, () => len(5 as any));
  with_(ignore, () => {
    with_(ignore, () => len(5 as any));
    continued = true;
    divide();
  });
  ok(continued);
});
const groupOf = (...errors: any[]) => ExceptionGroup("group", tuple(errors));
suppressTest(
  "test_exception_groups",
  () => {
    const ve = () => ValueError("ve");
    const ke = () => KeyError("ke");
    with_(suppress(ValueError), () => raiseIt(groupOf(ve())));
    with_(suppress(ValueError, KeyError), () => raiseIt(groupOf(ve(), ke())));
    let rest = caught(() => with_(suppress(ValueError), () => raiseIt(groupOf(ve(), ke()))));
    equal(
      rest.exceptions.map((e: any) => type(e).__name__),
      ["KeyError"],
    );
    rest = caught(() => with_(suppress(TypeError), () => raiseIt(groupOf(ve(), ke()))));
    equal(len(rest.exceptions), 2);
    with_(suppress(BaseException), () => raiseIt(groupOf(ve())));
  },
  "test_contextlib (3.13)",
);
