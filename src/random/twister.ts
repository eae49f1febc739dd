// The Mersenne Twister MT19937, as CPython seeds and reads it: the same seed gives CPython's numbers.
//
// Its state is 624 words of 32 bits and the index of the next one, kept as numbers in an array from `at` on: in an array of
// its own, or in kernel memory.
const N = 624;
const M = 397;
const INDEX = N;
/** How many numbers a state takes. */
export const STATE_SIZE = N + 1;

const UPPER = 0x80000000;
const LOWER = 0x7fffffff;

export type Words = Float64Array;

/** a * b modulo 2**32, plus c. */
function multiplied(a: number, b: number, c: number): number {
  return (Math.imul(a, b) + c) >>> 0;
}

function seedWithNumber(words: Words, at: number, seed: number): void {
  words[at] = seed >>> 0;
  for (let i = 1; i < N; i++) {
    const before = words[at + i - 1]! >>> 0;
    words[at + i] = multiplied(before ^ (before >>> 30), 1812433253, i);
  }
  words[at + INDEX] = N;
}

/** Seeds with any number of 32-bit words, one at least. */
export function seedWithWords(words: Words, at: number, key: readonly number[]): void {
  seedWithNumber(words, at, 19650218);
  let i = 1;
  let j = 0;
  const mixed = (factor: number) => {
    const before = words[at + i - 1]! >>> 0;
    return (words[at + i]! ^ Math.imul(before ^ (before >>> 30), factor)) >>> 0;
  };
  const step = () => {
    if (++i < N) return;
    words[at] = words[at + N - 1]!;
    i = 1;
  };
  for (let k = Math.max(N, key.length); k > 0; k--) {
    words[at + i] = (mixed(1664525) + key[j]! + j) >>> 0;
    step();
    if (++j >= key.length) j = 0;
  }
  for (let k = N - 1; k > 0; k--) {
    words[at + i] = (mixed(1566083941) - i) >>> 0;
    step();
  }
  words[at] = UPPER;
}

/** Makes word i of the next round of that before, its neighbour and the one M further on. */
function renew(words: Words, i: number, neighbour: number, other: number): void {
  const y = (words[i]! & UPPER) | (words[neighbour]! & LOWER);
  words[i] = (words[other]! ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0)) >>> 0;
}

function regenerate(words: Words, at: number): void {
  const last = at + N - 1;
  for (let i = at; i < at + N - M; i++) renew(words, i, i + 1, i + M);
  for (let i = at + N - M; i < last; i++) renew(words, i, i + 1, i + M - N);
  renew(words, last, at, last + M - N);
  words[at + INDEX] = 0;
}

/** The next 32 bits. */
export function nextWord(words: Words, at: number): number {
  if (words[at + INDEX]! >= N) regenerate(words, at);
  const index = words[at + INDEX]!;
  words[at + INDEX] = index + 1;
  let y = words[at + index]!;
  y ^= y >>> 11;
  y ^= (y << 7) & 0x9d2c5680;
  y ^= (y << 15) & 0xefc60000;
  return (y ^ (y >>> 18)) >>> 0;
}
