import { expect, it } from "vitest";
import { bytearray, bytes } from "../../src/builtins/bytes";
import { eq, in_ } from "../../src/builtins/compare";
import { len } from "../../src/builtins/iterate";
import { list } from "../../src/builtins/list";
import { memoryview } from "../../src/builtins/memoryview";
import { repr, str } from "../../src/builtins/repr";
import { slice } from "../../src/builtins/slice";
import { bool } from "../../src/builtins/truth";
import { tuple } from "../../src/builtins/tuple";
import { isinstance } from "../../src/builtins/types";
import { agreesWithPython } from "./oracle";

const b = bytes;
const X = (x: unknown) => x as never;

agreesWithPython("bytes as text", [
  ...[..."capitalize title swapcase isalnum isalpha isascii isdigit isspace islower isupper istitle".split(" ")].map(
    (name): [string, () => unknown] => [
      `[x.${name}() for x in (b'', b'a1', b'Hello wORLD', b'ABC', b'\\xff', b' \\t', b"it's Ok", b'12')]`,
      () => list(["", "a1", "Hello wORLD", "ABC", "\xff", " \t", "it's Ok", "12"].map((x) => (b(x) as any)[name]())),
    ],
  ),
  [
    "b'ab'.ljust(5), b'ab'.rjust(5, b'*'), b'ab'.ljust(1)",
    () => tuple([b("ab").ljust(5), b("ab").rjust(5, b("*")), b("ab").ljust(1)]),
  ],
  [
    "[b'ab'.center(n, b'-') for n in range(8)]",
    () => list([0, 1, 2, 3, 4, 5, 6, 7].map((n) => b("ab").center(n, b("-")))),
  ],
  ["[b'abc'.center(n) for n in range(8)]", () => list([0, 1, 2, 3, 4, 5, 6, 7].map((n) => b("abc").center(n)))],
  ["b'ab'.ljust(5, b'**')", () => b("ab").ljust(5, b("**"))],
  [
    "[x.zfill(5) for x in (b'42', b'-42', b'+4', b'', b'123456')]",
    () => list(["42", "-42", "+4", "", "123456"].map((x) => b(x).zfill(5))),
  ],
  [
    "b'a\\tbc\\n\\td'.expandtabs(), b'a\\tb'.expandtabs(2), b'a\\tb'.expandtabs(0)",
    () => tuple([b("a\tbc\n\td").expandtabs(), b("a\tb").expandtabs(2), b("a\tb").expandtabs(0)]),
  ],
  [
    "b'a=b=c'.partition(b'='), b'a=b=c'.rpartition(b'='), b'abc'.partition(b'='), b'abc'.rpartition(b'=')",
    () =>
      tuple([
        b("a=b=c").partition(b("=")),
        b("a=b=c").rpartition(b("=")),
        b("abc").partition(b("=")),
        b("abc").rpartition(b("=")),
      ]),
  ],
  ["b'a'.partition(b'')", () => b("a").partition(b(""))],
  [
    "b'abc'.removeprefix(b'ab'), b'abc'.removesuffix(b'bc'), b'abc'.removeprefix(b'x'), b'abc'.removesuffix(b'')",
    () =>
      tuple([
        b("abc").removeprefix(b("ab")),
        b("abc").removesuffix(b("bc")),
        b("abc").removeprefix(b("x")),
        b("abc").removesuffix(b("")),
      ]),
  ],
  ["b'abab'.rindex(b'ab')", () => b("abab").rindex(b("ab"))],
  ["b'abab'.rindex(b'x')", () => b("abab").rindex(b("x"))],
  [
    "[b'a,b,,c'.rsplit(b',', n) for n in (-1, 0, 1, 2, 9)]",
    () => list([-1, 0, 1, 2, 9].map((n) => b("a,b,,c").rsplit(b(","), n))),
  ],
  [
    "[b'  a b  c '.rsplit(None, n) for n in (-1, 0, 1, 2, 3, 9)]",
    () => list([-1, 0, 1, 2, 3, 9].map((n) => b("  a b  c ").rsplit(null, n))),
  ],
  [
    "b'  '.rsplit(None, 1), b''.rsplit(None, 1), b''.rsplit(b',', 1)",
    () => tuple([b("  ").rsplit(null, 1), b("").rsplit(null, 1), b("").rsplit(b(","), 1)]),
  ],
  [
    "b'hello'.translate(bytes.maketrans(b'el', b'ip')), b'hello'.translate(None, b'l'), b'hello'.translate(None, delete=b'h')",
    () =>
      tuple([
        b("hello").translate(b.maketrans(b("el"), b("ip"))),
        b("hello").translate(null, b("l")),
        b("hello").translate(null, { delete: b("h") }),
      ]),
  ],
  ["bytes.maketrans(b'a', b'bc')", () => b.maketrans(b("a"), b("bc"))],
  ["b'a'.translate(b'x')", () => b("a").translate(b("x"))],
  [
    "bytearray.fromhex('ff'), bytearray(b'ab').title(), bytearray(b'ab').partition(b'b')",
    () => tuple([bytearray.fromhex("ff"), bytearray("ab").title(), bytearray("ab").partition(b("b"))]),
  ],
  ["bytearray(b'a').remove(98)", () => bytearray("a").remove(98)],
  [
    "str(b'caf\\xc3\\xa9', 'utf-8'), str(b'a\\xff', 'ascii', 'ignore'), str(bytearray(b'ab'), 'utf-8'), str(b'ab', errors='strict')",
    () =>
      tuple([
        str(b("caf\xc3\xa9"), "utf-8"),
        str(b("a\xff"), "ascii", "ignore"),
        str(bytearray("ab"), "utf-8"),
        str(b("ab"), { errors: "strict" }),
      ]),
  ],
  ["str(b'a\\xff', 'utf-8')", () => str(b("a\xff"), "utf-8")],
  ["str('x', 'utf-8')", () => str("x", "utf-8")],
  ["str(5, 'utf-8')", () => str(5, "utf-8")],
  ["str(b'x', 'nope')", () => str(b("x"), "nope")],
  ["[str(x) for x in (b'a', 5)]", () => list([b("a"), 5].map(str as never))],
]);

it("a byte is removed from a bytearray", () => {
  const array = bytearray("abab");
  array.remove(97);
  expect(repr(array)).toBe("bytearray(b'bab')");
});

agreesWithPython("bytes", [
  [
    "bytes(), bytes(3), bytes([1, 255]), bytes('é', 'utf-8'), bytes('é', 'latin-1'), bytes(b'x')",
    () => tuple([b(), b(3), b([1, 255]), b("é", "utf-8"), b("é", "latin-1"), b(b("x"))]),
  ],
  ["bytes([300])", () => b([300])],
  ["bytes(['a'])", () => b(X(["a"]))],
  ["bytes(-1)", () => b(-1)],
  ["bytes(1.5)", () => b(1.5)],
  ["bytes(None)", () => b(X(null))],
  ["bytes(5, 'utf8')", () => b(5, "utf8")],
  ["bytes.fromhex('0aFF 10')", () => b.fromhex("0aFF 10")],
  ["b'\\x00\\xff'.hex(), b'ab'.hex(':')", () => tuple([b([0, 255]).hex(), b("ab").hex(":")])],
  [
    "b'a\\xc3\\xa9'.decode(), b'\\xe9'.decode('latin-1'), b'a'.decode(encoding='ascii')",
    () => tuple([b([97, 195, 169]).decode(), b([233]).decode("latin-1"), b("a").decode({ encoding: "ascii" })]),
  ],
  ...[
    [0xff],
    [97, 0xc3],
    [97, 0xc3, 97],
    [0xe2, 0x82],
    [0xe2, 0x28, 0xa1],
    [0xc0, 0x80],
    [0xed, 0xa0, 0x80],
    [0xf0, 0x9f, 0x98],
    [0xf4, 0x90, 0x80, 0x80],
    [0xe0, 0x80, 0x80],
    [0x80],
  ].flatMap((data) => [
    [`bytes(${JSON.stringify(data)}).decode()`, () => b(data).decode()] as const,
    [
      `bytes(${JSON.stringify(data)}).decode('utf-8', 'replace'), bytes(${JSON.stringify(data)}).decode(errors='ignore')`,
      () => tuple([b(data).decode("utf-8", "replace"), b(data).decode({ errors: "ignore" })]),
    ] as const,
  ]),
  ["b'a\\xff'.decode('ascii')", () => b([97, 255]).decode("ascii")],
  ["b'a'.decode('foo')", () => b("a").decode("foo")],
  ["bytes('aéé', 'ascii')", () => b("aéé", "ascii")],
  ["bytes('\\u20ac', 'latin-1')", () => b("\u20ac", "latin-1")],
  ["bytes('\\ud800', 'utf-8')", () => b("\ud800", "utf-8")],
  [
    "bytes('a\\u20acb', 'ascii', 'replace'), bytes('a\\u20acb', 'ascii', 'ignore')",
    () => tuple([b("a\u20acb", "ascii", "replace"), b("a\u20acb", "ascii", "ignore")]),
  ],
  [
    "b' a b  c '.split(), b' a b  c '.split(None, 1), b''.split()",
    () => tuple([b(" a b  c ").split(), b(" a b  c ").split(null, 1), b("").split()]),
  ],
  [
    "b'a,b,,c'.split(b','), b'a,b,,c'.split(b',', 1), b''.split(b','), b'a,b'.split(b',', 0)",
    () =>
      tuple([b("a,b,,c").split(b(",")), b("a,b,,c").split(b(","), 1), b("").split(b(",")), b("a,b").split(b(","), 0)]),
  ],
  ["b'a'.split(b'')", () => b("a").split(b(""))],
  [
    "b'a\\r\\nb\\n\\nc'.splitlines(), b'a\\nb'.splitlines(True)",
    () => tuple([b("a\r\nb\n\nc").splitlines(), b("a\nb").splitlines(true)]),
  ],
  ["b', '.join([b'a', b'b']), b'x'.join([])", () => tuple([b(", ").join([b("a"), b("b")]), b("x").join([])])],
  ["b'a'.join([b'b', 1])", () => b("a").join([b("b"), 1])],
  [
    "b'abcabc'.find(b'c'), b'abcabc'.find(b'c', 3), b'abc'.find(b'x'), b'abc'.find(98), b'abcabc'.rfind(b'bc'), b'abc'.find(b'')",
    () =>
      tuple([
        b("abcabc").find(b("c")),
        b("abcabc").find(b("c"), 3),
        b("abc").find(b("x")),
        b("abc").find(98),
        b("abcabc").rfind(b("bc")),
        b("abc").find(b("")),
      ]),
  ],
  ["b'a'.find('a')", () => b("a").find("a")],
  ["b'abc'.index(b'x')", () => b("abc").index(b("x"))],
  ["b'aaa'.count(b'aa'), b'abc'.count(b'')", () => tuple([b("aaa").count(b("aa")), b("abc").count(b(""))])],
  [
    "b'abc'.startswith(b'ab'), b'abc'.startswith((b'x', b'a')), b'abc'.endswith(b'bc'), b'a'.startswith(b'ab'), b'b'.endswith(b'ab')",
    () =>
      tuple([
        b("abc").startswith(b("ab")),
        b("abc").startswith([b("x"), b("a")]),
        b("abc").endswith(b("bc")),
        b("a").startswith(b("ab")),
        b("b").endswith(b("ab")),
      ]),
  ],
  [
    "b'aXbX'.replace(b'X', b'--'), b'aXbX'.replace(b'X', b'', 1)",
    () => tuple([b("aXbX").replace(b("X"), b("--")), b("aXbX").replace(b("X"), b(""), 1)]),
  ],
  [
    "b' a\\n'.strip(), b'xxax'.lstrip(b'x'), b'xxax'.rstrip(b'x'), b'  '.strip()",
    () => tuple([b(" a\n").strip(), b("xxax").lstrip(b("x")), b("xxax").rstrip(b("x")), b("  ").strip()]),
  ],
  ["b'aB'.upper(), b'aB'.lower()", () => tuple([b("aB").upper(), b("aB").lower()])],
  ["b'a' + b'b', b'ab' * 2", () => tuple([b("a").concat(b("b")), b("ab").__mul__(2)])],
  ["b'a' + 'a'", () => b("a").__add__(X("a"))],
  [
    "b'abc'[1:], b'abc'[-1], b'abc'[::-1]",
    () =>
      tuple([
        b("abc").__getitem__(slice(1, null)),
        b("abc").__getitem__(-1),
        b("abc").__getitem__(slice(null, null, -1)),
      ]),
  ],
  ["b'a'[3]", () => b("a").__getitem__(3)],
  ["b'a'['x']", () => b("a").__getitem__(X("x"))],
  ["bytearray(b'a')[3]", () => bytearray(b("a")).__getitem__(3)],
  ['bytearray(b"a\'")', () => bytearray(b("a'"))],
  ["bytearray([1]).append(300)", () => bytearray([1]).append(300)],
  ["bytearray().pop()", () => bytearray().pop()],
  ["memoryview(5)", () => memoryview(X(5))],
  [
    "memoryview(b'abcd')[1:3].tobytes(), memoryview(b'ab').tolist(), memoryview(b'ab')[-1]",
    () =>
      tuple([
        memoryview(b("abcd")).__getitem__(slice(1, 3)).tobytes(),
        memoryview(b("ab")).tolist(),
        memoryview(b("ab")).__getitem__(-1),
      ]),
  ],
]);

const after = (python: string) => `(lambda m: (m.release(), ${python})[1])(memoryview(bytearray(b"abcd")))`;
const released = () => {
  const m = memoryview(bytearray(b("abcd")));
  m.release();
  return m;
};

agreesWithPython("a released memoryview", [
  [after("m.release()"), () => released().release()],
  [after("m.__exit__(None, None, None)"), () => released().__exit__()],
  [after("m.__enter__()"), () => released().__enter__()],
  [after("m.obj"), () => released().obj],
  [after("m.nbytes"), () => released().nbytes],
  [after("m.readonly"), () => released().readonly],
  [after("m.format"), () => released().format],
  [after("m.shape"), () => released().shape],
  [after("len(m)"), () => len(released())],
  [after("bool(m)"), () => bool(released())],
  [after("m[0]"), () => released().__getitem__(0)],
  [after("m[1:]"), () => released().__getitem__(slice(1, null))],
  [after("m.__setitem__(0, 1)"), () => released().__setitem__(0, 1)],
  [after("m.tobytes()"), () => released().tobytes()],
  [after("m.tolist()"), () => released().tolist()],
  [after("m.hex()"), () => released().hex()],
  [after("list(m)"), () => list(released())],
  [after("3 in m"), () => in_(3, released())],
  [after("bytes(m)"), () => bytes(released())],
  [after("bytearray(m)"), () => bytearray(released())],
  [after("memoryview(m)"), () => memoryview(released())],
  [after("b'abcd'.find(m)"), () => b("abcd").find(released())],
  [after("m == m"), () => ((m) => eq(m, m))(released())],
  [after("(m == b'abcd', b'abcd' == m)"), () => tuple([eq(released(), b("abcd")), eq(b("abcd"), released())])],
  [after("repr(m).split(' at ')[0]"), () => repr(released()).split(" at ")[0]],
  [after("str(m).split(' at ')[0]"), () => str(released()).split(" at ")[0]],
  [after("isinstance(m, memoryview)"), () => isinstance(released(), memoryview)],
]);

it("a slice of a memoryview outlives it, and so does what it was a view of", () => {
  const array = bytearray(bytes("abcd"));
  const view = memoryview(array);
  const part = view.__getitem__(slice(1, 3));
  view.release();
  expect([`${bytes(part)}`, part.obj === array, `${array}`]).toEqual(["b'bc'", true, "bytearray(b'abcd')"]);
  expect(() => view.set([1])).toThrow("operation forbidden on released memoryview object");
});

it("a string without an encoding is a literal", () => {
  expect(bytes("GET\r\n\xff")).toEqual(bytes([71, 69, 84, 13, 10, 255]));
  expect(() => bytes("€")).toThrow("bytes can only contain ASCII literal characters");
});

it("JavaScript's own methods give bytes too", () => {
  const data = bytes("abcd");
  expect(data.slice(1, 3)).toBeInstanceOf(bytes);
  expect(`${data.subarray(1, 3)}`).toBe("b'bc'");
  expect(data.find((byte: number) => byte > 97)).toBe(98);
  expect([data.join("-"), data.length]).toEqual(["97-98-99-100", 4]);
});

it("a bytearray grows, shrinks and is assigned in slices, in place", () => {
  const array = bytearray(bytes("ab"));
  array.append(99);
  array.extend(bytes("de"));
  array.insert(0, 33);
  expect(`${array}`).toBe("bytearray(b'!abcde')");
  expect(array.pop()).toBe(101);
  array.__setitem__(slice(0, 2), bytes("xyz"));
  array.__delitem__(-1);
  array.__delitem__(slice(0, 1));
  expect(`${array}`).toBe("bytearray(b'yzbc')");
  array.clear();
  expect(array).toHaveLength(0);
});

it("a memoryview shares the memory", () => {
  const array = bytearray(bytes("abcd"));
  const view = memoryview(array).__getitem__(slice(1, null));
  view.__setitem__(0, 120);
  view.__setitem__(slice(1, null), bytes("yz"));
  expect(`${array}`).toBe("bytearray(b'axyz')");
  expect(() => view.__setitem__(slice(0, 1), bytes("long"))).toThrow("different structures");
});
