// os.environ: the process's variables, which begin as the host's environment.
//
// They are a dict of the process, made when it is first asked for; the object that programs see has no state of its own.
import { signature } from "../arguments";
import { typeName } from "../builtins/classes";
import { dict } from "../builtins/dict";
import { repr } from "../builtins/repr";
import type { tuple } from "../builtins/tuple";
import { TypeError } from "../exceptions";
import { defineAll, extendCodec } from "../registry";
import { processValue } from "../runtime/once";
import { system } from "../runtime/system";

function variables(): dict<string, string> {
  return processValue("os.$environ", () => {
    const found = Object.entries(system.environ()).filter(([, value]) => value !== undefined);
    return dict(found) as dict<string, string>;
  });
}

function text(x: unknown): string {
  if (typeof x === "string") return x;
  throw TypeError(`str expected, not ${typeName(x)}`);
}

class Environ {
  get(key: string): string | null;
  get<D>(key: string, otherwise: D): string | D;
  get(key: string, otherwise: unknown = null): unknown {
    return variables().get(text(key), otherwise);
  }

  set(key: string, value: string): this {
    variables().set(text(key), text(value));
    return this;
  }

  pop(key: string, ...otherwise: [unknown?]): string {
    return variables().pop(text(key), ...otherwise);
  }

  setdefault(key: string, value: string): string {
    return variables().setdefault(text(key), text(value));
  }

  update(source: Record<string, string> | Iterable<[string, string]>): void {
    for (const [key, value] of dict(source as never).items()) this.set(key as string, value as string);
  }

  keys(): Iterable<string> {
    return variables().keys();
  }

  values(): Iterable<string> {
    return variables().values();
  }

  items(): Iterable<tuple<string>> {
    return variables().items() as never;
  }

  /** A dict of its own. */
  copy(): dict<string, string> {
    return dict(variables() as never) as dict<string, string>;
  }

  __getitem__(key: string): string {
    return variables().__getitem__(text(key));
  }

  __setitem__(key: string, value: string): void {
    this.set(key, value);
  }

  __delitem__(key: string): void {
    variables().__delitem__(text(key));
  }

  __contains__(key: unknown): boolean {
    return variables().has(key);
  }

  __len__(): number {
    return variables().__len__();
  }

  [Symbol.iterator](): Iterator<string> {
    return variables().keys()[Symbol.iterator]();
  }

  __repr__(): string {
    return `environ(${repr(variables())})`;
  }
}

Object.defineProperty(Environ, "name", { value: "_Environ" });

/** The process's variables. What is set here is seen by all threads of the process, and by its children. */
export const environ = new Environ();

extendCodec(Environ, { name: "os.environ", reduce: () => null, restore: () => environ });

const bindGetenv = signature<[key: string, otherwise: unknown]>("getenv(key, default=None)");

/** A variable of the environment, or else `default`. */
export function getenv(key: string, otherwise?: string | null): string | null;
export function getenv(...args: unknown[]): unknown {
  return environ.get(...bindGetenv(args));
}

export function putenv(name: string, value: string): void {
  environ.set(name, value);
}

export function unsetenv(name: string): void {
  environ.pop(name, null);
}

defineAll("os", { getenv, putenv, unsetenv });
