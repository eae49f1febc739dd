// Python's calling convention: positional arguments, then keywords in one trailing object literal.
import { isPlainObject } from "./builtins/classes";
import { TypeError } from "./exceptions";

/** Keywords that are marked as such; made by `kw`. */
class Keywords {
  [name: string]: unknown;
}

/** Marks an object literal as keyword arguments where it could be taken for data: `submit(f, kw({ n: 1 }))`. */
export function kw(keywords: object): object {
  return Object.assign(new Keywords(), keywords);
}

export function isMarked(x: unknown): x is Record<string, unknown> {
  return x instanceof Keywords;
}

interface Parameter {
  readonly name: string;
  /** May it be given by position, by name, by both? */
  readonly positional: boolean;
  readonly keyword: boolean;
  readonly required: boolean;
  /** Data: an object literal given for it is never taken for keywords. */
  readonly data: boolean;
}

/** Values of a call's parameters, in their order. */
export type Bind<V extends unknown[] = any[]> = (args: readonly unknown[]) => V;

/**
 * Reads a signature in Python's own notation and gives back its binder, which puts the arguments of a call into the order of
 * the parameters, with `*args` as an array and `**kwargs` as an object, or raises TypeError with CPython's words.
 *
 *     const bindJoin = signature<[timeout: number | null]>("Thread.join(timeout=None)");
 *     const bindPut = signature("Queue.put(item: data, block=True, timeout=None)");
 *
 * - The name is shown in messages; a dotted one is a method's, and its implied `self` is counted as CPython counts it.
 * - Defaults that are literals (None, True, numbers, strings, `()`) are filled in; any other leaves undefined.
 * - `undefined` given for a parameter that has a default means that default.
 *
 * Which trailing object literal is keywords, and which is an argument? One marked by `kw` is keywords. One that stands
 * where a parameter annotated `: data` would be taken by position is that argument. Otherwise it is keywords if all of
 * its keys (one at least) are parameters' names. If they are not, it is the argument where a required or a
 * positional-only parameter or `*args` would take it; elsewhere it is keywords after all, with an error for its unknown key.
 */
export function signature<V extends unknown[] = any[]>(text: string): Bind<V> {
  const parsed = new Signature(text);
  return (args) => parsed.bind(args) as V;
}

class Signature {
  readonly #name: string;
  readonly #parameters: Parameter[] = [];
  readonly #defaults: unknown[] = [];
  readonly #byName = new Map<string, number>();
  /** How many parameters may be given by position; they are the first ones. */
  #positional = 0;
  #required = 0;
  #hasRequiredKeywords = false;
  #rest = -1;
  #extra = -1;

  constructor(text: string) {
    const [, name, list] = /^([\w.<>]+)\((.*)\)$/s.exec(text)!;
    this.#name = name!;
    let keywordOnly = false;
    for (const item of list!.match(/(?:'(?:\\.|[^'\\])*'|\([^()]*\)|[^,'()])+/g) ?? []) {
      const [, stars, parameter, annotation, literal] =
        /^\s*(\*{0,2})([\w/]*)(?:\s*:\s*(\w+))?(?:\s*=\s*(.*?))?\s*$/s.exec(item)!;
      if (stars === "**") this.#extra = this.#add(parameter!, {}, undefined);
      else if (stars === "*") {
        keywordOnly = true;
        if (parameter) this.#rest = this.#add(parameter, {}, undefined);
      } else if (parameter === "/") this.#makePositionalOnly();
      else {
        const required = literal === undefined;
        const kind = { positional: !keywordOnly, keyword: true, required, data: annotation === "data" };
        this.#byName.set(parameter!, this.#add(parameter!, kind, parseLiteral(literal)));
        if (keywordOnly) this.#hasRequiredKeywords ||= required;
        else this.#positional++;
        if (required && !keywordOnly) this.#required++;
      }
    }
  }

  #add(name: string, kind: Partial<Parameter>, otherwise: unknown): number {
    this.#parameters.push({ name, positional: false, keyword: false, required: false, data: false, ...kind });
    return this.#defaults.push(otherwise) - 1;
  }

  #makePositionalOnly(): void {
    this.#parameters.forEach((parameter, i) => {
      this.#parameters[i] = { ...parameter, keyword: false };
    });
  }

  bind(args: readonly unknown[]): unknown[] {
    const values = this.#defaults.slice();
    let given = args.length;
    const keywords = given > 0 ? this.#keywords(args[given - 1], given - 1) : undefined;
    if (keywords) given--;
    const taken = Math.min(given, this.#positional);
    for (let i = 0; i < taken; i++) if (args[i] !== undefined) values[i] = args[i];
    if (this.#rest >= 0) values[this.#rest] = args.slice(taken, given);
    if (this.#extra >= 0) values[this.#extra] = {};
    if (keywords) this.#take(keywords, values, taken);
    if (given > taken && this.#rest < 0) this.#tooMany(given, keywords);
    if (given < this.#required || this.#hasRequiredKeywords) this.#checkMissing(given, keywords);
    return values;
  }

  /** `last`, the argument at `place`, if it is keywords: see `signature`. */
  #keywords(last: unknown, place: number): Record<string, unknown> | undefined {
    if (last instanceof Keywords) return last;
    if (!isPlainObject(last)) return undefined;
    const parameter = place < this.#positional ? this.#parameters[place]! : undefined;
    if (parameter?.data) return undefined;
    const keys = Object.keys(last);
    if (keys.length > 0 && keys.every((key) => this.#parameters[this.#byName.get(key) ?? -1]?.keyword)) return last;
    const isTaken = parameter ? parameter.required || !parameter.keyword : this.#rest >= 0;
    return isTaken ? undefined : last;
  }

  #take(keywords: Record<string, unknown>, values: unknown[], taken: number): void {
    const unnamed: string[] = [];
    for (const [key, value] of Object.entries(keywords)) {
      const place = this.#byName.get(key) ?? -1;
      if (this.#parameters[place]?.keyword) {
        if (place < taken) throw this.#error(`got multiple values for argument '${key}'`);
        if (value !== undefined) values[place] = value;
      } else if (this.#extra >= 0) (values[this.#extra] as Record<string, unknown>)[key] = value;
      else if (place >= 0) unnamed.push(key);
      else throw this.#error(`got an unexpected keyword argument '${key}'`);
    }
    if (unnamed.length === 0) return;
    throw this.#error(`got some positional-only arguments passed as keyword arguments: '${unnamed.join(", ")}'`);
  }

  #tooMany(given: number, keywords: Record<string, unknown> | undefined): never {
    const self = this.#name.includes(".") ? 1 : 0;
    const [least, most] = [this.#required + self, this.#positional + self];
    const takes = least === most ? `${most}` : `from ${least} to ${most}`;
    const isPlural = least !== most || most !== 1;
    const isOnlyKeyword = (key: string) => this.#byName.get(key)! >= this.#positional;
    const named = Object.keys(keywords ?? {}).filter(isOnlyKeyword).length;
    const also = named ? ` positional argument${s(given + self)} (and ${named} keyword-only argument${s(named)})` : "";
    const were = given + self === 1 && !named ? "was" : "were";
    throw this.#error(
      `takes ${takes} positional argument${isPlural ? "s" : ""} but ${given + self}${also} ${were} given`,
    );
  }

  #checkMissing(given: number, keywords: Record<string, unknown> = {}): void {
    for (const positional of [true, false]) {
      const names = this.#parameters
        .filter((p, i) => p.required && p.positional === positional && (!positional || i >= given))
        .filter((p) => !(p.keyword && Object.hasOwn(keywords, p.name)))
        .map((p) => p.name);
      if (names.length === 0) continue;
      const kind = positional ? "positional" : "keyword-only";
      throw this.#error(`missing ${names.length} required ${kind} argument${s(names.length)}: ${listed(names)}`);
    }
  }

  #error(message: string): Error {
    return TypeError(`${this.#name}() ${message}`);
  }
}

const s = (count: number) => (count === 1 ? "" : "s");

/** `'a'`, `'a' and 'b'`, `'a', 'b', and 'c'`. */
function listed(names: string[]): string {
  const quoted = names.map((name) => `'${name}'`);
  if (quoted.length < 3) return quoted.join(" and ");
  return `${quoted.slice(0, -1).join(", ")}, and ${quoted.at(-1)}`;
}

const CONSTANTS: Record<string, unknown> = { None: null, True: true, False: false, "()": Object.freeze([]) };
const ESCAPES: Record<string, string> = { n: "\n", t: "\t", r: "\r" };

function parseLiteral(literal: string | undefined): unknown {
  if (literal === undefined || literal in CONSTANTS) return CONSTANTS[literal ?? ""];
  if (literal.startsWith("'")) return literal.slice(1, -1).replace(/\\(.)/gs, (_, c: string) => ESCAPES[c] ?? c);
  return Number.isNaN(Number(literal)) ? undefined : Number(literal);
}
