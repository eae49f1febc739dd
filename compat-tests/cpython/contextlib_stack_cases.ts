// The cases of test_contextlib.py for ExitStack.
import {
  AttributeError,
  Exception,
  IndexError,
  isinstance,
  KeyError,
  len,
  object,
  RuntimeError,
  range,
  repr,
  TypeError,
  type,
  ValueError,
  with_,
  ZeroDivisionError,
} from "pythreads/builtins";
import { contextmanager, ExitStack } from "pythreads/contextlib";
import { equal, fail, matches, ok, raises, test } from "./kit";

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

/** The classes of an error and of what it was raised in, as far as there are contexts. */
function chain(error: any): string[] {
  const names: string[] = [];
  for (let e = error; e !== null; e = e.__context__) names.push(type(e).__name__);
  return names;
}

function stackTest(name: string, body: () => void) {
  test(`test_contextlib.TestBaseExitStack.${name}`, body, "test_contextlib.TestExitStack");
}

const raiseIt = (error: any) => {
  throw error;
};
const suppressAll = () => true;
const lastCallback = (stack: any) => stack._exit_callbacks[-1][1];

stackTest("test_no_resources", () => with_(ExitStack(), () => {}));
stackTest("test_callback", () => {
  const expected: any[] = [[], [1], [1, 2], [{ example: 1 }], [1, { example: 1 }], [1, 2, { self: 3, callback: 4 }]];
  const result: any[] = [];
  const exit = (...args: any[]) => void result.push(repr(args));
  with_(ExitStack(), (stack) => {
    for (const args of [...expected].reverse()) ok(stack.callback(exit, ...args) === exit);
    for (const [, callback] of stack._exit_callbacks) {
      ok(callback.__wrapped__ === exit);
      equal(callback.name, "_exit_wrapper");
    }
  });
  equal(
    result,
    expected.map((args) => repr(args)),
  );
  with_(ExitStack(), (stack: any) => {
    raises(TypeError, () => stack.callback({ arg: 1 }));
    raises(TypeError, () => stack.callback({ callback: exit, arg: 3 }));
    equal(len(stack._exit_callbacks), 0);
  });
});
class ExitOnly {
  declare check: any;
  constructor(check: any) {
    this.check = check;
  }
  __enter__() {
    fail("entered");
  }
  __exit__(...details: unknown[]) {
    this.check(...details);
  }
}
stackTest("test_push", () => {
  const seen: string[] = [];
  const expectError = (kind: any) => {
    seen.push("error");
    ok(kind === ZeroDivisionError);
  };
  const expectNone = (...details: any[]) => {
    seen.push("none");
    equal(details, [null, null, null]);
  };
  with_(ExitStack(), (stack) => {
    stack.push(expectNone);
    ok(lastCallback(stack) === expectNone);
    let cm = new ExitOnly(expectNone);
    stack.push(cm);
    ok(lastCallback(stack).__self__ === cm);
    stack.push(suppressAll);
    ok(lastCallback(stack) === suppressAll);
    cm = new ExitOnly(expectError);
    stack.push(cm);
    ok(lastCallback(stack).__self__ === cm);
    stack.push(expectError);
    stack.push(expectError);
    divide();
  });
  equal(seen, ["error", "error", "error", "none", "none"]);
});
stackTest("test_enter_context", () => {
  const result: number[] = [];
  class Noting {
    __enter__() {
      result.push(1);
    }
    __exit__(..._: unknown[]) {
      result.push(3);
    }
  }
  const cm = new Noting();
  with_(ExitStack(), (stack) => {
    stack.callback(() => result.push(4));
    stack.enter_context(cm);
    ok(lastCallback(stack).__self__ === cm);
    result.push(2);
  });
  equal(result, [1, 2, 3, 4]);
});
class LacksBoth {}
class LacksEnter {
  __exit__() {}
}
class LacksExit {
  __enter__() {}
}
stackTest("test_enter_context_errors", () => {
  with_(ExitStack(), (stack) => {
    for (const cls of [LacksBoth, LacksEnter, LacksExit]) {
      raises(
        TypeError,
        () => stack.enter_context(new cls() as any),
        `'__main__.${cls.name}' object does not support the context manager protocol`,
      );
    }
    equal(len(stack._exit_callbacks), 0);
  });
});
stackTest("test_close", () => {
  const result: number[] = [];
  with_(ExitStack(), (stack) => {
    stack.callback(() => result.push(1));
    stack.close();
    result.push(2);
  });
  equal(result, [1, 2]);
});
stackTest("test_pop_all", () => {
  const result: number[] = [];
  let left: any = null;
  with_(ExitStack(), (stack) => {
    stack.callback(() => result.push(3));
    left = stack.pop_all();
    result.push(1);
  });
  result.push(2);
  left.close();
  equal(result, [1, 2, 3]);
});
stackTest("test_exit_raise", () => {
  raises(ZeroDivisionError, () =>
    with_(ExitStack(), (stack) => {
      stack.push(() => false);
      divide();
    }),
  );
});
stackTest("test_exit_suppress", () => {
  with_(ExitStack(), (stack) => {
    stack.push(suppressAll);
    divide();
  });
});
stackTest("test_exit_exception_traceback", () => {
  const error = caught(() =>
    with_(ExitStack(), (stack) => {
      stack.callback(raiseIt, ValueError());
      divide();
    }),
  );
  equal(chain(error), ["ValueError", "ZeroDivisionError"]);
});

class Raises {
  declare error: any;
  constructor(error: any) {
    this.error = error;
  }
  __enter__() {}
  __exit__(..._: unknown[]) {
    throw this.error;
  }
}
class RaisesWithContext {
  __enter__() {}
  __exit__(..._: unknown[]) {
    try {
      throw AttributeError();
    } catch {
      throw KeyError();
    }
  }
}
let saved: any = null;
class Suppresses {
  __enter__() {}
  __exit__(_type: any, error: any, _traceback: any) {
    saved = error;
    return true;
  }
}
stackTest("test_exit_exception_chaining_reference", () => {
  const error = caught(() =>
    with_(new Raises(IndexError()), () => {
      with_(new RaisesWithContext(), () => {
        with_(new Suppresses(), () => {
          with_(new Raises(ValueError()), divide);
        });
      });
    }),
  );
  equal(chain(error), ["IndexError", "KeyError", "AttributeError"]);
  equal(chain(saved), ["ValueError", "ZeroDivisionError"]);
});
stackTest("test_exit_exception_chaining", () => {
  const error = caught(() =>
    with_(ExitStack(), (stack) => {
      for (const cls of [IndexError, KeyError, AttributeError]) stack.callback(raiseIt, cls());
      stack.push((_type: any, inner: any) => {
        saved = inner;
        return true;
      });
      stack.callback(raiseIt, ValueError());
      divide();
    }),
  );
  equal(chain(error), ["IndexError", "KeyError", "AttributeError"]);
  equal(chain(saved), ["ValueError", "ZeroDivisionError"]);
});
class MyException extends Exception {}
const withoutContext = contextmanager(function* () {
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
const withoutContextInStack = contextmanager(function* () {
  const stack = ExitStack();
  stack.__enter__();
  try {
    stack.enter_context(withoutContext());
    yield stack;
  } catch (error) {
    stack.__exit__(type(error), error, null);
  }
});
stackTest("test_exit_exception_explicit_none_context", () => {
  for (const cm of [withoutContext, withoutContextInStack]) {
    const error = caught(() =>
      with_(cm(), () => {
        throw IndexError();
      }),
    );
    equal(chain(error), ["MyException"]);
  }
});
stackTest("test_exit_exception_non_suppressing", () => {
  let error = caught(() =>
    with_(ExitStack(), (stack) => {
      stack.callback(() => null);
      stack.callback(raiseIt, IndexError());
    }),
  );
  ok(isinstance(error, IndexError));
  error = caught(() =>
    with_(ExitStack(), (stack) => {
      stack.callback(raiseIt, KeyError());
      stack.push(suppressAll);
      stack.callback(raiseIt, IndexError());
    }),
  );
  ok(isinstance(error, KeyError));
});
const raisesAtEnd = contextmanager(function* (error: any) {
  try {
    yield;
  } finally {
    // biome-ignore lint/correctness/noUnsafeFinally: that is what is looked at
    throw error;
  }
});
stackTest("test_exit_exception_with_correct_context", () => {
  const [one, two, three, four] = [1, 2, 3, 4].map((n) => Exception(n));
  const error = caught(() =>
    with_(ExitStack(), (stack) => {
      for (const next of [four, three, two]) stack.enter_context(raisesAtEnd(next));
      throw one;
    }),
  );
  ok(error === four);
  ok(four!.__context__ === three);
  ok(three!.__context__ === two);
  ok(two!.__context__ === one);
  ok(one!.__context__ === null);
});
function raiseNested(inner: any, outer: any) {
  try {
    throw inner;
  } catch {
    throw outer;
  }
}
stackTest("test_exit_exception_with_existing_context", () => {
  const [one, two, three, four, five] = [1, 2, 3, 4, 5].map((n) => Exception(n));
  const error = caught(() =>
    with_(ExitStack(), (stack) => {
      stack.callback(raiseNested, four, five);
      stack.callback(raiseNested, two, three);
      throw one;
    }),
  );
  const found = [];
  for (let e = error; e !== null; e = e.__context__) found.push(e.args[0]);
  equal(found, [5, 4, 3, 2, 1]);
});
stackTest("test_body_exception_suppress", () => {
  with_(ExitStack(), (stack) => {
    stack.push(suppressAll);
    divide();
  });
});
stackTest("test_exit_exception_chaining_suppress", () => {
  with_(ExitStack(), (stack) => {
    stack.push(suppressAll);
    stack.push(() => divide());
    stack.push(() => raiseIt(KeyError(1)));
  });
});
stackTest("test_excessive_nesting", () => {
  with_(ExitStack(), (stack) => {
    for (const _ of range(10000)) stack.callback(() => 0);
  });
});
class Example {}
stackTest("test_instance_bypass", () => {
  const cm: any = new Example();
  cm.__enter__ = object();
  cm.__exit__ = object();
  const stack = ExitStack();
  const error: any = raises(TypeError, () => stack.enter_context(cm));
  matches(String(error.message), /the context manager/);
  stack.push(cm);
  ok(lastCallback(stack) === cm);
});
class UniqueException extends Exception {}
class UniqueRuntimeError extends RuntimeError {}
const second = contextmanager(function* () {
  try {
    yield 1;
  } catch (error: any) {
    throw new UniqueException("new exception", { cause: error });
  }
});
const first = contextmanager(function* () {
  try {
    yield 1;
  } catch (error) {
    const again = error;
    throw again;
  }
});
stackTest("test_dont_reraise_RuntimeError", () => {
  const error = caught(() =>
    with_(ExitStack(), (stack) => {
      stack.enter_context(second());
      stack.enter_context(first());
      throw new UniqueRuntimeError("please no infinite loop.");
    }),
  );
  equal(chain(error), ["UniqueException", "UniqueRuntimeError"]);
  ok(error.__context__.__cause__ === null);
  ok(error.__cause__ === error.__context__);
});
