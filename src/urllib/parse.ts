// Python's urllib.parse.
import { signature } from "../arguments";
import { isPlainObject, typeName } from "../builtins/classes";
import { dict } from "../builtins/dict";
import { newList } from "../builtins/list";
import { str } from "../builtins/repr";
import { decode, type ErrorHandler, encode } from "../builtins/text_codecs";
import { tuple, tupleOf } from "../builtins/tuple";
import { TypeError } from "../exceptions";
import { defineAll } from "../registry";
import { type StructSequence, structSequence } from "../structseq";

const ALWAYS_SAFE = /[A-Za-z0-9_.\-~]/;

function quoted(data: Uint8Array, safe: string): string {
  let text = "";
  for (const byte of data) {
    const character = String.fromCharCode(byte);
    const isSafe = byte < 128 && (ALWAYS_SAFE.test(character) || safe.includes(character));
    text += isSafe ? character : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return text;
}

type Quoted = [string: string | Uint8Array, safe: string, encoding: string | null, errors: ErrorHandler | null];
const bindQuote = signature<Quoted>("quote(string, safe='/', encoding=None, errors=None)");
const bindQuotePlus = signature<Quoted>("quote_plus(string, safe='', encoding=None, errors=None)");

function bytesOf(text: unknown, encoding: string | null, errors: ErrorHandler | null): Uint8Array {
  if (text instanceof Uint8Array) return new Uint8Array(text);
  if (typeof text === "string") return encode(text, encoding ?? "utf-8", errors ?? "strict");
  throw TypeError(`quote_from_bytes() expected bytes`);
}

/** Text for a URL: `%xx` for all but letters, digits, `_.-~` and `safe`. */
export function quote(string: string | Uint8Array, safe?: string | object): string;
export function quote(...args: unknown[]): string {
  const [text, safe, encoding, errors] = bindQuote(args);
  return quoted(bytesOf(text, encoding, errors), safe);
}

/** As quote, with `+` for a space: for forms. */
export function quote_plus(string: string | Uint8Array, safe?: string | object): string;
export function quote_plus(...args: unknown[]): string {
  const [text, safe, encoding, errors] = bindQuotePlus(args);
  return quoted(bytesOf(text, encoding, errors), `${safe} `).replaceAll(" ", "+");
}

export function quote_from_bytes(bytes: Uint8Array, safe = "/"): string {
  return quoted(new Uint8Array(bytes), safe);
}

/** Takes `%xx` back. */
export function unquote(string: string, encoding = "utf-8", errors: ErrorHandler = "replace"): string {
  return string.replace(/(?:%[0-9a-fA-F]{2})+/g, (run) => {
    const bytes = Uint8Array.from(run.match(/[0-9a-fA-F]{2}/g)!, (pair) => Number.parseInt(pair, 16));
    return decode(bytes, encoding, errors);
  });
}

export function unquote_plus(string: string, encoding = "utf-8", errors: ErrorHandler = "replace"): string {
  return unquote(string.replaceAll("+", " "), encoding, errors);
}

const bindUrlencode = signature<[query: any, doseq: boolean, safe: string]>(
  "urlencode(query: data, doseq=False, safe='')",
);

/** `a=1&b=2` from a mapping or pairs; with doseq a sequence as value gives a pair for each of its items. */
export function urlencode(query: object, doseq?: boolean | { doseq?: boolean; safe?: string }, safe?: string): string;
export function urlencode(...args: unknown[]): string {
  const [query, doseq, safe] = bindUrlencode(args);
  if (query === null || typeof query !== "object") throw TypeError("not a valid non-string sequence or mapping object");
  const pairs: Iterable<any> = isPlainObject(query)
    ? Object.entries(query)
    : typeof query.items === "function"
      ? query.items()
      : query;
  const shown = (x: unknown) => quote_plus(x instanceof Uint8Array ? x : str(x), safe);
  const isMany = (x: unknown): x is Iterable<unknown> =>
    doseq && ["list", "tuple", "set", "dict"].includes(typeName(x));
  return [...pairs]
    .flatMap(([key, value]) => (isMany(value) ? [...value] : [value]).map((one) => `${shown(key)}=${shown(one)}`))
    .join("&");
}

const SPLIT = ["scheme", "netloc", "path", "query", "fragment"] as const;
const PARSED = ["scheme", "netloc", "path", "params", "query", "fragment"] as const;
const splitResult = structSequence("urllib.parse.SplitResult", SPLIT, SPLIT.length, "SplitResult");
const parseResult = structSequence("urllib.parse.ParseResult", PARSED, PARSED.length, "ParseResult");
type Authority = {
  readonly username: string | null;
  readonly password: string | null;
  readonly hostname: string | null;
  readonly port: number | null;
  geturl(): string;
};
export type SplitResult = StructSequence<(typeof SPLIT)[number], string> & Authority;
export type ParseResult = StructSequence<(typeof PARSED)[number], string> & Authority;

for (const { type } of [splitResult, parseResult]) {
  const authority = (get: (user: string | undefined, host: string) => unknown) => ({
    get(this: any) {
      const at = this.netloc.lastIndexOf("@");
      return get(at < 0 ? undefined : this.netloc.slice(0, at), this.netloc.slice(at + 1)) ?? null;
    },
  });
  Object.defineProperties(type.prototype, {
    username: authority((user) => user?.split(":")[0]),
    password: authority((user) => (user?.includes(":") ? user.slice(user.indexOf(":") + 1) : null)),
    hostname: authority((_, host) => (/^\[(.*?)\]/.exec(host)?.[1] ?? host.split(":")[0])?.toLowerCase() || null),
    port: authority((_, host) => {
      const port = /:(\d*)$/.exec(host)?.[1];
      return port ? Number(port) : null;
    }),
    geturl: {
      value(this: any) {
        return type === parseResult.type ? urlunparse(this) : urlunsplit(this);
      },
    },
  });
}

/** scheme://netloc/path?query#fragment, taken apart. */
export function urlsplit(url: string, scheme = "", allow_fragments = true): SplitResult {
  let rest = url.replace(/^[\0- ]+/, "").replace(/[\t\r\n]/g, "");
  const begin = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(rest);
  if (begin) rest = rest.slice(begin[0].length);
  let netloc = "";
  if (rest.startsWith("//")) {
    [netloc] = /^[^/?#]*/.exec(rest.slice(2)) as unknown as [string];
    rest = rest.slice(2 + netloc.length);
  }
  const [, path, query = "", fragment = ""] = (allow_fragments
    ? /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s
    : /^([^?]*)(?:\?(.*))?$/s
  ).exec(rest) as unknown as [string, string, string?, string?];
  return splitResult.make([begin ? begin[1]!.toLowerCase() : scheme, netloc, path, query, fragment]) as never;
}

/** As urlsplit, with the parameters of the last part of the path by themselves. */
export function urlparse(url: string, scheme = "", allow_fragments = true): ParseResult {
  const { scheme: kind, netloc, path, query, fragment } = urlsplit(url, scheme, allow_fragments);
  const at = path.indexOf(";", path.lastIndexOf("/") + 1);
  const parts = at < 0 ? [path, ""] : [path.slice(0, at), path.slice(at + 1)];
  return parseResult.make([kind, netloc, ...parts, query, fragment]) as never;
}

const NETLOC = ["", "ftp", "http", "https", "ws", "wss", "file", "git", "ssh", "sftp", "nfs", "imap", "rsync", "svn"];

export function urlunsplit(parts: Iterable<string>): string {
  const [scheme, netloc, path, query, fragment] = [...parts] as [string, string, string, string, string];
  let url = path;
  if (netloc !== "" || (scheme !== "" && NETLOC.includes(scheme) && !url.startsWith("//"))) {
    url = `//${netloc}${url !== "" && !url.startsWith("/") ? "/" : ""}${url}`;
  }
  if (scheme !== "") url = `${scheme}:${url}`;
  return `${url}${query ? `?${query}` : ""}${fragment ? `#${fragment}` : ""}`;
}

export function urlunparse(parts: Iterable<string>): string {
  const [scheme, netloc, path, params, query, fragment] = [...parts] as string[];
  return urlunsplit([scheme!, netloc!, params ? `${path};${params}` : path!, query!, fragment!]);
}

/** A URL as it is meant on the page `base`. */
export function urljoin(base: string, url: string): string {
  if (base === "") return url;
  if (url === "") return base;
  const from = urlparse(base);
  const to = urlparse(url, from.scheme);
  if (to.scheme !== from.scheme || !NETLOC.includes(to.scheme)) return url;
  if (to.netloc !== "") return urlunparse(to);
  if (to.path === "" && to.params === "") {
    return urlunparse([from.scheme, from.netloc, from.path, from.params, to.query || from.query, to.fragment]);
  }
  return urlunparse([to.scheme, from.netloc, joinedPath(from.path, to.path), to.params, to.query, to.fragment]);
}

function joinedPath(base: string, path: string): string {
  const above = path.startsWith("/") ? [] : base.split("/").slice(0, -1);
  const all = [...above, ...path.split("/")];
  // Empty parts in the middle fall away, those at both ends stay.
  const parts = path.startsWith("/") ? all : [all[0]!, ...all.slice(1, -1).filter(Boolean), all.at(-1)!];
  const kept: string[] = [];
  for (const part of parts) {
    if (part === "..") kept.pop();
    else if (part !== ".") kept.push(part);
  }
  if (parts.at(-1) === "." || parts.at(-1) === "..") kept.push("");
  return kept.join("/") || "/";
}

type Query = [query: string, keep_blank_values: boolean, strict_parsing: boolean];
const bindQs = signature<Query>("parse_qs(qs, keep_blank_values=False, strict_parsing=False)");
const bindQsl = signature<Query>("parse_qsl(qs, keep_blank_values=False, strict_parsing=False)");

function pairsOf(query: string, keepsBlank: boolean): [string, string][] {
  const pairs = query.split("&").map((part) => {
    const at = part.indexOf("=");
    return (at < 0 ? [part, ""] : [part.slice(0, at), part.slice(at + 1)]) as [string, string];
  });
  return pairs
    .filter(([name, value]) => (name !== "" || value !== "") && (keepsBlank || value !== ""))
    .map(([name, value]) => [unquote_plus(name), unquote_plus(value)]);
}

/** A dict of lists from the query of a URL. */
export function parse_qs(qs: string, keep_blank_values?: boolean | object): dict<string, string[]>;
export function parse_qs(...args: unknown[]): unknown {
  const [query, keepsBlank] = bindQs(args);
  const found = new Map<string, string[]>();
  for (const [name, value] of pairsOf(query, keepsBlank)) found.set(name, [...(found.get(name) ?? []), value]);
  return dict([...found].map(([name, values]) => [name, newList(values)] as never));
}

/** A list of pairs from the query of a URL. */
export function parse_qsl(qs: string, keep_blank_values?: boolean | object): tuple<string>[];
export function parse_qsl(...args: unknown[]): unknown {
  const [query, keepsBlank] = bindQsl(args);
  return newList(pairsOf(query, keepsBlank).map((pair) => tupleOf(pair)));
}

/** (URL without its fragment, the fragment) */
export function urldefrag(url: string): tuple<string> {
  const { scheme, netloc, path, params, query, fragment } = urlparse(url);
  return tuple([urlunparse([scheme, netloc, path, params, query, ""]), fragment]);
}

defineAll("urllib.parse", {
  quote,
  quote_plus,
  quote_from_bytes,
  unquote,
  unquote_plus,
  urlencode,
  urlsplit,
  urlparse,
  urlunsplit,
  urlunparse,
  urljoin,
  parse_qs,
  parse_qsl,
  urldefrag,
});
