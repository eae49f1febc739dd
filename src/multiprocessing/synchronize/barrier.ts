// multiprocessing's Barrier: threading's, common to all processes.
import { signature } from "../../arguments";
import { callable } from "../../callable";
import { defineAll } from "../../registry";
import { commonClass, makeCommon } from "../../runtime/common";
import { Shared } from "../../runtime/shared";
import { type BarrierOptions, Barrier as ThreadingBarrier } from "../../threading/barrier";
import { Common } from "../common";

const bindInit = signature<[parties: number, action: BarrierOptions["action"], timeout: number | null]>(
  "Barrier.__init__(parties, action=None, timeout=None, *, ctx=None)",
);

class BarrierType extends ThreadingBarrier {
  static override readonly __module__ = "multiprocessing.synchronize";

  constructor(
    parties: number | BarrierOptions,
    action?: BarrierOptions["action"] | BarrierOptions,
    timeout?: number | null,
  );
  constructor(...given: unknown[]) {
    const [parties, action, timeout] = bindInit(given);
    super(parties, action, timeout);
  }

  protected override promote(plan: Parameters<ThreadingBarrier["promote"]>[0]): number {
    return makeCommon(super.promote(plan), Common.Barrier);
  }
}

/**
 * A meeting point of threads of any processes. Behaves as CPython's `multiprocessing.Barrier`; fewer than one party raise
 * ValueError, as from Python 3.12 on.
 */
export const Barrier = callable(BarrierType, "Barrier");
export type Barrier = BarrierType;

commonClass(Barrier, Common.Barrier, (address) => Shared.revive(Barrier, address));
defineAll("multiprocessing.synchronize", { Barrier });
