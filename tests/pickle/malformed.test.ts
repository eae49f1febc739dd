// Bytes that are no pickle, or a hostile one: an error at once, as CPython has it, and nothing but data ever.
import { afterAll, describe, expect, test } from "vitest";
import "../../src/builtins/index";
import { BaseException } from "../../src/exceptions";
import { loads } from "../../src/pickle";
import { canon, hasPython, Peer } from "./peer";

/** As many random pickles as the suite has time for; set it to look for more. */
const ROUNDS = Number(process.env.FUZZ_ROUNDS ?? 400);

function outcome(data: Uint8Array): [string, string] {
  try {
    return ["ok", canon(loads(data))];
  } catch (error) {
    if (!(error instanceof BaseException)) throw error;
    return [error.constructor.name, error.message];
  }
}

const latin1 = (text: string) => Buffer.from(text, "latin1");

/** Malformed pickles, in which CPython's own error and text are ours. */
const malformed = [
  "",
  ".",
  "N",
  "\x80\x04",
  "\x80\x06N.",
  "\x80",
  "\x80\x04\x95\xff\0\0\0\0\0\0\0N.",
  "\xffabc",
  "~",
  "P1\n.",
  "NQ.",
  "\x82\x01.",
  "\x97.",
  "\x98.",
  "N\x98.",
  "h\x05.",
  "g5\n.",
  "j\x01\0\0\0.",
  "0.",
  "1.",
  "2.",
  "t.",
  "e.",
  ")(",
  "(1.",
  "Na.",
  "NNa.",
  "NNNs.",
  "}N(s.",
  "}]Ns.",
  "X\x05\0\0\0abc.",
  "\x8c\x05abc.",
  "B\xff\xff\xff\xffabc.",
  "\x8b\xff\xff\xff\xff.",
  "I12",
  "Ixy\n.",
  "S'abc\n.",
  "Sabc\n.",
  "U\x02\xff\xfe.",
  "X\x02\0\0\0\xff\xff.",
  "NR.",
  "NNR.",
  "\x81.",
  "N)\x81.",
  "cbuiltins\nValueError\nNR.",
  "\x93.",
  "NN\x93.",
  "q\0.",
  "\x94.",
  "(Nd.",
  "N(N\x90.",
  "(]\x91.",
  "K.",
  "G\x3f.",
  "\x85.",
  "N\x86.",
  "}(Nu.",
  "c\n",
  "cfoo",
  "T\xff\xff\xff\xffab.",
  "\x92.",
]; // prettier-ignore

describe.skipIf(!hasPython)("malformed pickles and CPython", () => {
  const python = new Peer();
  afterAll(() => python.end());

  test.each(malformed.map((text) => [JSON.stringify(text), text]))("%s", async (_, text) => {
    expect(outcome(latin1(text))).toEqual(await python.load(latin1(text)));
  });

  test("random and mutated pickles give what CPython makes of them, or an error where it has one", async () => {
    const seeds: Uint8Array[] = [];
    const source =
      "[{'a': (1, 2.5, None), b'k': {1, 'x'}}, frozenset([(1, 2)]), -5, 2**70, ValueError('v'), bytearray(b'q'), 'x' * 300]";
    for (let protocol = 0; protocol <= 5; protocol++) seeds.push(withoutFrame(await python.pickle(source, protocol)));
    const random = generator(Number(process.env.FUZZ_SEED ?? 12345));
    const opcodes = latin1(
      "(.012FIJKLMNRSTUVXabcd}eghijl]opqst)uG\x80\x81\x85\x86\x87\x88\x89\x8a\x8bBC\x8c\x8d\x8e\x8f\x90\x91\x93\x94\x96",
    );
    for (let round = 0; round < ROUNDS; round++) {
      const seed = seeds[random(seeds.length)]!;
      const data = Buffer.from(random(4) === 0 ? seed.subarray(0, random(seed.length)) : seed);
      for (let left = random(5); left >= 0; left--) {
        if (data.length > 0) data[random(data.length)] = random(2) ? opcodes[random(opcodes.length)]! : random(256);
      }
      const [theirs, ours] = [await python.load(data), outcome(data)];
      if (theirs[0] === "MemoryError") continue; // its memo is an array
      const agree = theirs[0] === "ok" ? ours[0] !== "ok" || ours[1] === theirs[1] : ours[0] !== "ok";
      if (!agree) expect.fail(`${data.toString("hex")}: ${theirs} but ${ours}`);
    }
  }, 120_000);
});

/** CPython is stricter with frames when it reads from a file, as the peer does, than when it has all bytes. */
function withoutFrame(pickle: Uint8Array): Uint8Array {
  return pickle[2] === 0x95 ? Buffer.concat([pickle.subarray(0, 2), pickle.subarray(11)]) : pickle;
}

/** A stream of numbers that is the same in every run. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe("hostile pickles", () => {
  const refuses = (name: string, text: string, message: string) => {
    test(name, () => expect(outcome(latin1(text))).toEqual(["UnpicklingError", message]));
  };
  const forbidden = "is forbidden: a pickle is read as data only";
  refuses("name a function of the system", "cos\nsystem\n(S'true'\ntR.", `global 'os.system' ${forbidden}`);
  refuses(
    "name a builtin that runs code",
    "\x80\x04\x8c\x08builtins\x8c\x04eval\x93.",
    `global 'builtins.eval' ${forbidden}`,
  );
  refuses(
    "reach through a dotted name",
    "\x80\x04\x8c\x08builtins\x8c\x0eset.__class____\x93.".replace("\x0e", "\x0f"),
    `global 'builtins.set.__class____' ${forbidden}`,
  );
  refuses("name what JavaScript inherits", "cbuiltins\nconstructor\n.", `global 'builtins.constructor' ${forbidden}`);
  refuses("name an object's prototype", "c__proto__\n__proto__\n.", `global '__proto__.__proto__' ${forbidden}`);
  refuses("call data", "N)R.", `a call of 'NoneType' ${forbidden}`);
  refuses("give a list a state", "]}b.", "'list' object takes no state");
  refuses(
    "give an exception a method",
    "cbuiltins\nValueError\n)RS'x'\n0}S'__str__'\ncbuiltins\nset\nsb.",
    "an exception's '__str__' is forbidden",
  );
  refuses(
    "give an exception a prototype",
    "cbuiltins\nValueError\n)R}S'__proto__'\nNsb.",
    "an exception's '__proto__' is forbidden",
  );
  refuses(
    "ask for bytes without end",
    "cbuiltins\nbytearray\n(I1000000000000\ntR.",
    "a collection is made from a list or a tuple",
  );
  refuses(
    "ask for a list without end",
    "cbuiltins\nlist\n(cbuiltins\nrange\n(I1000000000000\ntRtR.",
    "a collection is made from a list or a tuple",
  );
  refuses("claim a length that is not there", "\x80\x05\x96\0\0\0\0\0\x01\0\0N.", "pickle data was truncated");
  refuses("claim a text that is not there", "\x8d\xff\xff\xff\xff\xff\xff\xff\x7fN.", "pickle data was truncated");

  test("use tuples in tuples as a key that takes for ever to hash", () => {
    const nested = `)${"2\x86".repeat(64)}`;
    for (const key of [`}${nested}Ns.`, `\x8f(${nested}\x90.`, `(${nested}\x91.`, `cbuiltins\nset\n(](${nested}etR.`]) {
      expect(outcome(latin1(key))).toEqual(["UnpicklingError", "a key has too many parts"]);
    }
  });

  test("copy one text again and again", () => {
    const text = `X\xff\xff\0\0${"x".repeat(0xffff)}q\0`;
    const copies = `c_codecs\nencode\n(h\0tR0`.repeat(1000);
    expect(outcome(latin1(`${text}${copies}N.`))).toEqual(["UnpicklingError", "the pickle copies too much"]);
  });

  test("nest without end", () => {
    expect((loads(latin1(`${"]".repeat(100_000)}${"a".repeat(99_999)}.`)) as { length: number }).length).toBe(1);
  });
});
