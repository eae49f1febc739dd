// Attributes of instances that threads share.
//
// A local instance is an ordinary object with ordinary properties. When it is shared, its properties move into kernel
// memory and its prototype is swapped for its class's shared one, which has an accessor for every attribute name met so
// far and a copy of every method; behind that stands a Proxy that catches the first use of any other name and adds its
// accessor. So a shared attribute costs a kernel call and never a trap.
import { Status } from "../../assembly/status";
import { kernel, me } from "../kernel/kernel";
import { knownNumber, nameOf, numberOf } from "./names";
import { allocated, statusError } from "./wait";
import { post, take } from "./words";

const tables = new WeakMap<object, number>();
const sharedPrototypes = new WeakMap<object, object>();

/** Moves an instance's own properties into a new attribute table, whose address it gives back. */
export function shareAttributes(instance: object): number {
  const table = allocated(kernel.attributes_new());
  const own = Object.entries(instance);
  for (const [name] of own) delete (instance as Record<string, unknown>)[name];
  attachAttributes(instance, table);
  for (const [name, value] of own) setAttribute(table, numberOf(name), value, name);
  return table;
}

/** Makes an instance, or a facade made for it in another thread, use the attribute table at `table`. */
export function attachAttributes(instance: object, table: number): void {
  tables.set(instance, table);
  Object.setPrototypeOf(instance, sharedPrototype(Object.getPrototypeOf(instance)));
}

function setAttribute(table: number, number: number, value: unknown, name: string): void {
  post(value, `attribute '${name}'`);
  const status = kernel.attributes_set(table, number, me);
  if (status !== Status.Ok) throw statusError(status);
}

function getAttribute(table: number, number: number): unknown {
  return kernel.attributes_get(table, number, me) === Status.Ok ? take() : undefined;
}

function sharedPrototype(prototype: object): object {
  let shared = sharedPrototypes.get(prototype);
  if (!shared) {
    shared = Object.create(catcher(prototype)) as object;
    for (let level = prototype; level && level !== Object.prototype; level = Object.getPrototypeOf(level)) {
      for (const [key, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(level))) {
        if (!Object.hasOwn(shared, key)) Object.defineProperty(shared, key, inherited(key, descriptor));
      }
      for (const key of Object.getOwnPropertySymbols(level)) {
        if (!Object.hasOwn(shared, key))
          Object.defineProperty(shared, key, Object.getOwnPropertyDescriptor(level, key)!);
      }
    }
    sharedPrototypes.set(prototype, shared);
  }
  return shared;
}

/** A method becomes an accessor, so that an attribute of its name can hide it in every thread. */
function inherited(name: string, descriptor: PropertyDescriptor): PropertyDescriptor {
  if (!("value" in descriptor) || name === "constructor") return descriptor;
  return accessor(name, descriptor.value);
}

function accessor(name: string, otherwise: unknown): PropertyDescriptor {
  let number = knownNumber(name);
  return {
    get() {
      if (number < 0) number = knownNumber(name);
      const value = number < 0 ? undefined : getAttribute(tables.get(this)!, number);
      return value === undefined ? otherwise : value;
    },
    set(value) {
      if (number < 0) number = numberOf(name);
      setAttribute(tables.get(this)!, number, value, name);
    },
    configurable: true,
    enumerable: true,
  };
}

function catcher(prototype: object): object {
  return new Proxy(Object.create(prototype) as object, {
    get(target, key, receiver) {
      if (typeof key === "symbol" || key in target) return Reflect.get(target, key, receiver);
      const table = tables.get(receiver);
      const number = knownNumber(key);
      if (table === undefined || number < 0) return undefined;
      Object.defineProperty(sharedPrototype(prototype), key, accessor(key, undefined));
      return getAttribute(table, number);
    },
    set(target, key, value, receiver) {
      if (typeof key === "symbol" || !tables.has(receiver)) return Reflect.set(target, key, value, receiver);
      Object.defineProperty(sharedPrototype(prototype), key, accessor(key, undefined));
      setAttribute(tables.get(receiver)!, numberOf(key), value, key);
      return true;
    },
  });
}

/** Names and values of a shared instance's attributes, as they are now. */
export function attributesOf(instance: object): [string, unknown][] {
  const table = tables.get(instance);
  const found: [string, unknown][] = [];
  if (table === undefined) return found;
  for (let index = 0; ; index++) {
    const number = kernel.attributes_name(table, index);
    if (number < 0) return found;
    const value = getAttribute(table, number);
    if (value !== undefined) found.push([nameOf(number), value]);
  }
}
