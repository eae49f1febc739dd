// threading.Event: the kernel's event.

import { Kind } from "../../assembly/status";
import { signature } from "../arguments";
import { qualifiedName } from "../builtins/classes";
import { callable } from "../callable";
import { kernel } from "../kernel/kernel";
import { defineAll } from "../registry";
import { succeeds } from "../runtime/aio";
import { takesAttributes } from "../runtime/facade_attributes";
import { addressOf, KIND, reviveKind, Shared } from "../runtime/shared";
import { allocated, optionalDeadline, waitForEvent } from "../runtime/wait";
import type { WaitAio } from "./aio";
import { deprecated } from "./deprecated";

const bindWait = signature("Event.wait(timeout=None)");
const bindAwaited = signature("Event.wait(timeout=None, *, signal=None)");

class EventType extends Shared {
  static readonly __module__: string = "threading";

  get [KIND](): Kind {
    return Kind.Event;
  }

  protected promote(): number {
    return allocated(kernel.event_new());
  }

  /** Whether the flag is set. */
  is_set(): boolean {
    return kernel.event_is_set(addressOf(this)) !== 0;
  }

  /** @deprecated Python's old name of is_set. */
  isSet(): boolean {
    deprecated("isSet", "use is_set()");
    return this.is_set();
  }

  /** Sets the flag and releases all who wait, even if it is cleared again before they run. */
  set(): void {
    kernel.event_set(addressOf(this));
  }

  clear(): void {
    kernel.event_clear(addressOf(this));
  }

  /**
   * Waits until the flag is set.
   *
   * @param timeout seconds to wait at most; None waits for ever
   * @returns true, or false if the time ran out
   */
  wait(timeout?: number | null | { timeout?: number | null }): boolean;
  wait(...args: unknown[]): boolean {
    const [timeout] = args.length === 0 ? [null] : (bindWait(args) as [number | null]);
    return waitForEvent(addressOf(this), optionalDeadline(timeout));
  }

  /** The same for event loops: `await event.aio.wait({ timeout, signal })`. */
  get aio(): WaitAio<boolean> {
    return {
      wait: async (...args: unknown[]) => {
        const [timeout, signal] = bindAwaited(args) as [number | null, AbortSignal | null];
        const object = addressOf(this);
        const attempt = (node: number, wait: boolean) => kernel.event_attempt(object, node, wait);
        return succeeds({ object, attempt }, { deadline: optionalDeadline(timeout), signal });
      },
    };
  }

  __repr__(): string {
    const at = addressOf(this).toString(16).padStart(12, "0");
    return `<${qualifiedName(this.constructor as never)} at 0x${at}: ${this.is_set() ? "set" : "unset"}>`;
  }
}

/** A flag that threads wait for. Behaves as CPython's `threading.Event`. */
export const Event = callable(EventType, "Event");
export type Event = EventType;

reviveKind(Kind.Event, (address) => Shared.revive(Event, address));
takesAttributes(Event);

defineAll("threading", { Event });
