// Instances of classes as objects with identity: the class by name, the attributes in kernel memory.
//
// A local instance is an ordinary object. When it is shared, its own properties become attributes that all threads see
// (attributes.ts); a thread that meets it makes an instance without running the constructor.
import { Kind, Tag } from "../../assembly/status";
import { kernel, me } from "../kernel/kernel";
import { attachAttributes, shareAttributes } from "./attributes";
import { KIND, reviveKind, Shared } from "./shared";
import { allocated } from "./wait";
import { mailboxAddress, postHalves, read, slotAt, write } from "./words";

/** Words of the record. */
const enum Word {
  Class,
  Attributes,
}

/** Makes the record of an instance that becomes shared. Raises TypeError if its class has no name in other threads. */
export function promoteInstance(instance: Shared<any>): number {
  const address = allocated(kernel.record_new(Kind.Instance, 2));
  const words = slotAt(kernel.record_words(address) >>> 0);
  try {
    write(words + Word.Class, instance.constructor, "the instance's class");
  } catch (error) {
    kernel.object_release(address);
    throw error;
  }
  // Tied before its attributes cross, as they may lead back to it.
  Shared.tie(instance, address);
  postHalves((Tag.Object << 16) | Kind.Attributes, shareAttributes(instance));
  kernel.slot_store((words + Word.Attributes) * 8, me);
  return address;
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
  const words = slotAt(kernel.record_words(address) >>> 0);
  const instance = Shared.revive(read(words + Word.Class) as Function, address);
  kernel.slot_load((words + Word.Attributes) * 8, me);
  attachAttributes(instance, mailboxAddress());
  return instance;
});
