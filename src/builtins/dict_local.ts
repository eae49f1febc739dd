// The table of a dict or set that only one thread knows: a Map, which keeps Python's order.
import { eq } from "./compare";
import { isCompound, scalar } from "./dict_keys";
import { hash } from "./hash";

/**
 * Invariant: `items` is keyed by what a key is compared by: numbers, strings, null, what goes by identity, and of equal
 * compound keys (tuples, …) the one that came first, which `buckets` finds by its hash. `originals` has the keys that
 * are not what they are compared by: True, 1n.
 */
export class LocalTable<V = unknown> {
  readonly items = new Map<unknown, V>();
  #originals: Map<unknown, unknown> | undefined;
  #buckets: Map<number, unknown[]> | undefined;

  get(key: unknown): V | undefined {
    return this.items.get(typeof key === "string" || typeof key === "number" ? key : this.#known(key));
  }

  has(key: unknown): boolean {
    return this.items.has(this.#known(key));
  }

  set(key: unknown, value: V): void {
    if (typeof key === "string" || typeof key === "number") {
      this.items.set(key, value);
      return;
    }
    const known = this.#known(key);
    if (known !== key && !this.items.has(known)) {
      this.#originals ??= new Map();
      this.#originals.set(known, key);
    } else if (known === key && typeof key === "object" && key !== null && isCompound(key) && !this.items.has(key)) {
      this.#bucket(hash(key)).push(key);
    }
    this.items.set(known, value);
  }

  /** Removes a key and gives back its value; undefined if there is none. */
  remove(key: unknown): V | undefined {
    const known = this.#known(key);
    const value = this.items.get(known);
    if (value === undefined || !this.items.delete(known)) return undefined;
    this.#originals?.delete(known);
    if (this.#buckets && typeof known === "object" && known !== null && isCompound(known)) this.#forget(known);
    return value;
  }

  clear(): void {
    this.items.clear();
    this.#originals = undefined;
    this.#buckets = undefined;
  }

  /** The key as it was given, for one of `items`. */
  original(key: unknown): unknown {
    return this.#originals?.get(key) ?? key;
  }

  #known(key: unknown): unknown {
    if (typeof key !== "object" || key === null) return scalar(key);
    if (!isCompound(key)) return key;
    if (!this.#buckets) return key;
    return this.#buckets.get(hash(key))?.find((known) => eq(known, key)) ?? key;
  }

  #bucket(code: number): unknown[] {
    this.#buckets ??= new Map();
    let bucket = this.#buckets.get(code);
    if (!bucket) {
      bucket = [];
      this.#buckets.set(code, bucket);
    }
    return bucket;
  }

  #forget(key: unknown): void {
    const code = hash(key);
    const left = this.#bucket(code).filter((known) => known !== key);
    if (left.length > 0) this.#buckets!.set(code, left);
    else this.#buckets!.delete(code);
  }
}
