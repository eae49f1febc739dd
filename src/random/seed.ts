// What random.seed() makes of its argument: 32-bit words for the twister.
import { TypeError } from "../exceptions";
import { sha512 } from "./sha512";

const MODULUS = (1n << 61n) - 1n;

/** CPython's hash of a float, as 64 bits without sign. */
function floatHash(x: number): bigint {
  if (Number.isNaN(x)) return 0n;
  if (!Number.isFinite(x)) return BigInt.asUintN(64, x > 0 ? 314159n : -314159n);
  let exponent = 0;
  let size = Math.abs(x);
  while (!Number.isInteger(size)) {
    size *= 2;
    exponent--;
  }
  // 2**61 is 1 modulo the modulus, so a division by 2**n is a multiplication by 2**(61 - n).
  const shift = BigInt((((exponent % 61) + 61) % 61) as number);
  const hash = (BigInt(size) << shift) % MODULUS;
  return BigInt.asUintN(64, x < 0 ? -hash : hash);
}

function bytesToNumber(bytes: Uint8Array): bigint {
  let text = "0x0";
  for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
  return BigInt(text);
}

/** The words for an int of any size, least first. */
function wordsOf(seed: bigint): number[] {
  const words: number[] = [];
  for (let rest = seed < 0n ? -seed : seed; rest > 0n; rest >>= 32n) words.push(Number(rest & 0xffffffffn));
  return words.length > 0 ? words : [0];
}

/** @throws TypeError for what is no seed */
export function seedWords(seed: unknown): number[] {
  if (typeof seed === "bigint") return wordsOf(seed);
  if (typeof seed === "boolean") return wordsOf(BigInt(seed));
  if (typeof seed === "number") return wordsOf(Number.isInteger(seed) ? BigInt(seed) : floatHash(seed));
  if (typeof seed === "string" || seed instanceof Uint8Array) {
    const data = typeof seed === "string" ? new TextEncoder().encode(seed) : new Uint8Array(seed);
    return wordsOf(bytesToNumber(new Uint8Array([...data, ...sha512(data)])));
  }
  if (seed === null || seed === undefined) return [...crypto.getRandomValues(new Uint32Array(8))];
  throw TypeError(`The only supported seed types are: None,\nint, float, str, bytes, and bytearray.`);
}
