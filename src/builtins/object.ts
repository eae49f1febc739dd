// Python's object: the base of classes whose instances have identity.
//
// Invariant: a local instance is an ordinary object with ordinary properties, made by an ordinary function's construction:
// it costs what any object of JavaScript costs. What it needs as a shared one is put on it when it is shared.

import { TypeError } from "../exceptions";
import { defineAll } from "../registry";
import { attributesOf } from "../runtime/attributes";
import { hasSharedAttributes } from "../runtime/facade_attributes";
import { promoteInstance } from "../runtime/instance";
import { KeepsIdentity, setPromoter } from "../runtime/shared";
import { giveName } from "./classes";
import { containers } from "./containers";
import { dict } from "./dict";
import { str } from "./repr";

/** What an instance has besides its class's own. */
interface ObjectInstance {
  /** The instance's class. */
  readonly __class__: Function;
  /** The instance's attributes, as a dict of its own: what is written to it is not seen in the instance. */
  readonly __dict__: any;
}

function makeObject(...args: unknown[]): unknown {
  if (new.target !== undefined && new.target !== (makeObject as unknown)) return undefined;
  if (args.length > 0) throw TypeError("object() takes no arguments");
  return new.target === undefined ? new object() : undefined;
}

const members: ThisType<KeepsIdentity> & PropertyDescriptorMap = {
  constructor: { value: makeObject, writable: true, configurable: true },
  __class__: {
    get(this: object) {
      return this.constructor;
    },
    configurable: true,
  },
  __dict__: {
    get(this: object) {
      const own = ownAttributes(this);
      return dict(own);
    },
    configurable: true,
  },
  toString: {
    value(this: object) {
      return str(this);
    },
    writable: true,
    configurable: true,
  },
};

/** Names and values of an instance's own attributes, shared or local, in the order in which they were set. */
export function ownAttributes(instance: object): [string, unknown][] {
  return hasSharedAttributes(instance) ? attributesOf(instance) : Object.entries(instance);
}

Object.defineProperty(makeObject, "prototype", {
  value: Object.create(KeepsIdentity.prototype, members),
  writable: false,
});
Object.defineProperty(makeObject, "name", { value: "object", configurable: true });
Object.defineProperty(makeObject, "__module__", { value: "builtins", configurable: true });

/**
 * Python's object. `class Account extends object` gives classes whose instances stay one object in all threads that meet
 * them, with attributes that all see; `object()` alone makes something that is only itself.
 */
export const object = giveName(makeObject) as unknown as {
  new (): ObjectInstance;
  (): ObjectInstance;
  readonly prototype: ObjectInstance;
};

containers.object = object;
defineAll("builtins", { object });
setPromoter(promoteInstance);
