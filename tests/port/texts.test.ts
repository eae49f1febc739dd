// What a port's templates show is what Python's f-strings show.
import { expect, test } from "vitest";
import { runPort } from "../program/run";

test("templates show Python's text of their values", async () => {
  const source = `
    import { threading } from "pythreads";
    import { bytes, Exception, print, set, tuple, type, ValueError } from "pythreads/builtins";
    class Plain {}
    class Named { constructor(public name: string) {} __str__() { return "<" + this.name + ">"; } }
    class Shown extends Named { __repr__() { return "Shown"; } }
    class Late extends Shown { __str__() { return "late"; } }
    class Failed extends Exception {}
    const named = new Named("n"), nothing: any = null;
    function show() {
      print(\`\${true} \${nothing} \${undefined} \${1 > 2} \${1.5} \${1e-7} \${-0} \${10n}\`);
      print(\`\${[1, "a", null]} \${tuple([true])} \${{ a: 1.0 }} \${set([1])} \${bytes("b")} \${"s"} \${\`\${false}\`}\`);
      print(\`\${named} \${new Shown("s")} \${new Late("x")} \${[new Shown("s")]} \${ValueError("v")} \${new Failed("f")}\`);
      print(\`\${new URL("http://a/b")} \${/x/} \${new Plain()}\`.replace(/0x[0-9a-f]+/, "0x"));
      const joined: any = { ["k" + 1]: 1, [\`\${true}\`]: 2 };
      print(joined, String.raw\`\${true}\`, \`\${type(named).__name__}\`);
    }
    show();
    const t = threading.Thread({ target: show }); t.start(); t.join();
    class Base {} class Middle extends Base {} class Sub extends Middle {}
    print((type(new Sub()) as any).__mro__, (type(new Sub()) as any).__bases__);`;
  const { stdout, stderr } = await runPort(source);
  const shown = [
    "True None None False 1.5 1e-07 0 10",
    "[1, 'a', None] (True,) {'a': 1} {1} b'b' s False",
    "<n> <s> late [Shown] v f",
    "http://a/b /x/ <__main__.Plain object at 0x>",
    "{'k1': 1, 'True': 2} true Named",
  ];
  expect([stderr, stdout.trimEnd().split("\n")]).toEqual([
    "",
    [
      ...shown,
      ...shown,
      "(<class '__main__.Sub'>, <class '__main__.Middle'>, <class '__main__.Base'>, <class 'object'>) (<class '__main__.Middle'>,)",
    ],
  ]);
});

test("an attribute that is not there is asked of __getattr__", async () => {
  const source = `
    import { threading } from "pythreads";
    import { AttributeError, getattr, hasattr, print } from "pythreads/builtins";
    class Proxy_ {
      [k: string]: any;
      constructor(public target: any) {}
      __getattr__(name: string) {
        if (name.startsWith("_")) throw AttributeError(name);
        return name === "call" ? (x: any) => [name, x] : name.toUpperCase();
      }
    }
    const p = new Proxy_(1);
    function show() {
      print(p.target, p.other, p.call(5), getattr(p, "more"), getattr(p, "_x", "none"), hasattr(p, "_x"), hasattr(p, "x"));
      try { p._hidden; } catch (e) { print("AttributeError", e); }
    }
    show();
    const t = threading.Thread({ target: show }); t.start(); t.join();`;
  const { stdout, stderr } = await runPort(source);
  const shown = ["1 OTHER ['call', 5] MORE none False True", "AttributeError _hidden"];
  expect([stderr, stdout.trimEnd().split("\n")]).toEqual(["", [...shown, ...shown]]);
});
