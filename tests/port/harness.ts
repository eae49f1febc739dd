// Runs ports for real, over a small runtime of the tests' own: slots in a Float64Array, other values in a side table,
// functions by name. `owner` runs the program, `attach` a second copy of the code over the same memory.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { afterAll } from "vitest";
import { type Bundle, bundlePort } from "../../src/port";

const RUNTIME = `
const { view, side, places } = shared;
const registry = new Map();
const names = new Map();
export { view };
export function attach(id, file, slots) {
  if (!places.has(id)) places.set(id, (shared.used += slots.length) - slots.length);
  return places.get(id);
}
export function read(slot, name) {
  if (view[slot] === view[slot]) return view[slot];
  if (!side.has(slot)) throw new ReferenceError("name '" + name + "' is not defined");
  const value = side.get(slot);
  return value?.isReference ? registry.get(value.key) : value;
}
export function write(slot, value, name) {
  if (value === value && typeof value === "number") { side.delete(slot); view[slot] = value; return; }
  side.set(slot, names.has(value) ? { isReference: true, key: names.get(value) } : value);
  view[slot] = NaN;
}
export const on = false;
export const take = () => {}, tag = () => {}, parameters = () => {};
export const classAttribute = (cls, slot, name) =>
  Object.defineProperty(cls, name, {
    get: () => read(slot, name),
    set(v) { if (this === cls) write(slot, v, name); else Object.defineProperty(this, name, { value: v, writable: true, enumerable: true, configurable: true }); },
    enumerable: true, configurable: true,
  });
export const cell = (v) => ({ v });
export const list = (x) => x, dict = list, adopt = list, adoptShared = list, spread = list, of = 0, text = list, named = list, truth = Boolean, arity = () => {}, keywords = arity;
export const add = (a, b) => a + b, iadd = add, sub = (a, b) => a - b, isub = sub, mul = (a, b) => a * b, imul = mul, div = (a, b) => a / b, idiv = div, mod = (a, b) => a % b, imod = mod, pow = (a, b) => a ** b, ipow = pow, and = (a, b) => a & b, iand = and, or = (a, b) => a | b, ior = or, xor = (a, b) => a ^ b, ixor = xor, lshift = (a, b) => a << b, ilshift = lshift, rshift = (a, b) => a >> b, irshift = rshift;
export const lt = (a, b) => a < b, le = (a, b) => a <= b, gt = (a, b) => a > b, ge = (a, b) => a >= b, neg = (a) => -a, invert = (a) => ~a;
export const handle = () => {}, leaving = handle, classMade = handle, raised = (e) => e, from = raised, exception = raised, endHandling = () => {};
export const pairs = (parts) => {
  const made = {};
  for (let i = 0; i < parts.length; i += 2) parts[i] === of ? Object.assign(made, parts[i + 1]) : (made[parts[i]] = parts[i + 1]);
  return made;
};
export const each = (x) => x, eachAsync = each, unpack = each, eachUnpacked = each, match = each, eachMatched = each;
export const keysIn = (o) => { const keys = []; for (const k in o) keys.push(k); return keys; };
export const holder = (o) => o, called = (f) => f, arrayOf = (o) => (Array.isArray(o) ? o : []), reviving = false;
export const newArray = (Class, ...args) => new Class(...args), localArray = newArray, useTypedArrays = () => {}, usePromises = () => {};
export const rest = (assign) => ({ set v(items) { assign(items); } });
export const attr = (o, name, found) => found;
export const getItem = (o, k) => (typeof o[k] === "function" ? o[k].bind(o) : o[k]), optItem = (o, k) => o?.[k];
export const setItem = (o, k, v) => (o[k] = v), delItem = (o, k) => delete o[k], delAttr = (o, k) => delete o[k], contains = (k, o) => k in o;
export const ref = (o, k) => ({ get v() { return o[k]; }, set v(x) { o[k] = x; } });
export class Module {
  $closures() {}
  $own = owner;
  constructor(id, file) { this.$id = id; this.$file = file; modules[file.replace(/^.*\\//, "").replace(/\\.\\w+$/, "")] = this; }
  get __name__() { return this.$id === 0 ? "__main__" : "other"; }
  $parameters = {};
  $define(name, value, parameters) {
    if (parameters) this.$parameters[name] = parameters;
    const key = this.$id + ":" + name;
    registry.set(key, value);
    if (!names.has(value)) names.set(value, key);
    Object.defineProperty(this, name, { value, writable: true, configurable: true, enumerable: true });
  }
  $export(name, get) { Object.defineProperty(this, name, { get, configurable: true, enumerable: true }); }
  $exportAll(from) {
    const source = from();
    const names = new Set();
    for (let level = source; level && level !== Module.prototype && level !== Object.prototype; level = Object.getPrototypeOf(level))
      for (const name of Object.getOwnPropertyNames(level)) names.add(name);
    for (const name of names) {
      if (name === "default" || name === "constructor" || name.startsWith("$") || name in this) continue;
      this.$export(name, () => from()[name]);
    }
  }
}
`;

const BOOTSTRAP = `
import { view } from "./port.js";
export const start = (load) => run(load, view);
`;

/** A package that ports import as they import pythreads. */
const LIBRARY = `
export const greeting = "hello";
export const make = (x) => ({ made: x });
export default 7;
`;

// Programs of these tests call it as a global of the host.
Object.assign(globalThis, { log: () => {} });

const home = mkdtempSync(join(tmpdir(), "port-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const packages: Record<string, string> = {
  "pythreads/internal/port": write("runtime/port.js", RUNTIME),
  "pythreads/internal/program": write("runtime/program.js", BOOTSTRAP),
  "pythreads/greet": write("runtime/greet.js", LIBRARY),
};
let programs = 0;

function write(path: string, text: string): string {
  const file = join(home, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

/** A program's files by name; the first is the entry. A string is a program of one file, `main.ts`. */
export type Sources = string | Record<string, string>;

/** Writes a program to disk and gives its entry file. */
export function save(sources: Sources): string {
  const files = typeof sources === "string" ? { "main.ts": sources } : sources;
  const folder = `program${++programs}`;
  return Object.entries(files).map(([name, text]) => write(join(folder, name), text))[0]!;
}

export function bundle(
  sources: Sources,
  options: { platform?: "node" | "browser"; minify?: boolean } = {},
): Promise<Bundle> {
  return bundlePort(save(sources), {
    resolvePackage: (specifier) => packages[specifier],
    platform: "node",
    bootstrap: "pythreads/internal/program",
    ...options,
  });
}

export interface Shared {
  view: Float64Array;
  side: Map<number, unknown>;
  places: Map<number, number>;
  used: number;
}

export interface Run {
  /** The module objects, by file name without ending. */
  modules: Record<string, any>;
  /** What the program has logged. */
  log: unknown[];
  shared: Shared;
}

export function newShared(): Shared {
  return { view: new Float64Array(4096).fill(Number.NaN), side: new Map(), places: new Map(), used: 16 };
}

/** Loads a script bundle in the role of owner, or of a thread that attaches to `shared`. */
export function load({ code }: Bundle, shared: Shared, owner: boolean): Run {
  const modules = {};
  const log: unknown[] = [];
  const record = (...values: unknown[]) => void log.push(...values);
  const run = (loadProgram: () => unknown) => loadProgram();
  const script = new Function("shared", "owner", "modules", "log", "run", "require", "module", code);
  script(shared, owner, modules, record, run, () => ({}), { exports: {} });
  return { modules, log, shared };
}

/** Compiles a program and runs it as its owner. */
export async function run(sources: Sources): Promise<Run & { attach(): Run }> {
  const bundled = await bundle(sources);
  const shared = newShared();
  const owner = load(bundled, shared, true);
  await settled();
  return { ...owner, attach: () => load(bundled, shared, false) };
}

/** What the program logs when it is not compiled as a port: JavaScript's own meaning. */
export async function plain(sources: Sources): Promise<unknown[]> {
  const alias = Object.fromEntries(Object.entries(packages).filter(([name]) => name === "pythreads/greet"));
  const result = await build({
    entryPoints: [save(sources)],
    bundle: true,
    write: false,
    format: "cjs",
    target: "node20",
    alias,
    logLevel: "silent",
  });
  const log: unknown[] = [];
  // Ports are modules, and modules are strict.
  const code = `"use strict";${result.outputFiles[0]!.text.replace(/^#!.*/, "")}`;
  const script = new Function("log", "module", "__name__", code);
  script((...values: unknown[]) => void log.push(...values), { exports: {} }, "__main__");
  await settled();
  return log;
}

/** Resolves when all promises of a program that needs nothing else are settled. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
