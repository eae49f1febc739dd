// A random generator with a state of its own, and the whole numbers and items that are drawn from it.
import { signature } from "../arguments";
import { bytes } from "../builtins/bytes";
import { typeName } from "../builtins/classes";
import { len } from "../builtins/iterate";
import { type list, newList } from "../builtins/list";
import { object } from "../builtins/object";
import { type tuple, tupleOf } from "../builtins/tuple";
import { IndexError, TypeError, ValueError } from "../exceptions";
import { seedWords } from "./seed";
import { GAUSS_NEXT, RandomState } from "./state";
import { nextWord, STATE_SIZE, seedWithWords, type Words } from "./twister";

const bindInit = signature<[x: unknown]>("Random.__init__(x=None)");
const bindSeed = signature<[a: unknown, version: number]>("Random.seed(a=None, version=2)");
const bindChoices = signature<[population: any, weights: number[] | null, cum_weights: number[] | null, k: number]>(
  "Random.choices(population, weights=None, *, cum_weights=None, k=1)",
);
const bindSample = signature<[population: any, k: number, counts: number[] | null]>(
  "Random.sample(population, k, *, counts=None)",
);

/** 53 bits as a fraction. */
function fraction(words: Words, at: number): number {
  const high = nextWord(words, at) >>> 5;
  return (high * 67108864 + (nextWord(words, at) >>> 6)) / 9007199254740992;
}

/** A whole number of `bits` bits; a bigint where a number could not hold it. */
function bitsOf(words: Words, at: number, bits: number): number | bigint {
  if (bits <= 32) return bits === 0 ? 0 : nextWord(words, at) >>> (32 - bits);
  let value = 0n;
  for (let done = 0; done < bits; done += 32) {
    const left = Math.max(0, 32 - (bits - done));
    value |= BigInt(nextWord(words, at) >>> left) << BigInt(done);
  }
  return bits <= 53 ? Number(value) : value;
}

/** An item of any sequence of Python's or JavaScript's. */
function itemOf(sequence: any, index: number): unknown {
  return typeof sequence !== "string" && typeof sequence.__getitem__ === "function"
    ? sequence.__getitem__(index)
    : sequence[index];
}

/** Where `x` would be inserted, behind its equals. */
function bisect(sorted: readonly number[], x: number, high = sorted.length): number {
  let low = 0;
  let end = high;
  while (low < end) {
    const middle = (low + end) >>> 1;
    if (x < sorted[middle]!) end = middle;
    else low = middle + 1;
  }
  return low;
}

function accumulated(numbers: Iterable<number>): number[] {
  let total = 0;
  return [...numbers].map((n) => (total += n));
}

function wholeNumber(x: unknown, name: string): number {
  if (typeof x === "boolean") return Number(x);
  if (typeof x !== "number") throw TypeError(`'${typeName(x)}' object cannot be interpreted as an integer`);
  if (!Number.isInteger(x)) throw ValueError(`non-integer ${name} for randrange()`);
  return x;
}

/** Different places below `count`: drawn from a pool that shrinks, or noted down where so few are wanted. */
function places(random: RandomBase, count: number, k: number): number[] {
  if (k < 0 || k > count) throw ValueError("Sample larger than population or is negative");
  const few = k > 5 ? 21 + 4 ** Math.ceil(Math.log(k * 3) / Math.log(4)) : 21;
  if (count <= few) {
    const pool = Array.from({ length: count }, (_, i) => i);
    return Array.from({ length: k }, (_, i) => {
      const j = random._randbelow(count - i);
      const place = pool[j]!;
      pool[j] = pool[count - i - 1]!;
      return place;
    });
  }
  const taken = new Set<number>();
  while (taken.size < k) taken.add(random._randbelow(count));
  return [...taken];
}

const states = new WeakMap<RandomBase, RandomState>();

/** A generator's state, which it has for life: reading the attribute of a shared one is dear. */
export function stateOf(random: RandomBase): RandomState {
  let state = states.get(random);
  if (!state) {
    state = random._state;
    states.set(random, state);
  }
  return state;
}

/** All that draws whole numbers and items. */
export class RandomBase extends object {
  static readonly VERSION = 3;
  declare _state: RandomState;

  constructor(x?: unknown);
  constructor(...args: unknown[]) {
    super();
    this._state = new RandomState();
    this.seed(bindInit(args)[0]);
  }

  /** Begins anew: the same seed gives the same numbers, and CPython's. None is a seed that nobody knows. */
  seed(a?: unknown, version?: number): void;
  seed(...args: unknown[]): void {
    const [a] = bindSeed(args);
    const key = seedWords(a);
    stateOf(this).use((words, at) => {
      seedWithWords(words, at, key);
      words[at + GAUSS_NEXT] = Number.NaN;
    });
  }

  /** How pickle has it: made anew, with the state. */
  __reduce__(): unknown[] {
    return [this.constructor, [], this.getstate()];
  }

  __setstate__(state: readonly any[]): void {
    this.setstate(state);
  }

  getstate(): tuple<any> {
    const [state, ahead] = stateOf(this).use((words, at) => [
      [...words.subarray(at, at + STATE_SIZE)],
      words[at + GAUSS_NEXT]!,
    ]) as [number[], number];
    return tupleOf<any>([RandomBase.VERSION, tupleOf(state), Number.isNaN(ahead) ? null : ahead]);
  }

  setstate(state: readonly any[]): void {
    const [version, numbers, ahead] = state;
    if (version !== RandomBase.VERSION) {
      throw ValueError(`state with version ${version} passed to Random.setstate() of version ${RandomBase.VERSION}`);
    }
    if (numbers.length !== STATE_SIZE) throw ValueError("state vector is the wrong size");
    stateOf(this).use((words, at) => {
      words.set(numbers, at);
      words[at + GAUSS_NEXT] = ahead ?? Number.NaN;
    });
  }

  /** A number in [0, 1). */
  random(): number {
    return stateOf(this).use(fraction);
  }

  /** A whole number of `k` random bits. */
  getrandbits(k: number): number | bigint {
    if (k < 0) throw ValueError("number of bits must be non-negative");
    return stateOf(this).use((words, at) => bitsOf(words, at, k));
  }

  randbytes(n: number): bytes {
    const made = new Uint8Array(n);
    let value = n === 0 ? 0n : BigInt(this.getrandbits(n * 8));
    for (let i = 0; i < n; i++, value >>= 8n) made[i] = Number(value & 0xffn);
    return bytes(made);
  }

  /** A whole number in [0, n), every one as likely. */
  _randbelow(n: number): number {
    const bits = n.toString(2).length;
    let drawn = Number(this.getrandbits(bits));
    while (drawn >= n) drawn = Number(this.getrandbits(bits));
    return drawn;
  }

  /**
   * A number of `range(start, stop, step)`; with one argument, of `range(stop)`.
   *
   * @throws ValueError if the range is empty
   */
  randrange(start: number, stop?: number | null, step?: number): number {
    const from = wholeNumber(start, "arg 1");
    if (stop === undefined || stop === null) {
      if (step !== undefined) throw TypeError("Missing a non-None stop argument");
      if (from > 0) return this._randbelow(from);
      throw ValueError("empty range for randrange()");
    }
    const to = wholeNumber(stop, "stop");
    const by = wholeNumber(step ?? 1, "step");
    const width = to - from;
    if (by === 1) {
      if (width > 0) return from + this._randbelow(width);
      throw ValueError(`empty range for randrange() (${from}, ${to}, ${width})`);
    }
    if (by === 0) throw ValueError("zero step for randrange()");
    const count = Math.ceil(width / by);
    if (count <= 0) throw ValueError("empty range for randrange()");
    return from + by * this._randbelow(count);
  }

  /** A whole number from `a` to `b`, both included. */
  randint(a: number, b: number): number {
    return this.randrange(a, b + 1);
  }

  /**
   * An item of a sequence.
   *
   * @throws IndexError if it has none
   */
  choice<T>(seq: Iterable<T>): T {
    const count = len(seq);
    if (count === 0) throw IndexError("Cannot choose from an empty sequence");
    return itemOf(seq, this._randbelow(count)) as T;
  }

  /** `k` items, each drawn from all, as likely as their weights. */
  choices<T>(
    population: Iterable<T>,
    weights?: readonly number[] | { weights?: readonly number[]; cum_weights?: readonly number[]; k?: number } | null,
    keywords?: { cum_weights?: readonly number[]; k?: number },
  ): list<T>;
  choices(...args: unknown[]): unknown {
    const [population, weights, cum_weights, k] = bindChoices(args);
    const count = len(population);
    const draw = (index: () => number) => newList(Array.from({ length: k }, () => itemOf(population, index())));
    if (cum_weights === null && weights === null) return draw(() => Math.floor(this.random() * count));
    if (typeof weights === "number") throw TypeError(`The number of choices must be a keyword argument: k=${weights}`);
    if (cum_weights && weights) throw TypeError("Cannot specify both weights and cumulative weights");
    const sums = cum_weights ? [...cum_weights] : accumulated(weights!);
    if (sums.length !== count) throw ValueError("The number of weights does not match the population");
    const total = sums.at(-1)!;
    if (total <= 0) throw ValueError("Total of weights must be greater than zero");
    if (!Number.isFinite(total)) throw ValueError("Total of weights must be finite");
    return draw(() => bisect(sums, this.random() * total, count - 1));
  }

  /** Mixes a list in place. */
  shuffle(x: any): void {
    const set = (i: number, value: unknown) => {
      if (typeof x.__setitem__ === "function") x.__setitem__(i, value);
      else x[i] = value;
    };
    for (let i = len(x) - 1; i > 0; i--) {
      const j = this._randbelow(i + 1);
      const [mine, other] = [itemOf(x, i), itemOf(x, j)];
      set(i, other);
      set(j, mine);
    }
  }

  /**
   * `k` different places of a sequence.
   *
   * @throws ValueError if it has not as many
   */
  sample<T>(population: Iterable<T>, k: number, keywords?: { counts?: readonly number[] }): list<T>;
  sample(...args: unknown[]): unknown {
    const [population, k, counts] = bindSample(args);
    if (
      ["set", "frozenset", "dict"].includes(typeName(population)) ||
      (typeof population !== "object" && typeof population !== "string")
    ) {
      throw TypeError("Population must be a sequence.  For dicts or sets, use sorted(d).");
    }
    const count = len(population);
    if (counts !== null) {
      const sums = accumulated(counts);
      if (sums.length !== count) throw ValueError("The number of counts does not match the population");
      const total = sums.pop()!;
      if (total <= 0) throw ValueError("Total of counts must be greater than zero");
      return newList(places(this, total, k).map((place) => itemOf(population, bisect(sums, place))));
    }
    return newList(places(this, count, k).map((place) => itemOf(population, place)));
  }
}
