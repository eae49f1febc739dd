// multiprocessing's Condition: threading's, common to all processes.

import { signature } from "../../arguments";
import { typeName } from "../../builtins/classes";
import { callable } from "../../callable";
import { AssertionError, AttributeError } from "../../exceptions";
import { defineAll } from "../../registry";
import { commonClass, makeCommon } from "../../runtime/common";
import { Shared } from "../../runtime/shared";
import { Condition as ThreadingCondition } from "../../threading/condition";
import { Common } from "../common";
import { type Lock, RLock } from "./lock";

const bindInit = signature<[lock: any]>("Condition.__init__(lock=None, *, ctx=None)");

class ConditionType extends ThreadingCondition {
  static override readonly __module__ = "multiprocessing.synchronize";

  constructor(lock?: Lock | RLock | null | { lock?: Lock | RLock | null; ctx?: unknown }, options?: { ctx?: unknown });
  constructor(...args: unknown[]) {
    const lock = bindInit(args)[0] ?? RLock();
    if (typeof lock.acquire !== "function") {
      throw AttributeError(`'${typeName(lock)}' object has no attribute 'acquire'`, { obj: lock });
    }
    super(lock);
  }

  protected override promote(): number {
    return makeCommon(super.promote(), Common.Condition);
  }

  /**
   * Releases the lock, waits until notified, and takes the lock again.
   *
   * @param timeout seconds to wait at most; None waits for ever
   * @returns true, or false if the time ran out
   * @throws AssertionError if the calling thread does not hold the lock
   */
  override wait(timeout?: number | null | { timeout?: number | null }): boolean {
    if (!this._is_owned()) throw AssertionError("must acquire() condition before using wait()");
    return super.wait(timeout);
  }

  /**
   * Wakes up to `n` waiters, those first that have waited longest.
   *
   * @throws AssertionError if the calling thread does not hold the lock
   */
  override notify(n?: number | { n?: number }): void {
    if (!this._is_owned()) throw AssertionError("lock is not owned");
    super.notify(n);
  }
}

/** A condition variable for all processes. Behaves as CPython's `multiprocessing.Condition`: waiters wake in their order. */
export const Condition = callable(ConditionType, "Condition");
export type Condition = ConditionType;

commonClass(Condition, Common.Condition, (address) => Shared.revive(Condition, address));
defineAll("multiprocessing.synchronize", { Condition });
