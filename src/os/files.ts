// The os module's files and folders.
import { signature } from "../arguments";
import { bytes } from "../builtins/bytes";
import type { list } from "../builtins/list";
import { newList } from "../builtins/list";
import { tuple } from "../builtins/tuple";
import { FileExistsError, OSError } from "../exceptions";
import { defineAll } from "../registry";
import { absolute, calling, currentDirectory, setCurrentDirectory, system } from "../runtime/system";
import { type StructSequence, structSequence } from "../structseq";
import { fspath } from "./fspath";
import { isdir, join, split } from "./path";

export const F_OK = 0;
export const R_OK = 4;
export const W_OK = 2;
export const X_OK = 1;
export const O_RDONLY = 0;
export const O_WRONLY = 1;
export const O_RDWR = 2;
export const O_CREAT = 0o100;
export const O_EXCL = 0o200;
export const O_TRUNC = 0o1000;
export const O_APPEND = 0o2000;
export const O_NONBLOCK = 0o4000;
export const SEEK_SET = 0;
export const SEEK_CUR = 1;
export const SEEK_END = 2;

const { files } = system;

export function getcwd(): string {
  return currentDirectory();
}

export function chdir(path: string): void {
  const target = calling(() => files.realpath(absolute(fspath(path))), path);
  if (!isdir(target)) throw OSError(20, "Not a directory", path);
  setCurrentDirectory(target);
}

/** The names in a folder, in no order. */
export function listdir(path: string | null = "."): list<string> {
  const text = fspath(path ?? ".");
  const found = calling(() => files.list(absolute(text)), text);
  return newList(found.map(({ name }) => name)) as unknown as list<string>;
}

const bindMkdir = signature<[path: string, mode: number]>("mkdir(path, mode=511)");

export function mkdir(path: string, mode?: number): void;
export function mkdir(...args: unknown[]): void {
  const [path, mode] = bindMkdir(args);
  calling(() => files.mkdir(absolute(fspath(path)), mode), path);
}

const bindMakedirs = signature<[name: string, mode: number, exist_ok: boolean]>(
  "makedirs(name, mode=511, exist_ok=False)",
);

/** As mkdir, with the folders above as far as they are not there. */
export function makedirs(name: string, mode?: number | { mode?: number; exist_ok?: boolean }, exist_ok?: boolean): void;
export function makedirs(...args: unknown[]): void {
  const [name, mode, exist_ok] = bindMakedirs(args);
  const [above, last] = split(last_(fspath(name)));
  if (above !== "" && last !== "" && !isdir(above!)) makedirs(above!, 511, true);
  try {
    mkdir(name, mode);
  } catch (error) {
    if (!exist_ok || !(error instanceof FileExistsError) || !isdir(name)) throw error;
  }
}

const last_ = (path: string) => path.replace(/(?<=.)\/+$/, "");

export function rmdir(path: string): void {
  calling(() => files.rmdir(absolute(fspath(path))), path);
}

/** Removes a folder, and those above it that are empty then. */
export function removedirs(name: string): void {
  rmdir(name);
  for (let [above] = split(last_(fspath(name))); above; [above] = split(above)) {
    try {
      rmdir(above);
    } catch {
      return;
    }
  }
}

export function remove(path: string): void {
  calling(() => files.unlink(absolute(fspath(path))), path);
}

export const unlink = remove;

export function rename(src: string, dst: string): void {
  calling(() => files.rename(absolute(fspath(src)), absolute(fspath(dst))), src, dst);
}

export const replace = rename;

export function link(src: string, dst: string): void {
  calling(() => files.link(absolute(fspath(src)), absolute(fspath(dst))), src, dst);
}

export function symlink(src: string, dst: string): void {
  calling(() => files.symlink(fspath(src), absolute(fspath(dst))), src, dst);
}

export function readlink(path: string): string {
  return calling(() => files.readlink(absolute(fspath(path))), path);
}

export function access(path: string, mode: number): boolean {
  try {
    files.access(absolute(fspath(path)), mode);
    return true;
  } catch {
    return false;
  }
}

export function chmod(path: string, mode: number): void {
  calling(() => files.chmod(absolute(fspath(path)), mode), path);
}

/** Sets when the file was read and written last: now, or `times` in seconds. */
export function utime(path: string, times: readonly [number, number] | null = null): void {
  const now = Date.now() / 1000;
  const [accessed, modified] = times ?? [now, now];
  calling(() => files.utimes(absolute(fspath(path)), accessed, modified), path);
}

const STAT = [
  "st_mode",
  "st_ino",
  "st_dev",
  "st_nlink",
  "st_uid",
  "st_gid",
  "st_size",
  "st_atime",
  "st_mtime",
  "st_ctime",
] as const;
const statResult = structSequence("os.stat_result", STAT);
export type stat_result = StructSequence<(typeof STAT)[number], number>;

function statusOf(path: string | number, followsLinks: boolean): stat_result {
  const place = typeof path === "number" ? path : absolute(fspath(path));
  const s = calling(() => files.status(place, followsLinks), path);
  const times = [s.atimeMs, s.mtimeMs, s.ctimeMs].map((ms) => ms / 1000);
  return statResult.make([s.mode, s.ino, s.dev, s.nlink, s.uid, s.gid, s.size, ...times]) as stat_result;
}

const bindStat = signature<[path: string | number, follow_symlinks: boolean]>("stat(path, *, follow_symlinks=True)");

export function stat(path: string | number, keywords?: { follow_symlinks?: boolean }): stat_result;
export function stat(...args: unknown[]): stat_result {
  return statusOf(...bindStat(args));
}

export function lstat(path: string): stat_result {
  return statusOf(path, false);
}

export function fstat(fd: number): stat_result {
  return statusOf(fd, true);
}

type OnError = ((error: unknown) => void) | null;
const bindWalk = signature<[top: string, topdown: boolean, onerror: OnError, followlinks: boolean]>(
  "walk(top, topdown=True, onerror=None, followlinks=False)",
);

/** (folder, its folders, its files) for a folder and all below it. */
export function walk(
  top: string,
  topdown?: boolean | { topdown?: boolean; onerror?: OnError; followlinks?: boolean },
  onerror?: OnError,
  followlinks?: boolean,
): Generator<tuple<any>>;
export function walk(...args: unknown[]): Generator<tuple<any>> {
  return walked(...bindWalk(args));
}

function* walked(top: string, topdown: boolean, onerror: OnError, followlinks: boolean): Generator<tuple<any>> {
  let entries: ReturnType<typeof files.list>;
  try {
    entries = calling(() => files.list(absolute(fspath(top))), top);
  } catch (error) {
    onerror?.(error);
    return;
  }
  const isFolder = (entry: (typeof entries)[number]) =>
    entry.isFolder || (entry.isLink && isdir(join(top, entry.name)));
  const names = (wanted: boolean) =>
    newList(entries.filter((entry) => isFolder(entry) === wanted).map(({ name }) => name)) as unknown as list<string>;
  const found = tuple([top, names(true), names(false)]);
  const links = new Set(entries.filter(({ isLink }) => isLink).map(({ name }) => name));
  if (topdown) yield found;
  // A program may take names out, so that they are not walked through.
  for (const name of [...found[1]]) {
    if (followlinks || !links.has(name)) yield* walked(join(top, name), topdown, onerror, followlinks);
  }
  if (!topdown) yield found;
}

const bindOpen = signature<[path: string, flags: number, mode: number]>("open(path, flags, mode=511)");

/** A file descriptor of the system. */
export function open(path: string, flags: number, mode?: number): number;
export function open(...args: unknown[]): number {
  const [path, flags, mode] = bindOpen(args);
  return calling(() => files.open(absolute(fspath(path)), flags, mode), path);
}

export function close(fd: number): void {
  calling(() => files.close(fd));
}

export function read(fd: number, n: number): bytes {
  const into = new Uint8Array(n);
  return bytes(
    into.subarray(
      0,
      calling(() => files.read(fd, into, null)),
    ),
  );
}

export function write(fd: number, data: Uint8Array): number {
  return calling(() => files.write(fd, data, null));
}

export function isatty(fd: number): boolean {
  return system.isTerminal(fd);
}

defineAll("os", {
  getcwd,
  chdir,
  listdir,
  mkdir,
  makedirs,
  rmdir,
  removedirs,
  remove,
  rename,
  link,
  symlink,
  readlink,
  access,
  chmod,
  utime,
  stat,
  lstat,
  fstat,
  walk,
  open,
  close,
  read,
  write,
  isatty,
});
