// Values become words and come back; what they took of kernel memory comes back too.
import { beforeAll, describe, expect, test } from "vitest";
import { bytearray, bytes, tuple } from "../../src/builtins";
import { KeyError, ValueError } from "../../src/exceptions";
import { kernel } from "../../src/kernel/kernel";
import { define } from "../../src/registry";
import { post, take, unpost } from "../../src/runtime/words";
import { Lock, RLock } from "../../src/threading";
import { attachTestKernel, seeded } from "./kernel";

beforeAll(attachTestKernel);

function roundTrip(value: unknown): unknown {
  post(value);
  return take();
}

describe("a word holds", () => {
  test.each([0, -0, 1, -1, 1.5, 2 ** 53, -(2 ** 31), 1e308, 5e-324, Infinity, -Infinity, NaN, true, false, null])(
    "%s itself",
    (value) => {
      const before = kernel.memory_used();
      expect(roundTrip(value)).toBe(value);
      expect(kernel.memory_used()).toBe(before);
    },
  );

  test("a NaN with any payload as a NaN, never as something else", () => {
    const words = new BigUint64Array([
      0xfff9000200000000n,
      0xfffd000300000040n,
      0xfff8000000000000n,
      0x7ff0000000000001n,
    ]);
    for (const nan of new Float64Array(words.buffer)) expect(roundTrip(nan)).toBeNaN();
  });

  test.each(["", "a", "ÿ\0x", "five5", "sixsix", "é".repeat(300), "日本語", "a\ud800b", "😀".repeat(50), "\u0100"])(
    "%j",
    (text) => {
      const before = kernel.memory_used();
      expect(roundTrip(text)).toBe(text);
      expect(kernel.memory_used()).toBe(before);
    },
  );

  test("an object with identity as that object", () => {
    const lock = Lock();
    expect(roundTrip(lock)).toBe(lock);
    expect(roundTrip(undefined)).toBe(null);
  });
});

describe("the codec", () => {
  test("keeps containers, their order, and what occurs twice in them", () => {
    const twice = { n: 1 };
    const value = {
      list: [1, "two", null, [twice, twice]],
      map: new Map<unknown, unknown>([
        [1, "one"],
        ["k", twice],
      ]),
      set: new Set([3, 1, 2]),
      date: new Date(86400000),
      pattern: /a+b/giu,
      big: 123456789012345678901234567890n,
      floats: new Float32Array([0.5, -2]),
      data: new Uint8Array([1, 2, 255]).buffer,
    };
    const copy = roundTrip(value) as typeof value;
    expect(copy).toEqual(value);
    expect(copy.list[3]).toEqual([twice, twice]);
    expect((copy.list[3] as unknown[])[0]).toBe((copy.list[3] as unknown[])[1]);
    expect(copy.map.get("k")).toBe((copy.list[3] as unknown[])[0]);
  });

  test("keeps cycles", () => {
    const loop: Record<string, unknown> = { name: "loop" };
    loop.self = [loop];
    const copy = roundTrip(loop) as typeof loop;
    expect((copy.self as unknown[])[0]).toBe(copy);
  });

  test("does not let data write to prototypes", () => {
    const copy = roundTrip(JSON.parse('{"__proto__": {"polluted": 1}, "a": 2}')) as object;
    expect((copy as { polluted?: number }).polluted).toBeUndefined();
    expect(Object.keys(copy)).toEqual(["__proto__", "a"]);
  });

  test("keeps an exception's class, arguments, fields, cause and stack", () => {
    const error = ValueError("no", 3, { cause: KeyError("k") }) as ValueErrorWithCode;
    error.code = 418;
    const copy = roundTrip([error]) as ValueErrorWithCode[];
    expect(copy[0]).toBeInstanceOf(ValueError);
    expect(copy[0]).toBeInstanceOf(Error);
    expect([...copy[0]!.args]).toEqual(["no", 3]);
    expect(copy[0]!.code).toBe(418);
    expect(copy[0]!.__cause__).toBeInstanceOf(KeyError);
    expect(copy[0]!.stack).toBe(error.stack);
    expect(Object.keys(copy[0]!)).toEqual(Object.keys(error).filter((key) => key !== "code"));
  });

  test("keeps a host error's class", () => {
    const copy = roundTrip([new RangeError("too far")]) as Error[];
    expect(copy[0]).toBeInstanceOf(RangeError);
    expect(copy[0]!.message).toBe("too far");
  });

  test("knows functions and classes by name, and tuples by kind", () => {
    const f = () => 1;
    define("test", "f", f);
    expect(roundTrip([f, RLock, tuple([1, 2])])).toEqual([f, RLock, tuple([1, 2])]);
  });

  test("refuses what it cannot keep, with the way to it, and leaks nothing", () => {
    const lock = Lock();
    roundTrip(lock);
    const before = kernel.memory_used();
    class Plain {}
    for (const [value, message] of [
      [{ a: [1, new Plain()] }, /^the value\.a\[1\]: cannot share an instance of 'Plain'/],
      [[lock, () => 1], /^the value\[1\]: cannot share function '<lambda>'/],
      [[Symbol("s")], /^the value\[0\]: cannot share Symbol\(s\)/],
      [{ w: new WeakSet() }, /^the value\.w: cannot share an instance of 'WeakSet'/],
    ] as const) {
      expect(() => post(value)).toThrow(message);
    }
    expect(kernel.memory_used()).toBe(before);
  });

  test("keeps bytes of any length, wherever they stand, and each its own", () => {
    const sizes = [0, 1, 47, 48, 49, 100, 511, 512, 513, 1024, 2047, 2048, 2049, 5000, 20_003];
    const filled = (size: number, seed: number) => Uint8Array.from({ length: size }, (_, i) => i * seed + size);
    const copies: unknown[] = [];
    for (const size of sizes) {
      const part = filled(size + 3, 5).subarray(3);
      const value = [
        "x",
        bytes(filled(size, 3)),
        size,
        part,
        { b: bytearray(filled(size, 7)), ключ: "é".repeat(size) },
      ];
      const copy = roundTrip(value);
      expect(copy, `${size} bytes`).toEqual(value);
      copies.push(...(copy as unknown[]), roundTrip(bytes(filled(size, 11))));
    }
    for (const copy of copies) if (copy instanceof Uint8Array) copy.fill(1);
    const again = bytes(filled(100, 3));
    const one = roundTrip([again, again]) as bytes[];
    expect(one[0]).toBe(one[1]);
    expect(one[0]).toEqual(again);
    for (const size of sizes) {
      const [first, second] = [filled(size, 3), filled(size, 5)].map((data) => roundTrip(bytes(data)) as bytes);
      first!.fill(0xaa);
      expect(second).toEqual(bytes(filled(size, 5)));
    }
  });

  test("brings 2,000 random values back as they were, and all their memory", () => {
    const before = kernel.memory_used();
    for (let seed = 1; seed <= 2000; seed++) {
      const value = randomValue(seeded(seed), 4);
      expect(roundTrip(value), `seed ${seed}`).toEqual(value);
      post(value);
      unpost();
    }
    expect(kernel.memory_used()).toBe(before);
  });
});

interface ValueErrorWithCode extends InstanceType<typeof ValueError> {
  code: number;
}

function randomValue(random: () => number, depth: number): unknown {
  const size = () => Math.floor(random() * 5);
  const many = <T>(make: () => T): T[] => Array.from({ length: size() }, make);
  const text = () => String.fromCharCode(...many(() => Math.floor(random() ** 3 * 0xffff)));
  const inner = () => randomValue(random, depth - 1);
  const leaves = [
    () => Math.floor((random() - 0.5) * 2 ** (random() * 60)),
    () => (random() - 0.5) * 10 ** (random() * 40 - 20),
    text,
    () => random() < 0.5,
    () => null,
    () => BigInt(Math.floor(random() * 1e15)) ** 3n,
    () => new Uint8Array(many(() => random() * 256)),
    () => new Float64Array(many(random)),
  ];
  const nodes = [
    () => many(inner),
    () => Object.fromEntries(many(() => [text(), inner()])),
    () => new Map(many(() => [text(), inner()] as const)),
    () => new Set(many(text)),
  ];
  const choices = depth > 0 ? [...leaves, ...nodes, ...nodes] : leaves;
  return choices[Math.floor(random() * choices.length)]!();
}
