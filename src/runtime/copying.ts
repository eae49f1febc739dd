// Copying objects with identity, for the ways between processes: what goes through a queue or a pipe arrives as another
// object of the same class, as Python's pickle has it. Within one message what was one object is one, and cycles close.
//
// Objects that are common to processes go as themselves: those that may (connections, blocks of shared memory), and all
// of them while a process is being started. Functions and classes go by name, closures with copies of what they hold.
import { Kind, Tag } from "../../assembly/status";
import { errorTypeName, isClass, isPlainObject, method } from "../builtins/classes";
import { RuntimeError, TypeError } from "../exceptions";
import { PicklingError } from "../pickle/errors";
import { REMADE, type Remade } from "../registry";
import { attributesOf } from "./attributes";
import { type Copier, type Decoder, type Encoder, encodeValue, setCopies } from "./codec";
import { COMMON, GOES_AS_ITSELF, isCommon } from "./common";
import { AsItself, Box, Copied, type Copy, copyNumbered, copyOf, defineCopy, refusalOf } from "./copies";
import { hasIdentity } from "./identity";
import { KIND, knownAddress, Shared, tableOf } from "./shared";
import { postHalves, postScalar } from "./words";

/** Python's words for what cannot be copied. */
export function cannotPickle(value: unknown): Error {
  const name = pickledName(value);
  return TypeError(name === "memoryview" ? "cannot pickle memoryview objects" : `cannot pickle '${name}' object`);
}

/** What pickle comes upon first in an object of the library. */
function pickledName(value: unknown): string {
  const kind = value instanceof Shared ? value[KIND] : undefined;
  switch (kind) {
    case Kind.RLock:
      return "_thread.RLock";
    case Kind.Local:
      return "_thread._local";
    case Kind.Queue:
      return value?.constructor.name === "SimpleQueue" ? "_queue.SimpleQueue" : "_thread.lock";
    case Kind.Condition:
      return pickledName((value as unknown as { _lock: unknown })._lock);
    case Kind.Process:
      return "weakref.ReferenceType";
    case undefined: {
      const name = errorTypeName(value);
      return name === "asyncgenerator" ? "async_generator" : name;
    }
    default:
      return "_thread.lock";
  }
}

/** What a process cannot be given when it is spawned. All else that pickle does not know either goes as fork has it. */
const NOT_SPAWNED = new Set([
  Kind.Mutex,
  Kind.RLock,
  Kind.Semaphore,
  Kind.Condition,
  Kind.Event,
  Kind.Barrier,
  Kind.Queue,
  Kind.Thread,
  Kind.Local,
  Kind.Process,
]);

/** The class that pickle comes upon first in what refuses to be copied. */
const INSIDE: Readonly<Record<string, string>> = { Event: "Condition", Barrier: "Condition" };

class CommonCopier implements Copier {
  constructor(private readonly spawning: boolean) {}

  takes(value: object): boolean {
    return value.constructor === Array || isPlainObject(value) || isIterator(value);
  }

  encode(encoder: Encoder, value: object): void {
    const refusal = refusalOf(value, this.spawning);
    if (refusal) throw refusal;
    if (this.spawning && COMMON in value) return encoder.share(value as unknown as Shared);
    if (!hasIdentity(value) && isIterator(value)) return encodeIterator(encoder, value);
    const copy = Array.isArray(value)
      ? copyNumbered(Copied.List)
      : isPlainObject(value)
        ? copyNumbered(Copied.Dict)
        : copyOf(value.constructor);
    if (copy) return encodeCopy(encoder, copy, value);
    if (value instanceof Shared) return this.#share(encoder, value);
    const reduced = method(value, "__reduce__");
    encodeCopy(encoder, copyNumbered(reduced ? Copied.Reduced : Copied.Instance), value);
  }

  #share(encoder: Encoder, value: Shared): void {
    const base = CONTAINERS[value[KIND]];
    if (base !== undefined) return encodeCopy(encoder, copyNumbered(base), value);
    if (COMMON in value || isCommon(knownAddress(value))) {
      if (this.spawning || GOES_AS_ITSELF in value) return encoder.share(value);
      const { name } = value.constructor;
      throw RuntimeError(`${INSIDE[name] ?? name} objects should only be shared between processes through inheritance`);
    }
    if (value[KIND] === Kind.Instance) return encodeCopy(encoder, copyNumbered(Copied.Facade), value);
    if (!this.spawning || NOT_SPAWNED.has(value[KIND])) throw cannotPickle(value);
    encoder.share(value);
  }

  refuse(value: unknown): void {
    if (typeof value === "object") throw cannotPickle(value);
  }
}

function isIterator(value: object): boolean {
  return Symbol.iterator in value && typeof (value as { next?: unknown }).next === "function";
}

/** JavaScript's own iterators, and those of lists and ranges, only give what is there. */
function encodeIterator(encoder: Encoder, value: object): void {
  const tag = (value as any)[Symbol.toStringTag] ?? value.constructor.name;
  if (REMADE in value) encodeCopy(encoder, copyNumbered(Copied.Remade), value);
  else if (/[ _]iterator$/i.test(tag)) encodeCopy(encoder, copyNumbered(Copied.Iterator), value);
  else throw cannotPickle(value);
}

/** A program's own subclass of a container is copied as that container. */
const CONTAINERS: Partial<Record<Kind, Copied>> = {
  [Kind.List]: Copied.List,
  [Kind.Dict]: Copied.Dict,
  [Kind.Set]: Copied.Set,
  [Kind.FrozenSet]: Copied.FrozenSet,
};

function encodeCopy(encoder: Encoder, { copied, head, parts }: Copy, value: object): void {
  encoder.copy(copied);
  encoder.value(head?.(value));
  const all = parts?.(value) ?? [];
  encoder.count(all.length);
  all.forEach((part, index) => {
    if (part instanceof AsItself) encoder.asItself(part.value);
    else encoder.at(index, part);
  });
}

setCopies((decoder: Decoder) => {
  const see = decoder.reserve();
  const { make, fill } = copyNumbered(decoder.count());
  const made = make(decoder.value());
  see(made);
  const parts = decoder.items();
  fill?.(made, parts);
  if (!(made instanceof Box)) return made;
  see(made.made!);
  return made.made;
});

/** Stands in the place of an attribute's name where a state follows that the class has given. */
const STATE = 0;

/** An instance of a program's class: its attributes, or what `__getstate__` gives for them. */
const instances: Omit<Copy, "copied" | "make"> = {
  head: (instance: object) => instance.constructor,
  parts: (instance) => {
    const state = method(instance, "__getstate__");
    if (state) return [STATE, state()];
    const own = tableOf(instance) !== 0 ? attributesOf(instance) : Object.entries(instance);
    return own.flat(1);
  },
  fill: (instance: Record<string, unknown>, parts) => {
    if (parts[0] === STATE) return setState(instance, parts[1]);
    const set = method(instance, "__setstate__");
    const state: Record<string, unknown> = {};
    for (let i = 0; i < parts.length; i += 2) (set ? state : instance)[parts[i] as string] = parts[i + 1];
    set?.(dictOf(state));
  },
};
defineCopy({
  ...instances,
  copied: Copied.Instance,
  make: (constructor: Function) => Object.create(constructor.prototype) as object,
});
defineCopy({ ...instances, copied: Copied.Facade, make: (constructor: Function) => Shared.bare(constructor, true) });

function dictOf(state: object): object {
  const { make, fill } = copyNumbered(Copied.Dict);
  const dict = make(null);
  fill!(dict, Object.entries(state).flat(1));
  return dict;
}

/** What Python does with a state: `__setstate__`, or the attributes of that name. */
function setState(instance: Record<string, unknown>, state: unknown): void {
  if (state === null || state === undefined) return;
  const set = method(instance, "__setstate__");
  if (set) set(state);
  else {
    const items = method(state, "items");
    for (const [name, value] of (items ? items() : Object.entries(state as object)) as Iterable<[string, unknown]>) {
      instance[name] = value;
    }
  }
}

/** What `__reduce__` gives: a function or class, its arguments, and perhaps a state. */
defineCopy({
  copied: Copied.Reduced,
  make: () => new Box(),
  parts: (instance) => {
    const reduced = method(instance, "__reduce__")!();
    if (!Array.isArray(reduced) || reduced.length < 2) {
      throw PicklingError("__reduce__ must return a string or tuple");
    }
    return reduced;
  },
  fill: (box: Box, [make, args, state]) => {
    box.made = (isClass(make) ? Reflect.construct(make, [...args]) : make(...args)) as object;
    setState(box.made as Record<string, unknown>, state);
  },
});

/** By what it has not given yet: unlike CPython's, the sender's has given it then. */
defineCopy({
  copied: Copied.Iterator,
  make: () => new Box(),
  parts: (iterator: any) => [...iterator],
  fill: (box: Box, items) => {
    box.made = items[Symbol.iterator]();
  },
});

defineCopy({
  copied: Copied.Remade,
  make: () => new Box(),
  parts: (generator: any) => (generator[REMADE] as Remade)(),
  fill: (box: Box, [make, args]) => {
    box.made = make(...args) as object;
  },
});

const copier = new CommonCopier(false);
const spawner = new CommonCopier(true);

/** As `post` of words.ts, for what goes to another process: objects with identity are copied. */
export function postCopy(value: unknown, where: string): void {
  if (!postScalar(value)) postHalves(Tag.Value << 16, encodeValue(value, where, copier));
}

/** As postCopy, for what a process is given that is being spawned: common objects go as themselves. */
export function postSpawned(value: unknown, where: string): void {
  postHalves(Tag.Value << 16, encodeValue(value, where, spawner));
}
