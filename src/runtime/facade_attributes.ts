// What programs add to the library's own objects: attributes, `event.owner = me`, and classes, `class Gate extends Event`.
//
// While an object is local, its attributes are ordinary properties of the facade. In kernel memory they are an attribute
// table (attributes.ts) that hangs on the object; the table's class word names the program's class, if there is one. Behind
// the prototypes of all facades stands a Proxy, which is asked for what nobody has and told what nobody knows: so a facade
// whose object has got its table from another thread finds that out at its first miss. What is there costs nothing more.
import { Kind } from "../../assembly/status";
import { errorTypeName } from "../builtins/classes";
import { tupleOf } from "../builtins/tuple";
import { AttributeError } from "../exceptions";
import { kernel } from "../kernel/kernel";
import { attachAttributes, classSlot, newAttributes, openMethods, shareAttributes } from "./attributes";
import { countModuleChange, moduleChanges } from "./process";
import { isFacade, KeepsIdentity, kindOf, knownAddress, Shared, setOwnAttributes, tableOf } from "./shared";
import { read, write } from "./words";

/** Whether objects of a library class, here by its prototype, take new attributes. */
const taking = new WeakMap<object, boolean>();

/** Objects of these classes take new attributes, which all threads see: those that have a `__dict__` in Python. */
export function takesAttributes(...classes: Function[]): void {
  for (const cls of classes) enter(cls.prototype, true);
}

/** Objects of these classes refuse new attributes, as Python's refuse them; those of their subclasses take them. */
export function refusesAttributes(...classes: Function[]): void {
  for (const cls of classes) enter(cls.prototype, false);
}

function enter(prototype: object, takes: boolean): void {
  taking.set(prototype, takes);
  for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    if (typeof value === "function" && name !== "constructor") openMethod(prototype, name, value, takes);
  }
}

/**
 * Makes a method one that an attribute of a single object can hide. Another thread's attribute is looked for only if one
 * was ever put in the place of a method, which is counted with what is assigned to modules.
 */
function openMethod(prototype: object, name: string, method: Function, takes: boolean): void {
  const isHidden = (object: object) => moduleChanges() !== 0 && tableOf(object) === 0 && settle(object);
  const descriptor: PropertyDescriptor = {
    get: takes
      ? function (this: any) {
          return isHidden(this) ? this[name] : method;
        }
      : () => method,
    set(this: object, value) {
      setOwn(this, name, value, () => refusal(this, name, `attribute '${name}' is read-only`));
      countModuleChange();
    },
    enumerable: false,
    configurable: true,
  };
  openMethods.set(descriptor.get!, method);
  Object.defineProperty(prototype, name, descriptor);
}

const absences = new WeakMap<object, Record<string, string>>();

/** Tells why objects of a class, though not of its subclasses, lack attributes that Python's have. */
export function explainAbsence(cls: Function, why: string, ...names: string[]): void {
  absences.set(cls.prototype, Object.fromEntries(names.map((name) => [name, `: ${why}`])));
}

/** What a message about the missing attribute `name` is to end with. */
export function whyAbsent(object: unknown, name: string): string {
  return isFacade(object) ? (absences.get(object.constructor.prototype)?.[name] ?? "") : "";
}

const derived = new WeakMap<object, boolean>();

/** Whether the class of a prototype is derived from one of those above. */
function isDerived(prototype: object): boolean {
  const known = derived.get(prototype);
  if (known !== undefined) return known;
  const base: object | null = Object.getPrototypeOf(prototype);
  const verdict = base !== null && (taking.has(base) || isDerived(base));
  derived.set(prototype, verdict);
  return verdict;
}

function begin(shared: Shared): number {
  const cls = shared.constructor;
  const isLibrarys = taking.has(cls.prototype);
  if (isLibrarys ? Object.keys(shared).length === 0 : !isDerived(cls.prototype) || kindOf(shared) === Kind.Instance)
    return 0;
  const table = newAttributes(Kind.Attributes, shared);
  if (isLibrarys) return table;
  try {
    write(classSlot(table), cls, `the class of '${cls.name}'`);
  } catch (error) {
    kernel.object_release(table);
    throw error;
  }
  return table;
}

function classOf(table: number): Function | undefined {
  const cls = read(classSlot(table));
  return typeof cls === "function" ? cls : undefined;
}

/** Tells what class the items of an array have, before any other thread knows it: in the place of its own, in a tuple. */
export function giveItemClass(address: number, cls: Function): void {
  const table = newAttributes(Kind.Attributes, {});
  write(classSlot(table), tupleOf([cls]), `the class of '${cls.name}'`);
  kernel.object_attach(address, table);
}

export function itemClassAt(address: number): Function {
  const [cls] = read(classSlot(kernel.object_attributes(address) >>> 0)) as [Function];
  return cls;
}

/** Makes an object belong to a class, before any other thread knows it. */
export function giveClass(address: number, cls: Function): void {
  const table = newAttributes(Kind.Attributes, {});
  write(classSlot(table), cls);
  kernel.object_attach(address, table);
}

/** Makes a facade use its object's attribute table, if that has one. False if it has none. */
export function settle(shared: object): boolean {
  if (!isFacade(shared) || tableOf(shared) !== 0) return false;
  const address = knownAddress(shared);
  const table = address === 0 ? 0 : kernel.object_attributes(address) >>> 0;
  if (table === 0) return false;
  attachAttributes(shared, table);
  return true;
}

/** Whether the attributes of an object are in kernel memory. */
export function hasSharedAttributes(object: object): boolean {
  return tableOf(object) !== 0 || settle(object);
}

function settleAnew(shared: Shared, address: number): void {
  if (settle(shared)) return;
  const table = newAttributes(Kind.Attributes, {});
  // Another thread may have been quicker.
  if (!kernel.object_attach(address, table)) kernel.object_release(table);
  settle(shared);
}

setOwnAttributes({
  begin,
  finish(shared, address, table) {
    kernel.object_attach(address, table);
    shareAttributes(shared, table);
  },
  classOf,
  attach: attachAttributes,
});

const catcher: ProxyHandler<object> = {
  get(target, key, receiver) {
    if (typeof key === "symbol" || key in target) return Reflect.get(target, key, receiver);
    return settle(receiver) ? receiver[key] : undefined;
  },
  set(target, key, value, receiver) {
    if (typeof key === "symbol" || key in target) return Reflect.set(target, key, value, receiver);
    setOwn(receiver, key, value, () => refusal(receiver, key, `has no attribute '${key}'`));
    return true;
  },
};

/** Gives one object an attribute, which all threads see if others know the object. */
function setOwn(object: object, name: string, value: unknown, refused: () => Error): void {
  const { prototype } = object.constructor;
  const takes = taking.get(prototype);
  if (takes === false && isFacade(object)) throw refused();
  const address = takes || isDerived(prototype) ? knownAddress(object as KeepsIdentity) : 0;
  if (address !== 0 && isFacade(object)) {
    settleAnew(object, address);
    (object as unknown as Record<string, unknown>)[name] = value;
  } else Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
}

/** The error of deleting an attribute that is the class's, where Python's own objects have no others; else undefined. */
export function refusedDeletion(object: object, name: string): Error | undefined {
  const isRefused = isFacade(object) && taking.get(object.constructor.prototype) === false && name in object;
  return isRefused ? refusal(object, name, `attribute '${name}' is read-only`) : undefined;
}

function refusal(object: object, name: string, why: string): Error {
  return AttributeError(`'${errorTypeName(object)}' object ${why}`, { name, obj: object });
}

Object.setPrototypeOf(Shared.prototype, new Proxy(Object.create(KeepsIdentity.prototype), catcher));
