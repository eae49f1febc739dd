// The cases of test_context.py.
import { contextvars, random, time } from "pythreads";
import {
  AttributeError,
  eq,
  hash,
  in_,
  isinstance,
  KeyError,
  LookupError,
  len,
  list,
  RuntimeError,
  repr,
  str,
  TypeError,
  tuple,
  ValueError,
  ZeroDivisionError,
} from "pythreads/builtins";
import { bunch, equal, matches, no, ok, raises, test } from "./kit";

/** A case in a context of its own. */
function contextTest(name: string, body: () => void) {
  test(`test_context.ContextTest.${name}`, () => contextvars.Context().run(body));
}

function divide(): never {
  throw ZeroDivisionError();
}

let shared: any = null;
let results: any = list();

contextTest("test_context_var_new_1", () => {
  const ContextVar: any = contextvars.ContextVar;
  raises(TypeError, () => ContextVar(), "ContextVar() takes exactly 1 positional argument (0 given)");
  raises(TypeError, () => ContextVar(1), "context variable name must be a str");
  const c = ContextVar("aaa");
  equal(c.name, "aaa");
  raises(AttributeError, () => {
    c.name = "bbb";
  });
  ok(hash(c) !== hash("aaa"));
});
contextTest("test_context_var_repr_1", () => {
  let c: any = contextvars.ContextVar("a");
  matches(repr(c), /^<ContextVar name='a' at 0x[0-9a-f]+>$/);
  c = contextvars.ContextVar("a", { default: 123 });
  matches(repr(c), /^<ContextVar name='a' default=123 at 0x[0-9a-f]+>$/);
  const items: any = list();
  c = contextvars.ContextVar("a", { default: items });
  items.append(c);
  matches(repr(c), /\.\.\./);
  matches(repr(items), /\.\.\./);
  c = contextvars.ContextVar("a");
  const t = c.set(1);
  ok(repr(t).includes(repr(c)));
  no(repr(t).includes(" used "));
  c.reset(t);
  ok(repr(t).includes(" used "));
});
contextTest("test_context_new_1", () => {
  const Context: any = contextvars.Context;
  raises(TypeError, () => Context(1), "Context() does not accept any arguments");
  raises(TypeError, () => Context({ a: 1 }), "Context() does not accept any arguments");
  Context();
});
contextTest("test_context_typerrors_1", () => {
  const ctx: any = contextvars.Context();
  for (const ask of [() => ctx[1], () => in_(1, ctx), () => ctx.get(1)]) {
    raises(TypeError, ask, "a ContextVar key was expected, got 1");
  }
});
contextTest("test_context_get_context_1", () => {
  ok(isinstance(contextvars.copy_context(), contextvars.Context));
});
contextTest("test_context_run_1", () => {
  const ctx: any = contextvars.Context();
  raises(TypeError, () => ctx.run(), "run() missing 1 required positional argument");
});
contextTest("test_context_run_2", () => {
  const ctx = contextvars.Context();
  const f = (...args: any[]) => repr([...args, "bar"]);
  equal(ctx.run(f), "['bar']");
  equal(ctx.run(f, 1), "[1, 'bar']");
  equal(ctx.run(f, { a: 2 }), "[{'a': 2}, 'bar']");
  equal(ctx.run(f, 11, { a: 2 }), "[11, {'a': 2}, 'bar']");
});
contextTest("test_context_run_3", () => {
  const ctx = contextvars.Context();
  const f: any = (..._: any[]) => divide();
  raises(ZeroDivisionError, () => ctx.run(f));
  raises(ZeroDivisionError, () => ctx.run(f, 1, 2));
  raises(ZeroDivisionError, () => ctx.run(f, 1, 2, { a: 123 }));
});
contextTest("test_context_run_4", () => {
  const one = contextvars.Context();
  const other = contextvars.Context();
  const v = contextvars.ContextVar<any>("var");
  const returned: any = one.run(() => {
    ok(v.get(null) === null);
    v.set("spam");
    other.run(() => ok(v.get(null) === null));
    equal(v.get(null), "spam");
    const copy: any = contextvars.copy_context();
    equal(len(copy), 1);
    equal(copy[v as any], "spam");
    return copy;
  });
  ok(eq(one, returned));
  equal(returned[v as any], "spam");
  ok(in_(v, returned));
});
contextTest("test_context_run_5", () => {
  const ctx = contextvars.Context();
  const v = contextvars.ContextVar<any>("var");
  raises(ZeroDivisionError, () =>
    ctx.run(() => {
      ok(v.get(null) === null);
      v.set("spam");
      divide();
    }),
  );
  ok(v.get(null) === null);
});
contextTest("test_context_run_6", () => {
  const ctx = contextvars.Context();
  const c = contextvars.ContextVar("a", { default: 0 });
  ctx.run(() => {
    equal(c.get(), 0);
    ok(ctx.get(c) === null);
    c.set(42);
    equal(c.get(), 42);
    equal(ctx.get(c), 42);
  });
});
contextTest("test_context_run_7", () => {
  const ctx = contextvars.Context();
  ctx.run(() => {
    const error = raises(RuntimeError, () => ctx.run(() => null));
    matches(str(error), /^cannot enter context: <_contextvars\.Context object at 0x[0-9a-f]+> is already entered$/);
  });
});
contextTest("test_context_getset_1", () => {
  const c = contextvars.ContextVar<any>("c");
  raises(LookupError, () => c.get());
  ok(c.get(null) === null);
  const t0 = c.set(42);
  equal(c.get(), 42);
  equal(c.get(null), 42);
  ok(t0.old_value === t0.MISSING);
  ok(t0.old_value === contextvars.Token.MISSING);
  ok(t0.var === c);
  const t = c.set("spam");
  equal(c.get(), "spam");
  equal(c.get(null), "spam");
  equal(t.old_value, 42);
  c.reset(t);
  equal(c.get(), 42);
  c.set("spam2");
  matches(str(raises(RuntimeError, () => c.reset(t))), /has already been used once$/);
  equal(c.get(), "spam2");
  const one: any = contextvars.copy_context();
  ok(in_(c, one));
  c.reset(t0);
  matches(str(raises(RuntimeError, () => c.reset(t0))), /has already been used once$/);
  ok(c.get(null) === null);
  ok(in_(c, one));
  equal(one[c as any], "spam2");
  equal(one.get(c, "aa"), "spam2");
  equal(len(one), 1);
  ok(eq([...one.items()], [tuple([c, "spam2"])]));
  equal([...one.values()], ["spam2"]);
  ok([...one.keys()][0] === c);
  ok([...one][0] === c);
  const two: any = contextvars.copy_context();
  no(in_(c, two));
  raises(KeyError, () => two[c as any]);
  equal(two.get(c, "aa"), "aa");
  equal(len(two), 0);
  equal([...two], []);
});
contextTest("test_context_getset_2", () => {
  const v1 = contextvars.ContextVar("v1");
  const v2 = contextvars.ContextVar("v2");
  const t1 = v1.set(42);
  matches(str(raises(ValueError, () => v2.reset(t1))), /was created by a different ContextVar$/);
});
contextTest("test_context_getset_3", () => {
  const c = contextvars.ContextVar("c", { default: 42 });
  const ctx: any = contextvars.Context();
  ctx.run(() => {
    equal(c.get(), 42);
    raises(KeyError, () => ctx[c as any]);
    ok(ctx.get(c) === null);
    equal(ctx.get(c, "spam"), "spam");
    no(in_(c, ctx));
    equal([...ctx.keys()], []);
    const t = c.set(1);
    ok([...ctx.keys()][0] === c);
    equal(ctx[c as any], 1);
    c.reset(t);
    equal([...ctx.keys()], []);
    raises(KeyError, () => ctx[c as any]);
  });
});
contextTest("test_context_getset_4", () => {
  const c = contextvars.ContextVar("c", { default: 42 });
  const ctx = contextvars.Context();
  const token = ctx.run(() => c.set(1));
  matches(str(raises(ValueError, () => c.reset(token))), /was created in a different Context$/);
});
contextTest("test_context_getset_5", () => {
  const c = contextvars.ContextVar<any>("c", { default: 42 });
  c.set(list());
  contextvars.copy_context().run(() => {
    c.set(list());
    c.get().append(42);
    equal(c.get(), [42]);
  });
  equal(c.get(), []);
});
contextTest("test_context_copy_1", () => {
  const one: any = contextvars.Context();
  const c = contextvars.ContextVar("c", { default: 42 });
  one.run(() => {
    c.set(10);
    const two: any = one.copy();
    equal(two[c as any], 10);
    c.set(20);
    equal(one[c as any], 20);
    equal(two[c as any], 10);
    two.run(() => {
      equal(c.get(), 10);
      c.set(30);
      equal(c.get(), 30);
    });
    equal(one[c as any], 20);
    equal(two[c as any], 30);
  });
});
function setAndGet() {
  const begin = random.randrange(1000);
  for (let i = 0; i < 10; i++) {
    shared.set(begin + i);
    time.sleep(random.uniform(0.001, 0.005));
    results.append(shared.get() === begin + i);
  }
}
contextTest("test_context_threads_1", () => {
  shared = contextvars.ContextVar("cvar");
  results = list();
  shared.set("the main thread's");
  bunch(setAndGet, 10);
  equal(results, Array(100).fill(true));
  equal(shared.get(), "the main thread's");
});
