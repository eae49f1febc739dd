// What a function is given as a literal has Python's methods there.
import { expect, test } from "vitest";
import { runPort } from "../program/run";

test("a list or dict written as an argument has list's and dict's methods in the function", async () => {
  const source = `
    import { threading } from "pythreads";
    import { dict, getattr, len, list, print, type } from "pythreads/builtins";
    const shared: any = {}, rows: any = [];
    class Stack { items: any; constructor(items: any) { this.items = items; } push(x: any) { this.items.append(x); } }
    function grow(xs: any) { xs.append(1); xs.extend([2, 3]); return [xs, len(xs), xs.pop(0), xs.index(3), xs]; }
    function look(d: any) { d.update({ b: 2 }); d.setdefault("l", []).append(5); return [d.get("a"), d.get("zz", 0), d.pop("b"), "b" in d, d["l"], len(d)]; }
    function order(xs: any) { xs.sort(); print(xs); xs.sort({ reverse: true }); return xs; }
    function work() {
      print(grow([]), look({ "a": 1 }), order([10, 9, 1]));
      const s = new Stack([]); s.push(4); s.push(5); print(s.items);
      print(shared.get("none", {}).get("x", "deep"), shared.get("none", []).count(1), getattr(s, "none", []).append(1));
      shared.setdefault("k", []).append(6); shared.setdefault("o", {}).update({ p: 7 });
      rows.append([]); rows[-1].append(8);
      const local: any = dict(); local.setdefault("q", []).append(9); local["q"].append(10); print(local);
      const add = (function (xs: any) { return xs.append; })([0]); add(1);
    }
    work();
    const t = threading.Thread({ target: work }); t.start(); t.join();
    print(shared, rows);
    print("b,a".split(",").sort().join(), [3, 1, 2].map((x) => x).sort((a, b) => a - b).pop());`;
  const { stdout, stderr } = await runPort(source);
  const shown = [
    "[[2, 3], 3, 1, 1, [2, 3]] [1, 0, 2, False, [5], 2] [10, 9, 1]",
    "[4, 5]",
    "deep 0 None",
    "{'q': [9, 10]}",
  ];
  expect([stderr, stdout.trimEnd().split("\n")]).toEqual([
    "",
    ["[1, 9, 10]", ...shown, "[1, 9, 10]", ...shown, "{'k': [6, 6], 'o': {'p': 7}} [[8], [8]]", "a,b 3"],
  ]);
});

test("a decorated function keeps its name", async () => {
  const source = `
    import { threading } from "pythreads";
    import { print } from "pythreads/builtins";
    const seen = (f: any) => { function wrapper(...args: any[]) { print(f.__name__, f.name); return f(...args); } return wrapper; };
    const hello = seen(function hello(n: number) { return n; });
    hello(1);
    const t = threading.Thread({ target: function hello() {} }); print(t.name);`;
  const { stdout, stderr } = await runPort(source);
  expect([stderr, stdout]).toEqual(["", "hello hello\nThread-1 (hello)\n"]);
});
