// random against python3's own: the same seed gives the same numbers.
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { Random } from "../../src/random/distributions";
import { sha512 } from "../../src/random/sha512";
import { SystemRandom } from "../../src/random/system";
import { agreesWithPython, type Row } from "./oracle";

const SEEDS = ["1", "0", "-5", "2**70", "1.5", "-0.25", "'abc'", "b'xyz'", "True"];
const ours: unknown[] = [1, 0, -5, 2n ** 70n, 1.5, -0.25, "abc", new TextEncoder().encode("xyz"), true];

agreesWithPython(
  "seeds",
  SEEDS.map((seed, i): Row => {
    return [
      `[random.Random(${seed}).random(), random.Random(${seed}).getrandbits(40)]`,
      () => [Random(ours[i]).random(), Random(ours[i]).getrandbits(40)],
    ];
  }),
);

/** A draw after a seed, the seventh of its kind. */
function draw(call: string, mine: (r: Random) => unknown): Row {
  return [
    `(lambda r: [${call} for _ in range(7)])(random.Random(42))`,
    () => {
      const r = Random(42);
      return Array.from({ length: 7 }, () => mine(r));
    },
  ];
}

const items = ["a", "b", "c", "d", "e"];

agreesWithPython("draws", [
  draw("r.random()", (r) => r.random()),
  draw("r.randint(1, 6)", (r) => r.randint(1, 6)),
  draw("r.randrange(10)", (r) => r.randrange(10)),
  draw("r.randrange(3, 100, 7)", (r) => r.randrange(3, 100, 7)),
  draw("r.randrange(100, 3, -7)", (r) => r.randrange(100, 3, -7)),
  draw("r.randrange(0, 10**12)", (r) => r.randrange(0, 10 ** 12)),
  draw("r.getrandbits(100)", (r) => r.getrandbits(100)),
  draw("r.getrandbits(3)", (r) => r.getrandbits(3)),
  draw("r.randbytes(5)", (r) => r.randbytes(5)),
  draw("r.uniform(-1, 3)", (r) => r.uniform(-1, 3)),
  draw("r.choice('abcde')", (r) => r.choice("abcde")),
  draw("r.choices(['a','b','c','d','e'], k=3)", (r) => r.choices(items, { k: 3 })),
  draw("r.choices(['a','b','c','d','e'], [1,2,3,4,5], k=3)", (r) => r.choices(items, [1, 2, 3, 4, 5], { k: 3 })),
  draw("r.sample(range(1000), 5)", (r) =>
    r.sample(
      Array.from({ length: 1000 }, (_, i) => i),
      5,
    ),
  ),
  draw("r.sample(['a','b','c','d','e'], 3)", (r) => r.sample(items, 3)),
  draw("r.sample(['a','b'], 3, counts=[4,2])", (r) => r.sample(["a", "b"], 3, { counts: [4, 2] })),
  draw("(lambda l: [r.shuffle(l), l])(list(range(9)))", (r) => {
    const l = Array.from({ length: 9 }, (_, i) => i);
    return [r.shuffle(l) ?? null, l];
  }),
  draw("r.triangular(1, 5, 2)", (r) => r.triangular(1, 5, 2)),
  draw("r.gauss(0, 1)", (r) => r.gauss(0, 1)),
  draw("r.paretovariate(3)", (r) => r.paretovariate(3)),
]);

agreesWithPython("errors", [
  ["random.Random(1).randrange(0)", () => Random(1).randrange(0)],
  ["random.Random(1).randint(5, 1)", () => Random(1).randint(5, 1)],
  ["random.Random(1).randrange(1, 2, 0)", () => Random(1).randrange(1, 2, 0)],
  ["random.Random(1).choice([])", () => Random(1).choice([])],
  ["random.Random(1).sample([1], 2)", () => Random(1).sample([1], 2)],
  ["random.Random(1).choices([1, 2], [1])", () => Random(1).choices([1, 2], [1])],
  ["random.Random(1).choices([1, 2], 3)", () => Random(1).choices([1, 2], 3 as never)],
  ["random.Random(1).getrandbits(-1)", () => Random(1).getrandbits(-1)],
  ["random.Random([1])", () => Random([1])],
]);

/** The last places of what a logarithm gives may differ. */
const rounded = (x: number) => Number(x.toFixed(6));

agreesWithPython("draws, to six places", [
  draw("round(r.expovariate(1.5), 6)", (r) => rounded(r.expovariate(1.5))),
  draw("round(r.normalvariate(0, 1), 6)", (r) => rounded(r.normalvariate(0, 1))),
  draw("round(r.gammavariate(2, 3), 6)", (r) => rounded(r.gammavariate(2, 3))),
  draw("round(r.gammavariate(0.5, 3), 6)", (r) => rounded(r.gammavariate(0.5, 3))),
  draw("round(r.gammavariate(1, 3), 6)", (r) => rounded(r.gammavariate(1, 3))),
  draw("round(r.betavariate(2, 3), 6)", (r) => rounded(r.betavariate(2, 3))),
  draw("round(r.vonmisesvariate(0, 4), 6)", (r) => rounded(r.vonmisesvariate(0, 4))),
  draw("round(r.lognormvariate(0, 1), 6)", (r) => rounded(r.lognormvariate(0, 1))),
  draw("round(r.weibullvariate(1, 2), 6)", (r) => rounded(r.weibullvariate(1, 2))),
]);

test("a state that is taken and given back goes on where it was", () => {
  const r = Random(7);
  r.gauss();
  const state = r.getstate();
  const drawn = [r.gauss(), r.random()];
  r.setstate(state);
  expect([r.gauss(), r.random()]).toEqual(drawn);
});

test("sha512 is the standard's", () => {
  for (const size of [0, 1, 111, 112, 127, 128, 300]) {
    const data = new Uint8Array(size).map((_, i) => i * 7);
    expect(Buffer.from(sha512(data)).toString("hex")).toBe(createHash("sha512").update(data).digest("hex"));
  }
});

test("SystemRandom draws the system's numbers, and has neither seed nor state", () => {
  const r = SystemRandom(5);
  r.seed(1);
  expect(r).toBeInstanceOf(Random);
  expect(new Set(Array.from({ length: 50 }, () => r.random())).size).toBe(50);
  for (let n = 0; n < 200; n++) {
    expect(r.random()).toBeLessThan(1);
    expect(r.getrandbits(3)).toBeLessThan(8);
    expect([1, 2, 3, 4, 5, 6]).toContain(r.randint(1, 6));
  }
  expect([r.getrandbits(0), typeof r.getrandbits(70), r.randbytes(3).length]).toEqual([0, "bigint", 3]);
  expect(() => r.getstate()).toThrow("System entropy source does not have state.");
  expect(() => r.setstate()).toThrow("System entropy source does not have state.");
  expect(() => r.getrandbits(-1)).toThrow("number of bits must be non-negative");
  expect(() => r.getrandbits(1.5)).toThrow("'float' object cannot be interpreted as an integer");
});
