// contextlib beyond CPython's own cases: managers and decorated functions that other threads use.
import { expect, test } from "vitest";
import { runPort } from "./run";

async function printed(source: string): Promise<string> {
  const { stdout, stderr } = await runPort(source);
  expect(stderr).toBe("");
  return stdout;
}

test("a manager's function that one thread has made is used by others", async () => {
  const source = `
    import { threading, contextlib } from "pythreads";
    import { print, with_, list } from "pythreads/builtins";
    const seen = list();
    const tag = contextlib.contextmanager(function* (name: string) {
      seen.append("enter " + name);
      try { yield name; } finally { seen.append("exit " + name); }
    });
    const same = list([tag]);
    const traced = tag("traced")(function work() { seen.append("work"); return 7; });
    function use() {
      with_(tag("t"), (name) => seen.append("body " + name));
      print(traced(), tag === same[0], traced.name);
    }
    const t = threading.Thread({ target: use });
    t.start(); t.join();
    const u = threading.Thread({ target: traced });
    u.start(); u.join();
    print(seen);
  `;
  expect(await printed(source)).toBe(
    "7 True work\n['enter t', 'body t', 'exit t', 'enter traced', 'work', 'exit traced', 'enter traced', 'work', 'exit traced']\n",
  );
});

test("an ExitStack that one thread fills is unwound by another", async () => {
  const source = `
    import { threading, contextlib } from "pythreads";
    import { print, with_, object } from "pythreads/builtins";
    class Door extends object {
      __enter__() { print("open"); return this; }
      __exit__(..._: unknown[]) { print("shut by", threading.current_thread().name); }
    }
    const stack = contextlib.ExitStack();
    stack.enter_context(new Door());
    stack.callback((a: number, b: number) => print("called", a, b), 1, 2);
    const t = threading.Thread({ target: stack.close, name: "closer" });
    t.start(); t.join();
  `;
  expect(await printed(source)).toBe("open\ncalled 1 2\nshut by closer\n");
});

test("what is printed is redirected for all threads, if the target can be shared", async () => {
  const source = `
    import { threading, contextlib } from "pythreads";
    import { print, with_, object } from "pythreads/builtins";
    class Sink extends object {
      declare text: string;
      constructor() { super(); this.text = ""; }
      write(text: string) { this.text += text; }
    }
    const sink = new Sink();
    with_(contextlib.redirect_stdout(sink), () => {
      const t = threading.Thread({ target: print, args: ["from a thread"] });
      t.start(); t.join();
    });
    print(JSON.stringify(sink.text));
  `;
  expect(await printed(source)).toBe('"from a thread\\\\n"\n'.replace("\\\\", "\\"));
});

test("an error in __exit__ has the body's error as context", async () => {
  const source = `
    import { print, with_, ValueError, KeyError, repr } from "pythreads/builtins";
    import { contextmanager } from "pythreads/contextlib";
    const cm = contextmanager(function* () { try { yield; } finally { throw KeyError("at the end"); } });
    try {
      with_(cm(), () => { throw ValueError("in the body"); });
    } catch (e) {
      print(repr(e), repr(e.__context__));
    }
  `;
  expect(await printed(source)).toBe("KeyError('at the end') ValueError('in the body')\n");
});
