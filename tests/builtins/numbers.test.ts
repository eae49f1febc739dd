import { expect, it } from "vitest";
import { abs, bin, divmod, hex, oct, pow, round } from "../../src/builtins/arithmetic";
import { bytes } from "../../src/builtins/bytes";
import { hash, id } from "../../src/builtins/hash";
import { float, int } from "../../src/builtins/numbers";
import { chr, ord } from "../../src/builtins/text";
import { tuple } from "../../src/builtins/tuple";
import { agreesWithPython } from "./oracle";

const NAN = Number.NaN;
const INF = Number.POSITIVE_INFINITY;

agreesWithPython("numbers", [
  ["int()", () => int()],
  ["int('jack')", () => int("jack")],
  ["int(None)", () => int(null)],
  ["int([])", () => int([])],
  ["int('12_000')", () => int("12_000")],
  ["int('_1')", () => int("_1")],
  ["int('1__0')", () => int("1__0")],
  ["int(' -12\\n')", () => int(" -12\n")],
  ["int('0x1f', 16)", () => int("0x1f", 16)],
  ["int('0X1F', 0)", () => int("0X1F", 0)],
  ["int('0b_1', 0)", () => int("0b_1", 0)],
  ["int('0b1', 16)", () => int("0b1", 16)],
  ["int('012', 0)", () => int("012", 0)],
  ["int('00', 0)", () => int("00", 0)],
  ["int('z', base=36)", () => int("z", { base: 36 })],
  ["int('9', 8)", () => int("9", 8)],
  ["int('1', 99)", () => int("1", 99)],
  ["int(5, 10)", () => int(5, 10)],
  ["int(3.99)", () => int(3.99)],
  ["int(-3.99)", () => int(-3.99)],
  ["int(1e20)", () => int(1e20)],
  ["int(float('nan'))", () => int(NAN)],
  ["int(float('inf'))", () => int(INF)],
  ["int(b'12')", () => int(bytes([49, 50]))],
  ["int('')", () => int("")],
  ["int('1.5')", () => int("1.5")],
  ["int('1' * 30)", () => int("1".repeat(30))],
  ["int('-9007199254740993')", () => int("-9007199254740993")],
  ["int(True)", () => int(true)],
  ["float('x')", () => float("x")],
  ["float(None)", () => float(null)],
  ["float([])", () => float([])],
  ["float('1_000.5')", () => float("1_000.5")],
  ["float(' -Infinity ')", () => float(" -Infinity ")],
  ["float('nan')", () => float("nan")],
  ["float('1e400')", () => float("1e400")],
  ["float('.5e-1')", () => float(".5e-1")],
  ["float('')", () => float("")],
  ["float('0x10')", () => float("0x10")],
  ["abs(-5)", () => abs(-5)],
  ["abs(-10**20)", () => abs(-(10n ** 20n))],
  ["abs('a')", () => abs("a")],
  ["[round(x) for x in (0.5, 1.5, 2.5, -2.5, 2.675)]", () => [0.5, 1.5, 2.5, -2.5, 2.675].map((x) => round(x))],
  ["round(2.675, 2)", () => round(2.675, 2)],
  ["round(0.125, 2)", () => round(0.125, 2)],
  ["round(0.375, 2)", () => round(0.375, 2)],
  ["round(-0.125, 2)", () => round(-0.125, 2)],
  ["round(1.115, 2)", () => round(1.115, 2)],
  ["round(25, -1)", () => round(25, -1)],
  ["round(-35, -1)", () => round(-35, -1)],
  ["round(1234, -2)", () => round(1234, -2)],
  ["round(None)", () => round(null)],
  ["round('a')", () => round("a")],
  ["round(1.5, 'a')", () => round(1.5, "a" as never)],
  ["round(float('nan'))", () => round(NAN)],
  ["round(float('inf'))", () => round(INF)],
  ["[divmod(a, b) for a in (7, -7) for b in (2, -2)]", () => [7, -7].flatMap((a) => [2, -2].map((b) => divmod(a, b)))],
  ["divmod(-10**20, 7)", () => divmod(-(10n ** 20n), 7)],
  ["divmod(1, 0)", () => divmod(1, 0)],
  ["divmod(1.5, 0)", () => divmod(1.5, 0)],
  ["divmod('a', 1)", () => divmod("a", 1)],
  ["pow(2, 100)", () => pow(2, 100)],
  ["pow(-3, 3)", () => pow(-3, 3)],
  ["pow(2, -2)", () => pow(2, -2)],
  ["pow(2, 0.5)", () => pow(2, 0.5)],
  ["pow(0, -1)", () => pow(0, -1)],
  ["pow(2, -1, 5)", () => pow(2, -1, 5)],
  ["pow(2, -3, 7)", () => pow(2, -3, 7)],
  ["pow(2, -1, 4)", () => pow(2, -1, 4)],
  ["pow(7, 12345, 1000007)", () => pow(7, 12345, 1000007)],
  ["pow(7, 3, -5)", () => pow(7, 3, -5)],
  ["pow(2, 3, 0)", () => pow(2, 3, 0)],
  ["pow('a', 2)", () => pow("a", 2)],
  ["(bin(-5), oct(8), hex(255), hex(2**60))", () => tuple([bin(-5), oct(8), hex(255), hex(2n ** 60n)])],
  ["hex(1.5)", () => hex(1.5)],
  ["ord('é'), ord('😀'), ord(b'a')", () => tuple([ord("é"), ord("😀"), ord(bytes([97]))])],
  ["ord('ab')", () => ord("ab")],
  ["ord('')", () => ord("")],
  ["ord(5)", () => ord(5)],
  ["chr(128512)", () => chr(128512)],
  ["chr(-1)", () => chr(-1)],
  ["chr(0x110000)", () => chr(0x110000)],
  ["chr('a')", () => chr("a" as never)],
  [
    "hash(-1), hash(2**61 - 1), hash(2**61), hash(True), hash(1.0)",
    () => tuple([hash(-1), hash(2n ** 61n - 1n), hash(2n ** 61n), hash(true), hash(1)]),
  ],
  ["hash([])", () => hash([])],
  ["hash({})", () => hash({})],
  ["hash((1, []))", () => hash(tuple([1, []]))],
  ["hash(set())", () => hash(new Set())],
]);

it("equal values hash alike, and objects by identity", () => {
  const object = { __hash__: () => 7 };
  expect(hash(tuple([1, "a"]))).toBe(hash(tuple([1, "a"])));
  expect(hash(bytes([1, 2]))).toBe(hash(bytes([1, 2])));
  expect(hash(object)).toBe(7);
  expect(hash("a")).not.toBe(hash("b"));
  expect(id(object)).toBe(id(object));
  expect(id(object)).not.toBe(id({}));
});
