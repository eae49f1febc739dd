// threading.Barrier: the kernel's barrier. The last to come runs the action, and then lets the others go.

import { Kind, Status } from "../../assembly/status";
import { signature } from "../arguments";
import { qualifiedName } from "../builtins/classes";
import { callable } from "../callable";
import { ValueError } from "../exceptions";
import { ints, kernel, me, reach } from "../kernel/kernel";
import { defineAll } from "../registry";
import { awaited, type Request } from "../runtime/aio";
import { takesAttributes } from "../runtime/facade_attributes";
import { addressOf, KIND, reviveKind, Shared } from "../runtime/shared";
import { allocated, mayBlock, optionalDeadline, waitInPlace, wouldBlock } from "../runtime/wait";
import { read, slotAt, write } from "../runtime/words";
import type { WaitAio } from "./aio";
import { BrokenBarrierError } from "./errors";

/** What a barrier was made with. */
interface Plan {
  readonly parties: number;
  readonly action: (() => unknown) | null;
  readonly timeout: number | null;
}

export interface BarrierOptions {
  parties?: number;
  action?: (() => unknown) | null;
  timeout?: number | null;
}

const bindInit = signature<[parties: number, action: (() => unknown) | null, timeout: number | null]>(
  "Barrier.__init__(parties, action=None, timeout=None)",
);
const bindWait = signature<[timeout: number | null]>("Barrier.wait(timeout=None)");
const bindAwaited = signature<[timeout: number | null, signal: AbortSignal | null]>(
  "Barrier.wait(timeout=None, *, signal=None)",
);

const PLAN = Symbol("plan");
/** Offset of what a waiter's node carries, and its size; see assembly/waitqueue.ts. */
const PAYLOAD = 32;
const NODE_SIZE = 56;

class BarrierType extends Shared<Plan> {
  static readonly __module__: string = "threading";

  [PLAN]: Plan | undefined;

  get [KIND](): Kind {
    return Kind.Barrier;
  }

  constructor(
    parties: number | BarrierOptions,
    action?: BarrierOptions["action"] | BarrierOptions,
    timeout?: number | null,
  );
  constructor(...given: unknown[]) {
    const [parties, action, timeout] = bindInit(given);
    if (parties < 1) throw ValueError("parties must be > 0");
    const plan = { parties, action, timeout };
    super(plan);
    this[PLAN] = plan;
  }

  protected promote(plan: Plan): number {
    const address = allocated(kernel.barrier_new(plan.parties));
    try {
      write(slotAt(kernel.condition_lock(address) >>> 0), plan, "Barrier");
    } catch (error) {
      kernel.object_release(address);
      throw error;
    }
    return address;
  }

  /**
   * Waits until all parties have called it.
   *
   * @param timeout seconds to wait at most, after which the barrier is broken; None means the barrier's own timeout
   * @returns a number from 0 to parties - 1, different for each of them
   * @throws BrokenBarrierError if the barrier is broken or reset meanwhile, or was before
   */
  wait(timeout?: number | null | { timeout?: number | null }): number;
  wait(...given: unknown[]): number {
    const [timeout] = bindWait(given);
    const deadline = optionalDeadline(timeout ?? planOf(this).timeout);
    const address = addressOf(this);
    const node = kernel.thread_place(me) >>> 0;
    reach(node + NODE_SIZE);
    let status: Status = kernel.barrier_attempt(address, node);
    if (status === Status.Queued) status = blocked(address, node, deadline);
    return outcome(this, status, node);
  }

  /**
   * The same for event loops: `await barrier.aio.wait({ timeout, signal })`. Who is aborted leaves as if he had
   * not come.
   */
  get aio(): WaitAio<number> {
    return {
      wait: async (...given: unknown[]) => {
        const [timeout, signal] = bindAwaited(given);
        const deadline = optionalDeadline(timeout ?? planOf(this).timeout);
        const object = addressOf(this);
        const request: Request<number> = {
          object,
          attempt: (node) => kernel.barrier_attempt(object, node),
          leave: (node, late) => kernel.barrier_leave(object, node, late ? 1 : 0),
          finish: (status, node) => outcome(this, status, node),
        };
        return awaited(request, { deadline, signal });
      },
    };
  }

  /** Opens the barrier again; those who wait get BrokenBarrierError. */
  reset(): void {
    kernel.barrier_reset(addressOf(this));
  }

  /** Breaks the barrier: those who wait, and all who come before a reset, get BrokenBarrierError. */
  abort(): void {
    kernel.barrier_abort(addressOf(this));
  }

  /** How many threads pass together. */
  get parties(): number {
    return planOf(this).parties;
  }

  /** How many wait now. */
  get n_waiting(): number {
    return Math.max(0, kernel.barrier_waiting(addressOf(this)));
  }

  get broken(): boolean {
    return kernel.barrier_waiting(addressOf(this)) < 0;
  }

  __repr__(): string {
    const state = this.broken ? "broken" : `waiters=${this.n_waiting}/${this.parties}`;
    return `<${qualifiedName(this.constructor as never)} at 0x${addressOf(this).toString(16).padStart(12, "0")}: ${state}>`;
  }
}

function planOf(barrier: BarrierType): Plan {
  barrier[PLAN] ??= read(slotAt(kernel.condition_lock(addressOf(barrier)) >>> 0)) as Plan;
  return barrier[PLAN];
}

/** Waits with a node that is queued; it is not when this returns or raises. */
function blocked(address: number, node: number, deadline: number): Status {
  try {
    if (deadline > 0 && !mayBlock) throw wouldBlock("wait");
    const barrier_wait = (object: number, thread: number) => kernel.barrier_wait(object, node, thread, deadline);
    return waitInPlace(barrier_wait, address, deadline);
  } catch (error) {
    kernel.barrier_leave(address, node, 0);
    throw error;
  }
}

/** What a wait gives in the end. Who came last runs the action first. */
function outcome(barrier: BarrierType, status: Status, node: number): number {
  const index = status === Status.Ok ? ints[(node + PAYLOAD) >>> 2]! : -1;
  if (index < 0) throw BrokenBarrierError();
  const { parties, action } = planOf(barrier);
  if (index === parties - 1) act(addressOf(barrier), action);
  return index;
}

function act(address: number, action: Plan["action"]): void {
  const id = kernel.thread_id(me);
  try {
    action?.();
  } catch (error) {
    kernel.barrier_pass(address, id, 0);
    throw error;
  }
  if (kernel.barrier_pass(address, id, 1) !== Status.Ok) throw BrokenBarrierError();
}

/**
 * A meeting point: each of `parties` threads waits until all have come. `action` is called by the last of them just before they
 * go on. It can be used again and again. Behaves as CPython's `threading.Barrier`; fewer than one party raise ValueError, as
 * from Python 3.12 on.
 */
export const Barrier = callable(BarrierType, "Barrier");
export type Barrier = BarrierType;

reviveKind(Kind.Barrier, (address) => Shared.revive(Barrier, address));
takesAttributes(Barrier);

defineAll("threading", { Barrier });
