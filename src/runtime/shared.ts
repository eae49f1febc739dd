// Objects with identity: their handles, and the one facade that a handle has in each thread.
//
// Invariant: a facade that has an address holds one reference to the object there, and its finalizer gives it back. So
// an address in the table is alive, and `===` on facades is identity of objects.
import type { Kind } from "../../assembly/status";
import { ADDRESS } from "../builtins/classes";
import { hold, letGo } from "../kernel/holdings";
import { kernel } from "../kernel/kernel";

const facades = new Map<number, WeakRef<KeepsIdentity>>();

const finalizer = new FinalizationRegistry<number>((held) => {
  const address = letGo(held);
  // Another facade may have been made for the same object since: it has a reference of its own.
  if (facades.get(address)?.deref() === undefined) facades.delete(address);
  kernel.object_release(address);
});

export const KIND = Symbol("kind");
/** Moves an object into kernel memory and gives back its address. */
export const PROMOTE = Symbol("promote");

/** What has identity: facades of kernel objects, and instances of classes that extend Python's object. */
export abstract class KeepsIdentity {
  abstract get [KIND](): Kind;
  abstract [PROMOTE](): number;

  /** What `id` and `repr` show, the same in every thread that asks once the object is shared. */
  get [ADDRESS](): number | undefined {
    const address = knownAddress(this);
    return address === 0 ? undefined : ADDRESS_BASE + address;
  }
}

const ADDRESS_BASE = 0x7e0000000000;

class Given {
  constructor(object: object) {
    // biome-ignore lint/correctness/noConstructorReturn: so that the subclass's private field stands in that object
    return object;
  }
}

/** The address of an instance's attributes, stamped on it when it is shared: a local instance carries nothing. */
class Stamp extends Given {
  #table: number;

  constructor(instance: object, table: number) {
    super(instance);
    this.#table = table;
  }

  static of(instance: object): number {
    return #table in instance ? instance.#table : 0;
  }

  static put(instance: object, table: number): void {
    if (#table in instance) instance.#table = table;
    else new Stamp(instance, table);
  }
}

/** Address of an instance's attributes; 0 while it is local. That of an instance that is no facade is the object's own. */
export const tableOf = Stamp.of;
export const stampTable = Stamp.put;

/**
 * A facade. Its object is born local, as what its constructor was given, and moves into kernel memory at its first use
 * by the kernel or when another thread could first reach it.
 *
 * A subclass has no private members: a facade that is made for an object from another thread has not run its constructor.
 */
export abstract class Shared<Local = unknown> extends KeepsIdentity {
  #address = 0;
  #local: Local | undefined;

  constructor(local?: Local) {
    super();
    this.#local = local;
  }

  /** Makes the object in kernel memory as `local` describes it, and gives back its address. */
  protected abstract promote(local: Local): number;

  /** Address of the facade's object, which moves into kernel memory if it was local. */
  static addressOf(shared: KeepsIdentity): number {
    if (#address in shared) return shared.#address || shared[PROMOTE]();
    return tableOf(shared) || shared[PROMOTE]();
  }

  /** As addressOf, but 0 for a local object. */
  static knownAddress(shared: KeepsIdentity): number {
    return #address in shared ? shared.#address : tableOf(shared);
  }

  [PROMOTE](): number {
    const address = this.promote(this.#local as Local);
    // A promotion that reaches the object again, through a cycle, has tied it already.
    if (this.#address === 0) Shared.tie(this, address);
    return address;
  }

  /**
   * Ties a facade to its new object, and then fills that from `local`: what it holds may lead back to the facade. If
   * something in it cannot be shared, the facade is local again.
   */
  static fill<Local>(shared: Shared<Local>, address: number, local: Local, fill: () => void): number {
    const place = Shared.tie(shared, address);
    try {
      fill();
    } catch (error) {
      finalizer.unregister(shared);
      letGo(place);
      facades.delete(address);
      shared.#address = 0;
      shared.#local = local;
      kernel.object_release(address);
      throw error;
    }
    return address;
  }

  /** Ties a facade to the object at `address`, whose reference it takes over. Gives back where that is written down. */
  static tie(shared: KeepsIdentity, address: number): number {
    if (#address in shared) {
      shared.#address = address;
      (shared as Shared).#local = undefined;
    } else stampTable(shared, address);
    facades.set(address, new WeakRef(shared));
    const place = hold(address);
    finalizer.register(shared, place, shared);
    return place;
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

export const { addressOf, knownAddress, localOf, tie } = Shared;

/** Where what is being shared was found, for messages. */
let place = "";

/** As addressOf, for an object that was found at `where`. */
export function addressAt(shared: KeepsIdentity, where: string): number {
  const known = knownAddress(shared);
  if (known !== 0) return known;
  const outer = place;
  place = where;
  try {
    return addressOf(shared);
  } finally {
    place = outer;
  }
}

/** How messages call an object that is being shared: by the place where it was found, else by its class. */
export function placeOf(shared: KeepsIdentity): string {
  return place || shared.constructor.name;
}

type Revive = (address: number) => KeepsIdentity;
const revivers: Revive[] = [];

/** Tells how a thread makes its facade for an object of this kind that it meets for the first time. */
export function reviveKind(kind: Kind, revive: Revive): void {
  revivers[kind] = revive;
}

/** The facade of the object at `address`. Takes over one reference. */
export function facade(kind: Kind, address: number): KeepsIdentity {
  const known = facades.get(address)?.deref();
  if (known) {
    kernel.object_release(address);
    return known;
  }
  const revive = revivers[kind];
  if (!revive) throw new Error(`no facade for kernel objects of kind ${kind}: its module is not part of the program`);
  return revive(address);
}
