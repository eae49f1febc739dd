// Python's dict, local and shared, against python3.
import { describe, expect, it } from "vitest";
import {
  bytes,
  dict,
  eq,
  frozenset,
  hash,
  in_,
  isinstance,
  len,
  list,
  next,
  range,
  repr,
  set,
  sorted,
  str,
  tuple,
  type,
} from "../../src/builtins";
import { forgetKeys } from "../../src/builtins/dict_shared";
import { kernel } from "../../src/kernel/kernel";
import { post, take } from "../../src/runtime/words";
import { attachTestKernel, seeded } from "../runtime/kernel";
import { agreesInBothStorages, type StorageRow, shared } from "./storages";

/** Runs steps on a container and gives back what they leave of it. */
function left<T>(x: T, ...steps: ((x: T) => unknown)[]): T {
  for (const step of steps) step(x);
  return x;
}

const rows: StorageRow[] = [
  ["{}", (own) => own(dict())],
  [
    "dict([(1, 'a'), (2, 'b')])",
    (own) =>
      own(
        dict([
          [1, "a"],
          [2, "b"],
        ]),
      ),
  ],
  ["dict([[1, 2]], a=3)", (own) => own(dict<any>([[1, 2]], { a: 3 }))],
  ["dict({'x': None})", (own) => own(dict({ x: null }))],
  ["dict(['ab', 'cd'])", (own) => own(dict(["ab", "cd"] as never))],
  ["dict([(1, 2), [3, 4]]) # a list", (own) => own(dict(own(list([tuple([1, 2]), [3, 4]])) as never))],
  ["dict(((1, 2),)) # a tuple", (own) => own(dict(tuple([tuple([1, 2])]) as never))],
  ["dict(b'ab')", () => dict(bytes("ab") as never)],
  ["dict(5)", (own) => own(dict(5 as never))],
  ["dict([1])", (own) => own(dict([1] as never))],
  ["dict([[1, 2, 3]])", (own) => own(dict([[1, 2, 3]] as never))],
  ["dict.fromkeys('abc')", (own) => own(dict.fromkeys("abc"))],
  ["dict.fromkeys([1, 2], 0)", (own) => own(dict.fromkeys([1, 2], 0))],
  ["{'a': 1}['a']", (own) => own(dict({ a: 1 })).__getitem__("a")],
  ["{'a': 1}['nobody']", (own) => own(dict({ a: 1 })).__getitem__("nobody")],
  ["{'a': 1}[3]", (own) => own(dict<any>({ a: 1 })).__getitem__(3)],
  ["{}[(1, 'x')]", (own) => own(dict()).__getitem__(tuple([1, "x"]))],
  ["{}[[]]", (own) => own(dict()).__getitem__(list())],
  ["{}[{}]", (own) => own(dict()).__getitem__(dict())],
  ["{}[set()]", (own) => own(dict()).__getitem__(set())],
  ["{'a': 1}.get('a')", (own) => own(dict({ a: 1 })).get("a")],
  ["{'a': 1}.get('b')", (own) => own(dict({ a: 1 })).get("b")],
  ["{'a': None}.get('a', 5)", (own) => own(dict({ a: null })).get("a", 5)],
  ["{'a': 1}.get('b', 5)", (own) => own(dict({ a: 1 })).get("b", 5)],
  ["{1: 'one'}[True]", (own) => own(dict([[1, "one"]])).__getitem__(true as never)],
  ["{True: 'a'} | {1: 'b'}", (own) => own(dict<any>([[true, "a"]])).__or__(own(dict([[1, "b"]])))],
  [
    "{0: 'a', False: 'b', -0.0: 'c'}",
    (own) =>
      left(
        own(dict<any>()),
        (d) => d.set(0, "a"),
        (d) => d.set(false, "b"),
        (d) => d.set(-0, "c"),
      ),
  ],
  ["{None: 1}[None]", (own) => own(dict([[null, 1]])).__getitem__(null)],
  ["{(1, 2): 'p'}[(1, 2)]", (own) => own(dict([[tuple([1, 2]), "p"]])).__getitem__(tuple([1, 2]))],
  ["{(1, 2): 'p'}[(True, 2)]", (own) => own(dict([[tuple([1, 2]), "p"]])).__getitem__(tuple([true, 2]) as never)],
  [
    "{(1, (2, 'x')): 1, (1, 2): 2}.pop((1, (2, 'x')))",
    (own) =>
      own(
        dict<any>([
          [tuple([1, tuple([2, "x"])]), 1],
          [tuple([1, 2]), 2],
        ]),
      ).pop(tuple([1, tuple([2, "x"])])),
  ],
  [
    "{frozenset([1, 2]): 'f'}[frozenset([2, 1])]",
    (own) => own(dict([[frozenset([1, 2]), "f"]])).__getitem__(frozenset([2, 1])),
  ],
  ["{range(3): 1}[range(0, 3)]", (own) => own(dict<any>([[range(3), 1]])).__getitem__(range(3))],
  ["{10**20: 'big'}[10**20]", (own) => own(dict([[10n ** 20n, "big"]])).__getitem__(10n ** 20n)],
  [
    "{'a longer key than five': 1, 'ключ': 2}['ключ']",
    (own) => own(dict({ "a longer key than five": 1, ключ: 2 })).__getitem__("ключ"),
  ],
  [
    "{'a longer key than five': 1}['a longer key than fivf']",
    (own) => own(dict({ "a longer key than five": 1 })).__getitem__("a longer key than fivf"),
  ],
  [
    "{1.5: 'x', float('inf'): 'y'}",
    (own) =>
      own(
        dict([
          [1.5, "x"],
          [Infinity, "y"],
        ]),
      ),
  ],
  ["{'a': 1, 'b': 2}.pop('a')", (own) => own(dict({ a: 1, b: 2 })).pop("a")],
  ["{}.pop('a')", (own) => own(dict()).pop("a")],
  ["{}.pop('a', None)", (own) => own(dict()).pop("a", null)],
  ["{'a': 1, 'b': 2}.popitem()", (own) => own(dict({ a: 1, b: 2 })).popitem()],
  ["{}.popitem()", (own) => own(dict()).popitem()],
  ["{'a': 1}.setdefault('a', 2)", (own) => own(dict({ a: 1 })).setdefault("a", 2)],
  ["{'a': None}.setdefault('a', 2)", (own) => own(dict<any>({ a: null })).setdefault("a", 2)],
  ["{'a': 1}.setdefault('b', 2)", (own) => own(dict({ a: 1 })).setdefault("b", 2)],
  ["{'a': 1}.setdefault('b')", (own) => own(dict({ a: 1 })).setdefault("b")],
  ["{'a': 1}.update({'b': 2})", (own) => own(dict({ a: 1 })).update({ b: 2 }) ?? null],
  ["dict(a=1) | dict(a=2, b=3)", (own) => own(dict({ a: 1 })).__or__(own(dict({ a: 2, b: 3 })))],
  ["{} | [1]", (own) => own(dict()).__or__([1] as never)],
  ["{'a': 1, 'b': 2}.keys()", (own) => own(dict({ a: 1, b: 2 })).keys()],
  ["{'a': 1, 'b': 2}.values()", (own) => own(dict({ a: 1, b: 2 })).values()],
  ["{'a': 1, 'b': 2}.items()", (own) => own(dict({ a: 1, b: 2 })).items()],
  ["list({'a': 1, 'b': 2}.items())", (own) => list(own(dict({ a: 1, b: 2 })).items())],
  ["list({'a': 1, 'b': 2})", (own) => list(own(dict({ a: 1, b: 2 })))],
  ["list(reversed({'a': 1, 'b': 2}))", (own) => list(own(dict({ a: 1, b: 2 })).__reversed__())],
  ["('a', 1) in {'a': 1}.items()", (own) => in_(tuple(["a", 1]), own(dict({ a: 1 })).items())],
  [
    "{'a': 1}.keys() & {'a', 'b'}",
    (own) =>
      own(dict({ a: 1 }))
        .keys()
        .__and__(set(["a", "b"])),
  ],
  ["{'a': 1}.keys() == {'a'}", (own) => eq(own(dict({ a: 1 })).keys(), set(["a"]))],
  [
    "{'b': 1}.keys() | {'a': 2}.keys() == {'a', 'b'}",
    (own) =>
      eq(
        own(dict({ b: 1 }))
          .keys()
          .__or__(own(dict({ a: 2 })).keys()),
        set(["a", "b"]),
      ),
  ],
  ["len({'a': 1, 'b': 2})", (own) => len(own(dict({ a: 1, b: 2 })))],
  ["len({'a': 1, 'b': 2}.keys())", (own) => len(own(dict({ a: 1, b: 2 })).keys())],
  ["'a' in {'a': 1}", (own) => in_("a", own(dict({ a: 1 })))],
  ["[] in {}", (own) => in_(list(), own(dict()))],
  ["{'a': 1, 'b': 2} == {'b': 2, 'a': 1}", (own) => eq(own(dict({ a: 1, b: 2 })), own(dict({ b: 2, a: 1 })))],
  ["{'a': 1} == {'a': 1.0}", (own) => eq(own(dict({ a: 1 })), own(dict({ a: 1 })))],
  ["{'a': 1} == {'a': 2}", (own) => eq(own(dict({ a: 1 })), own(dict({ a: 2 })))],
  [
    "{'a': [1, {2}]} == {'a': [1, {2}]}",
    (own) => eq(own(dict({ a: list([1, set([2])]) })), own(dict({ a: list([1, set([2])]) }))),
  ],
  ["{} == []", (own) => eq(own(dict()), list())],
  ["bool({})", (own) => Boolean(len(own(dict())))],
  ["hash({})", (own) => hash(own(dict()))],
  ["sorted({'b': 1, 'a': 2})", (own) => sorted(own(dict({ b: 1, a: 2 })))],
  ["{'k': [1, (2,), {3: {4}}]}", (own) => own(dict({ k: list([1, tuple([2]), dict([[3, set([4])]])]) }))],
  ["str({'it\\'s': \"q\"})", (own) => str(own(dict({ "it's": "q" })))],
  ["type({})", (own) => type(own(dict()))],
  ["isinstance({}, dict)", (own) => isinstance(own(dict()), dict as never)],
  ["next(iter({'a': 1}))", (own) => next(own(dict({ a: 1 })).__iter__())],
];

agreesInBothStorages("dict", rows);

describe.each(["local", "shared"])("a %s dict", (storage) => {
  attachTestKernel();
  const own = <T extends object>(x: T): T => (storage === "shared" ? shared(x) : x);

  it("keeps the order of insertion, and the first of equal keys", () => {
    const d = own(dict<any>());
    for (const [key, value] of [
      ["a", 1],
      [1, 2],
      ["b", 3],
      [true, 4],
      ["a", 5],
    ] as const)
      d.set(key, value);
    d.__delitem__("a");
    d.set("a", 6);
    expect(repr(d)).toBe("{1: 4, 'b': 3, 'a': 6}");
  });

  it("tells a change of size during iteration as Python does", () => {
    const d = own(dict<any>({ a: 1, b: 2 }));
    const grow = () => {
      for (const key of d) d.set(`${key}2`, 1);
    };
    expect(grow).toThrow("dictionary changed size during iteration");
    const items = () => {
      for (const [key] of d.items()) d.pop(key);
    };
    expect(items).toThrow("dictionary changed size during iteration");
    // Values may change.
    for (const key of d) d.set(key, 0);
  });

  it("agrees with a Map through 20,000 random steps", () => {
    const random = seeded(7);
    const d = own(dict<any>());
    const model = new Map<unknown, unknown>();
    const keys = [...Array(40).keys(), ...Array.from({ length: 40 }, (_, i) => `key number ${i}`), null, 0.5, "short"];
    for (let step = 0; step < 20000; step++) {
      const key = keys[Math.floor(random() * keys.length)];
      const choice = random();
      if (choice < 0.45) {
        d.set(key, step);
        model.set(key, step);
      } else if (choice < 0.8) {
        expect(d.pop(key, null)).toBe(model.get(key) ?? null);
        model.delete(key);
      } else if (choice < 0.9) expect(d.get(key)).toBe(model.get(key) ?? null);
      else if (choice < 0.905) {
        d.clear();
        model.clear();
      } else if (model.size > 0 && choice < 0.95) {
        const last = [...model].at(-1)!;
        expect([...d.popitem()]).toEqual(last);
        model.delete(last[0]);
      }
      expect(len(d)).toBe(model.size);
    }
    expect([...d.items()].map((item) => [...item])).toEqual([...model]);
  });

  it("keeps objects by identity, as keys and as values", () => {
    const [k, v] = [set([1]), own(list([1]))];
    const d = own(dict<any>({ v }));
    expect(d.get("v")).toBe(v);
    d.set(frozenset([1]), d);
    expect(d.get(frozenset([1]))).toBe(d);
    expect(repr(d)).toBe("{'v': [1], frozenset({1}): {...}}");
    expect(() => d.set(k, 1)).toThrow("unhashable type: 'set'");
  });
});

describe("a shared dict", () => {
  attachTestKernel();

  it("gives all its memory back", () => {
    const cycleOfUse = () => {
      const table = kernel.dict_new(16);
      kernel.object_release(table);
      const d = dict<any>();
      for (let i = 0; i < 100; i++) d.set(`key number ${i}`, list([i, tuple([i])]));
      post(d);
      const again = take() as dict;
      for (let i = 0; i < 100; i++) again.pop(`key number ${i}`);
      again.set(tuple([1, "two"]), "a value of more than five");
      again.clear();
    };
    cycleOfUse();
    const d = shared(dict<any>());
    forgetKeys();
    const before = kernel.memory_used();
    for (let i = 0; i < 1000; i++) d.set(`key number ${i % 10}`, `value number ${i}`);
    for (let i = 0; i < 10; i++) expect(d.pop(`key number ${i}`)).toBe(`value number ${990 + i}`);
    d.clear();
    forgetKeys();
    expect(kernel.memory_used()).toBe(before);
  });

  it("keeps a key while a value with many keys of its own is shared", () => {
    const d = shared(dict<any>());
    for (let round = 0; round < 3; round++) {
      const inner = dict<any>();
      for (let i = 0; i < 600; i++) inner.set(`inner key ${round} ${i}`, i);
      d.set("an outer key", round);
      d.set("an outer key", inner);
      expect([...d.keys()]).toEqual(["an outer key"]);
      expect(d.get("an outer key").size).toBe(600);
    }
  });

  it("adopts plain arrays and objects, and freezes them", () => {
    const [plain, inner] = [{ n: 1 }, [1, 2]];
    const d = shared(dict<any>({ plain, inner, again: inner }));
    expect(type(d.get("inner"))).toBe(list);
    expect(d.get("again")).toBe(d.get("inner"));
    d.get("plain").set("n", 2);
    expect(repr(d)).toBe("{'plain': {'n': 2}, 'inner': [1, 2], 'again': [1, 2]}");
    expect(() => inner.push(3)).toThrow();
    expect(() => {
      plain.n = 3;
    }).toThrow();
  });

  it("stays the same object when it crosses inside other data", () => {
    const d = dict({ a: 1 });
    post([d, { d }, new Map([["d", d]])]);
    const [first, second, third] = take() as [dict, { d: dict }, Map<string, dict>];
    expect([first, second.d, third.get("d")]).toEqual([d, d, d]);
    expect(first).toBe(d);
  });
});

it("a key that was used last in another kernel's memory is made anew", () => {
  attachTestKernel();
  shared(dict([["the first of all", 1]])).__getitem__("the first of all");
  attachTestKernel();
  for (let i = 0; i < 50; i++) post("something else that stands where the key stood");
  const d = shared(dict([["x".repeat(100), 2]]));
  d.__setitem__("the first of all", 3);
  expect([...d.keys()]).toEqual(["x".repeat(100), "the first of all"]);
});
