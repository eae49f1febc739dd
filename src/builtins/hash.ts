import { TypeError } from "../exceptions";
import { defineBuiltins } from "../registry";
import { address, method, typeName } from "./classes";

const MODULUS = 2n ** 61n - 1n;

function hashInt(x: bigint): number {
  const size = Number((x < 0n ? -x : x) % MODULUS);
  return x < 0n ? (size === 1 ? -2 : -size) : size;
}

/** The same in every thread and run, unlike CPython's, which is random by default. */
function hashText(text: string): number {
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (let i = 0; i < text.length; i++) {
    high = Math.imul(high ^ text.charCodeAt(i), 2654435761);
    low = Math.imul(low ^ text.charCodeAt(i), 1597334677);
  }
  return ((high ^ (low >>> 16)) & 0x1fffff) * 2 ** 32 + (low >>> 0);
}

/** As in Python: `__hash__` is None, or there is an `__eq__` without it. */
function isUnhashable(x: any, name: string): boolean {
  if (["list", "dict", "set", "bytearray"].includes(name) || x?.__hash__ === null) return true;
  return typeof x === "object" && typeof x?.__eq__ === "function";
}

/**
 * Python's `hash(x)`: equal values have equal hashes. Numbers hash as in CPython below 2**53.
 *
 * @throws TypeError `unhashable type: 'list'`
 */
export function hash(x: unknown): number {
  if (typeof x === "boolean") return Number(x);
  if (typeof x === "bigint" || Number.isSafeInteger(x)) return hashInt(BigInt(x as bigint));
  if (typeof x === "number" || typeof x === "string") return hashText(String(x));
  const own = method(x, "__hash__");
  if (own) return own() as number;
  const name = typeName(x);
  if (isUnhashable(x, name)) throw TypeError(`unhashable type: '${name}'`);
  if (name === "tuple") return hashText((x as unknown[]).map(hash).join());
  return x instanceof Uint8Array ? hashText(`${[...x]}`) : id(x);
}

/**
 * Python's `id(x)`: a number that stays the object's own; equal numbers and equal strings share theirs.
 */
export function id(x: unknown): number {
  if (x === null || x === undefined) return id(NONE);
  if (typeof x === "object" || typeof x === "function") return address(x);
  return typeof x === "symbol" ? address(NONE) : hash(x) + (typeof x === "boolean" ? 1 : 0);
}

const NONE = {};

defineBuiltins({ hash, id });
