// The headers of an answer: a mapping that does not mind upper and lower case.
import { newList } from "../builtins/list";
import { repr } from "../builtins/repr";
import { type tuple, tupleOf } from "../builtins/tuple";
import { KeyError } from "../exceptions";
import { extendCodec } from "../registry";

/** `content-type` as `Content-Type`. */
const titled = (name: string) => name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());

export class Headers {
  readonly #pairs: readonly (readonly [string, string])[];

  constructor(pairs: Iterable<readonly [string, string]>) {
    this.#pairs = [...pairs].map(([name, value]) => [titled(name), value]);
  }

  get(name: string, otherwise: unknown = null): any {
    return this.#pairs.find(([key]) => key.toLowerCase() === String(name).toLowerCase())?.[1] ?? otherwise;
  }

  get_all(name: string, otherwise: unknown = null): any {
    const found = this.#pairs.filter(([key]) => key.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
    return found.length > 0 ? newList(found) : otherwise;
  }

  keys(): string[] {
    return newList(this.#pairs.map(([key]) => key));
  }

  values(): string[] {
    return newList(this.#pairs.map(([, value]) => value));
  }

  items(): tuple<string>[] {
    return newList(this.#pairs.map(([key, value]) => tupleOf([key, value])));
  }

  /** `text/html`, unless told otherwise. */
  get_content_type(): string {
    return String(this.get("content-type", "text/plain")).split(";")[0]!.trim().toLowerCase();
  }

  get_content_charset(otherwise: unknown = null): any {
    return /charset="?([^";\s]+)/i.exec(this.get("content-type", ""))?.[1]?.toLowerCase() ?? otherwise;
  }

  /** None for a header that is not there, as of an email message. */
  __getitem__(name: string): any {
    return this.get(name);
  }

  __contains__(name: unknown): boolean {
    return this.get(String(name)) !== null;
  }

  __len__(): number {
    return this.#pairs.length;
  }

  [Symbol.iterator](): Iterator<string> {
    return this.keys()[Symbol.iterator]();
  }

  __str__(): string {
    return `${this.#pairs.map(([key, value]) => `${key}: ${value}\n`).join("")}\n`;
  }
}

Object.defineProperty(Headers, "name", { value: "HTTPMessage" });
extendCodec(Headers, {
  name: "http.headers",
  reduce: (headers: Headers) => [...headers.items()].map((pair) => [...pair]),
  restore: (pairs: Iterable<any>) => new Headers([...pairs].map((pair) => [...pair] as [string, string])),
});

/** As Headers, but raises KeyError for what is not there: requests' way. */
export class CaseInsensitiveDict extends Headers {
  override __getitem__(name: string): any {
    const found = this.get(name);
    if (found === null) throw KeyError(name.toLowerCase());
    return found;
  }

  __repr__(): string {
    return `{${[...this.items()].map(([key, value]) => `${repr(key)}: ${repr(value)}`).join(", ")}}`;
  }
}

extendCodec(CaseInsensitiveDict, {
  name: "requests.headers",
  reduce: (headers: Headers) => [...headers.items()].map((pair) => [...pair]),
  restore: (pairs: Iterable<any>) => new CaseInsensitiveDict([...pairs].map((pair) => [...pair] as [string, string])),
});
