// Values in containers of a manager: plain data lies there as a parcel, an encoded copy, from which each reader gets a copy
// of its own. A parcel compares, sorts and prints as what is in it.
import { Kind } from "../../../assembly/status";
import { eq, less } from "../../builtins/compare";
import { repr } from "../../builtins/repr";
import { decodeValue } from "../../runtime/codec";
import { postCopy } from "../../runtime/copying";
import { addressOf, KIND, reviveKind, Shared } from "../../runtime/shared";
import { mailboxAddress } from "../../runtime/words";
import { BaseProxy } from "./proxy";

class Parcel extends Shared<never> {
  get [KIND](): Kind {
    return Kind.Value;
  }

  protected promote(): never {
    throw new Error("a parcel is made by wrap");
  }

  __eq__(other: unknown): boolean {
    return eq(unwrap(this), unwrap(other));
  }

  __lt__(other: unknown): boolean {
    return less(unwrap(this), unwrap(other));
  }

  __repr__(): string {
    return repr(unwrap(this));
  }
}

/** What goes into a container for `value`: a copy, unless it is a proxy, or nothing that can change. */
export function wrap(value: unknown): unknown {
  if (value instanceof BaseProxy || value instanceof Parcel) return value;
  if (value === null || (typeof value !== "object" && typeof value !== "function")) return value;
  postCopy(value, "the value");
  return Shared.revive(Parcel, mailboxAddress());
}

/** What a reader gets for a value in a container. */
export function unwrap(value: unknown): unknown {
  return value instanceof Parcel ? decodeValue(addressOf(value)) : value;
}

reviveKind(Kind.Value, (address) => Shared.revive(Parcel, address));
