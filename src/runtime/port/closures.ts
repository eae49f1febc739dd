// Closures on their way to another thread.
//
// A compiled function begins with a probe, `if ($py.on) $py.take(key, () => [captures], this)`, which costs nothing until
// somebody sets `on` and calls it: then it hands over what it has captured instead of doing its work. In the other
// thread the module's factory of that key makes the function anew from those values.
//
// A closure is an object with identity: two slots in kernel memory, [key, name, this] and the captured values by name.
import type { Kind } from "../../../assembly/status";
import { isClass, isPlainObject } from "../../builtins/classes";
import { NameError, TypeError } from "../../exceptions";
import { kernel } from "../../kernel/kernel";
import { boundOf } from "../bound";
import { isMutableData } from "../codec";
import { Copied, copyInstances } from "../copies";
import { setStandIns } from "../functions";
import { hasIdentity } from "../identity";
import { addressOf, KIND, reviveKind, Shared } from "../shared";
import { allocated } from "../wait";
import { read, slotAt, write } from "../words";
import { boxOf, type Cell, CellBox, isCell } from "./cells";
import { classCells, reviveClass } from "./class_attributes";

/** A kind of handle that the kernel itself knows as a namespace. */
const CLOSURE = 0x101 as Kind;

/**
 * Makes a closure without its captured variables, and gives a function that sets these. A class needs them when it is
 * made: of it, a function that makes it is given.
 */
type Factory = (this: unknown) => [made: Function, set: ((values: unknown[]) => void) | undefined, isClass?: boolean];

const factories = new Map<string, [factory: Factory, ...names: string[]]>();
const parametersOfKey = new Map<string, string[]>();

/** Makes the factories of a module, and the names of its closures' parameters, known in this thread. */
export function defineClosures(
  module: number,
  table: Record<number, [Factory, ...string[]]>,
  parameters: Record<number, string[]>,
): void {
  for (const [id, entry] of Object.entries(table)) factories.set(`${module}:${id}`, entry);
  for (const [id, names] of Object.entries(parameters)) parametersOfKey.set(`${module}:${id}`, names);
}

interface Captured {
  key: string;
  values: (() => unknown[]) | undefined;
  self: unknown;
}

/** Whether a function that is called is being asked for its captured variables. */
export let on = false;
let taken: Captured | { obstacle: string } | undefined;
const TAKEN = { message: "captured variables were asked for" };

/** Called by a function's probe. */
export function take(mark: string, values?: () => unknown[], self?: unknown): never {
  taken = { key: mark.slice("closure ".length), values, self };
  throw TAKEN;
}

/** Called by the probe of a function that cannot cross. */
export function refuse(_mark: string, obstacle: string): never {
  taken = { obstacle };
  throw TAKEN;
}

const classes = new WeakMap<Function, Captured>();

/** Called by a class that is not a module's own, when it is made. */
export function tag(value: Function, key: string, values: () => unknown[]): void {
  classes.set(value, { key, values, self: undefined });
}

/** How functions begin that have a probe, if they are a port's: all but the methods of classes. */
const FUNCTION = /^(?:async\s*)?(?:function\b|\(|[\p{ID_Start}$_][\p{ID_Continue}$]*\s*=>)/u;
const OBJECT_METHOD = /^[^{]*\{\s*(?:return )?(?:if ?\([\w$.]+\)\s*|[\w$.]+&&)[\w$.]+\(["']closure/;
const PROBE = /\(["']closure/;

/** Asks a function of a port for its captured variables; undefined if it is none. */
function capturesOf(value: Function): Captured | undefined {
  const known = classes.get(value);
  if (known) return known;
  const text = Function.prototype.toString.call(value);
  if (!(FUNCTION.test(text) && PROBE.test(text)) && !OBJECT_METHOD.test(text)) return undefined;
  taken = undefined;
  on = true;
  try {
    const result = value();
    quieten(result);
    // The body of a generator has not begun.
    if (!taken && typeof result?.next === "function") quieten(result.next());
  } catch (error) {
    if (error !== TAKEN) throw error;
  } finally {
    on = false;
  }
  const found = taken as Captured | { obstacle: string } | undefined;
  taken = undefined;
  if (found && "obstacle" in found)
    throw TypeError(`${describe(value)} cannot cross to another thread: ${found.obstacle}`);
  return found;
}

/** An async function answers with a promise that fails. */
function quieten(result: unknown): void {
  if (result instanceof Promise) result.catch(() => {});
}

function describe(value: Function): string {
  return value.name ? `closure '${value.name}'` : "a lambda";
}

/** The object with identity that stands for a closure. */
class ClosureObject extends Shared<Captured> {
  declare value: Function;

  get [KIND](): Kind {
    return CLOSURE;
  }

  protected promote({ key, values, self }: Captured): number {
    const names = factories.get(key)!.slice(1) as string[];
    const captured = evaluate(values, this.value);
    const address = allocated(kernel.namespace_new(2));
    // Tied before its captured values cross, as they may lead back to it.
    Shared.tie(this, address);
    const slot = slotAt(kernel.namespace_slots(address) >>> 0);
    const where = describe(this.value);
    write(slot, [key, this.value.name, self], where);
    const record = Object.fromEntries(names.map((name, i) => [name, crossing(captured[i], name, where)]));
    for (const [name, cell] of classCells(this.value) ?? []) record[STATIC + name] = boxOf(cell);
    write(slot + 1, record, where);
    return address;
  }
}

function evaluate(values: (() => unknown[]) | undefined, value: Function): unknown[] {
  try {
    return values?.() ?? [];
  } catch (error) {
    const name = /'(.+?)'|(\S+) is not defined/.exec((error as Error).message)?.[1];
    throw NameError(
      `cannot access free variable '${name}' where it is not associated with a value in enclosing scope: ` +
        `${describe(value)} crosses to another thread before`,
    );
  }
}

/** How a captured value crosses. Never is a write silently lost: what is copied can be written to no more. */
function crossing(value: unknown, name: string, where: string): unknown {
  if (isCell(value)) return boxOf(value);
  if (isMutableData(value) && !hasIdentity(value)) {
    throw TypeError(
      `${where} cannot cross to another thread: its variable '${name}' holds a ${value.constructor.name}, ` +
        "of which other threads would have copies. Use dict(), set() or list(), or give it as an argument",
    );
  }
  return frozen(value);
}

function frozen(value: unknown): unknown {
  return Array.isArray(value) || isPlainObject(value) ? Object.freeze(value) : value;
}

const standIns = new WeakMap<Function, ClosureObject>();

function standInOf(value: Function): Shared | undefined {
  const known = standIns.get(value);
  if (known) return known;
  const captured = capturesOf(value);
  if (!captured) return undefined;
  const made = new ClosureObject(captured);
  tie(made, value);
  return made;
}

function tie(object: ClosureObject, value: Function): void {
  object.value = value;
  standIns.set(value, object);
}

const methods = new WeakMap<Function, Record<string, string[]>>();

/** Records the names of the parameters of a class's methods. */
export function parameters(cls: Function, names: Record<string, string[]>): void {
  methods.set(cls, names);
}

/** The names of the parameters of a bound method, a class or a closure, as far as they are known. */
function parametersOf(value: Function): string[] | undefined {
  if (isClass(value)) return recorded(value, "constructor");
  const method = boundOf(value);
  if (!method) {
    const captured = crossesOrNot(value);
    return captured && parametersOfKey.get(captured.key);
  }
  const isStatic = typeof method.object === "function";
  const name = isStatic ? `static ${method.name}` : method.name;
  return recorded((isStatic ? method.object : method.object.constructor) as Function, name);
}

/** What a class has recorded of a method, or one of those that it extends. */
function recorded(cls: Function, name: string): string[] | undefined {
  for (let level: Function | null = cls; level; level = Object.getPrototypeOf(level)) {
    const names = methods.get(level);
    if (names && Object.hasOwn(names, name)) return names[name];
  }
  return undefined;
}

/** As capturesOf, or undefined for a function that cannot cross. */
function crossesOrNot(value: Function): Captured | undefined {
  try {
    return capturesOf(value);
  } catch {
    return undefined;
  }
}

setStandIns({
  of: standInOf,
  parametersOf,
  valueOf: (object) => (object as unknown as ClosureObject).value,
});

reviveKind(CLOSURE, (address) => {
  const object = Shared.revive(ClosureObject, address) as ClosureObject;
  const slot = slotAt(kernel.namespace_slots(addressOf(object)) >>> 0);
  const [key, name, self] = read(slot) as [string, string, unknown];
  makeAnew(object, key, name, self, () => read(slot + 1) as Record<string, unknown>);
  return object;
});

/** Makes the function of this thread for which `object` stands. */
function makeAnew(
  object: ClosureObject,
  key: string,
  name: string,
  self: unknown,
  values: (names: string[]) => Record<string, unknown>,
): void {
  const [factory, ...names] = factories.get(key)! as [Factory, ...string[]];
  const [made, set, isClass] = factory.call(self);
  if (!isClass) tie(object, made);
  const record = values(names);
  set?.(names.map((captured) => arrived(record[captured])));
  if (isClass) tie(object, reviveClass(made as () => Function, attributesIn(record)));
  else if (made.name !== name) Object.defineProperty(made, "name", { value: name, configurable: true });
}

// In another process a closure is another function, with captured variables of its own.
copyInstances<ClosureObject>(ClosureObject, {
  copied: Copied.Closure,
  make: () => new ClosureObject(),
  parts: (object) => {
    const { key, values, self } = capturesOf(object.value)!;
    const captured = evaluate(values, object.value).map((value) => (isCell(value) ? boxOf(value) : value));
    return [key, object.value.name, self, ...captured];
  },
  fill: (object, [key, name, self, ...captured]) => {
    makeAnew(object, key, name, self, (names) => Object.fromEntries(names.map((name, i) => [name, captured[i]])));
    // It has stood for the function while that was made; what the function holds by then is asked for when it crosses again.
    standIns.delete(object.value);
  },
});

/** Marks the attributes of a class among the values that it has captured. */
const STATIC = "static ";

function attributesIn(record: Record<string, unknown>): Map<string, Cell> {
  const found = Object.entries(record).filter(([name]) => name.startsWith(STATIC));
  return new Map(found.map(([name, box]) => [name.slice(STATIC.length), (box as CellBox).cell]));
}

function arrived(value: unknown): unknown {
  if (value instanceof CellBox) return value.cell;
  return frozen(value);
}
