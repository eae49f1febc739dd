// Objects with identity: their handles, and the one facade that a handle has in each thread.
//
// Invariant: a facade that has an address holds one reference to the object there, and its finalizer gives it back. So
// an address in the table is alive, and `===` on facades is identity of objects.
import { host } from "#platform";
import { Kind } from "../../assembly/status";
import { ADDRESS } from "../builtins/classes";
import { refusesOperators } from "../builtins/primitive";
import { hold, letGo } from "../kernel/holdings";
import { ints, kernel } from "../kernel/kernel";

/** A facade, which may be gone, and the place where the reference is written down that it holds. */
class Tie extends WeakRef<KeepsIdentity> {
  constructor(
    shared: KeepsIdentity,
    public place: number,
  ) {
    super(shared);
  }

  /** Called when the object has gone because its last facade has. */
  gone: (() => void) | undefined;
}

const facades = new Map<number, Tie>();

/** What a tie's place is when its reference has been dropped. */
const DROPPED = 0;

function drop(tie: Tie): void {
  if (tie.place === DROPPED) return;
  const address = letGo(tie.place);
  tie.place = DROPPED;
  finalizer.unregister(tie);
  if (address === recentAddress) recent = undefined;
  // Another facade may have been made for the same object since: it has a reference of its own.
  if (facades.get(address) === tie) facades.delete(address);
  const isLast = tie.gone !== undefined && ints[(address + REFS) >>> 2] === 1;
  kernel.object_release(address);
  if (isLast) tie.gone!();
}

/**
 * The facade that was last asked for, since it is often asked for again; and the address of its object. It is kept no longer than the
 * host keeps what has been asked of a WeakRef: until the job ends, or `forgetKept`.
 */
let recent: KeepsIdentity | undefined;
let recentAddress = 0;
let isJobAwaited = false;

function keepRecent(shared: KeepsIdentity, address: number): void {
  recent = shared;
  recentAddress = address;
  if (isJobAwaited) return;
  isJobAwaited = true;
  queueMicrotask(() => {
    isJobAwaited = false;
    recent = undefined;
  });
}

function forgetKept(): void {
  recent = undefined;
  host.forgetKept();
}

/** Ties whose facades have been collected, and that are dropped in a moment. */
const loose: Tie[] = [];

function dropLoose(): void {
  for (const tie of loose.splice(0)) drop(tie);
}

const finalizer = new FinalizationRegistry<Tie>((tie) => {
  if (loose.push(tie) === 1) host.whileAlive(dropLoose);
});

/** Has `callback` called some time after an object has gone, if this thread's facade of it was the last to hold it. */
export function whenGone(shared: KeepsIdentity, callback: () => void): void {
  facades.get(addressOf(shared))!.gone = callback;
}

/** Offset of an object's count of references; see assembly/layout.ts. */
const REFS = 0;
/** After how many new facades the host is told to forget what it keeps. */
const FORGET_AFTER = 1024;
/** How often it has been told since the last sweep. */
let forgotten = 0;
let untilForget = FORGET_AFTER;

/**
 * Finalizers run between the jobs of an event loop only, and WeakRefs keep what they were made for until then; but a thread is
 * one long job. So now and then, each time a quarter as many facades are new as there are, references of facades that are
 * gone are dropped here.
 */
function sweepNowAndThen(): void {
  if (--untilForget > 0) return;
  untilForget = FORGET_AFTER;
  if (++forgotten * FORGET_AFTER * 4 > facades.size) {
    forgotten = 0;
    sweep();
  } else forgetKept();
}

function sweep(): void {
  for (const tie of facades.values()) if (tie.deref() === undefined) drop(tie);
  // Last, since looking at a tie makes the host keep its facade.
  forgetKept();
}

/** After how many bytes of large objects garbage is collected. */
const COLLECT_AFTER = 1 << 26;
let uncollected = 0;

/** Says that a facade of this thread stands for so many bytes of kernel memory, of which the host's collector knows nothing. */
export function countBytes(size: number): void {
  uncollected += size;
  if (uncollected >= COLLECT_AFTER) collectFacades();
}

/** Drops the references of all facades that are gone. */
export function collectFacades(): void {
  uncollected = 0;
  forgetKept();
  host.collect();
  sweep();
}

export const KIND = Symbol("kind");
/** What has identity: facades of kernel objects, and instances of classes that extend Python's object. */
export abstract class KeepsIdentity {
  /** What `id` and `repr` show, the same in every thread that asks once the object is shared. */
  get [ADDRESS](): number | undefined {
    const address = knownAddress(this);
    return address === 0 ? undefined : ADDRESS_BASE + address;
  }
}

refusesOperators(KeepsIdentity);

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

export const NO_ITEMS: readonly never[] = [];

/**
 * A facade. Its object is born local, as what its constructor was given, and moves into kernel memory at its first use
 * by the kernel or when another thread could first reach it.
 *
 * A subclass has no private members: a facade that is made for an object from another thread has not run its constructor.
 */
export abstract class Shared<Local = unknown> extends KeepsIdentity {
  #address = 0;
  #local: Local | undefined;

  /**
   * What brackets of a port read and write in place: of a local list its array, of others nothing, so that they are not asked for a
   * property by a number, which would be looked for behind all classes.
   *
   * @internal
   */
  get $items(): readonly unknown[] {
    return NO_ITEMS;
  }

  constructor(local?: Local) {
    super();
    this.#local = local;
  }

  abstract get [KIND](): Kind;

  /** Makes the object in kernel memory as `local` describes it, and gives back its address. */
  protected abstract promote(local: Local): number;

  /** Address of the facade's object, which moves into kernel memory if it was local. */
  static addressOf(shared: KeepsIdentity): number {
    if (#address in shared) return shared.#address || Shared.#promoted(shared as Shared);
    return tableOf(shared) || promoteInstance(shared);
  }

  /** As addressOf, but 0 for a local object. */
  static knownAddress(shared: KeepsIdentity): number {
    return #address in shared ? shared.#address : tableOf(shared);
  }

  static #promoted(shared: Shared): number {
    // Raises, if at all, while everything is local still.
    const table = ownAttributes?.begin(shared) ?? 0;
    let address: number;
    try {
      address = shared.promote(shared.#local);
    } catch (error) {
      if (table !== 0) kernel.object_release(table);
      throw error;
    }
    // A promotion that reaches the object again, through a cycle, has tied it already.
    if (shared.#address === 0) Shared.tie(shared, address);
    if (table !== 0) ownAttributes!.finish(shared, address, table);
    return address;
  }

  /** Whether something is a facade: of a kernel object, or of a library class's instance. */
  static isFacade(value: unknown): value is Shared {
    return typeof value === "object" && value !== null && #address in value;
  }

  /**
   * Ties a facade to its new object, and then fills that from `local`: what it holds may lead back to the facade. If
   * something in it cannot be shared, the facade is local again.
   */
  static fill<Local>(shared: Shared<Local>, address: number, local: Local, fill: () => void): number {
    const tie = Shared.tie(shared, address);
    try {
      fill();
    } catch (error) {
      shared.#address = 0;
      shared.#local = local;
      drop(tie);
      throw error;
    }
    return address;
  }

  /** Ties a facade to the object at `address`, whose reference it takes over. */
  static tie(shared: KeepsIdentity, address: number): Tie {
    if (#address in shared) {
      shared.#address = address;
      (shared as Shared).#local = undefined;
    } else stampTable(shared, address);
    sweepNowAndThen();
    if (address === recentAddress) recent = undefined;
    const gone = facades.get(address);
    const tie = new Tie(shared, hold(address));
    facades.set(address, tie);
    finalizer.register(shared, tie, tie);
    if (gone) drop(gone);
    return tie;
  }

  /** What the facade was made with, while its object is local. */
  static localOf<Local>(shared: Shared<Local>): Local | undefined {
    return shared.#local;
  }

  /** As localOf, for dicts and sets alone: V8 remembers by the place what it has met there, and so reads their field in place. */
  static tableIn<Table>(shared: Shared<Table>): Table | undefined {
    return shared.#local;
  }

  /** As addressOf, likewise. */
  static tableAt(shared: Shared): number {
    return shared.#address || Shared.#promoted(shared);
  }

  /** A local facade of a class, without running its constructor. */
  static bare<Local>(constructor: Function, local: Local): Shared<Local> {
    return Reflect.construct(Shared, [local], constructor) as Shared<Local>;
  }

  /**
   * A facade for the object at `address`, without running a constructor: of the class that its attribute table names, else
   * of `constructor`'s.
   */
  static revive(constructor: Function, address: number): Shared {
    const table = kernel.object_attributes(address) >>> 0;
    const cls = (table !== 0 && ownAttributes?.classOf(table)) || constructor;
    const shared = Reflect.construct(Shared, [], cls) as Shared;
    Shared.tie(shared, address);
    if (table !== 0) ownAttributes?.attach(shared, table);
    return shared;
  }
}

export const { addressOf, isFacade, knownAddress, localOf, tableAt, tableIn, tie } = Shared;

/** What programs add to the library's objects: attributes, and classes of their own. See facade_attributes.ts. */
export interface OwnAttributes {
  /** A table for what a local facade has of that, with the class in it already; 0 if it has nothing. */
  begin(shared: Shared): number;
  /** Moves the attributes there, when the object is at `address`. */
  finish(shared: Shared, address: number, table: number): void;
  /** The program's class of the object with that table. */
  classOf(table: number): Function | undefined;
  attach(shared: Shared, table: number): void;
}

let ownAttributes: OwnAttributes | undefined;

export function setOwnAttributes(given: OwnAttributes): void {
  ownAttributes = given;
}

let promoteInstance: (instance: KeepsIdentity) => number;

/** Tells how an instance that is no facade moves into kernel memory. */
export function setPromoter(promote: typeof promoteInstance): void {
  promoteInstance = promote;
}

/** The kind of an object with identity. */
export function kindOf(shared: KeepsIdentity): Kind {
  return (shared as Shared)[KIND] ?? Kind.Instance;
}

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

const commonRevivers: Revive[] = [];

/** As reviveKind, for common objects that are made with this number, whatever their kind; see runtime/common.ts. */
export function reviveCommon(number: number, revive: Revive): void {
  commonRevivers[number] = revive;
}

/** The facade of the object at `address`. Takes over one reference. */
export function facade(kind: Kind, address: number): KeepsIdentity {
  const isRecent = address === recentAddress && recent !== undefined;
  const known = isRecent ? recent : facades.get(address)?.deref();
  if (known) {
    kernel.object_release(address);
    if (!isRecent) keepRecent(known, address);
    return known;
  }
  const revive = commonRevivers[kernel.object_facade(address)] ?? revivers[kind];
  if (!revive) throw new Error(`no facade for kernel objects of kind ${kind}: its module is not part of the program`);
  return revive(address);
}
