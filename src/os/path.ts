// os.path, as on Linux.
import { signature } from "../arguments";
import { newList } from "../builtins/list";
import { tuple } from "../builtins/tuple";
import { OSError, ValueError } from "../exceptions";
import { defineAll } from "../registry";
import { absolute, calling, currentDirectory, system } from "../runtime/system";
import { environ } from "./environ";
import { fspath } from "./fspath";

export const sep = "/";
export const curdir = ".";
export const pardir = "..";
export const extsep = ".";
export const pathsep = ":";
export const altsep = null;
export const devnull = "/dev/null";

type Path = string;

/** Python's `os.path.join`: an absolute part starts anew. */
export function join(path: Path, ...parts: Path[]): string {
  let joined = fspath(path);
  for (const part of parts.map(fspath)) {
    if (part.startsWith("/")) joined = part;
    else joined += joined === "" || joined.endsWith("/") ? part : `/${part}`;
  }
  return joined;
}

/** (all before the last slash, what comes after it) */
export function split(path: Path): tuple<string> {
  const text = fspath(path);
  const at = text.lastIndexOf("/") + 1;
  const head = text.slice(0, at);
  return tuple([/^\/*$/.test(head) ? head : head.replace(/\/+$/, ""), text.slice(at)]);
}

export function basename(path: Path): string {
  return split(path)[1]!;
}

export function dirname(path: Path): string {
  return split(path)[0]!;
}

/** (root, extension with its dot); dots that a name begins with begin no extension. */
export function splitext(path: Path): tuple<string> {
  const text = fspath(path);
  const start = text.lastIndexOf("/") + 1;
  const lead = /^\.*/.exec(text.slice(start))![0].length;
  const dot = text.lastIndexOf(".");
  return dot >= start + lead ? tuple([text.slice(0, dot), text.slice(dot)]) : tuple([text, ""]);
}

export function isabs(path: Path): boolean {
  return fspath(path).startsWith("/");
}

/** Without double slashes, `.` and `..`. */
export function normpath(path: Path): string {
  const text = fspath(path);
  const root = /^\/\/(?!\/)/.test(text) ? "//" : text.startsWith("/") ? "/" : "";
  const parts: string[] = [];
  for (const part of text.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== ".." || (root === "" && (parts.length === 0 || parts.at(-1) === ".."))) parts.push(part);
    else parts.pop();
  }
  return root + parts.join("/") || ".";
}

export function abspath(path: Path): string {
  const text = fspath(path);
  return normpath(isabs(text) ? text : join(currentDirectory(), text));
}

const bindRelpath = signature<[path: string, start: string | null]>("relpath(path, start=None)");

export function relpath(path: Path, start?: Path | null): string;
export function relpath(...args: unknown[]): string {
  const [path, start] = bindRelpath(args);
  if (fspath(path) === "") throw ValueError("no path specified");
  const [from, to] = [start ?? ".", path].map((one) => abspath(one).split("/").filter(Boolean)) as [string[], string[]];
  let common = 0;
  while (common < from.length && common < to.length && from[common] === to[common]) common++;
  const parts = [...Array<string>(from.length - common).fill(".."), ...to.slice(common)];
  return parts.join("/") || ".";
}

/** The path without symbolic links; parts that are not there stay as they are. */
export function realpath(path: Path): string {
  const whole = abspath(path);
  for (let known = whole, rest = ""; ; rest = `/${basename(known)}${rest}`, known = dirname(known)) {
    try {
      return normpath(calling(() => system.files.realpath(known), known) + rest);
    } catch (error) {
      if (!(error instanceof OSError) || known === "/") return whole;
    }
  }
}

export function expanduser(path: Path): string {
  const text = fspath(path);
  if (!/^~(\/|$)/.test(text)) return text;
  const home = (environ.get("HOME") as string | null) ?? system.home();
  return home.replace(/\/$/, "") + text.slice(1) || "/";
}

/** `$NAME` and `${NAME}` replaced by variables of the environment, where there are such. */
export function expandvars(path: Path): string {
  return fspath(path).replace(/\$(\w+|\{[^}]*\})/g, (all, name: string) => {
    return (environ.get(name.replace(/[{}]/g, "")) as string | null) ?? all;
  });
}

/** Is `test` true of the status of the path? False if there is none. */
function statusIs(path: Path | number, followsLinks: boolean, test: (mode: number) => boolean): boolean {
  try {
    const { mode } = system.files.status(typeof path === "number" ? path : absolute(fspath(path)), followsLinks);
    return test(mode & 0o170000);
  } catch {
    return false;
  }
}

export function exists(path: Path | number): boolean {
  return statusIs(path, true, () => true);
}

export function lexists(path: Path): boolean {
  return statusIs(path, false, () => true);
}

export function isfile(path: Path | number): boolean {
  return statusIs(path, true, (type) => type === 0o100000);
}

export function isdir(path: Path | number): boolean {
  return statusIs(path, true, (type) => type === 0o040000);
}

export function islink(path: Path): boolean {
  return statusIs(path, false, (type) => type === 0o120000);
}

function status(path: Path) {
  return calling(() => system.files.status(absolute(fspath(path)), true), path);
}

export function getsize(path: Path): number {
  return status(path).size;
}

export function getmtime(path: Path): number {
  return status(path).mtimeMs / 1000;
}

export function getatime(path: Path): number {
  return status(path).atimeMs / 1000;
}

export function getctime(path: Path): number {
  return status(path).ctimeMs / 1000;
}

export function samefile(a: Path, b: Path): boolean {
  const [one, other] = [status(a), status(b)];
  return one.ino === other.ino && one.dev === other.dev;
}

/** The longest beginning that all have in common, letter by letter. */
export function commonprefix(paths: Iterable<Path>): string {
  const [first = "", ...others] = [...paths].map(fspath);
  let length = first.length;
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length--;
  return first.slice(0, length);
}

/** The longest folder that all have in common. */
export function commonpath(paths: Iterable<Path>): string {
  const all = [...paths].map(fspath);
  if (all.length === 0) throw ValueError("commonpath() arg is an empty sequence");
  if (new Set(all.map(isabs)).size > 1) throw ValueError("Can't mix absolute and relative paths");
  const [first, ...others] = all.map((path) => path.split("/").filter((part) => part !== "" && part !== "."));
  let count = first!.length;
  for (const other of others) while (first!.slice(0, count).some((part, i) => part !== other[i])) count--;
  return (isabs(all[0]!) ? "/" : "") + newList(first!.slice(0, count)).join("/");
}

defineAll("os.path", {
  join,
  split,
  basename,
  dirname,
  splitext,
  isabs,
  normpath,
  abspath,
  relpath,
  realpath,
  expanduser,
  expandvars,
  exists,
  lexists,
  isfile,
  isdir,
  islink,
  getsize,
  getmtime,
  getatime,
  getctime,
  samefile,
  commonprefix,
  commonpath,
});
