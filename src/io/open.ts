// Python's open.
import { signature } from "../arguments";
import { markBuiltin, typeName } from "../builtins/classes";
import { repr } from "../builtins/repr";
import { decode } from "../builtins/text_codecs";
import { callable } from "../callable";
import { OSError, TypeError, ValueError } from "../exceptions";
import { fspath } from "../os/fspath";
import { defineAll } from "../registry";
import { absolute, calling, system } from "../runtime/system";
import { BinaryFile, TextFile } from "./file";

export const TextIOWrapper = callable(TextFile, "TextIOWrapper");
export type TextIOWrapper = TextFile;
export const BufferedRandom = callable(BinaryFile, "BufferedRandom");
export type BufferedRandom = BinaryFile;

type Mode = "r" | "w" | "a" | "x" | (string & {});

interface Keywords {
  mode?: Mode;
  buffering?: number;
  encoding?: string | null;
  errors?: string | null;
  newline?: string | null;
  closefd?: boolean;
}

const bindOpen = signature<
  [
    file: unknown,
    mode: string,
    buffering: number,
    encoding: string | null,
    errors: string | null,
    newline: string | null,
    closefd: boolean,
  ]
>("open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)");

function checkMode(mode: unknown): asserts mode is string {
  if (typeof mode !== "string") throw TypeError(`open() argument 'mode' must be str, not ${typeName(mode)}`);
  if (/[^rwaxbt+]/.test(mode) || new Set(mode).size !== mode.length) throw ValueError(`invalid mode: ${repr(mode)}`);
  if (mode.includes("t") && mode.includes("b")) throw ValueError("can't have text and binary mode at once");
  if (mode.replace(/[^rwax]/g, "").length !== 1) {
    throw ValueError(
      mode.replace(/[^rwax]/g, "").length > 1
        ? "must have exactly one of create/read/write/append mode"
        : "Must have exactly one of create/read/write/append mode and at most one plus",
    );
  }
}

/** How the host opens a file for Python's mode. */
function flagsOf(mode: string): string {
  const [kind] = /[rwax]/.exec(mode)!;
  return (kind === "x" ? "wx" : kind) + (mode.includes("+") ? "+" : "");
}

/**
 * Opens a file of the host, by its path or descriptor: for text, or with "b" in the mode for bytes. A web page has none.
 *
 * @throws FileNotFoundError, PermissionError, … as the system says
 * @throws ValueError for a mode that is none
 */
export function open(
  file: string | Uint8Array | URL | number,
  mode: `${string}b${string}`,
  buffering?: number | Keywords,
): BinaryFile;
export function open(
  file: string | Uint8Array | URL | number,
  mode?: Mode | Keywords,
  buffering?: number | Keywords,
  encoding?: string | null,
): TextFile;
export function open(...args: unknown[]): BinaryFile | TextFile {
  const [file, mode, , encoding, errors, newline, closefd] = bindOpen(args);
  checkMode(mode);
  const isBinary = mode.includes("b");
  for (const [given, name] of [
    [encoding, "encoding"],
    [errors, "errors"],
    [newline, "newline"],
  ]) {
    if (isBinary && given !== null) throw ValueError(`binary mode doesn't take ${article(name!)} ${name} argument`);
  }
  if (newline !== null && !["", "\n", "\r", "\r\n"].includes(newline)) {
    throw ValueError(`illegal newline value: ${repr(newline)}`);
  }
  const fd = Number.isInteger(file) ? (file as number) : opened(file, mode);
  if (encoding !== null) decode(new Uint8Array(), encoding);
  const plain = { fd, name: file, mode: isBinary ? mode : mode.replace("t", ""), newline, closefd };
  const text = { encoding: encoding ?? "UTF-8", errors: errors ?? "strict" };
  return isBinary ? new BinaryFile({ ...plain, ...text }) : new TextFile({ ...plain, ...text });
}

const article = (name: string) => (/^[aeiou]/.test(name) ? "an" : "a");

function opened(file: unknown, mode: string): number {
  const path = absolute(fspath(file));
  const fd = calling(() => system.files.open(path, flagsOf(mode), 0o666), file);
  if ((system.files.status(fd, true).mode & 0o170000) !== 0o040000) return fd;
  system.files.close(fd);
  throw OSError(21, "Is a directory", file);
}

markBuiltin(open);
defineAll("builtins", { open });
defineAll("io", { TextIOWrapper, BufferedRandom });
