// Methods that are known only when they are asked for: of proxies and of managers.
import { attributesOf } from "../../runtime/attributes";
import { Instance } from "../../runtime/instance";
import { tableOf } from "../../runtime/shared";

type Method = (...args: any[]) => unknown;

function mayBeMethod(name: string | symbol, own: ReadonlySet<string>): name is string {
  return typeof name === "string" && !own.has(name) && name !== "__proto__";
}

/**
 * Puts behind the methods of a class those that `find` gives for an object. It has to say of any name that it is there, as
 * it cannot know whose it is asked for; so it also looks for attributes that other threads have assigned.
 *
 * @param own names of the object's own attributes
 */
export function addMethods<I extends Instance>(
  cls: { prototype: I },
  own: readonly (keyof I & string)[],
  find: (object: I, name: string) => Method | undefined,
): void {
  const names = new Set<string>(own);
  const behind = new Proxy(Object.getPrototypeOf(cls.prototype) as object, {
    get(target, name, receiver) {
      if (!mayBeMethod(name, names) || Reflect.has(target, name)) return Reflect.get(target, name, receiver);
      return find(receiver, name) ?? assignedElsewhere(receiver, name);
    },
    has: (target, name) => Reflect.has(target, name) || mayBeMethod(name, names),
  });
  Object.setPrototypeOf(cls.prototype, behind);
}

function assignedElsewhere(object: object, name: string): unknown {
  if (!(object instanceof Instance) || tableOf(object) === 0) return undefined;
  return attributesOf(object).find(([known]) => known === name)?.[1];
}
