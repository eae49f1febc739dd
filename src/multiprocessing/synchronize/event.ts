// multiprocessing's Event: threading's, common to all processes.
import { signature } from "../../arguments";
import { callable } from "../../callable";
import { defineAll } from "../../registry";
import { commonClass, makeCommon } from "../../runtime/common";
import { addressOf, Shared } from "../../runtime/shared";
import { Event as ThreadingEvent } from "../../threading/event";
import { Common } from "../common";

const bindInit = signature("Event.__init__(*, ctx=None)");

class EventType extends ThreadingEvent {
  static override readonly __module__ = "multiprocessing.synchronize";

  constructor(options?: { ctx?: unknown });
  constructor(...args: unknown[]) {
    bindInit(args);
    super();
  }

  protected override promote(): number {
    return makeCommon(super.promote(), Common.Event);
  }

  override __repr__(): string {
    const at = addressOf(this).toString(16).padStart(12, "0");
    return `<Event at 0x${at} ${this.is_set() ? "set" : "unset"}>`;
  }
}

/** A flag that all processes can wait for. Behaves as CPython's `multiprocessing.Event`. */
export const Event = callable(EventType, "Event");
export type Event = EventType;

commonClass(Event, Common.Event, (address) => Shared.revive(Event, address));
defineAll("multiprocessing.synchronize", { Event });
