// Literals of dicts have the keys that are written there, in their order.
import { expect, test } from "vitest";
import { runPort } from "../program/run";

test("keys are numbers, tuples and strings as they are written, in their order", async () => {
  const source = `
    import { threading } from "pythreads";
    import { dict, len, list, print, repr, sorted, tuple, type } from "pythreads/builtins";
    const attempt = (f: any) => { try { print(f()); } catch (e: any) { print(type(e).__name__ + ":", e); } };
    const names: any = { 2: "two", 1: "one", "x": 0 };
    const key = 5, word = "w", extra = 9;
    function show() {
      print(names, names[1], 1 in names, "1" in names, names.get(2), list(names), sorted([...names.keys()].slice(0, 2)));
      const keyed = { [key]: 1, [word]: 2, [tuple([1, 2]) as any]: 3, extra }, joined = { ...{ "a": 1 }, ...names };
      print(keyed, { "10": 1, "9": 2 }, [{ 1: { 2: 3 } }]);
      print({ ...names, 1: "uno", 3: "three" }, joined, { ...null, extra });
      const made: any = { ...names };
      made[7] = [8]; print(made, len(names), type(made) === dict);
    }
    show();
    const t = threading.Thread({ target: show }); t.start(); t.join();
    attempt(() => names[3]);
    attempt(() => ({ [[1] as any]: 2 } as any).get(1));
    const held: any = []; held.append({ 7: 8 }); print(held[0][7], dict({ 1: 2 }), new Map(Object.entries({ 1: 2 })).get("1"));
    function given(options: any) { return options; }
    print(given({ 1: 2 })[1], given({ a: 1 }), repr(given({ [word]: 1 })));
    const handlers: any = { 1: () => "first", 2: function () { return "second"; } };
    print(handlers[1](), handlers[2]());`;
  const { stdout, stderr } = await runPort(source);
  const shown = [
    "{2: 'two', 1: 'one', 'x': 0} one True False two [2, 1, 'x'] [1, 2]",
    "{5: 1, 'w': 2, (1, 2): 3, 'extra': 9} {'10': 1, '9': 2} [{1: {2: 3}}]",
    "{2: 'two', 1: 'uno', 'x': 0, 3: 'three'} {'a': 1, 2: 'two', 1: 'one', 'x': 0} {'extra': 9}",
    "{2: 'two', 1: 'one', 'x': 0, 7: [8]} 3 True",
  ];
  expect([stderr, stdout.trimEnd().split("\n")]).toEqual([
    "",
    [
      ...shown,
      ...shown,
      "KeyError: 3",
      "TypeError: unhashable type: 'list'",
      "8 {1: 2} 2",
      "2 {'a': 1} {'w': 1}",
      "first second",
    ],
  ]);
});

test("what an object's rest element collects is a dict", async () => {
  const source = `
    import { threading } from "pythreads";
    import { dict, print, type } from "pythreads/builtins";
    const { a, ...others } = { a: 1, b: 2, c: 3 };
    let more: any;
    function f({ a: b, ...rest }: any) { return rest.items(); }
    function run() {
      const { b, ...inner } = { b: 4, d: 5 };
      const { c, ...captured } = { c: 6, e: 7 };
      ({ a: more, ...more } = { a: 8, g: 9 });
      const t = threading.Thread({ target: () => captured.update({ h: 1 }) }); t.start(); t.join();
      print(others.get("b"), inner.items(), captured, more, type(inner) === dict, b, c);
    }
    print(a, others); run(); print(f({ a: 1, z: 2 }));
    const t = threading.Thread({ target: run }); t.start(); t.join();`;
  const { stdout, stderr } = await runPort(source);
  const shown = "2 dict_items([('d', 5)]) {'e': 7, 'h': 1} {'g': 9} True 4 6";
  expect([stderr, stdout.trimEnd().split("\n")]).toEqual([
    "",
    ["1 {'b': 2, 'c': 3}", shown, "dict_items([('z', 2)])", shown],
  ]);
});

test("JSON.stringify, Object.keys and their like see the items of lists and dicts", async () => {
  const source = `
    import { threading } from "pythreads";
    import { print, tuple, type, list } from "pythreads/builtins";
    const data: any = { "a": [1, { "b": null }], 2: tuple([true]), "s": "x" }, items: any = [1, [2]];
    class Own { x = 1; }
    function show() {
      print(JSON.stringify(data), JSON.stringify(items), JSON.stringify([{ n: data["a"] }]));
      print(Object.keys(data), Object.values({ ...data })[2], Object.entries(data)[1], Object.assign({ z: 0 }, data));
      print(Object.keys(new Own()), Object.keys({ q: 1 }), Object.entries(JSON.parse('{"p": [1]}')));
    }
    show();
    const t = threading.Thread({ target: show }); t.start(); t.join();
    print(type(JSON.parse(JSON.stringify(items))) === list);`;
  const { stdout, stderr } = await runPort(source);
  const shown = [
    '{"2":[true],"a":[1,{"b":null}],"s":"x"} [1,[2]] [{"n":[1,{"b":null}]}]',
    "['2', 'a', 's'] x ['a', [1, {'b': None}]] {'2': (True,), 'z': 0, 'a': [1, {'b': None}], 's': 'x'}",
    "['x'] ['q'] [['p', [1]]]",
  ];
  expect([stderr, stdout.trimEnd().split("\n")]).toEqual(["", [...shown, ...shown, "True"]]);
});
