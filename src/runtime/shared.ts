// Objects with identity: their handles, and the one facade that a handle has in each thread.
//
// Invariant: a facade that has an address holds one reference to the object there, and its finalizer gives it back. So
// an address in the table is alive, and `===` on facades is identity of objects.
import type { Kind } from "../../assembly/status";
import { hold, letGo } from "../kernel/holdings";
import { kernel } from "../kernel/kernel";

const facades = new Map<number, WeakRef<Shared>>();

const finalizer = new FinalizationRegistry<number>((held) => {
  const address = letGo(held);
  // Another facade may have been made for the same object since: it has a reference of its own.
  if (facades.get(address)?.deref() === undefined) facades.delete(address);
  kernel.object_release(address);
});

export const KIND = Symbol("kind");

/**
 * A facade. Its object is born local, as what its constructor was given, and moves into kernel memory at its first use
 * by the kernel or when another thread could first reach it.
 *
 * A subclass has no private members: a facade that is made for an object from another thread has not run its constructor.
 */
export abstract class Shared<Local = unknown> {
  #address = 0;
  #local: Local | undefined;

  constructor(local?: Local) {
    this.#local = local;
  }

  abstract get [KIND](): Kind;

  /** Makes the object in kernel memory as `local` describes it, and gives back its address. */
  protected abstract promote(local: Local): number;

  /** Address of the facade's object, which moves into kernel memory if it was local. */
  static addressOf(shared: Shared<any>): number {
    return shared.#address || Shared.#promoted(shared);
  }

  static #promoted(shared: Shared): number {
    const address = shared.promote(shared.#local);
    // A promotion that reaches the object again, through a cycle, has tied it already.
    if (shared.#address === 0) Shared.tie(shared, address);
    return address;
  }

  /** Ties a facade to the object at `address`, whose reference it takes over. */
  static tie(shared: Shared<any>, address: number): void {
    shared.#address = address;
    shared.#local = undefined;
    facades.set(address, new WeakRef(shared));
    finalizer.register(shared, hold(address));
  }

  /** What the facade was made with, while its object is local. */
  static localOf<Local>(shared: Shared<Local>): Local | undefined {
    return shared.#local;
  }

  /** A facade of `constructor`'s for the object at `address`, without running the constructor. */
  static revive(constructor: Function, address: number): Shared {
    const shared = Reflect.construct(Shared, [], constructor) as Shared;
    Shared.tie(shared, address);
    return shared;
  }
}

export const { addressOf, localOf } = Shared;

type Revive = (address: number) => Shared;
const revivers: Revive[] = [];

/** Tells how a thread makes its facade for an object of this kind that it meets for the first time. */
export function reviveKind(kind: Kind, revive: Revive): void {
  revivers[kind] = revive;
}

/** The facade of the object at `address`. Takes over one reference. */
export function facade(kind: Kind, address: number): Shared {
  const known = facades.get(address)?.deref();
  if (known) {
    kernel.object_release(address);
    return known;
  }
  const revive = revivers[kind];
  if (!revive) throw new Error(`no facade for kernel objects of kind ${kind}: its module is not part of the program`);
  return revive(address);
}
