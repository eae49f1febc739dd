import { describe, expect, it } from "vitest";
import { CONTINUE } from "../../src/builtins/maybe_async";
import { repr } from "../../src/builtins/repr";
import { assert_, holding, with_ } from "../../src/builtins/statements";
import { try_ } from "../../src/builtins/try";
import {
  BaseException,
  Exception,
  ExceptionGroup,
  handled,
  KeyboardInterrupt,
  KeyError,
  OSError,
  TypeError,
  ValueError,
} from "../../src/exceptions";

class Manager {
  readonly log: string[];
  readonly name: string;
  readonly suppresses: unknown;
  constructor(log: string[], name = "m", suppresses: unknown = false) {
    this.log = log;
    this.name = name;
    this.suppresses = suppresses;
  }
  __enter__() {
    this.log.push(`enter ${this.name}`);
    return this.name;
  }
  __exit__(cls: any, error: any) {
    this.log.push(`exit ${this.name} ${cls === null ? "-" : cls.name} ${repr(error)}`);
    return this.suppresses;
  }
}

class AsyncManager {
  readonly inner: Manager;
  constructor(log: string[], name: string, suppresses: unknown = false) {
    this.inner = new Manager(log, name, suppresses);
  }
  async __aenter__() {
    return this.inner.__enter__();
  }
  async __aexit__(cls: unknown, error: unknown) {
    await null;
    return this.inner.__exit__(cls, error);
  }
}

describe("with_", () => {
  it("enters, gives the body what was entered, leaves, and gives back the body's value", () => {
    const log: string[] = [];
    expect(with_(new Manager(log), (x) => x + log.length)).toBe("m1");
    expect(log).toEqual(["enter m", "exit m - None"]);
  });

  it("nests, and leaves in reverse order", () => {
    const log: string[] = [];
    const body = (x: string, y: string, z: string) => x + y + z;
    expect(with_(new Manager(log, "a"), new Manager(log, "b"), new Manager(log, "c"), body)).toBe("abc");
    expect(log).toEqual(["enter a", "enter b", "enter c", "exit c - None", "exit b - None", "exit a - None"]);
  });

  it("tells of the body's error, and raises it unless it is suppressed by a true value", () => {
    const log: string[] = [];
    const fail = () => {
      throw ValueError("m");
    };
    expect(() => with_(new Manager(log), fail)).toThrow(ValueError);
    expect(() => with_(new Manager(log, "m", []), fail)).toThrow(ValueError);
    expect(with_(new Manager(log, "m", [0]), fail)).toBe(undefined);
    expect(log[1]).toBe("exit m ValueError ValueError('m')");
    with_(new Manager(log, "m", true), () => {
      throw new RangeError("host");
    });
    expect(log.at(-1)).toBe("exit m ValueError ValueError('host')");
  });

  it("an inner manager's suppression is unseen by the outer one", () => {
    const log: string[] = [];
    with_(new Manager(log, "a"), new Manager(log, "b", true), () => {
      throw ValueError("m");
    });
    expect(log.at(-1)).toBe("exit a - None");
  });

  it("does not leave what it could not enter", () => {
    const log: string[] = [];
    const broken = {
      __enter__: () => {
        throw KeyError("k");
      },
      __exit__: () => log.push("exit"),
    };
    expect(() => with_(broken, () => log.push("body"))).toThrow(KeyError);
    expect(log).toEqual([]);
  });

  it("refuses what is no context manager, in Python's words", () => {
    expect(() => with_(5 as never, () => 0)).toThrow("'int' object does not support the context manager protocol");
    expect(() => with_({ __enter__: () => 0 } as never, () => 0)).toThrow(
      "'dict' object does not support the context manager protocol (missed __exit__ method)",
    );
  });

  it("awaits an async body before it leaves", async () => {
    const log: string[] = [];
    const result = with_(new Manager(log), async (x) => {
      await null;
      log.push("body");
      return x;
    });
    expect(result).toBeInstanceOf(Promise);
    expect(await result).toBe("m");
    expect(log).toEqual(["enter m", "body", "exit m - None"]);
    await expect(
      with_(new Manager(log), async () => {
        throw ValueError("m");
      }),
    ).rejects.toThrow(ValueError);
    expect(
      await with_(new Manager(log, "m", true), async () => {
        throw ValueError("m");
      }),
    ).toBe(undefined);
  });

  it("takes asynchronous managers, and both kinds together", async () => {
    const log: string[] = [];
    const body = async (x: string, y: string) => {
      log.push("body");
      throw ValueError(x + y);
    };
    await expect(with_(new Manager(log, "a"), new AsyncManager(log, "b"), body)).rejects.toThrow("ab");
    expect(log).toEqual([
      "enter a",
      "enter b",
      "body",
      "exit b ValueError ValueError('ab')",
      "exit a ValueError ValueError('ab')",
    ]);
    expect(
      await with_(new AsyncManager(log, "c", true), () => {
        throw ValueError("m");
      }),
    ).toBe(undefined);
  });

  it("gives back a future as a value, though it has then", () => {
    const future = {
      // biome-ignore lint/suspicious/noThenProperty: this is what it is about
      then() {
        throw Error("awaited");
      },
    };
    expect(with_(new Manager([]), () => future)).toBe(future);
  });

  it("hands a coroutine's body to the coroutine", () => {
    const log: string[] = [];
    const coroutine = {
      [CONTINUE](steps: Generator<unknown, unknown, unknown>) {
        log.push("continued");
        let step = steps.next("value");
        while (!step.done) step = steps.next(step.value);
        return step.value;
      },
    };
    expect(with_(new Manager(log), () => coroutine)).toBe("value");
    expect(log).toEqual(["enter m", "continued", "exit m - None"]);
  });
});

it("holding releases at the end of the block", () => {
  const log: string[] = [];
  {
    using _ = holding(new Manager(log));
    log.push("body");
  }
  expect(log).toEqual(["enter m", "body", "exit m - None"]);
});

it("assert_ goes by Python's truth", () => {
  assert_([0]);
  expect(() => assert_([], "empty")).toThrow("empty");
  expect(() => assert_(0)).toThrow(
    expect.objectContaining({ name: "AssertionError", args: expect.objectContaining({ length: 0 }) }),
  );
});

const raising = (error: unknown) => () => {
  throw error;
};

describe("try_", () => {
  it("runs nothing before end()", () => {
    const log: string[] = [];
    const statement = try_(() => log.push("body")).finally(() => log.push("finally"));
    expect(log).toEqual([]);
    statement.end();
    expect(log).toEqual(["body", "finally"]);
  });

  it("takes the first clause that matches", () => {
    const run = (error: unknown) =>
      try_(raising(error))
        .except(KeyError, () => "key")
        .except([TypeError, OSError], () => "several")
        .except(Exception, (e) => repr(e))
        .end();
    expect(run(KeyError("k"))).toBe("key");
    expect(run(new globalThis.TypeError("m"))).toBe("several");
    expect(run(ValueError("v"))).toBe("ValueError('v')");
    expect(() => run(KeyboardInterrupt())).toThrow(KeyboardInterrupt);
    expect(
      try_(raising(KeyboardInterrupt()))
        .except(() => "any")
        .end(),
    ).toBe("any");
  });

  it("runs else only after success and outside the handlers, and finally always", () => {
    const log: string[] = [];
    const run = (body: () => unknown, otherwise: () => unknown) =>
      try_(body)
        .except(ValueError, () => "handled")
        .else(otherwise)
        .finally(() => log.push("finally"))
        .end();
    expect(
      run(
        () => 1,
        () => "else",
      ),
    ).toBe("else");
    expect(run(raising(ValueError()), () => "else")).toBe("handled");
    expect(() => run(() => 1, raising(ValueError("from else")))).toThrow("from else");
    expect(log).toHaveLength(3);
    expect(try_(() => 5).end()).toBe(5);
  });

  it("knows the handled error, and makes it the context of what a handler raises", () => {
    const first = ValueError("v");
    let seen: unknown;
    const statement = try_(raising(first)).except(ValueError, () => {
      seen = handled.error;
      throw KeyError("k");
    });
    expect(() => statement.end()).toThrow(expect.objectContaining({ name: "KeyError", __context__: first }));
    expect(seen).toBe(first);
    expect(handled.error).toBe(null);
    expect(() =>
      try_(raising(first))
        .except(ValueError, (e) => {
          throw e;
        })
        .end(),
    ).toThrow(first);
    expect(first.__context__).toBe(null);
  });

  it("is awaited where a part is async", async () => {
    const log: string[] = [];
    const result = try_(async () => {
      throw ValueError("v");
    })
      .except(ValueError, async (e) => `handled ${e}`)
      .finally(async () => log.push("finally"))
      .end();
    expect(result).toBeInstanceOf(Promise);
    expect(await result).toBe("handled v");
    expect(log).toEqual(["finally"]);
  });
});

describe("except_star", () => {
  const group = () => ExceptionGroup("g", [ValueError(1), ExceptionGroup("n", [KeyError(2), OSError("o")])]);

  it("gives each clause its part, and raises the rest", () => {
    const seen: string[] = [];
    const run = () =>
      try_(raising(group()))
        .except_star(ValueError, (g) => seen.push(repr(g)))
        .except_star(KeyError, (g) => seen.push(repr(g)))
        .end();
    expect(run).toThrow(expect.objectContaining({ message: "g", args: expect.anything() }));
    expect(seen).toEqual([
      "ExceptionGroup('g', [ValueError(1)])",
      "ExceptionGroup('g', [ExceptionGroup('n', [KeyError(2)])])",
    ]);
    try {
      run();
    } catch (error) {
      expect(repr(error)).toBe("ExceptionGroup('g', [ExceptionGroup('n', [OSError('o')])])");
    }
  });

  it("handles a single error as a group of one, and passes it on bare", () => {
    const error = ValueError("v");
    expect(
      try_(raising(error))
        .except_star(ValueError, (g) => repr(g))
        .end(),
    ).toBe("ExceptionGroup('', (ValueError('v'),))");
    expect(() =>
      try_(raising(error))
        .except_star(KeyError, () => 0)
        .end(),
    ).toThrow(error);
  });

  it("joins what a handler passes on to the rest, in the old shape", () => {
    const pass = (error: unknown) => {
      throw error;
    };
    const reprOf = (statement: { end(): unknown }) => {
      try {
        return repr(statement.end());
      } catch (error) {
        return repr(error);
      }
    };
    const flat = () => ExceptionGroup("g", [ValueError(1), KeyError(2)]);
    expect(reprOf(try_(raising(flat())).except_star(ValueError, pass))).toBe(
      "ExceptionGroup('g', [ValueError(1), KeyError(2)])",
    );
    const both = try_(raising(flat()))
      .except_star(ValueError, pass)
      .except_star(KeyError, raising(TypeError("x")));
    expect(reprOf(both)).toBe("ExceptionGroup('', [TypeError('x'), ExceptionGroup('g', [ValueError(1)])])");
    expect(reprOf(try_(raising(ValueError(5))).except_star(ValueError, pass))).toBe(
      "ExceptionGroup('', (ValueError(5),))",
    );
    expect(reprOf(try_(raising(flat())).except_star(Exception, raising(TypeError("t"))))).toBe("TypeError('t')");
  });

  it("gathers what the handlers raise", () => {
    const run = () =>
      try_(raising(group()))
        .except_star(ValueError, raising(TypeError("t")))
        .end();
    try {
      run();
      expect.unreachable();
    } catch (error) {
      expect(repr(error)).toBe(
        "ExceptionGroup('', [TypeError('t'), ExceptionGroup('g', [ExceptionGroup('n', [KeyError(2), OSError('o')])])])",
      );
    }
    expect(() =>
      try_(raising(ValueError()))
        .except_star(BaseException, raising(TypeError("t")))
        .end(),
    ).toThrow("t");
  });
});
