// multiprocessing's Barrier: threading's, with its fields in a record that is common to all processes.
import { Kind } from "../../../assembly/status";
import { signature } from "../../arguments";
import { callable } from "../../callable";
import { kernel } from "../../kernel/kernel";
import { defineAll } from "../../registry";
import { commonClass, makeCommon } from "../../runtime/common";
import { addressOf, KIND, Shared } from "../../runtime/shared";
import { allocated } from "../../runtime/wait";
import { read, slotAt, write } from "../../runtime/words";
import { type BarrierOptions, Barrier as ThreadingBarrier } from "../../threading/barrier";
import { Common } from "../common";
import { Condition } from "./condition";
import { Lock } from "./lock";

const bindInit = signature<[parties: number, action: BarrierOptions["action"], timeout: number | null]>(
  "Barrier.__init__(parties, action=None, timeout=None, *, ctx=None)",
);

/** Fields of threading's Barrier, in the order of the record's words. */
const FIELDS = ["_cond", "_action", "_timeout", "_parties", "_state", "_count"];

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

  override get [KIND](): Kind {
    return Kind.Record;
  }

  protected override promote(): number {
    return makeCommon(allocated(kernel.record_new(Kind.Record, FIELDS.length)), Common.Barrier);
  }

  override _newCondition(): Condition {
    return Condition(Lock());
  }
}

FIELDS.forEach((name, index) => {
  const slotOf = (barrier: BarrierType) => slotAt((kernel.record_words(addressOf(barrier)) >>> 0) + index * 8);
  Object.defineProperty(BarrierType.prototype, name, {
    get(this: BarrierType) {
      return read(slotOf(this));
    },
    set(this: BarrierType, value: unknown) {
      write(slotOf(this), value, `Barrier's ${name}`);
    },
  });
});

/**
 * A meeting point of threads of any processes. Behaves as CPython's `multiprocessing.Barrier`; fewer than one party raise
 * ValueError, as from Python 3.12 on.
 */
export const Barrier = callable(BarrierType, "Barrier");
export type Barrier = BarrierType;

commonClass(Barrier, Common.Barrier, (address) => Shared.revive(Barrier, address));
defineAll("multiprocessing.synchronize", { Barrier });
