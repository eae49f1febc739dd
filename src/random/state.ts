// The state of a generator: an array of this thread's, or, once another thread can reach it, slots of kernel memory with a
// lock. So each draw is atomic, as it is in Python.
import type { Kind } from "../../assembly/status";
import { kernel, view } from "../kernel/kernel";
import { addressOf, KIND, knownAddress, localOf, reviveKind, Shared } from "../runtime/shared";
import { allocated, waitThrough } from "../runtime/wait";
import { read, slotAt, write } from "../runtime/words";
import { Lock } from "../threading/lock";
import { STATE_SIZE, type Words } from "./twister";

/** A kind of handle that the kernel itself knows as a namespace. */
const STATE = 0x130 as Kind;
/** The number that gauss() has ahead, NaN for none. */
export const GAUSS_NEXT = STATE_SIZE;
const SIZE = STATE_SIZE + 1;

export class RandomState extends Shared<Words> {
  /** Cached in each thread, once the state is shared. */
  declare slot: number | undefined;
  declare lock: number;

  constructor() {
    super(new Float64Array(SIZE).fill(Number.NaN));
  }

  get [KIND](): Kind {
    return STATE;
  }

  protected promote(local: Words): number {
    const address = allocated(kernel.namespace_new(SIZE + 1));
    const slot = slotAt(kernel.namespace_slots(address) >>> 0);
    view.set(local, slot);
    write(slot + SIZE, Lock());
    return address;
  }

  /** Calls `draw` with the numbers of the state, while no other thread does. */
  use<R>(draw: (words: Words, at: number) => R): R {
    if (knownAddress(this) === 0) return draw(localOf(this)!, 0);
    this.slot ??= attached(this);
    waitThrough(kernel.mutex_acquire, this.lock);
    try {
      return draw(view, this.slot);
    } finally {
      kernel.mutex_release(this.lock);
    }
  }
}

/** Finds a shared state's slots and lock, for this thread. */
function attached(state: RandomState): number {
  const slot = slotAt((kernel.namespace_slots(addressOf(state)) >>> 0) + SIZE * 8) - SIZE;
  state.lock = addressOf(read(slot + SIZE) as Lock);
  return slot;
}

reviveKind(STATE, (address) => Shared.revive(RandomState, address));
