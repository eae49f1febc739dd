// Instances of classes as objects with identity: the class by name, the attributes in kernel memory.
//
// A local instance is an ordinary object. When it is shared, its own properties become attributes that all threads see
// (attributes.ts); a thread that meets it makes an instance without running the constructor.
import { Kind } from "../../assembly/status";
import { kernel } from "../kernel/kernel";
import { attachAttributes, classSlot, instanceAt, newAttributes, shareAttributes } from "./attributes";
import { type KeepsIdentity, KIND, reviveKind, Shared, tie } from "./shared";
import { read, write } from "./words";

/** Makes an instance shared. Raises TypeError if its class has no name in other threads. */
export function promoteInstance(instance: KeepsIdentity): number {
  const address = newAttributes(Kind.Instance, instance);
  try {
    write(classSlot(address), instance.constructor, `the class of '${instance.constructor.name}'`);
  } catch (error) {
    kernel.object_release(address);
    throw error;
  }
  // Tied before its attributes cross, as they may lead back to it.
  return shareAttributes(instance, address, () => tie(instance, address));
}

/** Base of the library's classes whose instances are shared with all their attributes. */
export abstract class Instance extends Shared<true> {
  constructor() {
    super(true);
  }

  get [KIND](): Kind {
    return Kind.Instance;
  }

  protected promote(): number {
    return promoteInstance(this);
  }
}

reviveKind(Kind.Instance, (address) => {
  const constructor = read(classSlot(address)) as Function;
  if (constructor.prototype instanceof Shared) {
    const instance = Shared.revive(constructor, address);
    attachAttributes(instance, address);
    return instance;
  }
  const instance = instanceAt(constructor.prototype, address) as KeepsIdentity;
  tie(instance, address);
  return instance;
});
