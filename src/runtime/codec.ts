// The codec: copies plain data into a Value block and back.
//
// Copied are the containers and scalars of JavaScript; what has identity goes by reference: shared objects as words in
// front of the block's bytes, functions and classes by name, values seen twice (cycles too) by their number.
// Nothing is turned silently into something else: what cannot cross raises TypeError, with the way to it.
//
// One file, so that what writes a code and what reads it stand together.

import { host } from "#platform";
import { Kind, Tag } from "../../assembly/status";
import { TypeError } from "../exceptions";
import { bytes, ints, kernel, reach } from "../kernel/kernel";
import { type Extension, extensionOf, type Reference, referenceTo, resolve, valueOfViewBlock } from "../registry";
import { bound, boundOf } from "./bound";
import { decodeError, encodeError } from "./errors";
import { standIns } from "./functions";
import { hasIdentity } from "./identity";
import { madeOf, makeAgain } from "./made";
import { aligned, copied, MANY, move, rawBytes } from "./raw_bytes";
import { addressAt, addressOf, facade, type KeepsIdentity, kindOf } from "./shared";
import { isLatin1 } from "./strings";
import { allocated } from "./wait";

const enum Code {
  None,
  True,
  False,
  Int,
  Double,
  Latin1,
  Wide,
  BigInt,
  Array,
  Object,
  Map,
  Set,
  Date,
  RegExp,
  Bytes,
  OwnBytes,
  Seen,
  Function,
  Shared,
  Error,
  Extension,
  Closure,
  Bound,
  Made,
  ClosureCopy,
  Copy,
}

/** The first byte of a block that holds bytes alone: see view_blocks.ts. */
export const LONE_VIEW = 0xff;

/** How objects with identity cross where they do not stay themselves: between processes. See copying.ts. */
export interface Copier {
  /** Whether it encodes an object without identity: a plain array or object, or an iterator. */
  takes(value: object): boolean;
  /** Encodes an object with identity, a function without a name in other threads, or what it takes. */
  encode(encoder: Encoder, value: object): void;
  /** What cannot be copied: raises the error. */
  refuse(value: unknown): void;
}

let decodeCopy: (decoder: Decoder) => unknown;

/** Tells how what a Copier has encoded is decoded. */
export function setCopies(decode: typeof decodeCopy): void {
  decodeCopy = decode;
}

/** JavaScript's own classes of plain bytes. A class crosses by its index. */
export const VIEWS = [
  ArrayBuffer,
  Uint8Array,
  Int8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
  DataView,
] as const;

/** Whether a value crosses as a copy that could be written to unseen, and that cannot be frozen. */
export function isMutableData(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const { constructor } = value;
  return (
    constructor === Map ||
    constructor === Set ||
    VIEWS.includes(constructor as never) ||
    extensionOf(constructor)?.isMutable === true
  );
}

const WORDS = 20;
const SIZE = 16;
const CONTENTS = 24;

/** The encoder of this thread, unless something is being encoded. */
let idle: Encoder | undefined;

/**
 * Copies `value` into a Value block, whose reference the caller owns. `where` names it in errors. With a copier nothing in
 * it goes by reference that is not common to processes.
 */
export function encodeValue(value: unknown, where: string, copier?: Copier): number {
  if (ArrayBuffer.isView(value)) {
    const views = extensionOf(value.constructor)?.views;
    if (views) return views.block(value);
  }
  const encoder = idle ?? new Encoder();
  idle = undefined;
  try {
    encoder.begin(where, copier);
    encoder.value(value);
    return encoder.block();
  } finally {
    encoder.clear();
    idle = encoder;
  }
}

/** The value that the block at `address` holds. */
export function decodeValue(address: number): unknown {
  reach(address + CONTENTS);
  const words = ints[(address + WORDS) >>> 2]!;
  const start = address + CONTENTS + words * 8;
  const size = ints[(address + SIZE) >>> 2]!;
  reach(start + size);
  if (bytes[start] === LONE_VIEW) return valueOfViewBlock!(start, size);
  return new Decoder(bytes, start, (address + CONTENTS) >>> 2).value();
}

/** From here on bytes go straight into the block, and not first into the encoder's buffer. */
const LARGE = 512;
/** Longest text that is written and read here, rather than by the host. */
const SHORT = 24;
/** Characters that are made of their numbers at a time: as many as a call may have arguments. */
const PIECE = 4096;
/** Longest buffer that an encoder keeps. */
const KEPT = 1 << 20;

/** Bytes that stand in the block behind the first `before` of the encoder's buffer. */
interface Large {
  before: number;
  bytes: Uint8Array;
}

export class Encoder {
  #buffer = new Uint8Array(4096);
  #at = 0;
  #where = "";
  #copier: Copier | undefined;
  readonly #shared: KeepsIdentity[] = [];
  /** The first object that was met: often the only one, for which a map would be dear. */
  #first: object | undefined;
  readonly #seen = new Map<object, number>();
  readonly #path: (string | number)[] = [];
  readonly #large: Large[] = [];
  /** Bytes that they take in the block. */
  #largeSize = 0;

  begin(where: string, copier: Copier | undefined): void {
    this.#where = where;
    this.#copier = copier;
  }

  /** Forgets all that has been encoded. */
  clear(): void {
    this.#at = 0;
    this.#copier = undefined;
    // Most often they are empty, and this is quicker then.
    if (this.#shared.length > 0) this.#shared.length = 0;
    if (this.#path.length > 0) this.#path.length = 0;
    if (this.#large.length > 0) this.#large.length = 0;
    this.#largeSize = 0;
    this.#first = undefined;
    if (this.#seen.size > 0) this.#seen.clear();
    if (this.#buffer.length > KEPT) this.#buffer = new Uint8Array(4096);
  }

  block(): number {
    const words = this.#shared.length;
    const size = this.#at + this.#largeSize;
    const address = allocated(kernel.value_new(Kind.Value, words, size));
    const contents = address + CONTENTS;
    reach(contents + words * 8 + size);
    for (let index = 0; index < words; index++) {
      const shared = this.#shared[index]!;
      const target = addressOf(shared);
      kernel.object_retain(target);
      const at = (contents >>> 2) + index * 2;
      ints[at] = target;
      ints[at + 1] = (Tag.Object << 16) | kindOf(shared);
    }
    let from = 0;
    let to = contents + words * 8;
    for (const large of this.#large) {
      to = this.#move(from, large.before, to);
      bytes.set(large.bytes, to);
      to += aligned(large.bytes.length);
      from = large.before;
    }
    this.#move(from, this.#at, to);
    return address;
  }

  /** Copies a part of the buffer into the block. Gives back where it ends there. */
  #move(from: number, end: number, to: number): number {
    move(this.#buffer, from, end, bytes, to);
    return to + end - from;
  }

  value(value: unknown): void {
    switch (typeof value) {
      case "undefined":
        return this.#code(Code.None);
      case "boolean":
        return this.#code(value ? Code.True : Code.False);
      case "number":
        return this.#number(value);
      case "string":
        return this.text(value);
      case "bigint":
        this.#code(Code.BigInt);
        return this.text(value.toString());
      case "function":
        return this.#function(value);
      case "object":
        return value === null ? this.#code(Code.None) : this.#object(value);
      default:
        this.refuse(String(value), "it has no meaning in another thread");
    }
  }

  /** Whether the value was met before, and then it is encoded by its number; else it has one now. */
  #met(value: object): boolean {
    if (this.#first === undefined) {
      this.#first = value;
      return false;
    }
    if (this.#seen.size === 0) this.#seen.set(this.#first, 0);
    const seen = this.#seen.get(value);
    if (seen === undefined) {
      this.#seen.set(value, this.#seen.size);
      return false;
    }
    this.#code(Code.Seen);
    this.count(seen);
    return true;
  }

  #object(value: object): void {
    if (this.#met(value)) return;
    if (hasIdentity(value)) {
      if (this.#copier) this.#copier.encode(this, value);
      else this.share(value);
      return;
    }
    const { constructor } = value;
    const extension = constructor && extensionOf(constructor);
    if (extension) return this.#extension(extension, value);
    if (this.#copier?.takes(value)) return this.#copier.encode(this, value);
    if (Array.isArray(value)) return this.#items(Code.Array, value);
    if (value instanceof Error) {
      this.#code(Code.Error);
      return encodeError(this, value);
    }
    switch (constructor) {
      case undefined:
        if ((value as { [Symbol.toStringTag]?: string })[Symbol.toStringTag] === "Module") {
          this.#copier?.refuse(value);
          this.refuse("a module", "import it where it is used");
        }
        return this.#properties(value as Record<string, unknown>);
      case Object:
        return this.#properties(value as Record<string, unknown>);
      case Map:
        return this.#items(Code.Map, [...(value as Map<unknown, unknown>)].flat(1));
      case Set:
        return this.#items(Code.Set, [...(value as Set<unknown>)]);
      case Date:
        this.#code(Code.Date);
        return this.#number((value as Date).getTime());
      case RegExp:
        this.#code(Code.RegExp);
        this.text((value as RegExp).source);
        return this.text((value as RegExp).flags);
    }
    const view = VIEWS.indexOf(constructor as never);
    if (view >= 0) return this.#bytes(view, value as ArrayBuffer | ArrayBufferView);
    this.#copier?.refuse(value);
    this.refuse(
      `an instance of '${constructor.name}'`,
      "only data and objects with identity can: let the class extend object, or pass the data it is made of",
    );
  }

  /** Encodes an object with identity as itself. */
  share(value: KeepsIdentity): void {
    // Promoted here, where a refusal can still name the way.
    addressAt(value, this.#place());
    this.#code(Code.Shared);
    this.count(this.#shared.push(value) - 1);
  }

  /** As share, whatever the copier does with its class. */
  asItself(value: KeepsIdentity): void {
    if (!this.#met(value)) this.share(value);
  }

  /** Begins a copy of the kind that `setCopies` has been told of. */
  copy(kind: number): void {
    this.#code(Code.Copy);
    this.count(kind);
  }

  #extension({ name, views, reduce }: Extension, value: object): void {
    this.#code(views ? Code.OwnBytes : Code.Extension);
    this.text(name);
    if (views) this.#raw(rawBytes(value as ArrayBufferView));
    else this.#data(reduce!(value));
  }

  /** What an extension reduces to: an array stays one, even where arrays become lists. */
  #data(data: unknown): void {
    if (Array.isArray(data)) {
      if (!this.#met(data)) this.#items(Code.Array, data);
    } else this.at("data", data);
  }

  #items(code: Code, items: readonly unknown[]): void {
    this.#code(code);
    this.items(items);
  }

  /** Encodes how many values there are, and each of them. */
  items(items: readonly unknown[]): void {
    this.count(items.length);
    for (let i = 0; i < items.length; i++) this.at(i, items[i]);
  }

  #properties(value: Record<string, unknown>): void {
    const keys = Object.keys(value);
    this.#code(Code.Object);
    this.count(keys.length);
    for (const key of keys) {
      this.text(key);
      this.at(key, value[key]);
    }
  }

  #bytes(view: number, value: ArrayBuffer | ArrayBufferView): void {
    this.#code(Code.Bytes);
    this.count(view);
    this.#raw(rawBytes(value));
  }

  #raw(raw: Uint8Array): void {
    const { length } = raw;
    this.count(length);
    if (length < MANY) {
      this.#room(length);
      for (let i = 0; i < length; i++) this.#buffer[this.#at + i] = raw[i]!;
      this.#at += length;
      return;
    }
    this.#room(8);
    this.#at = aligned(this.#at);
    // What another's code could shrink before the block is made is copied now.
    if (length >= LARGE && (raw.buffer as { resizable?: boolean }).resizable !== true) {
      this.#large.push({ before: this.#at, bytes: raw });
      this.#largeSize += aligned(length);
      return;
    }
    this.#room(aligned(length));
    this.#buffer.set(raw, this.#at);
    this.#at += aligned(length);
  }

  #function(value: Function): void {
    const reference = referenceTo(value);
    if (reference) {
      this.#code(Code.Function);
      this.reference(reference);
      return;
    }
    const method = boundOf(value);
    if (method) {
      this.#code(Code.Bound);
      this.text(method.name);
      return this.at(method.name, method.object);
    }
    const recipe = madeOf(value);
    if (recipe) {
      this.#code(Code.Made);
      this.value(recipe.maker);
      return this.at(value.name, recipe.args);
    }
    const standIn = standIns?.of(value);
    if (standIn && this.#copier) {
      this.#code(Code.ClosureCopy);
      return this.#object(standIn);
    }
    if (!standIn) {
      this.#copier?.refuse(value);
      this.refuse(
        `function '${value.name || "<lambda>"}'`,
        standIns
          ? "only functions of ports, and functions and classes of a library module's top level can: define it there"
          : `only what a module names can: write targets(import.meta.url, { ${value.name || "f"} }) where it is defined`,
      );
    }
    addressOf(standIn);
    this.#code(Code.Closure);
    this.count(this.#shared.push(standIn) - 1);
  }

  reference({ module, name }: Reference): void {
    this.value(module);
    this.text(name);
  }

  /** Encodes `value`, found at `key` of what is being encoded. */
  at(key: string | number, value: unknown): void {
    this.#path.push(key);
    this.value(value);
    this.#path.pop();
  }

  text(text: string): void {
    const { length } = text;
    if (length <= SHORT && this.#shortLatin1(text)) return;
    const latin1 = isLatin1(text);
    this.#code(latin1 ? Code.Latin1 : Code.Wide);
    this.count(length);
    this.#room(latin1 ? length : length * 2);
    const buffer = this.#buffer;
    let at = this.#at;
    for (let i = 0; i < length; i++) {
      const unit = text.charCodeAt(i);
      buffer[at++] = unit;
      if (!latin1) buffer[at++] = unit >>> 8;
    }
    this.#at = at;
  }

  /** Encodes a short text. False, and nothing encoded, if it is not latin-1. */
  #shortLatin1(text: string): boolean {
    const { length } = text;
    this.#room(2 + SHORT);
    const buffer = this.#buffer;
    let at = this.#at;
    buffer[at++] = Code.Latin1;
    buffer[at++] = length;
    for (let i = 0; i < length; i++) {
      const unit = text.charCodeAt(i);
      if (unit > 0xff) return false;
      buffer[at++] = unit;
    }
    this.#at = at;
    return true;
  }

  /** A whole number ≥ 0, seven bits a byte. */
  count(n: number): void {
    this.#room(5);
    let rest = n;
    while (rest > 0x7f) {
      this.#buffer[this.#at++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.#buffer[this.#at++] = rest;
  }

  #number(value: number): void {
    if ((value << 1) >> 1 === value && (value !== 0 || 1 / value > 0)) {
      this.#code(Code.Int);
      return this.count(((value << 1) ^ (value >> 31)) >>> 0);
    }
    this.#code(Code.Double);
    this.#room(8);
    scratch[0] = value;
    for (let i = 0; i < 8; i++) this.#buffer[this.#at++] = scratchBytes[i]!;
  }

  #code(code: Code): void {
    this.#room(1);
    this.#buffer[this.#at++] = code;
  }

  #room(size: number): void {
    if (this.#at + size <= this.#buffer.length) return;
    const larger = new Uint8Array(Math.max(this.#buffer.length * 2, this.#at + size));
    larger.set(this.#buffer);
    this.#buffer = larger;
  }

  /** Where what is being encoded was found. */
  #place(): string {
    return this.#where + this.#path.map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`)).join("");
  }

  refuse(what: string, reason: string): never {
    throw TypeError(`${this.#place()}: cannot share ${what} with another thread: ${reason}`);
  }
}

const scratch = new Float64Array(1);
const scratchBytes = new Uint8Array(scratch.buffer);

/** Short texts met lately, by a hash of theirs: names of keys, functions and classes come again and again. */
const names: string[] = new Array(256).fill("");

export class Decoder {
  readonly #seen: object[] = [];
  #at: number;

  /** What `bytes` holds from `start` on. */
  constructor(
    private readonly bytes: Uint8Array,
    start: number,
    /** Index in `ints` of the block's words. */
    private readonly words: number,
  ) {
    this.#at = start;
  }

  value(): unknown {
    switch (this.bytes[this.#at++] as Code) {
      case Code.None:
        return null;
      case Code.True:
        return true;
      case Code.False:
        return false;
      case Code.Int: {
        const n = this.count();
        return (n >>> 1) ^ -(n & 1);
      }
      case Code.Double:
        for (let i = 0; i < 8; i++) scratchBytes[i] = this.bytes[this.#at++]!;
        return scratch[0];
      case Code.Latin1:
        return this.#latin1();
      case Code.Wide:
        return this.#wide();
      case Code.BigInt:
        return BigInt(this.text());
      case Code.Array:
        return this.#items(this.#see([] as unknown[]), (array, item) => array.push(item));
      case Code.Object:
        return this.#properties();
      case Code.Map:
        return this.#map();
      case Code.Set:
        return this.#items(this.#see(new Set<unknown>()), (set, item) => set.add(item));
      case Code.Date:
        return this.#see(new Date(this.value() as number));
      case Code.RegExp:
        return this.#see(new RegExp(this.text(), this.text()));
      case Code.Bytes:
        return this.#bytes();
      case Code.OwnBytes:
        return this.#ownBytes();
      case Code.Seen:
        return this.#seen[this.count()];
      case Code.Function:
        return resolve(this.reference());
      case Code.Shared:
        return this.#shared();
      case Code.Closure:
        return standIns!.valueOf(this.#facade());
      case Code.ClosureCopy:
        return standIns!.valueOf(this.value() as KeepsIdentity);
      case Code.Bound: {
        const name = this.text();
        return bound(this.value() as Record<string, Function>, name);
      }
      case Code.Made:
        return makeAgain(this.value() as (...args: any[]) => Function, [...(this.value() as Iterable<unknown>)]);
      case Code.Error:
        return decodeError(this, this.reserve());
      case Code.Extension:
        return this.#extension();
      case Code.Copy:
        return decodeCopy(this);
    }
  }

  #shared(): KeepsIdentity {
    return this.#see(this.#facade());
  }

  #facade(): KeepsIdentity {
    const at = this.words + this.count() * 2;
    const address = ints[at]! >>> 0;
    kernel.object_retain(address);
    return facade((ints[at + 1]! & 0xffff) as Kind, address);
  }

  #extension(): object {
    const see = this.reserve();
    const name = this.text();
    const value = extensionOf(name)!.restore!(this.value());
    see(value);
    return value;
  }

  #items<C>(container: C, add: (container: C, item: unknown) => unknown): C {
    const length = this.count();
    for (let i = 0; i < length; i++) add(container, this.value());
    return container;
  }

  #map(): Map<unknown, unknown> {
    const map = this.#see(new Map());
    for (let left = this.count(); left > 0; left -= 2) map.set(this.value(), this.value());
    return map;
  }

  #properties(): object {
    const object: Record<string, unknown> = this.#see({});
    for (let left = this.count(); left > 0; left--) {
      const key = this.text();
      const value = this.value();
      if (key === "__proto__")
        Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
      else object[key] = value;
    }
    return object;
  }

  #bytes(): object {
    const View = VIEWS[this.count()]!;
    const { buffer } = this.#raw(this.count());
    return this.#see(View === ArrayBuffer ? buffer : new (View as Uint8ArrayConstructor)(buffer as ArrayBuffer));
  }

  #ownBytes(): object {
    const { views } = extensionOf(this.text())!;
    const size = this.count();
    return this.#see(views!.copy(this.#skip(size), size));
  }

  reference(): Reference {
    return { module: this.value() as string | number, name: this.text() };
  }

  text(): string {
    return this.value() as string;
  }

  #latin1(): string {
    const units = this.count();
    const start = this.#at;
    this.#at += units;
    if (units > SHORT) return host.decode(this.bytes, start, this.#at, true);
    let hash = units;
    for (let at = start; at < this.#at; at++) hash = (hash * 31 + this.bytes[at]!) | 0;
    const known = names[hash & 255]!;
    if (known.length === units && this.#stands(known, start)) return known;
    let text = "";
    for (let at = start; at < this.#at; at++) text += String.fromCharCode(this.bytes[at]!);
    names[hash & 255] = text;
    return text;
  }

  /** Whether `text` stands at `start`. */
  #stands(text: string, start: number): boolean {
    let i = 0;
    while (i < text.length && text.charCodeAt(i) === this.bytes[start + i]) i++;
    return i === text.length;
  }

  #wide(): string {
    const units = this.count();
    // A copy, whose first byte stands at an even address.
    const all = new Uint16Array(this.#take(units * 2).buffer);
    let text = "";
    for (let from = 0; from < units; from += PIECE) {
      text += String.fromCharCode.apply(null, all.subarray(from, from + PIECE) as unknown as number[]);
    }
    return text;
  }

  count(): number {
    let n = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[this.#at++]!;
      n |= (byte & 0x7f) << shift;
      if (byte < 0x80) return n >>> 0;
    }
  }

  /** A copy of what Encoder.#raw has encoded. */
  #raw(size: number): Uint8Array<ArrayBuffer> {
    return copied(this.#skip(size), size);
  }

  /** Goes on behind what Encoder.#raw has encoded, and tells where that begins. */
  #skip(size: number): number {
    const start = size < MANY ? this.#at : aligned(this.#at);
    this.#at = size < MANY ? start + size : aligned(start + size);
    return start;
  }

  /** A copy of the next `size` bytes. */
  #take(size: number): Uint8Array<ArrayBuffer> {
    const start = this.#at;
    this.#at += size;
    return copied(start, size);
  }

  #see<T extends object>(value: T): T {
    this.#seen.push(value);
    return value;
  }

  /** The values that Encoder.items has encoded. */
  items(): unknown[] {
    return this.#items([] as unknown[], (array, item) => array.push(item));
  }

  /** Keeps the next number of a value seen for one that is made only after its parts. */
  reserve(): (value: object) => void {
    const index = this.#seen.push({}) - 1;
    return (value) => {
      this.#seen[index] = value;
    };
  }
}
