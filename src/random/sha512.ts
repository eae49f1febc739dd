// SHA-512, with which random.seed() stretches text. The constants are made as the standard defines them: from the roots of
// the first primes.
const MASK = (1n << 64n) - 1n;

function primes(count: number): bigint[] {
  const found: bigint[] = [];
  for (let n = 2n; found.length < count; n++) if (found.every((p) => n % p !== 0n)) found.push(n);
  return found;
}

/** The largest integer whose power is not above x. */
function root(x: bigint, power: bigint): bigint {
  let [low, high] = [0n, 1n << 80n];
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** power <= x) low = middle;
    else high = middle;
  }
  return low;
}

let constants: { start: bigint[]; rounds: bigint[] } | undefined;

/** 64 bits of the fraction of a root. */
function prepared() {
  constants ??= {
    start: primes(8).map((p) => root(p << 128n, 2n) & MASK),
    rounds: primes(80).map((p) => root(p << 192n, 3n) & MASK),
  };
  return constants;
}

const rotated = (x: bigint, by: bigint) => ((x >> by) | (x << (64n - by))) & MASK;

export function sha512(data: Uint8Array): Uint8Array {
  const { start, rounds } = prepared();
  const padded = new Uint8Array(Math.ceil((data.length + 17) / 128) * 128);
  padded.set(data);
  padded[data.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setBigUint64(padded.length - 8, BigInt(data.length) * 8n);
  const state = [...start];
  for (let at = 0; at < padded.length; at += 128) compress(state, view, at, rounds);
  const digest = new Uint8Array(64);
  const out = new DataView(digest.buffer);
  state.forEach((word, i) => void out.setBigUint64(i * 8, word));
  return digest;
}

function compress(state: bigint[], block: DataView, at: number, rounds: bigint[]): void {
  const w = Array.from({ length: 16 }, (_, i) => block.getBigUint64(at + i * 8));
  for (let i = 16; i < 80; i++) {
    const [x, y] = [w[i - 15]!, w[i - 2]!];
    const s0 = rotated(x, 1n) ^ rotated(x, 8n) ^ (x >> 7n);
    const s1 = rotated(y, 19n) ^ rotated(y, 61n) ^ (y >> 6n);
    w.push((w[i - 16]! + s0 + w[i - 7]! + s1) & MASK);
  }
  let [a, b, c, d, e, f, g, h] = state as [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint];
  for (let i = 0; i < 80; i++) {
    const s1 = rotated(e, 14n) ^ rotated(e, 18n) ^ rotated(e, 41n);
    const t1 = h + s1 + ((e & f) ^ (~e & MASK & g)) + rounds[i]! + w[i]!;
    const s0 = rotated(a, 28n) ^ rotated(a, 34n) ^ rotated(a, 39n);
    const t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) & MASK, c, b, a, (t1 + t2) & MASK];
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => {
    state[i] = (state[i]! + word) & MASK;
  });
}
