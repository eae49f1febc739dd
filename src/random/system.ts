// random.SystemRandom: numbers of the system's own.
import { typeName } from "../builtins/classes";
import { callable } from "../callable";
import { NotImplementedError, TypeError, ValueError } from "../exceptions";
import { defineAll } from "../registry";
import { randomBytes } from "../runtime/crypto";
import { Random } from "./distributions";

class SystemRandomType extends Random {
  override random(): number {
    return Number(this.getrandbits(53)) / 2 ** 53;
  }

  override getrandbits(k: number): number | bigint {
    if (!Number.isInteger(k)) throw TypeError(`'${typeName(k)}' object cannot be interpreted as an integer`);
    if (k < 0) throw ValueError("number of bits must be non-negative");
    let value = 0n;
    for (const byte of randomBytes(Math.ceil(k / 8))) value = (value << 8n) | BigInt(byte);
    value &= (1n << BigInt(k)) - 1n;
    return k <= 53 ? Number(value) : value;
  }

  /** Nothing to do: nobody knows the system's seed. */
  override seed(_a?: unknown, _version?: number): void {}

  override getstate(): never {
    throw NotImplementedError("System entropy source does not have state.");
  }

  override setstate(): never {
    throw NotImplementedError("System entropy source does not have state.");
  }
}

/** A generator whose numbers nobody can foretell; it has no seed and no state. */
export const SystemRandom = callable(SystemRandomType, "SystemRandom");
export type SystemRandom = SystemRandomType;

defineAll("random", { SystemRandom });
